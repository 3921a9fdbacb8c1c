/* weir-hub-pull-result.c: one pull from queued to its end, as it is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-pull-result.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-error.h"

/* Where a record's name may be found, for payload.record.name. */
static const char *const name_members[] = { "name", "title", "subject", "label", "email" };

/* Records read at once, which may be large ones. */
#define STEP 16
#define AGAIN_INTERVAL 2 /* s */

typedef struct
{
  WeirHubMembrane *membrane;
  WeirHubPull *pull;
  WeirHubFetch *fetch; /* (nullable) */
  char *error;         /* (nullable) ErrorData */
  gboolean cut;        /* a write failed */
  GPtrArray *ids;      /* of the events so far */
  GCancellable *cancellable;
  WeirHubPullEnded ended;
  gpointer user_data;
} Ending;

static void
clear_ending (Ending *ending)
{
  g_clear_pointer (&ending->fetch, weir_hub_fetch_free);
  g_clear_pointer (&ending->ids, g_ptr_array_unref);
  g_clear_object (&ending->cancellable);
  g_free (ending->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ending, clear_ending)

static WeirHubChangeKind
get_kind (WeirHubDocument *subscription)
{
  g_autofree char *type =
      weir_json_dup_string (weir_json_get (weir_json_get (subscription->json, "config"), "type"));

  if (g_strcmp0 (type, "data-record-updated") == 0)
    return WEIR_HUB_UPDATED;
  if (g_strcmp0 (type, "data-record-deleted") == 0)
    return WEIR_HUB_DELETED;
  return WEIR_HUB_CREATED;
}

/* {type, record: {id, name?, fields}} (api/membrane.md §2.11) */
static char *
make_payload (const WeirHubChange *change)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();
  WeirJson record = weir_hub_json_view (change->body);
  g_autofree char *name = NULL;

  for (guint i = 0; name == NULL && i < G_N_ELEMENTS (name_members); i++)
    name = weir_json_dup_string (weir_json_get (record, name_members[i]));
  weir_json_writer_add_string (writer, "type", weir_hub_change_kind_to_string (change->kind));
  weir_json_writer_begin_object (writer, "record");
  weir_json_writer_add_string (writer, "id", change->record);
  if (name != NULL)
    weir_json_writer_add_string (writer, "name", name);
  weir_json_writer_add_raw (writer, "fields", record);
  weir_json_writer_end_object (writer);
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

static gboolean
is_unsubscribed (WeirHubDocument *subscription)
{
  g_autofree char *status = weir_hub_document_dup_string (subscription, "status");

  return g_strcmp0 (status, "unsubscribed") == 0;
}

static gint64
get_position (WeirHubDocument *subscription)
{
  gint64 position = 0;

  weir_json_get_int (weir_json_get (weir_json_get (subscription->json, "stateData"), "position"),
                     &position);
  return position;
}

static void
set_position (WeirHubMembrane *membrane, WeirHubDocument *subscription, gint64 position)
{
  WeirJson state = weir_json_get (subscription->json, "stateData");
  g_autofree char *patch = g_strdup_printf ("{\"position\":%" G_GINT64_FORMAT "}", position);
  g_autofree char *text = weir_hub_json_merge (state, weir_hub_json_view (patch));
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_hub_json_add_text (writer, "stateData", text);
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_SUBSCRIPTION, subscription->id, writer, NULL);
}

/* The next few changes of the subscription's kind that it has not seen. Events and position go
 * together, so that nothing is seen twice, whatever comes in between. Who is not subscribed any
 * more gets nothing more. Returns whether there may be more. */
static gboolean
collect (WeirHubMembrane *membrane, Ending *ending, WeirHubDocument *subscription)
{
  WeirHubChangeQuery query = {
    .source = ending->pull->source,
    .kind = (int) get_kind (subscription),
    .after = get_position (subscription),
    .limit = STEP,
  };
  g_autoptr (GPtrArray) changes = NULL;

  if (is_unsubscribed (subscription))
    return FALSE;
  changes = weir_hub_store_list_changes (membrane->store, &query);
  if (changes->len == 0)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const WeirHubChange *change = changes->pdata[i];
      g_autofree char *payload = make_payload (change);

      weir_hub_membrane_add_event (membrane->store, subscription, ending->pull->id, payload,
                                   ending->ids);
      query.after = change->sequence;
    }
  set_position (membrane, subscription, query.after);
  return TRUE;
}

static void
add_log (WeirJsonWriter *writer, gint64 time, const char *message)
{
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_time (writer, "time", time);
  weir_json_writer_add_string (writer, "message", message);
  weir_json_writer_end_object (writer);
}

static gint64
get_interval (WeirHubDocument *subscription)
{
  gint64 interval = weir_hub_document_get_int (subscription, "pullUpdatesIntervalSeconds");

  if (interval == 0)
    interval = weir_hub_document_get_int (subscription, "fullSyncIntervalSeconds");
  return MAX (interval, 1);
}

static void
end_well (WeirHubMembrane *membrane,
          WeirHubPull *self,
          WeirHubDocument *subscription,
          const WeirHubFetch *fetch,
          GPtrArray *ids)
{
  gint64 position = get_position (subscription);
  WeirJsonWriter *writer = weir_hub_json_begin ();
  g_autofree char *repeated =
      fetch->diff.repeated > 0 ? g_strdup_printf (
          "; %u left out because an earlier one has the same id", fetch->diff.repeated)
                               : g_strdup ("");
  g_autofree char *message = g_strdup_printf (
      "%u records: %u new, %u changed, %u gone since the source was last read%s", fetch->diff.total,
      fetch->diff.created, fetch->diff.updated, fetch->diff.deleted, repeated);

  weir_json_writer_add_string (writer, "status", "success");
  weir_json_writer_add_time (writer, "endDatetime", fetch->ended_at);
  weir_json_writer_begin_array (writer, "collectedEventIds");
  for (guint i = 0; i < ids->len; i++)
    weir_json_writer_add_string (writer, NULL, ids->pdata[i]);
  weir_json_writer_end_array (writer);
  weir_json_writer_begin_array (writer, "_logs");
  add_log (writer, fetch->started_at, "Asked the source");
  add_log (writer, fetch->ended_at, message);
  weir_json_writer_end_array (writer);
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_PULL, self->id, writer, NULL);

  writer = weir_hub_json_begin ();
  weir_json_writer_begin_object (writer, "stateData");
  weir_json_writer_add_int (writer, "position", position);
  weir_json_writer_add_time (writer, "pulledUntil", fetch->started_at);
  weir_json_writer_end_object (writer);
  if (!is_unsubscribed (subscription))
    {
      weir_json_writer_add_string (writer, "status", "subscribed");
      weir_json_writer_add_int (writer, "nextPullEventsTimestamp",
                                fetch->ended_at / 1000 + get_interval (subscription) * 1000);
    }
  weir_json_writer_add_null (writer, "error");
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_SUBSCRIPTION, self->subscription, writer, NULL);
  weir_hub_membrane_heal (membrane, self->connection);
}

/* Of a pull that was cut off: the events it had got so far, from the log. */
static void
add_collected (WeirHubStore *store,
               WeirJsonWriter *writer,
               const char *pull,
               const char *subscription)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_EVENT_LOG);
  g_autoptr (GPtrArray) events = NULL;

  weir_hub_query_add_equal (query, "externalEventSubscriptionId", subscription);
  weir_hub_query_add_equal (query, "_pull", pull);
  weir_hub_query_set_ascending (query, TRUE);
  events = weir_hub_store_list (store, query);
  weir_json_writer_begin_array (writer, "collectedEventIds");
  for (guint i = 0; i < events->len; i++)
    weir_json_writer_add_string (writer, NULL, ((WeirHubDocument *) events->pdata[i])->id);
  weir_json_writer_end_array (writer);
}

static void
end_badly (WeirHubMembrane *membrane,
           WeirHubPull *self,
           WeirHubDocument *subscription,
           const char *cause,
           guint http_status)
{
  WeirJson root = weir_hub_json_view (cause);
  g_autofree char *type = weir_json_dup_string (weir_json_get (root, "type"));
  g_autofree char *key = weir_json_dup_string (weir_json_get (root, "key"));
  g_autofree char *error = weir_hub_error_new (type, key, "Failed to pull events", NULL, cause);
  g_autofree char *message = weir_json_dup_string (weir_json_get (root, "message"));
  g_autofree char *status = NULL;
  gint64 now = weir_clock_now ();
  gint64 next;
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "status", "error");
  weir_json_writer_add_time (writer, "endDatetime", now);
  weir_hub_json_add_text (writer, "error", error);
  weir_json_writer_begin_array (writer, "_logs");
  add_log (writer, now, message);
  weir_json_writer_end_array (writer);
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_PULL, self->id, writer, NULL);
  if (subscription == NULL)
    return;

  next = weir_hub_membrane_hurt (membrane, self->connection, cause, http_status,
                                 get_interval (subscription));
  status = weir_hub_document_dup_string (subscription, "status");
  if (g_strcmp0 (status, "unsubscribed") == 0)
    return;
  writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "status", "error");
  weir_hub_json_add_text (writer, "error", error);
  weir_json_writer_add_int (writer, "nextPullEventsTimestamp", next / 1000);
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_SUBSCRIPTION, self->subscription, writer, NULL);
}

/**
 * weir_hub_pull_new:
 * @membrane: the face
 * @subscription: an external event subscription with a source
 *
 * Makes an ExternalEventPull that is queued. Its window goes from the end of the last good one to
 * now, and on to the end of the run.
 *
 * Returns: (transfer full): the pull
 */
WeirHubPull *
weir_hub_pull_new (WeirHubMembrane *membrane, WeirHubDocument *subscription)
{
  static const char *const same[] = { "name", "userId", "tenantId", "integrationId",
                                      "connectionId" };
  WeirHubPull *self = g_new0 (WeirHubPull, 1);
  WeirJson state = weir_json_get (subscription->json, "stateData");
  gint64 now = weir_clock_now ();
  gint64 from = weir_json_get_time (weir_json_get (state, "pulledUntil"));
  WeirJsonWriter *writer = weir_hub_json_begin ();
  g_autofree char *text = NULL;

  if (from == 0)
    from = weir_json_get_time (weir_json_get (subscription->json, "createdAt"));
  self->id = weir_hub_store_new_id (membrane->store, now);
  self->subscription = g_strdup (subscription->id);
  self->connection = weir_hub_document_dup_string (subscription, "connectionId");
  self->source = weir_hub_document_dup_string (subscription, "_source");
  self->full = weir_hub_document_get_boolean (subscription, "requiresFullSync");

  weir_json_writer_add_string (writer, "id", self->id);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (weir_hub_document_has (subscription, same[i]))
      weir_json_writer_add_raw (writer, same[i], weir_json_get (subscription->json, same[i]));
  weir_json_writer_add_string (writer, "externalEventSubscriptionId", self->subscription);
  weir_json_writer_add_time (writer, "startDatetime", from != 0 ? from : now);
  weir_json_writer_add_time (writer, "endDatetime", now);
  weir_json_writer_add_string (writer, "status", "queued");
  weir_json_writer_add_boolean (writer, "isFullScan", self->full);
  weir_json_writer_begin_array (writer, "collectedEventIds");
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  weir_hub_store_put (membrane->store, WEIR_HUB_EVENT_PULL, self->id, text, 0, NULL);
  return self;
}

/**
 * weir_hub_pull_load:
 * @membrane: the face
 * @document: a pull's element
 *
 * Returns: (transfer full) (nullable): the pull; %NULL if its subscription has no source any more
 */
WeirHubPull *
weir_hub_pull_load (WeirHubMembrane *membrane, WeirHubDocument *document)
{
  g_autofree char *id = weir_hub_document_dup_string (document, "externalEventSubscriptionId");
  g_autoptr (WeirHubDocument) subscription =
      weir_hub_store_get (membrane->store, WEIR_HUB_EVENT_SUBSCRIPTION, id);
  WeirHubPull *self;

  if (subscription == NULL || !weir_hub_document_has (subscription, "_source"))
    return NULL;
  self = g_new0 (WeirHubPull, 1);
  self->id = g_strdup (document->id);
  self->subscription = g_strdup (id);
  self->connection = weir_hub_document_dup_string (subscription, "connectionId");
  self->source = weir_hub_document_dup_string (subscription, "_source");
  self->full = weir_hub_document_get_boolean (document, "isFullScan");
  return self;
}

/**
 * weir_hub_pull_free:
 * @self: (transfer full): a pull
 */
void
weir_hub_pull_free (WeirHubPull *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->subscription);
  g_free (self->connection);
  g_free (self->source);
  g_free (self);
}

/**
 * weir_hub_pull_begin:
 * @membrane: the face
 * @self: a queued pull
 *
 * Returns: whether it runs now; %FALSE if its subscription was unsubscribed or removed while it
 *   waited, which ended it
 */
gboolean
weir_hub_pull_begin (WeirHubMembrane *membrane, WeirHubPull *self)
{
  g_autoptr (WeirHubDocument) subscription =
      weir_hub_store_get (membrane->store, WEIR_HUB_EVENT_SUBSCRIPTION, self->subscription);
  WeirJsonWriter *writer;

  if (subscription == NULL || is_unsubscribed (subscription))
    {
      g_autofree char *error = weir_hub_error_new (
          "bad_request", NULL, "The subscription is not subscribed any more", NULL, NULL);

      end_badly (membrane, self, NULL, error, 0);
      return FALSE;
    }
  writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "status", "running");
  weir_json_writer_add_time (writer, "endDatetime", weir_clock_now ());
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_PULL, self->id, writer, NULL);
  return TRUE;
}

/* What is wrong when there is nothing to collect from, as ErrorData. */
static char *
dup_error (const WeirHubFetch *fetch, const GError *failure)
{
  if (fetch == NULL)
    return weir_hub_error_new ("configuration", NULL, failure->message, NULL, NULL);
  return g_strdup (fetch->error);
}

static void
keep_collected (Ending *ending)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();

  add_collected (ending->membrane->store, writer, ending->pull->id, ending->pull->subscription);
  weir_hub_membrane_merge (ending->membrane, WEIR_HUB_EVENT_PULL, ending->pull->id, writer, NULL);
}

static gboolean
end_step (gpointer user_data, GError **error)
{
  Ending *ending = user_data;
  g_autoptr (WeirHubDocument) subscription = NULL;

  if (g_cancellable_is_cancelled (ending->cancellable))
    return FALSE;
  subscription = weir_hub_store_get (ending->membrane->store, WEIR_HUB_EVENT_SUBSCRIPTION,
                                     ending->pull->subscription);
  if (subscription == NULL && ending->error == NULL)
    ending->error =
        weir_hub_error_new ("bad_request", "not_found", "The subscription is gone", NULL, NULL);
  if (ending->error != NULL)
    {
      end_badly (ending->membrane, ending->pull, subscription, ending->error,
                 ending->fetch != NULL ? ending->fetch->status : 0);
      if (ending->cut)
        keep_collected (ending);
    }
  else if (collect (ending->membrane, ending, subscription))
    return TRUE;
  else
    end_well (ending->membrane, ending->pull, subscription, ending->fetch, ending->ids);
  return FALSE;
}

static void ended_cb (gpointer user_data, const GError *error);

static gboolean
again_cb (gpointer user_data)
{
  Ending *ending = user_data;

  if (g_cancellable_is_cancelled (ending->cancellable))
    {
      clear_ending (ending);
      g_free (ending);
    }
  else
    weir_hub_store_add_work (ending->membrane->store, end_step, ended_cb, ending);
  return G_SOURCE_REMOVE;
}

/* When not even the failure can be written, such as on a full disk, the pull goes on until it can. */
static void
ended_cb (gpointer user_data, const GError *error)
{
  Ending *ending = user_data;
  gboolean cancelled = g_cancellable_is_cancelled (ending->cancellable)
                       || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (error != NULL && !cancelled)
    {
      g_free (ending->error);
      ending->error = weir_hub_error_new ("internal", NULL, error->message, NULL, NULL);
      ending->cut = TRUE;
      g_timeout_add_seconds (AGAIN_INTERVAL, again_cb, ending);
      return;
    }
  if (!cancelled)
    ending->ended (ending->pull, ending->user_data);
  clear_ending (ending);
  g_free (ending);
}

/**
 * weir_hub_pull_end:
 * @membrane: the face
 * @self: a running pull
 * @fetch: what came of asking its source
 *
 * Its events, its end, and what it means for subscription and connection: one transaction.
 */
void
weir_hub_pull_end (WeirHubMembrane *membrane, WeirHubPull *self, const WeirHubFetch *fetch)
{
  g_auto (Ending) ending = { .membrane = membrane, .pull = self };

  ending.error = dup_error (fetch, NULL);
  ending.ids = g_ptr_array_new_with_free_func (g_free);
  ending.fetch = g_new0 (WeirHubFetch, 1);
  *ending.fetch = *fetch;
  ending.fetch->error = NULL;
  ending.fetch->comparison = NULL;
  weir_hub_store_begin (membrane->store);
  while (end_step (&ending, NULL))
    ;
  weir_hub_store_commit (membrane->store, NULL);
}

/**
 * weir_hub_pull_end_in_steps:
 * @membrane: the face
 * @self: a running pull
 * @fetch: (nullable) (transfer full): what came of asking its source
 * @failure: (nullable): why it was not asked
 * @cancellable: ends it where it stands; then @self may be gone, and @ended is not called
 * @ended: (scope async): called at the end
 * @user_data: for @ended
 *
 * The same in steps, the main loop running. A pull that is cut off has its events so far; those to
 * come are the next one's.
 */
void
weir_hub_pull_end_in_steps (WeirHubMembrane *membrane,
                            WeirHubPull *self,
                            WeirHubFetch *fetch,
                            const GError *failure,
                            GCancellable *cancellable,
                            WeirHubPullEnded ended,
                            gpointer user_data)
{
  Ending *ending = g_new0 (Ending, 1);

  ending->membrane = membrane;
  ending->pull = self;
  ending->error = dup_error (fetch, failure);
  ending->fetch = fetch;
  ending->ids = g_ptr_array_new_with_free_func (g_free);
  ending->cancellable = g_object_ref (cancellable);
  ending->ended = ended;
  ending->user_data = user_data;
  weir_hub_store_add_work (membrane->store, end_step, ended_cb, ending);
}

/**
 * weir_hub_pull_cut_off:
 * @membrane: the face
 * @document: a pull that was running when the hub ended
 */
void
weir_hub_pull_cut_off (WeirHubMembrane *membrane, WeirHubDocument *document)
{
  g_autofree char *error =
      weir_hub_error_new ("internal", NULL, "The hub ended before this pull did", NULL, NULL);
  g_autofree char *subscription =
      weir_hub_document_dup_string (document, "externalEventSubscriptionId");
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "status", "error");
  weir_hub_json_add_text (writer, "error", error);
  add_collected (membrane->store, writer, document->id, subscription);
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_PULL, document->id, writer, NULL);
}

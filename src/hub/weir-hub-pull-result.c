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

/* Everything of the subscription's kind that was logged since it last looked. */
static gint64
collect (WeirHubMembrane *membrane,
         WeirHubPull *self,
         WeirHubDocument *subscription,
         GPtrArray *ids)
{
  WeirHubChangeQuery query = { .source = self->source, .kind = (int) get_kind (subscription) };
  WeirJson state = weir_json_get (subscription->json, "stateData");
  g_autoptr (GPtrArray) changes = NULL;

  weir_json_get_int (weir_json_get (state, "position"), &query.after);
  changes = weir_hub_store_list_changes (membrane->store, &query);
  for (guint i = 0; i < changes->len; i++)
    {
      const WeirHubChange *change = changes->pdata[i];
      g_autofree char *payload = make_payload (change);

      weir_hub_membrane_add_event (membrane->store, subscription, payload, ids);
      query.after = change->sequence;
    }
  return query.after;
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
          const WeirHubFetch *fetch)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gint64 position = collect (membrane, self, subscription, ids);
  gboolean unsubscribed;
  g_autofree char *status = weir_hub_document_dup_string (subscription, "status");
  g_autofree char *message = g_strdup_printf (
      "%u records: %u new, %u changed, %u gone since the source was last read", fetch->diff.total,
      fetch->diff.created, fetch->diff.updated, fetch->diff.deleted);
  WeirJsonWriter *writer = weir_hub_json_begin ();

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

  unsubscribed = g_strcmp0 (status, "unsubscribed") == 0;
  writer = weir_hub_json_begin ();

  weir_json_writer_begin_object (writer, "stateData");
  weir_json_writer_add_int (writer, "position", position);
  weir_json_writer_add_time (writer, "pulledUntil", fetch->started_at);
  weir_json_writer_end_object (writer);
  if (!unsubscribed)
    {
      weir_json_writer_add_string (writer, "status", "subscribed");
      weir_json_writer_add_int (writer, "nextPullEventsTimestamp",
                                fetch->ended_at / 1000 + get_interval (subscription) * 1000);
    }
  weir_json_writer_add_null (writer, "error");
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_SUBSCRIPTION, self->subscription, writer, NULL);
  weir_hub_membrane_heal (membrane, self->connection);
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
 */
void
weir_hub_pull_begin (WeirHubMembrane *membrane, WeirHubPull *self)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "status", "running");
  weir_json_writer_add_time (writer, "endDatetime", weir_clock_now ());
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_PULL, self->id, writer, NULL);
}

/**
 * weir_hub_pull_end:
 * @membrane: the face
 * @self: a running pull
 * @fetch: (nullable): what came of asking its source
 * @failure: (nullable): why it was not asked
 *
 * Its events, its end, and what it means for subscription and connection: one transaction.
 */
void
weir_hub_pull_end (WeirHubMembrane *membrane,
                   WeirHubPull *self,
                   const WeirHubFetch *fetch,
                   const GError *failure)
{
  g_autoptr (WeirHubDocument) subscription =
      weir_hub_store_get (membrane->store, WEIR_HUB_EVENT_SUBSCRIPTION, self->subscription);
  g_autofree char *error = NULL;

  if (fetch == NULL)
    error = weir_hub_error_new ("configuration", NULL, failure->message, NULL, NULL);
  else if (fetch->error != NULL)
    error = g_strdup (fetch->error);
  else if (subscription == NULL)
    error = weir_hub_error_new ("bad_request", "not_found", "The subscription is gone", NULL, NULL);

  weir_hub_store_begin (membrane->store);
  if (error == NULL)
    end_well (membrane, self, subscription, fetch);
  else
    end_badly (membrane, self, subscription, error, fetch != NULL ? fetch->status : 0);
  weir_hub_store_commit (membrane->store, NULL);
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
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "status", "error");
  weir_hub_json_add_text (writer, "error", error);
  weir_hub_membrane_merge (membrane, WEIR_HUB_EVENT_PULL, document->id, writer, NULL);
}

/* weir-sequin-provider.c: Sequin's Stream API, the generation with /v1/events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-sequin-provider.h"

#include "weir-sequin-page.h"
#include "weir-walk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A busy stream may have no end for hours: so many pages are remembered. */
#define MAX_LED 10000

struct _WeirSequinProvider
{
  WeirProvider parent_instance;

  gboolean needs_seen;
  /* Cursors since the stream was last caught up, each with the one that it led to: one from which they lead back leads round in
   * a circle. Two walks at once, and pages of other lengths, may meet at a cursor. */
  GHashTable *led;
};

G_DEFINE_FINAL_TYPE (WeirSequinProvider, weir_sequin_provider, WEIR_TYPE_PROVIDER)

/* What the stream may be narrowed to by the server, beside the cursor (api/sequin-and-oracle.md A1); all nullable. */
typedef struct
{
  const char *sync_id;
  const char *provider;
  const char *collection;
} Narrowing;

static WeirHttpRequest *
new_events_request (WeirProvider *provider,
                    const Narrowing *narrowing,
                    const WeirSequinQuestion *question)
{
  g_autoptr (GString) path = g_string_new ("/v1/events");

  g_string_append_printf (path, "?limit=%u", question->limit);
  if (narrowing != NULL)
    {
      weir_request_add_query (path, "sync_id", narrowing->sync_id);
      weir_request_add_query (path, "provider", narrowing->provider);
      weir_request_add_query (path, "collection", narrowing->collection);
    }
  weir_request_add_query (path, "after_cursor", question->after_cursor);
  return weir_request_new (provider, "GET", path->str);
}

static gpointer
read_check (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  g_autoptr (WeirEventPage) page = weir_sequin_page_read (account, response, data, error);
  g_autoptr (GUri) uri = NULL;

  if (page == NULL)
    return NULL;
  /* Sequin does not say whose token it is; the server is all that is known. */
  uri = g_uri_parse (account->uri, G_URI_FLAGS_NONE, NULL);
  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "Sequin");
}

/* {"data":[…]} as documented (A4), or the list alone; there are no pages. */
static gpointer
read_syncs (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  const char *expected = _ ("a list of syncs");
  g_autoptr (WeirWalkPage) page = weir_walk_page_new ();
  WeirJson root, list, item;
  WeirJsonIter iter;

  if (!weir_read_json (response, expected, &root, error))
    return NULL;
  list = weir_json_get_type (root) == WEIR_JSON_ARRAY ? root : weir_json_get (root, "data");
  if (weir_json_get_type (list) != WEIR_JSON_ARRAY)
    {
      weir_read_refuse (response, expected, error);
      return NULL;
    }
  weir_json_iter_init (&iter, list);
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      WeirSubscription *sync = weir_subscription_new_sync (account, item, NULL);

      if (sync != NULL)
        g_ptr_array_add (page->records, sync);
      else
        page->n_unreadable++;
    }
  return g_steal_pointer (&page);
}

static char *
make_syncs_path (WeirAccount *account,
                 gconstpointer list,
                 const WeirListFilter *filter,
                 const WeirWalkPage *last,
                 guint n_items)
{
  return g_strdup ("/v1/syncs");
}

static const WeirWalkKind syncs_kind = { read_syncs, make_syncs_path };

static WeirRecord *
read_sync_json (WeirAccount *account, WeirJson root)
{
  WeirJson data = weir_json_get (root, "data");

  if (weir_json_get_type (root) != WEIR_JSON_OBJECT)
    return NULL;
  if (weir_json_get_type (data) == WEIR_JSON_OBJECT)
    root = data;
  return (WeirRecord *) weir_subscription_new_sync (account, root, NULL);
}

static gpointer
read_sync (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  WeirRecord *record;
  WeirJson root;

  if (!weir_read_json (response, _ ("a sync"), &root, error))
    return NULL;
  record = read_sync_json (account, root);
  if (record == NULL)
    weir_read_refuse (response, _ ("a sync"), error);
  return record;
}

/* There are no syncs here, or not for this token; the events may be read all the same. */
static gboolean
has_no_syncs (const GError *error)
{
  guint status = weir_provider_error_get_status (error);

  return g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND)
         || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_FORBIDDEN)
         || status == 405 || status == 501;
}

static void
syncs_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirSequinProvider *self = WEIR_SEQUIN_PROVIDER (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *warning = NULL;
  GPtrArray *records = weir_walk_finish (result, &warning, &error);

  weir_provider_task_set_warning (task, warning);
  if (records != NULL)
    self->needs_seen = FALSE;
  else if (has_no_syncs (error))
    {
      g_clear_error (&error);
      self->needs_seen = TRUE;
      records = g_ptr_array_new_with_free_func (g_object_unref);
    }
  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* A list of events: the stream from its beginning, as there is no other way to ask; nobody looks through more. */
#define MAX_EVENTS 100000

typedef struct
{
  WeirListFilter *filter;
  char *sync_id;    /* (nullable) */
  char *collection; /* (nullable) */
  guint limit;
  GPtrArray *records;
} Walk;

static void
walk_free (Walk *walk)
{
  weir_list_filter_free (walk->filter);
  g_free (walk->sync_id);
  g_free (walk->collection);
  g_clear_pointer (&walk->records, g_ptr_array_unref);
  g_free (walk);
}

static void walk_page_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask_walk_page (GTask *task, const char *cursor)
{
  WeirProvider *provider = g_task_get_source_object (task);
  Walk *walk = g_task_get_task_data (task);
  Narrowing narrowing = { walk->sync_id, walk->filter->integration, walk->collection };
  WeirSequinQuestion *question =
      weir_sequin_question_new (cursor, walk->limit - walk->records->len);

  weir_ask_async (provider, new_events_request (provider, &narrowing, question),
                  weir_sequin_page_read, question, (GDestroyNotify) weir_sequin_question_free,
                  g_object_unref, g_task_get_cancellable (task), walk_page_cb, task);
}

static void
walk_page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WeirEventPage) page = weir_ask_finish (result, &error);

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < page->events->len; i++)
    if (walk->records->len < walk->limit)
      g_ptr_array_add (walk->records,
                       weir_event_rows_make_event (
                           page->events, weir_provider_get_account (WEIR_PROVIDER (source)), i));
  /* An empty page that is not the end would be a server that has nothing and never says so. */
  if (page->end || page->events->len == 0 || walk->records->len >= walk->limit)
    {
      weir_provider_task_set_warning (task, g_strdup (page->warning));
      g_task_return_pointer (task, g_steal_pointer (&walk->records),
                             (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  ask_walk_page (g_steal_pointer (&task), page->next_cursor);
}

static void
list_events (WeirProvider *provider, const WeirListFilter *filter, GTask *task)
{
  Walk *walk = g_new0 (Walk, 1);
  const char *slash;

  walk->filter = weir_list_filter_copy (filter);
  filter = walk->filter;
  /* The id of a subscription that was made from events is "SYNC/COLLECTION". */
  slash = filter->subscription != NULL ? strchr (filter->subscription, '/') : NULL;
  walk->sync_id = slash != NULL
                      ? g_strndup (filter->subscription, (gsize) (slash - filter->subscription))
                      : g_strdup (filter->subscription);
  walk->collection =
      g_strdup (filter->collection == NULL && slash != NULL ? slash + 1 : filter->collection);
  walk->limit = filter->limit != 0 ? MIN (filter->limit, MAX_EVENTS) : MAX_EVENTS;
  walk->records = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  ask_walk_page (task, NULL);
}

static const char *const *
weir_sequin_provider_get_streams (WeirProvider *provider)
{
  static const char *const streams[] = { "events", NULL };

  return streams;
}

static gboolean
weir_sequin_provider_can (WeirProvider *provider,
                          WeirAction action,
                          WeirRecord *record,
                          const char **reason)
{
  switch (action)
    {
    case WEIR_ACTION_SUBSCRIBE:
    case WEIR_ACTION_UNSUBSCRIBE:
      if (!WEIR_SEQUIN_PROVIDER (provider)->needs_seen)
        return TRUE;
      *reason = _ ("This server has no list of syncs, so they cannot be switched on and off.");
      return FALSE;
    case WEIR_ACTION_RESUBSCRIBE:
    case WEIR_ACTION_SETUP:
    case WEIR_ACTION_REFRESH_WEBHOOK:
      *reason = _ ("A sync can only be switched on and off: Subscribe and Unsubscribe.");
      return FALSE;
    case WEIR_ACTION_PULL:
      *reason = _ ("Sequin's events come as a stream: there is nothing to pull.");
      return FALSE;
    case WEIR_ACTION_PAUSE:
      *reason = _ ("Sequin cannot pause a delivery.");
      return FALSE;
    case WEIR_ACTION_TEST:
    case WEIR_ACTION_REFRESH_CREDENTIALS:
    case WEIR_ACTION_RECONNECT:
      *reason = _ ("Sequin's connections are not looked after by Weir.");
      return FALSE;
    case WEIR_ACTION_CREATE:
    case WEIR_ACTION_UPDATE:
    case WEIR_ACTION_DELETE:
    default:
      *reason = _ ("Weir does not create, edit or delete syncs.");
      return FALSE;
    }
}

static gboolean
weir_sequin_provider_lists (WeirProvider *provider, WeirRecordKind kind, const char **reason)
{
  if (kind == WEIR_RECORD_SUBSCRIPTION || kind == WEIR_RECORD_EVENT)
    return TRUE;
  *reason = kind == WEIR_RECORD_PULL
                ? _ ("Sequin has no pull runs: its events come as a stream.")
                : _ ("Sequin has syncs and events, and nothing else that Weir shows.");
  return FALSE;
}

static gboolean
weir_sequin_provider_needs_seen (WeirProvider *provider)
{
  return WEIR_SEQUIN_PROVIDER (provider)->needs_seen;
}

static void
weir_sequin_provider_check_async (WeirProvider *provider, GTask *task)
{
  WeirSequinQuestion *question = weir_sequin_question_new (NULL, 1);
  WeirHttpRequest *request = new_events_request (provider, NULL, question);

  request->once = TRUE;
  weir_ask_into (task, request, read_check, question, (GDestroyNotify) weir_sequin_question_free,
                 g_free);
}

static void
weir_sequin_provider_list_async (WeirProvider *provider,
                                 WeirRecordKind kind,
                                 const WeirListFilter *filter,
                                 GTask *task)
{
  if (kind == WEIR_RECORD_EVENT)
    list_events (provider, filter, task);
  else
    weir_walk_async (provider, &syncs_kind, NULL, filter, g_task_get_cancellable (task), syncs_cb,
                     task);
}

static void
weir_sequin_provider_get_async (WeirProvider *provider,
                                WeirRecordKind kind,
                                const char *id,
                                GTask *task)
{
  g_autofree char *path = NULL;
  GError *error = NULL;

  if (kind == WEIR_RECORD_EVENT)
    error = weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
                                     _ ("Sequin cannot be asked for one event."));
  else
    path = weir_request_path ("v1/syncs", id, NULL, &error);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  weir_ask_into (task, weir_request_new (provider, "GET", path), read_sync, NULL, NULL,
                 g_object_unref);
}

static void
read_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirRecord *before = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  WeirRecord *record = weir_ask_finish (result, &error);

  if (record == NULL)
    {
      weir_provider_task_set_warning (
          task, g_strdup_printf (_ ("It was done, but could not be read back (%s): what is shown "
                                    "is how it was before."),
                                 error->message));
      record = g_object_ref (before);
    }
  g_task_return_pointer (task, record, g_object_unref);
}

/* What a PATCH was answered with: the sync, or NULL for a 2xx that does not hold it. */
static gpointer
read_patched (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  g_autoptr (WeirRecord) record = NULL;
  WeirRecord *before = data;
  WeirJson root;

  if (weir_read_is_page (response))
    weir_read_refuse (response, _ ("a sync"), error);
  else if (weir_json_parse (response->body, &root, NULL))
    record = read_sync_json (account, root);
  if (record == NULL || !weir_record_same (record, before))
    return NULL;
  return g_steal_pointer (&record);
}

static void
patch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirProvider *provider = WEIR_PROVIDER (source);
  WeirRecord *before = g_task_get_task_data (task);
  g_autofree char *path = NULL;
  GError *error = NULL;
  WeirRecord *record = weir_ask_finish (result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (record != NULL)
    {
      g_task_return_pointer (task, record, g_object_unref);
      return;
    }
  path = weir_request_path ("v1/syncs", weir_record_get_id (before), NULL, NULL);
  weir_ask_async (provider, weir_request_new (provider, "GET", path), read_sync, NULL, NULL,
                  g_object_unref, g_task_get_cancellable (task), read_back_cb, g_object_ref (task));
}

/* Subscribe and Unsubscribe are the sync's status: api/sequin-and-oracle.md A4. */
static void
weir_sequin_provider_act_async (WeirProvider *provider,
                                WeirAction action,
                                WeirRecord *record,
                                GTask *task)
{
  const char *json =
      action == WEIR_ACTION_SUBSCRIBE ? "{\"status\":\"active\"}" : "{\"status\":\"disabled\"}";
  g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));
  g_autofree char *path = NULL;
  WeirHttpRequest *request;
  GError *error = NULL;

  path = weir_request_path ("v1/syncs", weir_record_get_id (record), NULL, &error);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, g_object_ref (record), g_object_unref);
  request = weir_request_new (provider, "PATCH", path);
  weir_http_request_set_json (request, body);
  weir_ask_change_async (task, request, read_patched, g_object_ref (record), g_object_unref,
                         g_object_unref, patch_cb, task);
}

static gboolean
goes_in_circles (WeirSequinProvider *self, WeirEventPage *page)
{
  const char *asked = page->asked_with != NULL ? page->asked_with : "";

  for (const char *at = page->next_cursor; at != NULL; at = g_hash_table_lookup (self->led, at))
    {
      if (g_str_equal (at, asked))
        return TRUE;
    }

  g_hash_table_replace (self->led, g_strdup (asked), g_strdup (page->next_cursor));
  return FALSE;
}

static void
events_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirSequinProvider *self = WEIR_SEQUIN_PROVIDER (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  WeirEventPage *page = weir_ask_finish (result, &error);

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!page->end && goes_in_circles (self, page))
    {
      /* It is followed all the same, but at the pace of a stream that is caught up. */
      page->end = TRUE;
      page->join = WEIR_JOIN_CUT;
      g_free (page->warning);
      page->warning = g_strdup (_ ("The server's cursors lead round in a circle."));
    }
  if (page->end || g_hash_table_size (self->led) > MAX_LED)
    g_hash_table_remove_all (self->led);
  g_task_return_pointer (task, page, g_object_unref);
}

static void
weir_sequin_provider_fetch_async (WeirProvider *provider,
                                  const char *stream,
                                  const char *cursor,
                                  guint limit,
                                  GTask *task)
{
  WeirSequinQuestion *question = weir_sequin_question_new (cursor, limit);

  weir_ask_async (provider, new_events_request (provider, NULL, question), weir_sequin_page_read,
                  question, (GDestroyNotify) weir_sequin_question_free, g_object_unref,
                  g_task_get_cancellable (task), events_cb, task);
}

static void
reaches_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirEventPage *page = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WeirEventPage) first = weir_ask_finish (result, &error);
  const char *oldest = NULL;

  if (first == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (first->events->len > 0)
    oldest = first->events->rows[0].id;
  for (guint i = 0; oldest != NULL && i < page->events->len; i++)
    if (g_str_equal (page->events->rows[i].id, oldest))
      {
        page->oldest_at = first->oldest_at;
        g_task_return_boolean (task, FALSE);
        return;
      }
  g_task_return_boolean (task, TRUE);
}

/* The log begins with the page if its first event of all is in it. */
static void
weir_sequin_provider_reaches_async (WeirProvider *provider, WeirEventPage *page, GTask *task)
{
  WeirSequinQuestion *question = weir_sequin_question_new (NULL, 1);

  g_task_set_task_data (task, g_object_ref (page), g_object_unref);
  weir_ask_async (provider, new_events_request (provider, NULL, question), weir_sequin_page_read,
                  question, (GDestroyNotify) weir_sequin_question_free, g_object_unref,
                  g_task_get_cancellable (task), reaches_cb, task);
}

/* An event cannot be asked for by its id: what comes nearest is the stream it is in. */
static char *
weir_sequin_provider_dup_path (WeirProvider *provider, WeirRecord *record)
{
  WeirSequinProvider *self = WEIR_SEQUIN_PROVIDER (provider);

  if (WEIR_IS_EVENT (record))
    {
      GString *path = g_string_new ("/v1/events");

      weir_request_add_query (path, "sync_id", WEIR_EVENT (record)->subscription);
      weir_request_add_query (path, "collection", WEIR_EVENT (record)->collection);
      return g_string_free (path, FALSE);
    }
  if (self->needs_seen)
    return NULL;
  return weir_request_path ("v1/syncs", weir_record_get_id (record), NULL, NULL);
}

static void
weir_sequin_provider_finalize (GObject *object)
{
  g_hash_table_unref (WEIR_SEQUIN_PROVIDER (object)->led);
  G_OBJECT_CLASS (weir_sequin_provider_parent_class)->finalize (object);
}

static void
weir_sequin_provider_class_init (WeirSequinProviderClass *klass)
{
  WeirProviderClass *provider_class = WEIR_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = weir_sequin_provider_finalize;
  provider_class->get_streams = weir_sequin_provider_get_streams;
  provider_class->can = weir_sequin_provider_can;
  provider_class->lists = weir_sequin_provider_lists;
  provider_class->needs_seen = weir_sequin_provider_needs_seen;
  provider_class->check_async = weir_sequin_provider_check_async;
  provider_class->list_async = weir_sequin_provider_list_async;
  provider_class->get_async = weir_sequin_provider_get_async;
  provider_class->act_async = weir_sequin_provider_act_async;
  provider_class->dup_path = weir_sequin_provider_dup_path;
  provider_class->fetch_async = weir_sequin_provider_fetch_async;
  provider_class->reaches_async = weir_sequin_provider_reaches_async;
}

static void
weir_sequin_provider_init (WeirSequinProvider *self)
{
  self->led = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * weir_sequin_provider_new:
 * @auth: a token
 *
 * Returns: (transfer full): the provider
 */
WeirProvider *
weir_sequin_provider_new (WeirAccount *account, WeirAuth *auth)
{
  return g_object_new (WEIR_TYPE_SEQUIN_PROVIDER, "account", account, "auth", auth, NULL);
}

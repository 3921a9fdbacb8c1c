/* weir-hub-sources.c: the collections elsewhere whose records the hub watches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-sources.h"

#include "weir-clock.h"
#include "weir-hub-fetch.h"

#define CONNECT_TIMEOUT 5 /* s */
#define IDLE_TIMEOUT 10
#define TOTAL_TIMEOUT 60

/* A source that is known to run, and who waits for it: answers that overtake each other would
 * bring old records back, so a source is asked one thing at a time. */
typedef struct
{
  WeirHubDocument *document;
  GQueue waiting; /* of GTask; the first one is being fetched */
  gint64 due;     /* µs; 0: somebody else pulls it */
} Source;

struct _WeirHubSources
{
  GObject parent_instance;

  WeirHubStore *store;
  WeirHttpClient *client;
  GHashTable *sources; /* name → Source */
  GCancellable *cancellable;
  guint timer;
};

/* Asked over HTTP, then compared in a thread, then applied in steps. */
typedef struct
{
  char *name;
  WeirHubDocument *document;
  gboolean full;
  gint64 started_at;
  WeirHttpResponse *response; /* (nullable) */
  GError *failure;            /* (nullable) */
  char *path;                 /* of the store */
  WeirHubFetch *fetch;
} Fetching;

enum
{
  ADDED,
  REMOVED,
  FETCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirHubSources, weir_hub_sources, G_TYPE_OBJECT)

static void start_next (WeirHubSources *self, const char *name);

static void
fetching_free (Fetching *fetching)
{
  g_free (fetching->name);
  g_clear_pointer (&fetching->document, weir_hub_document_unref);
  g_clear_pointer (&fetching->response, weir_http_response_free);
  g_clear_error (&fetching->failure);
  g_free (fetching->path);
  g_clear_pointer (&fetching->fetch, weir_hub_fetch_free);
  g_free (fetching);
}

static void
source_free (Source *source)
{
  g_queue_clear_full (&source->waiting, g_object_unref);
  weir_hub_document_unref (source->document);
  g_free (source);
}

/* Ends the first in the source's queue, and goes on with the next. */
static void
end_fetch (GTask *task, WeirHubFetch *fetch, GError *error)
{
  WeirHubSources *self = g_task_get_source_object (task);
  Fetching *fetching = g_task_get_task_data (task);
  g_autofree char *name = g_strdup (fetching->name);
  Source *source = g_hash_table_lookup (self->sources, name);

  if (source != NULL && g_queue_remove (&source->waiting, task))
    g_object_unref (task);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, fetch, (GDestroyNotify) weir_hub_fetch_free);
  start_next (self, name);
}

static gboolean
is_gone (WeirHubSources *self, Fetching *fetching, GError **error)
{
  Source *source = g_hash_table_lookup (self->sources, fetching->name);

  if (source != NULL && source->document->sequence == fetching->document->sequence)
    return FALSE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The source “%s” is gone", fetching->name);
  return TRUE;
}

/* Whoever removed the source may have made room for another one of its name. */
static gboolean
apply_step (gpointer user_data, GError **error)
{
  GTask *task = user_data;
  WeirHubSources *self = g_task_get_source_object (task);
  Fetching *fetching = g_task_get_task_data (task);

  return !is_gone (self, fetching, NULL)
         && weir_hub_comparison_apply_next (fetching->fetch->comparison, self->store, error);
}

static void
applied_cb (gpointer user_data, const GError *error)
{
  g_autoptr (GTask) task = user_data;
  WeirHubSources *self = g_task_get_source_object (task);
  Fetching *fetching = g_task_get_task_data (task);
  GError *gone = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_fetch (task, NULL, g_error_copy (error));
  else if (is_gone (self, fetching, &gone))
    end_fetch (task, NULL, gone);
  else
    {
      weir_hub_fetch_end (fetching->fetch, fetching->document, error);
      g_signal_emit (self, signals[FETCHED], 0, fetching->name, fetching->fetch);
      end_fetch (task, g_steal_pointer (&fetching->fetch), NULL);
    }
}

static void
compared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirHubSources *self = g_task_get_source_object (task);
  Fetching *fetching = g_task_get_task_data (task);
  GError *error = NULL;

  fetching->fetch = g_task_propagate_pointer (G_TASK (result), &error);
  if (fetching->fetch == NULL || is_gone (self, fetching, &error))
    end_fetch (task, NULL, error);
  else if (fetching->fetch->comparison != NULL)
    weir_hub_store_add_work (self->store, apply_step, applied_cb, g_steal_pointer (&task));
  else
    applied_cb (g_steal_pointer (&task), NULL);
}

static void
compare_in_thread (GTask *comparing, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fetching *fetching = data;
  GError *error = NULL;
  g_autoptr (WeirDatabase) db = weir_database_open (fetching->path, NULL, &error);

  if (db == NULL)
    g_task_return_error (comparing, error);
  else
    g_task_return_pointer (comparing,
                           weir_hub_fetch_read (db, fetching->document, fetching->full,
                                                fetching->started_at, fetching->response,
                                                fetching->failure, cancellable),
                           (GDestroyNotify) weir_hub_fetch_free);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirHubSources *self = g_task_get_source_object (task);
  Fetching *fetching = g_task_get_task_data (task);
  GError *gone = NULL;

  fetching->response =
      weir_http_client_send_finish (WEIR_HTTP_CLIENT (object), result, &fetching->failure);
  if (g_error_matches (fetching->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_fetch (task, NULL, g_steal_pointer (&fetching->failure));
  else if (is_gone (self, fetching, &gone))
    end_fetch (task, NULL, gone);
  else
    {
      /* Without the sources as its object, so that their end never comes in a thread. */
      g_autoptr (GTask) comparing =
          g_task_new (NULL, g_task_get_cancellable (task), compared_cb, g_object_ref (task));

      fetching->path = g_strdup (weir_hub_store_get_path (self->store));
      g_task_set_task_data (comparing, fetching, NULL);
      g_task_run_in_thread (comparing, compare_in_thread);
    }
}

static void
start_next (WeirHubSources *self, const char *name)
{
  Source *source = g_hash_table_lookup (self->sources, name);
  GTask *task;
  Fetching *fetching;
  g_autofree char *url = NULL;
  WeirHttpRequest *request;

  if (source == NULL || g_queue_is_empty (&source->waiting))
    return;
  task = g_queue_peek_head (&source->waiting);
  fetching = g_task_get_task_data (task);
  if (fetching->started_at != 0)
    return;

  fetching->document = weir_hub_document_ref (source->document);
  fetching->started_at = weir_clock_now ();
  url = weir_hub_document_dup_string (source->document, "url");
  request = weir_http_request_new ("GET", url);
  request->once = TRUE;
  weir_http_request_add_header (request, "Accept", "application/json");
  weir_http_client_send_async (self->client, request, g_task_get_cancellable (task), sent_cb,
                               g_object_ref (task));
}

static void
own_fetch_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WeirHubSources *self = WEIR_HUB_SOURCES (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHubFetch) fetch = weir_hub_sources_fetch_finish (self, result, &error);

  if (fetch != NULL && fetch->error != NULL)
    g_info ("%s", fetch->error);
}

static gboolean
tick_cb (gpointer user_data)
{
  WeirHubSources *self = user_data;
  gint64 now = weir_clock_now ();
  GHashTableIter iter;
  Source *source;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &source))
    {
      if (source->due == 0 || source->due > now || !g_queue_is_empty (&source->waiting))
        continue;
      source->due = now + weir_hub_document_get_int (source->document, "interval") * G_USEC_PER_SEC;
      weir_hub_sources_fetch_async (self, source->document->id, TRUE, self->cancellable,
                                    own_fetch_cb, NULL);
    }
  return G_SOURCE_CONTINUE;
}

static void
drop_source (WeirHubSources *self, const char *name)
{
  Source *source = g_hash_table_lookup (self->sources, name);
  g_autofree char *kept_name = g_strdup (name);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  /* The one under way ends by itself when its answer comes. */
  while (g_queue_get_length (&source->waiting) > 1)
    g_ptr_array_add (tasks, g_queue_pop_tail (&source->waiting));
  g_hash_table_remove (self->sources, name);
  for (guint i = tasks->len; i > 0; i--)
    g_task_return_new_error (tasks->pdata[i - 1], G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             "The source “%s” is gone", kept_name);
  g_signal_emit (self, signals[REMOVED], 0, kept_name);
}

static void
look_again (WeirHubSources *self)
{
  g_autoptr (GPtrArray) documents = weir_hub_source_list (self->store, NULL);
  g_autoptr (GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char **names = NULL;
  guint n_names;

  for (guint i = 0; i < documents->len; i++)
    {
      WeirHubDocument *document = documents->pdata[i];

      g_hash_table_insert (present, document->id, document);
    }
  names = (char **) g_hash_table_get_keys_as_array (self->sources, &n_names);
  for (guint i = 0; i < n_names; i++)
    {
      WeirHubDocument *document = g_hash_table_lookup (present, names[i]);
      Source *source = g_hash_table_lookup (self->sources, names[i]);

      if (document == NULL || document->sequence != source->document->sequence)
        drop_source (self, names[i]);
    }
  for (guint i = 0; i < documents->len; i++)
    {
      WeirHubDocument *document = documents->pdata[i];
      g_autofree char *face = weir_hub_document_dup_string (document, "face");
      Source *source = g_hash_table_lookup (self->sources, document->id);

      if (source != NULL)
        continue;
      source = g_new0 (Source, 1);
      source->document = weir_hub_document_ref (document);
      source->due = g_strcmp0 (face, "membrane") != 0 ? weir_clock_now () : 0;
      g_hash_table_insert (self->sources, g_strdup (document->id), source);
      g_signal_emit (self, signals[ADDED], 0, document);
    }
}

static void
element_cb (WeirHubStore *store, const char *type, const char *id, WeirHubSources *self)
{
  if (self->timer != 0 && g_str_equal (type, WEIR_HUB_SOURCE))
    look_again (self);
}

static void
foreign_cb (WeirHubStore *store, WeirHubSources *self)
{
  if (self->timer != 0)
    look_again (self);
}

static void
weir_hub_sources_dispose (GObject *object)
{
  WeirHubSources *self = WEIR_HUB_SOURCES (object);

  weir_hub_sources_stop (self);
  g_clear_pointer (&self->sources, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (weir_hub_sources_parent_class)->dispose (object);
}

static void
weir_hub_sources_class_init (WeirHubSourcesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_hub_sources_dispose;

  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FETCHED] = g_signal_new ("fetched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
weir_hub_sources_init (WeirHubSources *self)
{
  self->sources =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) source_free);
  self->cancellable = g_cancellable_new ();
  self->client = weir_http_client_new (NULL);
  weir_http_client_set_timeouts (self->client, CONNECT_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT);
}

/**
 * weir_hub_sources_new:
 * @store: where the sources and their changes are
 *
 * Returns: (transfer full): the sources, at rest
 */
WeirHubSources *
weir_hub_sources_new (WeirHubStore *store)
{
  WeirHubSources *self = g_object_new (WEIR_TYPE_HUB_SOURCES, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "element", G_CALLBACK (element_cb), self, 0);
  g_signal_connect_object (store, "foreign", G_CALLBACK (foreign_cb), self, 0);
  return self;
}

/**
 * weir_hub_sources_start:
 * @self: sources at rest
 *
 * Tells of every source by "added", and begins to pull those of Sequin and Oracle.
 */
void
weir_hub_sources_start (WeirHubSources *self)
{
  g_return_if_fail (WEIR_IS_HUB_SOURCES (self));
  g_return_if_fail (self->timer == 0);

  self->timer = g_timeout_add (500, tick_cb, self);
  look_again (self);
}

/**
 * weir_hub_sources_stop:
 * @self: sources
 *
 * Stops the clock and what it had started.
 */
void
weir_hub_sources_stop (WeirHubSources *self)
{
  g_return_if_fail (WEIR_IS_HUB_SOURCES (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->store != NULL)
    weir_hub_store_stop_work (self->store);
}

/**
 * weir_hub_sources_get_client:
 * @self: sources
 *
 * Returns: (transfer none): what they are fetched with
 */
WeirHttpClient *
weir_hub_sources_get_client (WeirHubSources *self)
{
  g_return_val_if_fail (WEIR_IS_HUB_SOURCES (self), NULL);

  return self->client;
}

/**
 * weir_hub_sources_set_paused:
 * @self: sources
 * @name: name of one that is pulled by itself
 * @paused: whether it rests
 */
void
weir_hub_sources_set_paused (WeirHubSources *self, const char *name, gboolean paused)
{
  Source *source;

  g_return_if_fail (WEIR_IS_HUB_SOURCES (self));
  g_return_if_fail (name != NULL);

  source = g_hash_table_lookup (self->sources, name);
  if (source != NULL)
    source->due = paused ? 0 : weir_clock_now ();
}

/**
 * weir_hub_sources_fetch_async:
 * @self: sources
 * @name: name of one
 * @full: whether a record that is missing now is gone
 * @cancellable: (nullable): a cancellable
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Fetches a source over HTTP, once, and logs what changed in it. A source asked while it is being
 * fetched waits its turn.
 */
void
weir_hub_sources_fetch_async (WeirHubSources *self,
                              const char *name,
                              gboolean full,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Fetching *fetching;
  Source *source;

  g_return_if_fail (WEIR_IS_HUB_SOURCES (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_hub_sources_fetch_async);
  fetching = g_new0 (Fetching, 1);
  fetching->name = g_strdup (name);
  fetching->full = full;
  g_task_set_task_data (task, fetching, (GDestroyNotify) fetching_free);

  source = g_hash_table_lookup (self->sources, name);
  if (source == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no source “%s”",
                               name);
      return;
    }
  g_queue_push_tail (&source->waiting, g_steal_pointer (&task));
  start_next (self, name);
}

/**
 * weir_hub_sources_fetch_finish:
 * @self: sources
 * @result: the result
 * @error: return location for an error: G_IO_ERROR_NOT_FOUND, G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what came of it, good or bad
 */
WeirHubFetch *
weir_hub_sources_fetch_finish (WeirHubSources *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

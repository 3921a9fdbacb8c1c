/* weir-hub-puller.c: runs Membrane's pulls
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include "weir-clock.h"
#include "weir-hub-pull-result.h"

/* api/membrane.md §5: one incremental and one full pull at a time for each connection, ten for the
 * whole workspace. What comes on top waits; it is never refused. */
#define MAX_RUNNING 10
#define TICK_MS 250
#define MAX_STARTED 50 /* a tick */

struct _WeirHubPuller
{
  WeirHubMembrane *membrane;
  GQueue waiting;        /* of WeirHubPull, first come first served */
  GPtrArray *running;    /* of WeirHubPull */
  GHashTable *due;       /* id of a subscription → gint64 µs of its next pull */
  GHashTable *under_way; /* id of a subscription → number of its pulls that wait or run */
  GCancellable *cancellable;
  guint tick_source;
  guint start_source;
  gulong element_handler;
};

static void start_more (WeirHubPuller *self);

static gboolean
is_lane_busy (WeirHubPuller *self, const WeirHubPull *pull)
{
  for (guint i = 0; i < self->running->len; i++)
    {
      const WeirHubPull *other = self->running->pdata[i];

      if (other->full == pull->full && g_str_equal (other->connection, pull->connection))
        return TRUE;
    }
  return FALSE;
}

static void
note_under_way (WeirHubPuller *self, const char *subscription)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->under_way, subscription));

  g_hash_table_replace (self->under_way, g_strdup (subscription), GUINT_TO_POINTER (n + 1));
}

static void
forget_under_way (WeirHubPuller *self, const char *subscription)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->under_way, subscription));

  if (n > 1)
    g_hash_table_replace (self->under_way, g_strdup (subscription), GUINT_TO_POINTER (n - 1));
  else
    g_hash_table_remove (self->under_way, subscription);
}

typedef struct
{
  WeirHubPuller *puller;
  WeirHubPull *pull;
} Running;

static void
ended_cb (WeirHubPull *pull, gpointer user_data)
{
  WeirHubPuller *self = user_data;

  forget_under_way (self, pull->subscription);
  g_ptr_array_remove (self->running, pull);
  start_more (self);
}

static void
fetched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Running *running = user_data;
  WeirHubPuller *self = running->puller;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHubFetch) fetch =
      weir_hub_sources_fetch_finish (WEIR_HUB_SOURCES (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the puller is gone */
  weir_hub_pull_end_in_steps (self->membrane, running->pull, g_steal_pointer (&fetch), error,
                              self->cancellable, ended_cb, self);
}

static void
start_more (WeirHubPuller *self)
{
  GList *link = self->waiting.head;

  while (link != NULL && self->running->len < MAX_RUNNING)
    {
      GList *next = link->next;
      WeirHubPull *pull = link->data;
      Running *running;

      if (!is_lane_busy (self, pull))
        {
          g_queue_delete_link (&self->waiting, link);
          if (!weir_hub_pull_begin (self->membrane, pull))
            {
              forget_under_way (self, pull->subscription);
              weir_hub_pull_free (pull);
              link = next;
              continue;
            }
          g_ptr_array_add (self->running, pull);
          running = g_new0 (Running, 1);
          running->puller = self;
          running->pull = pull;
          weir_hub_sources_fetch_async (self->membrane->sources, pull->source, pull->full,
                                        self->cancellable, fetched_cb, running);
        }
      link = next;
    }
}

static gboolean
start_more_cb (gpointer user_data)
{
  WeirHubPuller *self = user_data;

  self->start_source = 0;
  start_more (self);
  return G_SOURCE_REMOVE;
}

static void
learn_due (WeirHubPuller *self, WeirHubDocument *subscription)
{
  gint64 next = weir_hub_document_get_int (subscription, "nextPullEventsTimestamp");

  if (next == 0 || !weir_hub_document_has (subscription, "_source")
      || weir_hub_document_get_boolean (subscription, "isDeactivated"))
    g_hash_table_remove (self->due, subscription->id);
  else
    {
      gint64 *time = g_new (gint64, 1);

      *time = next * 1000;
      g_hash_table_replace (self->due, g_strdup (subscription->id), time);
    }
}

static void
element_cb (WeirHubStore *store, const char *type, const char *id, WeirHubPuller *self)
{
  g_autoptr (WeirHubDocument) subscription = NULL;

  if (!g_str_equal (type, WEIR_HUB_EVENT_SUBSCRIPTION))
    return;
  subscription = weir_hub_store_get (store, type, id);
  if (subscription != NULL)
    learn_due (self, subscription);
  else
    g_hash_table_remove (self->due, id);
}

static gboolean
tick_cb (gpointer user_data)
{
  WeirHubPuller *self = user_data;
  g_autoptr (GPtrArray) now_due = g_ptr_array_new_with_free_func (g_free);
  gint64 now = weir_clock_now ();
  GHashTableIter iter;
  const char *id;
  gint64 *time;

  g_hash_table_iter_init (&iter, self->due);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &time))
    if (*time <= now && now_due->len < MAX_STARTED && !g_hash_table_contains (self->under_way, id))
      g_ptr_array_add (now_due, g_strdup (id));
  if (now_due->len == 0)
    return G_SOURCE_CONTINUE;

  weir_hub_store_begin (self->membrane->store);
  for (guint i = 0; i < now_due->len; i++)
    {
      g_autoptr (WeirHubDocument) subscription = weir_hub_store_get (
          self->membrane->store, WEIR_HUB_EVENT_SUBSCRIPTION, now_due->pdata[i]);
      g_autofree char *pull = NULL;

      if (subscription != NULL)
        pull = weir_hub_puller_add (self, subscription);
    }
  weir_hub_store_commit (self->membrane->store, NULL);
  return G_SOURCE_CONTINUE;
}

/* What an earlier run of the hub left unfinished: a queued pull still has its turn, a running one
 * was cut off. */
static void
take_up (WeirHubPuller *self)
{
  static const char *const statuses[] = { "running", "queued" };
  WeirHubStore *store = self->membrane->store;
  g_autoptr (WeirHubQuery) subscriptions = weir_hub_query_new (WEIR_HUB_EVENT_SUBSCRIPTION);
  g_autoptr (GPtrArray) documents = weir_hub_store_list (store, subscriptions);

  for (guint i = 0; i < documents->len; i++)
    learn_due (self, documents->pdata[i]);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_EVENT_PULL);
      g_autoptr (GPtrArray) pulls = NULL;

      weir_hub_query_add_equal (query, "status", statuses[i]);
      weir_hub_query_set_ascending (query, TRUE);
      pulls = weir_hub_store_list (store, query);
      for (guint j = 0; j < pulls->len; j++)
        {
          WeirHubPull *pull = weir_hub_pull_load (self->membrane, pulls->pdata[j]);

          if (pull != NULL && i == 1)
            {
              note_under_way (self, pull->subscription);
              g_queue_push_tail (&self->waiting, pull);
            }
          else
            {
              weir_hub_pull_cut_off (self->membrane, pulls->pdata[j]);
              g_clear_pointer (&pull, weir_hub_pull_free);
            }
        }
    }
  self->start_source = g_idle_add (start_more_cb, self);
}

/**
 * weir_hub_puller_new:
 * @membrane: the face
 *
 * Returns: (transfer full): a puller that keeps subscriptions pulled when they are due
 */
WeirHubPuller *
weir_hub_puller_new (WeirHubMembrane *membrane)
{
  WeirHubPuller *self = g_new0 (WeirHubPuller, 1);

  self->membrane = membrane;
  g_queue_init (&self->waiting);
  self->running = g_ptr_array_new_with_free_func ((GDestroyNotify) weir_hub_pull_free);
  self->due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  self->element_handler =
      g_signal_connect (membrane->store, "element", G_CALLBACK (element_cb), self);
  self->tick_source = g_timeout_add (TICK_MS, tick_cb, self);
  take_up (self);
  return self;
}

/**
 * weir_hub_puller_free:
 * @self: (transfer full): a puller
 */
void
weir_hub_puller_free (WeirHubPuller *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_signal_handler (&self->element_handler, self->membrane->store);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->start_source, g_source_remove);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) weir_hub_pull_free);
  g_ptr_array_unref (self->running);
  g_hash_table_unref (self->due);
  g_hash_table_unref (self->under_way);
  g_free (self);
}

/**
 * weir_hub_puller_add:
 * @self: a puller
 * @subscription: an external event subscription with a source
 *
 * Queues a pull; it starts as soon as the connection is free, but not before the caller is back in
 * the main loop, so that whoever asked sees it queued.
 *
 * Returns: (transfer full): id of the pull
 */
char *
weir_hub_puller_add (WeirHubPuller *self, WeirHubDocument *subscription)
{
  WeirHubPull *pull = weir_hub_pull_new (self->membrane, subscription);

  note_under_way (self, pull->subscription);
  g_queue_push_tail (&self->waiting, pull);
  if (self->start_source == 0)
    self->start_source = g_idle_add (start_more_cb, self);
  return g_strdup (pull->id);
}

/* weir-history-rhythm.c: how often streams have events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-rhythm.h"

#include "weir-clock.h"
#include "weir-history-private.h"
#include "weir-history-reader.h"

/* Once so much is known, one long pause may have been a failure: whole weekends, the longest pauses that are usual, were
 * seen twice by then. */
#define LONG_SPAN (21 * G_TIME_SPAN_DAY)

/* Pauses of about the same length, four for each time that it doubles, from a second on. */
#define PER_DOUBLING 4
#define N_BUCKETS 90

typedef struct
{
  gint64 sum; /* µs: the time spent in them */
  guint n;
} Bucket;

typedef struct
{
  char *id;
  gint64 first_at; /* µs: in the window */
  gint64 last_at;  /* ever */
  guint n_pauses;
  gint64 longest;
  gint64 second;   /* longest */
  Bucket *buckets; /* (nullable) */
} Stream;

static void
stream_free (gpointer data)
{
  Stream *self = data;

  g_free (self->id);
  g_free (self->buckets);
  g_free (self);
}

static guint
get_bucket (gint64 pause)
{
  guint bits = g_bit_storage ((gulong) (pause >> 20)); /* of seconds, nearly */
  guint quarter;

  if (bits == 0)
    return 0;
  quarter = (guint) (pause >> (bits + 17)) & (PER_DOUBLING - 1);

  return MIN ((bits - 1) * PER_DOUBLING + quarter + 1, N_BUCKETS - 1);
}

static void
add_pause (Stream *self, gint64 pause)
{
  Bucket *bucket;

  if (self->buckets == NULL)
    self->buckets = g_new0 (Bucket, N_BUCKETS);
  bucket = &self->buckets[get_bucket (pause)];
  bucket->sum += pause;
  bucket->n++;
  self->n_pauses++;
  if (pause > self->longest)
    {
      self->second = self->longest;
      self->longest = pause;
    }
  else if (pause > self->second)
    {
      self->second = pause;
    }
}

static void
add_event (Stream *self, gint64 time, gint64 since)
{
  if (time >= since)
    {
      if (self->first_at == 0)
        self->first_at = time;
      else
        add_pause (self, time - self->last_at);
    }
  self->last_at = time;
}

/* Of half of the time the pause was shorter than this: bursts count for as long as they last. */
static gint64
get_usual (const Stream *self)
{
  gint64 half = (self->last_at - self->first_at) / 2;
  gint64 sum = 0;

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      sum += self->buckets[i].sum;
      if (self->buckets[i].n > 0 && sum >= half)
        return self->buckets[i].sum / self->buckets[i].n;
    }

  return 0;
}

static WeirRhythm *
make_rhythm (const Stream *self)
{
  WeirRhythm *rhythm = g_new0 (WeirRhythm, 1);
  gint64 span = self->last_at - self->first_at;

  rhythm->last_at = self->last_at;
  if (self->n_pauses >= WEIR_RHYTHM_MIN_PAUSES && span >= WEIR_RHYTHM_MIN_SPAN)
    {
      rhythm->usual = get_usual (self);
      rhythm->patience =
          MAX (2 * (span >= LONG_SPAN ? self->second : self->longest), WEIR_RHYTHM_MIN_PATIENCE);
    }

  return rhythm;
}

static Stream *
get_stream (GHashTable *streams, const char *id)
{
  Stream *stream = g_hash_table_lookup (streams, id);

  if (stream == NULL)
    {
      stream = g_new0 (Stream, 1);
      stream->id = g_strdup (id);
      g_hash_table_insert (streams, stream->id, stream);
    }

  return stream;
}

/* What a facet's events belong to: a subscription, and a collection of it. */
typedef struct
{
  Stream *whole; /* (nullable): another account's */
  Stream *part;  /* (nullable) */
} Place;

static Place *
make_places (WeirMemory *memory, WeirAccount *account, guint n_facets, GHashTable *streams)
{
  Place *places = g_new0 (Place, n_facets);

  for (guint i = 1; i < n_facets; i++)
    {
      const WeirFacet *facet = weir_facets_get (weir_memory_get_facets (memory), i);

      if (facet == NULL || !g_str_equal (facet->account->uuid, account->uuid))
        continue;
      places[i].whole = get_stream (streams, facet->subscription);
      if (facet->subscription[0] != '\0' && facet->collection[0] != '\0')
        {
          g_autofree char *id = g_strconcat (facet->subscription, "/", facet->collection, NULL);

          places[i].part = get_stream (streams, id);
        }
    }

  return places;
}

static GHashTable *
learn (WeirMemory *memory, WeirAccount *account)
{
  GHashTable *rhythms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) streams =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, stream_free);
  const WeirColumns *columns = weir_memory_get_columns (memory);
  gint64 since = weir_clock_now () - WEIR_RHYTHM_WINDOW;
  g_auto (WeirMemoryView) view = { 0 };
  g_autofree Place *places = NULL;
  GHashTableIter iter;
  gpointer value;
  guint n_facets;

  weir_memory_take_view (memory, &view);
  n_facets = weir_facets_get_end (weir_memory_get_facets (memory));
  places = make_places (memory, account, n_facets, streams);

  /* in the order of time */
  for (guint at = 0, n; at < weir_numbers_get_length (view.order); at += n)
    {
      const guint32 *numbers = weir_numbers_get_piece (view.order, at, &n);

      for (guint i = 0; i < n; i++)
        {
          guint32 facet = weir_columns_get_facet (columns, numbers[i]);
          gint64 time = weir_columns_get_time (columns, numbers[i]);

          if (facet >= n_facets || places[facet].whole == NULL)
            continue;
          add_event (places[facet].whole, time, since);
          if (places[facet].part != NULL)
            add_event (places[facet].part, time, since);
        }
    }

  g_hash_table_iter_init (&iter, streams);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Stream *) value)->last_at > 0)
      g_hash_table_insert (rhythms, g_strdup (((Stream *) value)->id), make_rhythm (value));

  return rhythms;
}

static gpointer
list_rhythms (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirMemory *memory = weir_history_get_fresh (owner, db, error);

  return memory != NULL ? learn (memory, data) : NULL;
}

/**
 * weir_history_list_rhythms:
 * @self: a history
 * @account: whose events
 * @error: return location for a #WeirHistoryError
 *
 * Learns from the events of the last four weeks how long the pauses between them are. A rhythm is known after a week, in
 * which there was a weekend, and twenty pauses; patience is twice the longest pause, after three weeks twice the second
 * longest. A platform that sends bursts has long pauses and is given the time for them.
 *
 * Returns: (transfer full) (element-type utf8 WeirRhythm): by subscription id; or %NULL
 */
GHashTable *
weir_history_list_rhythms (WeirHistory *self, WeirAccount *account, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);

  return weir_history_call (self, WEIR_LANE_SCAN, list_rhythms, account, error);
}

/**
 * weir_history_list_rhythms_async:
 * @self: a history
 * @account: whose events
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_list_rhythms().
 */
void
weir_history_list_rhythms_async (WeirHistory *self,
                                 WeirAccount *account,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_list_rhythms_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  weir_history_push (self, WEIR_LANE_SCAN, list_rhythms, task, (GDestroyNotify) g_hash_table_unref);
}

/**
 * weir_history_list_rhythms_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type utf8 WeirRhythm): as weir_history_list_rhythms()
 */
GHashTable *
weir_history_list_rhythms_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

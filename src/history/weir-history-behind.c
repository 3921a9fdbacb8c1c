/* weir-history-behind.c: what is made of events behind their arrival
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-behind.h"

#include "weir-history-pages.h"
#include "weir-words.h"

/* A step takes some ten milliseconds. While events come in there is a pause after each. */
#define STEP_PAGES 4
#define PAUSE 100 /* ms */
#define RECENT G_TIME_SPAN_SECOND
/* Shorter pages are quick to search, and are made into longer ones soon. */
#define MIN_EVENTS 32

/* From the newest page down, over those that were written since the last time. */
struct _WeirBehind
{
  gatomicrefcount refs;
  WeirMemory *memory;
  WeirHistoryLane *reads; /* NULL once it is freed */
  WeirHistoryLane *writes;
  GMainContext *context;
  GSource *pause;
  gboolean working;
  gint64 below;       /* pages from here on are done; G_MAXINT64: a round begins */
  gint64 revision;    /* as of which all are done */
  gint64 round;       /* revision when the round began */
  gint64 last_append; /* atomic; monotonic, µs */
  guint64 n_done;     /* atomic */
};

typedef struct
{
  gint64 first;
  gint64 revision;
  guint n_events;
  GBytes *filter; /* NULL: the page is damaged */
} Filter;

/* One step's question and what came of it. */
typedef struct
{
  gatomicrefcount refs;
  WeirBehind *behind;
  gint64 below;
  gint64 revision;
  gint64 round;
  guint64 n_done; /* at the beginning of a round */
  GArray *filters;
} Step;

static void take_step (WeirBehind *self);

static WeirBehind *
behind_ref (WeirBehind *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
behind_unref (WeirBehind *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  weir_memory_unref (self->memory);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
clear_filter (gpointer data)
{
  g_clear_pointer (&((Filter *) data)->filter, g_bytes_unref);
}

static Step *
step_ref (Step *step)
{
  g_atomic_ref_count_inc (&step->refs);
  return step;
}

static void
step_unref (Step *step)
{
  if (!g_atomic_ref_count_dec (&step->refs))
    return;

  g_array_unref (step->filters);
  behind_unref (step->behind);
  g_free (step);
}

static GBytes *
make_filter (WeirPageReader *reader, gint64 first)
{
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (WeirJson));
  const WeirPage *page;

  if (!weir_page_reader_read (reader, (guint32) first, &page, NULL) || page == NULL)
    return NULL;

  for (guint slot = 0; slot < page->columns->len; slot++)
    {
      WeirJson text;

      text.text = weir_page_get_raw (page, slot, &text.length);
      if (text.length > 0)
        g_array_append_val (texts, text);
    }
  return weir_words_filter_new ((const WeirJson *) (gconstpointer) texts->data, texts->len);
}

static gboolean
begin_round (Step *step, WeirDatabase *db, GError **error)
{
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error,
      "SELECT revision, (SELECT coalesce (sum (count), 0) FROM pages JOIN words USING (first))"
      " FROM state",
      "");

  if (statement == NULL || !weir_statement_step (statement, error))
    return FALSE;
  step->round = weir_statement_get_int (statement, 0);
  step->n_done = (guint64) weir_statement_get_int (statement, 1);
  return TRUE;
}

/* On the reading lane. */
static gpointer
make_filters (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (WeirPageReader) reader = weir_page_reader_new (db, error);
  g_autoptr (WeirStatement) statement = NULL;
  g_autofree char *sql = NULL;
  GError *local_error = NULL;

  if (reader == NULL || (step->below == G_MAXINT64 && !begin_round (step, db, error)))
    return NULL;

  /* mostly there are few that are new among many */
  sql =
      g_strconcat ("SELECT pages.first, revision, count FROM pages",
                   step->revision > 0 ? " INDEXED BY pages_by_revision" : " NOT INDEXED",
                   " LEFT JOIN words ON words.first = pages.first"
                   " WHERE pages.first < ? AND revision > ? AND count >= ? AND words.first IS NULL"
                   " ORDER BY pages.first DESC LIMIT ?",
                   NULL);
  statement = weir_database_prepare (db, error, sql, "iiii", step->below, step->revision,
                                     (gint64) MIN_EVENTS, (gint64) STEP_PAGES);
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      Filter filter = { weir_statement_get_int (statement, 0),
                        weir_statement_get_int (statement, 1),
                        (guint) weir_statement_get_int (statement, 2), NULL };

      filter.filter = make_filter (reader, filter.first);
      g_array_append_val (step->filters, filter);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return step;
}

/* On the writing lane. A page that was written meanwhile comes again. */
static gboolean
keep (WeirDatabase *db, Step *step, GError **error)
{
  for (guint i = 0; i < step->filters->len; i++)
    {
      const Filter *filter = &g_array_index (step->filters, Filter, i);

      if (filter->filter != NULL
          && !weir_database_run (db, error,
                                 "INSERT OR REPLACE INTO words (first, filter)"
                                 " SELECT first, ?3 FROM pages WHERE first = ?1 AND revision = ?2",
                                 "iib", filter->first, filter->revision, filter->filter))
        return FALSE;
    }
  return TRUE;
}

static gpointer
keep_filters (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  Step *step = data;

  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;
  if (keep (db, step, error) && weir_database_exec (db, "COMMIT", error))
    return step;

  weir_database_exec (db, "ROLLBACK", NULL);
  return NULL;
}

static gboolean
go_on_cb (gpointer data)
{
  WeirBehind *self = data;

  g_clear_pointer (&self->pause, g_source_unref);
  take_step (self);
  return G_SOURCE_REMOVE;
}

static void
go_on (WeirBehind *self)
{
  gint64 last = __atomic_load_n (&self->last_append, __ATOMIC_RELAXED);

  if (last == 0 || g_get_monotonic_time () - last > RECENT)
    {
      take_step (self);
      return;
    }

  self->pause = g_timeout_source_new (PAUSE);
  g_source_set_static_name (self->pause, "weir-history-behind");
  g_source_set_callback (self->pause, go_on_cb, self, NULL);
  g_source_attach (self->pause, self->context);
}

/* What fails is tried again at the next look. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WeirBehind *self = data;
  Step *step = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->reads == NULL || step == NULL)
    {
      self->working = FALSE;
      self->below = G_MAXINT64;
    }
  else
    {
      for (guint i = 0; i < step->filters->len; i++)
        {
          const Filter *filter = &g_array_index (step->filters, Filter, i);

          self->below = filter->first;
          if (filter->filter != NULL)
            __atomic_fetch_add (&self->n_done, filter->n_events, __ATOMIC_RELAXED);
        }
      go_on (self);
    }
  behind_unref (self);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WeirBehind *self = data;
  Step *step = g_task_propagate_pointer (G_TASK (result), NULL);
  GTask *task;

  if (step != NULL && self->below == G_MAXINT64)
    {
      self->round = step->round;
      __atomic_store_n (&self->n_done, step->n_done, __ATOMIC_RELAXED);
    }

  if (self->reads == NULL || step == NULL || step->filters->len == 0)
    {
      if (step != NULL)
        self->revision = self->round;
      self->below = G_MAXINT64;
      self->working = FALSE;
      behind_unref (self);
      return;
    }

  task = g_task_new (NULL, NULL, kept_cb, self);
  g_task_set_task_data (task, step_ref (step), (GDestroyNotify) step_unref);
  weir_history_lane_push (self->writes, keep_filters, task, NULL);
}

static void
take_step (WeirBehind *self)
{
  Step *step = g_new0 (Step, 1);
  GTask *task = g_task_new (NULL, NULL, made_cb, behind_ref (self));

  g_atomic_ref_count_init (&step->refs);
  step->behind = behind_ref (self);
  step->below = self->below;
  step->revision = self->revision;
  step->filters = g_array_new (FALSE, FALSE, sizeof (Filter));
  g_array_set_clear_func (step->filters, clear_filter);
  g_task_set_task_data (task, step, (GDestroyNotify) step_unref);
  g_task_set_priority (task, G_PRIORITY_LOW);
  weir_history_lane_push (self->reads, make_filters, task, NULL);
}

/**
 * weir_behind_new:
 * @memory: the history's
 * @reads: a lane of its own
 * @writes: the lane that writes
 * @context: where it is used
 *
 * Returns: (transfer full): somebody who does nothing until weir_behind_look()
 */
WeirBehind *
weir_behind_new (WeirMemory *memory,
                 WeirHistoryLane *reads,
                 WeirHistoryLane *writes,
                 GMainContext *context)
{
  WeirBehind *self = g_new0 (WeirBehind, 1);

  g_atomic_ref_count_init (&self->refs);
  self->memory = weir_memory_ref (memory);
  self->reads = reads;
  self->writes = writes;
  self->context = g_main_context_ref (context);
  self->below = G_MAXINT64;
  return self;
}

/**
 * weir_behind_free:
 * @self: (transfer full): it; the lanes are let go of
 */
void
weir_behind_free (WeirBehind *self)
{
  if (self->pause != NULL)
    {
      g_source_destroy (self->pause);
      g_clear_pointer (&self->pause, g_source_unref);
    }
  self->reads = NULL;
  self->writes = NULL;
  behind_unref (self);
}

/**
 * weir_behind_look:
 * @self: it
 *
 * Goes to work where pages were written since it was done.
 */
void
weir_behind_look (WeirBehind *self)
{
  if (self->working || weir_memory_get_revision (self->memory) == self->revision)
    return;

  self->working = TRUE;
  take_step (self);
}

/**
 * weir_behind_note_append:
 * @self: it
 *
 * From any thread.
 */
void
weir_behind_note_append (WeirBehind *self)
{
  __atomic_store_n (&self->last_append, g_get_monotonic_time (), __ATOMIC_RELAXED);
}

/**
 * weir_behind_get_n_done:
 * @self: it
 *
 * From any thread.
 *
 * Returns: how many events are in pages whose filter is made
 */
guint64
weir_behind_get_n_done (WeirBehind *self)
{
  return __atomic_load_n (&self->n_done, __ATOMIC_RELAXED);
}

/* weir-gap-filler.c: asks a platform's log once more for what a gap may have missed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-gap-filler.h"

#include <glib/gi18n-lib.h>

#include "weir-time.h"
#include "weir-zone.h"

#define FULL_LIMIT 500
#define MAX_STALE 20

/* What is known of one walk. */
typedef struct
{
  WeirHistory *history;
  WeirGap *gap;
  char *cursor;     /* (nullable) of the page to ask for */
  gboolean by_time; /* the walk is one from the gap's beginning; else from the log's */
  gint64 begins_at; /* µs: when the log begins, as far as is known; 0: it reaches back far enough */
  gboolean begin_unknown; /* its first event has no time: the first one after it that has tells */
  guint limit;
  guint stale;
  WeirEventPage *page; /* (nullable) being kept */
  guint64 added;
} Walk;

static void
walk_free (Walk *walk)
{
  g_object_unref (walk->history);
  g_object_unref (walk->gap);
  g_clear_object (&walk->page);
  g_free (walk->cursor);
  g_free (walk);
}

static void fetch (GTask *task);
static void keep (GTask *task);

static void
refuse_begin (GTask *task, gint64 begins_at)
{
  g_autoptr (GDateTime) local = weir_zone_to_date (begins_at);
  /* Translators: a full date and time, see g_date_time_format() */
  const char *format = _ ("%a %-e %b %Y, %H:%M:%S");
  g_autofree char *time =
      local != NULL ? g_date_time_format (local, format) : weir_time_to_iso (begins_at);

  g_task_return_new_error (task, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND,
                           /* Translators: %s is a time */
                           _ ("The server’s log does not reach back so far: it begins at %s"),
                           time);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) gaps =
      weir_history_list_gaps_finish (WEIR_HISTORY (source), result, &error);

  if (gaps == NULL)
    g_task_return_error (task, error);
  else if (weir_gap_is_among (walk->gap, gaps))
    g_task_return_new_error (task, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
                             _ ("The gap has grown meanwhile: fill it again"));
  else
    g_task_return_boolean (task, TRUE);
}

/* One that grew meanwhile may be another's part by now: the history has the last word. */
static void
fill_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;

  if (!weir_history_fill_gap_finish (WEIR_HISTORY (source), result, &error))
    g_task_return_error (task, error);
  else if (walk->begins_at != 0)
    refuse_begin (task, walk->begins_at);
  else
    weir_history_list_gaps_async (walk->history, walk->gap->account, TRUE,
                                  g_task_get_cancellable (task), list_cb, g_object_ref (task));
}

/* All that the log has since it begins is known now. Takes the task over. */
static void
cover (GTask *task)
{
  Walk *walk = g_task_get_task_data (task);

  if (walk->begin_unknown)
    {
      g_task_return_new_error (task, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND, "%s",
                               _ ("The server’s log does not tell when it begins"));
      g_object_unref (task);
      return;
    }
  if (walk->begins_at != 0 && walk->begins_at <= walk->gap->from)
    walk->begins_at = 0;
  weir_history_fill_gap_async (walk->history, walk->gap->id, walk->begins_at, 0,
                               g_task_get_cancellable (task), fill_cb, task);
}

static void
reaches_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  g_autoptr (WeirEventPage) page = g_steal_pointer (&walk->page);
  GError *error = NULL;
  gboolean reaches = weir_provider_reaches_finish (WEIR_PROVIDER (source), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!reaches && page->oldest_at == 0)
    {
      g_task_return_new_error (task, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND, "%s",
                               _ ("The server’s log has nothing of that time any more"));
      return;
    }
  if (!reaches)
    walk->begins_at = page->oldest_at;
  cover (g_steal_pointer (&task));
}

/* The walk is at its end. Takes the task over. */
static void
conclude (GTask *task)
{
  Walk *walk = g_task_get_task_data (task);

  if (walk->page->join == WEIR_JOIN_CUT)
    {
      g_task_return_new_error (task, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_INVALID_ANSWER, "%s",
                               _ ("The server’s list does not come to an end that can be trusted"));
      g_object_unref (task);
    }
  else if (walk->by_time && walk->page->join == WEIR_JOIN_UNSEEN)
    {
      weir_provider_reaches_async (g_task_get_source_object (task), walk->page,
                                   g_task_get_cancellable (task), reaches_cb, task);
    }
  else
    {
      cover (task);
    }
}

static gboolean
is_past_gap (const Walk *walk, guint added)
{
  return added == 0 && !walk->by_time && walk->gap->to != 0
         && walk->page->oldest_at > walk->gap->to;
}

static void
append_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  WeirAppendResult appended = { 0 };
  GError *error = NULL;

  if (!weir_history_append_finish (WEIR_HISTORY (source), result, &appended, &error))
    {
      /* The follower has moved on meanwhile. */
      if (g_error_matches (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STALE)
          && ++walk->stale < MAX_STALE)
        {
          g_clear_error (&error);
          keep (g_steal_pointer (&task));
          return;
        }
      g_task_return_error (task, error);
      return;
    }

  g_free (appended.cursor);
  walk->stale = 0;
  walk->added += appended.added;
  walk->limit = MIN (walk->limit * 2, FULL_LIMIT);
  if (walk->begin_unknown && walk->page->oldest_at != 0)
    {
      walk->begins_at = walk->page->oldest_at;
      walk->begin_unknown = FALSE;
    }
  if (walk->page->end || is_past_gap (walk, appended.added))
    {
      conclude (g_steal_pointer (&task));
      return;
    }

  g_free (walk->cursor);
  walk->cursor = g_strdup (walk->page->next_cursor);
  g_clear_object (&walk->page);
  fetch (g_steal_pointer (&task));
}

static void
get_cursor_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  g_autofree char *stored = NULL;
  WeirHistoryPage parts = { 0 };
  GError *error = NULL;

  if (!weir_history_get_cursor_finish (WEIR_HISTORY (source), result, &stored, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  parts.stream = walk->gap->stream;
  parts.asked_with = stored; /* and so it stays */
  parts.events = walk->page->events;
  weir_history_append_async (walk->history, walk->gap->account, &parts,
                             g_task_get_cancellable (task), append_cb, g_object_ref (task));
}

/* Takes the task over. */
static void
keep (GTask *task)
{
  Walk *walk = g_task_get_task_data (task);

  weir_history_get_cursor_async (walk->history, walk->gap->account, walk->gap->stream,
                                 g_task_get_cancellable (task), get_cursor_cb, task);
}

static void
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;

  walk->page = weir_provider_fetch_finish (WEIR_PROVIDER (source), result, &error);
  if (walk->page == NULL && walk->limit > 1
      && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_INVALID_ANSWER))
    {
      /* Somewhere in the page is what cannot be read: nearer, until it stands alone. */
      g_clear_error (&error);
      walk->limit /= 2;
      fetch (g_steal_pointer (&task));
      return;
    }
  if (walk->page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  keep (g_steal_pointer (&task));
}

/* Takes the task over. */
static void
fetch (GTask *task)
{
  Walk *walk = g_task_get_task_data (task);

  weir_provider_fetch_async (g_task_get_source_object (task), walk->gap->stream, walk->cursor,
                             walk->limit, g_task_get_cancellable (task), fetch_cb, task);
}

/* The log's very first event tells whether the walk is worth it. */
static void
first_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WeirEventPage) first =
      weir_provider_fetch_finish (WEIR_PROVIDER (source), result, &error);

  if (first == NULL)
    g_task_return_error (task, error);
  else if (first->events->len == 0)
    g_task_return_new_error (task, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND, "%s",
                             _ ("The server’s log is empty"));
  else if (walk->gap->to != 0 && first->oldest_at >= walk->gap->to)
    refuse_begin (task, first->oldest_at);
  else
    {
      walk->begins_at = first->oldest_at;
      walk->begin_unknown = first->oldest_at == 0;
      fetch (g_steal_pointer (&task));
    }
}

/**
 * weir_gap_filler_fill_async:
 * @gap: an open one of a stream of @provider
 *
 * Asks for what the log has of the gap's time: from that time on where the platform can be asked so,
 * else from the log's beginning.
 */
void
weir_gap_filler_fill_async (WeirProvider *provider,
                            WeirHistory *history,
                            WeirGap *gap,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Walk *walk;
  GTask *task;

  g_return_if_fail (WEIR_IS_PROVIDER (provider));
  g_return_if_fail (WEIR_IS_HISTORY (history));
  g_return_if_fail (WEIR_IS_GAP (gap));

  task = g_task_new (provider, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_gap_filler_fill_async);
  walk = g_new0 (Walk, 1);
  walk->history = g_object_ref (history);
  walk->gap = g_object_ref (gap);
  walk->limit = FULL_LIMIT;
  walk->cursor = weir_provider_dup_cursor_since (provider, gap->stream, gap->from);
  walk->by_time = walk->cursor != NULL;
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);

  if (walk->by_time)
    fetch (task);
  else
    weir_provider_fetch_async (provider, gap->stream, NULL, 1, cancellable, first_cb, task);
}

/**
 * weir_gap_filler_fill_finish:
 * @added: (out) (optional): how many events were new
 * @error: return location for an error
 *
 * Returns: whether the gap is closed; with @error set, what could be had is kept all the same
 */
gboolean
weir_gap_filler_fill_finish (WeirProvider *provider,
                             GAsyncResult *result,
                             guint64 *added,
                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);

  if (added != NULL)
    *added = ((Walk *) g_task_get_task_data (G_TASK (result)))->added;

  return g_task_propagate_boolean (G_TASK (result), error);
}

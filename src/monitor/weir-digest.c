/* weir-digest.c: what happened while nobody looked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-digest.h"

#include "weir-history-gaps.h"
#include "weir-history-states.h"
#include "weir-json-writer.h"
#include "weir-state-change.h"
#include "weir-time.h"

#define MEMBER "last-seen"

static void
gaps_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirDigest *digest = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) gaps =
      weir_history_list_gaps_finish (WEIR_HISTORY (source), result, &error);

  if (gaps == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];
      gboolean noticed = gap->noticed_at >= digest->from && gap->noticed_at < digest->to;
      gboolean overlaps = gap->from < digest->to && (gap->to == 0 || gap->to > digest->from);

      digest->n_gaps += noticed || overlaps;
    }
  g_task_return_pointer (task, g_memdup2 (digest, sizeof *digest), g_free);
}

static void
states_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirDigest *digest = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) changes =
      weir_history_list_state_changes_finish (WEIR_HISTORY (source), result, &error);

  if (changes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* What is seen for the first time has not changed. */
  for (guint i = 0; i < changes->len; i++)
    {
      WeirStateChange *change = changes->pdata[i];

      digest->n_state_changes += change->before != NULL && change->at < digest->to;
    }
  weir_history_list_gaps_async (WEIR_HISTORY (source), NULL, TRUE, g_task_get_cancellable (task),
                                gaps_cb, g_object_ref (task));
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirDigest *digest = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WeirHistoryIndex) index =
      weir_history_query_finish (WEIR_HISTORY (source), result, &error);
  g_autoptr (GArray) counts = NULL;

  if (index == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  digest->n_events = weir_history_index_get_length (index);
  counts = weir_history_index_count_facets (index, 0, digest->n_events);
  for (guint i = 0; i < counts->len; i++)
    {
      const WeirFacetCount *count = &g_array_index (counts, WeirFacetCount, i);

      if (g_str_equal (count->facet->status, "error"))
        digest->n_errors += count->count;
    }
  weir_history_list_state_changes_async (WEIR_HISTORY (source), NULL, -1, NULL, digest->from, 0,
                                         g_task_get_cancellable (task), states_cb,
                                         g_object_ref (task));
}

static char *
write_time (WeirJson old, gpointer user_data, GError **error)
{
  g_autofree char *time = weir_time_to_iso (*(const gint64 *) user_data);

  return g_strdup_printf ("\"%s\"", time);
}

/**
 * weir_digest_get_last_seen:
 * @preferences: where it is kept
 *
 * Returns: when somebody last looked, µs; 0 for never
 */
gint64
weir_digest_get_last_seen (WeirPreferences *preferences)
{
  g_return_val_if_fail (WEIR_IS_PREFERENCES (preferences), 0);

  return weir_json_get_time (weir_preferences_get (preferences, MEMBER));
}

/**
 * weir_digest_set_last_seen:
 * @preferences: where it is kept
 * @time: µs
 * @error: return location for a #WeirPreferencesError
 *
 * To be called when nobody looks any more.
 *
 * Returns: %FALSE if it is as before
 */
gboolean
weir_digest_set_last_seen (WeirPreferences *preferences, gint64 time, GError **error)
{
  g_return_val_if_fail (WEIR_IS_PREFERENCES (preferences), FALSE);

  return weir_preferences_edit (preferences, MEMBER, write_time, &time, error);
}

/**
 * weir_digest_note_seen:
 * @preferences: where it is kept
 * @time: µs
 *
 * The same while somebody looks: a worker does it, soon, and nobody waits.
 */
void
weir_digest_note_seen (WeirPreferences *preferences, gint64 time)
{
  g_return_if_fail (WEIR_IS_PREFERENCES (preferences));

  weir_preferences_edit_later (preferences, MEMBER, write_time, g_memdup2 (&time, sizeof time),
                               g_free);
}

/**
 * weir_digest_make_async:
 * @from: µs
 * @to: µs
 *
 * Counts what the history has of the time from @from to before @to.
 */
void
weir_digest_make_async (WeirHistory *history,
                        gint64 from,
                        gint64 to,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autofree char *from_text = weir_time_to_iso (from);
  g_autofree char *to_text = weir_time_to_iso (to);
  g_autofree char *text = g_strdup_printf ("after:%s before:%s", from_text, to_text);
  g_autoptr (WeirQuery) query = NULL;
  GError *error = NULL;
  WeirDigest *digest;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (history));

  task = g_task_new (history, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_digest_make_async);
  digest = g_new0 (WeirDigest, 1);
  digest->from = from;
  digest->to = to;
  g_task_set_task_data (task, digest, g_free);

  query = weir_query_new (text, &error);
  if (query == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  weir_history_query_async (history, query, 0, cancellable, query_cb, task);
}

/**
 * weir_digest_make_finish:
 *
 * Returns: (transfer full): the digest, g_free() it; %NULL with @error set
 */
WeirDigest *
weir_digest_make_finish (WeirHistory *history, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, history), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

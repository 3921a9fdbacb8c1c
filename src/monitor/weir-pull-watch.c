/* weir-pull-watch.c: keeps the gaps that an account's pull runs leave
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-pull-watch.h"

#include "weir-coverage.h"
#include "weir-history-gaps.h"

#define MOST_LISTED 1000 /* runs of one subscription, asked for at once */
#define LOOK_BACK G_TIME_SPAN_MINUTE

struct _WeirPullWatch
{
  GObject parent_instance;

  WeirProvider *provider;
  WeirHistory *history;
  WeirRecordSet *records;
  GCancellable *cancellable;

  GQueue waiting;        /* ids of subscriptions */
  char *subscription;    /* (nullable) that is being looked at */
  GPtrArray *pulls;      /* its runs, as far as they are known */
  GHashTable *confirmed; /* holes that the server knows no run for, as text */
  GHashTable *settled;   /* subscription → its gaps, as text: not to write the same again */
};

G_DEFINE_FINAL_TYPE (WeirPullWatch, weir_pull_watch, G_TYPE_OBJECT)

static void look_at_next (WeirPullWatch *self);

static gboolean
is_waiting (WeirPullWatch *self, const char *subscription)
{
  return g_queue_find_custom (&self->waiting, subscription, (GCompareFunc) g_strcmp0) != NULL;
}

static WeirAccount *
get_account (WeirPullWatch *self)
{
  return weir_provider_get_account (self->provider);
}

static char *
describe_hole (WeirPullWatch *self, const WeirCoverageSpan *span)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, self->subscription,
                          span->from, span->to);
}

static gboolean
is_confirmed (WeirPullWatch *self, const WeirCoverageSpan *span)
{
  g_autofree char *hole = describe_hole (self, span);

  return g_hash_table_contains (self->confirmed, hole);
}

static GPtrArray *
list_known (WeirPullWatch *self)
{
  g_autoptr (GPtrArray) all = weir_record_set_list (self->records);
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      WeirPullRun *pull = all->pdata[i];

      if (g_strcmp0 (pull->subscription, self->subscription) == 0
          && g_str_equal (weir_record_get_account (all->pdata[i])->uuid, get_account (self)->uuid))
        g_ptr_array_add (own, g_object_ref (pull));
    }

  return own;
}

static gint64
find_first_start (GPtrArray *pulls)
{
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < pulls->len; i++)
    if (((WeirPullRun *) pulls->pdata[i])->start_at > 0)
      first = MIN (first, ((WeirPullRun *) pulls->pdata[i])->start_at);

  return first;
}

/* Of a failed run in the span: its words. */
static const char *
find_error (WeirPullWatch *self, const WeirCoverageSpan *span)
{
  const char *message = NULL;
  gint64 latest = 0;

  for (guint i = 0; i < self->pulls->len; i++)
    {
      WeirPullRun *pull = self->pulls->pdata[i];

      if (pull->error != NULL && pull->start_at < span->to && pull->end_at > span->from
          && pull->end_at > latest)
        {
          message = weir_error_data_get_leaf (pull->error)->message;
          latest = pull->end_at;
        }
    }

  return message;
}

static GPtrArray *
collect_gaps (WeirPullWatch *self, GArray *spans)
{
  GPtrArray *gaps = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < spans->len; i++)
    {
      const WeirCoverageSpan *span = &g_array_index (spans, WeirCoverageSpan, i);

      if (span->kind == WEIR_COVERAGE_FAILED)
        g_ptr_array_add (gaps, weir_gap_new (get_account (self), WEIR_GAP_PULLS, self->subscription,
                                             WEIR_GAP_PULL_FAILED, span->from, span->to,
                                             find_error (self, span)));
      else if (span->kind == WEIR_COVERAGE_HOLE && is_confirmed (self, span))
        g_ptr_array_add (gaps, weir_gap_new (get_account (self), WEIR_GAP_PULLS, self->subscription,
                                             WEIR_GAP_PULL_UNCOVERED, span->from, span->to, NULL));
    }

  return gaps;
}

static char *
describe_gaps (GPtrArray *gaps, gint64 since)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT, since);
  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];

      g_string_append_printf (text, " %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, (int) gap->cause,
                              gap->from, gap->to);
    }

  return g_string_free (text, FALSE);
}

static void
finish_look (WeirPullWatch *self)
{
  g_clear_pointer (&self->subscription, g_free);
  g_clear_pointer (&self->pulls, g_ptr_array_unref);
  look_at_next (self);
}

static void
settle_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirPullWatch) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!weir_history_settle_gaps_finish (WEIR_HISTORY (source), result, &error))
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        return;
      g_debug ("Gaps of pulls are not kept: %s", error->message);
      g_hash_table_remove (self->settled, self->subscription);
    }
  finish_look (self);
}

static void
settle (WeirPullWatch *self)
{
  g_autoptr (GArray) spans = weir_coverage_compute (self->pulls);
  g_autoptr (GPtrArray) gaps = collect_gaps (self, spans);
  gint64 since = find_first_start (self->pulls);
  g_autofree char *text = describe_gaps (gaps, since);

  if (self->pulls->len == 0
      || g_strcmp0 (g_hash_table_lookup (self->settled, self->subscription), text) == 0)
    {
      finish_look (self);
      return;
    }

  g_hash_table_replace (self->settled, g_strdup (self->subscription), g_steal_pointer (&text));
  weir_history_settle_gaps_async (self->history, get_account (self), WEIR_GAP_PULLS,
                                  self->subscription, since, gaps, self->cancellable, settle_cb,
                                  g_object_ref (self));
}

static void
merge (GPtrArray *pulls, GPtrArray *listed)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < listed->len; i++)
    g_hash_table_add (ids, (char *) weir_record_get_id (listed->pdata[i]));
  for (guint i = pulls->len; i > 0; i--)
    if (g_hash_table_contains (ids, weir_record_get_id (pulls->pdata[i - 1])))
      g_ptr_array_remove_index_fast (pulls, i - 1);
  for (guint i = 0; i < listed->len; i++)
    g_ptr_array_add (pulls, g_object_ref (listed->pdata[i]));
}

/* A hole is one if the server has listed the run before it, and none that is in it. */
static void
confirm_holes (WeirPullWatch *self, gint64 reaches_to)
{
  g_autoptr (GArray) spans = weir_coverage_compute (self->pulls);

  for (guint i = 0; i < spans->len; i++)
    {
      const WeirCoverageSpan *span = &g_array_index (spans, WeirCoverageSpan, i);

      if (span->kind == WEIR_COVERAGE_HOLE && reaches_to < span->from)
        g_hash_table_add (self->confirmed, describe_hole (self, span));
    }
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirPullWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listed = weir_provider_list_finish (WEIR_PROVIDER (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (listed == NULL)
    {
      /* It is looked at again when another run has ended. */
      finish_look (self);
      return;
    }

  merge (self->pulls, listed);
  confirm_holes (self, find_first_start (listed));
  settle (self);
}

/* From when on more is to be known, or G_MAXINT64: an open gap of before the known runs, or a hole between them. */
static gint64
find_doubt (WeirPullWatch *self, GPtrArray *gaps)
{
  g_autoptr (GArray) spans = weir_coverage_compute (self->pulls);
  gint64 first = find_first_start (self->pulls);
  gint64 since = G_MAXINT64;

  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];

      if (g_str_equal (gap->stream, WEIR_GAP_PULLS)
          && g_strcmp0 (gap->subscription, self->subscription) == 0 && gap->from < first)
        since = MIN (since, gap->from);
    }
  for (guint i = 0; i < spans->len; i++)
    {
      const WeirCoverageSpan *span = &g_array_index (spans, WeirCoverageSpan, i);

      if (span->kind == WEIR_COVERAGE_HOLE && !is_confirmed (self, span))
        since = MIN (since, span->from);
    }

  return since;
}

static void
gaps_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirPullWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) gaps =
      weir_history_list_gaps_finish (WEIR_HISTORY (source), result, &error);
  WeirListFilter filter = { .subscription = self->subscription, .limit = MOST_LISTED };
  gint64 since;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (gaps == NULL)
    {
      finish_look (self);
      return;
    }

  self->pulls = list_known (self);
  since = find_doubt (self, gaps);
  if (since == G_MAXINT64)
    {
      settle (self);
      return;
    }
  filter.since = MAX (since - LOOK_BACK, 1);
  weir_provider_list_async (self->provider, WEIR_RECORD_PULL, &filter, self->cancellable, list_cb,
                            g_object_ref (self));
}

static void
look_at_next (WeirPullWatch *self)
{
  if (self->subscription != NULL || g_queue_is_empty (&self->waiting)
      || g_cancellable_is_cancelled (self->cancellable))
    return;

  self->subscription = g_queue_pop_head (&self->waiting);
  weir_history_list_gaps_async (self->history, get_account (self), TRUE, self->cancellable, gaps_cb,
                                g_object_ref (self));
}

static void
list_all_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirPullWatch) self = user_data;
  g_autoptr (GPtrArray) gaps = weir_history_list_gaps_finish (WEIR_HISTORY (source), result, NULL);

  for (guint i = 0; gaps != NULL && i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];

      if (g_str_equal (gap->stream, WEIR_GAP_PULLS) && gap->subscription != NULL)
        weir_pull_watch_look (self, gap->subscription);
    }
}

static void
weir_pull_watch_dispose (GObject *object)
{
  weir_pull_watch_stop (WEIR_PULL_WATCH (object));

  G_OBJECT_CLASS (weir_pull_watch_parent_class)->dispose (object);
}

static void
weir_pull_watch_finalize (GObject *object)
{
  WeirPullWatch *self = WEIR_PULL_WATCH (object);

  g_clear_object (&self->provider);
  g_clear_object (&self->history);
  g_clear_object (&self->records);
  g_clear_object (&self->cancellable);
  g_free (self->subscription);
  g_clear_pointer (&self->pulls, g_ptr_array_unref);
  g_hash_table_unref (self->confirmed);
  g_hash_table_unref (self->settled);

  G_OBJECT_CLASS (weir_pull_watch_parent_class)->finalize (object);
}

static void
weir_pull_watch_class_init (WeirPullWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_pull_watch_dispose;
  object_class->finalize = weir_pull_watch_finalize;
}

static void
weir_pull_watch_init (WeirPullWatch *self)
{
  g_queue_init (&self->waiting);
  self->cancellable = g_cancellable_new ();
  self->confirmed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->settled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * weir_pull_watch_new:
 * @provider: whose pull runs
 * @history: where their gaps are kept
 * @pulls: where the runs are
 *
 * Returns: (transfer full): a watch that looks at nothing yet
 */
WeirPullWatch *
weir_pull_watch_new (WeirProvider *provider, WeirHistory *history, WeirRecordSet *pulls)
{
  WeirPullWatch *self;

  g_return_val_if_fail (WEIR_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);
  g_return_val_if_fail (WEIR_IS_RECORD_SET (pulls), NULL);

  self = g_object_new (WEIR_TYPE_PULL_WATCH, NULL);
  self->provider = g_object_ref (provider);
  self->history = g_object_ref (history);
  self->records = g_object_ref (pulls);

  return self;
}

/**
 * weir_pull_watch_look:
 * @subscription: an id
 *
 * A run of the subscription has ended: looks at what is covered now.
 */
void
weir_pull_watch_look (WeirPullWatch *self, const char *subscription)
{
  g_return_if_fail (WEIR_IS_PULL_WATCH (self));
  g_return_if_fail (subscription != NULL);

  if (!is_waiting (self, subscription))
    g_queue_push_tail (&self->waiting, g_strdup (subscription));
  look_at_next (self);
}

/**
 * weir_pull_watch_look_at_all:
 *
 * Looks at every subscription that has known runs, or a gap.
 */
void
weir_pull_watch_look_at_all (WeirPullWatch *self)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_if_fail (WEIR_IS_PULL_WATCH (self));

  all = weir_record_set_list (self->records);
  for (guint i = 0; i < all->len; i++)
    {
      WeirPullRun *pull = all->pdata[i];

      if (pull->subscription != NULL
          && g_str_equal (weir_record_get_account (all->pdata[i])->uuid, get_account (self)->uuid))
        weir_pull_watch_look (self, pull->subscription);
    }
  weir_history_list_gaps_async (self->history, get_account (self), TRUE, self->cancellable,
                                list_all_cb, g_object_ref (self));
}

/**
 * weir_pull_watch_stop:
 *
 * Ends for good.
 */
void
weir_pull_watch_stop (WeirPullWatch *self)
{
  g_return_if_fail (WEIR_IS_PULL_WATCH (self));

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, g_free);
}

/**
 * weir_pull_watch_is_looking_at:
 * @subscription: an id
 *
 * Returns: whether its gaps in the history may not be yet what is known by now
 */
gboolean
weir_pull_watch_is_looking_at (WeirPullWatch *self, const char *subscription)
{
  g_return_val_if_fail (WEIR_IS_PULL_WATCH (self), FALSE);

  return g_strcmp0 (self->subscription, subscription) == 0 || is_waiting (self, subscription);
}

/**
 * weir_pull_watch_is_idle:
 *
 * Returns: whether there is nothing to be looked at
 */
gboolean
weir_pull_watch_is_idle (WeirPullWatch *self)
{
  g_return_val_if_fail (WEIR_IS_PULL_WATCH (self), TRUE);

  return self->subscription == NULL && g_queue_is_empty (&self->waiting);
}

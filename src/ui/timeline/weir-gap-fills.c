/* weir-gap-fills.c: Fill Now: whether it can be, and while it runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#define TELL_MS 100

#include "weir-gap-fills.h"

#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-gap-text.h"
#include "weir-monitor-gaps.h"
#include "weir-navigate.h"
#include "weir-text.h"

#include <glib/gi18n-lib.h>

struct _WeirGapFills
{
  GObject parent_instance;

  WeirMonitor *monitor;
  WeirTimelineModel *model;
  GtkWidget *widget;   /* (nullable) weak */
  GHashTable *running; /* a gap's id → GCancellable */
  GHashTable *told;    /* a gap's id → what its row says of its subscription and account */
  guint tell_id;
};

G_DEFINE_FINAL_TYPE (WeirGapFills, weir_gap_fills, G_TYPE_OBJECT)

typedef struct
{
  WeirGapFills *fills;
  gint64 id;
} Fill;

static void
fill_free (Fill *fill)
{
  g_object_unref (fill->fills);
  g_free (fill);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fill, fill_free)

static char *
dup_result (gint64 added)
{
  g_autofree char *number = NULL;

  /* what a pull run brings comes by the log, too, and is not known apart */
  if (added < 0)
    return g_strdup (_ ("The gap is closed"));
  if (added == 0)
    return g_strdup (_ ("The gap is closed: nothing was missing"));

  number = weir_format_number ((guint64) added);

  /* Translators: %s is a number */
  return g_strdup_printf (ngettext ("The gap is closed: %s event was missing",
                                    "The gap is closed: %s events were missing", (gulong) added),
                          number);
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Fill) fill = user_data;
  WeirGapFills *self = fill->fills;
  g_autoptr (GError) error = NULL;
  gint64 added = 0;
  gboolean closed = weir_monitor_fill_gap_finish (WEIR_MONITOR (source), result, &added, &error);

  g_hash_table_remove (self->running, &fill->id);
  weir_timeline_model_set_filling (self->model, fill->id, FALSE);
  if (self->widget == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (closed)
    {
      g_autofree char *text = dup_result (added);

      weir_toast (self->widget, text);
    }
  else if (added > 0)
    {
      g_autofree char *number = weir_format_number ((guint64) added);
      g_autofree char *what = g_strdup_printf (
          ngettext ("%s missing event came in, and the gap stays open",
                    "%s missing events came in, and the gap stays open", (gulong) added),
          number);

      weir_toast_error (self->widget, what, error);
    }
  else
    {
      weir_toast_error (self->widget, _ ("The gap stays open"), error);
    }
}

static char *
describe (WeirGapFills *self, WeirGap *gap)
{
  const char *reason = NULL;
  const char *name = weir_gap_find_subscription (gap, self->monitor);
  gboolean can = weir_monitor_can_fill_gap (self->monitor, gap, &reason);

  return g_strdup_printf ("%d %s\n%s", can, weir_text_or_empty (reason), weir_text_or_empty (name));
}

/* The history has its gaps at once, while names come with the subscriptions' list, and whether they can be filled with
 * the accounts' first answers. */
static void
tell_cb (gpointer user_data)
{
  WeirGapFills *self = user_data;
  GPtrArray *gaps = weir_timeline_model_get_gaps (self->model);
  g_autoptr (GHashTable) before = g_steal_pointer (&self->told);

  self->tell_id = 0;
  self->told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = g_ptr_array_index (gaps, i);
      char *now = describe (self, gap);

      if (g_strcmp0 (now, g_hash_table_lookup (before, &gap->id)) != 0)
        weir_timeline_model_renew_gap (self->model, gap->id);
      g_hash_table_insert (self->told, g_memdup2 (&gap->id, sizeof gap->id), now);
    }
}

static void
tell_soon (WeirGapFills *self)
{
  if (self->tell_id == 0)
    self->tell_id = g_timeout_add_once (TELL_MS, tell_cb, self);
}

static void
sessions_changed_cb (WeirGapFills *self,
                     guint position,
                     guint removed,
                     guint added,
                     GListModel *sessions)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      g_signal_connect_object (session, "changed", G_CALLBACK (tell_soon), self, G_CONNECT_SWAPPED);
    }
  tell_soon (self);
}

static void
watch (WeirGapFills *self)
{
  GListModel *sessions = weir_monitor_get_sessions (self->monitor);

  g_signal_connect_object (weir_monitor_get_records (self->monitor, WEIR_RECORD_SUBSCRIPTION),
                           "items-changed", G_CALLBACK (tell_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "busy-changed", G_CALLBACK (tell_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (sessions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sessions_changed_cb (self, 0, 0, g_list_model_get_n_items (sessions), sessions);
}

static void
weir_gap_fills_dispose (GObject *object)
{
  WeirGapFills *self = WEIR_GAP_FILLS (object);

  weir_gap_fills_cancel (self);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->monitor);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (weir_gap_fills_parent_class)->dispose (object);
}

static void
weir_gap_fills_finalize (GObject *object)
{
  g_hash_table_unref (WEIR_GAP_FILLS (object)->running);
  g_hash_table_unref (WEIR_GAP_FILLS (object)->told);

  G_OBJECT_CLASS (weir_gap_fills_parent_class)->finalize (object);
}

static void
weir_gap_fills_class_init (WeirGapFillsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_gap_fills_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_gap_fills_finalize;
}

static void
weir_gap_fills_init (WeirGapFills *self)
{
  self->running = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

/**
 * weir_gap_fills_new:
 * @monitor: can fill gaps
 * @model: has them
 * @widget: where toasts are shown; not owned
 *
 * Returns: (transfer full): none is being filled
 */
WeirGapFills *
weir_gap_fills_new (WeirMonitor *monitor, WeirTimelineModel *model, GtkWidget *widget)
{
  WeirGapFills *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_GAP_FILLS, NULL);
  self->monitor = g_object_ref (monitor);
  self->model = g_object_ref (model);
  g_set_weak_pointer (&self->widget, widget);
  watch (self);

  return self;
}

/**
 * weir_gap_fills_toggle:
 * @self: the fills
 * @id: of a gap
 *
 * Asks for what is missing, or stops asking. Where that cannot be, says why.
 */
void
weir_gap_fills_toggle (WeirGapFills *self, gint64 id)
{
  GCancellable *cancellable;
  const char *reason = NULL;
  WeirGap *gap;
  Fill *fill;

  g_return_if_fail (WEIR_IS_GAP_FILLS (self));

  cancellable = g_hash_table_lookup (self->running, &id);
  if (cancellable != NULL)
    {
      g_cancellable_cancel (cancellable);
      return;
    }

  gap = weir_timeline_model_find_gap (self->model, id);
  if (gap == NULL)
    return;
  if (!weir_monitor_can_fill_gap (self->monitor, gap, &reason))
    {
      weir_toast (self->widget, reason != NULL ? reason : _ ("This gap cannot be filled"));
      return;
    }

  cancellable = g_cancellable_new ();
  g_hash_table_insert (self->running, g_memdup2 (&id, sizeof id), cancellable);
  weir_timeline_model_set_filling (self->model, id, TRUE);
  fill = g_new0 (Fill, 1);
  fill->fills = g_object_ref (self);
  fill->id = id;
  weir_monitor_fill_gap_async (self->monitor, gap, cancellable, filled_cb, fill);
}

/**
 * weir_gap_fills_cancel:
 * @self: the fills
 *
 * Stops asking.
 */
void
weir_gap_fills_cancel (WeirGapFills *self)
{
  GHashTableIter iter;
  gpointer cancellable;

  g_return_if_fail (WEIR_IS_GAP_FILLS (self));

  g_hash_table_iter_init (&iter, self->running);
  while (g_hash_table_iter_next (&iter, NULL, &cancellable))
    g_cancellable_cancel (cancellable);
}

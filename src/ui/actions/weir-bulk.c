/* weir-bulk.c: one action on many records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-bulk.h"

#include "weir-actions.h"
#include "weir-error-text.h"
#include "weir-format.h"

#include <glib/gi18n-lib.h>

/* Polite to the server; the HTTP client obeys what it says about its pace. */
#define MAX_RUNNING 3

struct _WeirBulk
{
  GObject parent_instance;

  WeirMonitor *monitor;
  WeirAction action;
  GApplication *application; /* (nullable) held while it runs; not owned */
  GListStore *items;
  guint next; /* position of the next item to be looked at */
  guint running;
  gboolean started;
  gboolean stopped;
};

enum
{
  CHANGED,
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];
static guint item_changed;

G_DEFINE_FINAL_TYPE (WeirBulkItem, weir_bulk_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (WeirBulk, weir_bulk, G_TYPE_OBJECT)

static void start_next (WeirBulk *self);

/* What has begun is not to end with the window. */
static void
hold (WeirBulk *self)
{
  self->application = g_application_get_default ();
  if (self->application != NULL)
    g_application_hold (self->application);
}

static void
finish (WeirBulk *self)
{
  g_signal_emit (self, signals[FINISHED], 0);
  if (self->application != NULL)
    g_application_release (self->application);
  self->application = NULL;
}

static void
weir_bulk_item_finalize (GObject *object)
{
  WeirBulkItem *self = WEIR_BULK_ITEM (object);

  g_clear_object (&self->record);
  g_clear_object (&self->answer);
  g_free (self->message);

  G_OBJECT_CLASS (weir_bulk_item_parent_class)->finalize (object);
}

static void
weir_bulk_item_class_init (WeirBulkItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_bulk_item_finalize;

  item_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_bulk_item_init (WeirBulkItem *self)
{
}

static void
set_state (WeirBulkItem *item, WeirBulkState state, char *message)
{
  item->state = state;
  g_free (item->message);
  item->message = message;
  g_signal_emit (item, item_changed, 0);
}

typedef struct
{
  WeirBulk *bulk;
  WeirBulkItem *item;
} Step;

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Step *step = user_data;
  g_autoptr (WeirBulk) self = step->bulk;
  g_autoptr (WeirBulkItem) item = step->item;
  g_autoptr (GError) error = NULL;

  item->answer = weir_monitor_act_finish (WEIR_MONITOR (source), result, &error);
  if (error != NULL)
    set_state (item, WEIR_BULK_FAILED, weir_error_text_dup_sentence (error));
  else
    set_state (item, WEIR_BULK_DONE, NULL);

  self->running--;
  start_next (self);
}

static void
start_next (WeirBulk *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  while (!self->stopped && self->running < MAX_RUNNING && self->next < n_items)
    {
      g_autoptr (WeirBulkItem) item =
          g_list_model_get_item (G_LIST_MODEL (self->items), self->next++);
      Step *step;

      if (item->state != WEIR_BULK_WAITING)
        continue;

      set_state (item, WEIR_BULK_RUNNING, NULL);
      self->running++;
      step = g_new0 (Step, 1);
      step->bulk = g_object_ref (self);
      step->item = g_object_ref (item);
      /* not cancellable: whether a request that was broken off has worked is known to nobody */
      weir_monitor_act_async (self->monitor, self->action, item->record, NULL, acted_cb, step);
    }

  g_signal_emit (self, signals[CHANGED], 0);
  if (weir_bulk_is_finished (self))
    finish (self);
}

static void
weir_bulk_dispose (GObject *object)
{
  WeirBulk *self = WEIR_BULK (object);

  g_clear_object (&self->items);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_bulk_parent_class)->dispose (object);
}

static void
weir_bulk_class_init (WeirBulkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_bulk_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_bulk_init (WeirBulk *self)
{
  self->items = g_list_store_new (WEIR_TYPE_BULK_ITEM);
}

/**
 * weir_bulk_new:
 * @monitor: does it
 * @action: what to do
 * @records: (element-type WeirRecord): with what
 *
 * Returns: (transfer full): a plan, in which those records that it cannot be done with are refused already
 */
WeirBulk *
weir_bulk_new (WeirMonitor *monitor, WeirAction action, GPtrArray *records)
{
  WeirBulk *self;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);
  g_return_val_if_fail (records != NULL, NULL);

  self = g_object_new (WEIR_TYPE_BULK, NULL);
  self->monitor = g_object_ref (monitor);
  self->action = action;
  for (guint i = 0; i < records->len; i++)
    {
      WeirBulkItem *item = g_object_new (WEIR_TYPE_BULK_ITEM, NULL);
      const char *reason = NULL;

      item->record = g_object_ref (g_ptr_array_index (records, i));
      if (!weir_actions_can_one (monitor, action, item->record, &reason))
        {
          item->state = WEIR_BULK_REFUSED;
          item->message = g_strdup (reason);
        }
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);

  return self;
}

/**
 * weir_bulk_start:
 * @self: a plan
 */
void
weir_bulk_start (WeirBulk *self)
{
  g_return_if_fail (WEIR_IS_BULK (self));
  g_return_if_fail (!self->started);

  self->started = TRUE;
  hold (self);
  start_next (self);
}

/**
 * weir_bulk_stop:
 * @self: a plan
 *
 * Begins nothing more. What runs is waited for.
 */
void
weir_bulk_stop (WeirBulk *self)
{
  g_return_if_fail (WEIR_IS_BULK (self));

  if (self->stopped || weir_bulk_is_finished (self))
    return;

  self->stopped = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->started && weir_bulk_is_finished (self))
    finish (self);
}

/**
 * weir_bulk_get_action:
 * @self: a plan
 *
 * Returns: what is done
 */
WeirAction
weir_bulk_get_action (WeirBulk *self)
{
  g_return_val_if_fail (WEIR_IS_BULK (self), 0);

  return self->action;
}

/**
 * weir_bulk_get_items:
 * @self: a plan
 *
 * Returns: (transfer none): a model of #WeirBulkItem, in the order of doing
 */
GListModel *
weir_bulk_get_items (WeirBulk *self)
{
  g_return_val_if_fail (WEIR_IS_BULK (self), NULL);

  return G_LIST_MODEL (self->items);
}

/**
 * weir_bulk_count:
 * @self: a plan
 * @state: a state
 *
 * Returns: how many items are in it
 */
guint
weir_bulk_count (WeirBulk *self, WeirBulkState state)
{
  guint n_items;
  guint count = 0;

  g_return_val_if_fail (WEIR_IS_BULK (self), 0);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (WeirBulkItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (item->state == state)
        count++;
    }

  return count;
}

/**
 * weir_bulk_is_started:
 * @self: a plan
 *
 * Returns: whether it was begun
 */
gboolean
weir_bulk_is_started (WeirBulk *self)
{
  g_return_val_if_fail (WEIR_IS_BULK (self), FALSE);

  return self->started;
}

/**
 * weir_bulk_is_finished:
 * @self: a plan
 *
 * Returns: whether nothing runs and nothing more will be begun
 */
gboolean
weir_bulk_is_finished (WeirBulk *self)
{
  g_return_val_if_fail (WEIR_IS_BULK (self), FALSE);

  return self->started && self->running == 0
         && (self->stopped || self->next >= g_list_model_get_n_items (G_LIST_MODEL (self->items)));
}

static char *
dup_count (WeirBulkState state, guint count)
{
  g_autofree char *number = weir_format_number (count);

  switch (state)
    {
    case WEIR_BULK_DONE:
      /* Translators: of several subscriptions or connections; %s is a number */
      return g_strdup_printf (ngettext ("%s done", "%s done", count), number);

    case WEIR_BULK_FAILED:
      /* Translators: of several subscriptions or connections; %s is a number */
      return g_strdup_printf (ngettext ("%s failed", "%s failed", count), number);

    case WEIR_BULK_RUNNING:
      /* Translators: of several subscriptions or connections; %s is a number */
      return g_strdup_printf (ngettext ("%s running", "%s running", count), number);

    case WEIR_BULK_WAITING:
      /* Translators: of several subscriptions or connections; %s is a number */
      return g_strdup_printf (ngettext ("%s not begun", "%s not begun", count), number);

    case WEIR_BULK_REFUSED:
    default:
      /* Translators: of several subscriptions or connections; %s is a number */
      return g_strdup_printf (ngettext ("%s not possible", "%s not possible", count), number);
    }
}

/**
 * weir_bulk_dup_summary:
 * @self: a plan
 *
 * Returns: (transfer full): how it went: “18 done, 2 failed”
 */
char *
weir_bulk_dup_summary (WeirBulk *self)
{
  static const WeirBulkState states[] = { WEIR_BULK_DONE, WEIR_BULK_FAILED, WEIR_BULK_RUNNING,
                                          WEIR_BULK_WAITING, WEIR_BULK_REFUSED };
  char *text = NULL;

  g_return_val_if_fail (WEIR_IS_BULK (self), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      guint count = weir_bulk_count (self, states[i]);
      g_autofree char *item = count > 0 ? dup_count (states[i], count) : NULL;
      g_autofree char *before = NULL;

      if (item == NULL)
        continue;
      before = text;
      text = weir_format_list_add (before, item);
    }

  return text != NULL ? text : g_strdup ("");
}

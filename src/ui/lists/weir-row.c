/* weir-row.c: a place in a list whose record may be replaced by a newer one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-row.h"

#include "weir-error-group.h"
#include "weir-timeline-item.h"

struct _WeirRow
{
  GObject parent_instance;

  GObject *item;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirRow, weir_row, G_TYPE_OBJECT)

static void
weir_row_dispose (GObject *object)
{
  g_clear_object (&WEIR_ROW (object)->item);

  G_OBJECT_CLASS (weir_row_parent_class)->dispose (object);
}

static void
weir_row_class_init (WeirRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_row_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_row_init (WeirRow *self)
{
}

/**
 * weir_row_new:
 * @item: (transfer none): a record, an error group or another object
 *
 * Returns: (transfer full): a row that shows @item
 */
WeirRow *
weir_row_new (gpointer item)
{
  WeirRow *self;

  g_return_val_if_fail (G_IS_OBJECT (item), NULL);

  self = g_object_new (WEIR_TYPE_ROW, NULL);
  self->item = g_object_ref (item);

  return self;
}

/**
 * weir_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none): what the row shows now
 */
gpointer
weir_row_get_item (WeirRow *self)
{
  g_return_val_if_fail (WEIR_IS_ROW (self), NULL);

  return self->item;
}

/**
 * weir_row_set_item:
 * @self: a row
 * @item: a newer version of the same thing
 */
void
weir_row_set_item (WeirRow *self, gpointer item)
{
  g_return_if_fail (WEIR_IS_ROW (self));
  g_return_if_fail (G_IS_OBJECT (item));

  if (g_set_object (&self->item, item))
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_item_hash:
 * @item: a record, an error group or another object
 *
 * Returns: a hash of what makes @item the same thing in a newer version; goes with weir_item_same()
 */
guint
weir_item_hash (gconstpointer item)
{
  if (WEIR_IS_RECORD ((gpointer) item))
    {
      WeirRecord *record = WEIR_RECORD ((gpointer) item);

      return g_str_hash (weir_record_get_id (record)) * 31
             + g_str_hash (weir_record_get_account (record)->uuid)
             + (guint) weir_record_get_kind (record);
    }
  if (WEIR_IS_ERROR_GROUP ((gpointer) item))
    return g_str_hash (WEIR_ERROR_GROUP ((gpointer) item)->key_text);

  return g_direct_hash (item);
}

/**
 * weir_item_same:
 * @a: a record, an error group or another object
 * @b: another
 *
 * Returns: whether both are versions of the same thing
 */
gboolean
weir_item_same (gconstpointer a, gconstpointer b)
{
  if (a == b)
    return TRUE;
  if (WEIR_IS_RECORD ((gpointer) a) && WEIR_IS_RECORD ((gpointer) b))
    return weir_record_same (WEIR_RECORD ((gpointer) a), WEIR_RECORD ((gpointer) b));
  if (WEIR_IS_ERROR_GROUP ((gpointer) a) && WEIR_IS_ERROR_GROUP ((gpointer) b))
    return g_str_equal (WEIR_ERROR_GROUP ((gpointer) a)->key_text,
                        WEIR_ERROR_GROUP ((gpointer) b)->key_text);
  if (WEIR_IS_TIMELINE_ITEM ((gpointer) a) && WEIR_IS_TIMELINE_ITEM ((gpointer) b))
    {
      WeirGap *gap = WEIR_TIMELINE_ITEM ((gpointer) a)->gap;
      WeirGap *other = WEIR_TIMELINE_ITEM ((gpointer) b)->gap;

      return gap != NULL && other != NULL && weir_gap_same (gap, other);
    }

  return FALSE;
}

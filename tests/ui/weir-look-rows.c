/* weir-look-rows.c: what a page's list has selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-look-rows.h"

#include "weir-row.h"
#include "weir-timeline-item.h"

/**
 * weir_look_is_gap_selected:
 * @rows: of a page
 *
 * Returns: whether the row that is selected is a gap's, which has nothing to inspect
 */
gboolean
weir_look_is_gap_selected (GtkSelectionModel *rows)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (rows);
  g_autoptr (GObject) row = NULL;
  gpointer item;

  if (gtk_bitset_is_empty (selected))
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (rows), gtk_bitset_get_minimum (selected));
  item = WEIR_IS_ROW (row) ? weir_row_get_item (WEIR_ROW (row)) : NULL;

  return WEIR_IS_TIMELINE_ITEM (item) && WEIR_TIMELINE_ITEM (item)->gap != NULL;
}

/* weir-record-cells.c: cells that tables of all kinds of records have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-record-cells.h"

#include "weir-record.h"

/**
 * weir_record_cell_account:
 * @item: a record
 * @user_data: the table's
 *
 * Returns: (transfer full): the name of its account
 */
char *
weir_record_cell_account (gpointer item, gpointer user_data)
{
  return g_strdup (weir_record_get_account (item)->name);
}

/**
 * weir_record_cell_error:
 * @item: a record
 * @user_data: the table's
 *
 * Returns: (transfer full) (nullable): the leaf cause of its error
 */
char *
weir_record_cell_error (gpointer item, gpointer user_data)
{
  WeirErrorData *error = weir_record_get_error (item);

  return error != NULL ? g_strdup (weir_error_data_get_leaf (error)->message) : NULL;
}

/**
 * weir_record_cell_error_tooltip:
 * @item: a record
 * @user_data: the table's
 *
 * Returns: (transfer full) (nullable): its error with the whole chain of causes
 */
char *
weir_record_cell_error_tooltip (gpointer item, gpointer user_data)
{
  WeirErrorData *error = weir_record_get_error (item);

  return error != NULL ? weir_error_data_to_text (error) : NULL;
}

/**
 * weir_record_cell_error_look:
 * @item: a record
 * @user_data: the table's
 * @look: (out caller-allocates): how the cell looks
 */
void
weir_record_cell_error_look (gpointer item, gpointer user_data, WeirCellLook *look)
{
  if (weir_record_get_error (item) != NULL)
    look->css = "error";
}

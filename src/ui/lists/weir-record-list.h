/* weir-record-list.h: the rows of a table: filtered, sorted, selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-row.h"

G_BEGIN_DECLS

/* FALSE: the item is left out */
typedef gboolean (*WeirItemFilter) (gpointer item, gpointer user_data);
typedef double (*WeirItemNumber) (gpointer item, gpointer user_data); /* NAN: not known */
typedef char *(*WeirItemText) (gpointer item, gpointer user_data);    /* transfer full, nullable */

/* One of the two is set; neither: as the source has them. */
typedef struct
{
  WeirItemNumber number;
  WeirItemText text;
  gpointer user_data;
  gboolean descending;
} WeirSort;

/* A GListModel of WeirRow and a GtkSelectionModel for many rows, over a GListModel of records that replaces its items.
 * What changes in the source is taken over at most once a frame. The selection stays with what was selected, not with its
 * position. Signals: "about-to-update" and "updated" around each taking over. */
#define WEIR_TYPE_RECORD_LIST (weir_record_list_get_type ())
G_DECLARE_FINAL_TYPE (WeirRecordList, weir_record_list, WEIR, RECORD_LIST, GObject)

WeirRecordList *weir_record_list_new (GListModel *source);
void weir_record_list_set_filter (WeirRecordList *self, WeirItemFilter filter, gpointer user_data);
void weir_record_list_refilter (WeirRecordList *self);
void weir_record_list_resort (WeirRecordList *self); /* its keys are others now */
void weir_record_list_set_sort (WeirRecordList *self, const WeirSort *sort);
void weir_record_list_flush (WeirRecordList *self);

guint weir_record_list_get_total (WeirRecordList *self); /* with those that are filtered out */
gpointer weir_record_list_get (WeirRecordList *self, guint position); /* transfer none */
guint weir_record_list_find (WeirRecordList *self, gpointer item);    /* G_MAXUINT: not there */
GPtrArray *weir_record_list_list_selected (WeirRecordList *self);     /* transfer full */
gpointer
weir_record_list_get_single (WeirRecordList *self); /* transfer none; NULL unless one is selected */
guint weir_record_list_count_selected (WeirRecordList *self);
GPtrArray *weir_record_list_list_all (WeirRecordList *self); /* transfer full; of the source */

G_END_DECLS

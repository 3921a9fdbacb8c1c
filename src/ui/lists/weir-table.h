/* weir-table.h: a column view that stays fast and still
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-filter-bar.h"
#include "weir-record-list.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_COLUMN_PLAIN = 0,
  WEIR_COLUMN_LIVE =
      1 << 0, /* the text depends on the time: renewed each second while it is seen */
  WEIR_COLUMN_NUMERIC = 1 << 1, /* at the end of the cell, digits of one width */
  WEIR_COLUMN_DIM = 1 << 2,
  WEIR_COLUMN_EXPAND = 1 << 3,
  WEIR_COLUMN_MAIN = 1 << 4,  /* what a row is of: cannot be hidden */
  WEIR_COLUMN_CLOCK = 1 << 5, /* has times of day: the title says in which zone */
  WEIR_COLUMN_WHOLE =
      1 << 6, /* has room for nat_chars, if it has such texts, before others have any */
  WEIR_COLUMN_APART = 1 << 7, /* of which account a row is: tells rows of one name apart */
} WeirColumnFlags;

/* How a cell looks besides its text; what is not set is left out. */
typedef struct
{
  const char *icon_name;
  const char *css; /* a style class for icon and text: success, warning, error, accent, dim-label */
  const char *row_css; /* a style class for the whole row; from one column only */
  gboolean spinning;
} WeirCellLook;

/* A column. Functions are given an item of the list and the table's user data; all but text are optional. */
typedef struct
{
  const char *id;
  const char *title; /* N_("…") */
  WeirColumnFlags flags;
  guint min_chars;
  guint nat_chars;
  guint hide_below; /* px: not shown in a narrower table, 0 always */
  WeirItemText text;
  WeirItemText tooltip; /* without it: the text, where it is cut off */
  void (*look) (gpointer item, gpointer user_data, WeirCellLook *look);
  const guint16 *(*spark) (gpointer item,
                           gpointer user_data); /* a sparkline instead of the text; nullable */
  WeirItemNumber sort_number;                   /* neither of the two: sorted by text */
  WeirItemText sort_text;
  WeirItemText span; /* instead of the text, over the cells that follow; NULL: none, as for most */
  WeirItemText button; /* what a button says that stands there instead; NULL: none, as for most */
  void (*press) (gpointer item, gpointer user_data, GtkWidget *button);
} WeirColumn;

/* Signals: "activate" (GObject *item): Enter or double click; "context-menu": the menu is about to be shown for what is selected. */
#define WEIR_TYPE_TABLE (weir_table_get_type ())
G_DECLARE_FINAL_TYPE (WeirTable, weir_table, WEIR, TABLE, AdwBin)

/* columns and user_data must outlive the table */
WeirTable *weir_table_new (WeirRecordList *list,
                           const WeirColumn *columns,
                           guint n_columns,
                           gpointer user_data,
                           const char *accessible_name);
/* has columns and order of last time, and keeps them there; once, before it is shown */
void weir_table_set_id (WeirTable *self, const char *id);
/* one item an account: with several, whose a row is is shown as long as there is room for it */
void weir_table_set_accounts (WeirTable *self, GListModel *accounts);
void weir_table_refit (WeirTable *self); /* other rows were asked for, which may need other room */
void weir_table_choose_columns (WeirTable *self); /* asks in a dialog */
void weir_table_sort_by (WeirTable *self, const char *column, GtkSortType order);
GtkAdjustment *weir_table_get_vadjustment (WeirTable *self); /* transfer none */
/* sections; what stands in them is hidden while it is insensitive. last: at the end; both nullable */
void weir_table_set_menu (WeirTable *self, GMenuModel *menu, GMenuModel *last);
void weir_table_refresh (WeirTable *self,
                         const char *column); /* its texts have changed; NULL: all */
/* (nullable) the item of the row on top, NULL at the very top */
gpointer weir_table_get_top (WeirTable *self);
void weir_table_put_on_top (WeirTable *self, gpointer item); /* once it is laid out */
void weir_table_reveal (WeirTable *self, guint position); /* selects it alone and scrolls to it */
/* the same for an item; what hides it in the filter bar is cleared. FALSE: it is not in the list at all */
gboolean weir_table_reveal_item (WeirTable *self, WeirFilterBar *filter, gpointer item);

G_END_DECLS

/* weir-list-page.h: a page that is a table of records of one kind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-list-frame.h"
#include "weir-page.h"

G_BEGIN_DECLS

/* A drop-down of the filter bar. */
typedef struct
{
  const char *id;
  const char *label; /* N_ ("Account") */
  const char *all;   /* N_ ("All Accounts") */
  const char *(*get_value) (gpointer item);
  char *(*dup_label) (gpointer item);
} WeirChoice;

#define WEIR_TYPE_LIST_PAGE (weir_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WeirListPage, weir_list_page, WEIR, LIST_PAGE, WeirPage)

/* Search, drop-downs, empty states, selection, the actions copy-id, copy-json and clear-filters, revealing and refreshing
 * are done here. A page fills in the fields; the functions are optional unless said. */
struct _WeirListPageClass
{
  WeirPageClass parent_class;

  WeirRecordKind kind;
  const WeirChoice *choices;
  guint n_choices;
  const WeirColumn *columns;
  guint n_columns;
  const char *sort_column;
  GtkSortType sort_order;
  const char *placeholder;                   /* N_ ("Search subscriptions") */
  const char *empty_title;                   /* N_ (…): when there are none */
  const char *empty_description;             /* N_ (…) */
  const char *(*get_folded) (gpointer item); /* what is searched through; needed */

  /* the columns' user data, asked once, before there is a table; without it the monitor */
  gpointer (*create_context) (WeirListPage *self);
  /* adds sections to the context menu, before the entries for copying: first what shows something, then what does
   * something; and entries at its end: what cannot be undone */
  void (*fill_menu) (WeirListPage *self, GMenu *menu);
  void (*fill_menu_end) (WeirListPage *self, GMenu *section);
  /* soon after the selection, its records or what is being done to them changed */
  void (*update_actions) (WeirListPage *self, GPtrArray *selected);
  /* soon after records changed: for the badge */
  void (*count) (WeirListPage *self, GPtrArray *items);
};

WeirRecordList *weir_list_page_get_list (WeirListPage *self);
WeirFilterBar *weir_list_page_get_filter (WeirListPage *self);
WeirTable *weir_list_page_get_table (WeirListPage *self);
/* something between the filter bar and the table; (transfer floating) */
void weir_list_page_set_banner (WeirListPage *self, GtkWidget *banner);
void weir_list_page_add_action (WeirListPage *self,
                                const char *name,
                                void (*activate) (GSimpleAction *, GVariant *, gpointer));
void weir_list_page_set_enabled (WeirListPage *self, const char *action, gboolean enabled);
void weir_list_page_schedule_actions (WeirListPage *self);
/* chooses a value of a drop-down, also one that has come only now */
gboolean weir_list_page_choose (WeirListPage *self, const char *choice, const char *value);

/* values of choices that every record has */
const char *weir_choice_get_account (gpointer item);
char *weir_choice_dup_account (gpointer item);

G_END_DECLS

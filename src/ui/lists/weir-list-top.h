/* weir-list-top.h: what is read in a list stays where it is while its rows change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-record-list.h"
#include "weir-row-focus.h"

G_BEGIN_DECLS

/* All rows have one height, or nearly, so positions can be reckoned. Who is at the top wants to see what comes to the top, but
 * not to lose the row that has the focus; for everybody else that row stays where it is, or else the one on top. */
typedef struct _WeirListTop WeirListTop;

/* all must live as long; focus: is given back once the rows are laid out */
WeirListTop *
weir_list_top_new (GtkScrolledWindow *scroller, WeirRecordList *list, WeirRowFocus *focus);
void weir_list_top_free (WeirListTop *self);
gpointer weir_list_top_get (
    WeirListTop *self); /* (nullable) the item whose row is on top; none: not scrolled */
void weir_list_top_put (WeirListTop *self, gpointer item); /* any version of an item */
void weir_list_top_reveal (WeirListTop *self,
                           gpointer item); /* scrolls to it where it is not seen */

G_END_DECLS

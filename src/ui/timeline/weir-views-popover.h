/* weir-views-popover.h: the saved views and the queries asked last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-saved-views.h"

G_BEGIN_DECLS

/* Signals "view-chosen" (WeirSavedView *) and "query-chosen" (const char *); "save": the present view is to be saved. */
#define WEIR_TYPE_VIEWS_POPOVER (weir_views_popover_get_type ())
G_DECLARE_FINAL_TYPE (WeirViewsPopover, weir_views_popover, WEIR, VIEWS_POPOVER, GtkPopover)

GtkWidget *weir_views_popover_new (WeirPreferences *preferences);

/* Asks for a name and saves what is given under it, in place of what is called so if the reader wants that. */
void weir_views_popover_save (GtkWidget *from, WeirPreferences *preferences, WeirSavedView *view);

G_END_DECLS

/* weir-changes-view.h: what an event changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-history.h"

G_BEGIN_DECLS

/* Compares an event with the one before it of the same record, or with one that was pinned. */
#define WEIR_TYPE_CHANGES_VIEW (weir_changes_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirChangesView, weir_changes_view, WEIR, CHANGES_VIEW, AdwBin)

GtkWidget *weir_changes_view_new (WeirHistory *history);
void weir_changes_view_set_event (WeirChangesView *self, WeirEvent *event /* nullable */);
gboolean weir_changes_view_pin (WeirChangesView *self); /* or no longer; TRUE: it is */

G_END_DECLS

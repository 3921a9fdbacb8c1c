/* weir-details-view.h: a record's attributes, and what it is related to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* Signal "open" (GObject *): a record that a row leads to, known or just fetched. */
#define WEIR_TYPE_DETAILS_VIEW (weir_details_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirDetailsView, weir_details_view, WEIR, DETAILS_VIEW, AdwBin)

GtkWidget *weir_details_view_new (WeirMonitor *monitor);
/* object: a WeirRecord, a WeirErrorGroup, a WeirSession or NULL; a newer version keeps what is scrolled and selected */
void weir_details_view_set_object (WeirDetailsView *self, gpointer object);

G_END_DECLS

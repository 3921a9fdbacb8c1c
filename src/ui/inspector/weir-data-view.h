/* weir-data-view.h: what came, as a tree and as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-record.h"

G_BEGIN_DECLS

#define WEIR_TYPE_DATA_VIEW (weir_data_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirDataView, weir_data_view, WEIR, DATA_VIEW, AdwBin)

GtkWidget *weir_data_view_new (void);
void weir_data_view_set_record (WeirDataView *self, WeirRecord *record); /* (nullable) */
void weir_data_view_set_narrow (WeirDataView *self, gboolean narrow);
void weir_data_view_focus_search (WeirDataView *self);

G_END_DECLS

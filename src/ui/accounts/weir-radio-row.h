/* weir-radio-row.h: a row of a form that is one of several to choose from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WEIR_TYPE_RADIO_ROW (weir_radio_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirRadioRow, weir_radio_row, WEIR, RADIO_ROW, AdwActionRow)

GtkWidget *weir_radio_row_new (const char *title, const char *subtitle, WeirRadioRow *group);
gboolean weir_radio_row_get_active (WeirRadioRow *self);
void weir_radio_row_set_active (WeirRadioRow *self, gboolean active);

G_END_DECLS

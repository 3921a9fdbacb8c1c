/* weir-zone-dialog.h: a time zone, to be chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WEIR_TYPE_ZONE_DIALOG (weir_zone_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WeirZoneDialog, weir_zone_dialog, WEIR, ZONE_DIALOG, AdwWindow)

typedef void (*WeirZoneChosen) (const char *zone, GtkWidget *parent);

/* chosen is told only while parent lives */
void weir_zone_dialog_present (GtkWidget *parent, const char *zone, WeirZoneChosen chosen);
char *weir_zone_dialog_dup_label (const char *zone); /* "This Computer’s (CET)", "Asia/Tokyo" */

G_END_DECLS

/* weir-appearance.h: how everything is shown: in which time zone, and how densely
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-preferences.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_DENSITY_COMPACT,
  WEIR_DENSITY_STANDARD,
  WEIR_DENSITY_COMFORTABLE,
  WEIR_N_DENSITIES
} WeirDensity;

void weir_appearance_watch (WeirPreferences *preferences);
/* object is passed to callback as its only argument, after the zone or the density is another one */
void weir_appearance_connect (gpointer object, GCallback callback);

WeirDensity weir_appearance_get_density (void);
void weir_appearance_set_density (WeirDensity density);
void weir_appearance_apply (GtkWidget *window); /* its style class */

char *weir_appearance_dup_zone_title (const char *title); /* "Time (CET)" */
char *weir_appearance_dup_zone_note (void); /* (nullable) "Times in UTC"; NULL: as usual here */

G_END_DECLS

/* weir-sparkline.h: how many there were in each of the last hours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WEIR_SPARKLINE_HOURS 24

#define WEIR_TYPE_SPARKLINE (weir_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (WeirSparkline, weir_sparkline, WEIR, SPARKLINE, GtkWidget)

GtkWidget *weir_sparkline_new (void);
void weir_sparkline_set_counts (WeirSparkline *self, const guint16 *counts);

G_END_DECLS

/* weir-balance-popover.h: what the numbers of the balance stand for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* Each stands at the button that was clicked, and goes by itself. */
void weir_balance_popover_received (GtkWidget *button, WeirMonitor *monitor);
void weir_balance_popover_filtered (GtkWidget *button, const char *query);

G_END_DECLS

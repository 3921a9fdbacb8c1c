/* weir-changes-popover.h: the changes of states in a span of time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-history.h"

G_BEGIN_DECLS

/* Stands at the button, and goes by itself. Each change leads to its record. */
void weir_changes_popover_show (GtkWidget *button, WeirHistory *history, gint64 from, gint64 to);

G_END_DECLS

/* weir-actions.h: what can be done with records, wherever they are shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* of a button for "page.@name": why it cannot be done now, or what it does and its key */
void weir_actions_set_tooltip (GtkWidget *button,
                               const char *name,
                               WeirAction action,
                               const char *reason);
const char *weir_actions_get_label (WeirAction action);
/* of one: also whether anything would come of it */
gboolean weir_actions_can_one (WeirMonitor *monitor,
                               WeirAction action,
                               WeirRecord *record,
                               const char **reason);
gboolean
weir_actions_can (WeirMonitor *monitor, WeirAction action, GPtrArray *records, const char **reason);
void
weir_actions_run (GtkWidget *from, WeirMonitor *monitor, WeirAction action, GPtrArray *records);
void
weir_actions_run_one (GtkWidget *from, WeirMonitor *monitor, WeirAction action, WeirRecord *record);
void weir_actions_copy (GtkWidget *from, GPtrArray *records, gboolean json); /* or their ids */
void weir_actions_refresh (WeirMonitor *monitor, WeirRecordKind kind);
void weir_actions_refresh_streams (WeirMonitor *monitor);

G_END_DECLS

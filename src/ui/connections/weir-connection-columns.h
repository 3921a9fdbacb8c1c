/* weir-connection-columns.h: what the connections' table shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"
#include "weir-table.h"

G_BEGIN_DECLS

const WeirColumn *weir_connection_columns (guint *n_columns); /* user data: the WeirMonitor */
const char *weir_connection_get_state_label (WeirConnection *self);
void weir_connection_look (WeirConnection *self, WeirCellLook *look);
gboolean weir_connection_is_refresh_due (WeirConnection *self);
const char *weir_connection_get_folded (WeirConnection *self);

G_END_DECLS

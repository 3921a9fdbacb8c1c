/* weir-monitor-gaps.h: Fill Now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-gaps.h"
#include "weir-monitor.h"

G_BEGIN_DECLS

/* reason (transfer none, nullable): why not, for people */
gboolean weir_monitor_can_fill_gap (WeirMonitor *self, WeirGap *gap, const char **reason);
/* A gap of a stream: its log is asked again, and the gap shrinks or closes. One of pull runs: Pull Now, once, which may take
 * long. finish: TRUE only where the history has it closed; else the error says why it stays open; added (optional; -1: not
 * known) is set all the same. */
void weir_monitor_fill_gap_async (WeirMonitor *self,
                                  WeirGap *gap,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean weir_monitor_fill_gap_finish (WeirMonitor *self,
                                       GAsyncResult *result,
                                       gint64 *added,
                                       GError **error);

G_END_DECLS

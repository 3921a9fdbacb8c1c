/* weir-coverage-view.h: for which times a subscription was pulled, and what to do about the others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* The strip, the same in a sentence, and rows for what was not pulled, each with Pull Now; hidden until there is a
 * subscription to show. Signal "pulls-chosen" (GPtrArray of WeirPullRun, gint64 time): the runs of a span that was
 * activated, and where in it, µs, or 0. */
#define WEIR_TYPE_COVERAGE_VIEW (weir_coverage_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirCoverageView, weir_coverage_view, WEIR, COVERAGE_VIEW, AdwBin)

/* max_rows: so many spans that were not pulled are shown at first */
GtkWidget *weir_coverage_view_new (WeirMonitor *monitor, guint max_rows);
/* NULLs: none; what arrives in real time, or is no Membrane subscription, is not shown either */
void weir_coverage_view_set_subscription (WeirCoverageView *self,
                                          WeirAccount *account,
                                          const char *subscription);

G_END_DECLS

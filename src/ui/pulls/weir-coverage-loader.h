/* weir-coverage-loader.h: a subscription's coverage, kept up to date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-coverage.h"
#include "weir-monitor.h"

G_BEGIN_DECLS

/* Lists the runs that are kept and computes what they cover, all off the main loop; again when runs change, at most once a
 * second. Signal "changed": there is something new to be got, or an error. */
#define WEIR_TYPE_COVERAGE_LOADER (weir_coverage_loader_get_type ())
G_DECLARE_FINAL_TYPE (WeirCoverageLoader, weir_coverage_loader, WEIR, COVERAGE_LOADER, GObject)

WeirCoverageLoader *weir_coverage_loader_new (WeirMonitor *monitor);
void weir_coverage_loader_set_subscription (WeirCoverageLoader *self,
                                            WeirAccount *account,
                                            const char *subscription); /* NULLs: none */
/* (element-type WeirCoverageSpan), NULL before it is known; neither array is ever changed */
GArray *weir_coverage_loader_get_spans (WeirCoverageLoader *self);
GPtrArray *
weir_coverage_loader_get_pulls (WeirCoverageLoader *self); /* (element-type WeirPullRun) */
const GError *weir_coverage_loader_get_error (WeirCoverageLoader *self); /* nullable */

G_END_DECLS

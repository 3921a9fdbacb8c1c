/* weir-coverage-strip.h: a subscription's coverage, drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-coverage.h"

G_BEGIN_DECLS

/* A time axis with what was pulled, failed, is being pulled, or was left out: told apart by pattern as by colour. The arrow
 * keys walk from span to span. Signal "activated" (guint span, gint64 time): a click or Enter, µs; 0: no place in it. */
#define WEIR_TYPE_COVERAGE_STRIP (weir_coverage_strip_get_type ())
G_DECLARE_FINAL_TYPE (WeirCoverageStrip, weir_coverage_strip, WEIR, COVERAGE_STRIP, GtkWidget)

GtkWidget *weir_coverage_strip_new (void);
/* spans: (element-type WeirCoverageSpan) between from and to; pulls: (element-type WeirPullRun) whose they are */
void weir_coverage_strip_set (WeirCoverageStrip *self,
                              GArray *spans,
                              GPtrArray *pulls,
                              gint64 from,
                              gint64 to);

G_END_DECLS

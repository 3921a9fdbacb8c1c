/* weir-coverage-row.h: a span of time that was not pulled, and the button for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-coverage.h"

G_BEGIN_DECLS

/* Signal "pull": Pull Now was pressed. */
#define WEIR_TYPE_COVERAGE_ROW (weir_coverage_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirCoverageRow, weir_coverage_row, WEIR, COVERAGE_ROW, GtkListBoxRow)

/* pulls: (element-type WeirPullRun) all known of the subscription */
GtkWidget *weir_coverage_row_new (const WeirCoverageSpan *span, GPtrArray *pulls);
const WeirCoverageSpan *weir_coverage_row_get_span (WeirCoverageRow *self);
/* reason: (nullable) why it cannot be pulled now */
void weir_coverage_row_set_can_pull (WeirCoverageRow *self, gboolean can, const char *reason);
void weir_coverage_row_focus (WeirCoverageRow *self);

G_END_DECLS

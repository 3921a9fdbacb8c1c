/* weir-coverage-text.h: a subscription's coverage in words and in pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-coverage.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_COVERAGE_DAY, /* the last 24 hours */
  WEIR_COVERAGE_WEEK,
  WEIR_COVERAGE_ALL,
  WEIR_COVERAGE_N_RANGES
} WeirCoverageRange;

/* So many columns of pixels of one kind. */
typedef struct
{
  WeirCoverageKind kind;
  guint x;
  guint width;
} WeirCoveragePiece;

/* spans: of weir_coverage_compute() or weir_coverage_clip(); arrays are transfer full */

/* FALSE: it would show nothing, or nothing more than a shorter one */
gboolean weir_coverage_get_range (GArray *spans,
                                  WeirCoverageRange range,
                                  gint64 now,
                                  gint64 *from,
                                  gint64 *to);
GArray *weir_coverage_clip (GArray *spans, gint64 from, gint64 to);
/* (element-type WeirCoveragePiece); where nothing is known there is none */
GArray *weir_coverage_bin (GArray *spans, gint64 from, gint64 to, guint width);
/* (element-type WeirPullRun) that made the span what it is, in the order of pulls */
GPtrArray *weir_coverage_find_pulls (GPtrArray *pulls, const WeirCoverageSpan *span);
/* the nearest to a time, the latest for 0; (transfer none) (nullable) */
WeirPullRun *weir_coverage_pick_pull (GPtrArray *pulls, gint64 time);

gboolean weir_coverage_is_missing (const WeirCoverageSpan *span); /* failed or a hole */
/* "Covered 96 % since 14:00, 2 holes, longest 12 min" */
char *weir_coverage_dup_summary (GArray *spans);
/* "Not pulled 14:02 – 14:20 (18 min)" */
char *weir_coverage_dup_line (const WeirCoverageSpan *span);
/* which runs made it so; pulls: of weir_coverage_find_pulls() */
char *weir_coverage_dup_cause (const WeirCoverageSpan *span, GPtrArray *pulls, gint64 time);

G_END_DECLS

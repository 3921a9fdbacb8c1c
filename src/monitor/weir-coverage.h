/* weir-coverage.h: for which spans of time a subscription has been pulled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-pull-run.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_COVERAGE_COVERED, /* a pull run has succeeded for it */
  WEIR_COVERAGE_FAILED,  /* all that tried have failed */
  WEIR_COVERAGE_RUNNING, /* one is queued or running for it */
  WEIR_COVERAGE_HOLE,    /* no known pull run was for it */
} WeirCoverageKind;

typedef struct
{
  WeirCoverageKind kind;
  gint64 from; /* µs */
  gint64 to;   /* µs */
} WeirCoverageSpan;

/* (element-type WeirCoverageSpan) one after the other without a break, no two neighbours of one kind; from the first known run's
 * window on: nothing is said of what was before. pulls: (element-type WeirPullRun) of one subscription, in any order */
GArray *weir_coverage_compute (GPtrArray *pulls);
WeirCoverageKind weir_coverage_get_kind (WeirPullRun *pull);

G_END_DECLS

/* weir-drift-text.h: schema drift as a person reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-drift.h"

G_BEGIN_DECLS

/* transfer full */
char *weir_drift_text_what (WeirDrift *drift);  /* "number → string" */
char *weir_drift_text_where (WeirDrift *drift); /* "stripe:customer, updated · Acme" */
char *weir_drift_text_when (
    WeirDrift *drift); /* "since 14:02:11, in 96 % of 120 events; in none of 240 before" */
const char *weir_drift_text_icon (WeirDrift *drift);

G_END_DECLS

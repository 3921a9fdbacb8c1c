/* weir-drift-sample.h: one event's payload, from before or after a drift
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-history.h"

G_BEGIN_DECLS

#define WEIR_TYPE_DRIFT_SAMPLE (weir_drift_sample_get_type ())
G_DECLARE_FINAL_TYPE (WeirDriftSample, weir_drift_sample, WEIR, DRIFT_SAMPLE, AdwBin)

GtkWidget *weir_drift_sample_new (WeirHistory *history, const char *title);
void weir_drift_sample_set_number (WeirDriftSample *self, gint64 number); /* an event's, 0 none */

G_END_DECLS

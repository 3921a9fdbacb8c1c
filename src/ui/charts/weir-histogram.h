/* weir-histogram.h: how many there were, by time and by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WEIR_TYPE_HISTOGRAM (weir_histogram_get_type ())
G_DECLARE_FINAL_TYPE (WeirHistogram, weir_histogram, WEIR, HISTOGRAM, GObject)

/* Bins of equal length from start on (µs); the last one may reach beyond end. Filled, then no more changed. */
WeirHistogram *weir_histogram_new (gint64 start, gint64 end, guint n_bins, guint n_groups);
/* what is outside, in time or group, is not counted */
void weir_histogram_add (WeirHistogram *self, gint64 time, guint group, guint count);

gint64 weir_histogram_get_start (WeirHistogram *self);
gint64 weir_histogram_get_end (WeirHistogram *self);
guint weir_histogram_get_n_bins (WeirHistogram *self);
guint weir_histogram_get_n_groups (WeirHistogram *self);
guint weir_histogram_get_count (WeirHistogram *self, guint bin, guint group);
guint weir_histogram_get_bin_total (WeirHistogram *self, guint bin);
guint weir_histogram_get_highest (WeirHistogram *self); /* bin total */
guint64 weir_histogram_get_total (WeirHistogram *self);
void weir_histogram_get_bin_span (WeirHistogram *self, guint bin, gint64 *start, gint64 *end);

G_END_DECLS

/* weir-histogram.h: how many there were, by time and by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WEIR_TYPE_HISTOGRAM (weir_histogram_get_type ())
G_DECLARE_FINAL_TYPE (WeirHistogram, weir_histogram, WEIR, HISTOGRAM, GObject)

/* Bins of one length from start on (µs), one thread at a time. */
WeirHistogram *weir_histogram_new (gint64 start, gint64 length, guint n_bins, guint n_groups);
/* what is outside, in time or group, is not counted */
void weir_histogram_add (WeirHistogram *self, gint64 time, guint group, guint count);

gint64 weir_histogram_get_start (WeirHistogram *self);
gint64 weir_histogram_get_end (WeirHistogram *self);    /* it is outside */
gint64 weir_histogram_get_length (WeirHistogram *self); /* of a bin */
guint weir_histogram_get_n_bins (WeirHistogram *self);
guint weir_histogram_get_n_groups (WeirHistogram *self);
guint weir_histogram_get_count (WeirHistogram *self, guint bin, guint group);
guint weir_histogram_get_bin_total (WeirHistogram *self, guint bin);
guint weir_histogram_find_highest (WeirHistogram *self); /* bin; the first of them */
guint64 weir_histogram_get_total (WeirHistogram *self);
guint64 weir_histogram_get_group_total (WeirHistogram *self, guint group);
void weir_histogram_get_bin_span (WeirHistogram *self, guint bin, gint64 *start, gint64 *end);

G_END_DECLS

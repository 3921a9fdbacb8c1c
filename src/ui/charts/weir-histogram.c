/* weir-histogram.c: how many there were, by time and by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-histogram.h"

struct _WeirHistogram
{
  GObject parent_instance;

  gint64 start;
  gint64 end;
  gint64 length; /* of a bin, µs */
  guint n_bins;
  guint n_groups;
  guint *counts; /* a bin's groups stand side by side */
};

G_DEFINE_FINAL_TYPE (WeirHistogram, weir_histogram, G_TYPE_OBJECT)

static void
weir_histogram_finalize (GObject *object)
{
  g_free (WEIR_HISTOGRAM (object)->counts);

  G_OBJECT_CLASS (weir_histogram_parent_class)->finalize (object);
}

static void
weir_histogram_class_init (WeirHistogramClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_histogram_finalize;
}

static void
weir_histogram_init (WeirHistogram *self)
{
}

/**
 * weir_histogram_new:
 * @start: where the first bin begins, µs
 * @end: where the last bin ends, µs; not before @start
 * @n_bins: at least one
 * @n_groups: at least one
 *
 * Returns: (transfer full): a histogram without counts
 */
WeirHistogram *
weir_histogram_new (gint64 start, gint64 end, guint n_bins, guint n_groups)
{
  WeirHistogram *self;

  g_return_val_if_fail (n_bins > 0 && n_groups > 0, NULL);
  g_return_val_if_fail (end >= start, NULL);

  self = g_object_new (WEIR_TYPE_HISTOGRAM, NULL);
  self->start = start;
  self->end = end;
  /* rounded up, so that the end is inside */
  self->length = MAX ((end - start + n_bins - 1) / n_bins, 1);
  self->n_bins = n_bins;
  self->n_groups = n_groups;
  self->counts = g_new0 (guint, (gsize) n_bins * n_groups);

  return self;
}

/**
 * weir_histogram_add:
 * @self: a histogram
 * @time: when, µs
 * @group: whose
 * @count: how many
 *
 * Counts what lies between start and end, both included.
 */
void
weir_histogram_add (WeirHistogram *self, gint64 time, guint group, guint count)
{
  gint64 bin;

  g_return_if_fail (WEIR_IS_HISTOGRAM (self));

  if (time < self->start || time > self->end || group >= self->n_groups)
    return;

  bin = MIN ((time - self->start) / self->length, self->n_bins - 1);
  self->counts[bin * self->n_groups + group] += count;
}

/**
 * weir_histogram_get_start:
 * @self: a histogram
 *
 * Returns: where the first bin begins, µs
 */
gint64
weir_histogram_get_start (WeirHistogram *self)
{
  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);

  return self->start;
}

/**
 * weir_histogram_get_end:
 * @self: a histogram
 *
 * Returns: where the last bin ends, µs
 */
gint64
weir_histogram_get_end (WeirHistogram *self)
{
  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);

  return self->end;
}

/**
 * weir_histogram_get_n_bins:
 * @self: a histogram
 *
 * Returns: the number of bins
 */
guint
weir_histogram_get_n_bins (WeirHistogram *self)
{
  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);

  return self->n_bins;
}

/**
 * weir_histogram_get_n_groups:
 * @self: a histogram
 *
 * Returns: the number of groups
 */
guint
weir_histogram_get_n_groups (WeirHistogram *self)
{
  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);

  return self->n_groups;
}

/**
 * weir_histogram_get_count:
 * @self: a histogram
 * @bin: a bin
 * @group: a group
 *
 * Returns: how many of @group there are in @bin
 */
guint
weir_histogram_get_count (WeirHistogram *self, guint bin, guint group)
{
  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);
  g_return_val_if_fail (bin < self->n_bins && group < self->n_groups, 0);

  return self->counts[(gsize) bin * self->n_groups + group];
}

/**
 * weir_histogram_get_bin_total:
 * @self: a histogram
 * @bin: a bin
 *
 * Returns: how many there are in @bin
 */
guint
weir_histogram_get_bin_total (WeirHistogram *self, guint bin)
{
  guint total = 0;

  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);
  g_return_val_if_fail (bin < self->n_bins, 0);

  for (guint i = 0; i < self->n_groups; i++)
    total += self->counts[(gsize) bin * self->n_groups + i];

  return total;
}

/**
 * weir_histogram_get_highest:
 * @self: a histogram
 *
 * Returns: the greatest total of a bin
 */
guint
weir_histogram_get_highest (WeirHistogram *self)
{
  guint highest = 0;

  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);

  for (guint i = 0; i < self->n_bins; i++)
    highest = MAX (highest, weir_histogram_get_bin_total (self, i));

  return highest;
}

/**
 * weir_histogram_get_total:
 * @self: a histogram
 *
 * Returns: all that was counted
 */
guint64
weir_histogram_get_total (WeirHistogram *self)
{
  guint64 total = 0;

  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);

  for (gsize i = 0; i < (gsize) self->n_bins * self->n_groups; i++)
    total += self->counts[i];

  return total;
}

/**
 * weir_histogram_get_bin_span:
 * @self: a histogram
 * @bin: a bin
 * @start: (out): where it begins, µs
 * @end: (out): where it ends, µs
 */
void
weir_histogram_get_bin_span (WeirHistogram *self, guint bin, gint64 *start, gint64 *end)
{
  g_return_if_fail (WEIR_IS_HISTOGRAM (self));
  g_return_if_fail (bin < self->n_bins);

  *start = self->start + bin * self->length;
  *end = MIN (*start + self->length, MAX (self->end, *start));
}

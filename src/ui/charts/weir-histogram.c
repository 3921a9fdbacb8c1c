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
 * @length: of a bin, µs, at least 1
 * @n_bins: at least one
 * @n_groups: at least one
 *
 * Returns: (transfer full): a histogram without counts
 */
WeirHistogram *
weir_histogram_new (gint64 start, gint64 length, guint n_bins, guint n_groups)
{
  WeirHistogram *self;

  g_return_val_if_fail (length > 0 && n_bins > 0 && n_groups > 0, NULL);

  self = g_object_new (WEIR_TYPE_HISTOGRAM, NULL);
  self->start = start;
  self->length = length;
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
 * Counts what lies between start, which is inside, and end, which is not.
 */
void
weir_histogram_add (WeirHistogram *self, gint64 time, guint group, guint count)
{
  g_return_if_fail (WEIR_IS_HISTOGRAM (self));

  if (time < self->start || group >= self->n_groups
      || (guint64) time - (guint64) self->start >= (guint64) self->length * self->n_bins)
    return;

  self->counts[(time - self->start) / self->length * self->n_groups + group] += count;
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

  return self->start + self->n_bins * self->length;
}

/**
 * weir_histogram_get_length:
 * @self: a histogram
 *
 * Returns: the length of a bin, µs
 */
gint64
weir_histogram_get_length (WeirHistogram *self)
{
  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 1);

  return self->length;
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
 * weir_histogram_find_highest:
 * @self: a histogram
 *
 * Returns: the first bin that has no fewer than any other
 */
guint
weir_histogram_find_highest (WeirHistogram *self)
{
  guint highest = 0;
  guint most = 0;

  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);

  for (guint i = 0; i < self->n_bins; i++)
    {
      guint total = weir_histogram_get_bin_total (self, i);

      if (total > most)
        {
          highest = i;
          most = total;
        }
    }

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
 * weir_histogram_get_group_total:
 * @self: a histogram
 * @group: a group
 *
 * Returns: all that was counted of @group
 */
guint64
weir_histogram_get_group_total (WeirHistogram *self, guint group)
{
  guint64 total = 0;

  g_return_val_if_fail (WEIR_IS_HISTOGRAM (self), 0);
  g_return_val_if_fail (group < self->n_groups, 0);

  for (guint i = 0; i < self->n_bins; i++)
    total += self->counts[(gsize) i * self->n_groups + group];

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
  *end = *start + self->length;
}

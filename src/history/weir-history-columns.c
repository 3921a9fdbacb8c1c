/* weir-history-columns.c: of each event in memory its time and its facet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-columns.h"

/**
 * weir_columns_new:
 *
 * Returns: (transfer full): columns of no event
 */
WeirColumns *
weir_columns_new (void)
{
  WeirColumns *self = g_new0 (WeirColumns, 1);

  g_atomic_ref_count_init (&self->refs);
  return self;
}

/**
 * weir_columns_unref:
 * @self: (transfer full): columns
 */
void
weir_columns_unref (WeirColumns *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (self->chunks); i++)
    g_free (self->chunks[i]);
  g_free (self);
}

/**
 * weir_columns_put:
 * @self: columns
 * @number: an event's number, at most %WEIR_COLUMNS_MAX_NUMBER
 * @time: when it occurred, µs
 * @facet: its facet, with %WEIR_COLUMNS_GONE where it is gone
 *
 * One thread at a time may write.
 */
void
weir_columns_put (WeirColumns *self, guint32 number, gint64 time, guint32 facet)
{
  WeirColumnChunk *chunk = weir_columns_get_chunk (self, number);
  guint32 slot = number & (WEIR_COLUMNS_CHUNK - 1);

  if (chunk == NULL)
    {
      chunk = g_new0 (WeirColumnChunk, 1);
      __atomic_store_n (&self->chunks[number >> WEIR_COLUMNS_SHIFT], chunk, __ATOMIC_RELEASE);
    }

  __atomic_store_n (&chunk->times[slot], time, __ATOMIC_RELAXED);
  __atomic_store_n (&chunk->facets[slot], facet, __ATOMIC_RELAXED);
}

/* weir-history-columns.c: of each event in memory its time and its facet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-columns.h"

#include "weir-heap.h"

#define WIDE_SIZE (WEIR_COLUMNS_CHUNK * sizeof (guint32))

static gboolean
is_short (guint32 facet)
{
  return (facet & ~WEIR_COLUMNS_GONE) < WEIR_COLUMNS_SHORT_GONE;
}

static void
free_chunk (WeirColumnChunk *chunk)
{
  if (chunk == NULL)
    return;
  weir_heap_free_block (chunk->wide, WIDE_SIZE);
  weir_heap_free_block (chunk, sizeof *chunk);
}

/* Who reads meanwhile finds the same facets in either place. */
static void
widen (WeirColumns *self, WeirColumnChunk *chunk, guint32 first)
{
  guint32 *wide = weir_heap_new_block (WIDE_SIZE);

  for (guint32 slot = 0; slot < WEIR_COLUMNS_CHUNK; slot++)
    wide[slot] = weir_columns_get_facet (self, first + slot);
  __atomic_store_n (&chunk->wide, wide, __ATOMIC_RELEASE);
}

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
    free_chunk (self->chunks[i]);
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
      chunk = weir_heap_new_block (sizeof (WeirColumnChunk));
      __atomic_store_n (&self->chunks[number >> WEIR_COLUMNS_SHIFT], chunk, __ATOMIC_RELEASE);
    }

  if (chunk->wide == NULL && !is_short (facet))
    widen (self, chunk, number - slot);

  __atomic_store_n (&chunk->times[slot], time, __ATOMIC_RELAXED);
  if (chunk->wide != NULL)
    __atomic_store_n (&chunk->wide[slot], facet, __ATOMIC_RELAXED);
  else
    __atomic_store_n (&chunk->facets[slot], (guint16) (facet | facet >> 16), __ATOMIC_RELAXED);
}

/**
 * weir_columns_empty:
 * @self: columns
 * @block: the numbers from %WEIR_COLUMNS_BLOCK times it on
 *
 * Where all of a block's events are gone, their entries become those of no event and take no memory. Nobody may still
 * have numbers of it in an order of time. One thread at a time may write.
 */
void
weir_columns_empty (WeirColumns *self, guint32 block)
{
  guint32 first = block * WEIR_COLUMNS_BLOCK;
  guint32 slot = first & (WEIR_COLUMNS_CHUNK - 1);
  WeirColumnChunk *chunk = weir_columns_get_chunk (self, first);

  if (chunk == NULL)
    return;
  for (guint32 i = 0; i < WEIR_COLUMNS_BLOCK; i++)
    {
      guint32 facet = weir_columns_get_facet (self, first + i);

      if (facet != 0 && (facet & WEIR_COLUMNS_GONE) == 0)
        return;
    }

  weir_heap_empty_block (chunk->times, slot * sizeof *chunk->times,
                         WEIR_COLUMNS_BLOCK * sizeof *chunk->times);
  weir_heap_empty_block (chunk->facets, slot * sizeof *chunk->facets,
                         WEIR_COLUMNS_BLOCK * sizeof *chunk->facets);
  if (chunk->wide != NULL)
    weir_heap_empty_block (chunk->wide, slot * sizeof *chunk->wide,
                           WEIR_COLUMNS_BLOCK * sizeof *chunk->wide);
}

/* weir-history-columns.h: of each event in memory its time and its facet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ten bytes an event, by number, in chunks that never move: a reader needs no lock. A number's entry
 * may change under a reader, but each of its halves is read whole. A facet takes two bytes; in a chunk
 * with one whose number is too large for them, each takes four. */
#define WEIR_COLUMNS_SHIFT 16
#define WEIR_COLUMNS_CHUNK (1u << WEIR_COLUMNS_SHIFT)
/* Of so many events that are all gone the memory is given back: whole pages of the system's. */
#define WEIR_COLUMNS_BLOCK 4096u
#define WEIR_COLUMNS_MAX_NUMBER (G_MAXUINT32 - 1)
/* A facet with this bit is that of an event that is gone; 0 is no event at all. */
#define WEIR_COLUMNS_GONE 0x80000000u

#define WEIR_COLUMNS_SHORT_GONE 0x8000u

typedef struct
{
  gint64 times[WEIR_COLUMNS_CHUNK];
  guint16
      facets[WEIR_COLUMNS_CHUNK]; /* with WEIR_COLUMNS_SHORT_GONE; none where there are wide ones */
  guint32 *wide;                  /* (nullable) */
} WeirColumnChunk;

typedef struct
{
  gatomicrefcount refs;
  WeirColumnChunk *chunks[1u << (32 - WEIR_COLUMNS_SHIFT)];
} WeirColumns;

WeirColumns *weir_columns_new (void);
void weir_columns_unref (WeirColumns *self);
void weir_columns_put (WeirColumns *self, guint32 number, gint64 time, guint32 facet);
void weir_columns_empty (WeirColumns *self, guint32 block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirColumns, weir_columns_unref)

static inline WeirColumnChunk *
weir_columns_get_chunk (const WeirColumns *self, guint32 number)
{
  return __atomic_load_n (&self->chunks[number >> WEIR_COLUMNS_SHIFT], __ATOMIC_ACQUIRE);
}

static inline gint64
weir_columns_get_time (const WeirColumns *self, guint32 number)
{
  const WeirColumnChunk *chunk = weir_columns_get_chunk (self, number);

  if (G_UNLIKELY (chunk == NULL))
    return 0;
  return __atomic_load_n (&chunk->times[number & (WEIR_COLUMNS_CHUNK - 1)], __ATOMIC_RELAXED);
}

static inline guint32
weir_columns_get_facet (const WeirColumns *self, guint32 number)
{
  const WeirColumnChunk *chunk = weir_columns_get_chunk (self, number);
  guint32 slot = number & (WEIR_COLUMNS_CHUNK - 1);
  const guint32 *wide;
  guint32 facet;

  if (G_UNLIKELY (chunk == NULL))
    return 0;
  wide = __atomic_load_n (&chunk->wide, __ATOMIC_ACQUIRE);
  if (G_UNLIKELY (wide != NULL))
    return __atomic_load_n (&wide[slot], __ATOMIC_RELAXED);
  facet = __atomic_load_n (&chunk->facets[slot], __ATOMIC_RELAXED);
  /* the mark of what is gone moves to the highest bit */
  return (facet & ~WEIR_COLUMNS_SHORT_GONE) | (facet & WEIR_COLUMNS_SHORT_GONE) << 16;
}

/* Order of time, and of arrival where times are equal. */
static inline int
weir_columns_compare (const WeirColumns *self, guint32 a, guint32 b)
{
  gint64 one = weir_columns_get_time (self, a);
  gint64 other = weir_columns_get_time (self, b);

  if (one != other)
    return one < other ? -1 : 1;
  return (a > b) - (a < b);
}

G_END_DECLS

/* weir-history-numbers.c: numbers of events in the order of time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-numbers.h"

#include "weir-heap.h"

#include <string.h>

/* With its head it is whole pages of memory. */
#define CHUNK 8188u
/* A shorter piece is copied rather than shared, so that lists do not fall to pieces. */
#define SHORT_PIECE 1024u

/* Only ever grows: what lists see of it does not change. */
typedef struct
{
  gatomicrefcount refs;
  guint capacity;
  int filled; /* atomic: who moves it owns the room it passed */
  guint32 numbers[];
} Chunk;

typedef struct
{
  Chunk *chunk;
  guint offset;
  guint count;
  guint start; /* position of its first number */
} Piece;

struct _WeirNumbers
{
  gatomicrefcount refs;
  guint length;
  guint n_pieces;
  Piece pieces[];
};

/* A list under construction. */
typedef struct
{
  GArray *pieces;
  Chunk *open; /* the last piece's, if it was made here and has room */
  guint length;
} Builder;

static gsize
get_size (guint capacity)
{
  return sizeof (Chunk) + capacity * sizeof (guint32);
}

static Chunk *
chunk_new (guint capacity)
{
  gsize size = get_size (capacity);
  Chunk *chunk = capacity == CHUNK ? weir_heap_new_block (size) : g_malloc (size);

  g_atomic_ref_count_init (&chunk->refs);
  chunk->capacity = capacity;
  chunk->filled = 0;
  return chunk;
}

static void
chunk_unref (Chunk *chunk)
{
  if (!g_atomic_ref_count_dec (&chunk->refs))
    return;
  if (chunk->capacity == CHUNK)
    weir_heap_free_block (chunk, get_size (CHUNK));
  else
    g_free (chunk);
}

static void
builder_init (Builder *builder)
{
  builder->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  builder->open = NULL;
  builder->length = 0;
}

static void
builder_copy (Builder *builder, const guint32 *numbers, guint n, guint expected)
{
  while (n > 0)
    {
      Chunk *chunk = builder->open;
      guint taken;

      if (chunk == NULL || (guint) chunk->filled == chunk->capacity)
        {
          Piece piece = { chunk_new (CLAMP (MAX (n, expected), 64, CHUNK)), 0, 0, builder->length };

          g_array_append_val (builder->pieces, piece);
          builder->open = chunk = piece.chunk;
        }

      taken = MIN (n, chunk->capacity - (guint) chunk->filled);
      memcpy (chunk->numbers + chunk->filled, numbers, taken * sizeof *numbers);
      chunk->filled += (int) taken;
      g_array_index (builder->pieces, Piece, builder->pieces->len - 1).count += taken;
      builder->length += taken;
      numbers += taken;
      n -= taken;
    }
}

static void
builder_share (Builder *builder, const Piece *piece)
{
  Piece shared = *piece;

  if (piece->count == 0)
    return;
  if (piece->count < SHORT_PIECE)
    {
      builder_copy (builder, piece->chunk->numbers + piece->offset, piece->count, 2 * SHORT_PIECE);
      return;
    }

  g_atomic_ref_count_inc (&piece->chunk->refs);
  shared.start = builder->length;
  g_array_append_val (builder->pieces, shared);
  builder->length += piece->count;
  builder->open = NULL;
}

/* At the end, in the last chunk's own room where nobody was there before. */
static void
builder_append (Builder *builder, const guint32 *numbers, guint n)
{
  Piece *last = builder->pieces->len > 0
                    ? &g_array_index (builder->pieces, Piece, builder->pieces->len - 1)
                    : NULL;
  Chunk *chunk = last != NULL ? last->chunk : NULL;
  guint taken;

  if (chunk != NULL && builder->open == NULL)
    {
      int end = (int) (last->offset + last->count);

      taken = MIN (n, chunk->capacity - (guint) end);
      if (taken > 0 && g_atomic_int_compare_and_exchange (&chunk->filled, end, end + (int) taken))
        {
          memcpy (chunk->numbers + end, numbers, taken * sizeof *numbers);
          last->count += taken;
          builder->length += taken;
          numbers += taken;
          n -= taken;
        }
    }
  builder_copy (builder, numbers, n, CHUNK);
}

static WeirNumbers *
builder_end (Builder *builder)
{
  guint n = builder->pieces->len;
  WeirNumbers *self = g_malloc (sizeof (WeirNumbers) + n * sizeof (Piece));

  g_atomic_ref_count_init (&self->refs);
  self->length = builder->length;
  self->n_pieces = n;
  if (n > 0)
    memcpy (self->pieces, builder->pieces->data, n * sizeof (Piece));
  g_array_unref (builder->pieces);
  return self;
}

static const Piece *
find_piece (const WeirNumbers *self, guint position)
{
  guint low = 0, high = self->n_pieces;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->pieces[middle].start <= position)
        low = middle;
      else
        high = middle;
    }
  return &self->pieces[low];
}

static const guint32 *
get_numbers (const Piece *piece)
{
  return piece->chunk->numbers + piece->offset;
}

/* The first position in a piece whose number is not before @number. */
static guint
find_in_piece (const Piece *piece, const WeirColumns *columns, guint32 number)
{
  const guint32 *numbers = get_numbers (piece);
  guint low = 0, high = piece->count;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (weir_columns_compare (columns, numbers[middle], number) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
ends_before (const Piece *piece, const WeirColumns *columns, guint32 number)
{
  return weir_columns_compare (columns, get_numbers (piece)[piece->count - 1], number) < 0;
}

/**
 * weir_numbers_new:
 * @numbers: (array length=n_numbers): in the order of time
 * @n_numbers: how many
 *
 * Returns: (transfer full): the list
 */
WeirNumbers *
weir_numbers_new (const guint32 *numbers, guint n_numbers)
{
  Builder builder;

  builder_init (&builder);
  builder_copy (&builder, numbers, n_numbers, n_numbers);
  return builder_end (&builder);
}

/**
 * weir_numbers_ref:
 * @self: a list
 *
 * Returns: (transfer full): the same
 */
WeirNumbers *
weir_numbers_ref (WeirNumbers *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * weir_numbers_unref:
 * @self: (transfer full): a list
 */
void
weir_numbers_unref (WeirNumbers *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (guint i = 0; i < self->n_pieces; i++)
    chunk_unref (self->pieces[i].chunk);
  g_free (self);
}

/**
 * weir_numbers_get_length:
 * @self: a list
 *
 * Returns: how many there are
 */
guint
weir_numbers_get_length (WeirNumbers *self)
{
  return self->length;
}

/**
 * weir_numbers_get:
 * @self: a list
 * @position: less than its length
 *
 * Returns: the number there
 */
guint32
weir_numbers_get (WeirNumbers *self, guint position)
{
  const Piece *piece = find_piece (self, position);

  return get_numbers (piece)[position - piece->start];
}

/**
 * weir_numbers_get_piece:
 * @self: a list
 * @position: less than its length
 * @n_numbers: (out): how many lie side by side
 *
 * Returns: (transfer none) (array length=n_numbers): the number at @position and those after it
 */
const guint32 *
weir_numbers_get_piece (WeirNumbers *self, guint position, guint *n_numbers)
{
  const Piece *piece = find_piece (self, position);

  *n_numbers = piece->count - (position - piece->start);
  return get_numbers (piece) + (position - piece->start);
}

/**
 * weir_numbers_find_time:
 * @self: a list
 * @columns: the times
 * @time: µs
 *
 * Returns: the first position at or after @time
 */
guint
weir_numbers_find_time (WeirNumbers *self, const WeirColumns *columns, gint64 time)
{
  guint low = 0, high = self->length;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (weir_columns_get_time (columns, weir_numbers_get (self, middle)) < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * weir_numbers_contains:
 * @self: a list
 * @columns: the times by which it is sorted
 * @number: a number
 *
 * Returns: whether it is in the list
 */
gboolean
weir_numbers_contains (WeirNumbers *self, const WeirColumns *columns, guint32 number)
{
  guint low = 0, high = self->length;

  /* thousands may have the same time */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (weir_columns_compare (columns, weir_numbers_get (self, middle), number) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->length && weir_numbers_get (self, low) == number;
}

/* Notes that @count numbers were put in at the builder's end. */
static void
note_run (GArray *runs, guint position, guint count)
{
  WeirHistoryRun run = { position, count };

  if (runs == NULL || count == 0)
    return;
  if (runs->len > 0)
    {
      WeirHistoryRun *last = &g_array_index (runs, WeirHistoryRun, runs->len - 1);

      if (last->position + last->count == position)
        {
          last->count += count;
          return;
        }
    }
  g_array_append_val (runs, run);
}

/* One piece with those numbers put in between that come before its end. */
static guint
merge_piece (Builder *builder,
             const Piece *piece,
             const WeirColumns *columns,
             const guint32 *sorted,
             guint n_sorted,
             GArray *runs)
{
  const guint32 *numbers = get_numbers (piece);
  guint expected = MIN (piece->count + n_sorted, CHUNK);
  guint copied = 0, taken = 0;

  /* halves, so that the next one finds room */
  if (expected == CHUNK)
    expected = piece->count / 2 + n_sorted;

  while (taken < n_sorted && !ends_before (piece, columns, sorted[taken]))
    {
      guint at = find_in_piece (piece, columns, sorted[taken]);

      builder_copy (builder, numbers + copied, at - copied, expected);
      copied = at;
      note_run (runs, builder->length, 1);
      builder_copy (builder, &sorted[taken], 1, expected);
      taken++;
    }

  builder_copy (builder, numbers + copied, piece->count - copied, expected);
  return taken;
}

/**
 * weir_numbers_merge:
 * @self: a list
 * @columns: their times, and those of @sorted
 * @sorted: (array length=n_sorted): in the order of time, none of them in @self
 * @n_sorted: how many
 * @runs: (nullable) (element-type WeirHistoryRun): where they are in the result is added to it
 *
 * Returns: (transfer full): both
 */
WeirNumbers *
weir_numbers_merge (WeirNumbers *self,
                    const WeirColumns *columns,
                    const guint32 *sorted,
                    guint n_sorted,
                    GArray *runs)
{
  Builder builder;
  guint taken = 0;

  builder_init (&builder);
  for (guint i = 0; i < self->n_pieces; i++)
    {
      const Piece *piece = &self->pieces[i];

      if (taken == n_sorted || ends_before (piece, columns, sorted[taken]))
        {
          /* the last one is shared however short it is: what follows goes on in it */
          if (i + 1 == self->n_pieces && builder.open == NULL)
            {
              Piece shared = *piece;

              g_atomic_ref_count_inc (&piece->chunk->refs);
              shared.start = builder.length;
              g_array_append_val (builder.pieces, shared);
              builder.length += piece->count;
            }
          else
            builder_share (&builder, piece);
        }
      else
        taken += merge_piece (&builder, piece, columns, sorted + taken, n_sorted - taken, runs);
    }

  note_run (runs, builder.length, n_sorted - taken);
  builder_append (&builder, sorted + taken, n_sorted - taken);
  return builder_end (&builder);
}

/**
 * weir_numbers_slice:
 * @self: a list
 * @from: the first position
 * @to: the position behind the last
 *
 * Returns: (transfer full): that part of it
 */
WeirNumbers *
weir_numbers_slice (WeirNumbers *self, guint from, guint to)
{
  Builder builder;

  if (from == 0 && to == self->length)
    return weir_numbers_ref (self);

  builder_init (&builder);
  while (from < to)
    {
      Piece part = *find_piece (self, from);
      guint skipped = from - part.start;

      part.offset += skipped;
      part.count = MIN (part.count - skipped, to - from);
      builder_share (&builder, &part);
      from += part.count;
    }
  return builder_end (&builder);
}

static gboolean
is_wanted (const WeirColumns *columns,
           guint32 number,
           const guint8 *facets,
           guint n_facets,
           const guint8 *bits)
{
  guint32 facet = weir_columns_get_facet (columns, number);

  return facet < n_facets && facets[facet]
         && (bits == NULL || (bits[number >> 3] & (1u << (number & 7))) != 0);
}

/* The newest @limit, from the end on. */
static WeirNumbers *
filter_newest (WeirNumbers *self,
               const WeirColumns *columns,
               guint from,
               guint to,
               const guint8 *facets,
               guint n_facets,
               const guint8 *bits,
               guint limit,
               GCancellable *cancellable)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 *numbers;

  while (to > from && found->len < limit)
    {
      const Piece *piece = find_piece (self, to - 1);
      const guint32 *of_piece = get_numbers (piece);
      guint i = to - piece->start;
      guint end = MAX (from, piece->start) - piece->start;

      for (; i > end && found->len < limit; i--)
        if (is_wanted (columns, of_piece[i - 1], facets, n_facets, bits))
          g_array_append_val (found, of_piece[i - 1]);
      to = piece->start + end;
      if (g_cancellable_is_cancelled (cancellable))
        break;
    }

  numbers = (guint32 *) (gpointer) found->data;
  for (guint i = 0, j = found->len; i + 1 < j; i++)
    {
      guint32 number = numbers[i];

      numbers[i] = numbers[--j];
      numbers[j] = number;
    }
  return weir_numbers_new (numbers, found->len);
}

/**
 * weir_numbers_filter:
 * @self: a list
 * @columns: their facets
 * @from: the first position
 * @to: the position behind the last
 * @facets: (array length=n_facets): which facets are wanted
 * @n_facets: how many; an event of any other is not
 * @bits: (nullable): a bit each number, of those that are wanted
 * @limit: the newest so many, 0 for all
 * @cancellable: (nullable): ends it early, with a part of the answer
 *
 * Returns: (transfer full): those that are wanted
 */
WeirNumbers *
weir_numbers_filter (WeirNumbers *self,
                     const WeirColumns *columns,
                     guint from,
                     guint to,
                     const guint8 *facets,
                     guint n_facets,
                     const guint8 *bits,
                     guint limit,
                     GCancellable *cancellable)
{
  guint32 found[CHUNK];
  Builder builder;

  if (limit > 0)
    return filter_newest (self, columns, from, to, facets, n_facets, bits, limit, cancellable);

  builder_init (&builder);
  while (from < to && !g_cancellable_is_cancelled (cancellable))
    {
      const Piece *piece = find_piece (self, from);
      const guint32 *numbers = get_numbers (piece) + (from - piece->start);
      guint n = MIN (piece->count - (from - piece->start), to - from);
      guint n_found = 0;

      /* without a branch that cannot be foreseen */
      for (guint i = 0; i < n; i++)
        {
          found[n_found] = numbers[i];
          n_found += is_wanted (columns, numbers[i], facets, n_facets, bits);
        }

      if (n_found == piece->count)
        builder_share (&builder, piece);
      else
        builder_copy (&builder, found, n_found, CHUNK);
      from += n;
    }
  return builder_end (&builder);
}

/**
 * weir_numbers_remove:
 * @self: a list
 * @columns: the times by which it is sorted
 * @gone: (array length=n_gone): in the order of time
 * @n_gone: how many
 *
 * Returns: (transfer full): the others
 */
WeirNumbers *
weir_numbers_remove (WeirNumbers *self,
                     const WeirColumns *columns,
                     const guint32 *gone,
                     guint n_gone)
{
  Builder builder;
  guint passed = 0;

  builder_init (&builder);
  for (guint i = 0; i < self->n_pieces; i++)
    {
      const Piece *piece = &self->pieces[i];
      const guint32 *numbers = get_numbers (piece);
      guint copied = 0;

      while (passed < n_gone && !ends_before (piece, columns, gone[passed]))
        {
          guint at = find_in_piece (piece, columns, gone[passed]);

          if (at < piece->count && numbers[at] == gone[passed] && at >= copied)
            {
              builder_copy (&builder, numbers + copied, at - copied, CHUNK);
              copied = at + 1;
            }
          passed++;
        }

      if (copied == 0)
        builder_share (&builder, piece);
      else
        builder_copy (&builder, numbers + copied, piece->count - copied, CHUNK);
    }
  return builder_end (&builder);
}

/* weir-search.c: finds bytes without regard to the case of ASCII letters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-search.h"

#include <string.h>

/* Bytes that JSON is full of, the most frequent first. */
static const char COMMON[] = "\"e 0,ta:i1ondsrc2l_3u54m8p6-79hfTbg.yZv{}/wkx@";

typedef guint8 Block __attribute__ ((vector_size (16)));
typedef guint64 Halves __attribute__ ((vector_size (16)));

/* A byte at an offset: (byte | fold) == wanted. */
typedef struct
{
  gsize offset;
  guint8 fold;
  guint8 wanted;
} Probe;

struct _WeirSearch
{
  gsize length;
  Probe probes[2]; /* the two rarest */
  char folded[];
};

static gsize
get_rarity (char c)
{
  const char *found = c != '\0' ? strchr (COMMON, c) : NULL;

  return found != NULL ? (gsize) (found - COMMON) : sizeof COMMON;
}

/* @other: where the other probe is; two of one byte at different places are better than one */
static Probe
choose_probe (const WeirSearch *self, gsize other)
{
  Probe probe = { .offset = 0 };
  gsize best = 0;
  char c;

  for (gsize i = 0; i < self->length; i++)
    {
      gsize rarity = i == other ? 0 : get_rarity (self->folded[i]) + 1;

      if (rarity > best)
        {
          best = rarity;
          probe.offset = i;
        }
    }
  c = self->folded[probe.offset];
  probe.fold = g_ascii_islower (c) ? 0x20 : 0;
  probe.wanted = (guint8) c;
  return probe;
}

static gboolean
is_at (const WeirSearch *self, const char *at)
{
  for (gsize i = 0; i < self->length; i++)
    if (g_ascii_tolower (at[i]) != self->folded[i])
      return FALSE;
  return TRUE;
}

static inline Block
load (const char *at)
{
  Block block;

  memcpy (&block, at, sizeof block);
  return block;
}

static inline Block
repeat (guint8 byte)
{
  return (Block){ byte, byte, byte, byte, byte, byte, byte, byte,
                  byte, byte, byte, byte, byte, byte, byte, byte };
}

static inline gboolean
has_any (Block block)
{
  Halves halves = (Halves) block;

  return (halves[0] | halves[1]) != 0;
}

/**
 * weir_search_new:
 * @bytes: what is looked for
 * @length: how many, not 0
 *
 * Returns: (transfer full): a search
 */
WeirSearch *
weir_search_new (const char *bytes, gsize length)
{
  WeirSearch *self;

  g_return_val_if_fail (length > 0, NULL);

  self = g_malloc0 (sizeof *self + length);
  self->length = length;
  for (gsize i = 0; i < length; i++)
    self->folded[i] = g_ascii_tolower (bytes[i]);
  self->probes[0] = choose_probe (self, length);
  self->probes[1] = choose_probe (self, self->probes[0].offset);
  return self;
}

/**
 * weir_search_free:
 * @self: (nullable): a search
 */
void
weir_search_free (WeirSearch *self)
{
  g_free (self);
}

/**
 * weir_search_find:
 * @self: a search
 * @at: where to begin
 * @end: behind the last byte
 *
 * 32 places a step are tested for the two rarest bytes; only where both are there is the rest compared.
 *
 * Returns: (nullable): where it begins, %NULL if nowhere
 */
const char *
weir_search_find (const WeirSearch *self, const char *at, const char *end)
{
  const Probe first = self->probes[0];
  const Probe second = self->probes[1];
  const Block first_fold = repeat (first.fold);
  const Block first_wanted = repeat (first.wanted);
  const Block second_fold = repeat (second.fold);
  const Block second_wanted = repeat (second.wanted);
  const char *last;

  if ((gsize) (end - at) < self->length)
    return NULL;
  last = end - self->length;

  for (; last - at >= 31; at += 32)
    {
      Block hits[2];

      for (int i = 0; i < 2; i++)
        hits[i] = (Block) (((load (at + 16 * i + first.offset) | first_fold) == first_wanted)
                           & ((load (at + 16 * i + second.offset) | second_fold) == second_wanted));
      if (!has_any (hits[0] | hits[1]))
        continue;
      for (int i = 0; i < 32; i++)
        if (hits[i / 16][i % 16] != 0 && is_at (self, at + i))
          return at + i;
    }
  for (; at <= last; at++)
    if (((guint8) at[first.offset] | first.fold) == first.wanted && is_at (self, at))
      return at;
  return NULL;
}

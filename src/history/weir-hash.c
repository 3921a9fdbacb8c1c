/* weir-hash.c: the hash of ids and of words that the history keeps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-hash.h"

#include <string.h>

#define MULTIPLIER_A G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define MULTIPLIER_B G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9)

static guint64
mix (guint64 value)
{
  value ^= value >> 32;
  value *= MULTIPLIER_B;
  value ^= value >> 29;
  return value;
}

/**
 * weir_hash_bytes:
 * @data: bytes
 * @length: how many
 *
 * Eight bytes a step, and no secret in it: a stranger can make two things with one hash, so whoever
 * finds equal hashes compares the things. It is written into the history: never change what it gives.
 *
 * Returns: a hash, the same on every machine
 */
guint64
weir_hash_bytes (gconstpointer data, gsize length)
{
  const guint8 *at = data;
  guint64 hash = length * MULTIPLIER_A;

  for (; length > 0;)
    {
      gsize taken = MIN (length, sizeof (guint64));
      guint64 word = 0;

      memcpy (&word, at, taken);
      hash = (hash ^ mix (GUINT64_FROM_LE (word))) * MULTIPLIER_A;
      hash ^= hash >> 31;
      at += taken;
      length -= taken;
    }

  return mix (hash);
}

/**
 * weir_hash_text:
 * @text: a text
 *
 * Returns: weir_hash_bytes() of it
 */
guint64
weir_hash_text (const char *text)
{
  g_return_val_if_fail (text != NULL, 0);

  return weir_hash_bytes (text, strlen (text));
}

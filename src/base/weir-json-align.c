/* weir-json-align.c: which items of two arrays go together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json-align.h"

/* Up to here the longest common subsequence is found exactly, with a table of 2 bytes a cell. */
#define MAX_CELLS (4u * 1024u * 1024u)

typedef struct
{
  guint n_before;
  guint n_after;
  guint before; /* the last one's place */
  guint after;
} Seen;

static void
align_exactly (const guint64 *before,
               guint n_before,
               const guint64 *after,
               guint n_after,
               guint *partners)
{
  gsize width = (gsize) n_after + 1;
  /* the length of the longest common subsequence from each pair of places on: below 2,049, or there were more cells */
  g_autofree guint16 *table = g_new0 (guint16, ((gsize) n_before + 1) * width);

  for (guint i = n_before; i-- > 0;)
    for (guint j = n_after; j-- > 0;)
      {
        guint16 *cell = &table[i * width + j];

        *cell = before[i] == after[j] ? cell[width + 1] + 1 : MAX (cell[width], cell[1]);
      }

  for (guint i = 0, j = 0; i < n_before && j < n_after;)
    {
      guint16 *cell = &table[i * width + j];

      if (before[i] == after[j])
        partners[i++] = j++;
      else if (cell[width] >= cell[1])
        i++;
      else
        j++;
    }
}

/* Leaves of the partners the longest run that rises: the others have moved. */
static void
keep_rising (guint *partners, guint n)
{
  g_autofree guint *tails =
      g_new (guint, n + 1); /* by length: where the run with the lowest end ends */
  g_autofree guint *previous = g_new (guint, n + 1); /* by place: the one before it in its run */
  guint length = 0;
  guint next;

  for (guint i = 0; i < n; i++)
    {
      guint low = 0;
      guint high = length;

      if (partners[i] == WEIR_JSON_ALIGN_NONE)
        continue;
      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (partners[tails[middle]] < partners[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? tails[low - 1] : WEIR_JSON_ALIGN_NONE;
      tails[low] = i;
      length = MAX (length, low + 1);
    }

  next = length > 0 ? tails[length - 1] : WEIR_JSON_ALIGN_NONE;
  for (guint i = n; i-- > 0;)
    {
      if (i == next)
        next = previous[i];
      else
        partners[i] = WEIR_JSON_ALIGN_NONE;
    }
}

/* By what is there once before and once after. */
static void
align_unique (const guint64 *before,
              guint n_before,
              const guint64 *after,
              guint n_after,
              guint *partners)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  for (guint i = 0; i < n_before; i++)
    {
      Seen *one = g_hash_table_lookup (seen, &before[i]);

      if (one == NULL)
        {
          one = g_new0 (Seen, 1);
          g_hash_table_insert (seen, (gpointer) &before[i], one);
        }
      one->n_before++;
      one->before = i;
    }
  for (guint j = 0; j < n_after; j++)
    {
      Seen *one = g_hash_table_lookup (seen, &after[j]);

      if (one == NULL)
        continue;
      one->n_after++;
      one->after = j;
    }
  for (guint i = 0; i < n_before; i++)
    {
      Seen *one = g_hash_table_lookup (seen, &before[i]);

      if (one->n_before == 1 && one->n_after == 1)
        partners[i] = one->after;
    }
  keep_rising (partners, n_before);
}

/**
 * weir_json_align:
 * @before: a number for each item, the same for those that are the same
 * @n_before: how many there are
 * @after: a number for each item of the newer array
 * @n_after: how many there are
 *
 * Finds what kept its order: exactly in arrays of some thousand items; in longer ones by the items that are there once
 * on either side.
 *
 * Returns: (transfer full) (array length=n_before): for each item before its partner's place after, or
 *   %WEIR_JSON_ALIGN_NONE; the places rise
 */
guint *
weir_json_align (const guint64 *before, guint n_before, const guint64 *after, guint n_after)
{
  guint *partners = g_new (guint, n_before + 1);
  guint same = 0;

  for (guint i = 0; i < n_before; i++)
    partners[i] = WEIR_JSON_ALIGN_NONE;

  /* what is at both ends mostly is */
  while (same < n_before && same < n_after && before[same] == after[same])
    {
      partners[same] = same;
      same++;
    }
  while (n_before > same && n_after > same && before[n_before - 1] == after[n_after - 1])
    partners[--n_before] = --n_after;

  if (n_before > same && n_after > same)
    {
      if ((guint64) (n_before - same + 1) * (n_after - same + 1) <= MAX_CELLS)
        align_exactly (before + same, n_before - same, after + same, n_after - same,
                       partners + same);
      else
        align_unique (before + same, n_before - same, after + same, n_after - same,
                      partners + same);
      for (guint i = same; i < n_before; i++)
        if (partners[i] != WEIR_JSON_ALIGN_NONE)
          partners[i] += same;
    }
  return partners;
}

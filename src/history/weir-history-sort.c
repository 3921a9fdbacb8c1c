/* weir-history-sort.c: numbers of events brought into the order of time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-numbers.h"

#include <string.h>

#define SHORT_RUN 16

/* Events come nearly in order, so whatever is in order already is left where it is. */
static void
insert_short (guint32 *numbers, guint from, guint to, const WeirColumns *columns)
{
  for (guint i = from + 1; i < to; i++)
    {
      guint32 number = numbers[i];
      guint j = i;

      while (j > from && weir_columns_compare (columns, numbers[j - 1], number) > 0)
        {
          numbers[j] = numbers[j - 1];
          j--;
        }
      numbers[j] = number;
    }
}

/* The first of [from, to) that is behind @number. */
static guint
find_behind (const guint32 *numbers,
             guint from,
             guint to,
             guint32 number,
             const WeirColumns *columns)
{
  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (weir_columns_compare (columns, numbers[middle], number) <= 0)
        from = middle + 1;
      else
        to = middle;
    }
  return from;
}

/* Merges [from, middle) and [middle, to), of which mostly only the ends overlap. */
static void
merge (guint32 *numbers,
       guint from,
       guint middle,
       guint to,
       guint32 *room,
       const WeirColumns *columns)
{
  guint i, j, n_left;

  if (weir_columns_compare (columns, numbers[middle - 1], numbers[middle]) <= 0)
    return;

  from = find_behind (numbers, from, middle, numbers[middle], columns);
  to = find_behind (numbers, middle, to, numbers[middle - 1], columns);

  n_left = middle - from;
  memcpy (room, numbers + from, n_left * sizeof *room);
  for (i = 0, j = middle; i < n_left; from++)
    {
      if (j < to && weir_columns_compare (columns, numbers[j], room[i]) < 0)
        numbers[from] = numbers[j++];
      else
        numbers[from] = room[i++];
    }
}

/**
 * weir_numbers_sort:
 * @numbers: (inout) (array length=n_numbers): numbers
 * @n_numbers: how many
 * @columns: their times
 *
 * Brings them into the order of time; fast where they are nearly so.
 */
void
weir_numbers_sort (guint32 *numbers, guint n_numbers, const WeirColumns *columns)
{
  g_autofree guint32 *room = NULL;
  guint in_order = 1;

  while (in_order < n_numbers
         && weir_columns_compare (columns, numbers[in_order - 1], numbers[in_order]) <= 0)
    in_order++;
  if (in_order >= n_numbers)
    return;

  for (guint from = 0; from < n_numbers; from += SHORT_RUN)
    insert_short (numbers, from, MIN (from + SHORT_RUN, n_numbers), columns);

  room = g_new (guint32, n_numbers);
  for (guint64 width = SHORT_RUN; width < n_numbers; width *= 2)
    for (guint64 from = 0; from + width < n_numbers; from += 2 * width)
      merge (numbers, (guint) from, (guint) (from + width),
             (guint) MIN (from + 2 * width, n_numbers), room, columns);
}

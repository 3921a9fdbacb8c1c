/* weir-perf-load.c: writes events as lines of JSON: weir-perf-load FILE COUNT [SEED]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-load.h"

#include <stdio.h>
#include <stdlib.h>

int
main (int argc, char *argv[])
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint64 count = argc > 2 ? strtoull (argv[2], NULL, 10) : 0;
  guint64 seed = argc > 3 ? strtoull (argv[3], NULL, 10) : 1;
  guint64 bytes = 0;
  FILE *file = count > 0 ? fopen (argv[1], "w") : NULL;

  if (file == NULL)
    {
      g_printerr ("weir-perf-load FILE COUNT [SEED]\n");
      return 2;
    }
  for (guint64 i = 0; i < count; i++)
    {
      g_string_truncate (line, 0);
      weir_load_append (line, seed, i, count);
      bytes += line->len;
      g_string_append_c (line, '\n');
      fwrite (line->str, 1, line->len, file);
    }
  if (fclose (file) != 0)
    {
      perror (argv[1]);
      return 1;
    }
  g_print ("%.1f bytes an event\n", (double) bytes / (double) count);
  return 0;
}

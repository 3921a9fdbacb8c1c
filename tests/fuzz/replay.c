/* replay.c: gives a fuzz target the files of a folder, without a fuzzer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-fuzz"

#include "fuzz.h"

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;
  int count = 0;

  if (argc != 2)
    g_error ("the folder of the corpus is missing");
  folder = g_dir_open (argv[1], 0, &error);
  if (folder == NULL)
    g_error ("%s", error->message);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *contents = NULL;
      gsize size;

      if (!g_file_get_contents (path, &contents, &size, &error))
        g_error ("%s", error->message);
      /* Every beginning of a file is an input too; copied, so that a sanitizer knows its end. */
      for (gsize length = 0; length <= size; length++)
        {
          g_autofree guint8 *data = g_memdup2 (contents, length);

          LLVMFuzzerTestOneInput (data, length);
        }
      count++;
    }
  g_print ("%d files\n", count);
  return count > 0 ? 0 : 1;
}

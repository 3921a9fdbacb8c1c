/* weir-json-file.c: a document of ours that more than one process reads and changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_TRIES 300         /* in all, about 3 s */
#define LOCK_PAUSE (10 * 1000) /* µs */

static int
fail (GError **error, int reason, const char *text)
{
  g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (reason), text);
  return -1;
}

/**
 * weir_json_file_lock:
 * @path: the document, which need not be there; its folder is made
 * @error: return location for a #GFileError; its code is %G_FILE_ERROR_AGAIN if another process holds the lock
 *
 * Between reading and replacing the file no other process may do the same. Waits 3 s at most.
 *
 * Returns: what close() unlocks, or -1
 */
int
weir_json_file_lock (const char *path, GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0
      || (fd = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)) < 0)
    return fail (error, errno, g_strerror (errno));

  for (guint i = 0; flock (fd, LOCK_EX | LOCK_NB) != 0; i++)
    {
      if (errno != EINTR && (errno != EWOULDBLOCK || i == LOCK_TRIES))
        {
          fail (error, errno, g_strerror (errno));
          close (fd);
          return -1;
        }
      g_usleep (LOCK_PAUSE);
    }

  return fd;
}

/**
 * weir_json_file_read:
 * @path: the document
 * @contents: (out) (transfer full) (nullable): what is in it; %NULL if it is not there
 * @error: return location for a #GFileError
 *
 * Returns: whether it could be read, or is not there
 */
gboolean
weir_json_file_read (const char *path, GBytes **contents, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *text;
  gsize length;

  *contents = NULL;
  if (g_file_get_contents (path, &text, &length, &local_error))
    {
      *contents = g_bytes_new_take (text, length);
      return TRUE;
    }
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * weir_json_file_write:
 * @path: the document
 * @json: what is to be in it
 * @written: (out) (transfer full): the same as it was written
 * @error: return location for a #GFileError
 *
 * Replaces it as a whole, for its owner only. A person may have to repair it one day, so it is indented.
 *
 * Returns: %FALSE if it is as it was
 */
gboolean
weir_json_file_write (const char *path, const char *json, GBytes **written, GError **error)
{
  g_autofree char *text = NULL;
  WeirJson root;

  *written = NULL;
  if (weir_json_parse_text (json, -1, &root, NULL))
    text = weir_json_dup_pretty (root);
  else
    text = g_strdup (json);

  if (!g_file_set_contents_full (path, text, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return FALSE;

  *written = g_bytes_new (text, strlen (text));
  return TRUE;
}

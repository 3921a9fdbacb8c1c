/* weir-json-file.h: a document of ours that more than one process reads and changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "weir-json.h"

G_BEGIN_DECLS

/* To change one: lock, read, write, close. Nobody ever reads a half-written one. */
int weir_json_file_lock (const char *path, GError **error); /* close() ends it; -1: not locked */
gboolean weir_json_file_read (const char *path, GBytes **contents, GError **error);
gboolean
weir_json_file_write (const char *path, const char *json, GBytes **written, GError **error);

G_END_DECLS

/* weir-hash.h: the hash of ids and of words that the history keeps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint64 weir_hash_bytes (gconstpointer data, gsize length);
guint64 weir_hash_text (const char *text);

G_END_DECLS

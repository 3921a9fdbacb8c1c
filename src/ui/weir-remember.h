/* weir-remember.h: what the window was like when it was last used
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* By a key such as "table.pulls"; kept in the window's settings, written a while after the last change. */
GVariant *weir_remember_lookup (const char *key); /* (nullable) a{sv} */
void weir_remember_keep (const char *key, GVariant *value /* floating, a{sv}; NULL: nothing */);
void weir_remember_flush (void);

G_END_DECLS

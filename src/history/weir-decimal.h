/* weir-decimal.h: numbers compared as they are written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean weir_decimal_is_valid (const char *text, gsize length);
/* of valid ones, exactly: negative, 0 or positive */
int weir_decimal_compare (const char *a, gsize a_length, const char *b, gsize b_length);

G_END_DECLS

/* weir-text.h: how a query compares text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int weir_text_compare (const char *a, gsize a_length, const char *b, gsize b_length);

G_END_DECLS

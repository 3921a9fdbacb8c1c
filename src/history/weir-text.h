/* weir-text.h: text as the history has it, and how a query compares it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In the file and in what is compared there is no NULL. */
static inline const char *
weir_text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

int weir_text_compare (const char *a, gsize a_length, const char *b, gsize b_length);

G_END_DECLS

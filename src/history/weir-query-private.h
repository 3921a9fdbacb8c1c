/* weir-query-private.h: what the files of the query's language share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-query.h"

G_BEGIN_DECLS

/* A whole page pasted by mistake is refused instead of being run. */
#define WEIR_QUERY_MAX_TERMS 100

/* text: UTF-8; adds WeirQueryTerm to terms */
gboolean weir_query_parse (const char *text, GArray *terms, GError **error);
void weir_query_term_clear (WeirQueryTerm *term);

const WeirQueryFieldInfo *weir_query_find_field (const char *name);    /* nullable */
const WeirQueryFieldInfo *weir_query_suggest_field (const char *name); /* nullable */

/* A sentence about the word at position; a translated printf form. */
void weir_query_set_error (GError **error,
                           WeirQueryError code,
                           gsize position,
                           gsize length,
                           const char *format,
                           ...) G_GNUC_PRINTF (5, 6);

/* whether the words of an is: are written so */
gboolean weir_query_is_state (const char *word);

G_END_DECLS

/* weir-query-edit.h: changes a query's text and leaves the rest of it as it was typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One word of a text that may not be a query yet: it is being typed. Places are bytes. */
typedef struct
{
  gsize start; /* of the word, its "-" included */
  gsize end;
  gsize field; /* where the field's name begins; field_end is the same if there is none */
  gsize field_end;
  gsize value; /* where the value begins, behind ":" or the comparison */
  gboolean negated;
  gboolean open; /* a quote is not closed */
} WeirQueryPart;

typedef enum
{
  WEIR_QUERY_TERM_ABSENT,
  WEIR_QUERY_TERM_ASKED,
  WEIR_QUERY_TERM_NEGATED,
} WeirQueryTermState;

GArray *weir_query_edit_split (const char *text); /* (element-type WeirQueryPart) */
/* the word that the cursor stands in or behind; FALSE: it stands between words */
gboolean weir_query_edit_find_part (const char *text, gsize cursor, WeirQueryPart *part);
char *weir_query_edit_dup_field (const char *text, const WeirQueryPart *part); /* lower case */
char *weir_query_edit_dup_value (const char *text, const WeirQueryPart *part); /* without quotes */
char *weir_query_edit_dup_term (const char *field, const char *value, gboolean negated);

WeirQueryTermState
weir_query_edit_get_state (const char *text, const char *field, const char *value);
/* ABSENT takes the term away; a term that is there in the other sense is turned round in its place */
char *weir_query_edit_set_state (const char *text,
                                 const char *field,
                                 const char *value,
                                 WeirQueryTermState state);
/* all terms of the field */
char *weir_query_edit_remove_field (const char *text, const char *field);
/* puts a whole term in the word's place; *cursor: where to go on typing */
char *weir_query_edit_replace (const char *text,
                               const WeirQueryPart *part,
                               const char *term,
                               gsize *cursor);

G_END_DECLS

/* weir-query.h: the language of the query bar and of weirctl
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WEIR_QUERY_ERROR (weir_query_error_quark ())
GQuark weir_query_error_quark (void);

typedef enum
{
  WEIR_QUERY_ERROR_SYNTAX,
  WEIR_QUERY_ERROR_FIELD,
} WeirQueryError;

typedef enum
{
  WEIR_QUERY_ACCOUNT,
  WEIR_QUERY_PROVIDER,
  WEIR_QUERY_KIND,
  WEIR_QUERY_COLLECTION,
  WEIR_QUERY_SUBSCRIPTION, /* "sub:" */
  WEIR_QUERY_WORD,         /* no field: text found in the payload, record, collection or kind */
} WeirQueryField;

typedef struct
{
  WeirQueryField field;
  char *value;
  gsize position; /* bytes into the text, for pointing at the word */
} WeirQueryTerm;

/* Terms are joined by AND, equal fields by OR; a value is split from its field at the first colon, quotes keep blanks. */
#define WEIR_TYPE_QUERY (weir_query_get_type ())
G_DECLARE_FINAL_TYPE (WeirQuery, weir_query, WEIR, QUERY, GObject)

WeirQuery *weir_query_new (const char *text, GError **error); /* NULL or empty text: everything */
const char *weir_query_get_text (WeirQuery *self);
const WeirQueryTerm *weir_query_get_terms (WeirQuery *self, guint *n_terms);

G_END_DECLS

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
  WEIR_QUERY_ERROR_SYNTAX, /* a quote, a colon, a path… */
  WEIR_QUERY_ERROR_FIELD,  /* no field has that name */
  WEIR_QUERY_ERROR_VALUE,  /* no time, no number, no such word */
} WeirQueryError;

/* The word to blame, in bytes of the text. FALSE: not an error of a query, or none is to blame. */
gboolean
weir_query_error_get_span (const GError *error, gsize *position /* out */, gsize *length /* out */);

typedef enum
{
  WEIR_QUERY_ACCOUNT,
  WEIR_QUERY_PROVIDER,
  WEIR_QUERY_KIND,
  WEIR_QUERY_COLLECTION,
  WEIR_QUERY_SUBSCRIPTION, /* "sub:" */
  WEIR_QUERY_STATUS,
  WEIR_QUERY_STREAM,
  WEIR_QUERY_TENANT,
  WEIR_QUERY_CONNECTION,
  WEIR_QUERY_IS,
  WEIR_QUERY_RECORD,
  WEIR_QUERY_ID,
  WEIR_QUERY_AFTER,
  WEIR_QUERY_BEFORE,
  WEIR_QUERY_DATA, /* "data.path:value" */
  WEIR_QUERY_WORD, /* no field: text found in the event */
} WeirQueryField;

/* Only a data path has another one than EQUAL. */
typedef enum
{
  WEIR_QUERY_EQUAL,
  WEIR_QUERY_GREATER,
  WEIR_QUERY_GREATER_EQUAL,
  WEIR_QUERY_LESS,
  WEIR_QUERY_LESS_EQUAL,
} WeirQueryOperator;

typedef struct
{
  WeirQueryField field;
  WeirQueryOperator comparison;
  gboolean negated;
  char *value;
  /* (nullable) of a data path, a step each: a key, an index, or "*" for any. A backslash comes before a key that begins with
   * one, or is a star in quotes: WEIR_QUERY_KEY() */
  char **path;
  double number;  /* of a comparison; value has it exactly */
  gsize position; /* bytes into the text, for pointing at the word */
  gsize length;
} WeirQueryTerm;

#define WEIR_QUERY_KEY(step) ((step)[0] == '\\' ? (step) + 1 : (step))

/* Equal fields are joined by OR, different ones by AND; words, comparisons and what is negated each by AND. A value is split
 * from its field at the first colon, quotes keep blanks. */
#define WEIR_TYPE_QUERY (weir_query_get_type ())
G_DECLARE_FINAL_TYPE (WeirQuery, weir_query, WEIR, QUERY, GObject)

WeirQuery *weir_query_new (const char *text, GError **error); /* NULL or empty text: everything */
const char *weir_query_get_text (WeirQuery *self);
const WeirQueryTerm *weir_query_get_terms (WeirQuery *self, guint *n_terms);

/* (transfer full) (nullable) what a person calls a value; field: its name without a colon */
typedef char *(*WeirQueryLabel) (const char *field, const char *value, gpointer user_data);

/* How it was read and what it scans: translated, one line a term and one for the scan. label: nullable */
char *weir_query_dup_explanation (WeirQuery *self, WeirQueryLabel label, gpointer user_data);

/* (nullable) Translated sentences about a word of it that is probably not meant to be looked for, such as OR. */
char *weir_query_dup_hint (WeirQuery *self, gsize *position /* out */, gsize *length /* out */);

/* What may stand before a colon; texts are not translated, _(help) is. The last one has a NULL name. */
typedef struct
{
  WeirQueryField field;
  const char *name;    /* with what ends it: "kind:"; of a data path "data." */
  const char *help;    /* marked for translation */
  const char *example; /* "kind:created" */
} WeirQueryFieldInfo;
const WeirQueryFieldInfo *weir_query_list_fields (void);

/* A time as after: and before: take it, seen at now; zone: NULL is the one that was chosen (weir-zone.h). FALSE: it is none. */
gboolean
weir_query_parse_time (const char *text, gint64 now, GTimeZone *zone, gint64 *time /* out */);

/* A value as it must be written to be read back as it is: in quotes if it needs them. */
char *weir_query_quote (const char *value);

G_END_DECLS

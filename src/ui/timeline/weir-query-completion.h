/* weir-query-completion.h: what may come next in a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-query-edit.h"
#include "weir-query.h"

G_BEGIN_DECLS

typedef struct
{
  char *term;    /* what takes the word's place */
  char *title;   /* what is listed */
  char *detail;  /* (nullable) help, or a name */
  gint64 number; /* how many events have it; -1: not known */
} WeirQueryCandidate;

typedef enum
{
  WEIR_QUERY_COMPLETE_NOTHING,
  WEIR_QUERY_COMPLETE_FIELD,
  WEIR_QUERY_COMPLETE_PATH,  /* of a payload */
  WEIR_QUERY_COMPLETE_VALUE, /* of a field or at a path */
} WeirQueryCompletionKind;

/* Where the cursor stands. */
typedef struct
{
  WeirQueryCompletionKind kind;
  WeirQueryPart part; /* the word; an empty one at the cursor if it stands between words */
  char *field;        /* (nullable) of a value */
  char *typed;        /* of it, without quotes */
} WeirQueryCompletion;

WeirQueryCompletion *weir_query_completion_new (const char *text, gsize cursor);
void weir_query_completion_free (WeirQueryCompletion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirQueryCompletion, weir_query_completion_free)

/* counted: field → WeirQueryValue array; sampled: path → the same; both nullable */
GPtrArray *weir_query_completion_list (const WeirQueryCompletion *self,
                                       GHashTable *counted,
                                       GHashTable *sampled,
                                       WeirQueryLabel label,
                                       gpointer user_data); /* WeirQueryCandidate, the best first */

G_END_DECLS

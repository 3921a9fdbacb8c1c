/* weir-query-path.h: a value in the payload, compared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"
#include "weir-query.h"

G_BEGIN_DECLS

/* One data.path term, made ready. Immutable, any thread. */
typedef struct _WeirQueryPath WeirQueryPath;

WeirQueryPath *weir_query_path_new (const WeirQueryTerm *term);
void weir_query_path_free (WeirQueryPath *self);
/* FALSE: no payload within raw can match; nothing of JSON is read */
gboolean weir_query_path_may_match (const WeirQueryPath *self, const char *raw, gsize length);
gboolean weir_query_path_matches (const WeirQueryPath *self, WeirJson payload);
/* whether only a string matches that is the value but for its case: then the value's words are in the event */
gboolean weir_query_path_is_text (const WeirQueryPath *self);
const char *weir_query_path_get_value (const WeirQueryPath *self);

G_END_DECLS

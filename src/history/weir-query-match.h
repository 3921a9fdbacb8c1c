/* weir-query-match.h: a query made ready to be asked of events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-facet.h"
#include "weir-query.h"

G_BEGIN_DECLS

/* Immutable, any thread. An event matches if weir_query_match_facet() says so of its facet, its time lies in the span, and,
 * where the query needs them, weir_query_match_raw() and weir_query_match_event() say so too. */
typedef struct _WeirQueryMatch WeirQueryMatch;

/* query: NULL for everything; now: µs, what relative times are seen from */
WeirQueryMatch *weir_query_match_new (WeirQuery *query, gint64 now);
void weir_query_match_free (WeirQueryMatch *self);

/* FALSE: no event of this facet can match */
gboolean weir_query_match_facet (const WeirQueryMatch *self, const WeirFacet *facet);
/* occurred in [from, to), µs; G_MININT64 and G_MAXINT64 where there is no bound */
void weir_query_match_get_span (const WeirQueryMatch *self, gint64 *from, gint64 *to);
/* words, paths: the event's bytes must be looked at */
gboolean weir_query_match_needs_raw (const WeirQueryMatch *self);
/* record:, id: the event itself must be looked at, unless the hashes leave none */
gboolean weir_query_match_needs_event (const WeirQueryMatch *self);
/* (element-type guint32) sorted; NULL: any record may match. Else an event can only match if the low 32 bits of
 * weir_hash_text() of its record are among them. */
const GArray *weir_query_match_get_record_hashes (const WeirQueryMatch *self);
/* (element-type guint64) sorted; NULL: any id may match. weir_hash_text() of the event's id. */
const GArray *weir_query_match_get_id_hashes (const WeirQueryMatch *self);
/* raw: valid JSON; payload: a view into it, NULL if it is not known (it is found if it must be) */
gboolean weir_query_match_raw (const WeirQueryMatch *self,
                               const char *raw,
                               gsize length,
                               const char *payload,
                               gsize payload_length);
gboolean weir_query_match_event (const WeirQueryMatch *self, WeirEvent *event);
/* filter: of weir_words_filter_new(); NULL: none. FALSE: no event of the page has the words. */
gboolean weir_query_match_page (const WeirQueryMatch *self, const guint8 *filter, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirQueryMatch, weir_query_match_free)

G_END_DECLS

/* weir-history-facets.h: the facets and accounts of a history in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-facet.h"

G_BEGIN_DECLS

guint weir_facet_hash (gconstpointer key);
gboolean weir_facet_equal (gconstpointer a, gconstpointer b);

typedef struct _WeirFacets WeirFacets;

WeirFacets *weir_facets_new (void);
void weir_facets_free (WeirFacets *self);

/* any thread, without a lock */
const WeirFacet *weir_facets_get (WeirFacets *self, guint number); /* nullable */
guint weir_facets_get_end (WeirFacets *self); /* one more than the highest number */
WeirAccount *weir_facets_get_account (WeirFacets *self, guint account_number); /* nullable */
guint weir_facets_get_accounts_end (WeirFacets *self);
gboolean weir_facets_is_account_gone (WeirFacets *self, guint account_number);

/* one thread at a time */
gboolean weir_facets_put_account (WeirFacets *self, guint account_number, WeirAccount *account);
void weir_facets_remove_account (WeirFacets *self, guint account_number);
gboolean weir_facets_put (WeirFacets *self, const WeirFacet *facet);
guint weir_facets_find (WeirFacets *self, const WeirFacet *facet); /* 0: not there */

G_END_DECLS

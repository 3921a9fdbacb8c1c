/* weir-walk.h: a list of records over all its pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-ask.h"

G_BEGIN_DECLS

/* For the providers alone. What one page became; made on any thread. */
typedef struct
{
  GPtrArray *records; /* (element-type WeirRecord) */
  guint n_unreadable; /* items that are no record */
  gboolean has_more;
  char *next; /* (nullable) how the server names the next page */
} WeirWalkPage;

WeirWalkPage *weir_walk_page_new (void);
void weir_walk_page_free (WeirWalkPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirWalkPage, weir_walk_page_free)

/* How a platform pages. `list` is whatever it needs to know of the list, and lives for ever. */
typedef struct
{
  WeirReadFunc read; /* makes a WeirWalkPage; its data is `list` */
  /* the path of a page; last: (nullable) the page before it; n_items: how many items there were so far */
  char *(*make_path) (WeirAccount *account,
                      gconstpointer list,
                      const WeirListFilter *filter,
                      const WeirWalkPage *last,
                      guint n_items);
} WeirWalkKind;

void weir_walk_async (WeirProvider *provider,
                      const WeirWalkKind *kind,
                      gconstpointer list,
                      const WeirListFilter *filter,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
GPtrArray *weir_walk_finish (GAsyncResult *result, char **warning, GError **error);

G_END_DECLS

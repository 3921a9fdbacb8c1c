/* weir-hub-fetch.h: what a source's answer means: its changes, or the causes of a failure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-sources.h"

G_BEGIN_DECLS

/* Off the main loop, then its comparison is applied step by step, then the end. */
WeirHubFetch *weir_hub_fetch_read (WeirDatabase *db,
                                   WeirHubDocument *source,
                                   gboolean full,
                                   gint64 started_at,
                                   WeirHttpResponse *response,
                                   const GError *failure,
                                   GCancellable *cancellable);
void weir_hub_fetch_end (WeirHubFetch *self, WeirHubDocument *source, const GError *error);
/* All three at once. */
WeirHubFetch *weir_hub_fetch_new (WeirHubStore *store,
                                  WeirHubDocument *source,
                                  gboolean full,
                                  gint64 started_at,
                                  WeirHttpResponse *response,
                                  const GError *failure);

G_END_DECLS

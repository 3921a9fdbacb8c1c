/* weir-gap-filler.h: asks a platform's log once more for what a gap may have missed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-gaps.h"
#include "weir-provider.h"

G_BEGIN_DECLS

/* Walks through the log beside the follower, whose place stays as it is. What the log still has is kept, and the gap shrinks or
 * closes. finish: FALSE where it is not closed; the error says why; added is set all the same. */
void weir_gap_filler_fill_async (WeirProvider *provider,
                                 WeirHistory *history,
                                 WeirGap *gap,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean weir_gap_filler_fill_finish (WeirProvider *provider,
                                      GAsyncResult *result,
                                      guint64 *added,
                                      GError **error);

G_END_DECLS

/* weir-hub-comparison.h: a source's records as just fetched, compared with those last known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-changes.h"

G_BEGIN_DECLS

typedef struct
{
  guint total, repeated, created, updated, deleted;
} WeirHubDiff;

typedef struct _WeirHubComparison WeirHubComparison;

/* Reads `db` only: for a worker thread with a connection of its own. `answer` holds `items`, an
 * array; id and updated of the source are JSON pointers into each. */
WeirHubComparison *weir_hub_comparison_new (WeirDatabase *db,
                                            WeirHubDocument *source,
                                            GBytes *answer,
                                            WeirJson items,
                                            gboolean full,
                                            GCancellable *cancellable,
                                            GError **error);
void weir_hub_comparison_free (WeirHubComparison *self);
const WeirHubDiff *weir_hub_comparison_get_diff (WeirHubComparison *self);
/* Keeps the next difference and logs it as a change; FALSE when there is none left. */
gboolean
weir_hub_comparison_apply_next (WeirHubComparison *self, WeirHubStore *store, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHubComparison, weir_hub_comparison_free)

G_END_DECLS

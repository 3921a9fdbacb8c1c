/* weir-hub-pull-result.h: one pull from queued to its end, as it is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-membrane.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *subscription;
  char *connection;
  char *source;
  gboolean full;
} WeirHubPull;

WeirHubPull *weir_hub_pull_new (WeirHubMembrane *membrane, WeirHubDocument *subscription);
WeirHubPull *weir_hub_pull_load (WeirHubMembrane *membrane, WeirHubDocument *document);
void weir_hub_pull_free (WeirHubPull *self);
/* FALSE if nobody wants it any more, and it is over. */
gboolean weir_hub_pull_begin (WeirHubMembrane *membrane, WeirHubPull *self);
/* At once, for little; and in steps, with `ended` called when it is on the disk, or not called at
 * all if cancelled. failure if there is no fetch. */
void weir_hub_pull_end (WeirHubMembrane *membrane, WeirHubPull *self, const WeirHubFetch *fetch);
typedef void (*WeirHubPullEnded) (WeirHubPull *self, gpointer user_data);
void weir_hub_pull_end_in_steps (WeirHubMembrane *membrane,
                                 WeirHubPull *self,
                                 WeirHubFetch *fetch, /* (nullable) (transfer full) */
                                 const GError *failure,
                                 GCancellable *cancellable,
                                 WeirHubPullEnded ended,
                                 gpointer user_data);
void weir_hub_pull_cut_off (WeirHubMembrane *membrane, WeirHubDocument *document);

G_END_DECLS

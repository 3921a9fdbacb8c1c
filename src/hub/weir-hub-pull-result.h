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
void weir_hub_pull_begin (WeirHubMembrane *membrane, WeirHubPull *self);
void weir_hub_pull_end (WeirHubMembrane *membrane,
                        WeirHubPull *self,
                        const WeirHubFetch *fetch, /* (nullable) */
                        const GError *failure);    /* if there is no fetch */
void weir_hub_pull_cut_off (WeirHubMembrane *membrane, WeirHubDocument *document);

G_END_DECLS

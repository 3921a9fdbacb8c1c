/* weir-hub-retention.h: how long what happened is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-store.h"

G_BEGIN_DECLS

#define WEIR_HUB_KEEP_DAYS 30
#define WEIR_HUB_MAX_KEEP_DAYS 36500
#define WEIR_HUB_KEEP_EVENTS 100000
#define WEIR_HUB_KEEP_PULLS 10000

typedef struct
{
  guint days;
  guint events; /* of each kind of log, and of each face's changes */
  guint pulls;
} WeirHubKeep;

/* Drops what is older, or has more newer ones of its kind, step by step while the main loop runs;
 * only the newest change of a record that is still there stays whatever its age, where a face lists
 * records. */
void weir_hub_store_trim (WeirHubStore *self, const WeirHubKeep *keep);

G_END_DECLS

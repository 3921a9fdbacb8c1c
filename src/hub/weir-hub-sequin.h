/* weir-hub-sequin.h: the Sequin face, from its inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub.h"

G_BEGIN_DECLS

/* Members of a sync that start with "_" are the hub's own and never sent. */
#define WEIR_HUB_SYNC "sync"

typedef struct
{
  WeirHubStore *store;
  WeirHubSources *sources;
  WeirHubServer *server;
  WeirHubFace face;
  char *token;
  GHashTable *feeds; /* name of a source → WeirHubFeed; also of sources that are gone */
} WeirHubSequin;

/* What a source is on this face. */
typedef struct
{
  char *sync; /* id */
  char *provider;
  char *collection; /* id, "stripe:invoice" */
  char *error;      /* (nullable) of its last fetch, for a person */
} WeirHubFeed;

/* weir-hub-sequin.c */
void weir_hub_sequin_refuse (WeirHubContext *context, guint status, const char *summary);
/* 422 */
void weir_hub_sequin_refuse_value (WeirHubContext *context, const char *name, const char *reason);

/* weir-hub-sequin-syncs.c */
void weir_hub_sequin_add_syncs (WeirHubSequin *self); /* routes, and syncs for the sources */
void weir_hub_feed_free (WeirHubFeed *self);

/* weir-hub-sequin-events.c */
void weir_hub_sequin_add_events (WeirHubSequin *self);

G_END_DECLS

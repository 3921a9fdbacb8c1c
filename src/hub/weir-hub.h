/* weir-hub.h: the whole hub: store, sources, server and its three faces
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-server.h"
#include "weir-hub-sources.h"

G_BEGIN_DECLS

typedef struct
{
  const char *path;   /* of the SQLite file */
  const char *host;   /* an address, not a name */
  guint16 port;       /* 0 picks one */
  gboolean keep_port; /* with port 0: the port of the last time if it is free, so that webhook
                       * addresses stay */
  const char *token;  /* (nullable) the user's own; needed off loopback */
  gboolean demo;
  gboolean seeded;
  guint32 seed;
  guint keep_days; /* 0: WEIR_HUB_KEEP_DAYS */
  double rate;     /* events a second of the demo, 0: its own pace */
} WeirHubOptions;

#define WEIR_TYPE_HUB (weir_hub_get_type ())
G_DECLARE_FINAL_TYPE (WeirHub, weir_hub, WEIR, HUB, GObject)

#define WEIR_HUB_MIN_TOKEN 16 /* characters */

WeirHub *weir_hub_new (const WeirHubOptions *options, GError **error);
gboolean weir_hub_start (WeirHub *self, GError **error);
void weir_hub_stop (WeirHub *self);
char *weir_hub_dup_greeting (WeirHub *self); /* the line a starter reads, without line end */
char *weir_hub_dup_secret (WeirHub *self, const char *key);

WeirHubStore *weir_hub_get_store (WeirHub *self);
WeirHubSources *weir_hub_get_sources (WeirHub *self);
WeirHubServer *weir_hub_get_server (WeirHub *self);
const WeirHubOptions *weir_hub_get_options (WeirHub *self);

/* The faces, each in files of its own name. They live as long as the hub. */
void weir_hub_membrane_face_add (WeirHub *self);
void weir_hub_sequin_face_add (WeirHub *self);
void weir_hub_oracle_face_add (WeirHub *self);
/* Once it listens: fills an empty store and adds the demo's own systems to the server. */
void weir_hub_demo_add (WeirHub *self);

/* Settings under which each face's token lives, unless the user gave one. */
#define WEIR_HUB_MEMBRANE_TOKEN "membrane-token"
#define WEIR_HUB_SEQUIN_TOKEN "sequin-token"
#define WEIR_HUB_ORACLE_PASSWORD "oracle-password"
#define WEIR_HUB_ORACLE_USER "hub"
#define WEIR_HUB_WORKSPACE_KEY "workspace-key"
#define WEIR_HUB_WORKSPACE_SECRET "workspace-secret"

G_END_DECLS

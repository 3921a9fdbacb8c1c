/* weir-hub-demo-company.h: who and what the demo consists of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-demo-world.h"
#include "weir-hub-membrane.h"

G_BEGIN_DECLS

/* What is wrong with a system of the demo. */
typedef enum
{
  WEIR_HUB_DEMO_WELL,
  WEIR_HUB_DEMO_EXPIRED,  /* its token is; until a person connects it again */
  WEIR_HUB_DEMO_SILENT,   /* it never answers */
  WEIR_HUB_DEMO_HTML,     /* a page for people stands before it */
  WEIR_HUB_DEMO_FLAPPING, /* out of order from time to time */
} WeirHubDemoFault;

typedef struct
{
  const char *key;  /* of the connection, and first part of its collections' names */
  const char *name; /* of the connection */
  guint tenant;
  guint system;
  WeirHubDemoFault fault;
  guint fault_age; /* minutes before the first start at which it went wrong */
} WeirHubDemoConnection;

/* One source: /demo/{system}/{tenant}/{collection} */
typedef struct
{
  const char *face;
  guint connection; /* of Membrane; else 0 */
  const char *path; /* after /demo */
  const char *kind;
  const char *meta; /* (nullable) of another face's source */
  guint size;
  guint weight;
  guint interval; /* s */
} WeirHubDemoCollection;

typedef struct
{
  const char *path; /* of its collection; of a real time one what it is told about */
  const char *name;
  WeirHubDemoAction action;
  guint interval;    /* s; 0: real time */
  const char *event; /* (nullable) of a real time one */
  const char *flow;  /* (nullable) */
} WeirHubDemoSubscription;

extern const char *const weir_hub_demo_items[]; /* pointer to the records, one a system */
extern const WeirHubDemoConnection weir_hub_demo_connections[];
extern const guint weir_hub_demo_n_connections;
extern const WeirHubDemoCollection weir_hub_demo_collections[];
extern const guint weir_hub_demo_n_collections;
extern const WeirHubDemoSubscription weir_hub_demo_subscriptions[];
extern const guint weir_hub_demo_n_subscriptions;

/* "/kestrel-crm/brightwater/deals" → "brightwater-deals" */
char *weir_hub_demo_dup_source_name (const WeirHubDemoCollection *collection);
const WeirHubDemoCollection *weir_hub_demo_find_collection (const char *path);

/* Tenants, integrations, connections: made, and the connections' ids, in the table's order. */
GPtrArray *weir_hub_demo_make_connections (WeirHubMembrane *membrane, gint64 now, GRand *rand);
/* The sources, or their addresses anew. */
void weir_hub_demo_make_sources (WeirHubStore *store, const char *hub_uri);
/* After the sources were read a first time. */
void weir_hub_demo_make_subscriptions (WeirHubMembrane *membrane,
                                       GPtrArray *connections,
                                       gint64 now,
                                       GRand *rand);

G_END_DECLS

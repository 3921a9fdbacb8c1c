/* weir-hub-membrane.h: the Membrane face, from its inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub.h"

G_BEGIN_DECLS

/* Members of an element whose names start with "_" are the hub's own and never sent. */
#define WEIR_HUB_DEFAULT_TENANT "local"

typedef struct _WeirHubPuller WeirHubPuller;
typedef struct _WeirHubStreams WeirHubStreams;

typedef struct
{
  WeirHubStore *store;
  WeirHubSources *sources;
  WeirHubServer *server;
  WeirHubFace face;
  char *token, *key, *secret;
  WeirHubPuller *puller;
  WeirHubStreams *streams;
  GCancellable *cancellable; /* ends with the face: for what is sent on somebody's behalf */
} WeirHubMembrane;

/* weir-hub-membrane.c */
void weir_hub_membrane_refuse (WeirHubContext *context,
                               guint status,
                               const char *type,
                               const char *key,
                               const char *message);
void weir_hub_membrane_refuse_not_found (WeirHubContext *context, const char *what);
void weir_hub_membrane_refuse_request (WeirHubContext *context, const char *message);
/* Whose eyes a token gives, as a customer's id; NULL and TRUE: all. */
gboolean weir_hub_membrane_check_token (WeirHubMembrane *self, const char *token, char **tenant);

/* weir-hub-membrane-list.c: lists and single elements, seen with the caller's eyes */
typedef struct
{
  const char *query;  /* name of the parameter */
  const char *member; /* what must equal it */
} WeirHubFilter;

void weir_hub_membrane_list (WeirHubMembrane *self,
                             WeirHubContext *context,
                             const char *type,
                             const WeirHubFilter *filters); /* ends with a NULL query */
WeirHubDocument *weir_hub_membrane_get (WeirHubMembrane *self,
                                        WeirHubContext *context,
                                        const char *type,
                                        const char *id); /* or key; NULL: answered 404 */
void weir_hub_membrane_reply_element (WeirHubMembrane *self,
                                      WeirHubContext *context,
                                      const char *type,
                                      const char *id);

void weir_hub_membrane_reply_one (WeirHubMembrane *self,
                                  WeirHubContext *context,
                                  const char *type); /* that the path names */

/* weir-hub-membrane-edit.c: changing elements */
gboolean weir_hub_membrane_merge (WeirHubMembrane *self,
                                  const char *type,
                                  const char *id,
                                  WeirJsonWriter *patch /* transfer full */,
                                  GError **error);
void weir_hub_membrane_merge_and_reply (WeirHubMembrane *self,
                                        WeirHubContext *context,
                                        const char *type,
                                        const char *id,
                                        WeirJsonWriter *patch /* transfer full */);
gboolean weir_hub_membrane_check_body (WeirHubContext *context, WeirJson body);
void
weir_hub_membrane_add_settable (WeirJsonWriter *patch, WeirJson body, const char *const *names);
void weir_hub_membrane_archive_subscription (WeirHubMembrane *self, const char *id);
void weir_hub_membrane_archive_connection (WeirHubMembrane *self, const char *id);

/* weir-hub-membrane-expand.c: an element as it is sent */
typedef struct _WeirHubExpander WeirHubExpander;
WeirHubExpander *weir_hub_expander_new (WeirHubMembrane *self);
void weir_hub_expander_free (WeirHubExpander *self);
void weir_hub_expander_write (WeirHubExpander *self,
                              WeirJsonWriter *writer,
                              const char *type,
                              WeirHubDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHubExpander, weir_hub_expander_free)
char *
weir_hub_membrane_dup_public (WeirHubMembrane *self, const char *type, WeirHubDocument *document);

/* weir-hub-membrane-make.c: new elements; each returns the id */
char *weir_hub_membrane_ensure_customer (WeirHubStore *store, const char *key, const char *name);
char *weir_hub_membrane_ensure_integration (WeirHubStore *store, const char *key, const char *name);
char *weir_hub_membrane_make_connection (WeirHubStore *store,
                                         const char *customer,
                                         const char *integration,
                                         const char *key,
                                         const char *name);
typedef struct
{
  const char *connection;
  const char *name;
  const char *type;       /* config.type, "data-record-created"… or "connector-event" */
  const char *collection; /* (nullable) config.dataSource.collectionKey */
  const char *event;      /* (nullable) config.eventKey of a connector event */
  const char *source;     /* (nullable) what is pulled; without it, webhooks only (real time) */
  const char *flow;       /* (nullable) name of a flow that each event launches */
  gint64 interval;        /* s */
  gboolean full_scan;
} WeirHubSubscriptionSpec;
char *weir_hub_membrane_make_subscription (WeirHubStore *store,
                                           const WeirHubSubscriptionSpec *spec);
/* Makes and returns ids of the events, one for each payload (raw JSON), in the open transaction. */
void weir_hub_membrane_add_event (WeirHubStore *store,
                                  WeirHubDocument *subscription,
                                  const char *pull, /* (nullable) that found it */
                                  const char *payload,
                                  GPtrArray *ids);

/* weir-hub-membrane-setup.c: what a source brings into being */
void weir_hub_membrane_setup_start (WeirHubMembrane *self);

/* weir-hub-puller.c: runs pulls, one incremental and one full at a time for each connection */
WeirHubPuller *weir_hub_puller_new (WeirHubMembrane *membrane);
void weir_hub_puller_free (WeirHubPuller *self);
char *weir_hub_puller_add (WeirHubPuller *self, WeirHubDocument *subscription); /* id of the pull */

/* weir-hub-membrane-health.c: what an exchange with its source makes of a connection */
void weir_hub_membrane_heal (WeirHubMembrane *self, const char *connection);
gint64 weir_hub_membrane_hurt (WeirHubMembrane *self,
                               const char *connection,
                               const char *error,
                               guint status,
                               gint64 interval); /* returns µs of the next try */
char *weir_hub_membrane_make_request (WeirHubMembrane *self,
                                      const char *tenant,
                                      const char *connection,
                                      WeirJson wish); /* id of the connection request */
char *weir_hub_membrane_dup_connect_uri (WeirHubMembrane *self, const char *request);

/* weir-hub-streams.c: server-sent events */
WeirHubStreams *weir_hub_streams_new (WeirHubMembrane *membrane);
void weir_hub_streams_free (WeirHubStreams *self);

/* The routes, each in its file. */
void weir_hub_membrane_add_subscriptions (WeirHubMembrane *self);
void weir_hub_membrane_add_logs (WeirHubMembrane *self);
void weir_hub_membrane_add_app_types (WeirHubMembrane *self);
void weir_hub_membrane_add_app_subscriptions (WeirHubMembrane *self);
void weir_hub_membrane_add_webhooks (WeirHubMembrane *self);
void weir_hub_membrane_add_connections (WeirHubMembrane *self);
void weir_hub_membrane_add_connect (WeirHubMembrane *self);
void weir_hub_membrane_add_workspace (WeirHubMembrane *self);

/* weir-hub-app-subscription.c: shared by the routes and the webhooks */
WeirHubDocument *weir_hub_membrane_make_app_subscription (WeirHubMembrane *self,
                                                          WeirHubDocument *type,
                                                          const char *customer,
                                                          const char *instance_key,
                                                          WeirJson body);

/* A route of this face, its handler being given the face. */
#define weir_hub_membrane_route(self, method, pattern, handler)                                    \
  weir_hub_server_add ((self)->server, &(self)->face, (method), (pattern), (handler), (self))

G_END_DECLS

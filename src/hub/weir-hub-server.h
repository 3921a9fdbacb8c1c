/* weir-hub-server.h: the hub's HTTP server and its router
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-context.h"

G_BEGIN_DECLS

#define WEIR_HUB_MAX_BODY (10u * 1024u * 1024u)

#define WEIR_TYPE_HUB_SERVER (weir_hub_server_get_type ())
G_DECLARE_FINAL_TYPE (WeirHubServer, weir_hub_server, WEIR, HUB_SERVER, GObject)

/* One documented API under one prefix, with its own way to check who asks and to say no. */
struct _WeirHubFace
{
  const char *prefix; /* "/membrane" */
  /* Before every handler; answers itself and returns FALSE when it refuses. NULL: open to all. */
  gboolean (*check) (WeirHubContext *context, gpointer user_data);
  /* The router's own refusals (400 bad JSON, 404, 405, 413) and weir_hub_context_fail(). */
  void (*fail) (WeirHubContext *context, guint status, const char *message, gpointer user_data);
  gpointer user_data;
};

typedef void (*WeirHubHandler) (WeirHubContext *context, gpointer user_data);

WeirHubServer *weir_hub_server_new (void);
/* The face is borrowed and must outlive the server. */
void weir_hub_server_add_face (WeirHubServer *self, const WeirHubFace *face);
/* method NULL: any. Pattern: "/things/{id}/run"; "{id}" is one segment. First added wins. */
void weir_hub_server_add (WeirHubServer *self,
                          const WeirHubFace *face,
                          const char *method,
                          const char *pattern,
                          WeirHubHandler handler,
                          gpointer user_data);
/* A route that anybody may ask, without the face's check (webhooks, the page for Connect). */
void weir_hub_server_add_open (WeirHubServer *self,
                               const WeirHubFace *face,
                               const char *method,
                               const char *pattern,
                               WeirHubHandler handler,
                               gpointer user_data);

gboolean
weir_hub_server_listen (WeirHubServer *self, const char *host, guint16 port, GError **error);
void weir_hub_server_stop (WeirHubServer *self);
const char *
weir_hub_server_get_uri (WeirHubServer *self); /* "http://127.0.0.1:8080", once it listens */

G_END_DECLS

/* weir-hub-context.h: one request to the hub, and its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "weir-json.h"

G_BEGIN_DECLS

typedef struct _WeirHubFace WeirHubFace;
typedef struct _WeirHubServer WeirHubServer;

typedef struct
{
  gatomicrefcount ref_count;
  WeirHubServer *server;
  const WeirHubFace *face;
  SoupServerMessage *message;
  const char *method;
  char *path;        /* after the face's prefix, still percent-encoded */
  char **ids;        /* what each {…} of the pattern stood for, decoded */
  GHashTable *query; /* name → value, decoded; the last of several */
  GBytes *body;
  char *tenant;    /* (nullable) whose eyes: set by the face's check; NULL sees all */
  gboolean paused; /* internal */
  gboolean answered;
} WeirHubContext;

WeirHubContext *weir_hub_context_ref (WeirHubContext *self);
void weir_hub_context_unref (WeirHubContext *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHubContext, weir_hub_context_unref)

const char *weir_hub_context_get_query (WeirHubContext *self,
                                        const char *name); /* NULL if not sent, or empty */
const char *weir_hub_context_get_header (WeirHubContext *self, const char *name);
/* The body as JSON: FALSE after having answered with the face's 400. An empty or form-encoded
 * body is an absent value, and TRUE. */
gboolean weir_hub_context_get_json (WeirHubContext *self, WeirJson *json);

/* A handler that returns without an answer has taken a reference and answers later. */
void weir_hub_context_reply (WeirHubContext *self,
                             guint status,
                             const char *content_type,
                             char *text); /* transfer full; content_type NULL: no body */
void weir_hub_context_reply_json (WeirHubContext *self, guint status, char *json);
void weir_hub_context_set_header (WeirHubContext *self, const char *name, const char *value);
void weir_hub_context_fail (WeirHubContext *self, guint status, const char *message);

G_END_DECLS

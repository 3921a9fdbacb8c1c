/* weir-hub-fixture.h: a hub in this process, an application for it to talk to, and a plain client
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub.h"

G_BEGIN_DECLS

/* The application at app_uri answers every GET with `status` and `answer`, after `held` is over;
 * what is sent to it in any other way is kept. */
typedef struct
{
  char *folder;
  char *path;
  WeirHub *hub;
  SoupSession *session;
  SoupServer *app;
  char *app_uri;
  guint app_status;
  char *app_answer;
  gboolean hold;
  GPtrArray *held;   /* SoupServerMessage: asked and not answered yet */
  GPtrArray *posted; /* "METHOD PATH?QUERY BODY" */
  guint asked;
} WeirHubFixture;

void weir_hub_fixture_set_up (WeirHubFixture *self, gconstpointer unused);
void weir_hub_fixture_tear_down (WeirHubFixture *self, gconstpointer unused);
void weir_hub_fixture_start (WeirHubFixture *self); /* again, on the same file */
void weir_hub_fixture_stop (WeirHubFixture *self);
void weir_hub_fixture_answer (WeirHubFixture *self, guint status, const char *answer);
void weir_hub_fixture_release (WeirHubFixture *self);
void weir_hub_fixture_wait (guint milliseconds);

/* A request; `where` is a path within the hub or a whole address; token NULL sends none. */
WeirHubDocument *weir_hub_fixture_send (WeirHubFixture *self,
                                        const char *method,
                                        const char *where,
                                        const char *token,
                                        const char *body,
                                        guint *status);
/* The same for a message that has all its headers already. */
WeirHubDocument *
weir_hub_fixture_exchange (WeirHubFixture *self, SoupMessage *message, const char *body);
SoupMessage *
weir_hub_fixture_new_message (WeirHubFixture *self, const char *method, const char *where);
/* With the administrator's token of Membrane, `where` within the face; asserts the status. */
WeirHubDocument *weir_hub_fixture_ask (WeirHubFixture *self,
                                       const char *method,
                                       const char *where,
                                       const char *body,
                                       guint expected_status);
/* The string at a JSON pointer; "" if there is none. Free it. */
char *weir_hub_fixture_dup (WeirHubDocument *document, const char *pointer);
void weir_hub_fixture_assert (WeirHubDocument *document, const char *pointer, const char *expected);

/* A source over the application, of /items with /id. */
void weir_hub_fixture_add_source (WeirHubFixture *self, const char *name, gint64 interval);
/* id of the subscription of a config.type, e.g. "data-record-created" */
char *weir_hub_fixture_find_subscription (WeirHubFixture *self, const char *type);
/* Pulls and waits for the end. */
WeirHubDocument *weir_hub_fixture_pull (WeirHubFixture *self, const char *subscription);
WeirHubDocument *weir_hub_fixture_wait_for_pull (WeirHubFixture *self, const char *pull);

G_END_DECLS

/* weir-hub-demo.h: the demo, from its inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-demo-company.h"
#include "weir-hub-oracle.h"

G_BEGIN_DECLS

typedef struct
{
  WeirHubMembrane *membrane;
  WeirHubOracle *oracle;
  WeirHubStore *store;
  WeirHubServer *server;
  WeirHubDemoWorld *world;
  WeirHttpClient *client; /* posts to webhooks, as the systems and the company's own app would */
  GCancellable *cancellable;
  WeirHubFace face;
  gint64 born; /* µs: its first start */
  double rate; /* changes a second */
  double debt; /* changes that are due */
  gint64 last_tick;
  gint64 next_app_event;
  GQueue silent; /* of requests that get no answer for a while */
  guint tick_source;
  gulong element_handler;
} WeirHubDemo;

/* weir-hub-demo-systems.c: how the demo's systems answer */
typedef struct
{
  guint status;
  const char *reason;
  const char *type;
  char *text;
  gboolean silent; /* no answer at all */
} WeirHubDemoAnswer;

void weir_hub_demo_answer_clear (WeirHubDemoAnswer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WeirHubDemoAnswer, weir_hub_demo_answer_clear)
/* As of weir_clock_now(). */
void weir_hub_demo_ask (WeirHubDemo *self,
                        const WeirHubDemoCollection *collection,
                        WeirHubDemoAnswer *answer);
void weir_hub_demo_add_systems (WeirHubDemo *self); /* routes */
void weir_hub_demo_release_silent (WeirHubDemo *self, gint64 now);
/* What a system tells by webhook of a step, if it does; both (transfer full). */
gboolean weir_hub_demo_draw_webhook (WeirHubDemo *self,
                                     const WeirHubDemoStep *step,
                                     const WeirHubDemoSubscription **subscription,
                                     char **payload);
WeirHubDocument *weir_hub_demo_find_subscription (WeirHubDemo *self,
                                                  const WeirHubDemoSubscription *subscription);

/* weir-hub-demo-past.c: the hours before the first start */
void weir_hub_demo_live_through_past (WeirHubDemo *self);

/* weir-hub-demo-app.c: the company's own application */
void weir_hub_demo_make_app (WeirHubDemo *self);
void weir_hub_demo_start_app (WeirHubDemo *self);
void weir_hub_demo_fire_app_event (WeirHubDemo *self);

/* weir-hub-demo-clinic.c: who hears of the clinic's patients */
void weir_hub_demo_make_clinic (WeirHubDemo *self);
void weir_hub_demo_start_clinic (WeirHubDemo *self);

/* weir-hub-demo.c */
void weir_hub_demo_post (WeirHubDemo *self, const char *path, const char *token, const char *json);

G_END_DECLS

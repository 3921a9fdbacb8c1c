/* weir-hub-demo-words.h: what the records of the demo consist of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-document.h"

G_BEGIN_DECLS

typedef struct _WeirHubDemoKind WeirHubDemoKind;

typedef enum
{
  WEIR_HUB_DEMO_CREATE,
  WEIR_HUB_DEMO_UPDATE,
  WEIR_HUB_DEMO_DELETE,
} WeirHubDemoAction;

const WeirHubDemoKind *weir_hub_demo_kind_find (const char *name);
/* How a record of the kind is likely to change next. */
WeirHubDemoAction weir_hub_demo_kind_draw_action (const WeirHubDemoKind *self, GRand *rand);
char *weir_hub_demo_kind_draw_id (const WeirHubDemoKind *self, GRand *rand);
/* A record's JSON; times in µs. */
char *weir_hub_demo_kind_make (const WeirHubDemoKind *self,
                               const char *id,
                               gint64 created,
                               gint64 updated,
                               GRand *rand);
/* The record with one or two members changed. */
char *weir_hub_demo_kind_change (const WeirHubDemoKind *self,
                                 WeirJson record,
                                 gint64 updated,
                                 GRand *rand);

G_END_DECLS

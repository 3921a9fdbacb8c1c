/* weir-hub-demo-world.h: the collections of records that the demo's systems hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-demo-words.h"
#include "weir-hub-store.h"

G_BEGIN_DECLS

/* The same seed and the same number of steps give the same records; only their times differ. */
typedef struct _WeirHubDemoWorld WeirHubDemoWorld;

WeirHubDemoWorld *weir_hub_demo_world_new (WeirHubStore *store, guint32 seed);
void weir_hub_demo_world_free (WeirHubDemoWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHubDemoWorld, weir_hub_demo_world_free)

GRand *weir_hub_demo_world_get_rand (WeirHubDemoWorld *self);
/* The collection as an earlier run left it, or new with about `size` records; a step changes it
 * as often as its weight says. */
void weir_hub_demo_world_add (WeirHubDemoWorld *self,
                              const char *collection,
                              const char *kind,
                              guint size,
                              guint weight);

/* One change to one record, as of weir_clock_now(). What it was stays valid until the next. */
typedef struct
{
  const char *collection;
  WeirHubDemoAction action;
  const char *record; /* its JSON; NULL of a deleted one */
} WeirHubDemoStep;

void weir_hub_demo_world_step (WeirHubDemoWorld *self, WeirHubDemoStep *step);
char *weir_hub_demo_world_dup_records (WeirHubDemoWorld *self,
                                       const char *collection); /* a JSON array; NULL: no such */

G_END_DECLS

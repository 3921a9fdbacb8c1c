/* weir-event-config.h: what a Membrane subscription's config says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

G_BEGIN_DECLS

/* api/membrane.md §6, `config` of ExternalEventSubscription */
typedef struct
{
  char *type;    /* (nullable) as sent */
  char *subject; /* (nullable) the data source's collection, or the connector's event */
} WeirEventConfig;

void weir_event_config_read (WeirEventConfig *self, WeirJson config);
void weir_event_config_clear (WeirEventConfig *self);
char *weir_event_config_dup_title (WeirEventConfig *self, const char *otherwise);
void weir_event_config_take_subscription (WeirJson subscription,
                                          const char *otherwise,
                                          char **id,
                                          char **name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WeirEventConfig, weir_event_config_clear)

G_END_DECLS

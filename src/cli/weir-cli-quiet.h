/* weir-cli-quiet.h: which subscriptions are silent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-cli-commands.h"

G_BEGIN_DECLS

/* What the history knows of the accounts asked about; NULL history: nothing is silent. */
typedef struct _WeirCliQuiet WeirCliQuiet;

/* targets: (element-type WeirCliTarget) the accounts */
WeirCliQuiet *weir_cli_quiet_new (WeirCli *self, GPtrArray *targets);
void weir_cli_quiet_free (WeirCliQuiet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirCliQuiet, weir_cli_quiet_free)
/* (transfer full): the subscription's object with the member "quiet": null, or since when, and how long a usual pause is */
char *weir_cli_quiet_describe (WeirCliQuiet *self, WeirSubscription *subscription);

G_END_DECLS

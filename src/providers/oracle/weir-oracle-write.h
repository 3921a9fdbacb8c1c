/* weir-oracle-write.h: changing Oracle's event subscriptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-ask.h"

G_BEGIN_DECLS

/* tunnel: remembered for the life of the provider: PATCH is refused on the way, so it goes as POST */
void weir_oracle_act (WeirProvider *provider,
                      WeirAction action,
                      WeirRecord *record,
                      gboolean *tunnel,
                      GTask *task);
void weir_oracle_write (WeirProvider *provider,
                        WeirAction action,
                        const char *id,
                        GBytes *json,
                        gboolean *tunnel,
                        GTask *task);

G_END_DECLS

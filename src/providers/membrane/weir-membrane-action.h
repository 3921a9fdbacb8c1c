/* weir-membrane-action.h: what can be done to Membrane's subscriptions and connections
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-membrane-list.h"

G_BEGIN_DECLS

gboolean weir_membrane_can (WeirAction action, WeirRecord *record, const char **reason);
void weir_membrane_act (WeirProvider *provider, WeirAction action, WeirRecord *record, GTask *task);
void weir_membrane_reconnect (WeirProvider *provider, WeirConnection *connection, GTask *task);

G_END_DECLS

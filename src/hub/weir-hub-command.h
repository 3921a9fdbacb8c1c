/* weir-hub-command.h: the words after "weir-hub" that do not serve
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-sources.h"

G_BEGIN_DECLS

/* The exit status: 0 done, 1 refused, 2 wrongly used. */
int weir_hub_command_add_source (WeirHubStore *store, const WeirHubSourceSpec *spec);
int weir_hub_command_remove_source (WeirHubStore *store, const char *name);
int weir_hub_command_list_sources (WeirHubStore *store, gboolean json);
int weir_hub_command_workspace (WeirHubStore *store);

G_END_DECLS

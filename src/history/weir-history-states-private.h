/* weir-history-states-private.h: how states get into the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-states.h"
#include "weir-sqlite.h"

G_BEGIN_DECLS

/* account: its number; before (nullable): what it was; since: since when, µs */
gboolean weir_history_states_insert (WeirDatabase *db,
                                     gint64 account,
                                     WeirStateChange *state,
                                     const char *before,
                                     gint64 since,
                                     GError **error);
gboolean weir_history_states_same_error (const char *one, const char *other);

G_END_DECLS

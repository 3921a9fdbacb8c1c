/* weir-history-pack.h: a page's bytes are compressed before it is its turn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event-rows.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The one thread that writes has no time for it while pages come one after the other. Until it is done nobody else
 * may use the events; a page without it is compressed when it is written. */
void
weir_history_pack_async (WeirEventRows *events, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS

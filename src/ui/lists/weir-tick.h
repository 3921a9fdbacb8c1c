/* weir-tick.h: one second for everything that counts down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Calls swapped with object each second for as long as object lives; there is one timer for all. */
void weir_tick_connect (gpointer object, GCallback callback);
void weir_tick_now (void);

G_END_DECLS

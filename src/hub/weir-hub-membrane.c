/* weir-hub-membrane.c: the Membrane face
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub.h"

/**
 * weir_hub_membrane_face_add:
 * @self: a hub
 *
 * Adds the Membrane face at /membrane.
 */
void
weir_hub_membrane_face_add (WeirHub *self)
{
  g_return_if_fail (WEIR_IS_HUB (self));
}

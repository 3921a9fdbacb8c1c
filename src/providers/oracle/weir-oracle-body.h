/* weir-oracle-body.h: what is written to an event subscription, checked before it is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* what may be sent of it; name (out) (nullable): the subscription's, if it is among the members */
GBytes *weir_oracle_body_check (GBytes *json, gboolean create, char **name, GError **error);
gboolean weir_oracle_check_id (const char *id);

G_END_DECLS

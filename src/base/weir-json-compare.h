/* weir-json-compare.h: whether two values say the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

G_BEGIN_DECLS

/* Any thread. What means the same is the same, however it is written. */
gboolean weir_json_scalar_equal (WeirJson a, WeirJson b); /* of what is no array and no object */
guint64 weir_json_hash (WeirJson value);                  /* of any value */

G_END_DECLS

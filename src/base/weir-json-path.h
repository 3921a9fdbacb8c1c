/* weir-json-path.h: where a value is, in a form that can be copied
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

G_BEGIN_DECLS

/* key: absent for a place in an array */
void weir_json_path_append (GString *path, WeirJson key, guint index);
/* the same in the language of queries: data.items[3]."any name" */
void weir_json_path_append_term (GString *path, WeirJson key, guint index);

G_END_DECLS

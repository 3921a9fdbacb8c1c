/* weir-shape.h: what fields a payload has, and of what types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

G_BEGIN_DECLS

/* What is beyond these is not looked at. */
#define WEIR_SHAPE_MAX_FIELDS 300
#define WEIR_SHAPE_MAX_DEPTH 8
#define WEIR_SHAPE_MAX_ELEMENTS 20 /* of an array */
#define WEIR_SHAPE_MAX_LENGTH (256 * 1024)

/* (element-type utf8) "path type", each once: "items[].price number". Any thread. */
GPtrArray *weir_shape_list_fields (WeirJson payload);
/* Splits such a field in place: returns its type and ends the path there. */
const char *weir_shape_split (char *field);
/* whether a path is another one or inside of it: "items[].price" is inside "items" */
gboolean weir_shape_is_inside (const char *path, const char *outer);

G_END_DECLS

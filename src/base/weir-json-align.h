/* weir-json-align.h: which items of two arrays go together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WEIR_JSON_ALIGN_NONE G_MAXUINT

/* (transfer full): for each of the items before its partner's place among those after, or NONE; the places rise */
guint *weir_json_align (const guint64 *before, guint n_before, const guint64 *after, guint n_after);

G_END_DECLS

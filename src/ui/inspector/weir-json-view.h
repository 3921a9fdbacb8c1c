/* weir-json-view.h: JSON as a tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-json.h"

G_BEGIN_DECLS

#define WEIR_TYPE_JSON_VIEW (weir_json_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirJsonView, weir_json_view, WEIR, JSON_VIEW, AdwBin)

GtkWidget *weir_json_view_new (void);
/* keep: a newer version of the same thing, so what is open stays open */
void weir_json_view_set_json (WeirJsonView *self, GBytes *bytes, WeirJson value, gboolean keep);
/* an event's payload: its values can be filtered by */
void weir_json_view_set_is_payload (WeirJsonView *self, gboolean is_payload);
/* selects the next row, round the end, that has the text; "not-found" is emitted if there is none */
void weir_json_view_search (WeirJsonView *self, const char *text);

G_END_DECLS

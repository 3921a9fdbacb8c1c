/* weir-json-node.h: a value inside JSON, and its children as a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "weir-json.h"

G_BEGIN_DECLS

#define WEIR_TYPE_JSON_NODE (weir_json_node_get_type ())
G_DECLARE_FINAL_TYPE (WeirJsonNode, weir_json_node, WEIR, JSON_NODE, GObject)

/* Immutable: a view into bytes that it keeps alive. */
WeirJsonNode *weir_json_node_new (GBytes *bytes, WeirJson value); /* value: inside of bytes */
WeirJson weir_json_node_get_value (WeirJsonNode *self);
gboolean weir_json_node_is_container (WeirJsonNode *self);
gboolean weir_json_node_is_group (WeirJsonNode *self); /* some members of a long container */
/* from its name to behind its value, or behind a group's last one: the next one's start or before */
const char *weir_json_node_get_start (WeirJsonNode *self);
const char *weir_json_node_get_end (WeirJsonNode *self);
char *weir_json_node_dup_key (WeirJsonNode *self);  /* "" for the root */
char *weir_json_node_dup_path (WeirJsonNode *self); /* $.items[3].name; $ for the root */
char *weir_json_node_dup_term (WeirJsonNode *self); /* data.items[3].name; NULL: no query asks so */
char *weir_json_node_dup_summary (WeirJsonNode *self);
char *weir_json_node_dup_copy (WeirJsonNode *self); /* a string's text, else pretty-printed */
/* NULL for what has no children. A list is indexed when it is first asked for its length: a small one at once, a large one
 * by a worker, so that it is empty first; and it grows by some rows a frame. Of more than 1,000 members there are groups. */
GListModel *weir_json_node_create_children (WeirJsonNode *self);

#define WEIR_TYPE_JSON_LIST (weir_json_list_get_type ())
G_DECLARE_FINAL_TYPE (WeirJsonList, weir_json_list, WEIR, JSON_LIST, GObject)

G_END_DECLS

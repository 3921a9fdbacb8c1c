/* weir-driver-tree.h: a program's accessibility tree, read in few trips over the bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-driver.h"

G_BEGIN_DECLS

typedef struct _WeirNode WeirNode;

struct _WeirNode
{
  WeirThing thing;
  gboolean visible;
  WeirNode *parent;    /* (nullable) */
  GPtrArray *children; /* (element-type WeirNode) owned */
};

void weir_node_free (WeirNode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirNode, weir_node_free)

/* All of it that can be seen; without `rows` not what is in the rows of tables, which are most of it. */
WeirNode *weir_node_read (GDBusConnection *bus, const char *owner, const char *path, gboolean rows);
/* Nearest to the root first; `accept`: 0 no, 1 the best there can be, more: something worse. NULL: none. */
typedef guint (*WeirNodeAccept) (WeirNode *node, gpointer user_data);
WeirNode *weir_node_search (WeirNode *root, WeirNodeAccept accept, gpointer user_data);
void weir_node_append_labels (WeirNode *self, GString *text);
void weir_node_dump (WeirNode *self, guint depth, GString *text);
WeirThing *weir_thing_copy (const WeirThing *self);

G_END_DECLS

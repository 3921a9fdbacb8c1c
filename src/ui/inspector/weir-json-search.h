/* weir-json-search.h: finds a text in a tree of JSON and opens the tree there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-json.h"

G_BEGIN_DECLS

/* Looks for the text in a worker, in names and values as they are written, whatever the case of the letters from A to Z; then
 * opens what it is inside of, which takes as long as its lists take to be indexed. The callback's GTask result: the row's
 * position, or -1. */
void weir_json_search_async (GtkTreeListModel *tree,
                             GBytes *bytes,
                             WeirJson value,
                             const char *text,
                             const char *from /* nullable: a place in value */,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
int weir_json_search_finish (GtkTreeListModel *tree, GAsyncResult *result, GError **error);

G_END_DECLS

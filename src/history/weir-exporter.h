/* weir-exporter.h: writes events to a file or a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-export-format.h"
#include "weir-history.h"

G_BEGIN_DECLS

/* Exports what an index holds, oldest first, in parts: memory stays bounded however many events there are. An event that
 * was deleted meanwhile is left out. An exporter runs once.
 * Signal "progress", some times a second, in the main context that started it. */
#define WEIR_TYPE_EXPORTER (weir_exporter_get_type ())
G_DECLARE_FINAL_TYPE (WeirExporter, weir_exporter, WEIR, EXPORTER, GObject)

WeirExporter *
weir_exporter_new (WeirHistory *history, WeirHistoryIndex *index, WeirExportFormat format);
guint weir_exporter_get_done (WeirExporter *self);  /* events, of those of the index */
guint weir_exporter_get_total (WeirExporter *self); /* the index's length */

/* To a file, which appears whole or not at all: what was there before is replaced at the end. */
void weir_exporter_save_async (WeirExporter *self,
                               const char *path,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean weir_exporter_save_finish (WeirExporter *self, GAsyncResult *result, GError **error);
/* To a stream, which is flushed and stays open. */
void weir_exporter_write_async (WeirExporter *self,
                                GOutputStream *stream,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean weir_exporter_write_finish (WeirExporter *self, GAsyncResult *result, GError **error);

G_END_DECLS

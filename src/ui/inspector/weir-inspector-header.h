/* weir-inspector-header.h: what it is that the inspector shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* Its buttons use the actions inspector.back, .show-in-list, .copy-json, .copy-curl and .copy-id. */
#define WEIR_TYPE_INSPECTOR_HEADER (weir_inspector_header_get_type ())
G_DECLARE_FINAL_TYPE (WeirInspectorHeader, weir_inspector_header, WEIR, INSPECTOR_HEADER, AdwBin)

GtkWidget *weir_inspector_header_new (WeirMonitor *monitor);
/* inside: it was reached by a link, so there is a way back */
void weir_inspector_header_set_object (WeirInspectorHeader *self, gpointer object, gboolean inside);

const char *weir_record_kind_get_label (WeirRecordKind kind);
const char *weir_record_kind_get_icon (WeirRecordKind kind);

G_END_DECLS

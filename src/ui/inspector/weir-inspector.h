/* weir-inspector.h: everything that is known about the selected record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_INSPECTOR (weir_inspector_get_type ())
G_DECLARE_FINAL_TYPE (WeirInspector, weir_inspector, WEIR, INSPECTOR, AdwBin)

WeirInspector *weir_inspector_new (WeirMonitor *monitor);
/* Not shown, it shows what it was set to once it is shown again. */
void weir_inspector_set_shown (WeirInspector *self, gboolean shown);
/* object: a WeirRecord, a WeirErrorGroup, a WeirSession, the WeirTimelineItem of a gap, a WeirSeveral or NULL; the same
 * again is a newer version of it. What a reader has gone on to from there, by a link inside the inspector, stays until another object is
 * set. */
void weir_inspector_set_object (WeirInspector *self, gpointer object);
GObject *weir_inspector_get_object (WeirInspector *self); /* transfer none, nullable */
gboolean weir_inspector_focus_search (WeirInspector *self);
void weir_inspector_step_part (WeirInspector *self,
                               gboolean forward); /* FALSE: what is shown has none */

G_END_DECLS

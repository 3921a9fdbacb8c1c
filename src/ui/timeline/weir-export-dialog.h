/* weir-export-dialog.h: what is shown, into a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-timeline-model.h"

G_BEGIN_DECLS

#define WEIR_TYPE_EXPORT_DIALOG (weir_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WeirExportDialog, weir_export_dialog, WEIR, EXPORT_DIALOG, AdwWindow)

/* from: a widget of the window; model: what is shown, the answer to query ("": everything) */
void weir_export_dialog_present (GtkWidget *from,
                                 WeirHistory *history,
                                 WeirTimelineModel *model,
                                 const char *query);

G_END_DECLS

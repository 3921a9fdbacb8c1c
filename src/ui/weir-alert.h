/* weir-alert.h: a dialog that asks before something is done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *weir_alert_new (const char *heading, const char *body, const char *cancel);
void weir_alert_add_response (GtkWidget *self,
                              const char *id,
                              const char *label,
                              AdwResponseAppearance appearance);
void weir_alert_set_response_enabled (GtkWidget *self, const char *id, gboolean enabled);
void weir_alert_set_response_label (GtkWidget *self, const char *id, const char *label);
void weir_alert_present (GtkWidget *self, GtkWidget *parent);
void weir_alert_ask_to_discard (GtkWindow *window); /* that is about to close */

G_END_DECLS

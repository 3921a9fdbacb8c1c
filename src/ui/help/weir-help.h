/* weir-help.h: help without a network and without another program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The topics are the pages' ids, and "query", "gaps", "inspector", "accounts", "preferences". */
void weir_help_set_topic (GtkWindow *window, const char *topic); /* of a dialog: F1 shows it */
void weir_help_present (GtkWindow *parent,
                        const char *topic); /* over any window, also a modal one */

G_END_DECLS

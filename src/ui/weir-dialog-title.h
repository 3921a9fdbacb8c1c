/* weir-dialog-title.h: a dialog's title, whole beside its buttons or beneath them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* header: in a vertical box */
void weir_dialog_title_add (GtkWindow *dialog, AdwHeaderBar *header);

G_END_DECLS

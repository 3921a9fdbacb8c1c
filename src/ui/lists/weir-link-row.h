/* weir-link-row.h: a row that leads somewhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WEIR_TYPE_LINK_ROW (weir_link_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirLinkRow, weir_link_row, WEIR, LINK_ROW, AdwActionRow)

/* title and subtitle are no markup, and one line each; record: what it leads to */
GtkWidget *weir_link_row_new (const char *title,
                              const char *subtitle /* nullable */,
                              GObject *record /* nullable */);
GObject *weir_link_row_get_record (WeirLinkRow *self); /* transfer none, nullable */

G_END_DECLS

/* weir-facet-row.h: a value that can be ticked, with its count
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-query-edit.h"

G_BEGIN_DECLS

/* Signal "set" (WeirQueryTermState state, gboolean only). */
#define WEIR_TYPE_FACET_ROW (weir_facet_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirFacetRow, weir_facet_row, WEIR, FACET_ROW, AdwBin)

GtkWidget *weir_facet_row_new (void);
/* label: what a person calls the value */
void weir_facet_row_show (WeirFacetRow *self,
                          const char *value,
                          const char *label,
                          guint count,
                          WeirQueryTermState state);
const char *weir_facet_row_get_value (WeirFacetRow *self);

G_END_DECLS

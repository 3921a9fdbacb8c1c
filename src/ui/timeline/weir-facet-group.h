/* weir-facet-group.h: the values of one field, to be ticked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"
#include "weir-query-edit.h"

G_BEGIN_DECLS

/* Signal "set" (const char *value, WeirQueryTermState state, gboolean only): what the reader wants of a value; only: and of no
 * other one. */
#define WEIR_TYPE_FACET_GROUP (weir_facet_group_get_type ())
G_DECLARE_FINAL_TYPE (WeirFacetGroup, weir_facet_group, WEIR, FACET_GROUP, AdwBin)

GtkWidget *weir_facet_group_new (WeirMonitor *monitor, const char *field, const char *title);
const char *weir_facet_group_get_field (WeirFacetGroup *self);
/* values: WeirQueryValue, the most frequent first; text: of the query; sort: FALSE leaves each in its place, so that nothing moves
 * under the pointer */
void
weir_facet_group_update (WeirFacetGroup *self, GPtrArray *values, const char *text, gboolean sort);

G_END_DECLS

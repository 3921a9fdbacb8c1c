/* weir-related-list.h: the records that belong to the one that is looked at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* The events a pull collected, the latest pulls of a subscription, the subjects of an error group; hidden where there is
 * nothing of the kind. Signal "open" (GObject *). */
#define WEIR_TYPE_RELATED_LIST (weir_related_list_get_type ())
G_DECLARE_FINAL_TYPE (WeirRelatedList, weir_related_list, WEIR, RELATED_LIST, AdwBin)

GtkWidget *weir_related_list_new (WeirMonitor *monitor);
void weir_related_list_set_object (WeirRelatedList *self, gpointer object);

G_END_DECLS

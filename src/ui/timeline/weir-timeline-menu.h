/* weir-timeline-menu.h: what can be done with a row of the timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-timeline-item.h"

G_BEGIN_DECLS

GtkPopover *weir_timeline_menu_new (WeirTimelineItem *item,
                                    const char *fill); /* transfer floating */

G_END_DECLS

/* weir-feed-bar.h: how each account's events are being fetched
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_FEED_BAR (weir_feed_bar_get_type ())
G_DECLARE_FINAL_TYPE (WeirFeedBar, weir_feed_bar, WEIR, FEED_BAR, GtkWidget)

GtkWidget *weir_feed_bar_new (WeirMonitor *monitor);

G_END_DECLS

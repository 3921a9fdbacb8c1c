/* weir-scroll-proxy.h: keeps long lists from jumping while they are scrolled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WEIR_TYPE_SCROLL_PROXY (weir_scroll_proxy_get_type ())
G_DECLARE_FINAL_TYPE (WeirScrollProxy, weir_scroll_proxy, WEIR, SCROLL_PROXY, GtkWidget)

void weir_scroll_proxy_fill (GtkScrolledWindow *scroller, GtkWidget *child); /* a GtkScrollable */

G_END_DECLS

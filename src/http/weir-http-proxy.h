/* weir-http-proxy.h: which way requests leave
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One for the whole process; sessions have it from when they are made. */
gboolean weir_http_proxy_check (const char *address, GError **error);
/* NULL: as the system says; "": none; else an address. TRUE: it was another one before */
gboolean weir_http_proxy_set (const char *address);
void weir_http_proxy_give (SoupSession *session);

G_END_DECLS

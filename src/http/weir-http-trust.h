/* weir-http-trust.h: certificate authorities besides the system's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* pem: one certificate or more; what stands between them is ignored */
GPtrArray *weir_http_trust_read (const char *pem, GError **error);
void weir_http_trust_give (SoupSession *session, GPtrArray *authorities);
void weir_http_trust_watch (SoupSession *session, SoupMessage *message);
/* (nullable) why the server's certificate was refused, a sentence; NULL: it was not */
char *weir_http_trust_dup_refusal (SoupMessage *message);

G_END_DECLS

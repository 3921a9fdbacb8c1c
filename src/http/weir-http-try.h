/* weir-http-try.h: one try of a request, for WeirHttpClient and WeirSse alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-http-client.h"

G_BEGIN_DECLS

/* s; 0 = no limit */
typedef struct
{
  guint connect; /* from the look-up of the name to the end of the TLS handshake */
  guint idle;    /* without a byte in either direction, once connected */
  guint total;   /* from the start of the try to the last byte */
} WeirHttpLimits;

SoupSession *weir_http_session_new (void);
SoupMessage *weir_http_message_new (const char *method, GUri *uri);
gint64 weir_http_read_retry_after (SoupMessageHeaders *headers);
GUri *weir_http_parse_address (GUri *base, const char *text, GError **error);

/* `cancellable` is made for this try: its timeouts cancel it, too. */
void weir_http_try_async (SoupSession *session,
                          WeirAuth *auth,
                          const WeirHttpLimits *limits,
                          WeirHttpRequest *request,
                          GUri *uri,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
WeirHttpResponse *
weir_http_try_finish (GAsyncResult *result, WeirExchange **exchange, GError **error);

G_END_DECLS

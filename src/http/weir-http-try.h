/* weir-http-try.h: one try of a request, for WeirHttpClient alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-http-soup.h"

G_BEGIN_DECLS

/* s; 0 = no limit */
typedef struct
{
  guint connect; /* from the look-up of the name to the end of the TLS handshake */
  guint idle;    /* without a byte in either direction, once connected */
  guint total;   /* from the start of the try to the last byte */
} WeirHttpLimits;

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

/* weir-http-soup.h: libsoup as Weir uses it, for this room alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-http-client.h"

G_BEGIN_DECLS

SoupSession *weir_http_session_new (void);
SoupMessage *weir_http_message_new (const char *method, GUri *uri);
/* as soup_session_send_async(), but may be cancelled at any instant */
void weir_http_send_async (SoupSession *session,
                           SoupMessage *message,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GInputStream *weir_http_send_finish (SoupSession *session, GAsyncResult *result, GError **error);
gint64 weir_http_read_retry_after (SoupMessageHeaders *headers);
gint64 weir_http_read_milliseconds (SoupMessageHeaders *headers, const char *name);
GUri *weir_http_parse_address (GUri *base, const char *text, GError **error);
void weir_http_clear_source (GSource **source);

G_END_DECLS

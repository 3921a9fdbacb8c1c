/* weir-sse.h: a server-sent event stream that reconnects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-http-client.h"

G_BEGIN_DECLS

#define WEIR_TYPE_SSE (weir_sse_get_type ())
G_DECLARE_FINAL_TYPE (WeirSse, weir_sse, WEIR, SSE, GObject)

/* Signals: "message" (const char *event, const char *data), "opened", "closed" (GError *). The token, if the
 * client's auth has one, goes into the query as ?token= (api/membrane.md §2.12). Reconnects with backoff (1 s to 60 s,
 * `retry:` obeyed, Last-Event-ID sent, silence of 90 s counts as dead) until stopped. A line or message over 1 MiB is dropped.
 * 404, 401, 403, 204 end it for ten minutes: the server has no such stream. */
WeirSse *weir_sse_new (WeirHttpClient *client, const char *uri);
void weir_sse_start (WeirSse *self);
void weir_sse_stop (WeirSse *self);
void weir_sse_set_unit (WeirSse *self, guint milliseconds); /* 1000; tests make it small */

G_END_DECLS

/* weir-sse-parser.h: reads the text of an event stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line or a message over this is left out; the stream goes on. */
#define WEIR_SSE_MAX_SIZE (1024u * 1024u)

typedef struct _WeirSseParser WeirSseParser;
typedef void (*WeirSseFunc) (const char *event, const char *data, gpointer user_data);

WeirSseParser *weir_sse_parser_new (const char *last_id, WeirSseFunc func, gpointer user_data);
void weir_sse_parser_free (WeirSseParser *self);
void weir_sse_parser_feed (WeirSseParser *self, const char *bytes, gsize length);
const char *weir_sse_parser_get_last_id (WeirSseParser *self); /* (nullable) */
gint64 weir_sse_parser_get_retry (WeirSseParser *self);        /* ms; 0 = not told */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirSseParser, weir_sse_parser_free)

G_END_DECLS

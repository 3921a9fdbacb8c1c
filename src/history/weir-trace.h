/* weir-trace.h: a quick "it is not in there"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a text leaves in the bytes of JSON, however its letters are escaped and whatever their case. Immutable, any thread. */
typedef struct _WeirTrace WeirTrace;

WeirTrace *weir_trace_new (const char *text);
void weir_trace_free (WeirTrace *self);
/* FALSE: the text is not in there */
gboolean weir_trace_may_be_in (const WeirTrace *self, const char *raw, gsize length);
/* The text, or the longest part of it that there is, is looked for as it is: it is where weir_trace_find() says, and elsewhere
 * only if weir_trace_is_hidden(). */
gboolean weir_trace_is_text (const WeirTrace *self);
gboolean weir_trace_is_part (const WeirTrace *self);
const char *weir_trace_find (const WeirTrace *self, const char *at, const char *end);
gboolean weir_trace_is_hidden (const WeirTrace *self, const char *raw, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirTrace, weir_trace_free)

G_END_DECLS

/* weir-word.h: finds a word in an event as it was sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

G_BEGIN_DECLS

/* An event's bytes. The payload is absent until it is known; it is looked for only where it matters. */
typedef struct
{
  WeirJson raw;
  WeirJson payload;
} WeirEventText;

WeirJson weir_event_text_get_payload (WeirEventText *self);

/* A text that is looked for: where a word begins, within one string, number, true, false or null of the event, or within a
 * key of its payload (keys around it are the same in every event), without regard to case. Immutable, any thread. */
typedef struct _WeirWord WeirWord;

WeirWord *weir_word_new (const char *text);
void weir_word_free (WeirWord *self);
gboolean weir_word_is_in (const WeirWord *self, WeirEventText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirWord, weir_word_free)

G_END_DECLS

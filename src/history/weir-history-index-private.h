/* weir-history-index-private.h: how an answer is made and renewed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-index.h"
#include "weir-history-memory.h"
#include "weir-query-match.h"

G_BEGIN_DECLS

/* What was asked; the same for an answer and all that it is renewed to. */
typedef struct
{
  gatomicrefcount refs;
  WeirQueryMatch *match;
  guint limit;
} WeirQuestion;

WeirQuestion *weir_question_new (WeirQuery *query, guint limit);
WeirQuestion *weir_question_ref (WeirQuestion *self);
void weir_question_unref (WeirQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirQuestion, weir_question_unref)

/* view: when it was asked, without its order */
WeirHistoryIndex *weir_history_index_new_answer (WeirMemory *memory,
                                                 WeirQuestion *question,
                                                 WeirNumbers *numbers,
                                                 const WeirMemoryView *view,
                                                 const char *warning);
WeirQuestion *weir_history_index_get_question (WeirHistoryIndex *self); /* nullable */
WeirNumbers *weir_history_index_get_numbers (WeirHistoryIndex *self);
const WeirMemoryView *weir_history_index_get_view (WeirHistoryIndex *self);

G_END_DECLS

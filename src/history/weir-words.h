/* weir-words.h: which words the texts of a page may have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

G_BEGIN_DECLS

/* A filter says of a word beginning that no text has it, or that one may. It is stored: its form is versioned, and one of
 * another version says "may" of everything. Any thread. */
GBytes *weir_words_filter_new (const WeirJson *texts, guint n_texts);

/* What a query looks for, ready to be asked of many filters. */
GArray *weir_words_collect (const char *term); /* (element-type guint64), empty: nothing to ask */
gboolean
weir_words_filter_may_have (const guint8 *filter, gsize size, const guint64 *words, guint n_words);

G_END_DECLS

/* weir-history-words.h: makes the word filters of pages, behind everything else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-sqlite.h"

G_BEGIN_DECLS

/* A thread of low priority with a connection of its own, which only reads. What it has made is kept by who writes, so that
 * there is one writer. */
typedef struct _WeirHistoryWords WeirHistoryWords;

WeirHistoryWords *weir_history_words_new (const char *path);
void weir_history_words_free (WeirHistoryWords *self); /* does not wait for more than a page */

/* any thread: there may be new pages; starts it */
void weir_history_words_wake (WeirHistoryWords *self);
/* on the writing connection, one short transaction; n_kept: (out): how many */
gboolean
weir_history_words_keep (WeirHistoryWords *self, WeirDatabase *db, guint *n_kept, GError **error);

G_END_DECLS

/* weir-history-journal.h: what Weir changed at providers, kept for good
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-journal-entry.h"

G_BEGIN_DECLS

/* Rows are only added, which triggers in the file see to: neither the removal of an account nor the budget takes any. Each
 * is on the disk when its function ends. */

/* an entry that nothing is told of yet; its number, 0: an error */
gint64 weir_history_begin_entry (WeirHistory *self, WeirJournalEntry *entry, GError **error);
void weir_history_begin_entry_async (WeirHistory *self,
                                     WeirJournalEntry *entry,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gint64 weir_history_begin_entry_finish (WeirHistory *self, GAsyncResult *result, GError **error);
/* what became of it; a step that was told already is an error */
gboolean weir_history_complete_entry (WeirHistory *self,
                                      gint64 number,
                                      WeirJournalStep step,
                                      const WeirJournalOutcome *outcome,
                                      GError **error);
void weir_history_complete_entry_async (WeirHistory *self,
                                        gint64 number,
                                        WeirJournalStep step,
                                        const WeirJournalOutcome *outcome /* copied */,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
weir_history_complete_entry_finish (WeirHistory *self, GAsyncResult *result, GError **error);

/* (element-type WeirJournalEntry), newest first. account: (nullable) name, as it was then; uuid, kind, record: (nullable)
 * those of one record; limit: 0 all. */
typedef struct
{
  const char *account;
  const char *uuid;
  const char *kind;
  const char *record;
  const char *name; /* (nullable) of that record: also what was done when it had no id yet */
  guint limit;
} WeirJournalFilter;
GPtrArray *
weir_history_list_journal (WeirHistory *self, const WeirJournalFilter *filter, GError **error);
void weir_history_list_journal_async (WeirHistory *self,
                                      const WeirJournalFilter *filter /* copied */,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
weir_history_list_journal_finish (WeirHistory *self, GAsyncResult *result, GError **error);

G_END_DECLS

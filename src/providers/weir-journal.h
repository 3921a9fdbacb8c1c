/* weir-journal.h: who keeps what a provider is about to change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "weir-journal-entry.h"

G_BEGIN_DECLS

/* A provider asks for it before it sends anything that is no question, and sends nothing if the entry cannot be begun.
 * begin_finish() returns the entry's number, or 0 with an error; it must be on the disk by then. */
#define WEIR_TYPE_JOURNAL (weir_journal_get_type ())
G_DECLARE_INTERFACE (WeirJournal, weir_journal, WEIR, JOURNAL, GObject)

struct _WeirJournalInterface
{
  GTypeInterface parent_interface;

  void (*begin_async) (WeirJournal *self,
                       WeirJournalEntry *entry,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gint64 (*begin_finish) (WeirJournal *self, GAsyncResult *result, GError **error);
  void (*complete_async) (WeirJournal *self,
                          gint64 number,
                          WeirJournalStep step,
                          const WeirJournalOutcome *outcome,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  gboolean (*complete_finish) (WeirJournal *self, GAsyncResult *result, GError **error);
};

G_END_DECLS

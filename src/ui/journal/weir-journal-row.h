/* weir-journal-row.h: one thing that Weir changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-fold-row.h"
#include "weir-journal-entry.h"

G_BEGIN_DECLS

#define WEIR_TYPE_JOURNAL_ROW (weir_journal_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirJournalRow, weir_journal_row, WEIR, JOURNAL_ROW, WeirFoldRow)

GtkWidget *weir_journal_row_new (WeirJournalEntry *entry);
WeirJournalEntry *weir_journal_row_get_entry (WeirJournalRow *self); /* transfer none */

G_END_DECLS

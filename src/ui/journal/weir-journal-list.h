/* weir-journal-list.h: what Weir changed, a row each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-journal-entry.h"

G_BEGIN_DECLS

#define WEIR_TYPE_JOURNAL_LIST (weir_journal_list_get_type ())
G_DECLARE_FINAL_TYPE (WeirJournalList, weir_journal_list, WEIR, JOURNAL_LIST, AdwBin)

GtkWidget *weir_journal_list_new (const char *name);
/* (element-type WeirJournalEntry); rows that were open stay so */
void weir_journal_list_show (WeirJournalList *self, GPtrArray *entries);

G_END_DECLS

/* weir-journal-keeper.h: the journal of changes, in the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-provider.h"

G_BEGIN_DECLS

#define WEIR_TYPE_JOURNAL_KEEPER (weir_journal_keeper_get_type ())
G_DECLARE_FINAL_TYPE (WeirJournalKeeper, weir_journal_keeper, WEIR, JOURNAL_KEEPER, GObject)

WeirJournal *weir_journal_keeper_new (WeirHistory *history);
WeirProvider *weir_journal_keeper_create_provider (WeirHistory *history,
                                                   WeirAccount *account,
                                                   const char *secret,
                                                   GError **error);

G_END_DECLS

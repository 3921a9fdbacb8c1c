/* weir-test-journal.h: a journal in memory, which may refuse
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-journal.h"

G_BEGIN_DECLS

#define WEIR_TYPE_TEST_JOURNAL (weir_test_journal_get_type ())
G_DECLARE_FINAL_TYPE (WeirTestJournal, weir_test_journal, WEIR, TEST_JOURNAL, GObject)

struct _WeirTestJournal
{
  GObject parent_instance;

  GPtrArray *entries; /* (element-type WeirJournalEntry) with the outcomes told so far */
  gboolean refuses;
};

WeirTestJournal *weir_test_journal_new (void);

G_END_DECLS

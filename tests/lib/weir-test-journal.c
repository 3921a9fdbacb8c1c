/* weir-test-journal.c: a journal in memory, which may refuse
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-test-journal.h"

static void weir_test_journal_journal_init (WeirJournalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirTestJournal,
                               weir_test_journal,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WEIR_TYPE_JOURNAL,
                                                      weir_test_journal_journal_init))

static void
weir_test_journal_begin_async (WeirJournal *journal,
                               WeirJournalEntry *entry,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  WeirTestJournal *self = WEIR_TEST_JOURNAL (journal);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (self->refuses)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full");
      return;
    }
  g_ptr_array_add (self->entries, g_object_ref (entry));
  g_task_return_int (task, self->entries->len);
}

static gint64
weir_test_journal_begin_finish (WeirJournal *journal, GAsyncResult *result, GError **error)
{
  gint64 number = g_task_propagate_int (G_TASK (result), error);

  return number > 0 ? number : 0;
}

static void
weir_test_journal_complete_async (WeirJournal *journal,
                                  gint64 number,
                                  WeirJournalStep step,
                                  const WeirJournalOutcome *outcome,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  WeirTestJournal *self = WEIR_TEST_JOURNAL (journal);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  WeirJournalEntry *entry = g_ptr_array_index (self->entries, number - 1);

  g_assert_cmpint (entry->outcomes[step].at, ==, 0);
  weir_journal_outcome_copy (outcome, &entry->outcomes[step]);
  g_task_return_boolean (task, TRUE);
}

static gboolean
weir_test_journal_complete_finish (WeirJournal *journal, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
weir_test_journal_journal_init (WeirJournalInterface *iface)
{
  iface->begin_async = weir_test_journal_begin_async;
  iface->begin_finish = weir_test_journal_begin_finish;
  iface->complete_async = weir_test_journal_complete_async;
  iface->complete_finish = weir_test_journal_complete_finish;
}

static void
weir_test_journal_finalize (GObject *object)
{
  g_ptr_array_unref (WEIR_TEST_JOURNAL (object)->entries);

  G_OBJECT_CLASS (weir_test_journal_parent_class)->finalize (object);
}

static void
weir_test_journal_class_init (WeirTestJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_test_journal_finalize;
}

static void
weir_test_journal_init (WeirTestJournal *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * weir_test_journal_new:
 *
 * Returns: (transfer full): an empty journal
 */
WeirTestJournal *
weir_test_journal_new (void)
{
  return g_object_new (WEIR_TYPE_TEST_JOURNAL, NULL);
}

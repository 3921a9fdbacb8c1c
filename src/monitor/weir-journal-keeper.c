/* weir-journal-keeper.c: the journal of changes, in the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-journal-keeper.h"

#include "weir-history-journal.h"
#include "weir-registry.h"

struct _WeirJournalKeeper
{
  GObject parent_instance;

  WeirHistory *history;
};

static void weir_journal_keeper_journal_init (WeirJournalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirJournalKeeper,
                               weir_journal_keeper,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WEIR_TYPE_JOURNAL,
                                                      weir_journal_keeper_journal_init))

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gint64 number = weir_history_begin_entry_finish (WEIR_HISTORY (source), result, &error);

  if (number == 0)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_memdup2 (&number, sizeof number), g_free);
}

static void
weir_journal_keeper_begin_async (WeirJournal *journal,
                                 WeirJournalEntry *entry,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  WeirJournalKeeper *self = WEIR_JOURNAL_KEEPER (journal);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, weir_journal_keeper_begin_async);
  weir_history_begin_entry_async (self->history, entry, NULL, begun_cb, task);
}

static gint64
weir_journal_keeper_begin_finish (WeirJournal *journal, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *number = g_task_propagate_pointer (G_TASK (result), error);

  return number != NULL ? *number : 0;
}

static void
completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (weir_history_complete_entry_finish (WEIR_HISTORY (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
weir_journal_keeper_complete_async (WeirJournal *journal,
                                    gint64 number,
                                    WeirJournalStep step,
                                    const WeirJournalOutcome *outcome,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  WeirJournalKeeper *self = WEIR_JOURNAL_KEEPER (journal);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, weir_journal_keeper_complete_async);
  weir_history_complete_entry_async (self->history, number, step, outcome, NULL, completed_cb,
                                     task);
}

static gboolean
weir_journal_keeper_complete_finish (WeirJournal *journal, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
weir_journal_keeper_journal_init (WeirJournalInterface *iface)
{
  iface->begin_async = weir_journal_keeper_begin_async;
  iface->begin_finish = weir_journal_keeper_begin_finish;
  iface->complete_async = weir_journal_keeper_complete_async;
  iface->complete_finish = weir_journal_keeper_complete_finish;
}

static void
weir_journal_keeper_finalize (GObject *object)
{
  g_object_unref (WEIR_JOURNAL_KEEPER (object)->history);

  G_OBJECT_CLASS (weir_journal_keeper_parent_class)->finalize (object);
}

static void
weir_journal_keeper_class_init (WeirJournalKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_journal_keeper_finalize;
}

static void
weir_journal_keeper_init (WeirJournalKeeper *self)
{
}

/**
 * weir_journal_keeper_new:
 * @history: where the entries are kept
 *
 * Returns: (transfer full): a journal for weir_provider_set_journal()
 */
WeirJournal *
weir_journal_keeper_new (WeirHistory *history)
{
  WeirJournalKeeper *self;

  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);

  self = g_object_new (WEIR_TYPE_JOURNAL_KEEPER, NULL);
  self->history = g_object_ref (history);

  return WEIR_JOURNAL (self);
}

/**
 * weir_journal_keeper_create_provider:
 * @history: where its changes are written down
 *
 * Returns: (transfer full): as weir_registry_create()
 */
WeirProvider *
weir_journal_keeper_create_provider (WeirHistory *history,
                                     WeirAccount *account,
                                     const char *secret,
                                     GError **error)
{
  WeirProvider *provider = weir_registry_create (account, secret, error);
  g_autoptr (WeirJournal) journal = NULL;

  if (provider == NULL)
    return NULL;
  journal = weir_journal_keeper_new (history);
  weir_provider_set_journal (provider, journal);

  return provider;
}

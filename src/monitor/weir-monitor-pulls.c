/* weir-monitor-pulls.c: pull runs that only the history has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-monitor-pulls.h"

#include "weir-history-pulls.h"
#include "weir-pull-list.h"

typedef struct
{
  GWeakRef monitor;
  WeirAccount *account;
} Question;

static GQuark
get_pending_quark (void)
{
  return g_quark_from_static_string ("weir-monitor-older-pulls");
}

static guint
get_pending (WeirMonitor *self)
{
  return GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (self), get_pending_quark ()));
}

static void
set_pending (WeirMonitor *self, guint pending)
{
  g_object_set_qdata (G_OBJECT (self), get_pending_quark (), GUINT_TO_POINTER (pending));
}

static void
question_free (Question *self)
{
  g_weak_ref_clear (&self->monitor);
  g_object_unref (self->account);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (WeirMonitor) self = g_weak_ref_get (&question->monitor);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept =
      weir_history_list_pulls_finish (WEIR_HISTORY (source), result, &error);

  /* Without them, there is what the server lists. */
  if (kept == NULL)
    g_debug ("Kept pull runs cannot be read: %s", error->message);
  if (self == NULL)
    return;

  set_pending (self, get_pending (self) - 1);
  if (kept != NULL && weir_monitor_find_session (self, question->account) != NULL)
    weir_pull_list_add_kept (weir_monitor_get_records (self, WEIR_RECORD_PULL), question->account,
                             kept);
}

static void
load (WeirMonitor *self, WeirAccount *account, gint64 before)
{
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->monitor, self);
  question->account = g_object_ref (account);
  set_pending (self, get_pending (self) + 1);
  weir_history_list_pulls_async (weir_monitor_get_history (self), account, NULL, before,
                                 WEIR_PULL_LIST_KEPT, NULL, list_cb, question);
}

/**
 * weir_monitor_load_kept_pulls:
 * @self: a monitor
 * @account: an account that has just come
 *
 * Puts into the set what the history has of its latest pull runs.
 */
void
weir_monitor_load_kept_pulls (WeirMonitor *self, WeirAccount *account)
{
  g_return_if_fail (WEIR_IS_MONITOR (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  load (self, account, 0);
}

/**
 * weir_monitor_load_older_pulls:
 * @self: a monitor
 *
 * Puts into the set, soon, of each account the pull runs before the oldest that is there, as far as the
 * history has them and memory may be used; nothing while that is being done.
 */
void
weir_monitor_load_older_pulls (WeirMonitor *self)
{
  WeirRecordSet *pulls;
  GListModel *sessions;

  g_return_if_fail (WEIR_IS_MONITOR (self));

  pulls = weir_monitor_get_records (self, WEIR_RECORD_PULL);
  if (get_pending (self) > 0 || !weir_pull_list_keep_more (pulls))
    return;

  sessions = weir_monitor_get_sessions (self);
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirAccount *account = weir_session_get_account (session);

      load (self, account, weir_pull_list_find_oldest (pulls, account));
    }
}

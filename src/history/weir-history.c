/* weir-history.c: the local store of all that arrived
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history.h"

#include "weir-heap.h"
#include "weir-history-keep.h"
#include "weir-history-words.h"
#include "weir-history-private.h"
#include "weir-history-reader.h"
#include "weir-history-writer.h"
#include "weir-paths.h"

#define WATCH_INTERVAL 1 /* s */
/* What taking events in leaves behind is given back when none came for a moment, or now and then. */
#define TRIM_INTERVAL (3 * G_TIME_SPAN_SECOND)

struct _WeirHistory
{
  GObject parent_instance;

  GMainContext *context; /* where signals are emitted */
  WeirHistoryLane *lanes[WEIR_N_LANES];
  WeirMemory *memory;
  WeirHistoryWords *words;
  gboolean read_only;
  int settled;         /* atomic: what an older Weir left is made into pages */
  gint64 data_version; /* of the writing connection; touched on its lane only */
  gint64 hurried_at;   /* the same; when a follower that catches up brought a page, monotonic µs */
  gint64 busy_at;      /* the same; when something was taken in or written last */
  gint64 trimmed_at;   /* the same; when memory was given back last */
  GSource *watch;
  int watching; /* atomic */
  guint queued; /* atomic; WeirHistoryChanges to be told */
};

enum
{
  CHANGED,
  GAPS_CHANGED,
  JOURNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirHistory, weir_history, G_TYPE_OBJECT)
G_DEFINE_QUARK (weir_history_error, weir_history_error)

/* Arguments of the questions, as the lanes take them. */
typedef struct
{
  WeirAccount *account;
  WeirHistoryPage page;
} AppendArguments;

typedef struct
{
  const char *first;
  const char *second;
  gint64 time;
} TextArguments;

static void
append_arguments_free (AppendArguments *arguments)
{
  g_clear_object (&arguments->account);
  g_free ((char *) arguments->page.stream);
  g_free ((char *) arguments->page.asked_with);
  g_clear_pointer (&arguments->page.events, weir_event_rows_unref);
  g_free ((char *) arguments->page.next_cursor);
  g_free ((char *) arguments->page.known_cursor);
  g_clear_object (&arguments->page.gap);
  g_free (arguments);
}

static void
append_result_free (WeirAppendResult *result)
{
  g_free (result->cursor);
  g_free (result);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* A source must not keep the history alive, and must not find it half gone. */
static void
attach_source (WeirHistory *self, GSource *source, GSourceFunc callback)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  g_source_set_callback (source, callback, weak, weak_ref_free);
  g_source_attach (source, self->context);
}

static gboolean
emit_changed_cb (gpointer data)
{
  g_autoptr (WeirHistory) self = g_weak_ref_get (data);

  if (self != NULL)
    {
      guint changes = g_atomic_int_and (&self->queued, 0);

      if (changes & WEIR_HISTORY_EVENTS_CHANGED)
        g_signal_emit (self, signals[CHANGED], 0);
      if (changes & WEIR_HISTORY_GAPS_CHANGED)
        g_signal_emit (self, signals[GAPS_CHANGED], 0);
      if (changes & WEIR_HISTORY_JOURNAL_CHANGED)
        g_signal_emit (self, signals[JOURNAL_CHANGED], 0);
    }
  return G_SOURCE_REMOVE;
}

static gpointer
done (gboolean done_well)
{
  return GINT_TO_POINTER (done_well);
}

static void
queue_changed (WeirHistory *self)
{
  weir_history_queue_changed (self, WEIR_HISTORY_EVENTS_CHANGED);
}

/* Somebody was ended in the middle of a removal: what is left of it goes, a little each second. */
static void
clean_up (WeirHistory *self, WeirDatabase *db)
{
  g_autoptr (GArray) unclean = NULL;
  gboolean did;

  if (!g_atomic_int_get (&self->settled))
    return;

  unclean = weir_memory_list_unclean_pages (self->memory, 1);
  if (unclean->len > 0)
    weir_history_clean_step (self->memory, db, &did, NULL);
}

static void
trim_heap (WeirHistory *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->busy_at > self->trimmed_at
      && (now - self->busy_at > G_TIME_SPAN_SECOND || now - self->trimmed_at > TRIM_INTERVAL))
    {
      weir_memory_give_back (self->memory);
      weir_heap_trim ();
      self->trimmed_at = now;
    }
}

/* The number moves when another connection, of which only those in other processes write, has
 * committed something. */
static gpointer
look_for_changes (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirHistory *self = owner;
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error, "PRAGMA data_version", "");
  gint64 version;
  guint n_kept;

  if (statement == NULL || !weir_statement_step (statement, error))
    return NULL;

  version = weir_statement_get_int (statement, 0);
  if (self->data_version != 0 && self->data_version != version)
    weir_history_queue_changed (self, WEIR_HISTORY_EVENTS_CHANGED | WEIR_HISTORY_GAPS_CHANGED
                                          | WEIR_HISTORY_JOURNAL_CHANGED);
  /* Not at once: who only asks something and goes needs none. What fails only makes searching slower. */
  if (self->data_version != 0 && !self->read_only)
    {
      /* while pages come one after the other they need both processors */
      if (g_get_monotonic_time () - self->hurried_at > G_TIME_SPAN_SECOND)
        weir_history_words_wake (self->words);
      weir_history_words_keep (self->words, db, &n_kept, NULL);
      if (n_kept > 0)
        weir_history_note_work (self);
      clean_up (self, db);
      trim_heap (self);
    }
  self->data_version = version;

  return done (TRUE);
}

/* On the writing lane. Whoever asks waits for it, and nobody sees a part of what an older Weir left. */
static gpointer
settle (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirHistory *self = owner;
  gboolean did = TRUE;

  while (!g_atomic_int_get (&self->settled))
    {
      if (!weir_history_migrate_step (self->memory, db, &did, error))
        return NULL;
      g_atomic_int_set (&self->settled, !did);
    }
  return done (TRUE);
}

static gpointer
append_page (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirHistory *self = owner;
  AppendArguments *arguments = data;
  WeirAppendResult result;
  gboolean did;

  if (settle (self, db, NULL, error) == NULL
      || !weir_history_writer_append (db, self->memory, arguments->account, &arguments->page,
                                      &result, error))
    return NULL;

  /* what fails here is done another time */
  weir_history_merge_step (self->memory, db, &did, NULL);

  if (result.added > 0 && !arguments->page.live)
    self->hurried_at = g_get_monotonic_time ();
  if (result.added > 0 || result.changed > 0)
    {
      weir_history_note_work (self);
      queue_changed (owner);
    }
  if (result.gaps_changed)
    weir_history_queue_changed (owner, WEIR_HISTORY_GAPS_CHANGED);
  return g_memdup2 (&result, sizeof result);
}

static gpointer
set_error_state (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  TextArguments *arguments = data;

  return done (weir_history_writer_set_error_state (db, arguments->first, arguments->second,
                                                    arguments->time, error));
}

static gpointer
list_error_states (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  return weir_history_reader_list_error_states (db, error);
}

static gpointer
rename_account (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  if (!weir_history_writer_rename_account (db, data, error))
    return NULL;

  queue_changed (owner);
  return done (TRUE);
}

static gboolean
watch_cb (gpointer data)
{
  g_autoptr (WeirHistory) self = g_weak_ref_get (data);

  if (self == NULL)
    return G_SOURCE_REMOVE;

  weir_history_lane_push (self->lanes[WEIR_LANE_WRITE], look_for_changes,
                          g_task_new (self, NULL, NULL, NULL), NULL);
  return G_SOURCE_CONTINUE;
}

/* Only who uses a main loop, and so the functions that need one, is told of other processes. */
static void
start_watch (WeirHistory *self)
{
  if (!g_atomic_int_compare_and_exchange (&self->watching, FALSE, TRUE))
    return;

  self->watch = g_timeout_source_new_seconds (WATCH_INTERVAL);
  g_source_set_static_name (self->watch, "weir-history-watch");
  attach_source (self, self->watch, watch_cb);
}

static void
weir_history_finalize (GObject *object)
{
  WeirHistory *self = WEIR_HISTORY (object);

  if (self->watch != NULL)
    {
      g_source_destroy (self->watch);
      g_source_unref (self->watch);
    }
  g_clear_pointer (&self->words, weir_history_words_free);
  for (WeirLane lane = 0; lane < WEIR_N_LANES; lane++)
    g_clear_pointer (&self->lanes[lane], weir_history_lane_free);
  g_clear_pointer (&self->memory, weir_memory_unref);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (weir_history_parent_class)->finalize (object);
}

static void
weir_history_class_init (WeirHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = weir_history_finalize;

  /**
   * WeirHistory::changed:
   * @self: the history
   *
   * Events came, changed or went, or an account has another name. Emitted in the main context that
   * was the thread's default when the history was made.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /**
   * WeirHistory::gaps-changed:
   * @self: the history
   *
   * A gap was noticed, shrank or closed. Emitted as #WeirHistory::changed is.
   */
  signals[GAPS_CHANGED] = g_signal_new ("gaps-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * WeirHistory::journal-changed:
   * @self: the history
   *
   * Something was begun, answered or done at a provider. Emitted as #WeirHistory::changed is.
   */
  signals[JOURNAL_CHANGED] = g_signal_new ("journal-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_history_init (WeirHistory *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->memory = weir_memory_new ();
}

/**
 * weir_history_new:
 * @path: (nullable): the file; %NULL for the one in the data folder
 * @error: return location for a %WEIR_HISTORY_ERROR_OPEN: not readable, not writable, damaged, or
 *   written by a newer Weir
 *
 * Opens the history, creating it where there is none. Where it cannot be written to it can be read all the same, if it
 * is of this version: see weir_history_is_read_only().
 *
 * Returns: (transfer full): the history, or %NULL
 */
WeirHistory *
weir_history_new (const char *path, GError **error)
{
  g_autoptr (WeirHistory) self = g_object_new (WEIR_TYPE_HISTORY, NULL);
  g_autofree char *folder = NULL;
  g_autofree char *usual_path = NULL;

  if (path == NULL)
    {
      folder = weir_paths_dup_data_dir ();
      usual_path = g_build_filename (folder, "history.db", NULL);
      path = usual_path;
    }

  for (WeirLane lane = 0; lane < WEIR_N_LANES; lane++)
    self->lanes[lane] = weir_history_lane_new (path, lane == WEIR_LANE_WRITE);

  self->words = weir_history_words_new (path);

  if (!weir_history_lane_open (self->lanes[WEIR_LANE_WRITE], error))
    return NULL;
  self->read_only = weir_history_lane_is_read_only (self->lanes[WEIR_LANE_WRITE]);
  if (!weir_history_call (self, WEIR_LANE_WRITE, look_for_changes, NULL, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * weir_history_is_read_only:
 * @self: a history
 *
 * Returns: whether its file cannot be written to: what is there can be read, and whatever would change it fails
 */
gboolean
weir_history_is_read_only (WeirHistory *self)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);

  return self->read_only;
}

/* Moves what is in @kept to the caller. */
static void
take_result (WeirAppendResult *kept, WeirAppendResult *result)
{
  if (result != NULL)
    {
      *result = *kept;
      kept->cursor = NULL;
    }
  append_result_free (kept);
}

/**
 * weir_history_append:
 * @self: a history
 * @account: whose events they are
 * @page: the page and the cursors that came with it
 * @result: (out) (optional): what it did; g_free() its cursor
 * @error: return location for a #WeirHistoryError
 *
 * Keeps a page and its cursor in one transaction. An event that is known already is not kept twice;
 * one whose content differs is brought up to date. The cursor is `known_cursor` where that is given
 * and no event was new, else `next_cursor` where given, else `asked_with`. Where the stored cursor is
 * not `asked_with` (any more), nothing is written and the error is %WEIR_HISTORY_ERROR_STALE: read
 * the cursor again and ask again.
 *
 * Returns: whether the page was kept
 */
gboolean
weir_history_append (WeirHistory *self,
                     WeirAccount *account,
                     const WeirHistoryPage *page,
                     WeirAppendResult *result,
                     GError **error)
{
  AppendArguments arguments;
  WeirAppendResult *kept;

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (page != NULL && page->stream != NULL, FALSE);

  arguments.account = account;
  arguments.page = *page;
  kept = weir_history_call (self, WEIR_LANE_WRITE, append_page, &arguments, error);
  if (kept == NULL)
    return FALSE;

  take_result (kept, result);
  return TRUE;
}

/**
 * weir_history_append_async:
 * @self: a history
 * @account: whose events they are
 * @page: the page; copied
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_append(). Cancelled does not say that nothing was written: it may have been done
 * already.
 */
void
weir_history_append_async (WeirHistory *self,
                           WeirAccount *account,
                           const WeirHistoryPage *page,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  AppendArguments *arguments;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));
  g_return_if_fail (page != NULL && page->stream != NULL);

  arguments = g_new0 (AppendArguments, 1);
  arguments->account = g_object_ref (account);
  arguments->page = *page;
  if (page->gap != NULL)
    g_object_ref (page->gap);
  arguments->page.stream = g_strdup (page->stream);
  arguments->page.asked_with = g_strdup (page->asked_with);
  if (page->events != NULL)
    weir_event_rows_ref (page->events);
  arguments->page.next_cursor = g_strdup (page->next_cursor);
  arguments->page.known_cursor = g_strdup (page->known_cursor);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_append_async);
  g_task_set_task_data (task, arguments, (GDestroyNotify) append_arguments_free);
  weir_history_push (self, WEIR_LANE_WRITE, append_page, task, (GDestroyNotify) append_result_free);
}

/**
 * weir_history_append_finish:
 * @self: a history
 * @result: what the callback was given
 * @appended: (out) (optional): what it did; g_free() its cursor
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the page was kept
 */
gboolean
weir_history_append_finish (WeirHistory *self,
                            GAsyncResult *result,
                            WeirAppendResult *appended,
                            GError **error)
{
  WeirAppendResult *kept;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  kept = g_task_propagate_pointer (G_TASK (result), error);
  if (kept == NULL)
    return FALSE;

  take_result (kept, appended);
  return TRUE;
}

/**
 * weir_history_set_error_state:
 * @self: a history
 * @group: an error group's key text
 * @state: "open", "acknowledged", "resolved" or "ignored"
 * @seen_at: when the newest of its errors was, as far as known now; µs, 0 unknown
 * @error: return location for a #WeirHistoryError
 *
 * Returns: whether it was kept
 */
gboolean
weir_history_set_error_state (WeirHistory *self,
                              const char *group,
                              const char *state,
                              gint64 seen_at,
                              GError **error)
{
  TextArguments arguments = { group, state, seen_at };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (group != NULL && state != NULL, FALSE);

  return weir_history_call (self, WEIR_LANE_WRITE, set_error_state, &arguments, error) != NULL;
}

/**
 * weir_history_list_error_states:
 * @self: a history
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full) (element-type utf8 WeirErrorMark): by key text of the group; or %NULL
 */
GHashTable *
weir_history_list_error_states (WeirHistory *self, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);

  return weir_history_call (self, WEIR_LANE_LOAD, list_error_states, NULL, error);
}

/**
 * weir_history_rename_account:
 * @self: a history
 * @account: the account as it is now
 * @error: return location for a #WeirHistoryError
 *
 * Describes the account of the same UUID anew: another name, address and so on.
 *
 * Returns: whether it was kept
 */
gboolean
weir_history_rename_account (WeirHistory *self, WeirAccount *account, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), FALSE);

  return weir_history_call (self, WEIR_LANE_WRITE, rename_account, account, error) != NULL;
}

/**
 * weir_history_rename_account_async:
 * @self: a history
 * @account: the account as it is now
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_rename_account().
 */
void
weir_history_rename_account_async (WeirHistory *self,
                                   WeirAccount *account,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_rename_account_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  weir_history_push (self, WEIR_LANE_WRITE, rename_account, task, NULL);
}

/**
 * weir_history_rename_account_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was kept
 */
gboolean
weir_history_rename_account_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * weir_history_note_work:
 * @self: a history
 *
 * On the writing lane: much was done, so that memory is given back in a moment.
 */
void
weir_history_note_work (WeirHistory *self)
{
  self->busy_at = g_get_monotonic_time ();
}

/**
 * weir_history_queue_changed:
 * @self: a history
 * @changes: what is to be told
 *
 * Has the signals emitted, in the main context that made the object; from any thread. However much
 * happens until the main loop comes round, it hears of it once.
 */
void
weir_history_queue_changed (WeirHistory *self, WeirHistoryChanges changes)
{
  g_autoptr (GSource) source = NULL;

  if (g_atomic_int_or (&self->queued, changes) != 0)
    return;

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "weir-history-changed");
  attach_source (self, source, emit_changed_cb);
}

/**
 * weir_history_get_fresh:
 * @self: a history
 * @db: the connection of a lane that only reads
 * @error: return location for a #WEIR_SQLITE_ERROR or #WeirHistoryError
 *
 * For jobs, which is to say not for the main loop.
 *
 * Returns: (transfer none) (nullable): what is in memory, as the file is now; %NULL with @error set
 */
WeirMemory *
weir_history_get_fresh (WeirHistory *self, WeirDatabase *db, GError **error)
{
  if (!g_atomic_int_get (&self->settled)
      && weir_history_call (self, WEIR_LANE_WRITE, settle, NULL, error) == NULL)
    return NULL;
  return weir_memory_refresh (self->memory, db, NULL, error) ? self->memory : NULL;
}

/**
 * weir_history_get_settled:
 * @self: a history
 * @db: the connection of the writing lane
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * For jobs on the writing lane.
 *
 * Returns: (transfer none) (nullable): what is in memory; a transaction looks at the file first
 */
WeirMemory *
weir_history_get_settled (WeirHistory *self, WeirDatabase *db, GError **error)
{
  return settle (self, db, NULL, error) != NULL ? self->memory : NULL;
}

/**
 * weir_history_get_n_events:
 * @self: a history
 *
 * Costs nothing. Nothing is known until the first question was answered.
 *
 * Returns: how many events are kept
 */
guint64
weir_history_get_n_events (WeirHistory *self)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), 0);

  return weir_memory_get_n_events (self->memory);
}

/**
 * weir_history_call:
 * @self: a history
 * @lane: which lane
 * @job: what to do
 * @data: (nullable): for @job
 * @error: return location for a #WeirHistoryError
 *
 * Does it in this thread.
 *
 * Returns: what @job returned
 */
gpointer
weir_history_call (WeirHistory *self,
                   WeirLane lane,
                   WeirHistoryJob job,
                   gpointer data,
                   GError **error)
{
  return weir_history_lane_call (self->lanes[lane], job, self, data, NULL, error);
}

/**
 * weir_history_push:
 * @self: a history
 * @lane: which lane
 * @job: what to do
 * @task: (transfer full): with the data for @job
 * @free_result: how to free what @job returns
 *
 * Does it in the lane's thread.
 */
void
weir_history_push (WeirHistory *self,
                   WeirLane lane,
                   WeirHistoryJob job,
                   GTask *task,
                   GDestroyNotify free_result)
{
  start_watch (self);
  weir_history_lane_push (self->lanes[lane], job, task, free_result);
}

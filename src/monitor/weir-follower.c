/* weir-follower.c: takes one stream of one account into the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-follower-private.h"

#include <glib/gi18n-lib.h>

#include "weir-backoff.h"
#include "weir-clock.h"
#include "weir-i18n.h"
#include "weir-wake-watch.h"

#define FULL_LIMIT                                                                                 \
  500 /* events a page; api/sequin-and-oracle.md §A1, api/membrane.md §3 allow it */
#define DEFAULT_INTERVAL 2000 /* ms */
#define POKE_INTERVAL 250     /* ms */
#define FRAME 16              /* ms; events that come faster are asked for once in it */
#define PAGES_BEFORE_GROWING 2
#define MAX_STALE 3

typedef WeirFollowerRun Run;

G_DEFINE_FINAL_TYPE (WeirFollower, weir_follower, G_TYPE_OBJECT)

static void ask (WeirFollower *self);

static Run *
run_new (WeirFollower *follower, GCancellable *cancellable)
{
  Run *run = g_rc_box_new0 (Run);

  run->follower = follower;
  run->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();

  return run;
}

static void
run_clear (gpointer data)
{
  g_object_unref (((Run *) data)->cancellable);
}

static void
run_unref (Run *run)
{
  g_rc_box_release_full (run, run_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_unref)

static void
end_run (WeirFollower *self)
{
  g_autoptr (Run) run = g_steal_pointer (&self->run);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->page);
  g_clear_object (&self->gap);
  weir_follower_drop_ahead (self);
  self->busy = FALSE;
  self->poked = FALSE;
  if (run != NULL)
    run->follower = NULL;
  /* A sync's cancellable is its caller's. */
  if (run != NULL && self->sync == NULL)
    g_cancellable_cancel (run->cancellable);
}

static void
timer_cb (gpointer user_data)
{
  WeirFollower *self = user_data;

  self->timer_id = 0;
  ask (self);
}

static void
schedule (WeirFollower *self, guint delay)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add_once (delay, timer_cb, self);
  self->timer_at = g_get_monotonic_time () + delay * (gint64) G_TIME_SPAN_MILLISECOND;
}

static void
schedule_sooner (WeirFollower *self, guint delay)
{
  gint64 at = g_get_monotonic_time () + delay * (gint64) G_TIME_SPAN_MILLISECOND;

  if (self->timer_id == 0 || at < self->timer_at)
    schedule (self, delay);
}

static guint
until_poke_allowed (WeirFollower *self)
{
  gint64 passed = (g_get_monotonic_time () - self->asked_at) / G_TIME_SPAN_MILLISECOND;

  return passed >= POKE_INTERVAL ? 0 : (guint) (POKE_INTERVAL - passed);
}

/* A stream that always has a few new ones would be asked hundreds of times a second: nobody sees more than a frame's
 * worth of them. */
static guint
until_few_allowed (WeirFollower *self)
{
  gint64 passed = (g_get_monotonic_time () - self->asked_at) / G_TIME_SPAN_MILLISECOND;

  return self->few && self->sync == NULL && passed < FRAME ? (guint) (FRAME - passed) : 0;
}

static void
finish_sync (WeirFollower *self, GError *error)
{
  g_autoptr (GTask) task = NULL;

  end_run (self);
  task = g_steal_pointer (&self->sync);
  weir_follower_set_state (self, WEIR_FOLLOWER_STOPPED, NULL, 0);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* @error: (transfer full) */
static void
fail (WeirFollower *self, GError *error)
{
  g_autoptr (GError) local_error = error;
  gboolean was_lost;
  guint pause;

  g_clear_object (&self->page);
  weir_follower_drop_ahead (self);
  self->busy = FALSE;
  self->good_pages = 0;

  /* Another program follows the stream too and was faster: on from where it is, and in the long run
   * not in step with it. */
  if (g_error_matches (local_error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STALE))
    {
      self->place_known = FALSE;
      if (++self->stale <= MAX_STALE)
        ask (self);
      else
        schedule (self, (guint) g_random_int_range (1, DEFAULT_INTERVAL));
      return;
    }

  /* Somewhere in the page is what cannot be read: nearer, until it stands alone. */
  if (g_error_matches (local_error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_INVALID_ANSWER)
      && self->limit > 1)
    {
      self->limit /= 2;
      ask (self);
      return;
    }

  was_lost = self->place_lost;
  self->place_lost = weir_follower_is_cursor_refused (self, local_error);
  if (self->place_lost && !was_lost)
    weir_follower_note_refusal (self, local_error);
  if (self->place_lost)
    /* Translators: followed by what the server said */
    weir_i18n_reword (local_error,
                      g_strdup_printf (_ ("The server no longer takes the place in the stream that "
                                          "Weir had come to, and Weir does not start again by "
                                          "itself: %s"),
                                       local_error->message));

  if (self->sync != NULL)
    {
      finish_sync (self, g_steal_pointer (&local_error));
      return;
    }

  if (self->place_lost && self->restart_wanted)
    {
      weir_follower_restart (self);
      return;
    }

  pause = weir_follower_get_pause (self, local_error);
  schedule (self, pause);
  weir_follower_set_state (self, WEIR_FOLLOWER_WAITING, g_steal_pointer (&local_error), pause);
}

static void
grow_limit (WeirFollower *self)
{
  if (self->limit < FULL_LIMIT && ++self->good_pages >= PAGES_BEFORE_GROWING)
    {
      self->limit = MIN (self->limit * 2, FULL_LIMIT);
      self->good_pages = 0;
    }
}

static void
go_on (WeirFollower *self, gboolean end, gboolean full_page)
{
  if (!end)
    {
      /* A few new ones do not make a follower one that catches up. */
      if (full_page || self->state != WEIR_FOLLOWER_FOLLOWING)
        weir_follower_set_state (self, WEIR_FOLLOWER_CATCHING_UP, NULL, 0);
      if (self->run != NULL && until_few_allowed (self) > 0)
        schedule (self, until_few_allowed (self));
      else if (self->run != NULL)
        ask (self);
    }
  else if (self->sync != NULL)
    {
      finish_sync (self, NULL);
    }
  else
    {
      schedule (self, self->poked ? until_poke_allowed (self) : self->interval);
      weir_follower_set_state (self, WEIR_FOLLOWER_FOLLOWING, NULL, 0);
    }
}

/* What the page was kept with, to be compared with the next one. */
static void
take_appended (WeirFollower *self, WeirAppendResult *appended, gboolean *end, gboolean *full)
{
  g_autoptr (WeirEventPage) page = g_object_ref (self->page);
  gboolean moved = g_strcmp0 (self->cursor, appended->cursor) != 0;

  /* Where nothing is new and the place is the same, the next answer would be the same too. */
  *end = page->end || (appended->added == 0 && (page->known_is_end || !moved));
  /* A walk that an earlier run began does not have what came since. */
  self->begun |= !page->goes_on;
  if (moved && !self->begun)
    *end = FALSE;
  *full = page->events->len >= self->page_limit;
  self->few = page->events->len * 4 < self->page_limit;

  weir_follower_note_kept (self, appended->known, *end);
  g_clear_object (&self->page);
  g_clear_object (&self->gap);
  g_free (self->cursor);
  self->cursor = g_steal_pointer (&appended->cursor);
  self->busy = FALSE;
  self->attempts = 0;
  self->stale = 0;
  self->place_lost = FALSE;
  self->restart_wanted = FALSE;
  self->received += appended->added;
  self->sync_added += appended->added;
  grow_limit (self);
  weir_follower_set_warning (self, page->warning);
}

static void
append_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (WeirFollower) self = NULL;
  WeirAppendResult appended = { 0 };
  GError *error = NULL;
  gboolean end, full;

  if (run->follower == NULL)
    return;
  self = g_object_ref (run->follower); /* a handler of "appended" may let go of it */

  if (!weir_history_append_finish (WEIR_HISTORY (source), result, &appended, &error))
    {
      fail (self, error);
      return;
    }

  take_appended (self, &appended, &end, &full);
  weir_follower_emit_appended (self, appended.added);
  if (run->follower != NULL)
    go_on (self, end, full);
}

static void
keep_page (WeirFollower *self)
{
  WeirHistoryPage parts = { 0 };

  parts.stream = self->stream;
  parts.asked_with = self->cursor; /* as the history has it: a provider may take "" for none */
  parts.events = self->page->events;
  parts.next_cursor = self->page->next_cursor;
  parts.known_cursor = self->page->known_cursor;
  weir_follower_fill_parts (self, &parts);
  weir_history_append_async (self->history, weir_provider_get_account (self->provider), &parts,
                             self->run->cancellable, append_cb, g_rc_box_acquire (self->run));
}

/* Whoever cannot or will not be asked that does not keep the stream from being followed. */
static gboolean
is_no_answer (const GError *error)
{
  return g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_REFUSED)
         || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND)
         || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED)
         || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_INVALID_ANSWER);
}

static void
judge_and_keep (WeirFollower *self, gboolean reaches)
{
  weir_follower_judge (self, reaches);
  keep_page (self);
  weir_follower_ask_ahead (self);
}

static void
reaches_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  WeirFollower *self = run->follower;
  GError *error = NULL;
  gboolean reaches;

  if (self == NULL)
    return;

  reaches = weir_provider_reaches_finish (WEIR_PROVIDER (source), result, &error);
  if (error != NULL && !is_no_answer (error))
    {
      fail (self, error);
      return;
    }

  judge_and_keep (self, reaches || error != NULL);
  g_clear_error (&error);
}

static void
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  GError *error = NULL;
  WeirEventPage *page;

  if (run->follower == NULL)
    return;

  page = weir_provider_fetch_finish (WEIR_PROVIDER (source), result, &error);
  weir_follower_take_answer (run->follower, page, error, run->follower->limit,
                             run->follower->asked_clock);
}

static void
fetch (WeirFollower *self)
{
  if (weir_follower_use_ahead (self))
    return;

  self->asked_clock = weir_clock_now ();
  weir_provider_fetch_async (self->provider, self->stream, self->cursor, self->limit,
                             self->run->cancellable, fetch_cb, g_rc_box_acquire (self->run));
}

static void
read_place_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  WeirFollower *self = run->follower;
  g_autoptr (WeirStreamPlace) place = NULL;
  GError *error = NULL;

  if (self == NULL)
    return;
  place = weir_history_get_place_finish (WEIR_HISTORY (source), result, &error);
  if (place == NULL)
    {
      fail (self, error);
      return;
    }

  g_free (self->cursor);
  self->cursor = g_steal_pointer (&place->cursor);
  self->seen_end = MAX (self->seen_end, place->seen_end);
  self->seen_written = place->seen_end;
  self->newest = place->newest;
  self->place_known = TRUE;
  fetch (self);
}

static void
read_place (WeirFollower *self)
{
  weir_history_get_place_async (self->history, weir_provider_get_account (self->provider),
                                self->stream, self->run->cancellable, read_place_cb,
                                g_rc_box_acquire (self->run));
}

static void
ask (WeirFollower *self)
{
  g_assert (self->run != NULL && !self->busy);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->busy = TRUE;
  self->poked = FALSE;
  self->asked_at = g_get_monotonic_time ();
  if (self->place_known)
    fetch (self);
  else
    read_place (self);
}

/* Whatever comes next is another walk: the log may have lost something, and others have followed it. */
static void
begin_walk (WeirFollower *self)
{
  self->place_known = FALSE;
  self->limit = FULL_LIMIT;
  self->good_pages = 0;
  self->attempts = 0;
  self->stale = 0;
  self->unsure = TRUE;
  self->overlaps = FALSE;
  self->restarted = FALSE;
  self->restart_wanted = FALSE;
  self->begun = FALSE;
  self->answered_at = 0;
}

static void
begin_run (WeirFollower *self, GCancellable *cancellable)
{
  g_autoptr (WeirFollower) alive = g_object_ref (self);

  self->run = run_new (self, cancellable);
  begin_walk (self);
  weir_follower_set_state (self, WEIR_FOLLOWER_CATCHING_UP, NULL, 0);
  if (self->run != NULL) /* a handler of "changed" may have stopped it */
    ask (self);
}

static void
woke_cb (WeirFollower *self, int reason)
{
  weir_follower_wake (self, reason == WEIR_WAKE_SLEEP ? WEIR_FOLLOWER_NOTE_SLEEP
                                                      : WEIR_FOLLOWER_NOTE_NETWORK);
}

static void
weir_follower_dispose (GObject *object)
{
  WeirFollower *self = WEIR_FOLLOWER (object);

  end_run (self);
  g_clear_object (&self->provider);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (weir_follower_parent_class)->dispose (object);
}

static void
weir_follower_finalize (GObject *object)
{
  WeirFollower *self = WEIR_FOLLOWER (object);

  g_free (self->stream);
  g_free (self->cursor);
  g_free (self->warning);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (weir_follower_parent_class)->finalize (object);
}

static void
weir_follower_class_init (WeirFollowerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_follower_dispose;
  object_class->finalize = weir_follower_finalize;

  weir_follower_install_signals (klass);
}

static void
weir_follower_init (WeirFollower *self)
{
  self->interval = DEFAULT_INTERVAL;
  g_signal_connect_object (weir_wake_watch_get_default (), "woke", G_CALLBACK (woke_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * weir_follower_new:
 * @provider: whose stream
 * @history: where its events are kept, and the place it has come to
 * @stream: one of weir_provider_get_streams()
 *
 * Returns: (transfer full): a follower that is not started
 */
WeirFollower *
weir_follower_new (WeirProvider *provider, WeirHistory *history, const char *stream)
{
  WeirFollower *self;

  g_return_val_if_fail (WEIR_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);
  g_return_val_if_fail (stream != NULL, NULL);

  self = g_object_new (WEIR_TYPE_FOLLOWER, NULL);
  self->provider = g_object_ref (provider);
  self->history = g_object_ref (history);
  self->stream = g_strdup (stream);

  return self;
}

/**
 * weir_follower_start:
 *
 * Goes on from the place the history has come to, to the end and then with whatever is new, until
 * weir_follower_stop().
 */
void
weir_follower_start (WeirFollower *self)
{
  g_return_if_fail (WEIR_IS_FOLLOWER (self));

  if (self->run == NULL)
    begin_run (self, NULL);
}

/**
 * weir_follower_stop:
 *
 * Stops. A page that is under way is given up or kept whole with its place, so that nothing is lost.
 * A sync is ended by its own cancellable, not by this.
 */
void
weir_follower_stop (WeirFollower *self)
{
  g_return_if_fail (WEIR_IS_FOLLOWER (self));

  if (self->run == NULL || self->sync != NULL)
    return;
  end_run (self);
  weir_follower_set_state (self, WEIR_FOLLOWER_STOPPED, NULL, 0);
}

/**
 * weir_follower_poke:
 *
 * Something may be new: looks now, if it only waits for its interval. A failure's pause is waited
 * out all the same.
 */
void
weir_follower_poke (WeirFollower *self)
{
  g_return_if_fail (WEIR_IS_FOLLOWER (self));

  if (self->busy)
    self->poked = TRUE;
  else if (self->state == WEIR_FOLLOWER_FOLLOWING)
    schedule_sooner (self, until_poke_allowed (self)); /* a busy stream is asked sooner anyway */
}

/**
 * weir_follower_retry:
 *
 * Tries again at once if it waits after a failure.
 */
void
weir_follower_retry (WeirFollower *self)
{
  g_return_if_fail (WEIR_IS_FOLLOWER (self));

  if (self->state != WEIR_FOLLOWER_WAITING || self->busy)
    return;
  self->attempts = 0;
  schedule (self, 0);
}

/**
 * weir_follower_restart:
 *
 * Begins with the stream again, if it waits after a failure: the remedy for a server that no longer
 * takes the place Weir had come to. Events that are known are not kept twice.
 */
void
weir_follower_restart (WeirFollower *self)
{
  g_return_if_fail (WEIR_IS_FOLLOWER (self));

  if (self->state != WEIR_FOLLOWER_WAITING)
    return;
  /* it is just trying the old place once more */
  self->restart_wanted = self->busy;
  if (self->busy)
    return;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->busy = TRUE;
  self->page = weir_event_page_new (self->stream, self->cursor);
  self->page->next_cursor = g_strdup ("");
  self->page_limit = self->limit;
  keep_page (self);
  self->restarted = TRUE;
}

/**
 * weir_follower_set_interval:
 * @milliseconds: from the end of one look to the next
 */
void
weir_follower_set_interval (WeirFollower *self, guint milliseconds)
{
  g_return_if_fail (WEIR_IS_FOLLOWER (self));

  self->interval = milliseconds;
  if (self->state == WEIR_FOLLOWER_FOLLOWING && !self->busy)
    schedule (self, milliseconds);
}

/**
 * weir_follower_wake:
 * @note: what has happened
 *
 * Whatever was under way may be lost, and time may have passed: begins at once again from where it
 * is. Only a pause that the server asked for is kept.
 */
void
weir_follower_wake (WeirFollower *self, WeirFollowerNote note)
{
  guint rest;

  g_return_if_fail (WEIR_IS_FOLLOWER (self));

  if (self->run == NULL || self->sync != NULL)
    return;

  self->note = note;
  rest = self->busy ? 0 : weir_backoff_get_rest (self->error, self->next_try);
  if (rest > 0)
    {
      begin_walk (self);
      schedule (self, rest);
      return;
    }
  end_run (self);
  begin_run (self, NULL);
}

/**
 * weir_follower_take_answer:
 * @page: (transfer full) (nullable): the page
 * @error: (transfer full) (nullable): why there is none
 * @limit: it was asked with
 * @asked_clock: when it was asked for, µs
 *
 * Judges the page and keeps it.
 */
void
weir_follower_take_answer (WeirFollower *self,
                           WeirEventPage *page,
                           GError *error,
                           guint limit,
                           gint64 asked_clock)
{
  if (page == NULL)
    {
      fail (self, error);
      return;
    }

  self->page = page;
  self->page_limit = limit;
  self->asked_clock = asked_clock;
  if (weir_follower_needs_reach (self))
    weir_provider_reaches_async (self->provider, page, self->run->cancellable, reaches_cb,
                                 g_rc_box_acquire (self->run));
  else
    judge_and_keep (self, TRUE);
}

/**
 * weir_follower_sync_async:
 *
 * Takes all that is new into the history and stops. The follower must not be started.
 */
void
weir_follower_sync_async (WeirFollower *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_FOLLOWER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_follower_sync_async);

  if (self->run != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               _ ("The stream is being followed already"));
      return;
    }

  self->sync = g_steal_pointer (&task);
  self->sync_added = 0;
  begin_run (self, cancellable);
}

/**
 * weir_follower_sync_finish:
 * @added: (out) (optional): how many events were new, also when it failed half-way
 *
 * Returns: %FALSE with @error set if the end was not reached; what came before is kept
 */
gboolean
weir_follower_sync_finish (WeirFollower *self, GAsyncResult *result, guint64 *added, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (added != NULL)
    *added = self->sync_added;

  return g_task_propagate_boolean (G_TASK (result), error);
}

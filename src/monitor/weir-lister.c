/* weir-lister.c: keeps the records of one kind of one account as the server has them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-lister.h"

#include "weir-backoff.h"
#include "weir-clock.h"
#include "weir-pull-list.h"

#define DEFAULT_INTERVAL 10000 /* ms */
#define SCARCE_FACTOR 6
#define LONGEST_WAIT (5 * 60 * 1000) /* ms */
#define PATIENCE_FACTOR 5            /* times as long as the list took */
#define MAX_INTERVAL (5 * 60 * 1000)
#define HINT_DELAY 250  /* ms: hints come in swarms */
#define LIST_PAUSE 2000 /* ms: least time from one list to the next that hints asked for */
#define MAX_READS 5     /* for more than these one list is cheaper */
#define MAX_NOT_FOUND 3

#define PULLS_ASKED 200
#define PULLS_WHOLE_INTERVAL G_TIME_SPAN_MINUTE

struct _WeirLister
{
  GObject parent_instance;

  WeirProvider *provider;
  WeirHistory *history;
  WeirRecordSet *records;
  WeirRecordKind kind;

  gboolean paused;
  gboolean busy;  /* a list is under way */
  gboolean again; /* and it was asked for once more */
  gboolean loaded;
  gboolean whole; /* the list under way is not narrowed by time */
  GError *error;
  guint failures;
  guint interval;          /* ms */
  gint64 asked_at;         /* monotonic, µs: of the last list */
  gint64 whole_at;         /* monotonic, µs: of the last list of pulls without a time */
  guint timer_id;          /* the next list */
  gint64 next_try;         /* when that is */
  guint hint_id;           /* the next reads */
  guint active_id;         /* the next look at the active pulls */
  GHashTable *first_looks; /* see weir_pull_list_get_interval() */
  gint64 active_due;       /* monotonic, µs: when that is */
  GHashTable *hinted;      /* ids to be read */
  GHashTable *reading;     /* ids being read */
  GHashTable *fresh;       /* id → gint64: monotonic time when it was put or dropped */
  guint not_found; /* reads of one pull in a row: at MAX_NOT_FOUND the server knows no such read */
  GCancellable *cancellable;
};

/* A read of one record. */
typedef struct
{
  WeirLister *lister;
  char *id;
  gint64 asked_at;
} Read;

enum
{
  ANSWERED,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirLister, weir_lister, G_TYPE_OBJECT)

static void
read_free (Read *self)
{
  g_object_unref (self->lister);
  g_free (self->id);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Read, read_free)

static void list_now (WeirLister *self);
static void watch_active (WeirLister *self);

static WeirAccount *
get_account (WeirLister *self)
{
  return weir_provider_get_account (self->provider);
}

static gboolean
is_stopped (WeirLister *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
is_active_pull (WeirRecord *record)
{
  return record != NULL && WEIR_IS_PULL_RUN (record)
         && weir_pull_run_is_active (WEIR_PULL_RUN (record));
}

/* The server has no list: its subscriptions are known from their events only. */
static gboolean
needs_seen (WeirLister *self)
{
  return self->kind == WEIR_RECORD_SUBSCRIPTION && weir_provider_needs_seen (self->provider);
}

static void
timer_cb (gpointer user_data)
{
  WeirLister *self = user_data;

  self->timer_id = 0;
  list_now (self);
}

/* Where the server allows little, what nobody looks at is asked less often. */
static gboolean
is_to_wait (WeirLister *self)
{
  return !weir_record_set_is_watched (self->records)
         && weir_quota_is_scarce (
             weir_http_client_get_quota (weir_provider_get_client (self->provider)));
}

static guint
get_interval (WeirLister *self)
{
  return is_to_wait (self)
             ? MAX (self->interval, MIN (self->interval * SCARCE_FACTOR, LONGEST_WAIT))
             : self->interval;
}

static void
schedule (WeirLister *self, guint delay)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add_once (delay, timer_cb, self);
  self->next_try = weir_clock_now () + delay * (gint64) G_TIME_SPAN_MILLISECOND;
}

static void
stamp (WeirLister *self, const char *id)
{
  gint64 *time = g_new (gint64, 1);

  *time = g_get_monotonic_time ();
  g_hash_table_replace (self->fresh, g_strdup (id), time);
}

static gboolean
is_fresher (WeirLister *self, const char *id, gint64 asked_at)
{
  const gint64 *time = g_hash_table_lookup (self->fresh, id);

  return time != NULL && *time > asked_at;
}

static gboolean
is_outdated_cb (gpointer key, gpointer value, gpointer user_data)
{
  return *(const gint64 *) value <= *(const gint64 *) user_data;
}

/* What was active and is not any more, and what came and went between two looks. */
static void
collect_ended (WeirLister *self, WeirRecord *now, GPtrArray *ended)
{
  WeirRecord *before =
      weir_record_set_find (self->records, get_account (self), weir_record_get_id (now));

  if (!is_active_pull (now) && (before != NULL ? is_active_pull (before) : self->loaded))
    g_ptr_array_add (ended, g_object_ref (now));
}

static void
emit_ended (WeirLister *self, GPtrArray *ended)
{
  for (guint i = 0; i < ended->len && !is_stopped (self); i++)
    g_signal_emit (self, signals[ENDED], 0, ended->pdata[i]);
}

/* Replaces what was put or dropped while the list was under way by what is known since. */
static GPtrArray *
apply_fresh (WeirLister *self, GPtrArray *listed)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_full (listed->len, g_object_unref);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_foreach_remove (self->fresh, is_outdated_cb, &self->asked_at);

  for (guint i = 0; i < listed->len; i++)
    {
      WeirRecord *record = listed->pdata[i];

      if (!g_hash_table_contains (self->fresh, weir_record_get_id (record)))
        g_ptr_array_add (records, g_object_ref (record));
    }

  g_hash_table_iter_init (&iter, self->fresh);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      WeirRecord *record = weir_record_set_find (self->records, get_account (self), id);

      if (record != NULL)
        g_ptr_array_add (records, g_object_ref (record));
    }

  return g_steal_pointer (&records);
}

static void
take_list (WeirLister *self, GPtrArray *listed)
{
  g_autoptr (GPtrArray) records = apply_fresh (self, listed);
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->kind == WEIR_RECORD_PULL)
    {
      /* What the server lists no more is still known, but a list that is not cut has all that run. */
      weir_pull_list_merge (self->records, get_account (self), records,
                            self->whole && listed->len < PULLS_ASKED);
      for (guint i = 0; i < records->len; i++)
        collect_ended (self, records->pdata[i], ended);
    }

  weir_record_set_refresh (self->records, get_account (self), records);
  self->loaded = TRUE;
  emit_ended (self, ended);
  if (!is_stopped (self))
    watch_active (self);
}

static void
finish_list (WeirLister *self, GError *error)
{
  g_autoptr (WeirLister) alive = g_object_ref (self);
  gint64 took = (g_get_monotonic_time () - self->asked_at) / G_TIME_SPAN_MILLISECOND;
  /* What costs the server much is asked less often. */
  guint pause = MAX (get_interval (self), (guint) CLAMP (took * PATIENCE_FACTOR, 0, MAX_INTERVAL));

  self->busy = FALSE;
  g_clear_error (&self->error);
  self->error = error;
  if (error != NULL)
    pause = MAX (pause, weir_backoff_get_delay (self->failures++, error));
  else
    self->failures = 0;

  if (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED))
    self->loaded = TRUE;

  if (!self->paused)
    schedule (self, self->again && error == NULL ? LIST_PAUSE : pause);
  self->again = FALSE;
  g_signal_emit (self, signals[ANSWERED], 0, self->error);
}

/* As a part of a list that is under way. */
static void
list_seen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirLister) self = user_data;
  g_autoptr (GPtrArray) seen = NULL;
  GError *error = NULL;

  if (is_stopped (self))
    return;

  seen = weir_history_list_seen_finish (WEIR_HISTORY (source), result, &error);
  if (seen != NULL)
    take_list (self, seen);
  if (!is_stopped (self))
    finish_list (self, error);
}

/* What it meets is told by the next list. */
static void
hinted_seen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirLister) self = user_data;
  g_autoptr (GPtrArray) seen = NULL;

  if (is_stopped (self))
    return;

  seen = weir_history_list_seen_finish (WEIR_HISTORY (source), result, NULL);
  if (seen != NULL)
    take_list (self, seen);
}

static void
list_seen (WeirLister *self, GAsyncReadyCallback callback)
{
  weir_history_list_seen_async (self->history, get_account (self), self->cancellable, callback,
                                g_object_ref (self));
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirLister) self = user_data;
  g_autoptr (GPtrArray) listed = NULL;
  GError *error = NULL;

  if (is_stopped (self))
    return;

  listed = weir_provider_list_finish (WEIR_PROVIDER (source), result, &error);
  if (listed != NULL && needs_seen (self))
    {
      list_seen (self, list_seen_cb);
      return;
    }

  if (listed != NULL)
    {
      if (self->whole)
        self->whole_at = self->asked_at;
      take_list (self, listed);
    }
  if (!is_stopped (self))
    finish_list (self, error);
}

static void
list_now (WeirLister *self)
{
  WeirListFilter filter = { 0 };

  if (self->paused)
    return;
  if (self->busy)
    {
      self->again = TRUE;
      return;
    }

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->busy = TRUE;
  self->whole = TRUE;
  self->asked_at = g_get_monotonic_time ();

  if (self->kind == WEIR_RECORD_PULL)
    {
      filter.limit = PULLS_ASKED;
      if (self->loaded && self->asked_at - self->whole_at < PULLS_WHOLE_INTERVAL)
        filter.since = weir_pull_list_find_since (self->records, get_account (self));
      self->whole = filter.since == 0;
    }

  weir_provider_list_async (self->provider, self->kind, &filter, self->cancellable, list_cb,
                            g_object_ref (self));
}

/* Soon, but not list after list. */
static void
list_soon (WeirLister *self)
{
  gint64 passed = (g_get_monotonic_time () - self->asked_at) / G_TIME_SPAN_MILLISECOND;

  if (self->busy)
    self->again = TRUE;
  else
    schedule (self, passed >= LIST_PAUSE ? 0 : (guint) (LIST_PAUSE - passed));
}

static void
put (WeirLister *self, WeirRecord *record)
{
  g_autoptr (WeirLister) alive = g_object_ref (self); /* whoever hears of it may stop us */
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->kind == WEIR_RECORD_PULL)
    collect_ended (self, record, ended);
  stamp (self, weir_record_get_id (record));
  weir_record_set_put (self->records, record);
  emit_ended (self, ended);
  if (!is_stopped (self))
    watch_active (self);
}

static gboolean
cannot_read (WeirLister *self)
{
  return self->not_found >= MAX_NOT_FOUND;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Read) read = user_data;
  g_autoptr (WeirRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  WeirLister *self = read->lister;

  if (is_stopped (self))
    return;

  g_hash_table_remove (self->reading, read->id);
  record = weir_provider_get_finish (WEIR_PROVIDER (source), result, &error);
  if (record != NULL)
    {
      self->not_found = 0;
      if (!is_fresher (self, read->id, read->asked_at))
        put (self, record);
      return;
    }

  /* The list knows better, and what it meets is told by it. One pull may be gone, or not be there yet. */
  if (self->kind == WEIR_RECORD_PULL
      && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND))
    self->not_found++;
  else if (self->kind == WEIR_RECORD_PULL
           && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED))
    self->not_found = MAX_NOT_FOUND;
  if (!self->paused && self->error == NULL)
    list_soon (self);
}

static void
read_one (WeirLister *self, const char *id)
{
  Read *read;

  if (!g_hash_table_add (self->reading, g_strdup (id)))
    return;

  read = g_new0 (Read, 1);
  read->lister = g_object_ref (self);
  read->id = g_strdup (id);
  read->asked_at = g_get_monotonic_time ();
  weir_provider_get_async (self->provider, self->kind, id, self->cancellable, read_cb, read);
}

static void
hint_cb (gpointer user_data)
{
  WeirLister *self = user_data;
  GHashTableIter iter;
  gpointer id;

  self->hint_id = 0;
  if (needs_seen (self))
    {
      list_seen (self, hinted_seen_cb);
    }
  else if (g_hash_table_size (self->hinted) > MAX_READS)
    {
      list_soon (self);
    }
  else
    {
      g_hash_table_iter_init (&iter, self->hinted);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        read_one (self, id);
    }
  g_hash_table_remove_all (self->hinted);
}

static void
look_at_active_cb (gpointer user_data)
{
  WeirLister *self = user_data;
  g_autoptr (GPtrArray) active = weir_pull_list_find_active (self->records, get_account (self));

  self->active_id = 0;
  if (active->len > MAX_READS || (cannot_read (self) && active->len > 0))
    list_soon (self);
  else
    for (guint i = 0; i < active->len; i++)
      read_one (self, weir_record_get_id (active->pdata[i]));
  watch_active (self);
}

static void
watch_active (WeirLister *self)
{
  g_autoptr (GPtrArray) active = NULL;
  guint interval;
  gint64 due;

  if (self->kind != WEIR_RECORD_PULL || self->paused)
    return;

  active = weir_pull_list_find_active (self->records, get_account (self));
  if (active->len == 0)
    {
      g_hash_table_remove_all (self->first_looks);
      return;
    }
  interval = weir_pull_list_get_interval (active, self->first_looks);

  due = g_get_monotonic_time () + interval * (gint64) G_TIME_SPAN_MILLISECOND;
  if (self->active_id != 0 && self->active_due <= due)
    return;
  g_clear_handle_id (&self->active_id, g_source_remove);
  self->active_id = g_timeout_add_once (interval, look_at_active_cb, self);
  self->active_due = due;
}

static void
clear_timers (WeirLister *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->hint_id, g_source_remove);
  g_clear_handle_id (&self->active_id, g_source_remove);
  g_hash_table_remove_all (self->hinted);
}

static void
weir_lister_dispose (GObject *object)
{
  weir_lister_stop (WEIR_LISTER (object));

  G_OBJECT_CLASS (weir_lister_parent_class)->dispose (object);
}

static void
weir_lister_finalize (GObject *object)
{
  WeirLister *self = WEIR_LISTER (object);

  g_object_unref (self->provider);
  g_object_unref (self->history);
  g_object_unref (self->records);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->hinted);
  g_hash_table_unref (self->first_looks);
  g_hash_table_unref (self->reading);
  g_hash_table_unref (self->fresh);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (weir_lister_parent_class)->finalize (object);
}

static void
weir_lister_class_init (WeirListerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_lister_dispose;
  object_class->finalize = weir_lister_finalize;

  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, WEIR_TYPE_PULL_RUN);
}

static void
weir_lister_init (WeirLister *self)
{
  self->paused = TRUE;
  self->interval = DEFAULT_INTERVAL;
  self->cancellable = g_cancellable_new ();
  self->hinted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->first_looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->reading = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Who comes to look need not wait as long as nobody would. */
static void
watched_cb (WeirLister *self)
{
  gint64 rest = (self->next_try - weir_clock_now ()) / G_TIME_SPAN_MILLISECOND;

  if (!self->paused && self->timer_id != 0 && self->error == NULL && rest > self->interval)
    schedule (self, self->interval);
}

/**
 * weir_lister_new:
 * @provider: who is asked
 * @history: where a server with no list of subscriptions has left traces of them
 * @records: the set of all accounts' records of @kind
 * @kind: %WEIR_RECORD_SUBSCRIPTION, %WEIR_RECORD_PULL or %WEIR_RECORD_CONNECTION
 *
 * Returns: (transfer full): a lister that is paused
 */
WeirLister *
weir_lister_new (WeirProvider *provider,
                 WeirHistory *history,
                 WeirRecordSet *records,
                 WeirRecordKind kind)
{
  WeirLister *self;

  g_return_val_if_fail (WEIR_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);
  g_return_val_if_fail (WEIR_IS_RECORD_SET (records), NULL);

  self = g_object_new (WEIR_TYPE_LISTER, NULL);
  self->provider = g_object_ref (provider);
  self->history = g_object_ref (history);
  self->records = g_object_ref (records);
  self->kind = kind;
  g_signal_connect_object (records, "watched", G_CALLBACK (watched_cb), self, G_CONNECT_SWAPPED);

  /* What cannot be listed has nothing to wait for. */
  self->loaded = !weir_provider_lists (provider, kind, NULL);

  return self;
}

/**
 * weir_lister_resume:
 *
 * Lists now, and again at each interval.
 */
void
weir_lister_resume (WeirLister *self)
{
  g_return_if_fail (WEIR_IS_LISTER (self));

  if (!self->paused || is_stopped (self) || !weir_provider_lists (self->provider, self->kind, NULL))
    return;
  self->paused = FALSE;
  /* subscriptions lead: their list tells whether the account works again */
  if (self->loaded && self->kind != WEIR_RECORD_SUBSCRIPTION && is_to_wait (self))
    schedule (self, get_interval (self));
  else
    list_now (self);
  watch_active (self);
}

/**
 * weir_lister_pause:
 *
 * Asks for nothing until weir_lister_resume(). An answer that is under way is still taken.
 */
void
weir_lister_pause (WeirLister *self)
{
  g_return_if_fail (WEIR_IS_LISTER (self));

  self->paused = TRUE;
  self->again = FALSE;
  clear_timers (self);
}

/**
 * weir_lister_stop:
 *
 * Ends for good, with what is under way. The records stay in the set.
 */
void
weir_lister_stop (WeirLister *self)
{
  g_return_if_fail (WEIR_IS_LISTER (self));

  weir_lister_pause (self);
  g_cancellable_cancel (self->cancellable);
}

/**
 * weir_lister_set_interval:
 * @milliseconds: from one answer to the next list
 */
void
weir_lister_set_interval (WeirLister *self, guint milliseconds)
{
  g_return_if_fail (WEIR_IS_LISTER (self));

  if (self->interval == milliseconds)
    return;
  self->interval = milliseconds;
  if (self->timer_id != 0 && self->error == NULL)
    schedule (self, get_interval (self));
}

/**
 * weir_lister_refresh:
 *
 * Lists now, unless it is paused.
 */
void
weir_lister_refresh (WeirLister *self)
{
  g_return_if_fail (WEIR_IS_LISTER (self));

  list_now (self);
}

/**
 * weir_lister_hint:
 * @id: (nullable): a record that is said to be different, or new; %NULL: any
 *
 * Reads it soon, together with what else is hinted at.
 */
void
weir_lister_hint (WeirLister *self, const char *id)
{
  g_return_if_fail (WEIR_IS_LISTER (self));

  /* After a failure the next list is due in its own time. */
  if (self->paused || self->error != NULL)
    return;

  if (!needs_seen (self) && (id == NULL || *id == '\0' || cannot_read (self)))
    {
      list_soon (self);
      return;
    }

  if (id != NULL)
    g_hash_table_add (self->hinted, g_strdup (id));
  if (self->hint_id == 0)
    self->hint_id = g_timeout_add_once (HINT_DELAY, hint_cb, self);
}

/**
 * weir_lister_put:
 * @record: a record that the server has just given
 *
 * Puts @record into the set. An active pull is then looked at until it ends.
 */
void
weir_lister_put (WeirLister *self, WeirRecord *record)
{
  g_return_if_fail (WEIR_IS_LISTER (self));
  g_return_if_fail (WEIR_IS_RECORD (record));

  put (self, record);
  /* Somebody looks on: sooner than the usual interval. */
  if (is_active_pull (record))
    weir_lister_hint (self, weir_record_get_id (record));
}

/**
 * weir_lister_drop:
 * @record: a record that the server has just deleted
 */
void
weir_lister_drop (WeirLister *self, WeirRecord *record)
{
  g_return_if_fail (WEIR_IS_LISTER (self));
  g_return_if_fail (WEIR_IS_RECORD (record));

  stamp (self, weir_record_get_id (record));
  weir_record_set_remove (self->records, record);
}

/**
 * weir_lister_is_loaded:
 *
 * Returns: whether a list has arrived, or never will as the platform has none
 */
gboolean
weir_lister_is_loaded (WeirLister *self)
{
  g_return_val_if_fail (WEIR_IS_LISTER (self), FALSE);

  return self->loaded;
}

/**
 * weir_lister_get_error:
 *
 * Returns: (transfer none) (nullable): why the last list failed
 */
const GError *
weir_lister_get_error (WeirLister *self)
{
  g_return_val_if_fail (WEIR_IS_LISTER (self), NULL);

  return self->error;
}

/**
 * weir_lister_get_next_try:
 *
 * Returns: when the next list is due, µs; 0 if none is planned
 */
gint64
weir_lister_get_next_try (WeirLister *self)
{
  g_return_val_if_fail (WEIR_IS_LISTER (self), 0);

  return self->timer_id != 0 ? self->next_try : 0;
}

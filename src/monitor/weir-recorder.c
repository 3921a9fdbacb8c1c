/* weir-recorder.c: keeps in the history what becomes of the records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-recorder.h"

#include "weir-clock.h"
#include "weir-history-pulls.h"
#include "weir-history-states.h"

#define DELAY 250         /* ms: a list changes in many places at once */
#define RETRY_DELAY 10000 /* ms */
#define BATCH 500         /* at once, so that nobody waits long for the writing lane */
/* More than these wait only where nothing can be written: then the oldest are given up. */
#define MAX_WAITING 20000
/* The longest that the monitor itself waits before it looks again, and some more. */
#define LOOKED_LATELY (10 * G_TIME_SPAN_MINUTE)

struct _WeirRecorder
{
  GObject parent_instance;

  WeirHistory *history;
  GPtrArray *waiting;  /* (element-type GObject): WeirStateChange, and WeirPullRun */
  GHashTable *sure;    /* of the pulls among them: those that were looked at lately */
  GHashTable *listed;  /* "UUID/kind" → gint64: when it was listed last */
  const char *leaving; /* (nullable): whose records are going with their account */
  guint timer_id;
  gboolean busy;
};

enum
{
  RECORDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirRecorder, weir_recorder, G_TYPE_OBJECT)

static void write_some (WeirRecorder *self);

static char *
dup_key (WeirAccount *account, WeirRecordKind kind)
{
  return g_strdup_printf ("%s/%d", account->uuid, (int) kind);
}

static gboolean
was_listed_lately (WeirRecorder *self, WeirRecord *record)
{
  g_autofree char *key = dup_key (weir_record_get_account (record), weir_record_get_kind (record));
  const gint64 *time = g_hash_table_lookup (self->listed, key);

  return time != NULL && weir_clock_now () - *time < LOOKED_LATELY;
}

static WeirAccount *
get_account (gpointer waiting)
{
  return WEIR_IS_RECORD (waiting) ? weir_record_get_account (waiting)
                                  : WEIR_STATE_CHANGE (waiting)->account;
}

static void
timer_cb (gpointer user_data)
{
  WeirRecorder *self = user_data;

  self->timer_id = 0;
  write_some (self);
}

static void
schedule (WeirRecorder *self, guint delay)
{
  if (self->timer_id == 0 && !self->busy && self->waiting->len > 0)
    self->timer_id = g_timeout_add_once (delay, timer_cb, self);
}

/* thing: (transfer full) */
static void
add (WeirRecorder *self, gpointer thing)
{
  if (self->waiting->len >= MAX_WAITING && !self->busy)
    {
      g_hash_table_remove (self->sure, self->waiting->pdata[0]);
      g_ptr_array_remove_index (self->waiting, 0);
    }
  g_ptr_array_add (self->waiting, thing);
  schedule (self, DELAY);
}

static void
finish_batch (WeirRecorder *self, GPtrArray *batch, gboolean written)
{
  self->busy = FALSE;
  /* an account may have been forgotten meanwhile */
  for (guint i = 0; written && i < batch->len; i++)
    {
      guint place;

      if (g_ptr_array_find (self->waiting, batch->pdata[i], &place))
        {
          g_hash_table_remove (self->sure, batch->pdata[i]);
          g_ptr_array_remove_index (self->waiting, place);
        }
    }
  if (written)
    g_signal_emit (self, signals[RECORDED], 0);
  schedule (self, written ? 0 : RETRY_DELAY);
}

typedef struct
{
  WeirRecorder *recorder;
  GPtrArray *batch;
} Write;

static void
write_free (Write *self)
{
  g_object_unref (self->recorder);
  g_ptr_array_unref (self->batch);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Write, write_free)

static void
put_states_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Write) data = user_data;
  g_autoptr (GError) error = NULL;
  gboolean written = weir_history_put_states_finish (WEIR_HISTORY (source), result, NULL, &error);

  if (!written)
    g_debug ("States are not kept: %s", error->message);
  finish_batch (data->recorder, data->batch, written);
}

static void
put_pulls_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Write) data = user_data;
  g_autoptr (GError) error = NULL;
  gboolean written = weir_history_put_pulls_finish (WEIR_HISTORY (source), result, &error);

  if (!written)
    g_debug ("Pull runs are not kept: %s", error->message);
  finish_batch (data->recorder, data->batch, written);
}

/* Those from the first on that go together. */
static GPtrArray *
take_batch (WeirRecorder *self, gboolean *pulls, gboolean *sure)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);

  *pulls = WEIR_IS_PULL_RUN (self->waiting->pdata[0]);
  *sure = g_hash_table_contains (self->sure, self->waiting->pdata[0]);
  for (guint i = 0; i < self->waiting->len && batch->len < BATCH; i++)
    {
      gpointer thing = self->waiting->pdata[i];

      if (WEIR_IS_PULL_RUN (thing) != *pulls || g_hash_table_contains (self->sure, thing) != *sure)
        break;
      g_ptr_array_add (batch, g_object_ref (thing));
    }

  return batch;
}

static void
write_some (WeirRecorder *self)
{
  Write *data;
  gboolean pulls, sure;

  if (self->busy || self->waiting->len == 0)
    return;

  data = g_new0 (Write, 1);
  data->recorder = g_object_ref (self);
  data->batch = take_batch (self, &pulls, &sure);
  self->busy = TRUE;
  if (pulls)
    weir_history_put_pulls_async (self->history, data->batch, !sure, NULL, put_pulls_cb, data);
  else
    weir_history_put_states_async (self->history, data->batch, NULL, put_states_cb, data);
}

static void
items_changed_cb (WeirRecorder *self,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *records)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (WeirRecord) record = g_list_model_get_item (records, i);
      gboolean sure;

      if (record == NULL)
        continue;
      sure = was_listed_lately (self, record);
      if (WEIR_IS_PULL_RUN (record))
        {
          if (sure)
            g_hash_table_add (self->sure, record);
          add (self, g_steal_pointer (&record));
        }
      else
        {
          add (self, weir_state_change_new (record, weir_clock_now (), !sure));
        }
    }
}

/* What a server lists no more is gone there, but for pull runs: it lists the latest only. */
static void
removed_cb (WeirRecorder *self, WeirRecord *record)
{
  if (WEIR_IS_PULL_RUN (record)
      || g_strcmp0 (self->leaving, weir_record_get_account (record)->uuid) == 0)
    return;
  add (self, weir_state_change_new_removed (record, weir_clock_now (),
                                            !was_listed_lately (self, record)));
}

static void
weir_recorder_dispose (GObject *object)
{
  WeirRecorder *self = WEIR_RECORDER (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);

  G_OBJECT_CLASS (weir_recorder_parent_class)->dispose (object);
}

static void
weir_recorder_finalize (GObject *object)
{
  WeirRecorder *self = WEIR_RECORDER (object);

  g_object_unref (self->history);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->sure);
  g_hash_table_unref (self->listed);

  G_OBJECT_CLASS (weir_recorder_parent_class)->finalize (object);
}

static void
weir_recorder_class_init (WeirRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_recorder_dispose;
  object_class->finalize = weir_recorder_finalize;

  signals[RECORDED] = g_signal_new ("recorded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_recorder_init (WeirRecorder *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->sure = g_hash_table_new (NULL, NULL);
  self->listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * weir_recorder_new:
 * @history: where to
 *
 * Returns: (transfer full): a recorder that watches nothing yet
 */
WeirRecorder *
weir_recorder_new (WeirHistory *history)
{
  WeirRecorder *self;

  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);

  self = g_object_new (WEIR_TYPE_RECORDER, NULL);
  self->history = g_object_ref (history);

  return self;
}

/**
 * weir_recorder_watch:
 * @self: a recorder
 * @records: a set
 *
 * Keeps what comes into the set, changes there and leaves it, a little later and in batches. What was
 * known is compared by the history, so that a change while the program was off is one too.
 */
void
weir_recorder_watch (WeirRecorder *self, WeirRecordSet *records)
{
  g_return_if_fail (WEIR_IS_RECORDER (self));
  g_return_if_fail (WEIR_IS_RECORD_SET (records));

  g_signal_connect_object (records, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (records, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * weir_recorder_note_listed:
 * @self: a recorder
 * @account: whose
 * @kind: of what
 *
 * To be called when a list has come and is in its set.
 */
void
weir_recorder_note_listed (WeirRecorder *self, WeirAccount *account, WeirRecordKind kind)
{
  gint64 *time;

  g_return_if_fail (WEIR_IS_RECORDER (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  time = g_new (gint64, 1);
  *time = weir_clock_now ();
  g_hash_table_replace (self->listed, dup_key (account, kind), time);
}

/**
 * weir_recorder_forget:
 * @self: a recorder
 * @account: (nullable): whose records leave their sets now; %NULL when they have
 *
 * Drops what waits of it: nothing is to be kept of an account that goes.
 */
void
weir_recorder_forget (WeirRecorder *self, WeirAccount *account)
{
  g_return_if_fail (WEIR_IS_RECORDER (self));

  self->leaving = account != NULL ? account->uuid : NULL;
  for (guint i = self->waiting->len; account != NULL && i > 0; i--)
    if (g_str_equal (get_account (self->waiting->pdata[i - 1])->uuid, account->uuid))
      {
        g_hash_table_remove (self->sure, self->waiting->pdata[i - 1]);
        g_ptr_array_remove_index (self->waiting, i - 1);
      }
}

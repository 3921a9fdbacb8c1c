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
#define BATCH 200         /* at once: nobody is to wait for it, on either side */
/* More than these wait only where nothing can be written: then the oldest are given up. */
#define MAX_WAITING 20000
/* The longest that the monitor itself waits before it looks again, and some more. */
#define LOOKED_LATELY (10 * G_TIME_SPAN_MINUTE)

/* A record as it was seen. */
typedef struct
{
  WeirRecord *record;
  gint64 at;     /* µs */
  gboolean sure; /* its account was looked at shortly before */
  gboolean gone;
} Sight;

struct _WeirRecorder
{
  GObject parent_instance;

  WeirHistory *history;
  GQueue waiting;      /* (element-type Sight) */
  GPtrArray *writing;  /* (nullable) (element-type Sight) on their way */
  GHashTable *listed;  /* "UUID/kind" → gint64: when it was listed last */
  GHashTable *names;   /* (nullable) id of a subscription → its name as it was at the start */
  const char *leaving; /* (nullable): whose records are going with their account */
  guint timer_id;
};

enum
{
  RECORDED,
  NAMED,
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

static void
sight_free (gpointer data)
{
  Sight *sight = data;

  g_object_unref (sight->record);
  g_free (sight);
}

static gboolean
is_pull (const Sight *sight)
{
  return WEIR_IS_PULL_RUN (sight->record);
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
  if (self->timer_id == 0 && self->writing == NULL && self->waiting.length > 0)
    self->timer_id = g_timeout_add_once (delay, timer_cb, self);
}

static void
add (WeirRecorder *self, WeirRecord *record, gboolean gone)
{
  Sight *sight = g_new (Sight, 1);

  *sight =
      (Sight){ g_object_ref (record), weir_clock_now (), was_listed_lately (self, record), gone };
  g_queue_push_tail (&self->waiting, sight);
  if (self->waiting.length > MAX_WAITING)
    sight_free (g_queue_pop_head (&self->waiting));
  schedule (self, DELAY);
}

static gboolean
is_of (const Sight *sight, const char *uuid)
{
  return g_str_equal (weir_record_get_account (sight->record)->uuid, uuid);
}

/* What was not kept waits on, in its place. */
static void
finish_batch (WeirRecorder *self, gboolean written)
{
  g_autoptr (GPtrArray) batch = g_steal_pointer (&self->writing);

  while (!written && batch->len > 0)
    g_queue_push_head (&self->waiting, g_ptr_array_steal_index (batch, batch->len - 1));
  if (written)
    g_signal_emit (self, signals[RECORDED], 0);
  schedule (self, written ? 0 : RETRY_DELAY);
}

static void
put_states_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirRecorder) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean written = weir_history_put_states_finish (WEIR_HISTORY (source), result, NULL, &error);

  if (!written)
    g_debug ("States are not kept: %s", error->message);
  finish_batch (self, written);
}

static void
put_pulls_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirRecorder) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean written = weir_history_put_pulls_finish (WEIR_HISTORY (source), result, &error);

  if (!written)
    g_debug ("Pull runs are not kept: %s", error->message);
  finish_batch (self, written);
}

static WeirStateChange *
make_state (const Sight *sight)
{
  return sight->gone ? weir_state_change_new_removed (sight->record, sight->at, !sight->sure)
                     : weir_state_change_new (sight->record, sight->at, !sight->sure);
}

/* Those from the first on that go together. */
static void
write_some (WeirRecorder *self)
{
  g_autoptr (GPtrArray) things = g_ptr_array_new_with_free_func (g_object_unref);
  const Sight *first = g_queue_peek_head (&self->waiting);
  const Sight *next;

  if (self->writing != NULL || first == NULL)
    return;

  self->writing = g_ptr_array_new_with_free_func (sight_free);
  while ((next = g_queue_peek_head (&self->waiting)) != NULL && self->writing->len < BATCH
         && is_pull (next) == is_pull (first) && (next->sure == first->sure || !is_pull (first)))
    {
      g_ptr_array_add (self->writing, g_queue_pop_head (&self->waiting));
      g_ptr_array_add (things,
                       is_pull (next) ? g_object_ref (next->record) : (gpointer) make_state (next));
    }

  if (is_pull (first))
    weir_history_put_pulls_async (self->history, things, !first->sure, NULL, put_pulls_cb,
                                  g_object_ref (self));
  else
    weir_history_put_states_async (self->history, things, NULL, put_states_cb, g_object_ref (self));
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

      if (record != NULL)
        add (self, record, FALSE);
    }
}

/* What a server lists no more is gone there, but for pull runs: it lists the latest only. */
static void
removed_cb (WeirRecorder *self, WeirRecord *record)
{
  if (!WEIR_IS_PULL_RUN (record)
      && g_strcmp0 (self->leaving, weir_record_get_account (record)->uuid) != 0)
    add (self, record, TRUE);
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
  g_queue_clear_full (&self->waiting, sight_free);
  g_hash_table_unref (self->listed);
  g_clear_pointer (&self->names, g_hash_table_unref);

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
  signals[NAMED] = g_signal_new ("named", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_recorder_init (WeirRecorder *self)
{
  g_queue_init (&self->waiting);
  self->listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
names_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirRecorder) self = user_data;
  g_autoptr (GError) error = NULL;

  self->names = weir_history_list_names_finish (WEIR_HISTORY (source), result, &error);
  if (self->names != NULL)
    g_signal_emit (self, signals[NAMED], 0);
  else
    g_debug ("Names are not known: %s", error->message);
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
  weir_history_list_names_async (history, WEIR_RECORD_SUBSCRIPTION, NULL, names_cb,
                                 g_object_ref (self));

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
  for (GList *l = self->waiting.head, *next; account != NULL && l != NULL; l = next)
    {
      Sight *sight = l->data;

      next = l->next;
      if (!is_of (sight, account->uuid))
        continue;
      g_queue_delete_link (&self->waiting, l);
      sight_free (sight);
    }
  /* should it not be kept, it does not wait again */
  for (guint i = self->writing != NULL ? self->writing->len : 0; account != NULL && i > 0; i--)
    {
      if (is_of (self->writing->pdata[i - 1], account->uuid))
        g_ptr_array_remove_index (self->writing, i - 1);
    }
}

/**
 * weir_recorder_find_name:
 * @self: a recorder
 * @id: of a subscription
 *
 * Returns: (transfer none) (nullable): what it was called before the program was started, if that is known
 */
const char *
weir_recorder_find_name (WeirRecorder *self, const char *id)
{
  g_return_val_if_fail (WEIR_IS_RECORDER (self), NULL);

  return self->names != NULL ? g_hash_table_lookup (self->names, id) : NULL;
}

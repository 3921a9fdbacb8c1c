/* weir-damper.c: what has gone wrong for long enough to be told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-damper.h"

#include "weir-clock.h"

#define INTERVAL 1 /* s */

typedef struct
{
  WeirTrouble trouble;
  const char *key; /* of it in the table */
  gboolean bad;
  gboolean news;     /* it was not so before Weir was started */
  gboolean noted;    /* since weir_damper_begin() */
  gint64 changed_at; /* µs */
  gint64 told_at;    /* µs; 0: never */
  const char *told;  /* (nullable): with which id it is told now */
} Subject;

struct _WeirDamper
{
  GObject parent_instance;

  gint64 since;         /* µs: when it was made */
  GHashTable *subjects; /* "kind/uuid/id" → Subject */
  GHashTable *open;     /* those that are told, or may have to be; not owned */
  gint64 told_at[WEIR_N_TROUBLES];
  guint timeout_id;
};

enum
{
  TELL,
  WITHDRAW,
  RECOVERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What many of a kind are told with. */
static const char *const ids[WEIR_N_TROUBLES] = {
  [WEIR_TROUBLE_SUBSCRIPTION] = "subscriptions",
  [WEIR_TROUBLE_CONNECTION] = "connections",
  [WEIR_TROUBLE_ACCOUNT] = "accounts",
  [WEIR_TROUBLE_PULL] = "pulls",
  [WEIR_TROUBLE_OVERDUE] = "overdue",
  [WEIR_TROUBLE_GAP] = "gaps",
  [WEIR_TROUBLE_SILENCE] = "silence",
};

G_DEFINE_FINAL_TYPE (WeirDamper, weir_damper, G_TYPE_OBJECT)

static char *
dup_key (WeirTroubleKind kind, WeirAccount *account, const char *id)
{
  return g_strconcat (ids[kind], "/", account->uuid, "/", id, NULL);
}

static void
subject_free (gpointer data)
{
  Subject *subject = data;

  g_object_unref (subject->trouble.account);
  g_free (subject->trouble.id);
  g_clear_object (&subject->trouble.about);
  g_free (subject);
}

/* Nothing is to come unless it changes. */
static gboolean
is_settled (const Subject *subject)
{
  return subject->told != NULL ? subject->bad : !subject->bad || !subject->news;
}

static gboolean
has_lasted (const Subject *subject, gint64 now)
{
  gint64 span = subject->trouble.kind == WEIR_TROUBLE_ACCOUNT ? WEIR_DAMPER_LASTING_ACCOUNT
                                                              : WEIR_DAMPER_LASTING;

  return now - subject->changed_at >= span;
}

static gboolean
is_to_be_told (const Subject *subject, gint64 now)
{
  return subject->bad && subject->news && subject->told == NULL && has_lasted (subject, now)
         && (subject->told_at == 0 || now - subject->told_at >= WEIR_DAMPER_REPEAT);
}

static gboolean
timeout_cb (gpointer user_data)
{
  WeirDamper *self = user_data;
  GHashTableIter iter;
  gpointer value;

  gboolean more = FALSE;

  weir_damper_look (self);
  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      if (!is_settled (value))
        more = TRUE;
      else if (((Subject *) value)->told == NULL)
        g_hash_table_iter_remove (&iter);
    }
  if (!more)
    self->timeout_id = 0;

  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_told (WeirDamper *self, const char *id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    if (g_strcmp0 (((Subject *) value)->told, id) == 0)
      return TRUE;

  return FALSE;
}

/* The subject is no part of what was told any more. */
static void
untell (WeirDamper *self, Subject *subject)
{
  const char *id = g_steal_pointer (&subject->told);

  if (!is_told (self, id))
    g_signal_emit (self, signals[WITHDRAW], 0, id);
}

/* One is told by itself; several with those that are still bad from the last time that there were several. */
static void
tell (WeirDamper *self, WeirTroubleKind kind, gint64 now)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  g_autoptr (GPtrArray) troubles = g_ptr_array_new ();
  const char *id = ids[kind];
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      Subject *subject = value;

      if (subject->trouble.kind != kind)
        continue;
      if (is_to_be_told (subject, now))
        g_ptr_array_add (fresh, subject);
      else if (subject->told == ids[kind] && subject->bad)
        g_ptr_array_add (troubles, &subject->trouble);
    }
  if (fresh->len == 0 || (self->told_at[kind] != 0 && now - self->told_at[kind] < WEIR_DAMPER_REST))
    return;

  if (fresh->len == 1)
    {
      id = ((Subject *) fresh->pdata[0])->key;
      g_ptr_array_set_size (troubles, 0);
    }
  for (guint i = 0; i < fresh->len; i++)
    {
      Subject *subject = fresh->pdata[i];

      subject->told = id;
      subject->told_at = now;
      g_ptr_array_add (troubles, &subject->trouble);
    }
  self->told_at[kind] = now;
  g_signal_emit (self, signals[TELL], 0, id, troubles);
}

static void
take_back (WeirDamper *self, WeirTroubleKind kind, gint64 now)
{
  g_autoptr (GPtrArray) troubles = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      Subject *subject = value;

      if (subject->trouble.kind != kind || subject->told == NULL || subject->bad
          || !has_lasted (subject, now))
        continue;
      untell (self, subject);
      g_ptr_array_add (troubles, &subject->trouble);
    }
  if (troubles->len > 0)
    g_signal_emit (self, signals[RECOVERED], 0, troubles);
}

static void
weir_damper_dispose (GObject *object)
{
  WeirDamper *self = WEIR_DAMPER (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);

  G_OBJECT_CLASS (weir_damper_parent_class)->dispose (object);
}

static void
weir_damper_finalize (GObject *object)
{
  WeirDamper *self = WEIR_DAMPER (object);

  g_hash_table_unref (self->open);
  g_hash_table_unref (self->subjects);

  G_OBJECT_CLASS (weir_damper_parent_class)->finalize (object);
}

static void
weir_damper_class_init (WeirDamperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = weir_damper_dispose;
  object_class->finalize = weir_damper_finalize;

  signals[TELL] = g_signal_new ("tell", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);
  signals[WITHDRAW] = g_signal_new ("withdraw", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[RECOVERED] = g_signal_new ("recovered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
weir_damper_init (WeirDamper *self)
{
  self->since = weir_clock_now ();
  self->subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, subject_free);
  self->open = g_hash_table_new (NULL, NULL);
}

/**
 * weir_damper_new:
 *
 * Returns: (transfer full): a damper to which nothing that is so already is news
 */
WeirDamper *
weir_damper_new (void)
{
  return g_object_new (WEIR_TYPE_DAMPER, NULL);
}

/**
 * weir_damper_note:
 * @self: a damper
 * @kind: what may be wrong
 * @account: with what of whom
 * @id: which
 * @about: (nullable): what tells more of it
 * @bad: whether it is wrong now
 * @at: since when, µs; 0 if that is not known
 *
 * What was so before the damper was made is never told: what is bad since an earlier @at, or, where that is not
 * known, when it is noted for the first time.
 */
void
weir_damper_note (WeirDamper *self,
                  WeirTroubleKind kind,
                  WeirAccount *account,
                  const char *id,
                  gpointer about,
                  gboolean bad,
                  gint64 at)
{
  g_autofree char *key = NULL;
  Subject *subject;
  gboolean first;

  g_return_if_fail (WEIR_IS_DAMPER (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));
  g_return_if_fail (id != NULL);

  key = dup_key (kind, account, id);
  subject = g_hash_table_lookup (self->subjects, key);
  first = subject == NULL;
  if (first)
    {
      subject = g_new0 (Subject, 1);
      subject->trouble.kind = kind;
      subject->trouble.account = g_object_ref (account);
      subject->trouble.id = g_strdup (id);
      subject->key = key;
      g_hash_table_insert (self->subjects, g_steal_pointer (&key), subject);
    }
  g_set_object (&subject->trouble.about, about);
  subject->noted = TRUE;
  if (subject->bad == !!bad)
    return;

  subject->bad = !!bad;
  subject->news = at != 0 ? at >= self->since : !first;
  subject->changed_at = weir_clock_now ();
  if (is_settled (subject))
    return;
  g_hash_table_add (self->open, subject);
  if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add_seconds (INTERVAL, timeout_cb, self);
}

/**
 * weir_damper_forget:
 * @self: a damper
 * @kind: a kind
 * @account: whose
 * @id: what is not there any more
 *
 * What was told of it is withdrawn; it has not recovered.
 */
void
weir_damper_forget (WeirDamper *self, WeirTroubleKind kind, WeirAccount *account, const char *id)
{
  g_autofree char *key = NULL;
  Subject *subject;

  g_return_if_fail (WEIR_IS_DAMPER (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));
  g_return_if_fail (id != NULL);

  key = dup_key (kind, account, id);
  subject = g_hash_table_lookup (self->subjects, key);
  if (subject == NULL)
    return;
  if (subject->told != NULL)
    untell (self, subject);
  g_hash_table_remove (self->open, subject);
  g_hash_table_remove (self->subjects, key);
}

static gboolean
is_in (WeirAccount *account, GListModel *accounts)
{
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (WeirAccount) other = g_list_model_get_item (accounts, i);

      if (g_str_equal (other->uuid, account->uuid))
        return TRUE;
    }

  return FALSE;
}

/**
 * weir_damper_forget_strangers:
 * @self: a damper
 * @accounts: (element-type WeirAccount): those that there are
 *
 * Forgets what was noted of others.
 */
void
weir_damper_forget_strangers (WeirDamper *self, GListModel *accounts)
{
  g_autoptr (GPtrArray) strangers = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (WEIR_IS_DAMPER (self));
  g_return_if_fail (G_IS_LIST_MODEL (accounts));

  g_hash_table_iter_init (&iter, self->subjects);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!is_in (((Subject *) value)->trouble.account, accounts))
      g_ptr_array_add (strangers, value);
  for (guint i = 0; i < strangers->len; i++)
    {
      WeirTrouble *trouble = strangers->pdata[i];

      weir_damper_forget (self, trouble->kind, trouble->account, trouble->id);
    }
}

/**
 * weir_damper_begin:
 * @self: a damper
 * @kind: a kind of which all that is bad is noted now
 */
void
weir_damper_begin (WeirDamper *self, WeirTroubleKind kind)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (WEIR_IS_DAMPER (self));

  g_hash_table_iter_init (&iter, self->subjects);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Subject *) value)->trouble.kind == kind)
      ((Subject *) value)->noted = FALSE;
}

/**
 * weir_damper_end:
 * @self: a damper
 * @kind: a kind of which all that is bad has been noted
 *
 * The rest of it is well now.
 */
void
weir_damper_end (WeirDamper *self, WeirTroubleKind kind)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (WEIR_IS_DAMPER (self));

  g_hash_table_iter_init (&iter, self->subjects);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Subject *subject = value;

      if (subject->trouble.kind == kind && !subject->noted)
        weir_damper_note (self, kind, subject->trouble.account, subject->trouble.id,
                          subject->trouble.about, FALSE, 0);
    }
}

/**
 * weir_damper_look:
 * @self: a damper
 *
 * Tells what is to be told by now.
 */
void
weir_damper_look (WeirDamper *self)
{
  gint64 now = weir_clock_now ();

  g_return_if_fail (WEIR_IS_DAMPER (self));

  for (guint kind = 0; kind < WEIR_N_TROUBLES; kind++)
    {
      take_back (self, (WeirTroubleKind) kind, now);
      tell (self, (WeirTroubleKind) kind, now);
    }
}

/* weir-attention.c: what needs a hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-attention.h"

#include "weir-account-row.h"
#include "weir-clock.h"
#include "weir-connection-columns.h"
#include "weir-drift-text.h"
#include "weir-error-row.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-silence-text.h"
#include "weir-token-watch.h"

#include <glib/gi18n-lib.h>

/* More of one account are told as one: the cause is the same, and the list stays readable. */
#define OVERDUE_SINGLE 3

G_DEFINE_FINAL_TYPE (WeirAttention, weir_attention, G_TYPE_OBJECT)

static void
weir_attention_finalize (GObject *object)
{
  WeirAttention *self = WEIR_ATTENTION (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->reason);
  g_clear_object (&self->target);

  G_OBJECT_CLASS (weir_attention_parent_class)->finalize (object);
}

static void
weir_attention_class_init (WeirAttentionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_attention_finalize;
}

static void
weir_attention_init (WeirAttention *self)
{
  self->count = 1;
}

/* title and subtitle: (transfer full) */
static WeirAttention *
add (GPtrArray *items,
     WeirAttentionKind kind,
     const char *icon_name,
     const char *css,
     char *title,
     char *subtitle,
     gpointer target)
{
  WeirAttention *self = g_object_new (WEIR_TYPE_ATTENTION, NULL);

  self->kind = kind;
  self->icon_name = icon_name;
  self->css = css;
  self->title = title;
  self->subtitle = subtitle;
  self->target = g_object_ref (target);
  g_ptr_array_add (items, self);

  return self;
}

/**
 * weir_attention_add_account:
 * @items: (element-type WeirAttention): the list
 * @account: an account
 * @state: how it is doing
 * @error: (nullable): why
 * @since: since when, µs
 */
void
weir_attention_add_account (GPtrArray *items,
                            WeirAccount *account,
                            WeirAccountState state,
                            const GError *error,
                            gint64 since)
{
  WeirAttention *self;
  char *title;

  WeirAccountState judged = weir_error_text_judge_state (state, error);

  if (judged == WEIR_ACCOUNT_ONLINE || judged == WEIR_ACCOUNT_UNKNOWN)
    return;

  /* Translators: an account's name, then its state: “Work: Not reachable” */
  title =
      g_strdup_printf (_ ("%s: %s"), account->name, weir_error_text_describe_state (state, error));
  self =
      add (items, WEIR_ATTENTION_ACCOUNT, weir_account_state_icon (judged),
           weir_account_state_css (judged), title,
           error != NULL ? weir_error_text_dup_sentence (error) : g_strdup (account->uri), account);
  self->at = since;
}

/**
 * weir_attention_add_token:
 * @items: (element-type WeirAttention): the list
 * @account: an account
 * @expiry: when its own token ends, µs, 0 never or not known
 * @always: also if that is far away
 */
void
weir_attention_add_token (GPtrArray *items, WeirAccount *account, gint64 expiry, gboolean always)
{
  gint64 left = expiry - weir_clock_now ();
  WeirAttention *self;

  if (expiry == 0 || (left > WEIR_TOKEN_SOON && !always))
    return;

  self = add (
      items, WEIR_ATTENTION_TOKEN, "dialog-password-symbolic",
      left <= 0                 ? "error"
      : left <= WEIR_TOKEN_SOON ? "warning"
                                : "dim-label",
      g_strdup_printf (left > 0 ? _ ("The token of %s expires") : _ ("The token of %s has expired"),
                       account->name),
      g_strdup (_ ("Weir’s own access; give the account a new one in time")), account);
  self->at = expiry;
  self->due = left > 0;
}

static gboolean
waits_for_user (WeirConnection *connection)
{
  return weir_connection_needs_attention (connection)
         && (connection->action_type != NULL || connection->defunct || !connection->connected);
}

/**
 * weir_attention_add_connection:
 * @items: (element-type WeirAttention): the list
 * @connection: a connection
 *
 * Only if it waits for somebody; what merely fails is told by its error.
 */
void
weir_attention_add_connection (GPtrArray *items, WeirConnection *connection)
{
  WeirErrorData *error = weir_record_get_error (WEIR_RECORD (connection));
  const char *account = weir_record_get_account (WEIR_RECORD (connection))->name;
  const char *reason = connection->action_description;
  WeirAttention *self;
  WeirCellLook look;

  if (!waits_for_user (connection))
    return;

  if (reason == NULL && error != NULL)
    reason = weir_error_data_get_leaf (error)->message;
  weir_connection_look (connection, &look);
  self = add (items, WEIR_ATTENTION_CONNECTION, look.icon_name, look.css,
              /* Translators: a connection's name, then its state */
              g_strdup_printf (_ ("%s: %s"), weir_record_get_name (WEIR_RECORD (connection)),
                               weir_connection_get_state_label (connection)),
              reason != NULL ? g_strdup_printf ("%s\n%s", reason, account) : g_strdup (account),
              connection);
  self->reason = g_strdup (reason);
}

/**
 * weir_attention_add_refresh:
 * @items: (element-type WeirAttention): the list
 * @connection: a connection
 * @always: also if the refresh of its credentials is not overdue
 */
void
weir_attention_add_refresh (GPtrArray *items, WeirConnection *connection, gboolean always)
{
  gboolean overdue = weir_connection_is_refresh_due (connection);
  WeirAttention *self;

  if (!overdue && (!always || connection->next_refresh_at == 0))
    return;
  if (waits_for_user (connection) || connection->deactivated || connection->archived_at != 0)
    return;

  self = add (items, WEIR_ATTENTION_CREDENTIALS,
              overdue ? "dialog-warning-symbolic" : "weir-connections-symbolic",
              overdue ? "warning" : "dim-label",
              g_strdup (weir_record_get_name (WEIR_RECORD (connection))),
              g_strdup (overdue ? _ ("Its credentials should have been refreshed")
                                : _ ("Its credentials are refreshed")),
              connection);
  self->at = connection->next_refresh_at;
  self->due = TRUE;
}

/* The items of the connections that the group's errors come from. */
static GPtrArray *
find_causes (GPtrArray *items, WeirErrorGroup *group)
{
  GPtrArray *causes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      WeirAttention *item = g_ptr_array_index (items, i);

      if (item->kind == WEIR_ATTENTION_CONNECTION
          && g_ptr_array_find (group->subjects, item->target, NULL))
        g_ptr_array_add (causes, g_object_ref (item));
    }

  return causes;
}

static const char *
get_connection (WeirRecord *record)
{
  if (WEIR_IS_SUBSCRIPTION (record))
    return WEIR_SUBSCRIPTION (record)->connection;
  if (WEIR_IS_PULL_RUN (record))
    return WEIR_PULL_RUN (record)->connection;

  return WEIR_IS_CONNECTION (record) ? weir_record_get_id (record) : NULL;
}

static gboolean
is_of_account (WeirRecord *record, WeirAttention *cause)
{
  WeirAccount *account = weir_record_get_account (WEIR_RECORD (cause->target));

  return g_str_equal (weir_record_get_account (record)->uuid, account->uuid);
}

/* What is told with the cause, or, with no cause, beside all of them: of its account, unless it is of another cause there. */
static gboolean
is_told_with (WeirRecord *record, WeirAttention *cause, GPtrArray *causes)
{
  for (guint i = 0; i < causes->len; i++)
    {
      WeirAttention *other = g_ptr_array_index (causes, i);

      if (!is_of_account (record, other))
        continue;
      if (cause == NULL
          || (other != cause
              && g_strcmp0 (get_connection (record),
                            weir_record_get_id (WEIR_RECORD (other->target)))
                     == 0))
        return FALSE;
    }

  return cause == NULL || is_of_account (record, cause);
}

/* (nullable) the part of the group that is told with the cause */
static WeirErrorGroup *
take_part (WeirErrorGroup *group, WeirAttention *cause, GPtrArray *causes)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) parts = NULL;

  for (guint i = 0; i < group->subjects->len; i++)
    if (is_told_with (g_ptr_array_index (group->subjects, i), cause, causes))
      g_ptr_array_add (records, g_ptr_array_index (group->subjects, i));
  parts = weir_error_groups_collect (records);

  return parts->len > 0 ? g_object_ref (g_ptr_array_index (parts, 0)) : NULL;
}

static void
tell_with (WeirAttention *cause, WeirErrorGroup *part)
{
  g_autofree char *where = weir_error_row_dup_where (part);

  g_free (cause->subtitle);
  cause->subtitle = cause->reason != NULL ? g_strdup_printf ("%s\n%s", cause->reason, where)
                                          : g_steal_pointer (&where);
  cause->at = MAX (cause->at, part->last_seen_at);
}

/**
 * weir_attention_add_group:
 * @items: (element-type WeirAttention): the list, with the connections in it
 * @group: errors of one cause
 * @lifecycle: what was decided about them
 *
 * Errors whose cause is a connection that waits for somebody are told with it, not twice, and where several accounts
 * have such a one, each with its own; what was decided about them holds for all.
 */
void
weir_attention_add_group (GPtrArray *items, WeirErrorGroup *group, WeirErrorLifecycle lifecycle)
{
  g_autoptr (GPtrArray) causes = find_causes (items, group);
  g_autoptr (WeirErrorGroup) rest = NULL;
  WeirAttention *self;

  if (lifecycle != WEIR_ERROR_OPEN)
    {
      for (guint i = 0; i < causes->len; i++)
        g_ptr_array_remove (items, g_ptr_array_index (causes, i));
      return;
    }
  for (guint i = 0; i < causes->len; i++)
    {
      g_autoptr (WeirErrorGroup) part = take_part (group, g_ptr_array_index (causes, i), causes);

      tell_with (g_ptr_array_index (causes, i), part);
    }
  rest = take_part (group, NULL, causes);
  if (rest == NULL)
    return;

  self = add (items, WEIR_ATTENTION_ERROR, "weir-errors-symbolic", "error",
              g_strdup (rest->leaf->message[0] != '\0' ? rest->leaf->message
                                                       : _ ("The server gave no message")),
              weir_error_row_dup_where (rest), group);
  self->at = rest->last_seen_at;
  self->count = rest->subjects->len;
}

static void
add_overdue_one (GPtrArray *items, WeirSubscription *subscription)
{
  WeirRecord *record = WEIR_RECORD (subscription);
  WeirAttention *self =
      add (items, WEIR_ATTENTION_OVERDUE, "weir-pulls-symbolic", "warning",
           /* Translators: a subscription's name */
           g_strdup_printf (_ ("%s has not been pulled"), weir_record_get_name (record)),
           g_strdup (weir_record_get_account (record)->name), subscription);

  self->at = subscription->next_pull_at;
  self->due = TRUE;
}

/**
 * weir_attention_add_overdue:
 * @items: (element-type WeirAttention): the list
 * @subscriptions: (element-type WeirSubscription): those that are overdue, of any account
 */
void
weir_attention_add_overdue (GPtrArray *items, GPtrArray *subscriptions)
{
  g_autoptr (GHashTable) accounts =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  for (guint i = 0; i < subscriptions->len; i++)
    {
      WeirAccount *account = weir_record_get_account (g_ptr_array_index (subscriptions, i));
      GPtrArray *own = g_hash_table_lookup (accounts, account);

      if (own == NULL)
        {
          own = g_ptr_array_new ();
          g_hash_table_insert (accounts, account, own);
        }
      g_ptr_array_add (own, g_ptr_array_index (subscriptions, i));
    }

  g_hash_table_iter_init (&iter, accounts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      GPtrArray *own = value;
      g_autofree char *number = weir_format_number (own->len);
      WeirAttention *self;

      if (own->len <= OVERDUE_SINGLE)
        {
          for (guint i = 0; i < own->len; i++)
            add_overdue_one (items, g_ptr_array_index (own, i));
          continue;
        }

      self =
          add (items, WEIR_ATTENTION_OVERDUE, "weir-pulls-symbolic", "warning",
               g_strdup_printf (ngettext ("%s subscription of %s has not been pulled",
                                          "%s subscriptions of %s have not been pulled", own->len),
                                number, WEIR_ACCOUNT (key)->name),
               g_strdup (_ ("The platform does not keep to its schedule")), key);
      self->count = own->len;
      self->due = TRUE;
      for (guint i = 0; i < own->len; i++)
        {
          gint64 at = WEIR_SUBSCRIPTION (g_ptr_array_index (own, i))->next_pull_at;

          self->at = self->at == 0 ? at : MIN (self->at, at);
        }
    }
}

/**
 * weir_attention_add_silence:
 * @items: (element-type WeirAttention): the list
 * @target: what is silent, a #WeirSubscription or a #WeirAccount
 * @quiet: since when
 */
void
weir_attention_add_silence (GPtrArray *items, gpointer target, const WeirQuiet *quiet)
{
  WeirAttention *self =
      add (items, WEIR_ATTENTION_SILENCE, "dialog-warning-symbolic", "warning",
           /* Translators: a subscription's name */
           g_strdup_printf (_ ("%s has fallen silent"), WEIR_IS_RECORD (target)
                                                            ? weir_record_get_name (target)
                                                            : WEIR_ACCOUNT (target)->name),
           weir_silence_text_long (quiet), target);

  self->at = quiet->since;
}

/**
 * weir_attention_add_drift:
 * @items: (element-type WeirAttention): the list
 * @drift: (element-type WeirDrift): what has become of fields of events, of any account, the latest first
 *
 * Adds one item for each account.
 */
void
weir_attention_add_drift (GPtrArray *items, GPtrArray *drift)
{
  guint n_before = items->len;

  for (guint i = 0; i < drift->len; i++)
    {
      WeirDrift *one = g_ptr_array_index (drift, i);
      WeirAttention *self = NULL;

      for (guint j = n_before; j < items->len && self == NULL; j++)
        if (g_str_equal (WEIR_ACCOUNT (WEIR_ATTENTION (g_ptr_array_index (items, j))->target)->uuid,
                         one->account->uuid))
          self = g_ptr_array_index (items, j);
      if (self == NULL)
        {
          g_autofree char *what = weir_drift_text_what (one);
          g_autofree char *where = weir_drift_text_where (one);
          g_autofree char *line = weir_format_labelled (one->path, what);

          self = add (items, WEIR_ATTENTION_DRIFT, "dialog-information-symbolic", "warning", NULL,
                      g_strjoin ("\n", line, where, NULL), one->account);
          self->at = one->since;
          self->count = 0;
        }
      self->count++;
    }

  for (guint i = n_before; i < items->len; i++)
    {
      WeirAttention *self = g_ptr_array_index (items, i);
      g_autofree char *number = weir_format_number (self->count);

      /* Translators: how many fields; an account's name */
      self->title = g_strdup_printf (ngettext ("%s field of %s’s events is not what it was",
                                               "%s fields of %s’s events are not what they were",
                                               self->count),
                                     number, WEIR_ACCOUNT (self->target)->name);
    }
}

/* What lasts longest comes first among its kind, what hits most among errors. */
static int
compare (gconstpointer a, gconstpointer b)
{
  WeirAttention *one = *(WeirAttention *const *) a;
  WeirAttention *other = *(WeirAttention *const *) b;

  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  if (one->kind == WEIR_ATTENTION_ERROR && one->count != other->count)
    return one->count > other->count ? -1 : 1;
  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;

  return g_strcmp0 (one->title, other->title);
}

/**
 * weir_attention_sort:
 * @items: (element-type WeirAttention): the list
 */
void
weir_attention_sort (GPtrArray *items)
{
  g_ptr_array_sort (items, compare);
}

/* An account that the history tells of is another object each time. */
static gboolean
same_target (GObject *a, GObject *b)
{
  return a == b
         || (WEIR_IS_ACCOUNT (a) && WEIR_IS_ACCOUNT (b)
             && g_str_equal (WEIR_ACCOUNT (a)->uuid, WEIR_ACCOUNT (b)->uuid));
}

/**
 * weir_attention_equal:
 * @a: an item
 * @b: another
 *
 * Returns: whether both look alike and lead to the same thing
 */
gboolean
weir_attention_equal (WeirAttention *a, WeirAttention *b)
{
  return a->kind == b->kind && a->at == b->at && a->due == b->due
         && same_target (a->target, b->target) && a->css == b->css && a->icon_name == b->icon_name
         && g_str_equal (a->title, b->title) && g_strcmp0 (a->subtitle, b->subtitle) == 0;
}

/**
 * weir_attention_dup_time:
 * @self: an item
 *
 * Returns: (transfer full): since when, or when, from now: “3 min ago”, “2 h overdue”
 */
char *
weir_attention_dup_time (WeirAttention *self)
{
  return self->due ? weir_format_countdown (self->at) : weir_format_relative (self->at);
}

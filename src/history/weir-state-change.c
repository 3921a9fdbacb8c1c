/* weir-state-change.c: a record was in one state, and then in another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-state-change.h"

#include "weir-connection.h"
#include "weir-pull-run.h"
#include "weir-subscription.h"
#include "weir-text.h"

G_DEFINE_FINAL_TYPE (WeirStateChange, weir_state_change, G_TYPE_OBJECT)

/* The one field that all platforms have, each under a name of its own (api/membrane.md §6,
 * api/sequin-and-oracle.md). */
static gint64
read_update_time (WeirRecord *record)
{
  static const char *const NAMES[] = { "updatedAt", "updated_at", "updatedTime" };
  WeirJson json = weir_record_get_json (record);
  gint64 time = 0;

  for (guint i = 0; time == 0 && i < G_N_ELEMENTS (NAMES); i++)
    time = weir_json_get_time (weir_json_get (json, NAMES[i]));

  return time;
}

static void
take_links (WeirStateChange *self, WeirRecord *record)
{
  const char *subscription = NULL, *connection = NULL, *integration = NULL;

  if (WEIR_IS_SUBSCRIPTION (record))
    {
      connection = WEIR_SUBSCRIPTION (record)->connection;
      integration = WEIR_SUBSCRIPTION (record)->integration;
    }
  else if (WEIR_IS_PULL_RUN (record))
    {
      subscription = WEIR_PULL_RUN (record)->subscription;
      connection = WEIR_PULL_RUN (record)->connection;
      integration = WEIR_PULL_RUN (record)->integration;
    }
  else if (WEIR_IS_CONNECTION (record))
    {
      integration = WEIR_CONNECTION (record)->integration;
    }

  self->subscription = g_strdup (weir_text_or_empty (subscription));
  self->connection = g_strdup (weir_text_or_empty (connection));
  self->integration = g_strdup (weir_text_or_empty (integration));
}

static void
weir_state_change_finalize (GObject *object)
{
  WeirStateChange *self = WEIR_STATE_CHANGE (object);

  g_clear_object (&self->account);
  g_free (self->id);
  g_free (self->name);
  g_free (self->subscription);
  g_free (self->connection);
  g_free (self->integration);
  g_free (self->before);
  g_free (self->after);
  g_free (self->error);

  G_OBJECT_CLASS (weir_state_change_parent_class)->finalize (object);
}

static void
weir_state_change_class_init (WeirStateChangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_state_change_finalize;
}

static void
weir_state_change_init (WeirStateChange *self)
{
}

static WeirStateChange *
create (WeirRecord *record, const char *word, gint64 now, gboolean uncertain)
{
  WeirStateChange *self = g_object_new (WEIR_TYPE_STATE_CHANGE, NULL);

  self->account = g_object_ref (weir_record_get_account (record));
  self->kind = weir_record_get_kind (record);
  self->id = g_strdup (weir_record_get_id (record));
  self->name = g_strdup (weir_record_get_name (record));
  take_links (self, record);
  self->after = g_strdup (weir_text_or_empty (word));
  self->noticed_at = now;
  self->uncertain = uncertain;

  return self;
}

/**
 * weir_record_get_state_word:
 * @record: a record
 *
 * Returns: (transfer none) (nullable): the one word that says how a subscription, a pull run or a
 *   connection is: the provider's, unless it is out of use altogether; %NULL for other records
 */
const char *
weir_record_get_state_word (WeirRecord *record)
{
  g_return_val_if_fail (WEIR_IS_RECORD (record), NULL);

  if (WEIR_IS_PULL_RUN (record))
    return WEIR_PULL_RUN (record)->status;

  if (WEIR_IS_SUBSCRIPTION (record))
    {
      WeirSubscription *subscription = WEIR_SUBSCRIPTION (record);

      return subscription->archived_at != 0 ? "archived"
             : subscription->deactivated    ? "deactivated"
                                            : subscription->status;
    }
  if (WEIR_IS_CONNECTION (record))
    {
      WeirConnection *connection = WEIR_CONNECTION (record);

      if (connection->archived_at != 0)
        return "archived";
      if (connection->deactivated)
        return "deactivated";
      if (connection->defunct)
        return "defunct";
      if (connection->state != NULL && g_ascii_strcasecmp (connection->state, "READY") != 0)
        return connection->state;
      if (!connection->connected)
        return "disconnected";
      return connection->error != NULL ? "failing" : "connected";
    }

  return NULL;
}

/**
 * weir_state_change_new:
 * @record: a subscription, a pull run or a connection as its server has it now
 * @now: µs
 * @uncertain: whether it was not looked at shortly before, so that it may be so for long already
 *
 * Returns: (transfer full): what it is now; what it was before, the history knows
 */
WeirStateChange *
weir_state_change_new (WeirRecord *record, gint64 now, gboolean uncertain)
{
  WeirStateChange *self;
  WeirErrorData *error;
  gint64 updated_at;

  g_return_val_if_fail (WEIR_IS_RECORD (record), NULL);

  self = create (record, weir_record_get_state_word (record), now, uncertain);
  error = weir_record_get_error (record);
  if (error != NULL)
    self->error = g_strdup (weir_error_data_get_leaf (error)->message);
  /* a server's clock that is ahead says nothing */
  updated_at = read_update_time (record);
  self->at = updated_at <= now ? updated_at : 0;

  return self;
}

/**
 * weir_state_change_new_removed:
 * @record: what a server does not list any more
 * @now: µs
 * @uncertain: as in weir_state_change_new()
 *
 * Returns: (transfer full): that it is not there any more
 */
WeirStateChange *
weir_state_change_new_removed (WeirRecord *record, gint64 now, gboolean uncertain)
{
  g_return_val_if_fail (WEIR_IS_RECORD (record), NULL);

  return create (record, WEIR_STATE_REMOVED, now, uncertain);
}

/**
 * weir_state_change_is_bad:
 * @self: a change
 *
 * Returns: whether what it has become is an error
 */
gboolean
weir_state_change_is_bad (WeirStateChange *self)
{
  static const char *const BAD[] = { "error",
                                     "failed",
                                     "disconnected",
                                     "setup_failed",
                                     "defunct",
                                     "client_action_required",
                                     "configuration_error" };

  g_return_val_if_fail (WEIR_IS_STATE_CHANGE (self), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    if (g_ascii_strcasecmp (self->after, BAD[i]) == 0)
      return TRUE;
  return self->error != NULL;
}

/**
 * weir_state_change_write:
 * @self: a change
 * @writer: where to
 * @key: (nullable): the member's name
 *
 * Writes the object that CLI.md names.
 */
void
weir_state_change_write (WeirStateChange *self, WeirJsonWriter *writer, const char *key)
{
  g_return_if_fail (WEIR_IS_STATE_CHANGE (self));

  weir_json_writer_begin_object (writer, key);
  weir_json_writer_add_time (writer, "at", self->at);
  weir_json_writer_add_time (writer, "noticed_at", self->noticed_at);
  weir_json_writer_add_boolean (writer, "uncertain", self->uncertain);
  weir_json_writer_add_string (writer, "before", self->before);
  weir_json_writer_add_string (writer, "after", self->after);
  weir_json_writer_add_string (writer, "error", self->error);
  weir_json_writer_end_object (writer);
}

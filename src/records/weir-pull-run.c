/* weir-pull-run.c: one pull run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-pull-run.h"

#include "weir-event-config.h"
#include "weir-fields.h"

G_DEFINE_FINAL_TYPE (WeirPullRun, weir_pull_run, WEIR_TYPE_RECORD)

#define OWN(field) G_STRUCT_OFFSET (WeirPullRun, field)
#define VIEW(field) G_STRUCT_OFFSET (Views, field)

typedef struct
{
  WeirJson id;
  WeirJson name;
  WeirJson user_id;
  WeirJson user;
  WeirJson subscription;
  WeirJson integration;
  WeirJson connection;
  WeirJson collected_ids;
} Views;

static void
weir_pull_run_write (WeirRecord *record, WeirJsonWriter *writer)
{
  WeirPullRun *self = WEIR_PULL_RUN (record);
  WeirAccount *account = weir_record_get_account (record);

  weir_json_writer_add_string (writer, "id", weir_record_get_id (record));
  weir_json_writer_add_string (writer, "account", account->name);
  weir_json_writer_add_string (writer, "subscription", self->subscription);
  weir_json_writer_add_string (writer, "status", self->status);
  weir_json_writer_add_time (writer, "start", self->start_at);
  weir_json_writer_add_time (writer, "end", self->end_at);
  weir_json_writer_add_boolean (writer, "full_scan", self->full_scan);
  weir_json_writer_add_int (writer, "collected", self->collected);
  weir_error_data_write (self->error, writer, "error");

  weir_json_writer_add_string (writer, "provider", account->provider);
  weir_json_writer_add_string (writer, "name", weir_record_get_name (record));
  weir_json_writer_add_string (writer, "subscription_name", self->subscription_name);
  weir_json_writer_add_string (writer, "connection", self->connection);
  weir_json_writer_add_string (writer, "connection_name", self->connection_name);
  weir_json_writer_add_string (writer, "integration", self->integration);
  weir_json_writer_add_string (writer, "tenant", self->tenant);
  weir_json_writer_add_string (writer, "tenant_name", self->tenant_name);
  weir_json_writer_begin_array (writer, "events");
  for (guint i = 0; self->collected_ids[i] != NULL; i++)
    weir_json_writer_add_string (writer, NULL, self->collected_ids[i]);
  weir_json_writer_end_array (writer);
}

static WeirErrorData *
weir_pull_run_get_error (WeirRecord *record)
{
  return WEIR_PULL_RUN (record)->error;
}

static void
weir_pull_run_finalize (GObject *object)
{
  WeirPullRun *self = WEIR_PULL_RUN (object);

  g_free (self->subscription);
  g_free (self->subscription_name);
  g_free (self->connection);
  g_free (self->connection_name);
  g_free (self->integration);
  g_free (self->tenant);
  g_free (self->tenant_name);
  g_free (self->status);
  g_strfreev (self->collected_ids);
  g_clear_object (&self->error);

  G_OBJECT_CLASS (weir_pull_run_parent_class)->finalize (object);
}

static void
weir_pull_run_class_init (WeirPullRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_pull_run_finalize;
  WEIR_RECORD_CLASS (klass)->write = weir_pull_run_write;
  WEIR_RECORD_CLASS (klass)->get_error = weir_pull_run_get_error;
}

static void
weir_pull_run_init (WeirPullRun *self)
{
  self->collected_ids = g_new0 (char *, 1);
}

/**
 * weir_pull_run_new:
 * @account: whose it is
 * @json: an ExternalEventPull (`api/membrane.md §6`)
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the pull run; %NULL with @error set if it has no id
 */
WeirPullRun *
weir_pull_run_new (WeirAccount *account, WeirJson json, GError **error)
{
  static const WeirField FIELDS[] = {
    { "id", WEIR_FIELD_VALUE, VIEW (id) },
    { "name", WEIR_FIELD_VALUE, VIEW (name) },
    { "userId", WEIR_FIELD_VALUE, VIEW (user_id) },
    { "tenantId", WEIR_FIELD_TEXT, OWN (tenant) },
    { "integrationId", WEIR_FIELD_TEXT, OWN (integration) },
    { "connectionId", WEIR_FIELD_TEXT, OWN (connection) },
    { "externalEventSubscriptionId", WEIR_FIELD_TEXT, OWN (subscription) },
    { "startDatetime", WEIR_FIELD_TIME, OWN (start_at) },
    { "endDatetime", WEIR_FIELD_TIME, OWN (end_at) },
    { "status", WEIR_FIELD_WORD, OWN (status) },
    { "collectedEventIds", WEIR_FIELD_VALUE, VIEW (collected_ids) },
    { "isFullScan", WEIR_FIELD_BOOLEAN, OWN (full_scan) },
    { "error", WEIR_FIELD_ERROR, OWN (error) },
    { "user", WEIR_FIELD_VALUE, VIEW (user) },
    { "externalEventSubscription", WEIR_FIELD_VALUE, VIEW (subscription) },
    { "integration", WEIR_FIELD_VALUE, VIEW (integration) },
    { "connection", WEIR_FIELD_VALUE, VIEW (connection) },
  };
  g_autoptr (WeirPullRun) self = g_object_new (WEIR_TYPE_PULL_RUN, NULL);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *integration_name = NULL;
  Views views = { 0 };

  weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), self, &views);
  id = weir_fields_dup_id (json, views.id, "ExternalEventPull", "id", error);
  if (id == NULL)
    return NULL;

  weir_fields_take_tenant (views.user_id, views.user, &self->tenant, &self->tenant_name);
  weir_fields_take_expansion (views.connection, &self->connection, &self->connection_name);
  weir_fields_take_expansion (views.integration, &self->integration, &integration_name);
  weir_event_config_take_subscription (views.subscription, self->connection_name,
                                       &self->subscription, &self->subscription_name);
  if (self->status == NULL)
    self->status = g_strdup (self->error != NULL ? "error" : "unknown");
  /* The API has no counter; the array's length is the number (api/membrane.md §6). */
  if (weir_json_get_type (views.collected_ids) == WEIR_JSON_ARRAY)
    {
      g_strfreev (self->collected_ids);
      self->collected_ids = weir_json_dup_strv (views.collected_ids);
      self->collected = weir_json_count (views.collected_ids);
    }

  name = weir_fields_dup_text (views.name);
  weir_record_init_common (WEIR_RECORD (self), WEIR_RECORD_PULL, account, id,
                           name != NULL ? name : self->subscription_name, json);
  return g_steal_pointer (&self);
}

/**
 * weir_pull_run_is_active:
 * @self: a pull run
 *
 * Returns: whether it is queued or running, so that its state is worth asking for again
 */
gboolean
weir_pull_run_is_active (WeirPullRun *self)
{
  g_return_val_if_fail (WEIR_IS_PULL_RUN (self), FALSE);

  return g_str_equal (self->status, "queued") || g_str_equal (self->status, "running");
}

/**
 * weir_pull_run_get_time:
 *
 * The window of one that fails begins where the last success ended, which may be long ago: its end is when it ran.
 *
 * Returns: when it was last at work, as far as it tells, µs; 0 if it does not
 */
gint64
weir_pull_run_get_time (WeirPullRun *self)
{
  g_return_val_if_fail (WEIR_IS_PULL_RUN (self), 0);

  return MAX (self->start_at, self->end_at);
}

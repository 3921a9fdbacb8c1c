/* weir-connection.c: an account's link to an outside application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-connection.h"

#include "weir-fields.h"

G_DEFINE_FINAL_TYPE (WeirConnection, weir_connection, WEIR_TYPE_RECORD)

#define OWN(field) G_STRUCT_OFFSET (WeirConnection, field)
#define VIEW(field) G_STRUCT_OFFSET (Views, field)

typedef struct
{
  WeirJson id;
  WeirJson name;
  WeirJson key;
  WeirJson user_id;
  WeirJson user;
  WeirJson integration;
  WeirJson connected;
  WeirJson disconnected;
  WeirJson client_action;
} Views;

/* The states that wait for somebody (api/membrane.md §4); one nobody knows yet does not. */
static gboolean
is_sick_state (const char *state)
{
  static const char *const SICK[] = {
    "CLIENT_ACTION_REQUIRED",
    "CONFIGURATION_ERROR",
    "SETUP_FAILED",
  };

  for (guint i = 0; i < G_N_ELEMENTS (SICK); i++)
    if (state != NULL && g_ascii_strcasecmp (state, SICK[i]) == 0)
      return TRUE;
  return FALSE;
}

/* `connected` may be left out; the deprecated opposite then still tells, else the state. */
static gboolean
read_connected (WeirConnection *self, const Views *views)
{
  if (weir_json_get_type (views->connected) == WEIR_JSON_BOOLEAN)
    return weir_json_get_boolean (views->connected);
  if (weir_json_get_type (views->disconnected) == WEIR_JSON_BOOLEAN)
    return !weir_json_get_boolean (views->disconnected);
  return !self->defunct && !is_sick_state (self->state);
}

static void
weir_connection_write (WeirRecord *record, WeirJsonWriter *writer)
{
  WeirConnection *self = WEIR_CONNECTION (record);

  WEIR_RECORD_CLASS (weir_connection_parent_class)->write (record, writer);
  weir_json_writer_add_string (writer, "state", self->state);
  weir_error_data_write (self->error, writer, "error");
  if (self->retry_attempts >= 0)
    weir_json_writer_add_int (writer, "retry_attempts", self->retry_attempts);
  else
    weir_json_writer_add_null (writer, "retry_attempts");
  weir_json_writer_add_time (writer, "next_retry", self->next_retry_at);
  weir_json_writer_add_time (writer, "next_refresh", self->next_refresh_at);

  weir_json_writer_add_boolean (writer, "connected", self->connected);
  weir_json_writer_add_boolean (writer, "defunct", self->defunct);
  weir_json_writer_add_boolean (writer, "deactivated", self->deactivated);
  weir_json_writer_add_string (writer, "integration", self->integration);
  weir_json_writer_add_string (writer, "integration_name", self->integration_name);
  weir_json_writer_add_string (writer, "tenant", self->tenant);
  weir_json_writer_add_string (writer, "tenant_name", self->tenant_name);
  weir_json_writer_add_string (writer, "action", self->action_type);
  weir_json_writer_add_string (writer, "action_description", self->action_description);
  weir_json_writer_add_string (writer, "action_uri", self->action_uri);
  weir_json_writer_add_time (writer, "created_at", self->created_at);
  weir_json_writer_add_time (writer, "last_active_at", self->last_active_at);
  weir_json_writer_add_time (writer, "archived_at", self->archived_at);
}

static WeirErrorData *
weir_connection_get_error (WeirRecord *record)
{
  return WEIR_CONNECTION (record)->error;
}

static void
weir_connection_finalize (GObject *object)
{
  WeirConnection *self = WEIR_CONNECTION (object);

  g_free (self->state);
  g_clear_object (&self->error);
  g_free (self->integration);
  g_free (self->integration_name);
  g_free (self->tenant);
  g_free (self->tenant_name);
  g_free (self->action_type);
  g_free (self->action_description);
  g_free (self->action_uri);

  G_OBJECT_CLASS (weir_connection_parent_class)->finalize (object);
}

static void
weir_connection_class_init (WeirConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_connection_finalize;
  WEIR_RECORD_CLASS (klass)->write = weir_connection_write;
  WEIR_RECORD_CLASS (klass)->get_error = weir_connection_get_error;
}

static void
weir_connection_init (WeirConnection *self)
{
  self->retry_attempts = -1;
}

/**
 * weir_connection_new:
 * @account: whose it is
 * @json: a Connection (`api/membrane.md §6`)
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the connection; %NULL with @error set if it has no id
 */
WeirConnection *
weir_connection_new (WeirAccount *account, WeirJson json, GError **error)
{
  static const WeirField FIELDS[] = {
    { "id", WEIR_FIELD_VALUE, VIEW (id) },
    { "name", WEIR_FIELD_VALUE, VIEW (name) },
    { "key", WEIR_FIELD_VALUE, VIEW (key) },
    { "userId", WEIR_FIELD_VALUE, VIEW (user_id) },
    { "tenantId", WEIR_FIELD_TEXT, OWN (tenant) },
    { "connected", WEIR_FIELD_VALUE, VIEW (connected) },
    { "disconnected", WEIR_FIELD_VALUE, VIEW (disconnected) },
    { "isDefunct", WEIR_FIELD_BOOLEAN, OWN (defunct) },
    { "isDeactivated", WEIR_FIELD_BOOLEAN, OWN (deactivated) },
    { "canTest", WEIR_FIELD_BOOLEAN, OWN (can_test) },
    { "canRefreshCredentials", WEIR_FIELD_BOOLEAN, OWN (can_refresh) },
    { "state", WEIR_FIELD_TEXT, OWN (state) },
    /* each overrides the ones before it */
    { "error", WEIR_FIELD_ERROR, OWN (error) },
    { "errors", WEIR_FIELD_ERROR, OWN (error) },
    { "requestError", WEIR_FIELD_ERROR, OWN (error) },
    { "integrationId", WEIR_FIELD_TEXT, OWN (integration) },
    { "retryAttempts", WEIR_FIELD_COUNT, OWN (retry_attempts) },
    { "nextRetryTimestamp", WEIR_FIELD_TIME, OWN (next_retry_at) },
    { "nextCredentialsRefreshAt", WEIR_FIELD_TIME, OWN (next_refresh_at) },
    { "createdAt", WEIR_FIELD_TIME, OWN (created_at) },
    { "lastActiveAt", WEIR_FIELD_TIME, OWN (last_active_at) },
    { "archivedAt", WEIR_FIELD_TIME, OWN (archived_at) },
    { "clientAction", WEIR_FIELD_VALUE, VIEW (client_action) },
    { "user", WEIR_FIELD_VALUE, VIEW (user) },
    { "integration", WEIR_FIELD_VALUE, VIEW (integration) },
  };
  static const WeirField ACTION_FIELDS[] = {
    { "type", WEIR_FIELD_TEXT, OWN (action_type) },
    { "description", WEIR_FIELD_TEXT, OWN (action_description) },
    { "uiUrl", WEIR_FIELD_TEXT, OWN (action_uri) },
  };
  g_autoptr (WeirConnection) self = g_object_new (WEIR_TYPE_CONNECTION, NULL);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  Views views = { 0 };

  weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), self, &views);
  id = weir_fields_dup_id (json, views.id, "Connection", "id", error);
  if (id == NULL)
    return NULL;

  weir_fields_take_tenant (views.user_id, views.user, &self->tenant, &self->tenant_name);
  weir_fields_take_expansion (views.integration, &self->integration, &self->integration_name);
  weir_fields_read (views.client_action, ACTION_FIELDS, G_N_ELEMENTS (ACTION_FIELDS), self, NULL);
  self->connected = read_connected (self, &views);

  name = weir_fields_dup_text (views.name);
  if (name == NULL)
    name = weir_fields_dup_text (views.key);
  weir_record_init_common (WEIR_RECORD (self), WEIR_RECORD_CONNECTION, account, id,
                           name != NULL ? name : self->integration_name, json);
  return g_steal_pointer (&self);
}

/**
 * weir_connection_needs_attention:
 * @self: a connection
 *
 * Returns: whether it is in use and something about it is wrong or waits for a person
 */
gboolean
weir_connection_needs_attention (WeirConnection *self)
{
  g_return_val_if_fail (WEIR_IS_CONNECTION (self), FALSE);

  if (self->archived_at != 0 || self->deactivated)
    return FALSE;
  return !self->connected || self->defunct || self->error != NULL || self->action_type != NULL
         || is_sick_state (self->state);
}

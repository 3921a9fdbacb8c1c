/* weir-event.c: one event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-event.h"

#include <glib/gi18n-lib.h>

#include "weir-event-config.h"
#include "weir-fields.h"
#include "weir-time.h"

/* Written as a JSON string a byte may become six ("\u0001"), and raw must stay readable JSON. */
#define UNREADABLE_MAX (WEIR_JSON_MAX_SIZE / 6 - 2)

G_DEFINE_FINAL_TYPE (WeirEvent, weir_event, WEIR_TYPE_RECORD)

#define OWN(field) G_STRUCT_OFFSET (WeirEvent, field)
#define VIEW(field) G_STRUCT_OFFSET (Views, field)

typedef struct
{
  WeirJson id;
  WeirJson name;
  WeirJson user_id;
  WeirJson user;
  WeirJson payload;
  WeirJson created_at;
  WeirJson datetime;
  WeirJson subscription;
  WeirJson connection;
  WeirJson type;
} Views;

/* The first of the event's own times that can be read, else the seconds in an ObjectId, else when
 * Weir saw it. */
static void
choose_time (WeirEvent *self, WeirJson first, WeirJson second, const char *object_id)
{
  self->time_source = WEIR_TIME_FROM_PROVIDER;
  self->occurred_at = weir_json_get_time (first);
  if (self->occurred_at == 0)
    self->occurred_at = weir_json_get_time (second);
  if (self->occurred_at == 0 && object_id != NULL)
    {
      self->time_source = WEIR_TIME_FROM_ID;
      self->occurred_at = weir_time_from_object_id (object_id);
    }
  if (self->occurred_at == 0)
    {
      self->time_source = WEIR_TIME_FROM_SIGHT;
      self->occurred_at = self->observed_at;
    }
}

/* "created · contacts · 42": of an event nobody gave a name. */
static char *
dup_title (WeirEvent *self)
{
  const char *parts[] = { self->kind, self->collection, self->record };
  GString *title = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      {
        if (title->len > 0)
          g_string_append (title, " · ");
        g_string_append (title, parts[i]);
      }
  return g_string_free (title, FALSE);
}

static WeirEvent *
create (const char *stream, gint64 observed_at)
{
  WeirEvent *self = g_object_new (WEIR_TYPE_EVENT, NULL);

  self->stream = g_strdup (stream);
  self->observed_at = observed_at;
  return self;
}

static void
finish (WeirEvent *self, WeirAccount *account, const char *id, WeirJson name, WeirJson json)
{
  WeirRecord *record = WEIR_RECORD (self);
  g_autofree char *title = weir_fields_dup_text (name);

  if (title == NULL)
    title = dup_title (self);
  weir_record_init_common (record, WEIR_RECORD_EVENT, account, id, title, json);
  self->payload = weir_record_keep_view (record, json, self->payload);
}

/* What a subscription's config says of the events it makes (api/membrane.md §4). */
static const char *
kind_of_config (const char *type)
{
  static const char prefix[] = "data-record-";

  return type != NULL && g_str_has_prefix (type, prefix) ? type + strlen (prefix) : NULL;
}

static void
weir_event_write (WeirRecord *record, WeirJsonWriter *writer)
{
  WeirEvent *self = WEIR_EVENT (record);
  WeirAccount *account = weir_record_get_account (record);

  weir_json_writer_add_string (writer, "id", weir_record_get_id (record));
  weir_json_writer_add_string (writer, "account", account->name);
  weir_json_writer_add_string (writer, "provider", account->provider);
  weir_json_writer_add_string (writer, "kind", self->kind);
  weir_json_writer_add_string (writer, "collection", self->collection);
  weir_json_writer_add_string (writer, "record", self->record);
  weir_json_writer_add_time (writer, "occurred_at", self->occurred_at);
  weir_json_writer_add_time (writer, "observed_at", self->observed_at);
  weir_json_writer_add_string (writer, "subscription", self->subscription);
  weir_json_writer_add_raw (writer, "payload", self->payload);

  weir_json_writer_add_string (writer, "stream", self->stream);
  weir_json_writer_add_string (writer, "time_source",
                               weir_time_source_to_string (self->time_source));
  weir_json_writer_add_string (writer, "status", self->status);
  weir_json_writer_add_string (writer, "subscription_name", self->subscription_name);
  weir_json_writer_add_string (writer, "connection", self->connection);
  weir_json_writer_add_string (writer, "connection_name", self->connection_name);
  weir_json_writer_add_string (writer, "tenant", self->tenant);
  weir_json_writer_add_boolean (writer, "unreadable", self->unreadable);
  weir_json_writer_begin_array (writer, "flow_runs");
  for (guint i = 0; self->flow_runs[i] != NULL; i++)
    weir_json_writer_add_string (writer, NULL, self->flow_runs[i]);
  weir_json_writer_end_array (writer);
  weir_error_data_write (self->error, writer, "error");
}

static WeirErrorData *
weir_event_get_error (WeirRecord *record)
{
  return WEIR_EVENT (record)->error;
}

static void
weir_event_finalize (GObject *object)
{
  WeirEvent *self = WEIR_EVENT (object);

  g_free (self->stream);
  g_free (self->kind);
  g_free (self->collection);
  g_free (self->record);
  g_free (self->subscription);
  g_free (self->subscription_name);
  g_free (self->connection);
  g_free (self->connection_name);
  g_free (self->tenant);
  g_free (self->status);
  g_clear_object (&self->error);
  g_strfreev (self->flow_runs);

  G_OBJECT_CLASS (weir_event_parent_class)->finalize (object);
}

static void
weir_event_class_init (WeirEventClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_event_finalize;
  WEIR_RECORD_CLASS (klass)->write = weir_event_write;
  WEIR_RECORD_CLASS (klass)->get_error = weir_event_get_error;
}

static void
weir_event_init (WeirEvent *self)
{
  self->flow_runs = g_new0 (char *, 1);
}

/**
 * weir_event_new_log_record:
 * @account: whose it is
 * @json: an ExternalEventLogRecord (`api/membrane.md §6`)
 * @observed_at: µs, when Weir first saw it
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * These records have no time of their own: an undeclared `createdAt` or `datetime` is taken if it
 * is sent, else the time in the id, else @observed_at.
 *
 * Returns: (transfer full) (nullable): the event; %NULL with @error set if it has no id
 */
WeirEvent *
weir_event_new_log_record (WeirAccount *account, WeirJson json, gint64 observed_at, GError **error)
{
  static const WeirField FIELDS[] = {
    { "id", WEIR_FIELD_VALUE, VIEW (id) },
    { "name", WEIR_FIELD_VALUE, VIEW (name) },
    { "userId", WEIR_FIELD_VALUE, VIEW (user_id) },
    { "tenantId", WEIR_FIELD_TEXT, OWN (tenant) },
    { "connectionId", WEIR_FIELD_TEXT, OWN (connection) },
    { "externalEventSubscriptionId", WEIR_FIELD_TEXT, OWN (subscription) },
    { "status", WEIR_FIELD_WORD, OWN (status) },
    { "error", WEIR_FIELD_ERROR, OWN (error) },
    { "payload", WEIR_FIELD_VALUE, VIEW (payload) },
    { "launchedFlowRunIds", WEIR_FIELD_TEXTS, OWN (flow_runs) },
    { "createdAt", WEIR_FIELD_VALUE, VIEW (created_at) },
    { "datetime", WEIR_FIELD_VALUE, VIEW (datetime) },
    { "user", WEIR_FIELD_VALUE, VIEW (user) },
    { "externalEventSubscription", WEIR_FIELD_VALUE, VIEW (subscription) },
    { "connection", WEIR_FIELD_VALUE, VIEW (connection) },
  };
  g_autoptr (WeirEvent) self = create ("events", observed_at);
  g_auto (WeirEventConfig) config = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *user_name = NULL;
  Views views = { 0 };

  weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), self, &views);
  id = weir_fields_dup_id (json, views.id, "ExternalEventLogRecord", "id", error);
  if (id == NULL)
    return NULL;

  self->payload = views.payload;
  weir_fields_take_tenant (views.user_id, views.user, &self->tenant, &user_name);
  weir_fields_take_expansion (views.connection, &self->connection, &self->connection_name);
  weir_event_config_take_subscription (views.subscription, self->connection_name,
                                       &self->subscription, &self->subscription_name);
  weir_event_config_read (&config, weir_json_get (views.subscription, "config"));

  /* Of a data event only type and record id are sure (api/membrane.md §2.11). */
  self->kind = weir_json_dup_string (weir_json_get (views.payload, "type"));
  if (self->kind == NULL)
    self->kind = g_strdup (kind_of_config (config.type));
  self->collection = g_steal_pointer (&config.subject);
  self->record =
      weir_fields_dup_text (weir_json_get (weir_json_get (views.payload, "record"), "id"));
  choose_time (self, views.created_at, views.datetime, id);
  finish (self, account, id, views.name, json);
  return g_steal_pointer (&self);
}

/**
 * weir_event_new_app_event:
 * @account: whose it is
 * @json: an AppEventLogRecord (`api/membrane.md §6`)
 * @observed_at: µs, when Weir first saw it
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the event; %NULL with @error set if it has no id
 */
WeirEvent *
weir_event_new_app_event (WeirAccount *account, WeirJson json, gint64 observed_at, GError **error)
{
  static const WeirField FIELDS[] = {
    { "id", WEIR_FIELD_VALUE, VIEW (id) },
    { "name", WEIR_FIELD_VALUE, VIEW (name) },
    { "userId", WEIR_FIELD_VALUE, VIEW (user_id) },
    { "tenantId", WEIR_FIELD_TEXT, OWN (tenant) },
    { "appEventTypeId", WEIR_FIELD_TEXT, OWN (collection) },
    { "appEventSubscriptionId", WEIR_FIELD_TEXT, OWN (subscription) },
    { "event", WEIR_FIELD_VALUE, VIEW (payload) },
    { "datetime", WEIR_FIELD_VALUE, VIEW (datetime) },
    { "createdAt", WEIR_FIELD_VALUE, VIEW (created_at) },
    { "status", WEIR_FIELD_WORD, OWN (status) },
    { "error", WEIR_FIELD_ERROR, OWN (error) },
    { "launchedFlowRunIds", WEIR_FIELD_TEXTS, OWN (flow_runs) },
    { "user", WEIR_FIELD_VALUE, VIEW (user) },
    { "appEventType", WEIR_FIELD_VALUE, VIEW (type) },
    { "appEventSubscription", WEIR_FIELD_VALUE, VIEW (subscription) },
  };
  g_autoptr (WeirEvent) self = create ("app-events", observed_at);
  g_autofree char *id = NULL;
  g_autofree char *user_name = NULL;
  Views views = { 0 };

  weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), self, &views);
  id = weir_fields_dup_id (json, views.id, "AppEventLogRecord", "id", error);
  if (id == NULL)
    return NULL;

  self->payload = views.payload;
  weir_fields_take_tenant (views.user_id, views.user, &self->tenant, &user_name);
  weir_fields_take_expansion (views.subscription, &self->subscription, &self->subscription_name);
  weir_fields_take_type (views.type, &self->collection);
  self->kind = weir_json_dup_string (weir_json_get (views.payload, "type"));
  self->record =
      weir_fields_dup_text (weir_json_get (weir_json_get (views.payload, "record"), "id"));
  choose_time (self, views.datetime, views.created_at, id);
  finish (self, account, id, views.name, json);
  return g_steal_pointer (&self);
}

/**
 * weir_event_new_sequin:
 * @account: whose it is
 * @json: an event of `GET /v1/events` (`api/sequin-and-oracle.md A1`)
 * @observed_at: µs, when Weir first saw it
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the event; %NULL with @error set if it has no event_id
 */
WeirEvent *
weir_event_new_sequin (WeirAccount *account, WeirJson json, gint64 observed_at, GError **error)
{
  static const WeirField FIELDS[] = {
    { "event_id", WEIR_FIELD_VALUE, VIEW (id) },
    { "sync_id", WEIR_FIELD_TEXT, OWN (subscription) },
    { "collection_id", WEIR_FIELD_TEXT, OWN (collection) },
    { "upstream_id", WEIR_FIELD_TEXT, OWN (record) },
    { "upstream_updated_at", WEIR_FIELD_VALUE, VIEW (datetime) },
    { "event_inserted_at", WEIR_FIELD_VALUE, VIEW (created_at) },
    { "data", WEIR_FIELD_VALUE, VIEW (payload) },
    { "event", WEIR_FIELD_TEXT, OWN (kind) },
  };
  g_autoptr (WeirEvent) self = create ("events", observed_at);
  g_autofree char *id = NULL;
  Views views = { 0 };

  weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), self, &views);
  id = weir_fields_dup_id (json, views.id, "Event", "event_id", error);
  if (id == NULL)
    return NULL;

  self->payload = views.payload;
  choose_time (self, views.datetime, views.created_at, NULL);
  finish (self, account, id, (WeirJson){ 0 }, json);
  return g_steal_pointer (&self);
}

/**
 * weir_event_new_unreadable:
 * @account: whose it is
 * @stream: the provider's stream it came by
 * @bytes: what came instead of an event
 * @reason: why it is none
 * @observed_at: µs, when Weir first saw it
 *
 * Nothing is dropped in silence: what cannot be read is an event too. Raw is @bytes where they are
 * JSON, else a JSON string of them. The id is made from the content, so that the same thing sent
 * twice, or read back from raw, is the same event.
 *
 * Returns: (transfer full): a flagged event
 */
WeirEvent *
weir_event_new_unreadable (WeirAccount *account,
                           const char *stream,
                           GBytes *bytes,
                           const char *reason,
                           gint64 observed_at)
{
  g_autoptr (WeirEvent) self = NULL;
  g_autofree char *text = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *id = NULL;
  WeirJson json;

  g_return_val_if_fail (stream != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (reason != NULL, NULL);

  if (!weir_json_parse (bytes, &json, NULL))
    {
      gsize size;
      const char *data = g_bytes_get_data (bytes, &size);
      g_autofree char *valid =
          size > 0 ? g_utf8_make_valid (data, (gssize) MIN (size, UNREADABLE_MAX)) : g_strdup ("");
      WeirJsonWriter *writer = weir_json_writer_new ();

      weir_json_writer_add_string (writer, NULL, valid);
      text = weir_json_writer_end (writer);
      json = (WeirJson){ text, strlen (text) };
    }
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) json.text, json.length);
  id = g_strdup_printf ("unreadable-%.16s", digest);

  self = create (stream, observed_at);
  self->unreadable = TRUE;
  self->error = weir_error_data_new (reason, "unreadable", NULL);
  self->payload = json;
  choose_time (self, (WeirJson){ 0 }, (WeirJson){ 0 }, NULL);
  finish (self, account, id, (WeirJson){ 0 }, json);
  return g_steal_pointer (&self);
}

/**
 * weir_event_new:
 * @account: whose it is
 * @stream: the provider's stream it came by
 * @json: as sent
 * @observed_at: µs, when Weir first saw it
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the event, by the constructor of the account's provider and
 *   the stream; %NULL with @error set if there is none or it cannot be read
 */
WeirEvent *
weir_event_new (WeirAccount *account,
                const char *stream,
                WeirJson json,
                gint64 observed_at,
                GError **error)
{
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (stream != NULL, NULL);

  if (g_str_equal (account->provider, "sequin"))
    return weir_event_new_sequin (account, json, observed_at, error);
  if (g_str_equal (account->provider, "membrane"))
    return g_str_equal (stream, "app-events")
               ? weir_event_new_app_event (account, json, observed_at, error)
               : weir_event_new_log_record (account, json, observed_at, error);
  /* Translators: the first %s is a provider such as "oracle", the second a stream */
  g_set_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID,
               _ ("“%s” has no events in a stream “%s”"), account->provider, stream);
  return NULL;
}

/**
 * weir_time_source_to_string:
 * @source: where an event's time was taken from
 *
 * Returns: (transfer none): its word in JSON; not translated
 */
const char *
weir_time_source_to_string (WeirTimeSource source)
{
  switch (source)
    {
    case WEIR_TIME_FROM_PROVIDER:
      return "provider";
    case WEIR_TIME_FROM_ID:
      return "id";
    case WEIR_TIME_FROM_SIGHT:
    default:
      return "sight";
    }
}

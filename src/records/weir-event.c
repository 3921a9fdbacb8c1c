/* weir-event.c: one event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-event.h"

#include <glib/gi18n-lib.h>

#include "weir-event-config.h"
#include "weir-event-rows.h"
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

#define SEQUIN(field) G_STRUCT_OFFSET (SequinViews, field)

typedef struct
{
  WeirJson id;
  WeirJson sync;
  WeirJson collection;
  WeirJson record;
  WeirJson updated_at;
  WeirJson inserted_at;
  WeirJson data;
  WeirJson kind;
} SequinViews;

/* The first of the event's own times that can be read, else the seconds in an ObjectId, else when
 * Weir saw it. */
static WeirTimeSource
choose_time (WeirJson first,
             WeirJson second,
             const char *object_id,
             gint64 observed_at,
             gint64 *time)
{
  *time = weir_json_get_time (first);
  if (*time == 0)
    *time = weir_json_get_time (second);
  if (*time != 0)
    return WEIR_TIME_FROM_PROVIDER;

  *time = weir_time_from_object_id (object_id);
  if (*time != 0)
    return WEIR_TIME_FROM_ID;

  *time = observed_at;
  return WEIR_TIME_FROM_SIGHT;
}

static void
take_time (WeirEvent *self, WeirJson first, WeirJson second, const char *object_id)
{
  self->time_source = choose_time (first, second, object_id, self->observed_at, &self->occurred_at);
}

/* As weir_fields_dup_text(). Few texts have an escape in them. */
static const char *
keep_text (GStringChunk *texts, WeirJson value)
{
  g_autofree char *text = NULL;

  if (weir_json_get_type (value) == WEIR_JSON_STRING && value.length > 2
      && memchr (value.text, '\\', value.length) == NULL)
    return g_string_chunk_insert_len (texts, value.text + 1, (gssize) value.length - 2);

  text = weir_fields_dup_text (value);
  return text != NULL ? g_string_chunk_insert (texts, text) : NULL;
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
  take_time (self, views.created_at, views.datetime, id);
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
  take_time (self, views.datetime, views.created_at, id);
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
  g_autoptr (GStringChunk) texts = g_string_chunk_new (256);
  WeirEventRow row = { 0 };
  WeirEvent *self;

  if (!weir_event_read_sequin (json, observed_at, texts, &row, error))
    return NULL;

  self = create (row.stream, observed_at);
  self->kind = g_strdup (row.kind);
  self->collection = g_strdup (row.collection);
  self->record = g_strdup (row.record);
  self->subscription = g_strdup (row.subscription);
  self->occurred_at = row.occurred_at;
  self->time_source = row.time_source;
  self->payload = row.payload;
  finish (self, account, row.id, (WeirJson){ 0 }, row.raw);
  return self;
}

/**
 * weir_event_read_sequin:
 * @json: an event of `GET /v1/events` (`api/sequin-and-oracle.md A1`), which may be followed by something else
 * @observed_at: µs, when Weir first saw it
 * @texts: where the texts of @row are put
 * @row: (inout): all zero
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: whether it has an event_id
 */
gboolean
weir_event_read_sequin (WeirJson json,
                        gint64 observed_at,
                        GStringChunk *texts,
                        WeirEventRow *row,
                        GError **error)
{
  static const WeirField FIELDS[] = {
    { "event_id", WEIR_FIELD_VALUE, SEQUIN (id) },
    { "sync_id", WEIR_FIELD_VALUE, SEQUIN (sync) },
    { "collection_id", WEIR_FIELD_VALUE, SEQUIN (collection) },
    { "upstream_id", WEIR_FIELD_VALUE, SEQUIN (record) },
    { "upstream_updated_at", WEIR_FIELD_VALUE, SEQUIN (updated_at) },
    { "event_inserted_at", WEIR_FIELD_VALUE, SEQUIN (inserted_at) },
    { "data", WEIR_FIELD_VALUE, SEQUIN (data) },
    { "event", WEIR_FIELD_VALUE, SEQUIN (kind) },
  };
  SequinViews views = { 0 };

  row->raw = weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), NULL, &views);
  row->id = keep_text (texts, views.id);
  if (row->id == NULL)
    {
      g_free (weir_fields_dup_id (json, views.id, "Event", "event_id", error));
      return FALSE;
    }

  row->stream = "events";
  row->kind = keep_text (texts, views.kind);
  row->collection = keep_text (texts, views.collection);
  row->record = keep_text (texts, views.record);
  row->subscription = keep_text (texts, views.sync);
  row->payload = views.data;
  row->observed_at = observed_at;
  row->time_source =
      choose_time (views.updated_at, views.inserted_at, NULL, observed_at, &row->occurred_at);
  return TRUE;
}

/**
 * weir_event_get_row:
 * @self: an event
 * @row: (out caller-allocates): what the history keeps of it, good as long as @self
 */
void
weir_event_get_row (WeirEvent *self, WeirEventRow *row)
{
  WeirRecord *record = WEIR_RECORD (self);

  *row = (WeirEventRow){
    .stream = self->stream,
    .id = weir_record_get_id (record),
    .kind = self->kind,
    .collection = self->collection,
    .record = self->record,
    .subscription = self->subscription,
    .connection = self->connection,
    .tenant = self->tenant,
    .status = self->status,
    .occurred_at = self->occurred_at,
    .time_source = self->time_source,
    .observed_at = self->observed_at,
    .unreadable = self->unreadable,
    .reason = self->unreadable && self->error != NULL ? self->error->message : NULL,
    .raw = weir_record_get_json (record),
    .payload = self->payload,
  };
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
  take_time (self, (WeirJson){ 0 }, (WeirJson){ 0 }, NULL);
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

/* weir-subscription.c: something that makes events arrive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-subscription.h"

#include "weir-clock.h"
#include "weir-event-config.h"
#include "weir-fields.h"
#include "weir-time.h"

G_DEFINE_FINAL_TYPE (WeirSubscription, weir_subscription, WEIR_TYPE_RECORD)

#define OWN(field) G_STRUCT_OFFSET (WeirSubscription, field)
#define VIEW(field) G_STRUCT_OFFSET (Views, field)

/* What is looked into and not kept. */
typedef struct
{
  WeirJson id;
  WeirJson name;
  WeirJson lookup_name;
  WeirJson key;
  WeirJson user_id;
  WeirJson user;
  WeirJson connection;
  WeirJson integration;
  WeirJson config;
  WeirJson type;
  WeirJson is_subscribed;
  WeirJson status;
  WeirJson event_type;
  WeirJson integration_user;
  WeirJson object_version;
  WeirJson health;
  WeirJson credential;
  WeirJson frequency;
} Views;

static void
set_default (char **field, const char *value)
{
  if (*field == NULL)
    *field = g_strdup (value);
}

/* The vendor's own rule is: webhooks if isRealTime, else full scan if requiresFullSync and
 * fullSyncIntervalSeconds, else pull (api/membrane.md §8). Weir lets requiresPull win over the full
 * scan, as the vendor once did: such a subscription finds its events by pulls, and the full scan
 * only now and then makes up for what they missed. A subscription that says nothing of the three is
 * unknown. */
static WeirDelivery
choose_delivery (WeirSubscription *self, gboolean says_real_time)
{
  if (self->real_time)
    return WEIR_DELIVERY_REAL_TIME;
  if (self->requires_pull)
    return WEIR_DELIVERY_PULL;
  if (self->requires_full_sync)
    return WEIR_DELIVERY_FULL_SCAN;
  if (says_real_time || self->next_pull_at != 0 || self->pull_interval >= 0)
    return WEIR_DELIVERY_PULL;
  return WEIR_DELIVERY_UNKNOWN;
}

/* Oracle's namedID: by name, else by number; a bare text or number is taken too. */
static char *
read_named_id (WeirJson value, gint64 *id)
{
  g_autofree char *name = NULL;

  if (weir_json_get_type (value) != WEIR_JSON_OBJECT)
    {
      weir_json_get_int (value, id);
      return weir_fields_dup_text (value);
    }
  weir_json_get_int (weir_json_get (value, "id"), id);
  name = weir_fields_dup_text (weir_json_get (value, "lookupName"));
  return name != NULL ? g_steal_pointer (&name)
                      : weir_fields_dup_text (weir_json_get (value, "id"));
}

/* api/sequin-and-oracle.md B5 */
static const char *
oracle_status (gint64 id)
{
  switch (id)
    {
    case 1:
      return "active";
    case 2:
      return "paused";
    case 3:
      return "inactive";
    default:
      return NULL;
    }
}

static gboolean
is_ill (const char *health)
{
  return g_strcmp0 (health, "error") == 0 || g_strcmp0 (health, "warn") == 0
         || g_strcmp0 (health, "warning") == 0;
}

static void
append_notes (GString *notes, WeirJson part)
{
  g_auto (GStrv) lines = weir_json_dup_strv (weir_json_get (part, "notes"));

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      if (notes->len > 0 && *lines[i] != '\0')
        g_string_append (notes, "; ");
      g_string_append (notes, lines[i]);
    }
}

/* The two forms of a sync's health (api/sequin-and-oracle.md A4): {status} and {status,
 * credential:{status,notes,time}, provider:{status,notes}}. A warning without a note is no error. */
static void
read_health (WeirSubscription *self, WeirJson health)
{
  static const char *const PARTS[] = { "credential", "provider" };
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autofree char *word = NULL;

  self->health = weir_json_get_type (health) == WEIR_JSON_OBJECT
                     ? weir_fields_dup_text (weir_json_get (health, "status"))
                     : weir_fields_dup_text (health);
  if (self->health != NULL)
    word = g_ascii_strdown (self->health, -1);

  if (is_ill (word))
    append_notes (notes, health);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    {
      WeirJson part = weir_json_get (health, PARTS[i]);
      g_autofree char *status = weir_json_dup_string (weir_json_get (part, "status"));
      g_autofree char *lower = status != NULL ? g_ascii_strdown (status, -1) : NULL;

      if (!is_ill (lower))
        continue;
      append_notes (notes, part);
      if (word == NULL || !is_ill (word) || g_str_equal (lower, "error"))
        {
          g_free (word);
          word = g_steal_pointer (&lower);
        }
    }

  if (self->error != NULL || !is_ill (word) || (notes->len == 0 && !g_str_equal (word, "error")))
    return;
  self->error = weir_error_data_new (notes->len > 0 ? notes->str : "health: error", "health", word);
  self->error->data = weir_json_dup_bytes (health);
}

static WeirSubscription *
create (WeirSubscriptionVariant variant, WeirDelivery delivery)
{
  WeirSubscription *self = g_object_new (WEIR_TYPE_SUBSCRIPTION, NULL);

  self->variant = variant;
  self->delivery = delivery;
  return self;
}

static void
add_interval (WeirJsonWriter *writer, const char *key, gint64 seconds)
{
  if (seconds >= 0)
    weir_json_writer_add_int (writer, key, seconds);
  else
    weir_json_writer_add_null (writer, key);
}

static void
weir_subscription_write (WeirRecord *record, WeirJsonWriter *writer)
{
  WeirSubscription *self = WEIR_SUBSCRIPTION (record);

  WEIR_RECORD_CLASS (weir_subscription_parent_class)->write (record, writer);
  weir_json_writer_add_string (writer, "kind", self->kind);
  weir_json_writer_add_string (writer, "status", self->status);
  weir_json_writer_add_string (writer, "delivery", weir_delivery_to_string (self->delivery));
  weir_json_writer_add_string (writer, "connection", self->connection);
  weir_error_data_write (self->error, writer, "error");

  weir_json_writer_add_string (writer, "connection_name", self->connection_name);
  weir_json_writer_add_string (writer, "integration", self->integration);
  weir_json_writer_add_string (writer, "integration_name", self->integration_name);
  weir_json_writer_add_string (writer, "tenant", self->tenant);
  weir_json_writer_add_string (writer, "tenant_name", self->tenant_name);
  weir_json_writer_add_string (writer, "collection", self->collection);
  weir_json_writer_add_string (writer, "state", self->state);
  weir_json_writer_add_string (writer, "health", self->health);
  weir_json_writer_add_boolean (writer, "deactivated", self->deactivated);
  weir_json_writer_add_time (writer, "next_pull", self->next_pull_at);
  add_interval (writer, "interval", self->pull_interval);
  add_interval (writer, "full_scan_interval", self->full_sync_interval);
  weir_json_writer_add_time (writer, "next_refresh", self->next_refresh_at);
  weir_json_writer_add_string (writer, "webhook", self->webhook_uri);
  weir_json_writer_add_time (writer, "created_at", self->created_at);
  weir_json_writer_add_time (writer, "updated_at", self->updated_at);
  weir_json_writer_add_time (writer, "archived_at", self->archived_at);
  if (self->variant == WEIR_SUBSCRIPTION_NOTIFICATION)
    {
      weir_json_writer_add_string (writer, "event_type", self->event_type);
      weir_json_writer_add_string (writer, "integration_user", self->integration_user);
      weir_json_writer_add_string (writer, "object_version", self->object_version);
    }
}

static WeirErrorData *
weir_subscription_get_error (WeirRecord *record)
{
  return WEIR_SUBSCRIPTION (record)->error;
}

static void
weir_subscription_finalize (GObject *object)
{
  WeirSubscription *self = WEIR_SUBSCRIPTION (object);

  g_free (self->kind);
  g_free (self->status);
  g_clear_object (&self->error);
  g_free (self->state);
  g_free (self->health);
  g_free (self->tenant);
  g_free (self->tenant_name);
  g_free (self->connection);
  g_free (self->connection_name);
  g_free (self->integration);
  g_free (self->integration_name);
  g_free (self->collection);
  g_free (self->webhook_uri);
  g_free (self->event_type);
  g_free (self->integration_user);
  g_free (self->object_version);
  g_free (self->object_shape_xml);
  g_strfreev (self->collection_ids);

  G_OBJECT_CLASS (weir_subscription_parent_class)->finalize (object);
}

static void
weir_subscription_class_init (WeirSubscriptionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_subscription_finalize;
  WEIR_RECORD_CLASS (klass)->write = weir_subscription_write;
  WEIR_RECORD_CLASS (klass)->get_error = weir_subscription_get_error;
}

static void
weir_subscription_init (WeirSubscription *self)
{
  self->pull_interval = -1;
  self->full_sync_interval = -1;
  self->collection_ids = g_new0 (char *, 1);
}

/**
 * weir_subscription_new_external:
 * @account: whose it is
 * @json: an ExternalEventSubscription (`api/membrane.md §6`)
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the subscription; %NULL with @error set if it has no id
 */
WeirSubscription *
weir_subscription_new_external (WeirAccount *account, WeirJson json, GError **error)
{
  static const WeirField FIELDS[] = {
    { "id", WEIR_FIELD_VALUE, VIEW (id) },
    { "name", WEIR_FIELD_VALUE, VIEW (name) },
    { "userId", WEIR_FIELD_VALUE, VIEW (user_id) },
    { "tenantId", WEIR_FIELD_TEXT, OWN (tenant) },
    { "connectionId", WEIR_FIELD_TEXT, OWN (connection) },
    { "integrationId", WEIR_FIELD_TEXT, OWN (integration) },
    { "config", WEIR_FIELD_VALUE, VIEW (config) },
    { "status", WEIR_FIELD_WORD, OWN (status) },
    { "state", WEIR_FIELD_TEXT, OWN (state) },
    { "errors", WEIR_FIELD_ERROR, OWN (error) },
    { "error", WEIR_FIELD_ERROR, OWN (error) }, /* after errors, and so before them */
    { "isRealTime", WEIR_FIELD_BOOLEAN, OWN (real_time) },
    { "requiresPull", WEIR_FIELD_BOOLEAN, OWN (requires_pull) },
    { "requiresFullSync", WEIR_FIELD_BOOLEAN, OWN (requires_full_sync) },
    { "isDeactivated", WEIR_FIELD_BOOLEAN, OWN (deactivated) },
    { "nextPullEventsTimestamp", WEIR_FIELD_TIME, OWN (next_pull_at) },
    { "nextRefreshTimestamp", WEIR_FIELD_TIME, OWN (next_refresh_at) },
    { "pullUpdatesIntervalSeconds", WEIR_FIELD_COUNT, OWN (pull_interval) },
    { "fullSyncIntervalSeconds", WEIR_FIELD_COUNT, OWN (full_sync_interval) },
    { "webhookUri", WEIR_FIELD_TEXT, OWN (webhook_uri) },
    { "createdAt", WEIR_FIELD_TIME, OWN (created_at) },
    { "updatedAt", WEIR_FIELD_TIME, OWN (updated_at) },
    { "archivedAt", WEIR_FIELD_TIME, OWN (archived_at) },
    { "user", WEIR_FIELD_VALUE, VIEW (user) },
    { "connection", WEIR_FIELD_VALUE, VIEW (connection) },
    { "integration", WEIR_FIELD_VALUE, VIEW (integration) },
  };
  g_autoptr (WeirSubscription) self =
      create (WEIR_SUBSCRIPTION_EXTERNAL_EVENT, WEIR_DELIVERY_UNKNOWN);
  g_auto (WeirEventConfig) config = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  Views views = { 0 };

  weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), self, &views);
  id = weir_fields_dup_id (json, views.id, "ExternalEventSubscription", "id", error);
  if (id == NULL)
    return NULL;

  weir_fields_take_tenant (views.user_id, views.user, &self->tenant, &self->tenant_name);
  weir_fields_take_expansion (views.connection, &self->connection, &self->connection_name);
  weir_fields_take_expansion (views.integration, &self->integration, &self->integration_name);
  weir_event_config_read (&config, views.config);
  self->kind = g_strdup (config.type != NULL ? config.type : "external-event");
  self->collection = g_strdup (config.subject);
  self->delivery = choose_delivery (self, weir_json_get_type (weir_json_get (json, "isRealTime"))
                                              == WEIR_JSON_BOOLEAN);
  set_default (&self->status, self->error != NULL ? "error" : "unknown");

  name = weir_fields_dup_text (views.name);
  if (name == NULL)
    name = weir_event_config_dup_title (&config, self->connection_name);
  weir_record_init_common (WEIR_RECORD (self), WEIR_RECORD_SUBSCRIPTION, account, id, name, json);
  return g_steal_pointer (&self);
}

/**
 * weir_subscription_new_app_event:
 * @account: whose it is
 * @json: an AppEventSubscription (`api/membrane.md §6`)
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the subscription; %NULL with @error set if it has no id
 */
WeirSubscription *
weir_subscription_new_app_event (WeirAccount *account, WeirJson json, GError **error)
{
  static const WeirField FIELDS[] = {
    { "id", WEIR_FIELD_VALUE, VIEW (id) },
    { "name", WEIR_FIELD_VALUE, VIEW (name) },
    { "key", WEIR_FIELD_VALUE, VIEW (key) },
    { "userId", WEIR_FIELD_VALUE, VIEW (user_id) },
    { "tenantId", WEIR_FIELD_TEXT, OWN (tenant) },
    { "appEventTypeId", WEIR_FIELD_TEXT, OWN (collection) },
    { "isSubscribed", WEIR_FIELD_VALUE, VIEW (is_subscribed) },
    { "webhookUri", WEIR_FIELD_TEXT, OWN (webhook_uri) },
    { "state", WEIR_FIELD_TEXT, OWN (state) },
    { "errors", WEIR_FIELD_ERROR, OWN (error) },
    { "error", WEIR_FIELD_ERROR, OWN (error) },
    { "createdAt", WEIR_FIELD_TIME, OWN (created_at) },
    { "updatedAt", WEIR_FIELD_TIME, OWN (updated_at) },
    { "archivedAt", WEIR_FIELD_TIME, OWN (archived_at) },
    { "isDeactivated", WEIR_FIELD_BOOLEAN, OWN (deactivated) },
    { "appEventType", WEIR_FIELD_VALUE, VIEW (type) },
    { "user", WEIR_FIELD_VALUE, VIEW (user) },
  };
  g_autoptr (WeirSubscription) self = create (WEIR_SUBSCRIPTION_APP_EVENT, WEIR_DELIVERY_REAL_TIME);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  Views views = { 0 };

  weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), self, &views);
  id = weir_fields_dup_id (json, views.id, "AppEventSubscription", "id", error);
  if (id == NULL)
    return NULL;

  weir_fields_take_tenant (views.user_id, views.user, &self->tenant, &self->tenant_name);
  weir_fields_take_type (views.type, &self->collection);
  self->kind = g_strdup ("app-event");
  if (weir_json_get_type (views.is_subscribed) == WEIR_JSON_BOOLEAN)
    self->status =
        g_strdup (weir_json_get_boolean (views.is_subscribed) ? "subscribed" : "unsubscribed");
  set_default (&self->status, "unknown");

  name = weir_fields_dup_text (views.name);
  if (name == NULL)
    name = weir_fields_dup_text (views.key);
  if (name == NULL)
    name = weir_fields_dup_text (weir_json_get (views.type, "name"));
  weir_record_init_common (WEIR_RECORD (self), WEIR_RECORD_SUBSCRIPTION, account, id, name, json);
  return g_steal_pointer (&self);
}

/**
 * weir_subscription_new_sync:
 * @account: whose it is
 * @json: a sync (`api/sequin-and-oracle.md A4`)
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the subscription; %NULL with @error set if it has no id
 */
WeirSubscription *
weir_subscription_new_sync (WeirAccount *account, WeirJson json, GError **error)
{
  static const WeirField FIELDS[] = {
    { "id", WEIR_FIELD_VALUE, VIEW (id) },
    { "name", WEIR_FIELD_VALUE, VIEW (name) },
    { "provider", WEIR_FIELD_TEXT, OWN (integration) },
    { "status", WEIR_FIELD_WORD, OWN (status) },
    { "health", WEIR_FIELD_VALUE, VIEW (health) },
    { "error", WEIR_FIELD_ERROR, OWN (error) },
    { "credential_id", WEIR_FIELD_TEXT, OWN (connection) },
    { "credential", WEIR_FIELD_VALUE, VIEW (credential) },
    { "collection_ids", WEIR_FIELD_TEXTS, OWN (collection_ids) },
    { "sync_frequency", WEIR_FIELD_VALUE, VIEW (frequency) },
    { "created_at", WEIR_FIELD_TIME, OWN (created_at) },
    { "updated_at", WEIR_FIELD_TIME, OWN (updated_at) },
  };
  g_autoptr (WeirSubscription) self = create (WEIR_SUBSCRIPTION_SYNC, WEIR_DELIVERY_STREAM);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *frequency = NULL;
  gint64 interval;
  Views views = { 0 };

  weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), self, &views);
  id = weir_fields_dup_id (json, views.id, "Sync", "id", error);
  if (id == NULL)
    return NULL;

  weir_fields_take_expansion (views.credential, &self->connection, &self->connection_name);
  read_health (self, views.health);
  self->kind = g_strdup ("sync");
  set_default (&self->status, "unknown");
  if (self->collection_ids[0] != NULL)
    self->collection = g_strjoinv (", ", self->collection_ids);
  /* "4h"; the other known value, "continuous", is no interval */
  frequency = weir_json_dup_string (views.frequency);
  if (weir_duration_parse (frequency, &interval))
    self->pull_interval = interval / G_USEC_PER_SEC;

  name = weir_fields_dup_text (views.name);
  if (name == NULL)
    name = g_strdup (self->collection);
  weir_record_init_common (WEIR_RECORD (self), WEIR_RECORD_SUBSCRIPTION, account, id, name, json);
  return g_steal_pointer (&self);
}

/**
 * weir_subscription_new_seen:
 * @account: whose it is
 * @sync_id: the sync's id
 * @collection: (nullable): the collection's id; empty is as good as none
 *
 * Stands for what is known of a sync only by its events. Its id is "SYNC/COLLECTION", its status
 * "seen".
 *
 * Returns: (transfer full): a subscription
 */
WeirSubscription *
weir_subscription_new_seen (WeirAccount *account, const char *sync_id, const char *collection)
{
  g_autoptr (WeirSubscription) self = NULL;
  g_autoptr (WeirJsonWriter) writer = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  WeirJson json;

  g_return_val_if_fail (sync_id != NULL, NULL);

  if (collection != NULL && *collection == '\0')
    collection = NULL;
  self = create (WEIR_SUBSCRIPTION_SYNC, WEIR_DELIVERY_STREAM);
  self->kind = g_strdup ("sync");
  self->status = g_strdup ("seen");
  self->collection = g_strdup (collection);
  if (collection != NULL)
    {
      const char *colon = strchr (collection, ':');

      /* A collection's id is "PROVIDER:NAME". */
      if (colon != NULL && colon > collection)
        self->integration = g_strndup (collection, (gsize) (colon - collection));
      g_strfreev (self->collection_ids);
      self->collection_ids = g_new0 (char *, 2);
      self->collection_ids[0] = g_strdup (collection);
    }
  id = collection != NULL ? g_strdup_printf ("%s/%s", sync_id, collection) : g_strdup (sync_id);

  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "sync_id", sync_id);
  weir_json_writer_add_string (writer, "collection_id", collection);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (g_steal_pointer (&writer));
  json = (WeirJson){ text, strlen (text) };
  weir_record_init_common (WEIR_RECORD (self), WEIR_RECORD_SUBSCRIPTION, account, id, collection,
                           json);
  return g_steal_pointer (&self);
}

/**
 * weir_subscription_new_oracle:
 * @account: whose it is
 * @json: an eventSubscriptions object or an item of their list (`api/sequin-and-oracle.md B4, B6`)
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the subscription; %NULL with @error set if it has no id
 */
WeirSubscription *
weir_subscription_new_oracle (WeirAccount *account, WeirJson json, GError **error)
{
  static const WeirField FIELDS[] = {
    { "id", WEIR_FIELD_VALUE, VIEW (id) },
    { "name", WEIR_FIELD_VALUE, VIEW (name) },
    { "lookupName", WEIR_FIELD_VALUE, VIEW (lookup_name) },
    { "class", WEIR_FIELD_TEXT, OWN (kind) },
    { "status", WEIR_FIELD_VALUE, VIEW (status) },
    { "endPoint", WEIR_FIELD_TEXT, OWN (webhook_uri) },
    { "eventType", WEIR_FIELD_VALUE, VIEW (event_type) },
    { "integrationUser", WEIR_FIELD_VALUE, VIEW (integration_user) },
    { "objectVersion", WEIR_FIELD_VALUE, VIEW (object_version) },
    { "objectShapeXml", WEIR_FIELD_TEXT, OWN (object_shape_xml) },
    { "createdTime", WEIR_FIELD_TIME, OWN (created_at) },
    { "updatedTime", WEIR_FIELD_TIME, OWN (updated_at) },
  };
  g_autoptr (WeirSubscription) self = create (WEIR_SUBSCRIPTION_NOTIFICATION, WEIR_DELIVERY_PUSH);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *status = NULL;
  gint64 unused;
  Views views = { 0 };

  weir_fields_read (json, FIELDS, G_N_ELEMENTS (FIELDS), self, &views);
  id = weir_fields_dup_id (json, views.id, "eventSubscriptions", "id", error);
  if (id == NULL)
    return NULL;

  self->collection = g_strdup (self->kind);
  /* A plain list has no class (B6). */
  set_default (&self->kind, "event-subscription");
  status = read_named_id (views.status, &self->status_id);
  if (!weir_json_is_set (weir_json_get (views.status, "lookupName"))
      && oracle_status (self->status_id) != NULL)
    self->status = g_strdup (oracle_status (self->status_id));
  else if (status != NULL)
    self->status = g_ascii_strdown (status, -1);
  set_default (&self->status, "unknown");
  self->event_type = read_named_id (views.event_type, &unused);
  self->integration_user = read_named_id (views.integration_user, &unused);
  self->object_version = read_named_id (views.object_version, &unused);

  name = weir_fields_dup_text (views.name);
  if (name == NULL)
    name = weir_fields_dup_text (views.lookup_name);
  weir_record_init_common (WEIR_RECORD (self), WEIR_RECORD_SUBSCRIPTION, account, id, name, json);
  return g_steal_pointer (&self);
}

/**
 * weir_subscription_is_overdue:
 * @self: a subscription that is not being pulled
 *
 * Returns: whether its pull should have begun some minutes ago
 */
gboolean
weir_subscription_is_overdue (WeirSubscription *self)
{
  g_return_val_if_fail (WEIR_IS_SUBSCRIPTION (self), FALSE);

  return self->next_pull_at > 0 && !self->deactivated && self->archived_at == 0
         && g_str_equal (self->status, "subscribed")
         && weir_clock_now () - self->next_pull_at > WEIR_SUBSCRIPTION_LATE;
}

/**
 * weir_delivery_to_string:
 * @delivery: how events reach the provider or us
 *
 * Returns: (transfer none): its word in CLI.md; not translated
 */
const char *
weir_delivery_to_string (WeirDelivery delivery)
{
  switch (delivery)
    {
    case WEIR_DELIVERY_REAL_TIME:
      return "real-time";
    case WEIR_DELIVERY_PULL:
      return "pull";
    case WEIR_DELIVERY_FULL_SCAN:
      return "full-scan";
    case WEIR_DELIVERY_STREAM:
      return "stream";
    case WEIR_DELIVERY_PUSH:
      return "push";
    case WEIR_DELIVERY_UNKNOWN:
    default:
      return "unknown";
    }
}

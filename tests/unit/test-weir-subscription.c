/* test-weir-subscription.c: subscriptions of all four kinds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-samples.h"
#include "weir-subscription.h"

typedef WeirSubscription *(*Constructor) (WeirAccount *account, WeirJson json, GError **error);

#define TIME(ms) ((gint64) (ms) *1000)

static WeirSubscription *
read_text (Constructor constructor, const char *text)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");
  g_autoptr (GError) error = NULL;
  WeirSubscription *subscription = constructor (account, weir_samples_parse (text), &error);

  g_assert_no_error (error);
  return subscription;
}

static WeirSubscription *
read_sample (Constructor constructor, const char *provider, const char *name)
{
  g_autoptr (WeirAccount) account = weir_samples_account (provider);
  g_autoptr (GError) error = NULL;
  WeirSubscription *subscription = constructor (account, weir_samples_load (name), &error);

  g_assert_no_error (error);
  return subscription;
}

/* pairs of JSON pointer and expected text, to NULL */
static void
assert_written (gpointer record, ...)
{
  g_autofree char *json = weir_record_to_json (record, TRUE);
  const char *pointer;
  va_list args;

  va_start (args, record);
  while ((pointer = va_arg (args, const char *)) != NULL)
    g_assert_cmpstr (weir_samples_at (json, pointer), ==, va_arg (args, const char *));
  va_end (args);
}

static void
test_external (void)
{
  g_autoptr (WeirSubscription) self =
      read_sample (weir_subscription_new_external, "membrane", "external-subscription");
  WeirRecord *record = WEIR_RECORD (self);

  g_assert_cmpint (weir_record_get_kind (record), ==, WEIR_RECORD_SUBSCRIPTION);
  g_assert_cmpint (self->variant, ==, WEIR_SUBSCRIPTION_EXTERNAL_EVENT);
  g_assert_cmpstr (weir_record_get_id (record), ==, "64b7f0000000000000000001");
  g_assert_cmpstr (weir_record_get_name (record), ==, "New contacts");
  g_assert_cmpstr (self->kind, ==, "data-record-created");
  g_assert_cmpstr (self->status, ==, "error");
  g_assert_cmpint (self->delivery, ==, WEIR_DELIVERY_REAL_TIME);
  g_assert_cmpstr (self->error->message, ==, "Failed to pull events");
  g_assert_cmpuint (weir_error_data_get_depth (self->error), ==, 3);
  g_assert_true (weir_record_get_error (record) == self->error);
  g_assert_true (self->deactivated);
  g_assert_cmpstr (self->tenant, ==, "64b7f00000000000000000a1");
  g_assert_cmpstr (self->tenant_name, ==, "Acme Ltd");
  g_assert_cmpstr (self->connection, ==, "64b7f00000000000000000c1");
  g_assert_cmpstr (self->connection_name, ==, "Acme CRM");
  g_assert_cmpstr (self->integration, ==, "64b7f00000000000000000b1");
  g_assert_cmpstr (self->integration_name, ==, "Example CRM");
  g_assert_cmpstr (self->collection, ==, "contacts");
  g_assert_true (self->real_time && self->requires_pull && self->requires_full_sync);
  g_assert_cmpint (self->next_pull_at, ==, TIME (1767607200123));
  g_assert_cmpint (self->next_refresh_at, ==, TIME (1767693600000));
  g_assert_cmpint (self->pull_interval, ==, 300);
  g_assert_cmpint (self->full_sync_interval, ==, 10800);
  g_assert_cmpint (self->created_at, ==, TIME (1764583200000));
  g_assert_cmpint (self->archived_at, ==, TIME (1780272000000));
  g_assert_cmpstr (self->webhook_uri, ==, "https://api.example/webhooks/1");

  assert_written (self, "/id", "\"64b7f0000000000000000001\"", "/account", "\"test\"", "/provider",
                  "\"membrane\"", "/name", "\"New contacts\"", "/kind", "\"data-record-created\"",
                  "/status", "\"error\"", "/delivery", "\"real-time\"", "/connection",
                  "\"64b7f00000000000000000c1\"", "/error/message", "\"Failed to pull events\"",
                  "/error/caused_by/caused_by/key", "\"access_token_expired\"",
                  "/error/caused_by/caused_by/data/response/headers/x-cost", "83.63",
                  "/error/caused_by/caused_by/caused_by", "null", "/next_pull",
                  "\"2026-01-05T10:00:00.123Z\"", "/interval", "300",
                  "/raw/config/dataSource/collectionParameters/list", "9007199254740993", NULL);
}

static void
test_app_event (void)
{
  g_autoptr (WeirSubscription) self =
      read_sample (weir_subscription_new_app_event, "membrane", "app-subscription");
  g_autoptr (WeirSubscription) off =
      read_text (weir_subscription_new_app_event,
                 "{\"id\":\"a\",\"isSubscribed\":false,\"appEventTypeId\":\"t\",\"errors\":[]}");
  g_autoptr (WeirSubscription) bare =
      read_text (weir_subscription_new_app_event, "{\"id\":\"a\",\"name\":\"\"}");

  g_assert_cmpint (self->variant, ==, WEIR_SUBSCRIPTION_APP_EVENT);
  g_assert_cmpstr (self->kind, ==, "app-event");
  g_assert_cmpstr (self->status, ==, "subscribed");
  g_assert_cmpint (self->delivery, ==, WEIR_DELIVERY_REAL_TIME);
  g_assert_cmpstr (self->state, ==, "SETUP_FAILED");
  g_assert_cmpstr (self->error->message, ==, "The subscribe request failed");
  g_assert_cmpstr (self->collection, ==, "order-created");
  g_assert_cmpstr (self->tenant_name, ==, "Acme Ltd");
  g_assert_cmpint (self->updated_at, ==, TIME (1767268800000));
  g_assert_cmpstr (self->webhook_uri, ==, "https://api.example/app/1");
  assert_written (self, "/kind", "\"app-event\"", "/connection", "null", "/next_pull", "null",
                  "/interval", "null", "/raw/subscriptionRequest/body/n", "83.63", NULL);

  g_assert_cmpstr (off->status, ==, "unsubscribed");
  g_assert_cmpstr (off->collection, ==, "t");
  g_assert_null (off->error);
  g_assert_cmpstr (bare->status, ==, "unknown");
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (bare)), ==, "a");
}

static void
test_sync (void)
{
  g_autoptr (WeirSubscription) self =
      read_sample (weir_subscription_new_sync, "sequin", "sequin-sync");

  g_assert_cmpint (self->variant, ==, WEIR_SUBSCRIPTION_SYNC);
  g_assert_cmpstr (self->kind, ==, "sync");
  g_assert_cmpstr (self->status, ==, "active");
  g_assert_cmpint (self->delivery, ==, WEIR_DELIVERY_STREAM);
  g_assert_cmpstr (self->health, ==, "warn");
  g_assert_cmpstr (self->error->message, ==, "The provider answered 401; Since yesterday");
  g_assert_cmpstr (self->error->key, ==, "error");
  g_assert_nonnull (self->error->data);
  g_assert_cmpstr (self->connection, ==, "cred-1");
  g_assert_cmpstr (self->connection_name, ==, "Stripe key");
  g_assert_cmpstr (self->integration, ==, "stripe");
  g_assert_cmpuint (g_strv_length (self->collection_ids), ==, 2);
  g_assert_cmpint (self->pull_interval, ==, 4 * 3600);
  g_assert_cmpint (self->created_at, ==, TIME (1702603769000));
}

static void
test_health (void)
{
  static const struct
  {
    const char *health;
    const char *word;
    const char *message;
  } CASES[] = {
    { "{\"status\":\"healthy\",\"sync_id\":\"s\"}", "healthy", NULL },
    { "\"healthy\"", "healthy", NULL },
    { "{\"status\":\"warn\"}", "warn", NULL },
    { "{\"status\":\"warn\",\"notes\":[\"slow\"]}", "warn", "slow" },
    { "{\"status\":\"ERROR\"}", "ERROR", "health: error" },
    { "\"error\"", "error", "health: error" },
    { "{\"status\":\"error\",\"provider\":{\"status\":\"ok\",\"notes\":[\"fine\"]}}", "error",
      "health: error" },
    { "{\"provider\":{\"status\":\"error\",\"notes\":[\"down\",\"\"]}}", NULL, "down" },
    { "null", NULL, NULL },
    { "[]", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"s\",\"health\":%s}", CASES[i].health);
      g_autoptr (WeirSubscription) self = read_text (weir_subscription_new_sync, text);

      g_assert_cmpstr (self->health, ==, CASES[i].word);
      g_assert_cmpstr (self->error != NULL ? self->error->message : NULL, ==, CASES[i].message);
    }
}

static void
test_seen (void)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("sequin");
  g_autoptr (WeirSubscription) self =
      weir_subscription_new_seen (account, "sync-1", "stripe:invoice");
  g_autoptr (WeirSubscription) whole = weir_subscription_new_seen (account, "sync-1", NULL);
  g_autoptr (WeirSubscription) empty = weir_subscription_new_seen (account, "sync-1", "");

  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (self)), ==, "sync-1/stripe:invoice");
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (self)), ==, "stripe:invoice");
  g_assert_cmpstr (self->kind, ==, "sync");
  g_assert_cmpstr (self->integration, ==, "stripe");
  g_assert_cmpint (self->delivery, ==, WEIR_DELIVERY_STREAM);
  assert_written (self, "/raw/sync_id", "\"sync-1\"", "/raw/collection_id", "\"stripe:invoice\"",
                  NULL);
  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (whole)), ==, "sync-1");
  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (empty)), ==, "sync-1");
  weir_samples_check_record (WEIR_RECORD (whole), NULL);
}

static void
test_oracle (void)
{
  g_autoptr (WeirSubscription) self =
      read_sample (weir_subscription_new_oracle, "oracle", "oracle-subscription");

  g_assert_cmpint (self->variant, ==, WEIR_SUBSCRIPTION_NOTIFICATION);
  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (self)), ==, "9223372036854775807");
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (self)), ==, "ContactCreate");
  g_assert_cmpstr (self->kind, ==, "Contact");
  g_assert_cmpstr (self->status, ==, "paused");
  g_assert_cmpint (self->status_id, ==, 2);
  g_assert_cmpint (self->delivery, ==, WEIR_DELIVERY_PUSH);
  g_assert_cmpstr (self->webhook_uri, ==, "https://receiver.example.com:8443/osvc");
  g_assert_cmpstr (self->event_type, ==, "Create");
  g_assert_cmpstr (self->integration_user, ==, "ICS Integration");
  g_assert_cmpstr (self->object_version, ==, "v1.4");
  g_assert_true (g_str_has_prefix (self->object_shape_xml, "<n0:TriggeringObject xmlns:n0=\"urn"));
  g_assert_nonnull (strstr (self->object_shape_xml, "\"\n xmlns:xsi="));
  g_assert_cmpint (self->created_at, ==, TIME (1458654270000));
  g_assert_cmpint (self->updated_at, ==, TIME (1458740670000));
  assert_written (self, "/id", "\"9223372036854775807\"", "/raw/id", "9223372036854775807",
                  "/connection", "null", "/error", "null", "/delivery", "\"push\"", "/event_type",
                  "\"Create\"", NULL);
}

static void
test_oracle_status (void)
{
  static const char *const CASES[][2] = {
    { "{\"id\":1,\"lookupName\":\"Active\"}", "active" },
    { "{\"lookupName\":\"Inactive\"}", "inactive" },
    { "{\"id\":1}", "active" },
    { "{\"id\":2}", "paused" },
    { "{\"id\":3}", "inactive" },
    { "{\"id\":4}", "4" },
    { "{\"id\":4,\"lookupName\":\"Odd\"}", "odd" },
    { "2", "paused" },
    { "\"Active\"", "active" },
    { "null", "unknown" },
    { "{}", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":7,\"status\":%s}", CASES[i][0]);
      g_autoptr (WeirSubscription) self = read_text (weir_subscription_new_oracle, text);

      g_assert_cmpstr (self->status, ==, CASES[i][1]);
      g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (self)), ==, "7");
      g_assert_cmpstr (self->kind, ==, "event-subscription");
    }
}

static void
test_delivery (void)
{
  static const struct
  {
    const char *members;
    const char *delivery;
  } CASES[] = {
    { "", "unknown" },
    { ",\"isRealTime\":true", "real-time" },
    { ",\"isRealTime\":true,\"requiresPull\":true", "real-time" },
    { ",\"isRealTime\":false", "pull" },
    { ",\"isRealTime\":false,\"requiresPull\":true,\"pullUpdatesIntervalSeconds\":300", "pull" },
    { ",\"requiresFullSync\":true,\"fullSyncIntervalSeconds\":10800", "full-scan" },
    { ",\"requiresFullSync\":true,\"requiresPull\":false", "full-scan" },
    { ",\"requiresFullSync\":true,\"fullSyncIntervalSeconds\":1,\"requiresPull\":true", "pull" },
    { ",\"pullUpdatesIntervalSeconds\":300", "pull" },
    { ",\"nextPullEventsTimestamp\":\"2026-01-05T10:00:00.123Z\"", "pull" },
    { ",\"isRealTime\":\"true\",\"requiresPull\":1", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"a\"%s}", CASES[i].members);
      g_autoptr (WeirSubscription) self = read_text (weir_subscription_new_external, text);

      g_assert_cmpstr (weir_delivery_to_string (self->delivery), ==, CASES[i].delivery);
    }
}

static void
test_names (void)
{
  static const char *const CASES[][2] = {
    { "\"config\":{\"type\":\"data-record-updated\",\"dataSource\":{\"collectionKey\":\"deals\"}}",
      "data-record-updated · deals" },
    { "\"config\":{\"type\":\"data-record-updated\",\"dataSource\":{\"collectionKey\":{\"$var\":1},"
      "\"udm\":\"d\"}}",
      "data-record-updated · d" },
    { "\"config\":{\"type\":\"connector-event\",\"eventKey\":\"ping\"}", "connector-event · ping" },
    { "\"config\":{\"type\":\"connector-event\"},\"connection\":{\"id\":\"c\",\"name\":\"CRM\"}",
      "connector-event · CRM" },
    { "\"config\":{\"type\":\"connector-event\"}", "the-id" },
    { "\"config\":{\"eventKey\":\"ping\"}", "ping" },
    { "\"config\":null", "the-id" },
    { "\"name\":null", "the-id" },
    { "\"name\":\"N\"", "N" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"the-id\",%s}", CASES[i][0]);
      g_autoptr (WeirSubscription) self = read_text (weir_subscription_new_external, text);

      g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (self)), ==, CASES[i][1]);
    }
}

/* What is sent in one of two ways, not at all, or as nobody knows it yet. */
static void
test_tolerance (void)
{
  g_autoptr (WeirSubscription) bare = read_text (weir_subscription_new_external, "{\"id\":5}");
  g_autoptr (WeirSubscription) expanded = read_text (
      weir_subscription_new_external,
      "{\"id\":\"a\",\"userId\":\"u\",\"status\":\"Pausing\",\"connection\":{\"id\":\"c\"},"
      "\"config\":{\"type\":\"Some-New-Type\"},\"integration\":{\"key\":\"crm\"}}");
  g_autoptr (WeirSubscription) first =
      read_text (weir_subscription_new_external,
                 "{\"id\":\"a\",\"error\":null,\"errors\":[{\"message\":\"e1\"},{\"message\":"
                 "\"e2\"}],\"pullUpdatesIntervalSeconds\":-5,\"fullSyncIntervalSeconds\":60.5}");
  g_autoptr (WeirSubscription) twice = read_text (
      weir_subscription_new_external, "{\"id\":\"a\",\"status\":\"subscribed\",\"id\":\"b\","
                                      "\"status\":\"unsubscribed\"}");

  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (bare)), ==, "5");
  g_assert_cmpstr (bare->status, ==, "unknown");
  g_assert_cmpstr (bare->kind, ==, "external-event");
  g_assert_cmpint (bare->pull_interval, ==, -1);
  g_assert_cmpint (bare->next_pull_at, ==, 0);
  g_assert_nonnull (bare->collection_ids);

  g_assert_cmpstr (expanded->tenant, ==, "u");
  g_assert_cmpstr (expanded->status, ==, "pausing");
  g_assert_cmpstr (expanded->kind, ==, "Some-New-Type");
  g_assert_cmpstr (expanded->connection, ==, "c");
  g_assert_null (expanded->connection_name);
  g_assert_cmpstr (expanded->integration_name, ==, "crm");

  g_assert_cmpstr (first->error->message, ==, "e1");
  g_assert_cmpstr (first->status, ==, "error");
  g_assert_cmpint (first->pull_interval, ==, -1);
  g_assert_cmpint (first->full_sync_interval, ==, 60);

  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (twice)), ==, "b");
  g_assert_cmpstr (twice->status, ==, "unsubscribed");
}

static const struct
{
  const char *sample;
  Constructor constructor;
  const char *what;
} READERS[] = {
  { "external-subscription", weir_subscription_new_external, "ExternalEventSubscription" },
  { "app-subscription", weir_subscription_new_app_event, "AppEventSubscription" },
  { "sequin-sync", weir_subscription_new_sync, "Sync" },
  { "oracle-subscription", weir_subscription_new_oracle, "eventSubscriptions" },
};

static void
test_no_record (void)
{
  static const char *const NONE[] = {
    "null", "1", "\"x\"", "[]", "{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":{}}"
  };
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");

  for (guint r = 0; r < G_N_ELEMENTS (READERS); r++)
    for (guint i = 0; i < G_N_ELEMENTS (NONE); i++)
      {
        g_autoptr (GError) error = NULL;

        g_assert_null (READERS[r].constructor (account, weir_samples_parse (NONE[i]), &error));
        g_assert_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID);
        g_assert_nonnull (strstr (error->message, READERS[r].what));
        if (*NONE[i] == '{')
          g_assert_nonnull (strstr (error->message, "“id”"));
      }
}

static void
use_spoilt (WeirJson json, gpointer user_data)
{
  const Constructor *constructor = user_data;
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirSubscription) self = (*constructor) (account, json, &error);

  weir_samples_check_record ((WeirRecord *) self, error);
  if (self == NULL)
    return;
  g_assert_nonnull (self->kind);
  g_assert_nonnull (self->status);
  g_assert_nonnull (self->collection_ids);
}

static void
test_spoilt (void)
{
  for (guint r = 0; r < G_N_ELEMENTS (READERS); r++)
    {
      Constructor constructor = READERS[r].constructor;

      g_assert_cmpuint (
          weir_samples_spoil (weir_samples_load (READERS[r].sample), use_spoilt, &constructor), >,
          300);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-subscription/external", test_external);
  g_test_add_func ("/weir-subscription/app-event", test_app_event);
  g_test_add_func ("/weir-subscription/sync", test_sync);
  g_test_add_func ("/weir-subscription/health", test_health);
  g_test_add_func ("/weir-subscription/seen", test_seen);
  g_test_add_func ("/weir-subscription/oracle", test_oracle);
  g_test_add_func ("/weir-subscription/oracle-status", test_oracle_status);
  g_test_add_func ("/weir-subscription/delivery", test_delivery);
  g_test_add_func ("/weir-subscription/names", test_names);
  g_test_add_func ("/weir-subscription/tolerance", test_tolerance);
  g_test_add_func ("/weir-subscription/no-record", test_no_record);
  g_test_add_func ("/weir-subscription/spoilt", test_spoilt);
  return g_test_run ();
}

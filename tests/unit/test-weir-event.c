/* test-weir-event.c: events of all streams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-event-rows.h"
#include "weir-samples.h"

#define SEEN G_GINT64_CONSTANT (1767700000000000)

static WeirEvent *
read_json (const char *provider, const char *stream, WeirJson json)
{
  g_autoptr (WeirAccount) account = weir_samples_account (provider);
  g_autoptr (GError) error = NULL;
  WeirEvent *event = weir_event_new (account, stream, json, SEEN, &error);

  g_assert_no_error (error);
  return event;
}

static WeirEvent *
read_text (const char *provider, const char *stream, const char *text)
{
  return read_json (provider, stream, weir_samples_parse (text));
}

static void
assert_time (WeirEvent *self, gint64 time, WeirTimeSource source)
{
  g_assert_cmpint (self->occurred_at, ==, time);
  g_assert_cmpint (self->time_source, ==, source);
  g_assert_cmpint (self->observed_at, ==, SEEN);
}

static void
test_log_record (void)
{
  g_autoptr (WeirEvent) self = read_json ("membrane", "events", weir_samples_load ("log-record"));
  g_autofree char *json = weir_record_to_json (WEIR_RECORD (self), TRUE);

  g_assert_cmpint (weir_record_get_kind (WEIR_RECORD (self)), ==, WEIR_RECORD_EVENT);
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (self)), ==, "Contact 17 created");
  g_assert_cmpstr (self->stream, ==, "events");
  g_assert_cmpstr (self->kind, ==, "created");
  g_assert_cmpstr (self->collection, ==, "contacts");
  g_assert_cmpstr (self->record, ==, "17");
  g_assert_cmpstr (self->subscription, ==, "64b7f0000000000000000001");
  g_assert_cmpstr (self->subscription_name, ==, "New contacts");
  g_assert_cmpstr (self->connection_name, ==, "Acme CRM");
  g_assert_cmpstr (self->tenant, ==, "64b7f00000000000000000a1");
  g_assert_cmpstr (self->status, ==, "error");
  g_assert_cmpstr (self->error->message, ==, "The flow did not start");
  g_assert_cmpstr (self->flow_runs[0], ==, "64b7f0000000000000000301");
  g_assert_false (self->unreadable);
  assert_time (self, G_GINT64_CONSTANT (0x64b7f000) * G_USEC_PER_SEC, WEIR_TIME_FROM_ID);

  g_assert_cmpstr (weir_samples_at (json, "/provider"), ==, "\"membrane\"");
  g_assert_cmpstr (weir_samples_at (json, "/record"), ==, "\"17\"");
  g_assert_cmpstr (weir_samples_at (json, "/payload/record/fields/balance"), ==, "83.63");
  g_assert_cmpstr (weir_samples_at (json, "/payload/record/fields/big"), ==, "9007199254740993");
  g_assert_cmpstr (weir_samples_at (json, "/raw/payload/record/id"), ==, "17");
}

static void
test_app_event (void)
{
  g_autoptr (WeirEvent) self =
      read_json ("membrane", "app-events", weir_samples_load ("app-event"));
  g_autofree char *json = weir_record_to_json (WEIR_RECORD (self), FALSE);

  g_assert_cmpstr (self->stream, ==, "app-events");
  g_assert_cmpstr (self->kind, ==, "order.created");
  g_assert_cmpstr (self->collection, ==, "order-created");
  g_assert_cmpstr (self->record, ==, "o-1");
  g_assert_cmpstr (self->subscription, ==, "64b7f00000000000000000a9");
  g_assert_cmpstr (self->subscription_name, ==, "Orders of Acme");
  g_assert_cmpuint (g_strv_length (self->flow_runs), ==, 2);
  assert_time (self, G_GINT64_CONSTANT (1767612153444000), WEIR_TIME_FROM_PROVIDER);
  g_assert_cmpstr (weir_samples_at (json, "/payload/total"), ==, "83.63");
  g_assert_cmpstr (weir_samples_at (json, "/payload/big"), ==, "9007199254740993");
  g_assert_cmpstr (weir_samples_at (json, "/occurred_at"), ==, "\"2026-01-05T11:22:33.444Z\"");
}

static void
test_sequin (void)
{
  g_autoptr (WeirEvent) self = read_json ("sequin", "events", weir_samples_load ("sequin-event"));
  g_autofree char *json = weir_record_to_json (WEIR_RECORD (self), FALSE);

  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (self)), ==,
                   "5f0e8a52-3b6d-4b42-8c86-6b2a7a2f8f01");
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (self)), ==,
                   "created · stripe:subscription · sub_9Zk2");
  g_assert_true (g_str_has_prefix (
      json, "{\"id\":\"5f0e8a52-3b6d-4b42-8c86-6b2a7a2f8f01\",\"account\":\"test\",\"provider\":"
            "\"sequin\",\"kind\":\"created\",\"collection\":\"stripe:subscription\",\"record\":"
            "\"sub_9Zk2\",\"occurred_at\":\"2026-01-05T18:38:00.070453Z\",\"observed_at\":"
            "\"2026-01-06T11:46:40.000Z\",\"subscription\":"
            "\"0d3c1f6a-7c1e-4d1b-9b52-0c4f0f6f2b11\",\"payload\":{\"id\":\"sub_9Zk2\",\"amount\":"
            "83.63,\"big\":9007199254740993,\"billing\":\"automatic\"},"));
  assert_time (self, G_GINT64_CONSTANT (1767638280070453), WEIR_TIME_FROM_PROVIDER);
}

/* A row says of an event what the object says, from where it was sent as from the object. */
static void
test_rows (void)
{
  static const char TEXT[] =
      "{\"event_id\":7,\"event\":\"crea\\u0074ed\",\"sync_id\":\"\",\"collection_id\":\"c\","
      "\"upstream_id\":\"r\",\"upstream_updated_at\":\"2026-01-05T10:00:00Z\",\"data\":{\"n\":1}} ,{}]";
  g_autoptr (WeirAccount) account = weir_samples_account ("sequin");
  g_autoptr (WeirEventRows) rows = weir_event_rows_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (TEXT, strlen (TEXT));
  g_autoptr (WeirEvent) event = NULL;
  g_autoptr (WeirEvent) same = NULL;
  g_autoptr (GError) error = NULL;

  weir_event_rows_keep_bytes (rows, bytes);
  g_assert_true (
      weir_event_rows_add_sequin (rows, (WeirJson){ TEXT, strlen (TEXT) }, SEEN, &error));
  g_assert_no_error (error);
  g_assert_false (weir_event_rows_add_sequin (rows, (WeirJson){ "{}]", 3 }, SEEN, &error));
  g_assert_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID);
  event = weir_event_rows_make_event (rows, account, 0);
  weir_event_rows_add (rows, g_object_ref (event));
  same = weir_event_rows_make_event (rows, account, 1);
  g_assert_true (same == event);

  g_assert_cmpuint (rows->len, ==, 2);
  for (guint i = 0; i < rows->len; i++)
    {
      const WeirEventRow *row = &rows->rows[i];

      g_assert_cmpstr (row->stream, ==, "events");
      g_assert_cmpstr (row->id, ==, "7");
      g_assert_cmpstr (row->kind, ==, "created");
      g_assert_cmpstr (row->subscription, ==, NULL);
      g_assert_cmpstr (row->collection, ==, "c");
      g_assert_cmpstr (row->record, ==, "r");
      g_assert_cmpint (row->occurred_at, ==, G_GINT64_CONSTANT (1767607200000000));
      g_assert_cmpint (row->observed_at, ==, SEEN);
      g_assert_cmpint (row->time_source, ==, WEIR_TIME_FROM_PROVIDER);
      g_assert_cmpmem (row->raw.text, row->raw.length, TEXT, strlen (TEXT) - strlen (" ,{}]"));
      g_assert_cmpmem (row->payload.text, row->payload.length, "{\"n\":1}", 7);
    }
}

/* The view stays good when the bytes it was read from are gone. */
static void
test_own_bytes (void)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("sequin");
  g_autofree char *text = g_strdup ("{\"event_id\":\"e\",\"data\":{\"n\":1.10}}");
  g_autofree char *raw = NULL;
  g_autoptr (WeirEvent) self = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));
  self = weir_event_new_sequin (account, json, SEEN, NULL);
  memset (text, 'x', strlen (text));
  raw = weir_json_dup_raw (self->payload);
  g_assert_cmpstr (raw, ==, "{\"n\":1.10}");
}

static void
test_times (void)
{
  static const struct
  {
    const char *provider;
    const char *stream;
    const char *text;
    gint64 time;
    WeirTimeSource source;
  } CASES[] = {
    { "sequin", "events", "{\"event_id\":\"64b7f0000000000000000001\"}", SEEN,
      WEIR_TIME_FROM_SIGHT },
    { "sequin", "events",
      "{\"event_id\":\"e\",\"upstream_updated_at\":\"no\",\"event_inserted_at\":"
      "\"2026-01-05T10:00:00Z\"}",
      G_GINT64_CONSTANT (1767607200000000), WEIR_TIME_FROM_PROVIDER },
    { "membrane", "events",
      "{\"id\":\"64b7f0000000000000000001\",\"createdAt\":\"2026-01-05T10:00:00Z\"}",
      G_GINT64_CONSTANT (1767607200000000), WEIR_TIME_FROM_PROVIDER },
    { "membrane", "events", "{\"id\":\"64b7f0000000000000000001\",\"datetime\":1767607200123}",
      G_GINT64_CONSTANT (1767607200123000), WEIR_TIME_FROM_PROVIDER },
    { "membrane", "events", "{\"id\":\"64b7f000000000000000000g\"}", SEEN, WEIR_TIME_FROM_SIGHT },
    { "membrane", "events", "{\"id\":\"log_1\",\"createdAt\":\"soon\"}", SEEN,
      WEIR_TIME_FROM_SIGHT },
    { "membrane", "app-events", "{\"id\":\"64b7f0000000000000000001\",\"datetime\":null}",
      G_GINT64_CONSTANT (0x64b7f000) * G_USEC_PER_SEC, WEIR_TIME_FROM_ID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirEvent) self = read_text (CASES[i].provider, CASES[i].stream, CASES[i].text);

      assert_time (self, CASES[i].time, CASES[i].source);
    }
  g_assert_cmpstr (weir_time_source_to_string (WEIR_TIME_FROM_PROVIDER), ==, "provider");
  g_assert_cmpstr (weir_time_source_to_string (WEIR_TIME_FROM_ID), ==, "id");
  g_assert_cmpstr (weir_time_source_to_string (WEIR_TIME_FROM_SIGHT), ==, "sight");
}

static void
test_kinds (void)
{
#define SUBSCRIPTION(config) "{\"id\":\"e\",\"externalEventSubscription\":{\"config\":" config "}"
  static const struct
  {
    const char *text;
    const char *kind;
    const char *collection;
  } CASES[] = {
    { SUBSCRIPTION (
          "{\"type\":\"data-record-deleted\",\"dataSource\":{\"collectionKey\":\"c\"}}") "}",
      "deleted", "c" },
    { SUBSCRIPTION ("{\"type\":\"data-record-updated\",\"dataSource\":{\"collectionKey\":{}}}") "}",
      "updated", NULL },
    { SUBSCRIPTION ("{\"type\":\"connector-event\",\"eventKey\":\"ping\"}") "}", NULL, "ping" },
    { SUBSCRIPTION ("{\"type\":\"data-record-created\"}") ",\"payload\":{\"type\":\"merged\"}}",
      "merged", NULL },
    { SUBSCRIPTION ("{\"type\":\"data-record-created\"}") ",\"payload\":{\"type\":7}}", "created",
      NULL },
    { "{\"id\":\"e\",\"payload\":[1]}", NULL, NULL },
    { "{\"id\":\"e\"}", NULL, NULL },
  };
#undef SUBSCRIPTION

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirEvent) self = read_text ("membrane", "events", CASES[i].text);

      g_assert_cmpstr (self->kind, ==, CASES[i].kind);
      g_assert_cmpstr (self->collection, ==, CASES[i].collection);
    }
}

static void
test_absent (void)
{
  g_autoptr (WeirEvent) self = read_text ("membrane", "events", "{\"id\":9223372036854775807}");
  g_autofree char *json = weir_record_to_json (WEIR_RECORD (self), FALSE);

  g_assert_cmpstr (weir_samples_at (json, "/id"), ==, "\"9223372036854775807\"");
  g_assert_cmpstr (weir_samples_at (json, "/kind"), ==, "null");
  g_assert_cmpstr (weir_samples_at (json, "/payload"), ==, "null");
  g_assert_cmpstr (weir_samples_at (json, "/subscription"), ==, "null");
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (self)), ==, "9223372036854775807");
  g_assert_null (self->flow_runs[0]);
}

static void
test_unreadable (void)
{
  static const struct
  {
    const char *bytes;
    const char *raw;
  } CASES[] = {
    { "{\"a\": 1.50}", "{\"a\": 1.50}" },
    { "{\"a\":", "\"{\\\"a\\\":\"" },
    { "<html>\n", "\"<html>\\n\"" },
    { "\xff", "\"\xef\xbf\xbd\"" },
    { "", "\"\"" },
  };
  g_autoptr (WeirAccount) account = weir_samples_account ("sequin");

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (CASES[i].bytes, strlen (CASES[i].bytes));
      g_autoptr (WeirEvent) self =
          weir_event_new_unreadable (account, "events", bytes, "cut off", SEEN);
      GBytes *raw = weir_record_get_raw (WEIR_RECORD (self));
      g_autoptr (WeirEvent) again =
          weir_event_new_unreadable (account, "events", raw, "cut off", SEEN);
      g_autofree char *json = weir_record_to_json (WEIR_RECORD (self), FALSE);

      g_assert_true (self->unreadable);
      g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), CASES[i].raw,
                       strlen (CASES[i].raw));
      g_assert_cmpstr (self->error->message, ==, "cut off");
      assert_time (self, SEEN, WEIR_TIME_FROM_SIGHT);
      g_assert_cmpstr (weir_samples_at (json, "/unreadable"), ==, "true");
      /* Read back from its raw form it is the same event. */
      g_assert_true (weir_record_same (WEIR_RECORD (self), WEIR_RECORD (again)));
      g_assert_false (weir_record_changed (WEIR_RECORD (self), WEIR_RECORD (again)));
    }
}

static void
test_no_event (void)
{
  static const char *const NONE[] = { "null", "[]", "{}", "{\"id\":[],\"event_id\":null}" };
  static const char *const STREAMS[][3] = {
    { "membrane", "events", "ExternalEventLogRecord" },
    { "membrane", "app-events", "AppEventLogRecord" },
    { "sequin", "events", "event_id" },
    { "oracle", "events", "oracle" },
  };

  for (guint s = 0; s < G_N_ELEMENTS (STREAMS); s++)
    for (guint i = 0; i < G_N_ELEMENTS (NONE); i++)
      {
        g_autoptr (WeirAccount) account = weir_samples_account (STREAMS[s][0]);
        g_autoptr (GError) error = NULL;

        g_assert_null (
            weir_event_new (account, STREAMS[s][1], weir_samples_parse (NONE[i]), SEEN, &error));
        g_assert_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID);
        if (*NONE[i] == '{')
          g_assert_nonnull (strstr (error->message, STREAMS[s][2]));
      }
}

static void
use_spoilt (WeirJson json, gpointer user_data)
{
  const char *const *source = user_data;
  g_autoptr (WeirAccount) account = weir_samples_account (source[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirEvent) self = weir_event_new (account, source[1], json, SEEN, &error);

  weir_samples_check_record ((WeirRecord *) self, error);
  if (self == NULL)
    return;
  g_assert_nonnull (self->flow_runs);
  g_assert_cmpint (self->occurred_at, !=, 0);
}

static void
test_spoilt (void)
{
  static const char *const SOURCES[][3] = {
    { "membrane", "events", "log-record" },
    { "membrane", "app-events", "app-event" },
    { "sequin", "events", "sequin-event" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (SOURCES); i++)
    g_assert_cmpuint (
        weir_samples_spoil (weir_samples_load (SOURCES[i][2]), use_spoilt, (gpointer) SOURCES[i]),
        >, 150);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-event/log-record", test_log_record);
  g_test_add_func ("/weir-event/app-event", test_app_event);
  g_test_add_func ("/weir-event/sequin", test_sequin);
  g_test_add_func ("/weir-event/own-bytes", test_own_bytes);
  g_test_add_func ("/weir-event/times", test_times);
  g_test_add_func ("/weir-event/kinds", test_kinds);
  g_test_add_func ("/weir-event/absent", test_absent);
  g_test_add_func ("/weir-event/rows", test_rows);
  g_test_add_func ("/weir-event/unreadable", test_unreadable);
  g_test_add_func ("/weir-event/no-event", test_no_event);
  g_test_add_func ("/weir-event/spoilt", test_spoilt);
  return g_test_run ();
}

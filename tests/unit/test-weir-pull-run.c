/* test-weir-pull-run-run.c: pull runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-pull-run.h"
#include "weir-samples.h"

static WeirPullRun *
read_json (WeirJson json)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");
  g_autoptr (GError) error = NULL;
  WeirPullRun *pull = weir_pull_run_new (account, json, &error);

  g_assert_no_error (error);
  return pull;
}

static void
test_sample (void)
{
  g_autoptr (WeirPullRun) self = read_json (weir_samples_load ("pull"));
  g_autofree char *json = weir_record_to_json (WEIR_RECORD (self), TRUE);

  g_assert_cmpint (weir_record_get_kind (WEIR_RECORD (self)), ==, WEIR_RECORD_PULL);
  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (self)), ==, "64b7f0000000000000000101");
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (self)), ==, "Pull of new contacts");
  g_assert_cmpstr (self->subscription, ==, "64b7f0000000000000000001");
  g_assert_cmpstr (self->subscription_name, ==, "New contacts");
  g_assert_cmpstr (self->connection, ==, "64b7f00000000000000000c1");
  g_assert_cmpstr (self->connection_name, ==, "Acme CRM");
  g_assert_cmpstr (self->integration, ==, "64b7f00000000000000000b1");
  g_assert_cmpstr (self->tenant, ==, "64b7f00000000000000000a1");
  g_assert_cmpstr (self->tenant_name, ==, "Acme Ltd");
  g_assert_cmpstr (self->status, ==, "error");
  g_assert_cmpint (self->start_at, ==, G_GINT64_CONSTANT (1767607200000000));
  g_assert_cmpint (self->end_at, ==, G_GINT64_CONSTANT (1767607207250000));
  g_assert_true (self->full_scan);
  g_assert_cmpuint (self->collected, ==, 2);
  g_assert_cmpstr (self->collected_ids[1], ==, "64b7f0000000000000000202");
  g_assert_null (self->collected_ids[2]);
  g_assert_cmpuint (weir_error_data_get_depth (self->error), ==, 3);
  g_assert_true (weir_record_get_error (WEIR_RECORD (self)) == self->error);

  g_assert_true (g_str_has_prefix (
      json, "{\"id\":\"64b7f0000000000000000101\",\"account\":\"test\",\"subscription\":"
            "\"64b7f0000000000000000001\",\"status\":\"error\",\"start\":"
            "\"2026-01-05T10:00:00.000Z\",\"end\":\"2026-01-05T10:00:07.250Z\",\"full_scan\":true,"
            "\"collected\":2,\"error\":{\"message\":\"Failed to pull events\","));
  g_assert_cmpstr (weir_samples_at (json, "/raw/externalAppId"), ==,
                   "\"64b7f00000000000000000e1\"");
}

static void
test_tolerance (void)
{
  g_autoptr (WeirPullRun) bare = read_json (weir_samples_parse ("{\"id\":9223372036854775807}"));
  g_autoptr (WeirPullRun) nested = read_json (weir_samples_parse (
      "{\"id\":\"p\",\"userId\":\"u\",\"startDatetime\":1767607200123,\"collectedEventIds\":[1,"
      "\"b\",{}],\"externalEventSubscription\":{\"id\":\"s\",\"config\":{\"type\":"
      "\"connector-event\",\"eventKey\":\"ping\"}}}"));
  g_autofree char *json = weir_record_to_json (WEIR_RECORD (bare), FALSE);

  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (bare)), ==, "9223372036854775807");
  g_assert_cmpstr (bare->status, ==, "unknown");
  g_assert_cmpuint (bare->collected, ==, 0);
  g_assert_null (bare->collected_ids[0]);
  g_assert_cmpstr (weir_samples_at (json, "/id"), ==, "\"9223372036854775807\"");
  g_assert_cmpstr (weir_samples_at (json, "/error"), ==, "null");
  g_assert_cmpstr (weir_samples_at (json, "/start"), ==, "null");
  g_assert_cmpstr (weir_samples_at (json, "/full_scan"), ==, "false");
  g_assert_cmpstr (weir_samples_at (json, "/raw"), ==, "");

  g_assert_cmpstr (nested->subscription, ==, "s");
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (nested)), ==, "connector-event · ping");
  g_assert_cmpstr (nested->tenant, ==, "u");
  g_assert_cmpint (nested->start_at, ==, G_GINT64_CONSTANT (1767607200123000));
  /* The number is the array's length, whatever its items are. */
  g_assert_cmpuint (nested->collected, ==, 3);
  g_assert_cmpuint (g_strv_length (nested->collected_ids), ==, 2);
}

static void
test_active (void)
{
  static const struct
  {
    const char *status;
    gboolean active;
  } CASES[] = { { "queued", TRUE }, { "RUNNING", TRUE },   { "success", FALSE },
                { "error", FALSE }, { "surprise", FALSE }, { "", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":1,\"status\":\"%s\"}", CASES[i].status);
      g_autoptr (WeirPullRun) self = read_json (weir_samples_parse (text));

      g_assert_cmpint (weir_pull_run_is_active (self), ==, CASES[i].active);
    }
}

static void
use_spoilt (WeirJson json, gpointer user_data)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirPullRun) self = weir_pull_run_new (account, json, &error);

  weir_samples_check_record ((WeirRecord *) self, error);
  if (self != NULL)
    g_assert_true (self->status != NULL && self->collected_ids != NULL);
}

static void
test_spoilt (void)
{
  g_assert_cmpuint (weir_samples_spoil (weir_samples_load ("pull"), use_spoilt, NULL), >, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-pull-run/sample", test_sample);
  g_test_add_func ("/weir-pull-run/tolerance", test_tolerance);
  g_test_add_func ("/weir-pull-run/active", test_active);
  g_test_add_func ("/weir-pull-run/spoilt", test_spoilt);
  return g_test_run ();
}

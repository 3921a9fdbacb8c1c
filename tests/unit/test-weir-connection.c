/* test-weir-connection.c: connections
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-connection.h"
#include "weir-samples.h"

static WeirConnection *
read_json (WeirJson json)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");
  g_autoptr (GError) error = NULL;
  WeirConnection *connection = weir_connection_new (account, json, &error);

  g_assert_no_error (error);
  return connection;
}

static WeirConnection *
read_members (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"c\"%s}", members);

  return read_json (weir_samples_parse (text));
}

static void
test_sample (void)
{
  g_autoptr (WeirConnection) self = read_json (weir_samples_load ("connection"));
  g_autofree char *json = weir_record_to_json (WEIR_RECORD (self), TRUE);

  g_assert_cmpint (weir_record_get_kind (WEIR_RECORD (self)), ==, WEIR_RECORD_CONNECTION);
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (self)), ==, "Acme CRM");
  g_assert_cmpstr (self->state, ==, "CLIENT_ACTION_REQUIRED");
  g_assert_false (self->connected);
  g_assert_true (self->defunct);
  g_assert_false (self->deactivated);
  g_assert_true (self->can_test && self->can_refresh);
  g_assert_cmpstr (self->error->message, ==, "Could not reach the application");
  g_assert_cmpuint (weir_error_data_get_depth (self->error), ==, 2);
  g_assert_cmpstr (self->integration, ==, "64b7f00000000000000000b1");
  g_assert_cmpstr (self->tenant, ==, "64b7f00000000000000000a1");
  g_assert_cmpint (self->retry_attempts, ==, 4);
  g_assert_cmpint (self->next_retry_at, ==, G_GINT64_CONSTANT (1767609000000000));
  g_assert_cmpint (self->next_refresh_at, ==, G_GINT64_CONSTANT (1767693600000000));
  g_assert_cmpint (self->created_at, >, 0);
  g_assert_cmpint (self->last_active_at, >, self->created_at);
  g_assert_cmpint (self->archived_at, >, self->last_active_at);
  g_assert_cmpstr (self->action_type, ==, "connect");
  g_assert_cmpstr (self->action_description, ==, "Sign in again");
  g_assert_cmpstr (self->action_uri, ==, "https://ui.example/connect/1");

  g_assert_true (g_str_has_prefix (
      json, "{\"id\":\"64b7f00000000000000000c1\",\"account\":\"test\",\"provider\":\"membrane\","
            "\"name\":\"Acme CRM\",\"state\":\"CLIENT_ACTION_REQUIRED\",\"error\":{\"message\":"
            "\"Could not reach the application\","));
  g_assert_cmpstr (weir_samples_at (json, "/retry_attempts"), ==, "4");
  g_assert_cmpstr (weir_samples_at (json, "/next_retry"), ==, "\"2026-01-05T10:30:00.000Z\"");
  g_assert_cmpstr (weir_samples_at (json, "/next_refresh"), ==, "\"2026-01-06T10:00:00.000Z\"");
  g_assert_cmpstr (weir_samples_at (json, "/raw/authOptionKey"), ==, "\"oauth\"");
}

static void
test_errors (void)
{
  static const char *const CASES[][2] = {
    { ",\"error\":{\"message\":\"old\"}", "old" },
    { ",\"errors\":[{\"message\":\"e1\"},{\"message\":\"e2\"}],\"error\":{\"message\":\"old\"}",
      "e1" },
    { ",\"requestError\":{\"message\":\"r\"},\"errors\":[{\"message\":\"e1\"}],\"error\":{"
      "\"message\":\"old\"}",
      "r" },
    { ",\"requestError\":null,\"errors\":[],\"error\":{\"message\":\"old\"}", "old" },
    { ",\"requestError\":null,\"errors\":{},\"error\":false", "" },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirConnection) self = read_members (CASES[i][0]);

      g_assert_cmpstr (self->error != NULL ? self->error->message : NULL, ==, CASES[i][1]);
    }
}

static void
test_attention (void)
{
  static const struct
  {
    const char *members;
    gboolean connected;
    gboolean attention;
  } CASES[] = {
    { "", TRUE, FALSE },
    { ",\"connected\":true,\"state\":\"READY\"", TRUE, FALSE },
    { ",\"connected\":true,\"state\":\"SOMETHING_NEW\"", TRUE, FALSE },
    { ",\"connected\":false", FALSE, TRUE },
    { ",\"connected\":null,\"disconnected\":true", FALSE, TRUE },
    { ",\"disconnected\":false", TRUE, FALSE },
    { ",\"isDefunct\":true", FALSE, TRUE },
    { ",\"connected\":true,\"isDefunct\":true", TRUE, TRUE },
    { ",\"connected\":true,\"state\":\"SETUP_FAILED\"", TRUE, TRUE },
    { ",\"connected\":true,\"error\":{\"message\":\"m\"}", TRUE, TRUE },
    { ",\"connected\":true,\"clientAction\":{\"type\":\"provide-input\"}", TRUE, TRUE },
    { ",\"connected\":false,\"isDeactivated\":true", FALSE, FALSE },
    { ",\"connected\":false,\"archivedAt\":\"2026-01-01T00:00:00Z\"", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirConnection) self = read_members (CASES[i].members);

      g_assert_cmpint (self->connected, ==, CASES[i].connected);
      g_assert_cmpint (weir_connection_needs_attention (self), ==, CASES[i].attention);
    }
}

static void
test_tolerance (void)
{
  g_autoptr (WeirConnection) bare = read_members ("");
  g_autoptr (WeirConnection) number = read_members (
      ",\"nextRetryTimestamp\":1767609000000,\"name\":\"\",\"key\":\"crm\",\"userId\":\"u\"");
  g_autoptr (WeirConnection) named =
      read_members (",\"integration\":{\"id\":\"i\",\"name\":\"CRM\"}");
  g_autofree char *json = weir_record_to_json (WEIR_RECORD (bare), FALSE);

  g_assert_cmpstr (weir_samples_at (json, "/state"), ==, "null");
  g_assert_cmpstr (weir_samples_at (json, "/retry_attempts"), ==, "null");
  g_assert_cmpstr (weir_samples_at (json, "/next_retry"), ==, "null");
  g_assert_cmpstr (weir_samples_at (json, "/error"), ==, "null");
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (bare)), ==, "c");
  g_assert_cmpint (number->next_retry_at, ==, G_GINT64_CONSTANT (1767609000000000));
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (number)), ==, "crm");
  g_assert_cmpstr (number->tenant, ==, "u");
  g_assert_cmpstr (weir_record_get_name (WEIR_RECORD (named)), ==, "CRM");
  g_assert_cmpstr (named->integration, ==, "i");
}

static void
use_spoilt (WeirJson json, gpointer user_data)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirConnection) self = weir_connection_new (account, json, &error);

  weir_samples_check_record ((WeirRecord *) self, error);
  if (self != NULL)
    weir_connection_needs_attention (self);
}

static void
test_spoilt (void)
{
  g_assert_cmpuint (weir_samples_spoil (weir_samples_load ("connection"), use_spoilt, NULL), >,
                    500);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-connection/sample", test_sample);
  g_test_add_func ("/weir-connection/errors", test_errors);
  g_test_add_func ("/weir-connection/attention", test_attention);
  g_test_add_func ("/weir-connection/tolerance", test_tolerance);
  g_test_add_func ("/weir-connection/spoilt", test_spoilt);
  return g_test_run ();
}

/* test-weirctl-trouble.c: weirctl where something goes wrong on the way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ctl-fixture.h"

#include <signal.h>
#include <string.h>

#define SUBSCRIPTIONS "/external-event-subscriptions"
#define JSON "Content-Type: application/json\r\n"

static void
add_subscription (WeirFaultServer *server, guint number)
{
  g_autofree char *path = g_strdup_printf (SUBSCRIPTIONS "/%u", number);
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%u\",\"name\":\"s%u\",\"status\":\"subscribed\"}", number, number);

  weir_fault_server_add (server, path, WEIR_FAULT_NONE, 200, JSON, body, -1);
}

/* What one id met says nothing of the next. */
static void
test_next_id (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");

  weir_fault_server_add (server, SUBSCRIPTIONS "/1", WEIR_FAULT_NONE, 500, JSON, "{}", -1);
  weir_fault_server_add (server, SUBSCRIPTIONS "/2", WEIR_FAULT_NONE, 200, JSON, "{\"id\":[", -1);
  weir_fault_server_add (server, SUBSCRIPTIONS "/3", WEIR_FAULT_NONE, 403, JSON, "{}", -1);
  add_subscription (server, 4);
  weir_fault_server_add (server, SUBSCRIPTIONS "/4/subscribe", WEIR_FAULT_NONE, 200, JSON, "{}",
                         -1);
  weir_ctl_fixture_add_account (f, "m", "membrane", uri);

  weir_ctl_fixture_run (f, 1, NULL, "subscribe m/1 m/2 m/3 m/4 --json");
  g_assert_cmpuint (weir_fault_server_count (server, SUBSCRIPTIONS "/2"), ==, 1);
  g_assert_cmpuint (weir_fault_server_count (server, SUBSCRIPTIONS "/3"), ==, 1);
  g_assert_cmpuint (weir_fault_server_count (server, SUBSCRIPTIONS "/4/subscribe"), ==, 1);
  weir_ctl_fixture_assert (f, 0, "/id", "4");

  /* One that refuses the token is not asked again. */
  weir_fault_server_add (server, SUBSCRIPTIONS "/5", WEIR_FAULT_NONE, 401, JSON, "{}", -1);
  add_subscription (server, 6);
  weir_ctl_fixture_run (f, 1, NULL, "subscribe m/5 m/6");
  g_assert_cmpuint (weir_fault_server_count (server, SUBSCRIPTIONS "/6"), ==, 0);
}

/* What the server has is shown, whatever becomes of what is noted of it. */
static void
test_no_history (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  g_autofree char *path = g_build_filename (f->folder, "ctl", "history.db", NULL);

  add_subscription (server, 4);
  weir_ctl_fixture_add_account (f, "m", "membrane", uri);
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  weir_ctl_fixture_run (f, 0, NULL, "subscription show m/4 --json");
  weir_ctl_fixture_assert (f, 0, "/id", "4");
  g_assert_cmpstr (f->err, !=, "");
}

static void
test_pulls (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  WeirFaultRequest *request;

  weir_fault_server_add (server, "/external-event-pulls", WEIR_FAULT_NONE, 200, JSON,
                         "{\"items\":[{\"id\":\"1\",\"status\":\"success\"},"
                         "{\"id\":\"2\",\"status\":\"error\"}]}",
                         -1);
  weir_ctl_fixture_add_account (f, "m", "membrane", uri);

  /* as for subscriptions, upper and lower case are one */
  weir_ctl_fixture_run (f, 0, NULL, "pulls --status SUCCESS --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_assert (f, 0, "/id", "1");
  request = weir_fault_server_get_request (server, "/external-event-pulls", 0);
  g_assert_nonnull (strstr (request->path, "status=success"));

  /* longer than a timer can count */
  weir_ctl_fixture_run (f, 2, NULL, "pull m/1 --wait --timeout 5000000");
  weir_ctl_assert_says (f, "4294967");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (WeirCtlFixture *f, gconstpointer data);
  } tests[] = {
    { "/weirctl/trouble/next-id", test_next_id },
    { "/weirctl/trouble/no-history", test_no_history },
    { "/weirctl/trouble/pulls", test_pulls },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WeirCtlFixture, NULL, weir_ctl_fixture_set_up, tests[i].test,
                weir_ctl_fixture_tear_down);
  return g_test_run ();
}

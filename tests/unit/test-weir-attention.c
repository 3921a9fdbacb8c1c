/* test-weir-attention.c: what needs a hand, and what does not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-attention.h"

#include "weir-clock.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1767607200) * G_USEC_PER_SEC) /* 2026-01-05 10:00 UTC */
#define MINUTE G_TIME_SPAN_MINUTE

static WeirAccount *
make_account (const char *name)
{
  return weir_account_new (NULL, name, "membrane", "https://api.example", WEIR_AUTH_TOKEN, NULL,
                           NULL, NULL, FALSE);
}

static WeirJson
parse (const char *text)
{
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));

  return json;
}

static WeirConnection *
make_connection (WeirAccount *account, const char *json)
{
  g_autoptr (GError) error = NULL;
  WeirConnection *connection = weir_connection_new (account, parse (json), &error);

  g_assert_no_error (error);

  return connection;
}

static WeirSubscription *
make_subscription (WeirAccount *account, const char *id, const char *status, gint64 next_pull)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"S %s\",\"status\":\"%s\",\"requiresPull\":true,"
      "\"config\":{\"type\":\"data-record-created\"},\"nextPullEventsTimestamp\":%" G_GINT64_FORMAT
      "}",
      id, id, status, next_pull / 1000);
  WeirSubscription *subscription = weir_subscription_new_external (account, parse (json), &error);

  g_assert_no_error (error);

  return subscription;
}

static GPtrArray *
make_items (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static WeirAttention *
get (GPtrArray *items, guint i)
{
  g_assert_cmpuint (i, <, items->len);

  return g_ptr_array_index (items, i);
}

static void
test_accounts (void)
{
  g_autoptr (WeirAccount) account = make_account ("Work");
  g_autoptr (GPtrArray) items = make_items ();
  g_autoptr (GError) error =
      weir_provider_error_new (WEIR_PROVIDER_ERROR_UNREACHABLE, "No route to host");

  weir_attention_add_account (items, account, WEIR_ACCOUNT_ONLINE, NULL, NOW);
  weir_attention_add_account (items, account, WEIR_ACCOUNT_UNKNOWN, NULL, NOW);
  g_assert_cmpuint (items->len, ==, 0);

  weir_attention_add_account (items, account, WEIR_ACCOUNT_UNREACHABLE, error, NOW - MINUTE);
  g_assert_cmpint (get (items, 0)->kind, ==, WEIR_ATTENTION_ACCOUNT);
  g_assert_nonnull (strstr (get (items, 0)->title, "Work"));
  g_assert_nonnull (strstr (get (items, 0)->subtitle, "No route to host"));
  g_assert_cmpint (get (items, 0)->at, ==, NOW - MINUTE);
  g_assert_true (get (items, 0)->target == G_OBJECT (account));
}

static void
test_tokens (void)
{
  g_autoptr (WeirAccount) account = make_account ("Work");
  g_autoptr (GPtrArray) items = make_items ();

  weir_attention_add_token (items, account, 0, TRUE);
  weir_attention_add_token (items, account, NOW + 8 * G_TIME_SPAN_DAY, FALSE);
  g_assert_cmpuint (items->len, ==, 0);

  weir_attention_add_token (items, account, NOW + 8 * G_TIME_SPAN_DAY, TRUE);
  g_assert_cmpstr (get (items, 0)->css, ==, "dim-label");
  weir_attention_add_token (items, account, NOW + 6 * G_TIME_SPAN_DAY, FALSE);
  g_assert_cmpstr (get (items, 1)->css, ==, "warning");
  g_assert_true (get (items, 1)->due);
  weir_attention_add_token (items, account, NOW - MINUTE, FALSE);
  g_assert_cmpstr (get (items, 2)->css, ==, "error");
  g_assert_false (get (items, 2)->due);
}

static void
test_connections (void)
{
  g_autoptr (WeirAccount) account = make_account ("Work");
  g_autoptr (GPtrArray) items = make_items ();
  g_autoptr (WeirConnection) well =
      make_connection (account, "{\"id\":\"1\",\"name\":\"Well\",\"connected\":true}");
  g_autoptr (WeirConnection) failing =
      make_connection (account, "{\"id\":\"2\",\"name\":\"Failing\",\"connected\":true,"
                                "\"requestError\":{\"message\":\"Status 503\"}}");
  g_autoptr (WeirConnection) waiting = make_connection (
      account, "{\"id\":\"3\",\"name\":\"Waiting\",\"connected\":false,"
               "\"state\":\"CLIENT_ACTION_REQUIRED\",\"clientAction\":{\"type\":\"connect\","
               "\"description\":\"Sign in again\"}}");
  g_autoptr (WeirConnection) archived =
      make_connection (account, "{\"id\":\"4\",\"name\":\"Old\",\"connected\":false,"
                                "\"archivedAt\":\"2026-01-01T00:00:00Z\"}");

  weir_attention_add_connection (items, well);
  weir_attention_add_connection (items, failing);
  weir_attention_add_connection (items, archived);
  g_assert_cmpuint (items->len, ==, 0);
  weir_attention_add_connection (items, waiting);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (get (items, 0)->subtitle, ==, "Sign in again\nWork");
}

static void
test_refreshes (void)
{
  g_autoptr (WeirAccount) account = make_account ("Work");
  g_autoptr (GPtrArray) items = make_items ();
  g_autoptr (WeirConnection) soon =
      make_connection (account, "{\"id\":\"1\",\"name\":\"Soon\",\"connected\":true,"
                                "\"nextCredentialsRefreshAt\":\"2026-01-05T10:05:00Z\"}");
  g_autoptr (WeirConnection) overdue =
      make_connection (account, "{\"id\":\"2\",\"name\":\"Overdue\",\"connected\":true,"
                                "\"nextCredentialsRefreshAt\":\"2026-01-05T09:50:00Z\"}");
  g_autoptr (WeirConnection) unknown =
      make_connection (account, "{\"id\":\"3\",\"name\":\"Unknown\",\"connected\":true}");

  weir_attention_add_refresh (items, soon, FALSE);
  weir_attention_add_refresh (items, unknown, TRUE);
  g_assert_cmpuint (items->len, ==, 0);
  weir_attention_add_refresh (items, soon, TRUE);
  g_assert_cmpstr (get (items, 0)->css, ==, "dim-label");
  weir_attention_add_refresh (items, overdue, FALSE);
  g_assert_cmpstr (get (items, 1)->css, ==, "warning");
}

/* The error of a connection that waits for somebody is told with it, and so is what was decided about it. */
static void
test_groups (void)
{
  g_autoptr (WeirAccount) account = make_account ("Work");
  g_autoptr (GPtrArray) records = make_items ();
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GPtrArray) items = make_items ();
  g_autoptr (GPtrArray) decided = make_items ();
  WeirErrorGroup *of_waiting = NULL;
  WeirErrorGroup *of_failing = NULL;

  g_ptr_array_add (records,
                   make_connection (account, "{\"id\":\"1\",\"name\":\"A\",\"connected\":false,"
                                             "\"error\":{\"message\":\"Token expired\"}}"));
  g_ptr_array_add (records,
                   make_connection (account, "{\"id\":\"2\",\"name\":\"B\",\"connected\":true,"
                                             "\"error\":{\"message\":\"Token expired\"}}"));
  g_ptr_array_add (records,
                   make_connection (account, "{\"id\":\"3\",\"name\":\"C\",\"connected\":true,"
                                             "\"error\":{\"message\":\"Not found\"}}"));
  groups = weir_error_groups_collect (records);
  g_assert_cmpuint (groups->len, ==, 2);
  of_waiting = g_ptr_array_index (groups, 0);
  of_failing = g_ptr_array_index (groups, 1);

  for (guint i = 0; i < records->len; i++)
    weir_attention_add_connection (items, g_ptr_array_index (records, i));
  g_assert_cmpuint (items->len, ==, 1);
  weir_attention_add_group (items, of_waiting, WEIR_ERROR_OPEN);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_nonnull (strstr (get (items, 0)->subtitle, "2 connections"));
  weir_attention_add_group (items, of_failing, WEIR_ERROR_OPEN);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpstr (get (items, 1)->title, ==, "Not found");

  for (guint i = 0; i < records->len; i++)
    weir_attention_add_connection (decided, g_ptr_array_index (records, i));
  weir_attention_add_group (decided, of_waiting, WEIR_ERROR_ACKNOWLEDGED);
  weir_attention_add_group (decided, of_failing, WEIR_ERROR_IGNORED);
  g_assert_cmpuint (decided->len, ==, 0);
}

/* The same trouble in two accounts and, with no connection that waits, in a third: each row says whose it is. */
static void
test_accounts_of_group (void)
{
  g_autoptr (WeirAccount) work = make_account ("Work");
  g_autoptr (WeirAccount) home = make_account ("Home");
  g_autoptr (WeirAccount) club = make_account ("Club");
  WeirAccount *const accounts[] = { work, home, club };
  g_autoptr (GPtrArray) records = make_items ();
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GPtrArray) items = make_items ();

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"id\":\"1\",\"name\":\"Books\",\"connected\":%s,\"error\":{\"message\":\"Token expired\"}}",
          accounts[i] == club ? "true" : "false");
      WeirConnection *connection = make_connection (accounts[i], json);

      g_ptr_array_add (records, connection);
      weir_attention_add_connection (items, connection);
    }
  groups = weir_error_groups_collect (records);
  g_assert_cmpuint (groups->len, ==, 1);
  weir_attention_add_group (items, g_ptr_array_index (groups, 0), WEIR_ERROR_OPEN);

  g_assert_cmpuint (items->len, ==, 3);
  g_assert_cmpstr (get (items, 0)->subtitle, ==, "Token expired\n1 connection · Work");
  g_assert_cmpstr (get (items, 1)->subtitle, ==, "Token expired\n1 connection · Home");
  g_assert_cmpstr (get (items, 2)->title, ==, "Token expired");
  g_assert_cmpstr (get (items, 2)->subtitle, ==, "1 connection · Club");
}

static void
test_overdue (void)
{
  g_autoptr (WeirAccount) work = make_account ("Work");
  g_autoptr (WeirAccount) home = make_account ("Home");
  g_autoptr (GPtrArray) overdue = make_items ();
  g_autoptr (GPtrArray) items = make_items ();
  g_autoptr (WeirSubscription) late = make_subscription (home, "h", "subscribed", NOW - 5 * MINUTE);
  g_autoptr (WeirSubscription) fresh = make_subscription (home, "f", "subscribed", NOW - MINUTE);
  g_autoptr (WeirSubscription) off =
      make_subscription (home, "o", "unsubscribed", NOW - 5 * MINUTE);
  g_autoptr (WeirSubscription) never = make_subscription (home, "n", "subscribed", 0);

  g_assert_true (weir_subscription_is_overdue (late));
  g_assert_false (weir_subscription_is_overdue (fresh));
  g_assert_false (weir_subscription_is_overdue (off));
  g_assert_false (weir_subscription_is_overdue (never));

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i);

      g_ptr_array_add (
          overdue, make_subscription (work, id, "subscribed", NOW - (gint64) (10 + i) * MINUTE));
    }
  g_ptr_array_add (overdue, g_object_ref (late));
  weir_attention_add_overdue (items, overdue);
  weir_attention_sort (items);

  /* four of one account are told as one, since the oldest of them */
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_true (get (items, 0)->target == G_OBJECT (work));
  g_assert_cmpuint (get (items, 0)->count, ==, 4);
  g_assert_cmpint (get (items, 0)->at, ==, NOW - 13 * MINUTE);
  g_assert_true (get (items, 1)->target == G_OBJECT (late));
}

static void
test_order (void)
{
  g_autoptr (WeirAccount) account = make_account ("Work");
  g_autoptr (GPtrArray) items = make_items ();
  g_autoptr (WeirConnection) waiting =
      make_connection (account, "{\"id\":\"1\",\"name\":\"A\",\"connected\":false}");

  weir_attention_add_connection (items, waiting);
  weir_attention_add_token (items, account, NOW, FALSE);
  weir_attention_add_account (items, account, WEIR_ACCOUNT_UNREACHABLE, NULL, NOW);
  weir_attention_add_account (items, account, WEIR_ACCOUNT_UNAUTHORIZED, NULL, NOW - MINUTE);
  weir_attention_sort (items);
  g_assert_cmpint (get (items, 0)->at, ==, NOW - MINUTE);
  g_assert_cmpint (get (items, 1)->kind, ==, WEIR_ATTENTION_ACCOUNT);
  g_assert_cmpint (get (items, 2)->kind, ==, WEIR_ATTENTION_TOKEN);
  g_assert_cmpint (get (items, 3)->kind, ==, WEIR_ATTENTION_CONNECTION);
  g_assert_true (weir_attention_equal (get (items, 0), get (items, 0)));
  g_assert_false (weir_attention_equal (get (items, 0), get (items, 1)));
}

static void
add_drift (GPtrArray *drift, WeirAccount *account, const char *path, gint64 since)
{
  WeirDrift *one = g_object_new (WEIR_TYPE_DRIFT, NULL);

  one->account = g_object_ref (account);
  one->collection = g_strdup ("orders");
  one->kind = g_strdup ("created");
  one->path = g_strdup (path);
  one->change = WEIR_DRIFT_APPEARED;
  one->before = g_strdup ("");
  one->after = g_strdup ("string");
  one->since = since;
  g_ptr_array_add (drift, one);
}

/* One item an account, with the latest of its fields. */
static void
test_drift (void)
{
  g_autoptr (WeirAccount) one = make_account ("One");
  g_autoptr (WeirAccount) other = make_account ("Other");
  g_autoptr (GPtrArray) drift = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) items = make_items ();
  WeirAttention *item;

  weir_attention_add_drift (items, drift);
  g_assert_cmpuint (items->len, ==, 0);

  add_drift (drift, one, "note", NOW - MINUTE);
  add_drift (drift, other, "colour", NOW - 2 * MINUTE);
  add_drift (drift, one, "size", NOW - 3 * MINUTE);
  weir_attention_add_drift (items, drift);
  g_assert_cmpuint (items->len, ==, 2);
  item = items->pdata[0];
  g_assert_cmpint (item->kind, ==, WEIR_ATTENTION_DRIFT);
  g_assert_true (item->target == G_OBJECT (one));
  g_assert_cmpuint (item->count, ==, 2);
  g_assert_cmpint (item->at, ==, NOW - MINUTE);
  g_assert_nonnull (strstr (item->title, "One"));
  g_assert_nonnull (strstr (item->subtitle, "note"));
  item = items->pdata[1];
  g_assert_cmpuint (item->count, ==, 1);
}

static void
test_silence (void)
{
  g_autoptr (WeirAccount) account = make_account ("Work");
  g_autoptr (WeirSubscription) subscription = make_subscription (account, "1", "subscribed", 0);
  g_autoptr (GPtrArray) items = make_items ();
  const WeirQuiet quiet = { NOW - 180 * MINUTE, 5 * MINUTE, NOW - 60 * MINUTE };

  weir_attention_add_silence (items, subscription, &quiet);
  g_assert_cmpint (get (items, 0)->kind, ==, WEIR_ATTENTION_SILENCE);
  g_assert_cmpstr (get (items, 0)->title, ==, "S 1 has fallen silent");
  g_assert_cmpstr (get (items, 0)->subtitle, ==,
                   "Quiet for 3 h; usually there is an event every 5 min");
  g_assert_cmpint (get (items, 0)->at, ==, quiet.since);
  g_assert_true (get (items, 0)->target == G_OBJECT (subscription));
  weir_attention_add_silence (items, account, &quiet);
  g_assert_cmpstr (get (items, 1)->title, ==, "Work has fallen silent");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  weir_clock_set_fake (NOW);

  g_test_add_func ("/attention/accounts", test_accounts);
  g_test_add_func ("/attention/tokens", test_tokens);
  g_test_add_func ("/attention/connections", test_connections);
  g_test_add_func ("/attention/refreshes", test_refreshes);
  g_test_add_func ("/attention/groups", test_groups);
  g_test_add_func ("/attention/accounts-of-group", test_accounts_of_group);
  g_test_add_func ("/attention/overdue", test_overdue);
  g_test_add_func ("/attention/silence", test_silence);
  g_test_add_func ("/attention/drift", test_drift);
  g_test_add_func ("/attention/order", test_order);

  return g_test_run ();
}

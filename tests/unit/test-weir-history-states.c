/* test-weir-history-states.c: what records were, and since when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-connection.h"
#include "weir-history-fixture.h"
#include "weir-history-states.h"
#include "weir-subscription.h"

#define NOW HISTORY_OBSERVED
#define MINUTE G_TIME_SPAN_MINUTE

static WeirJson
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, &error));
  return json;
}

/* error, updated: JSON */
static WeirStateChange *
see (WeirAccount *account,
     const char *id,
     const char *status,
     const char *error,
     const char *updated,
     gint64 now,
     gboolean uncertain)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"Sub %s\",\"connectionId\":\"c1\",\"integrationId\":\"i1\","
      "\"status\":\"%s\",\"error\":%s,\"updatedAt\":%s,\"config\":{\"type\":\"x\"}}",
      id, id, status, error, updated);
  g_autoptr (WeirSubscription) subscription =
      weir_subscription_new_external (account, parse (text), NULL);

  return weir_state_change_new (WEIR_RECORD (subscription), now, uncertain);
}

static WeirStateChange *
see_connection (WeirAccount *account, const char *id, gboolean connected, gint64 now)
{
  g_autofree char *text =
      g_strdup_printf ("{\"id\":\"%s\",\"name\":\"C\",\"integrationId\":\"i1\",\"connected\":%s}",
                       id, connected ? "true" : "false");
  g_autoptr (WeirConnection) connection = weir_connection_new (account, parse (text), NULL);

  return weir_state_change_new (WEIR_RECORD (connection), now, FALSE);
}

/* state: (transfer full); returns how many were news */
static guint
put (HistoryFixture *fixture, WeirStateChange *state)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  guint answer;

  weir_clock_set_fake (NOW);
  g_ptr_array_add (states, state);
  answer = weir_history_put_states (fixture->history, states, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer, >, 0);

  return answer - 1;
}

static GPtrArray *
list (HistoryFixture *fixture, int kind, const char *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *changes =
      weir_history_list_state_changes (fixture->history, fixture->account, kind, id, 0, 0, &error);

  g_assert_no_error (error);
  return changes;
}

static void
check (GPtrArray *changes,
       guint place,
       const char *before,
       const char *after,
       const char *error,
       gint64 at,
       gboolean uncertain)
{
  WeirStateChange *change;

  g_assert_cmpuint (place, <, changes->len);
  change = g_ptr_array_index (changes, place);
  g_assert_cmpstr (change->before, ==, before);
  g_assert_cmpstr (change->after, ==, after);
  g_assert_cmpstr (change->error, ==, error);
  g_assert_cmpint (change->at, ==, at);
  g_assert_cmpint (change->uncertain, ==, uncertain);
}

static void
test_changes (HistoryFixture *fixture, gconstpointer data)
{
  WeirAccount *a = fixture->account;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) all = NULL;
  WeirStateChange *newest;

  g_assert_cmpuint (put (fixture, see (a, "s1", "subscribed", "null", "null", NOW, TRUE)), ==, 1);
  g_assert_cmpuint (put (fixture, see (a, "s1", "subscribed", "null", "null", NOW + 1, FALSE)), ==,
                    0);
  g_assert_cmpuint (
      put (fixture, see (a, "s1", "error", "{\"message\":\"no\"}", "null", NOW + MINUTE, FALSE)),
      ==, 1);
  /* the same status, another error */
  g_assert_cmpuint (put (fixture, see (a, "s1", "error", "{\"message\":\"never\"}", "null",
                                       NOW + 2 * MINUTE, FALSE)),
                    ==, 1);
  g_assert_cmpuint (
      put (fixture, see (a, "s1", "subscribed", "null", "null", NOW + 3 * MINUTE, FALSE)), ==, 1);

  changes = list (fixture, WEIR_RECORD_SUBSCRIPTION, "s1");
  g_assert_cmpuint (changes->len, ==, 4);
  check (changes, 0, "error", "subscribed", NULL, NOW + 3 * MINUTE, FALSE);
  check (changes, 1, "error", "error", "never", NOW + 2 * MINUTE, FALSE);
  check (changes, 2, "subscribed", "error", "no", NOW + MINUTE, FALSE);
  check (changes, 3, NULL, "subscribed", NULL, NOW, TRUE);
  newest = g_ptr_array_index (changes, 0);
  g_assert_cmpstr (newest->name, ==, "Sub s1");
  g_assert_cmpstr (newest->connection, ==, "c1");
  g_assert_cmpstr (newest->account->uuid, ==, a->uuid);

  /* what was seen for the first time is no change of the account */
  all = list (fixture, -1, NULL);
  g_assert_cmpuint (all->len, ==, 3);
}

/* The cause is told once, whatever request it was. */
static void
test_numbers (HistoryFixture *fixture, gconstpointer data)
{
  WeirAccount *a = fixture->account;

  put (fixture, see (a, "s1", "error", "{\"message\":\"attempt 9 of req_8fa (HTTP 500)\"}", "null",
                     NOW, FALSE));
  g_assert_cmpuint (
      put (fixture, see (a, "s1", "error", "{\"message\":\"attempt 10 of req_1 (HTTP 502)\"}",
                         "null", NOW + 1, FALSE)),
      ==, 0);
  g_assert_cmpuint (put (fixture, see (a, "s1", "error",
                                       "{\"message\":\"attempt 10 of req_1 (HTTP 502) at last\"}",
                                       "null", NOW + 1, FALSE)),
                    ==, 1);
  g_assert_cmpuint (
      put (fixture, see (a, "s1", "error", "{\"message\":\"attempt\"}", "null", NOW + 2, FALSE)),
      ==, 1);
}

/* What happened while the program was off has the provider's time, or that of the look. */
static void
test_off (HistoryFixture *fixture, gconstpointer data)
{
  WeirAccount *a = fixture->account;
  g_autoptr (GPtrArray) told = NULL;
  g_autoptr (GPtrArray) untold = NULL;
  g_autoptr (GPtrArray) ahead = NULL;
  g_autoptr (GError) error = NULL;

  put (fixture, see (a, "told", "subscribed", "null", "null", NOW, TRUE));
  put (fixture, see (a, "untold", "subscribed", "null", "null", NOW, TRUE));
  put (fixture, see (a, "ahead", "subscribed", "null", "null", NOW, TRUE));
  g_assert_finalize_object (fixture->history);
  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);

  put (fixture,
       see (a, "told", "error", "null", "\"2024-11-10T20:00:00Z\"", NOW + 200 * MINUTE, TRUE));
  put (fixture,
       see (a, "untold", "error", "null", "\"2024-11-10T18:00:00Z\"", NOW + 200 * MINUTE, TRUE));
  put (fixture,
       see (a, "ahead", "error", "null", "\"2034-11-10T18:00:00Z\"", NOW + 200 * MINUTE, TRUE));
  told = list (fixture, WEIR_RECORD_SUBSCRIPTION, "told");
  check (told, 0, "subscribed", "error", NULL, G_GINT64_CONSTANT (1731268800000000), TRUE);
  untold = list (fixture, WEIR_RECORD_SUBSCRIPTION, "untold");
  check (untold, 0, "subscribed", "error", NULL, NOW + 200 * MINUTE, TRUE);
  ahead = list (fixture, WEIR_RECORD_SUBSCRIPTION, "ahead");
  check (ahead, 0, "subscribed", "error", NULL, NOW + 200 * MINUTE, TRUE);
}

/* What was seen to happen has the provider's time only if it can be that. */
static void
test_told (HistoryFixture *fixture, gconstpointer data)
{
  WeirAccount *a = fixture->account;
  g_autoptr (GPtrArray) changes = NULL;

  put (fixture, see (a, "s1", "subscribed", "null", "null", NOW - 60 * MINUTE, FALSE));
  /* HISTORY_TIME, 70 s before NOW */
  put (fixture, see (a, "s1", "error", "null", "\"2024-11-10T18:38:00Z\"", NOW, FALSE));
  put (fixture,
       see (a, "s1", "subscribed", "null", "\"2024-11-10T18:38:01Z\"", NOW + 30 * MINUTE, FALSE));
  changes = list (fixture, WEIR_RECORD_SUBSCRIPTION, "s1");
  check (changes, 0, "error", "subscribed", NULL, NOW + 30 * MINUTE, FALSE);
  check (changes, 1, "subscribed", "error", NULL, HISTORY_TIME, FALSE);
}

static void
test_removed (HistoryFixture *fixture, gconstpointer data)
{
  WeirAccount *a = fixture->account;
  g_autoptr (WeirRecord) record =
      weir_record_new (WEIR_RECORD_CONNECTION, a, "c1", "C", parse ("{}"));
  g_autoptr (GPtrArray) changes = NULL;

  g_assert_cmpuint (put (fixture, weir_state_change_new_removed (record, NOW, FALSE)), ==, 0);
  put (fixture, see_connection (a, "c1", TRUE, NOW));
  g_assert_cmpuint (put (fixture, weir_state_change_new_removed (record, NOW + 1, FALSE)), ==, 1);
  changes = list (fixture, WEIR_RECORD_CONNECTION, "c1");
  check (changes, 0, "connected", WEIR_STATE_REMOVED, NULL, NOW + 1, FALSE);
}

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GPtrArray *
list_before (HistoryFixture *fixture, WeirStateChange *change)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *changes;

  weir_history_list_changes_before_async (fixture->history, change, 15 * MINUTE, 0, NULL,
                                          store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  changes = weir_history_list_state_changes_finish (fixture->history, result, &error);
  g_assert_no_error (error);

  return changes;
}

static void
test_before (HistoryFixture *fixture, gconstpointer data)
{
  WeirAccount *a = fixture->account;
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) before = NULL;

  put (fixture, see (a, "s1", "subscribed", "null", "null", NOW, TRUE));
  put (fixture, see (a, "s2", "subscribed", "null", "null", NOW, TRUE));
  put (fixture, see_connection (a, "c1", TRUE, NOW));
  put (fixture, see_connection (a, "c2", TRUE, NOW));
  /* too long before */
  put (fixture, see (a, "s2", "error", "null", "null", NOW + MINUTE, FALSE));
  put (fixture, see (a, "s2", "subscribed", "null", "null", NOW + 25 * MINUTE, FALSE));
  put (fixture, see (a, "s1", "error", "null", "null", NOW + 30 * MINUTE, FALSE));
  /* noticed a little later */
  put (fixture, see_connection (a, "c1", FALSE, NOW + 30 * MINUTE + MINUTE / 2));
  /* too late */
  put (fixture, see_connection (a, "c2", FALSE, NOW + 40 * MINUTE));

  own = list (fixture, WEIR_RECORD_SUBSCRIPTION, "s1");
  before = list_before (fixture, g_ptr_array_index (own, 0));
  g_assert_cmpuint (before->len, ==, 2);
  g_assert_cmpstr (WEIR_STATE_CHANGE (before->pdata[0])->id, ==, "c1");
  check (before, 0, "connected", "disconnected", NULL, NOW + 30 * MINUTE + MINUTE / 2, FALSE);
  g_assert_cmpstr (WEIR_STATE_CHANGE (before->pdata[1])->id, ==, "s2");
  check (before, 1, "error", "subscribed", NULL, NOW + 25 * MINUTE, FALSE);
}

static void
test_retention (HistoryFixture *fixture, gconstpointer data)
{
  WeirAccount *a = fixture->account;
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) many = NULL;
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GPtrArray) lone = NULL;
  gint64 long_ago = NOW - (WEIR_STATES_DAYS + 1) * G_TIME_SPAN_DAY;

  weir_clock_set_fake (NOW);
  put (fixture, see (a, "lone", "error", "null", "null", long_ago, FALSE));
  put (fixture, see (a, "old", "error", "null", "null", long_ago, FALSE));
  put (fixture, see (a, "old", "subscribed", "null", "null", NOW, FALSE));
  for (guint i = 0; i < WEIR_STATES_KEPT + 50; i++)
    g_ptr_array_add (
        states, see (a, "many", i % 2 ? "error" : "subscribed", "null", "null", NOW + i, FALSE));
  g_assert_cmpuint (weir_history_put_states (fixture->history, states, NULL), ==,
                    WEIR_STATES_KEPT + 51);

  many = list (fixture, WEIR_RECORD_SUBSCRIPTION, "many");
  g_assert_cmpuint (many->len, ==, WEIR_STATES_KEPT);
  check (many, 0, "subscribed", "error", NULL, NOW + WEIR_STATES_KEPT + 49, FALSE);
  old = list (fixture, WEIR_RECORD_SUBSCRIPTION, "old");
  g_assert_cmpuint (old->len, ==, 1);
  check (old, 0, "error", "subscribed", NULL, NOW, FALSE);
  /* since when it is what it is, stays known */
  lone = list (fixture, WEIR_RECORD_SUBSCRIPTION, "lone");
  g_assert_cmpuint (lone->len, ==, 1);
}

static void
test_account_goes (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) changes = NULL;

  put (fixture, see (fixture->account, "s1", "error", "null", "null", NOW, FALSE));
  g_assert_true (weir_history_remove_account (fixture->history, fixture->account->uuid, NULL));
  changes = list (fixture, WEIR_RECORD_SUBSCRIPTION, "s1");
  g_assert_cmpuint (changes->len, ==, 0);
}

static void
test_async (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) put_result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GError) error = NULL;
  guint added = 7;

  g_ptr_array_add (states, see (fixture->account, "s1", "error", "null", "null", NOW, FALSE));
  weir_history_put_states_async (fixture->history, states, NULL, store_result_cb, &put_result);
  g_ptr_array_set_size (states, 0);
  while (put_result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (weir_history_put_states_finish (fixture->history, put_result, &added, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (added, ==, 1);

  g_cancellable_cancel (cancellable);
  weir_history_list_state_changes_async (fixture->history, NULL, -1, NULL, 0, 0, cancellable,
                                         store_result_cb, &cancelled);
  while (cancelled == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (weir_history_list_state_changes_finish (fixture->history, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Of each what it was called last. */
static void
test_names (HistoryFixture *fixture, gconstpointer data)
{
  WeirAccount *a = fixture->account;
  g_autoptr (WeirSubscription) renamed = weir_subscription_new_external (
      a,
      parse ("{\"id\":\"s1\",\"name\":\"Other\",\"status\":\"error\",\"config\":{\"type\":\"x\"}}"),
      NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GError) error = NULL;

  put (fixture, see (a, "s1", "subscribed", "null", "null", NOW, FALSE));
  put (fixture, see (a, "s2", "subscribed", "null", "null", NOW, FALSE));
  put (fixture, weir_state_change_new (WEIR_RECORD (renamed), NOW + 1, FALSE));
  put (fixture, see_connection (a, "c1", TRUE, NOW));
  weir_history_list_names_async (fixture->history, WEIR_RECORD_SUBSCRIPTION, NULL, store_result_cb,
                                 &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  names = weir_history_list_names_finish (fixture->history, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (names), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (names, "s1"), ==, "Other");
  g_assert_cmpstr (g_hash_table_lookup (names, "s2"), ==, "Sub s2");
}

#define ADD(path, test)                                                                            \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, test, history_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-states/changes", test_changes);
  ADD ("/history-states/numbers", test_numbers);
  ADD ("/history-states/off", test_off);
  ADD ("/history-states/told", test_told);
  ADD ("/history-states/removed", test_removed);
  ADD ("/history-states/before", test_before);
  ADD ("/history-states/retention", test_retention);
  ADD ("/history-states/account-goes", test_account_goes);
  ADD ("/history-states/async", test_async);
  ADD ("/history-states/names", test_names);

  return g_test_run ();
}

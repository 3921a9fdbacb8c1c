/* test-weir-details.c: what the inspector says about a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-connection.h"
#include "weir-details.h"
#include "weir-pull-run.h"
#include "weir-record-set.h"

static WeirAccount *
create_account (const char *uuid)
{
  return weir_account_new (uuid, "M", "membrane", "https://api.example.com", WEIR_AUTH_TOKEN, NULL,
                           NULL, NULL, FALSE);
}

static gpointer
create (gpointer (*constructor) (WeirAccount *account, WeirJson json, GError **error),
        WeirAccount *account,
        const char *text)
{
  g_autoptr (GError) error = NULL;
  gpointer record;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));
  record = constructor (account, json, &error);
  g_assert_no_error (error);

  return record;
}

static const WeirDetail *
find (GPtrArray *groups, const char *label)
{
  for (guint i = 0; i < groups->len; i++)
    {
      WeirDetailGroup *group = g_ptr_array_index (groups, i);

      for (guint j = 0; j < group->details->len; j++)
        {
          WeirDetail *detail = g_ptr_array_index (group->details, j);

          if (g_str_equal (detail->label, label))
            return detail;
        }
    }

  return NULL;
}

static const char *
get_text (GPtrArray *groups, const char *label)
{
  const WeirDetail *detail = find (groups, label);

  return detail != NULL ? detail->text : NULL;
}

/* As in its list, and what was really sent beside it. */
static void
test_connection (void)
{
  g_autoptr (WeirAccount) account = create_account (NULL);
  g_autoptr (WeirRecord) record = create (
      (gpointer) weir_connection_new, account,
      "{\"id\":\"c\",\"name\":\"Shop\",\"connected\":true,\"state\":\"READY\",\"novel\":7}");
  g_autoptr (GPtrArray) groups = weir_details_collect (record, NULL);
  const WeirDetail *state = find (groups, "State");

  g_assert_nonnull (state);
  g_assert_cmpint (state->type, ==, WEIR_DETAIL_STATUS);
  g_assert_cmpstr (state->text, ==, "Connected");
  g_assert_cmpstr (state->look.css, ==, "success");
  g_assert_cmpstr (get_text (groups, "State as Sent"), ==, "READY");
  /* what nobody knows yet is told by its own name */
  g_assert_cmpstr (get_text (groups, "novel"), ==, "7");
}

/* Words that are known are told as everywhere, and nothing is told twice. */
static void
test_sync (void)
{
  g_autoptr (WeirAccount) account = create_account (NULL);
  g_autoptr (WeirRecord) record = create (
      (gpointer) weir_subscription_new_sync, account,
      "{\"id\":\"s\",\"name\":\"Shop\",\"status\":\"active\",\"collection_ids\":[\"shopify:product\"],"
      "\"health\":{\"status\":\"healthy\"}}");
  g_autoptr (WeirRecord) strange =
      create ((gpointer) weir_subscription_new_sync, account,
              "{\"id\":\"s\",\"name\":\"Shop\",\"health\":{\"status\":\"sunny\"}}");
  g_autoptr (WeirRecord) seen =
      WEIR_RECORD (weir_subscription_new_seen (account, "s", "shopify:product"));
  g_autoptr (GPtrArray) groups = weir_details_collect (record, NULL);
  g_autoptr (GPtrArray) others = weir_details_collect (strange, NULL);
  g_autoptr (GPtrArray) few = weir_details_collect (seen, NULL);

  g_assert_cmpstr (get_text (groups, "Health"), ==, "Healthy");
  g_assert_cmpstr (find (groups, "Health")->look.css, ==, "success");
  g_assert_cmpstr (get_text (groups, "Kind"), ==, "Sync");
  g_assert_cmpstr (find (groups, "Kind")->id, ==, "sync");
  g_assert_cmpstr (get_text (groups, "Collections"), ==, "shopify:product");
  g_assert_null (find (groups, "Collection"));

  g_assert_cmpstr (get_text (others, "Health"), ==, "Sunny");
  g_assert_null (find (others, "Health")->look.css);
  g_assert_cmpstr (get_text (few, "Collections"), ==, "shopify:product");
  g_assert_null (find (few, "Collection"));
}

/* A pull run has nothing but ids; the connections know the names, those of another account do not count. */
static void
test_names (void)
{
  static const char connection[] =
      "{\"id\":\"c\",\"name\":\"%s\",\"userId\":\"u\",\"integrationId\":\"i\",\"connected\":true,"
      "\"integration\":{\"id\":\"i\",\"name\":\"Answerdesk\"}}";
  g_autoptr (WeirAccount) account = create_account ("11111111-1111-4111-8111-111111111111");
  g_autoptr (WeirAccount) other = create_account ("22222222-1111-4111-8111-111111111111");
  g_autoptr (WeirRecord) pull =
      create ((gpointer) weir_pull_run_new, account,
              "{\"id\":\"p\",\"connectionId\":\"c\",\"integrationId\":\"i\",\"userId\":\"x\","
              "\"externalEventSubscriptionId\":\"s\",\"status\":\"success\"}");
  g_autofree char *stranger = g_strdup_printf (connection, "Stranger");
  g_autofree char *own = g_strdup_printf (connection, "Shop");
  g_autoptr (WeirRecordSet) connections = weir_record_set_new ();
  g_autoptr (WeirRecord) a = create ((gpointer) weir_connection_new, other, stranger);
  g_autoptr (WeirRecord) b = create ((gpointer) weir_connection_new, account, own);
  g_autoptr (GPtrArray) groups = weir_details_collect (pull, NULL);

  weir_record_set_put (connections, a);
  weir_details_add_names (groups, account, G_LIST_MODEL (connections));
  g_assert_cmpstr (get_text (groups, "Integration"), ==, "i");

  weir_record_set_put (connections, b);
  weir_details_add_names (groups, account, G_LIST_MODEL (connections));
  g_assert_cmpstr (get_text (groups, "Integration"), ==, "Answerdesk");
  g_assert_cmpstr (find (groups, "Integration")->id, ==, "i");
  g_assert_cmpstr (get_text (groups, "Connection"), ==, "Shop");
  g_assert_cmpstr (get_text (groups, "Tenant"), ==, "x");
  g_assert_cmpstr (get_text (groups, "Subscription"), ==, "s");
}

/* New values keep the rows; another row is another list. */
static void
test_same_rows (void)
{
  g_autoptr (WeirAccount) account = create_account (NULL);
  g_autoptr (WeirRecord) queued =
      create ((gpointer) weir_pull_run_new, account, "{\"id\":\"p\",\"status\":\"queued\"}");
  g_autoptr (WeirRecord) running =
      create ((gpointer) weir_pull_run_new, account, "{\"id\":\"p\",\"status\":\"running\"}");
  g_autoptr (WeirRecord) more =
      create ((gpointer) weir_pull_run_new, account,
              "{\"id\":\"p\",\"status\":\"running\",\"connectionId\":\"c\"}");
  g_autoptr (GPtrArray) a = weir_details_collect (queued, NULL);
  g_autoptr (GPtrArray) b = weir_details_collect (running, NULL);
  g_autoptr (GPtrArray) c = weir_details_collect (more, NULL);

  g_assert_true (weir_details_same_rows (a, b));
  g_assert_false (weir_details_same_rows (b, c));
}

/* What a row of the timeline has no room for; one that has grown is the same gap. */
static void
test_gap (void)
{
  g_autoptr (WeirAccount) account = create_account ("u");
  g_autoptr (WeirGap) gap = weir_gap_new_full (7, account, WEIR_GAP_PULLS, "s",
                                               WEIR_GAP_PULL_FAILED, 0, 2000000, 3000000, 0, "why");
  g_autoptr (WeirGap) grown = weir_gap_new_full (
      8, account, WEIR_GAP_PULLS, "s", WEIR_GAP_PULL_FAILED, 0, 9000000, 9000000, 0, NULL);
  g_autoptr (WeirGap) other = weir_gap_new_full (
      9, account, WEIR_GAP_PULLS, "t", WEIR_GAP_PULL_FAILED, 0, 2000000, 3000000, 0, NULL);
  g_autoptr (GPtrArray) groups = weir_details_collect (gap, NULL);
  const WeirDetail *subscription = find (groups, "Subscription");

  weir_details_add_filling (groups, "Orders", "Not now");
  g_assert_cmpstr (get_text (groups, "Reason"), ==, weir_gap_cause_get_text (WEIR_GAP_PULL_FAILED));
  g_assert_cmpstr (get_text (groups, "Message"), ==, "why");
  g_assert_cmpstr (get_text (groups, "Fill Now"), ==, "Not now");
  g_assert_cmpstr (get_text (groups, "Account"), ==, "M");
  g_assert_cmpstr (get_text (groups, "Window Start"), ==, "not known");
  g_assert_cmpint (find (groups, "Window End")->time, ==, 2000000);
  g_assert_nonnull (subscription);
  g_assert_cmpint (subscription->type, ==, WEIR_DETAIL_RECORD);
  g_assert_cmpstr (subscription->id, ==, "s");
  g_assert_cmpstr (subscription->text, ==, "Orders");

  g_assert_true (weir_gap_same (gap, grown));
  g_assert_false (weir_gap_same (gap, other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/details/connection", test_connection);
  g_test_add_func ("/details/sync", test_sync);
  g_test_add_func ("/details/names", test_names);
  g_test_add_func ("/details/same-rows", test_same_rows);
  g_test_add_func ("/details/gap", test_gap);

  return g_test_run ();
}

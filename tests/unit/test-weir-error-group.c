/* test-weir-error-group.c: errors with the same cause
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-connection.h"
#include "weir-error-group.h"
#include "weir-pull-run.h"
#include "weir-samples.h"

static void
add_pull (GPtrArray *records, const char *id, const char *end, const char *error)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");
  g_autofree char *text =
      g_strdup_printf ("{\"id\":\"%s\",\"endDatetime\":\"%s\",\"error\":%s}", id, end, error);
  WeirPullRun *pull = weir_pull_run_new (account, weir_samples_parse (text), NULL);

  g_assert_nonnull (pull);
  g_ptr_array_add (records, pull);
}

static GPtrArray *
collect_messages (const char *one, const char *other)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *first = g_strdup_printf ("{\"message\":\"%s\"}", one);
  g_autofree char *second = g_strdup_printf ("{\"message\":\"%s\"}", other);

  add_pull (records, "a", "2026-01-05T10:00:00Z", first);
  add_pull (records, "b", "2026-01-05T10:00:00Z", second);
  return weir_error_groups_collect (records);
}

static void
test_collect (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");
  g_autofree char *json = NULL;
  WeirErrorGroup *group;

  add_pull (records, "alone", "2026-01-05T10:00:00Z", "{\"message\":\"other\"}");
  add_pull (records, "fine", "2026-01-05T10:00:00Z", "null");
  add_pull (
      records, "p1", "2026-01-05T10:00:00Z",
      "{\"message\":\"outer\",\"causedByError\":{\"message\":\"row 1 is bad\",\"type\":\"t\"}}");
  add_pull (records, "p2", "2026-01-06T10:00:00Z",
            "{\"message\":\"wrapper\",\"causedByError\":{\"message\":\"row 22 is bad\",\"type\":"
            "\"t\"}}");
  g_ptr_array_add (records,
                   weir_connection_new (account,
                                        weir_samples_parse ("{\"id\":\"c\",\"error\":{\"message\":"
                                                            "\"row 3 is bad\",\"type\":\"t\"}}"),
                                        NULL));
  groups = weir_error_groups_collect (records);

  g_assert_cmpuint (groups->len, ==, 2);
  group = g_ptr_array_index (groups, 0);
  g_assert_cmpuint (group->subjects->len, ==, 3);
  /* of the newest */
  g_assert_cmpstr (group->leaf->message, ==, "row 22 is bad");
  g_assert_cmpint (group->last_seen_at, ==, G_GINT64_CONSTANT (1767693600000000));
  g_assert_cmpstr (group->key_text, ==, "t\n\nrow # is bad");

  json = weir_error_group_to_json (group);
  g_assert_cmpstr (json, ==,
                   "{\"message\":\"row 22 is bad\",\"type\":\"t\",\"key\":null,\"count\":3,"
                   "\"subjects\":[{\"kind\":\"pull\",\"account\":\"test\",\"id\":\"p1\",\"name\":"
                   "\"p1\"},{\"kind\":\"pull\",\"account\":\"test\",\"id\":\"p2\",\"name\":\"p2\"},"
                   "{\"kind\":\"connection\",\"account\":\"test\",\"id\":\"c\",\"name\":\"c\"}],"
                   "\"last_seen\":\"2026-01-06T10:00:00.000Z\"}");
  group = g_ptr_array_index (groups, 1);
  g_assert_cmpstr (group->leaf->message, ==, "other");
}

static void
test_same (void)
{
  static const char *const SAME[][2] = {
    { "row 1 of 20", "row 17 of 3000" },
    { "No subscription 64b7f0000000000000000101", "No subscription 64b7f0000000000000000fff" },
    { "sync 0d3c1f6a-7c1e-4d1b-9b52-0c4f0f6f2b11 failed",
      "sync ffffffff-aaaa-bbbb-cccc-dddddddddddd failed" },
    { "hash deadbeefdeadbeefdead", "hash 00ffee00ffee00ffee00" },
    { "record sub_tognkns00nj", "record sub_9Zk2abcd1" },
    { "at 2026-01-05T10:00:00.123Z", "at 2025-12-31T23:59:59Z" },
    { "lease con_12 lost", "lease con_7 lost" },
    { "two  blanks\\n", "two blanks " },
    { "https://a.example/x/17?q=3", "https://a.example/x/18?q=44" },
    { "größe 5", "größe 6" },
    { "from 10.0.0.1 took 83.63 ms", "from 10.0.0.2 took 7 ms" },
  };
  static const char *const DIFFERENT[][2] = {
    { "Request failed with status code 404", "Request failed with status code 500" },
    { "HTTP 502 Bad Gateway", "HTTP 503 Bad Gateway" },
    { "contact is gone", "deal is gone" },
    { "größe", "grösse" },
    { "", "x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (SAME); i++)
    {
      g_autoptr (GPtrArray) groups = collect_messages (SAME[i][0], SAME[i][1]);

      if (groups->len != 1)
        g_error ("“%s” and “%s” are two", SAME[i][0], SAME[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (DIFFERENT); i++)
    {
      g_autoptr (GPtrArray) groups = collect_messages (DIFFERENT[i][0], DIFFERENT[i][1]);

      if (groups->len != 2)
        g_error ("“%s” and “%s” are one", DIFFERENT[i][0], DIFFERENT[i][1]);
    }
}

static void
test_long (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) no_groups = weir_error_groups_collect (none);
  g_autofree char *text = g_strnfill (100 * 1000, '-');
  g_autoptr (GPtrArray) groups = collect_messages (text, text);
  WeirErrorGroup *group = g_ptr_array_index (groups, 0);

  g_assert_cmpuint (no_groups->len, ==, 0);
  g_assert_cmpuint (strlen (group->key_text), <, 500);
  g_assert_cmpuint (strlen (group->leaf->message), ==, 100 * 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-error-group/collect", test_collect);
  g_test_add_func ("/weir-error-group/same", test_same);
  g_test_add_func ("/weir-error-group/long", test_long);
  return g_test_run ();
}

/* test-weir-record.c: what all records have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-samples.h"

static WeirRecord *
make (WeirRecordKind kind, const char *id, const char *name, const char *text)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("membrane");

  return weir_record_new (kind, account, id, name, weir_samples_parse (text));
}

static void
test_plain (void)
{
  g_autoptr (WeirRecord) named =
      make (WEIR_RECORD_INTEGRATION, "i", "CRM", "{ \"n\" : 9007199254740993 }");
  g_autoptr (WeirRecord) nameless = make (WEIR_RECORD_TENANT, "t", "", "{}");
  g_autofree char *plain = weir_record_to_json (named, FALSE);
  g_autofree char *with_raw = weir_record_to_json (named, TRUE);

  g_assert_cmpint (weir_record_get_kind (named), ==, WEIR_RECORD_INTEGRATION);
  g_assert_cmpstr (weir_record_get_account (named)->name, ==, "test");
  g_assert_cmpstr (weir_record_get_name (named), ==, "CRM");
  g_assert_cmpstr (weir_record_get_name (nameless), ==, "t");
  g_assert_null (weir_record_get_error (named));
  g_assert_cmpuint (g_bytes_get_size (weir_record_get_raw (named)), ==,
                    strlen ("{ \"n\" : 9007199254740993 }"));
  g_assert_cmpint (weir_json_get_type (weir_record_get_json (named)), ==, WEIR_JSON_OBJECT);
  g_assert_cmpstr (
      plain, ==, "{\"id\":\"i\",\"account\":\"test\",\"provider\":\"membrane\",\"name\":\"CRM\"}");
  g_assert_cmpstr (weir_samples_at (with_raw, "/raw/n"), ==, "9007199254740993");
}

static void
test_identity (void)
{
  g_autoptr (WeirRecord) one = make (WEIR_RECORD_TENANT, "t", NULL, "{\"a\":1}");
  g_autoptr (WeirRecord) later = make (WEIR_RECORD_TENANT, "t", NULL, "{\"a\":2}");
  g_autoptr (WeirRecord) other = make (WEIR_RECORD_TENANT, "u", NULL, "{\"a\":1}");
  g_autoptr (WeirRecord) kind = make (WEIR_RECORD_FLOW_RUN, "t", NULL, "{\"a\":1}");
  g_autoptr (WeirAccount) account = weir_account_new (NULL, "test", "membrane", "https://a.example",
                                                      WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  g_autoptr (WeirRecord) elsewhere =
      weir_record_new (WEIR_RECORD_TENANT, account, "t", NULL, (WeirJson){ 0 });

  g_assert_true (weir_record_same (one, later));
  g_assert_true (weir_record_changed (one, later));
  g_assert_false (weir_record_same (one, other));
  g_assert_false (weir_record_changed (one, other));
  g_assert_false (weir_record_same (one, kind));
  g_assert_false (weir_record_same (one, elsewhere));
  /* Without JSON there is valid JSON all the same. */
  g_assert_cmpint (weir_json_get_type (weir_record_get_json (elsewhere)), ==, WEIR_JSON_NULL);
}

static void
test_kinds (void)
{
  for (guint kind = 0; kind <= WEIR_RECORD_TENANT; kind++)
    for (guint other = 0; other < kind; other++)
      g_assert_cmpstr (weir_record_kind_to_string (kind), !=, weir_record_kind_to_string (other));
  g_assert_cmpstr (weir_record_kind_to_string (WEIR_RECORD_PULL), ==, "pull");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-record/plain", test_plain);
  g_test_add_func ("/weir-record/identity", test_identity);
  g_test_add_func ("/weir-record/kinds", test_kinds);
  return g_test_run ();
}

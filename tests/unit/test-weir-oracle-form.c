/* test-weir-oracle-form.c: what may stand in an Oracle event subscription
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-oracle-form.h"

#include <string.h>

static const char sample[] =
    "{\"id\":10004,\"lookupName\":\"S\",\"name\":\"S\",\"class\":\"Contact\","
    "\"endPoint\":\"https://receiver.example.com/x\",\"eventType\":{\"id\":1,\"lookupName\":\"Create\"},"
    "\"integrationUser\":{\"id\":1,\"lookupName\":\"ICS Integration\"},"
    "\"objectShapeXml\":\"<n0:TriggeringObject xmlns:n0=\\\"urn:a\\\" xmlns:xsi=\\\"urn:b\\\" "
    "xsi:type=\\\"n1:Contact\\\"/>\",\"objectVersion\":{\"id\":100300,\"lookupName\":\"v1.4\"},"
    "\"status\":{\"id\":1,\"lookupName\":\"Active\"}}";

static WeirOracleForm *
create_form (void)
{
  g_autoptr (WeirAccount) account = weir_account_new (
      NULL, "O", "oracle", "https://site.example.com", WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  g_autoptr (WeirSubscription) subscription = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (sample, -1, &json, NULL));
  subscription = weir_subscription_new_oracle (account, json, NULL);
  g_assert_nonnull (subscription);

  return weir_oracle_form_new (subscription);
}

static void
assert_check (WeirOracleField field, const char *value, const char *problem, const char *warning)
{
  g_autoptr (WeirOracleForm) form = create_form ();
  g_autofree char *got_warning = NULL;
  g_autofree char *got_problem = NULL;

  weir_oracle_form_set (form, field, value);
  got_problem = weir_oracle_form_check (form, field, &got_warning);
  if (problem == NULL)
    g_assert_null (got_problem);
  else
    g_assert_nonnull (strstr (got_problem, problem));
  if (warning == NULL)
    g_assert_null (got_warning);
  else
    g_assert_nonnull (strstr (got_warning, warning));
}

static void
test_sample (void)
{
  g_autoptr (WeirOracleForm) form = create_form ();
  g_autoptr (GBytes) json = weir_oracle_form_to_json (form, NULL);

  for (guint i = 0; i < WEIR_ORACLE_N_FIELDS; i++)
    {
      g_autofree char *warning = NULL;

      g_assert_null (weir_oracle_form_check (form, i, &warning));
      g_assert_null (warning);
    }
  g_assert_nonnull (
      strstr (g_bytes_get_data (json, NULL), "\"eventType\":{\"lookupName\":\"Create\"}"));
  g_assert_nonnull (strstr (g_bytes_get_data (json, NULL), "\"status\":{\"id\":1}"));
}

static void
test_limits (void)
{
  g_autofree char *name = g_strnfill (256, 'n');
  g_autofree char *path = g_strnfill (1334, 'p');
  g_autofree char *end_point = g_strconcat ("https://a.b/", path, NULL);
  g_autofree char *shape = g_strnfill (349526, ' ');

  assert_check (WEIR_ORACLE_NAME, "", "empty", NULL);
  assert_check (WEIR_ORACLE_NAME, "a b", "spaces", NULL);
  assert_check (WEIR_ORACLE_NAME, name, "1 character too long", NULL);
  assert_check (WEIR_ORACLE_NAME, name + 1, NULL, NULL);
  /* characters, not bytes */
  assert_check (WEIR_ORACLE_NAME, "ééé", NULL, NULL);
  assert_check (WEIR_ORACLE_END_POINT, end_point, "too long", NULL);
  assert_check (WEIR_ORACLE_END_POINT, "receiver", "Not a web address", NULL);
  assert_check (WEIR_ORACLE_END_POINT, "ftp://a.b/", "Not a web address", NULL);
  assert_check (WEIR_ORACLE_END_POINT, "https://myEventReceiverService", NULL, "domain name");
  assert_check (WEIR_ORACLE_END_POINT, "http://a.b/c", NULL, "https");
  assert_check (WEIR_ORACLE_SHAPE, shape, "too long", NULL);
  assert_check (WEIR_ORACLE_SHAPE, "<a>", "Not well-formed", NULL);
  assert_check (WEIR_ORACLE_SHAPE, "<a/>", NULL, "TriggeringObject");
  assert_check (WEIR_ORACLE_SHAPE, "<x:TriggeringObject xmlns:x='u' xsi:type='n:Incident'/>", NULL,
                "Contact");
  assert_check (WEIR_ORACLE_EVENT_TYPE, "", "empty", NULL);
}

static void
test_changes (void)
{
  g_autoptr (WeirOracleForm) original = create_form ();
  g_autoptr (WeirOracleForm) form = create_form ();
  g_autoptr (GBytes) json = NULL;

  g_assert_null (weir_oracle_form_to_json (form, original));

  /* only what differs is sent, a number as a number */
  weir_oracle_form_set (form, WEIR_ORACLE_OBJECT_VERSION, "100200");
  weir_oracle_form_set (form, WEIR_ORACLE_STATUS, "2");
  json = weir_oracle_form_to_json (form, original);
  g_assert_cmpstr (g_bytes_get_data (json, NULL), ==,
                   "{\"objectVersion\":{\"id\":100200},\"status\":{\"id\":2}}");
}

/* What was typed while the record was being read anew is kept. */
static void
test_take_over (void)
{
  g_autoptr (WeirOracleForm) original = create_form ();
  g_autoptr (WeirOracleForm) typed = create_form ();
  g_autoptr (WeirOracleForm) fetched = create_form ();

  weir_oracle_form_set (typed, WEIR_ORACLE_NAME, "Typed");
  weir_oracle_form_set (fetched, WEIR_ORACLE_NAME, "Fetched");
  weir_oracle_form_set (fetched, WEIR_ORACLE_STATUS, "3");
  weir_oracle_form_take_over (fetched, typed, original);
  g_assert_cmpstr (fetched->values[WEIR_ORACLE_NAME], ==, "Typed");
  g_assert_cmpstr (fetched->values[WEIR_ORACLE_STATUS], ==, "3");
  g_assert_cmpstr (fetched->values[WEIR_ORACLE_END_POINT], ==,
                   original->values[WEIR_ORACLE_END_POINT]);
}

static void
test_template (void)
{
  static const char *const classes[] = { "Contact", "Organization", "Incident" };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autoptr (WeirOracleForm) form = create_form ();
      g_autofree char *template = weir_oracle_form_dup_template (classes[i]);
      g_autofree char *warning = NULL;

      weir_oracle_form_set (form, WEIR_ORACLE_CLASS, classes[i]);
      weir_oracle_form_set (form, WEIR_ORACLE_SHAPE, template);
      g_assert_null (weir_oracle_form_check (form, WEIR_ORACLE_SHAPE, &warning));
      g_assert_null (warning);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oracle-form/sample", test_sample);
  g_test_add_func ("/oracle-form/limits", test_limits);
  g_test_add_func ("/oracle-form/changes", test_changes);
  g_test_add_func ("/oracle-form/take-over", test_take_over);
  g_test_add_func ("/oracle-form/template", test_template);

  return g_test_run ();
}

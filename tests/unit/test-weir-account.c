/* test-weir-account.c: an account and what may be one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-samples.h"

static char *
write_account (WeirAccount *account)
{
  WeirJsonWriter *writer = weir_json_writer_new ();

  weir_json_writer_begin_object (writer, NULL);
  weir_account_write (account, writer);
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

static void
test_new (void)
{
  g_autoptr (WeirAccount) one =
      weir_account_new (NULL, "one", "membrane", "https://api.example/v9//", WEIR_AUTH_TOKEN, NULL,
                        NULL, NULL, FALSE);
  g_autoptr (WeirAccount) other = weir_account_new (NULL, "one", "membrane", "https://api.example",
                                                    WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);

  g_assert_true (g_uuid_string_is_valid (one->uuid));
  g_assert_cmpstr (one->uuid, !=, other->uuid);
  g_assert_cmpstr (one->uri, ==, "https://api.example/v9");
}

static void
test_round_trip (void)
{
  static const WeirAuthKind KINDS[] = { WEIR_AUTH_TOKEN, WEIR_AUTH_WORKSPACE_KEY,
                                        WEIR_AUTH_PASSWORD };

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      g_autoptr (WeirAccount) account =
          weir_account_new (NULL, "Größe \"1\"", "oracle", "https://a.example:8443", KINDS[i],
                            i == 2 ? "ada" : NULL, i == 1 ? "wk" : NULL, "t", i == 1);
      g_autofree char *text = write_account (account);
      g_autoptr (GError) error = NULL;
      g_autoptr (WeirAccount) again =
          weir_account_new_from_json (weir_samples_parse (text), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (again->uuid, ==, account->uuid);
      g_assert_cmpstr (again->name, ==, account->name);
      g_assert_cmpstr (again->provider, ==, account->provider);
      g_assert_cmpstr (again->uri, ==, account->uri);
      g_assert_cmpint (again->auth, ==, account->auth);
      g_assert_cmpstr (again->username, ==, account->username);
      g_assert_cmpstr (again->workspace_key, ==, account->workspace_key);
      g_assert_cmpstr (again->tenant, ==, "t");
      g_assert_cmpint (again->read_only, ==, i == 1);
      g_assert_false (again->ephemeral);
    }
}

static void
use_spoilt (WeirJson json, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirAccount) account = weir_account_new_from_json (json, &error);

  if (account == NULL)
    {
      g_assert_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID);
      return;
    }
  g_free (write_account (account));
}

static void
test_spoilt (void)
{
  g_autoptr (WeirAccount) account = weir_samples_account ("sequin");
  g_autofree char *text = write_account (account);

  g_assert_cmpuint (weir_samples_spoil (weir_samples_parse (text), use_spoilt, NULL), >, 100);
}

static void
test_missing (void)
{
  static const char *const MEMBERS[] = { "uuid", "name", "provider", "uri" };

  for (guint i = 0; i < G_N_ELEMENTS (MEMBERS); i++)
    {
      g_autoptr (WeirAccount) account = weir_samples_account ("sequin");
      g_autofree char *text = write_account (account);
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", MEMBERS[i]);
      g_autoptr (GString) spoilt = g_string_new (text);
      g_autoptr (GError) error = NULL;

      g_string_replace (spoilt, quoted, "\"gone\"", 1);
      g_assert_null (weir_account_new_from_json (weir_samples_parse (spoilt->str), &error));
      g_assert_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, MEMBERS[i]));
    }
}

static void
test_names (void)
{
  static const char *const GOOD[] = { "a", "Acme EU", "größe", "a-b_c.d", "日本" };
  static const char *const BAD[] = { "",
                                     " a",
                                     "a ",
                                     "a/b",
                                     "-a",
                                     "a\nb",
                                     "\xff",
                                     "\xc2\xa0"
                                     "a" };
  g_autofree char *longest = g_strnfill (100, 'a');
  g_autofree char *longer = g_strnfill (101, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    g_assert_true (weir_account_check_name (GOOD[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (weir_account_check_name (BAD[i], &error));
      g_assert_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID);
    }
  g_assert_true (weir_account_check_name (longest, NULL));
  g_assert_false (weir_account_check_name (longer, NULL));
}

static void
test_uris (void)
{
  static const char *const GOOD[] = { "https://api.getmembrane.com", "http://127.0.0.1:8080",
                                      "HTTPS://a.example/v9", "http://[::1]:1",
                                      "https://a.example:65535/x/y/" };
  static const char *const BAD[] = {
    "",
    "api.example",
    "/x",
    "ftp://a.example",
    "https://",
    "https://u:p@a.example",
    "https://u@a.example",
    "https://a.example?x=1",
    "https://a.example/#x",
    "https://a.example:70000",
    "https://a b",
    "file:///etc/passwd",
  };

  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autoptr (GError) error = NULL;

      weir_account_check_uri (GOOD[i], &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;

      if (weir_account_check_uri (BAD[i], &error))
        g_error ("“%s” is taken", BAD[i]);
      g_assert_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID);
      /* what was forgotten is said */
      if (strstr (BAD[i], "://") == NULL && strpbrk (BAD[i], " \t\n") == NULL)
        g_assert_nonnull (strstr (error->message, "https://"));
    }
}

static void
test_token_variable (void)
{
  static const char *const CASES[][2] = {
    { "acme", "WEIR_TOKEN_ACME" },
    { "Acme EU-1.x", "WEIR_TOKEN_ACME_EU_1_X" },
    { "größe", "WEIR_TOKEN_GR__E" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirAccount) account =
          weir_account_new (NULL, CASES[i][0], "sequin", "https://a.example", WEIR_AUTH_TOKEN, NULL,
                            NULL, NULL, FALSE);
      g_autofree char *variable = weir_account_dup_token_variable (account);

      g_assert_cmpstr (variable, ==, CASES[i][1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-account/new", test_new);
  g_test_add_func ("/weir-account/round-trip", test_round_trip);
  g_test_add_func ("/weir-account/spoilt", test_spoilt);
  g_test_add_func ("/weir-account/missing", test_missing);
  g_test_add_func ("/weir-account/names", test_names);
  g_test_add_func ("/weir-account/uris", test_uris);
  g_test_add_func ("/weir-account/token-variable", test_token_variable);
  return g_test_run ();
}

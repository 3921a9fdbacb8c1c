/* test-weir-registry.c: the providers there are, and how an account finds its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-registry.h"

static WeirAccount *
make_account (const char *provider, WeirAuthKind auth, const char *username, const char *key)
{
  return weir_account_new (NULL, "Test", provider, "http://127.0.0.1:1", auth, username, key, NULL,
                           FALSE);
}

static void
test_list (void)
{
  const WeirProviderInfo *const *list = weir_registry_list ();
  guint n = 0;

  for (; list[n] != NULL; n++)
    {
      g_assert_true (weir_registry_find (list[n]->id) == list[n]);
      g_assert_nonnull (list[n]->name);
      g_assert_true (weir_account_check_uri (list[n]->uri_example, NULL));
    }
  g_assert_cmpuint (n, ==, 3);
  g_assert_null (weir_registry_find ("kafka"));
  g_assert_null (weir_registry_find (NULL));
}

static void
test_create (void)
{
  static const struct
  {
    const char *provider;
    WeirAuthKind auth;
    const char *username;
    const char *key;
    gboolean works;
  } cases[] = {
    { "membrane", WEIR_AUTH_TOKEN, NULL, NULL, TRUE },
    { "membrane", WEIR_AUTH_WORKSPACE_KEY, NULL, "key", TRUE },
    { "membrane", WEIR_AUTH_WORKSPACE_KEY, NULL, NULL, FALSE },
    { "membrane", WEIR_AUTH_PASSWORD, "u", NULL, FALSE },
    { "sequin", WEIR_AUTH_TOKEN, NULL, NULL, TRUE },
    { "sequin", WEIR_AUTH_PASSWORD, "u", NULL, FALSE },
    { "oracle", WEIR_AUTH_PASSWORD, "u", NULL, TRUE },
    { "oracle", WEIR_AUTH_PASSWORD, NULL, NULL, FALSE },
    { "oracle", WEIR_AUTH_TOKEN, NULL, NULL, TRUE },
    { "kafka", WEIR_AUTH_TOKEN, NULL, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WeirAccount) account =
          make_account (cases[i].provider, cases[i].auth, cases[i].username, cases[i].key);
      g_autoptr (GError) error = NULL;
      g_autoptr (WeirProvider) provider = weir_registry_create (account, "secret", &error);

      g_test_message ("%u", i);
      g_assert_true ((provider != NULL) == cases[i].works);
      if (cases[i].works)
        g_assert_true (weir_provider_get_account (provider) == account);
      else
        g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED);
    }
}

static void
test_error (void)
{
  g_autoptr (GError) plain = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "disk");
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "c");
  g_autoptr (GError) large = g_error_new_literal (WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TOO_LARGE, "l");
  g_autoptr (GError) made = weir_provider_error_new_from_local (plain);
  g_autoptr (GError) kept = weir_provider_error_new_from_local (cancelled);
  g_autoptr (GError) refused = weir_provider_error_new_from_local (large);
  g_autoptr (GError) again = weir_provider_error_new_from_local (refused);

  g_assert_error (made, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNREACHABLE);
  g_assert_error (kept, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (refused, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_INVALID_ANSWER);
  g_assert_error (again, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_INVALID_ANSWER);
  g_assert_null (weir_provider_error_get_data (plain));
  g_assert_null (weir_provider_error_get_data (made));
  g_assert_null (weir_provider_error_get_data (NULL));
  g_assert_cmpint (weir_provider_error_get_retry_after (plain), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weir-registry/list", test_list);
  g_test_add_func ("/weir-registry/create", test_create);
  g_test_add_func ("/weir-registry/error", test_error);
  return g_test_run ();
}

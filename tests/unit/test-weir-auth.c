/* test-weir-auth.c: what goes into the Authorization header
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "weir-auth.h"
#include "weir-clock.h"
#include "weir-exchange.h"
#include "weir-jwt.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define NOW (1700000000 * SECOND)

static void
test_bearer (void)
{
  g_autoptr (WeirAuth) auth = weir_auth_new_bearer (" abc\r\ndef\n");
  g_autofree char *header = weir_auth_dup_header (auth);
  g_autofree char *token = weir_auth_dup_token (auth);

  g_assert_cmpstr (header, ==, "Bearer abcdef");
  g_assert_cmpstr (token, ==, "abcdef");
  g_assert_cmpint (weir_auth_get_expiry (auth), ==, 0);
}

static void
test_bearer_expiry (void)
{
  g_autofree char *token = weir_jwt_sign (NULL, "{\"exp\":1700000000}", "s", NULL);
  g_autoptr (WeirAuth) auth = weir_auth_new_bearer (token);

  g_assert_cmpint (weir_auth_get_expiry (auth), ==, NOW);
}

static void
test_basic (void)
{
  g_autoptr (WeirAuth) auth = weir_auth_new_basic ("Aladdin", "open sesame");
  g_autofree char *header = weir_auth_dup_header (auth);

  /* RFC 7617 §2 */
  g_assert_cmpstr (header, ==, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  g_assert_null (weir_auth_dup_token (auth));
  g_assert_cmpint (weir_auth_get_expiry (auth), ==, 0);
}

static void
assert_payload (const char *token, gint64 now, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *payload = weir_jwt_verify (token, "secret", now, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (payload, ==, expected);
}

static void
test_workspace (void)
{
  g_autoptr (WeirAuth) auth = weir_auth_new_workspace ("key", "secret", "tenant", NULL);
  g_autoptr (WeirAuth) whole = weir_auth_new_workspace ("key", "secret", "", "HS512");
  g_autofree char *token = NULL;
  g_autofree char *whole_token = NULL;

  weir_clock_set_fake (NOW);
  token = weir_auth_dup_token (auth);
  assert_payload (token, NOW, "{\"id\":\"tenant\",\"iss\":\"key\",\"exp\":1700003600}");
  whole_token = weir_auth_dup_token (whole);
  assert_payload (whole_token, NOW, "{\"iss\":\"key\",\"isAdmin\":true,\"exp\":1700003600}");
  g_assert_cmpint (weir_auth_get_expiry (auth), ==, 0);
  weir_clock_set_fake (0);
}

static void
test_mints_again (void)
{
  g_autoptr (WeirAuth) auth = weir_auth_new_workspace ("key", "secret", "tenant", NULL);
  g_autofree char *first = NULL;
  g_autofree char *same = NULL;
  g_autofree char *second = NULL;
  g_autofree char *back = NULL;

  weir_clock_set_fake (NOW);
  first = weir_auth_dup_header (auth);

  weir_clock_set_fake (NOW + 3539 * SECOND);
  same = weir_auth_dup_header (auth);
  g_assert_cmpstr (same, ==, first);

  weir_clock_set_fake (NOW + 3540 * SECOND);
  second = weir_auth_dup_header (auth);
  g_assert_cmpstr (second, !=, first);
  assert_payload (second + strlen ("Bearer "), NOW,
                  "{\"id\":\"tenant\",\"iss\":\"key\",\"exp\":1700007140}");

  /* The clock was wrong, and is set right. */
  weir_clock_set_fake (NOW);
  back = weir_auth_dup_header (auth);
  g_assert_cmpstr (back, ==, first);
  weir_clock_set_fake (0);
}

static void
test_wrong_algorithm (void)
{
  g_autoptr (WeirAuth) auth = weir_auth_new_workspace ("key", "secret", NULL, "RS256");

  g_test_expect_message ("weir-http", G_LOG_LEVEL_WARNING, "*HS256*");
  g_assert_null (weir_auth_dup_header (auth));
  g_test_assert_expected_messages ();
}

static void
test_mask (void)
{
  g_autoptr (WeirAuth) basic = weir_auth_new_basic ("Aladdin", "open sesame");
  g_autoptr (WeirAuth) workspace = weir_auth_new_workspace ("key", "the-secret", NULL, NULL);
  g_autofree char *token = weir_auth_dup_token (workspace);
  g_autofree char *text = g_strconcat ("no ", token, " for the-secret", NULL);
  g_autofree char *masked = weir_auth_mask (workspace, text);
  g_autofree char *basic_masked =
      weir_auth_mask (basic, "bad QWxhZGRpbjpvcGVuIHNlc2FtZQ== (open sesame)");

  g_assert_cmpstr (masked, ==, "no " WEIR_MASK " for " WEIR_MASK);
  g_assert_cmpstr (basic_masked, ==, "bad " WEIR_MASK " (" WEIR_MASK ")");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/bearer", test_bearer);
  g_test_add_func ("/auth/bearer-expiry", test_bearer_expiry);
  g_test_add_func ("/auth/basic", test_basic);
  g_test_add_func ("/auth/workspace", test_workspace);
  g_test_add_func ("/auth/mints-again", test_mints_again);
  g_test_add_func ("/auth/wrong-algorithm", test_wrong_algorithm);
  g_test_add_func ("/auth/mask", test_mask);

  return g_test_run ();
}

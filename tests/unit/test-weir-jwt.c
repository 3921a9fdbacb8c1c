/* test-weir-jwt.c: signing and checking tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "weir-jwt.h"

#define SECRET "sécret"
#define PAYLOAD "{\"iss\":\"joe\",\"exp\":2000000000}"
#define BEFORE (G_GINT64_CONSTANT (1999999999) * G_USEC_PER_SEC)
#define AFTER (G_GINT64_CONSTANT (2000000000) * G_USEC_PER_SEC)

/* Made with another implementation. */
static const struct
{
  const char *algorithm;
  const char *token;
} vectors[] = {
  { "HS256",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJqb2UiLCJleHAiOjIwMDAwMDAwMDB9.NiqDheOiPZBHZFEMqO2vcxLYLLyFAKs-jRPvo6NDqs0" },
  { "HS384",
    "eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJqb2UiLCJleHAiOjIwMDAwMDAwMDB9.aa2ADZbjOq4ylzczDrogUyDOVAwrgSZnRvi363mohNZWF5vA9NnlOVVWojoMf4Ro" },
  { "HS512",
    "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJqb2UiLCJleHAiOjIwMDAwMDAwMDB9.6Jz39JyPzx8jFBfi3MXAfM_a_6dHPPooQbMypiTtdU-Deh6fRokPltuM1KbVCg44MFiePDKXUX8A4LfRZgZ3Jw" },
};

/* RFC 7515, appendix A.1 */
static const char rfc_token[] =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
    "cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
static const char rfc_key[] =
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow==";
#define RFC_EXPIRY (G_GINT64_CONSTANT (1300819380) * G_USEC_PER_SEC)

static void
test_rfc (void)
{
  gsize length;
  g_autofree guchar *decoded = g_base64_decode (rfc_key, &length);
  g_autofree char *key = g_strndup ((char *) decoded, length);
  g_autofree char *payload = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (key), ==, 64);
  payload = weir_jwt_verify (rfc_token, key, RFC_EXPIRY - 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (payload, ==,
                   "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n "
                   "\"http://example.com/is_root\":true}");

  g_assert_null (weir_jwt_verify (rfc_token, key, RFC_EXPIRY, &error));
  g_assert_error (error, WEIR_JWT_ERROR, WEIR_JWT_ERROR_EXPIRED);
  g_assert_cmpint (weir_jwt_get_expiry (rfc_token), ==, RFC_EXPIRY);
}

static void
test_algorithms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *token = weir_jwt_sign (vectors[i].algorithm, PAYLOAD, SECRET, &error);
      g_autofree char *payload = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (token, ==, vectors[i].token);
      payload = weir_jwt_verify (token, SECRET, BEFORE, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (payload, ==, PAYLOAD);
    }
}

static void
test_default_algorithm (void)
{
  g_autofree char *token = weir_jwt_sign (NULL, PAYLOAD, SECRET, NULL);

  g_assert_cmpstr (token, ==, vectors[0].token);
}

static void
test_wrong_algorithm (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (weir_jwt_sign ("none", PAYLOAD, SECRET, &error));
  g_assert_error (error, WEIR_JWT_ERROR, WEIR_JWT_ERROR_ALGORITHM);
}

static void
assert_refused (const char *token, gint64 now, WeirJwtError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (weir_jwt_verify (token, SECRET, now, &error));
  g_assert_error (error, WEIR_JWT_ERROR, (gint) code);
}

static void
test_signature (void)
{
  g_autofree char *token = g_strdup (vectors[0].token);
  g_autofree char *longer = g_strconcat (token, "AAAA", NULL);
  g_autofree char *bare = g_strndup (token, (gsize) (strrchr (token, '.') + 1 - token));
  g_autoptr (GError) error = NULL;
  char *payload = strchr (token, '.') + 5;

  g_assert_null (weir_jwt_verify (token, "another", BEFORE, &error));
  g_assert_error (error, WEIR_JWT_ERROR, WEIR_JWT_ERROR_SIGNATURE);
  assert_refused (longer, BEFORE, WEIR_JWT_ERROR_SIGNATURE);
  assert_refused (bare, BEFORE, WEIR_JWT_ERROR_SIGNATURE);

  *payload = *payload == 'A' ? 'B' : 'A';
  assert_refused (token, BEFORE, WEIR_JWT_ERROR_SIGNATURE);
}

static void
test_header (void)
{
  /* {"alg":"none","typ":"JWT"} with and without a signature, {"alg":"RS256"}, {} */
  assert_refused ("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.", BEFORE, WEIR_JWT_ERROR_ALGORITHM);
  assert_refused ("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.AAAA", BEFORE, WEIR_JWT_ERROR_ALGORITHM);
  assert_refused ("eyJhbGciOiJSUzI1NiJ9.e30.AAAA", BEFORE, WEIR_JWT_ERROR_ALGORITHM);
  assert_refused ("e30.e30.AAAA", BEFORE, WEIR_JWT_ERROR_ALGORITHM);
  /* {"alg":"HS256","crit":["exp"]} */
  assert_refused ("eyJhbGciOiJIUzI1NiIsImNyaXQiOlsiZXhwIl19.e30.AAAA", BEFORE,
                  WEIR_JWT_ERROR_MALFORMED);
}

static void
test_malformed (void)
{
  static const char *const tokens[] = { "",
                                        ".",
                                        "..",
                                        "...",
                                        "a.b",
                                        "a.b.c",
                                        "a.b.c.d",
                                        "W10.e30.AAAA",
                                        "e30=.e30.AAAA",
                                        "e3\n0.e30.AAAA",
                                        "eyJhbGciOiJIUzI1NiJ9",
                                        "\xff.\xff.\xff",
                                        "pat-0123456789" };

  assert_refused (NULL, BEFORE, WEIR_JWT_ERROR_MALFORMED);
  g_assert_cmpint (weir_jwt_get_expiry (NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      assert_refused (tokens[i], BEFORE, WEIR_JWT_ERROR_MALFORMED);
      g_assert_cmpint (weir_jwt_get_expiry (tokens[i]), ==, 0);
    }
}

static void
assert_payload_refused (const char *payload, gint64 now, WeirJwtError code)
{
  g_autofree char *token = weir_jwt_sign (NULL, payload, SECRET, NULL);

  assert_refused (token, now, code);
}

static void
assert_payload_taken (const char *payload, gint64 now)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = weir_jwt_sign (NULL, payload, SECRET, NULL);
  g_autofree char *read = weir_jwt_verify (token, SECRET, now, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, payload);
}

static void
test_times (void)
{
  assert_payload_refused (PAYLOAD, AFTER, WEIR_JWT_ERROR_EXPIRED);
  assert_payload_taken ("{\"exp\":2000000000.5}", AFTER);
  assert_payload_refused ("{\"exp\":2000000000.5}", AFTER + 500000, WEIR_JWT_ERROR_EXPIRED);
  assert_payload_refused ("{\"exp\":-1e300}", BEFORE, WEIR_JWT_ERROR_EXPIRED);
  assert_payload_refused ("{\"exp\":0}", BEFORE, WEIR_JWT_ERROR_EXPIRED);
  assert_payload_taken ("{\"exp\":1e300}", AFTER);
  assert_payload_taken ("{\"exp\":null}", AFTER);
  assert_payload_taken ("{}", AFTER);
  assert_payload_refused ("{\"nbf\":2000000000}", BEFORE, WEIR_JWT_ERROR_EXPIRED);
  assert_payload_taken ("{\"nbf\":2000000000}", AFTER);
  assert_payload_refused ("{\"exp\":\"2000000000\"}", BEFORE, WEIR_JWT_ERROR_MALFORMED);
  assert_payload_refused ("{\"nbf\":true}", BEFORE, WEIR_JWT_ERROR_MALFORMED);
  assert_payload_refused ("[]", BEFORE, WEIR_JWT_ERROR_MALFORMED);
  assert_payload_refused ("{\"exp\":", BEFORE, WEIR_JWT_ERROR_MALFORMED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/jwt/rfc", test_rfc);
  g_test_add_func ("/jwt/algorithms", test_algorithms);
  g_test_add_func ("/jwt/default-algorithm", test_default_algorithm);
  g_test_add_func ("/jwt/wrong-algorithm", test_wrong_algorithm);
  g_test_add_func ("/jwt/signature", test_signature);
  g_test_add_func ("/jwt/header", test_header);
  g_test_add_func ("/jwt/malformed", test_malformed);
  g_test_add_func ("/jwt/times", test_times);

  return g_test_run ();
}

/* weir-jwt.c: JSON Web Tokens signed with a shared secret
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-jwt.h"

#include <string.h>

/* The largest digest here is SHA-512's. */
#define MAX_DIGEST 64

G_DEFINE_QUARK (weir_jwt_error, weir_jwt_error)

typedef struct
{
  const char *name;
  GChecksumType checksum;
} Algorithm;

static const Algorithm algorithms[] = {
  { "HS256", G_CHECKSUM_SHA256 },
  { "HS384", G_CHECKSUM_SHA384 },
  { "HS512", G_CHECKSUM_SHA512 },
};

static const Algorithm *
find_algorithm (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (g_strcmp0 (algorithms[i].name, name) == 0)
      return &algorithms[i];

  g_set_error (error, WEIR_JWT_ERROR, WEIR_JWT_ERROR_ALGORITHM,
               "A token is signed with HS256, HS384 or HS512, not “%s”", name ? name : "");
  return NULL;
}

static char *
encode_part (const void *data, gsize length)
{
  g_autofree char *text = g_base64_encode (data, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return g_steal_pointer (&text);
}

/* GLib's decoder skips what it does not know; a token must not be read two ways, so look first. */
static guchar *
decode_part (const char *part, gsize length, gsize *size)
{
  g_autoptr (GString) text = g_string_sized_new (length + 4);

  if (length % 4 == 1)
    return NULL;

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isalnum (part[i]))
        g_string_append_c (text, part[i]);
      else if (part[i] == '-')
        g_string_append_c (text, '+');
      else if (part[i] == '_')
        g_string_append_c (text, '/');
      else
        return NULL;
    }
  while (text->len % 4 != 0)
    g_string_append_c (text, '=');

  return g_base64_decode (text->str, size);
}

static gboolean
decode_object (const char *part, gsize length, char **text, WeirJson *object)
{
  gsize size = 0;
  g_autofree char *decoded = (char *) decode_part (part, length, &size);

  if (decoded == NULL || memchr (decoded, '\0', size) != NULL)
    return FALSE;

  g_clear_pointer (text, g_free);
  *text = g_strndup (decoded, size);
  return weir_json_parse_text (*text, (gssize) size, object, NULL)
         && weir_json_get_type (*object) == WEIR_JSON_OBJECT;
}

static gsize
compute_digest (const Algorithm *algorithm,
                const char *secret,
                const char *text,
                gsize length,
                guchar *digest)
{
  g_autoptr (GHmac) hmac =
      g_hmac_new (algorithm->checksum, (const guchar *) secret, strlen (secret));
  gsize size = MAX_DIGEST;

  g_hmac_update (hmac, (const guchar *) text, (gssize) length);
  g_hmac_get_digest (hmac, digest, &size);
  return size;
}

/* Takes the same time wherever the first difference is. */
static gboolean
equal_in_constant_time (const guchar *a, gsize a_size, const guchar *b, gsize b_size)
{
  guchar difference = 0;

  if (a_size != b_size)
    return FALSE;
  for (gsize i = 0; i < a_size; i++)
    difference |= a[i] ^ b[i];
  return difference == 0;
}

/* A claim is seconds since 1970, possibly with a fraction (RFC 7519 §2, NumericDate). */
static gboolean
read_time (WeirJson payload, const char *claim, gint64 *time, GError **error)
{
  WeirJson value = weir_json_get (payload, claim);
  double seconds;

  *time = 0;
  if (!weir_json_is_set (value))
    return TRUE;

  if (weir_json_get_type (value) != WEIR_JSON_NUMBER || !weir_json_get_double (value, &seconds))
    {
      g_set_error (error, WEIR_JWT_ERROR, WEIR_JWT_ERROR_MALFORMED,
                   "The token's “%s” is not a number", claim);
      return FALSE;
    }

  /* Within what a gint64 of microseconds holds, and never 0, which means "not known". */
  seconds = CLAMP (seconds, 1e-6, 9e12);
  *time = (gint64) (seconds * G_USEC_PER_SEC);
  return TRUE;
}

static gboolean
set_malformed (GError **error, const char *what)
{
  g_set_error (error, WEIR_JWT_ERROR, WEIR_JWT_ERROR_MALFORMED, "The token %s", what);
  return FALSE;
}

static gboolean
check_times (WeirJson payload, gint64 now, GError **error)
{
  gint64 expiry, start;

  if (!read_time (payload, "exp", &expiry, error) || !read_time (payload, "nbf", &start, error))
    return FALSE;

  if (expiry != 0 && now >= expiry)
    {
      g_set_error_literal (error, WEIR_JWT_ERROR, WEIR_JWT_ERROR_EXPIRED, "The token has expired");
      return FALSE;
    }
  if (start != 0 && now < start)
    {
      g_set_error_literal (error, WEIR_JWT_ERROR, WEIR_JWT_ERROR_EXPIRED,
                           "The token is not valid yet");
      return FALSE;
    }
  return TRUE;
}

static const Algorithm *
read_header (const char *token, gsize length, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  WeirJson header;

  if (!decode_object (token, length, &text, &header))
    {
      set_malformed (error, "has no readable header");
      return NULL;
    }
  /* "crit" names extensions that must be understood, and none is (RFC 7515 §4.1.11). */
  if (weir_json_get_type (weir_json_get (header, "crit")) != WEIR_JSON_ABSENT)
    {
      set_malformed (error, "asks for an extension");
      return NULL;
    }

  name = weir_json_dup_string (weir_json_get (header, "alg"));
  return find_algorithm (name, error);
}

static gboolean
split_token (const char *token, const char **payload, const char **signature)
{
  const char *first = token ? strchr (token, '.') : NULL;
  const char *second = first ? strchr (first + 1, '.') : NULL;

  if (second == NULL || strchr (second + 1, '.') != NULL)
    return FALSE;

  *payload = first + 1;
  *signature = second + 1;
  return TRUE;
}

/**
 * weir_jwt_sign:
 * @algorithm: (nullable): "HS256", "HS384" or "HS512"; %NULL means "HS256"
 * @payload_json: the claims, a JSON object as text
 * @secret: the shared secret; its UTF-8 bytes are the key
 * @error: return location for a #GError of %WEIR_JWT_ERROR
 *
 * Makes a signed token in compact form (RFC 7515 §3.1).
 *
 * Returns: (transfer full) (nullable): the token, %NULL on error
 */
char *
weir_jwt_sign (const char *algorithm, const char *payload_json, const char *secret, GError **error)
{
  const Algorithm *chosen;
  g_autofree char *header_json = NULL;
  g_autofree char *header = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *signed_part = NULL;
  g_autofree char *signature = NULL;
  guchar digest[MAX_DIGEST];
  gsize size;

  g_return_val_if_fail (payload_json != NULL, NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  chosen = find_algorithm (algorithm ? algorithm : "HS256", error);
  if (chosen == NULL)
    return NULL;

  header_json = g_strdup_printf ("{\"alg\":\"%s\",\"typ\":\"JWT\"}", chosen->name);
  header = encode_part (header_json, strlen (header_json));
  payload = encode_part (payload_json, strlen (payload_json));
  signed_part = g_strconcat (header, ".", payload, NULL);
  size = compute_digest (chosen, secret, signed_part, strlen (signed_part), digest);
  signature = encode_part (digest, size);

  return g_strconcat (signed_part, ".", signature, NULL);
}

/**
 * weir_jwt_verify:
 * @token: a token as a stranger sent it
 * @secret: the shared secret
 * @now: the time to check "exp" and "nbf" against, µs
 * @error: return location for a #GError of %WEIR_JWT_ERROR
 *
 * Checks form, algorithm, signature and times, in this order. "none" and every asymmetric
 * algorithm are refused.
 *
 * Returns: (transfer full) (nullable): the payload's JSON text, an object; %NULL on error
 */
char *
weir_jwt_verify (const char *token, const char *secret, gint64 now, GError **error)
{
  const char *payload_part, *signature_part;
  const Algorithm *algorithm;
  g_autofree guchar *signature = NULL;
  g_autofree char *text = NULL;
  WeirJson payload;
  guchar digest[MAX_DIGEST];
  gsize size, signature_size = 0;

  g_return_val_if_fail (secret != NULL, NULL);

  if (!split_token (token, &payload_part, &signature_part))
    {
      set_malformed (error, "does not have three parts");
      return NULL;
    }

  algorithm = read_header (token, (gsize) (payload_part - 1 - token), error);
  if (algorithm == NULL)
    return NULL;

  signature = decode_part (signature_part, strlen (signature_part), &signature_size);
  size = compute_digest (algorithm, secret, token, (gsize) (signature_part - 1 - token), digest);
  if (signature == NULL || !equal_in_constant_time (digest, size, signature, signature_size))
    {
      g_set_error_literal (error, WEIR_JWT_ERROR, WEIR_JWT_ERROR_SIGNATURE,
                           "The token's signature does not match");
      return NULL;
    }

  if (!decode_object (payload_part, (gsize) (signature_part - 1 - payload_part), &text, &payload))
    {
      set_malformed (error, "has no readable payload");
      return NULL;
    }
  if (!check_times (payload, now, error))
    return NULL;

  return g_steal_pointer (&text);
}

/**
 * weir_jwt_get_expiry:
 * @token: (nullable): any text
 *
 * Looks at "exp" without checking the signature, only to tell a person when a token ends.
 *
 * Returns: the time in µs; 0 if @token is no JWT or has no end
 */
gint64
weir_jwt_get_expiry (const char *token)
{
  const char *payload_part, *signature_part;
  g_autofree char *text = NULL;
  WeirJson payload;
  gint64 expiry;

  if (!split_token (token, &payload_part, &signature_part))
    return 0;
  if (!decode_object (payload_part, (gsize) (signature_part - 1 - payload_part), &text, &payload))
    return 0;
  if (!read_time (payload, "exp", &expiry, NULL))
    return 0;
  return expiry;
}

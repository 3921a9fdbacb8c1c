/* weir-auth.c: what goes into the Authorization header
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-auth.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-exchange.h"
#include "weir-json-writer.h"
#include "weir-jwt.h"

#define MINTED_LIFETIME (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define MINTED_MARGIN (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

struct _WeirAuth
{
  GObject parent_instance;

  /* Bearer, or the minted token of a workspace */
  char *token;
  gint64 expiry;

  /* Basic */
  char *credentials; /* base64 */
  char *password;

  /* workspace */
  char *key;
  char *secret;
  char *tenant;
  char *algorithm;
};

G_DEFINE_FINAL_TYPE (WeirAuth, weir_auth, G_TYPE_OBJECT)

/* A token pasted from a page may carry blanks and line ends; a header may not. */
static char *
clean_token (const char *token)
{
  GString *clean = g_string_new (NULL);

  for (const char *p = token; *p != '\0'; p++)
    if (!g_ascii_isspace (*p) && !g_ascii_iscntrl (*p))
      g_string_append_c (clean, *p);
  return g_string_free (clean, FALSE);
}

static void
forget (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

static void
mint (WeirAuth *self)
{
  gint64 now = weir_clock_now ();
  gint64 remaining = self->expiry - now;
  g_autoptr (GError) error = NULL;
  g_autofree char *payload = NULL;
  WeirJsonWriter *writer;

  /* A clock set back must not leave a token in use that begins in the future. */
  if (self->token != NULL && remaining > MINTED_MARGIN && remaining <= MINTED_LIFETIME)
    return;

  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  if (self->tenant != NULL)
    weir_json_writer_add_string (writer, "id", self->tenant);
  weir_json_writer_add_string (writer, "iss", self->key);
  if (self->tenant == NULL)
    weir_json_writer_add_boolean (writer, "isAdmin", TRUE);
  weir_json_writer_add_int (writer, "exp", (now + MINTED_LIFETIME) / G_USEC_PER_SEC);
  weir_json_writer_end_object (writer);
  payload = weir_json_writer_end (writer);

  forget (&self->token);
  self->token = weir_jwt_sign (self->algorithm, payload, self->secret, &error);
  self->expiry = now + MINTED_LIFETIME;
  if (error != NULL)
    g_warning ("No token could be made: %s", error->message);
}

static void
weir_auth_finalize (GObject *object)
{
  WeirAuth *self = WEIR_AUTH (object);

  forget (&self->token);
  forget (&self->credentials);
  forget (&self->password);
  forget (&self->secret);
  g_free (self->key);
  g_free (self->tenant);
  g_free (self->algorithm);

  G_OBJECT_CLASS (weir_auth_parent_class)->finalize (object);
}

static void
weir_auth_class_init (WeirAuthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_auth_finalize;
}

static void
weir_auth_init (WeirAuth *self)
{
}

/**
 * weir_auth_new_bearer:
 * @token: an access token; blanks and line ends in it are left out
 *
 * Returns: (transfer full): an auth that sends `Bearer` and @token
 */
WeirAuth *
weir_auth_new_bearer (const char *token)
{
  WeirAuth *self;

  g_return_val_if_fail (token != NULL, NULL);

  self = g_object_new (WEIR_TYPE_AUTH, NULL);
  self->token = clean_token (token);
  self->expiry = weir_jwt_get_expiry (self->token);
  return self;
}

/**
 * weir_auth_new_basic:
 * @username: a user's name, without a colon
 * @password: the password, any UTF-8
 *
 * Returns: (transfer full): an auth that sends `Basic` and the two (RFC 7617)
 */
WeirAuth *
weir_auth_new_basic (const char *username, const char *password)
{
  WeirAuth *self;
  g_autofree char *pair = NULL;

  g_return_val_if_fail (username != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  pair = g_strconcat (username, ":", password, NULL);
  self = g_object_new (WEIR_TYPE_AUTH, NULL);
  self->credentials = g_base64_encode ((const guchar *) pair, strlen (pair));
  self->password = g_strdup (password);
  forget (&pair);
  return self;
}

/**
 * weir_auth_new_workspace:
 * @key: the workspace's key
 * @secret: its secret; its UTF-8 bytes sign the tokens
 * @tenant: (nullable): whom the tokens are for; %NULL or "" makes tokens of the whole workspace
 * @algorithm: (nullable): "HS256" (also %NULL), "HS384" or "HS512"
 *
 * Tokens last an hour and are minted again 60 s before their end (api/membrane.md §1). A wrong
 * @algorithm gives no token at all.
 *
 * Returns: (transfer full): an auth that sends `Bearer` and a token minted when it is needed
 */
WeirAuth *
weir_auth_new_workspace (const char *key,
                         const char *secret,
                         const char *tenant,
                         const char *algorithm)
{
  WeirAuth *self;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  self = g_object_new (WEIR_TYPE_AUTH, NULL);
  self->key = g_strdup (key);
  self->secret = g_strdup (secret);
  self->tenant = tenant && *tenant ? g_strdup (tenant) : NULL;
  self->algorithm = g_strdup (algorithm);
  return self;
}

/**
 * weir_auth_dup_header:
 * @self: an auth
 *
 * Returns: (transfer full) (nullable): the Authorization header's value; %NULL if no token could
 *   be made
 */
char *
weir_auth_dup_header (WeirAuth *self)
{
  g_autofree char *token = NULL;

  g_return_val_if_fail (WEIR_IS_AUTH (self), NULL);

  if (self->credentials != NULL)
    return g_strconcat ("Basic ", self->credentials, NULL);

  token = weir_auth_dup_token (self);
  return token ? g_strconcat ("Bearer ", token, NULL) : NULL;
}

/**
 * weir_auth_dup_token:
 * @self: an auth
 *
 * For event streams, which take the token in the query.
 *
 * Returns: (transfer full) (nullable): the bearer token; %NULL for Basic
 */
char *
weir_auth_dup_token (WeirAuth *self)
{
  g_return_val_if_fail (WEIR_IS_AUTH (self), NULL);

  if (self->secret != NULL)
    mint (self);
  return g_strdup (self->token);
}

/**
 * weir_auth_get_expiry:
 * @self: an auth
 *
 * Returns: when the token ends, µs; 0 if it does not, or nobody can know, or Weir mints it
 */
gint64
weir_auth_get_expiry (WeirAuth *self)
{
  g_return_val_if_fail (WEIR_IS_AUTH (self), 0);

  return self->secret != NULL ? 0 : self->expiry;
}

/**
 * weir_auth_mask:
 * @self: an auth
 * @text: text of a stranger
 *
 * Returns: (transfer full): @text with every secret of @self that it echoes masked
 */
char *
weir_auth_mask (WeirAuth *self, const char *text)
{
  const char *secrets[] = { self->token, self->credentials, self->password, self->secret };
  char *masked = g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      char *previous = masked;

      masked = weir_mask_text (previous, secrets[i]);
      g_free (previous);
    }
  return masked;
}

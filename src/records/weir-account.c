/* weir-account.c: one account at a provider, without its secret
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-account.h"

#include <glib/gi18n-lib.h>

#include "weir-fields.h"
#include "weir-record.h"

#define NAME_MAX_CHARS 100

static const char *const AUTH_WORDS[] = {
  [WEIR_AUTH_TOKEN] = "token",
  [WEIR_AUTH_WORKSPACE_KEY] = "workspace-key",
  [WEIR_AUTH_PASSWORD] = "password",
};

G_DEFINE_FINAL_TYPE (WeirAccount, weir_account, G_TYPE_OBJECT)

static char *
dup_without_trailing_slashes (const char *uri)
{
  gsize length = strlen (uri);

  while (length > 0 && uri[length - 1] == '/')
    length--;
  return g_strndup (uri, length);
}

static WeirAuthKind
auth_from_word (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (AUTH_WORDS); i++)
    if (g_strcmp0 (word, AUTH_WORDS[i]) == 0)
      return i;
  return WEIR_AUTH_TOKEN;
}

static gboolean
require (const char *value, const char *member, GError **error)
{
  if (value != NULL)
    return TRUE;
  /* Translators: %s is a member of the accounts file, such as "uri" */
  g_set_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID, _ ("The account has no “%s”"),
               member);
  return FALSE;
}

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID, reason);
  return FALSE;
}

static void
weir_account_finalize (GObject *object)
{
  WeirAccount *self = WEIR_ACCOUNT (object);

  g_free (self->uuid);
  g_free (self->name);
  g_free (self->provider);
  g_free (self->uri);
  g_free (self->username);
  g_free (self->workspace_key);
  g_free (self->tenant);
  g_free (self->authorities);

  G_OBJECT_CLASS (weir_account_parent_class)->finalize (object);
}

static void
weir_account_class_init (WeirAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_account_finalize;
}

static void
weir_account_init (WeirAccount *self)
{
}

/**
 * weir_account_new:
 * @uuid: (nullable): the account's lasting identity; %NULL makes a new one
 * @name: what the user calls it
 * @provider: "membrane", "sequin" or "oracle"
 * @uri: where its API is; slashes at the end are dropped
 * @auth: how requests are authorised
 * @username: (nullable): for %WEIR_AUTH_PASSWORD
 * @workspace_key: (nullable): for %WEIR_AUTH_WORKSPACE_KEY
 * @tenant: (nullable): the tenant key, with a workspace key
 * @read_only: whether Weir must change nothing there
 *
 * Checks nothing: what a person entered goes through weir_account_check_name() and
 * weir_account_check_uri() first.
 *
 * Returns: (transfer full): an account
 */
WeirAccount *
weir_account_new (const char *uuid,
                  const char *name,
                  const char *provider,
                  const char *uri,
                  WeirAuthKind auth,
                  const char *username,
                  const char *workspace_key,
                  const char *tenant,
                  gboolean read_only)
{
  WeirAccount *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (provider != NULL, NULL);
  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail ((guint) auth < G_N_ELEMENTS (AUTH_WORDS), NULL);

  self = g_object_new (WEIR_TYPE_ACCOUNT, NULL);
  self->uuid = uuid != NULL ? g_strdup (uuid) : g_uuid_string_random ();
  self->name = g_strdup (name);
  self->provider = g_strdup (provider);
  self->uri = dup_without_trailing_slashes (uri);
  self->auth = auth;
  self->username = g_strdup (username);
  self->workspace_key = g_strdup (workspace_key);
  self->tenant = g_strdup (tenant);
  self->read_only = read_only != FALSE;
  return self;
}

/**
 * weir_account_copy:
 * @self: an account
 *
 * Returns: (transfer full): the same, to be changed in one thing or another before anybody knows it
 */
WeirAccount *
weir_account_copy (WeirAccount *self)
{
  WeirAccount *copy;

  g_return_val_if_fail (WEIR_IS_ACCOUNT (self), NULL);

  copy = weir_account_new (self->uuid, self->name, self->provider, self->uri, self->auth,
                           self->username, self->workspace_key, self->tenant, self->read_only);
  copy->authorities = g_strdup (self->authorities);
  copy->ephemeral = self->ephemeral;

  return copy;
}

/**
 * weir_account_new_from_json:
 * @object: what weir_account_write() wrote
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the account; %NULL with @error set if something needed is
 *   missing or wrong, as the accounts file can be edited by hand
 */
WeirAccount *
weir_account_new_from_json (WeirJson object, GError **error)
{
  static const WeirField FIELDS[] = {
    { "uuid", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirAccount, uuid) },
    { "name", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirAccount, name) },
    { "provider", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirAccount, provider) },
    { "uri", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirAccount, uri) },
    { "username", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirAccount, username) },
    { "workspace_key", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirAccount, workspace_key) },
    { "tenant", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirAccount, tenant) },
    { "authorities", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirAccount, authorities) },
    { "read_only", WEIR_FIELD_BOOLEAN, G_STRUCT_OFFSET (WeirAccount, read_only) },
  };
  g_autoptr (WeirAccount) self = g_object_new (WEIR_TYPE_ACCOUNT, NULL);
  g_autofree char *auth = NULL;
  g_autofree char *uri = NULL;

  if (weir_json_get_type (object) != WEIR_JSON_OBJECT)
    {
      refuse (error, _ ("The account is not a JSON object"));
      return NULL;
    }
  weir_fields_read (object, FIELDS, G_N_ELEMENTS (FIELDS), self, NULL);
  if (!require (self->uuid, "uuid", error) || !require (self->name, "name", error)
      || !require (self->provider, "provider", error) || !require (self->uri, "uri", error)
      || !weir_account_check_name (self->name, error) || !weir_account_check_uri (self->uri, error))
    return NULL;

  uri = g_steal_pointer (&self->uri);
  self->uri = dup_without_trailing_slashes (uri);
  auth = weir_json_dup_string (weir_json_get (object, "auth"));
  self->auth = auth_from_word (auth);
  return g_steal_pointer (&self);
}

/**
 * weir_account_write:
 * @self: an account
 * @writer: where an object is open
 *
 * Writes the members of the account, as in the accounts file: no secret is among them. The caller
 * opens and closes the object and may add to it.
 */
void
weir_account_write (WeirAccount *self, WeirJsonWriter *writer)
{
  g_return_if_fail (WEIR_IS_ACCOUNT (self));
  g_return_if_fail (writer != NULL);

  weir_json_writer_add_string (writer, "uuid", self->uuid);
  weir_json_writer_add_string (writer, "name", self->name);
  weir_json_writer_add_string (writer, "provider", self->provider);
  weir_json_writer_add_string (writer, "uri", self->uri);
  weir_json_writer_add_string (writer, "auth", AUTH_WORDS[self->auth]);
  weir_json_writer_add_string (writer, "username", self->username);
  weir_json_writer_add_string (writer, "workspace_key", self->workspace_key);
  weir_json_writer_add_string (writer, "tenant", self->tenant);
  /* few have them, and they are long */
  if (self->authorities != NULL)
    weir_json_writer_add_string (writer, "authorities", self->authorities);
  weir_json_writer_add_boolean (writer, "read_only", self->read_only);
}

/**
 * weir_account_set_authorities:
 * @self: an account that was just made
 * @pem: (nullable): certificates of authorities, which are no secret
 */
void
weir_account_set_authorities (WeirAccount *self, const char *pem)
{
  g_return_if_fail (WEIR_IS_ACCOUNT (self));

  g_free (self->authorities);
  self->authorities = g_strdup (pem);
}

/**
 * weir_account_check_name:
 * @name: what a person entered
 * @error: return location for a %WEIR_RECORD_ERROR with a sentence for that person
 *
 * A name stands before the slash in `ACCOUNT/ID` and as a word on a command line.
 *
 * Returns: whether an account can have the name
 */
gboolean
weir_account_check_name (const char *name, GError **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0')
    return refuse (error, _ ("An account needs a name"));
  if (!g_utf8_validate (name, -1, NULL))
    return refuse (error, _ ("The account name is not valid text"));
  if (g_utf8_strlen (name, -1) > NAME_MAX_CHARS)
    return refuse (error, _ ("The account name is too long"));
  if (*name == '-')
    return refuse (error, _ ("An account name cannot begin with “-”"));
  if (strchr (name, '/') != NULL)
    return refuse (error, _ ("An account name cannot contain “/”"));
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return refuse (error, _ ("An account name cannot contain control characters"));
  if (g_unichar_isspace (g_utf8_get_char (name))
      || g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (name + strlen (name)))))
    return refuse (error, _ ("An account name cannot begin or end with a space"));
  return TRUE;
}

/**
 * weir_account_check_uri:
 * @uri: what a person entered
 * @error: return location for a %WEIR_RECORD_ERROR with a sentence for that person
 *
 * A path prefix is allowed (`api/membrane.md §1`); user information is not, since the address is
 * stored and shown.
 *
 * Returns: whether an API can be there
 */
gboolean
weir_account_check_uri (const char *uri, GError **error)
{
  g_autoptr (GUri) parsed = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  /* g_uri_parse() takes "https://a b". */
  for (const char *p = uri; *p != '\0'; p++)
    if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p))
      return refuse (error, _ ("The address must not contain blanks"));
  parsed = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (parsed == NULL && strstr (uri, "://") != NULL)
    return refuse (error, _ ("This is not a web address"));
  if (parsed == NULL
      || (!g_str_equal (g_uri_get_scheme (parsed), "https")
          && !g_str_equal (g_uri_get_scheme (parsed), "http")))
    return refuse (error, _ ("The address must begin with https:// or http://"));
  if (g_uri_get_host (parsed) == NULL || *g_uri_get_host (parsed) == '\0')
    return refuse (error, _ ("The address names no host"));
  if (g_uri_get_userinfo (parsed) != NULL)
    return refuse (error, _ ("The address must not contain a user name or password"));
  if (g_uri_get_query (parsed) != NULL || g_uri_get_fragment (parsed) != NULL)
    return refuse (error, _ ("The address must not contain “?” or “#”"));
  return TRUE;
}

/**
 * weir_account_dup_token_variable:
 * @self: an account
 *
 * Returns: (transfer full): the environment variable that wins over the stored secret:
 *   `WEIR_TOKEN_` and the name in upper case, every character but A to Z and 0 to 9 as `_`
 */
char *
weir_account_dup_token_variable (WeirAccount *self)
{
  GString *variable;

  g_return_val_if_fail (WEIR_IS_ACCOUNT (self), NULL);

  variable = g_string_new ("WEIR_TOKEN_");
  for (const char *p = self->name; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_c (variable, g_ascii_isalnum (*p) ? g_ascii_toupper (*p) : '_');
  return g_string_free (variable, FALSE);
}

/* weir-mask.c: keeps secrets out of what is remembered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-exchange.h"

#include <string.h>

/* A shorter one would blacken innocent words all over a text. */
#define SHORTEST_SECRET 4

static gboolean
contains_any (const char *lower, const char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (lower, *words) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_secret_header (const char *name)
{
  static const char *const words[] = { "token",    "secret",     "key",       "auth", "cookie",
                                       "password", "credential", "signature", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  /* A challenge says why, and how to do better. */
  return !g_str_has_suffix (lower, "-authenticate") && contains_any (lower, words);
}

/* Narrower than for headers: integrationKey and connectionKey name things and are no secrets. */
static gboolean
is_secret_parameter (const char *name, gsize length)
{
  static const char *const words[] = { "token",      "secret",    "passw",
                                       "credential", "signature", "authorization",
                                       "api_key",    "api-key",   "apikey",
                                       NULL };
  static const char *const names[] = { "key", "pwd", "sig", "auth", NULL };
  static const char *const ends[] = { "_key", "-key", ".key", NULL };
  g_autofree char *decoded = g_uri_unescape_segment (name, name + length, NULL);
  g_autofree char *lower = NULL;

  /* A name that cannot be read may hide anything. */
  if (decoded == NULL)
    return TRUE;

  lower = g_ascii_strdown (decoded, -1);
  if (g_strv_contains (names, lower) || contains_any (lower, words))
    return TRUE;
  for (guint i = 0; ends[i] != NULL; i++)
    if (g_str_has_suffix (lower, ends[i]))
      return TRUE;
  return FALSE;
}

static void
add_secret (GPtrArray *found, const char *text, gsize length)
{
  char *decoded = g_uri_unescape_segment (text, text + length, NULL);

  g_ptr_array_add (found, g_strndup (text, length));
  if (decoded != NULL)
    g_ptr_array_add (found, decoded);
}

/* One walk for both, so that what is masked is what is found. Works on any text: an address that
 * does not parse is just what ends up in an error. */
static void
walk_uri (const char *uri, GString *masked, GPtrArray *found)
{
  const char *scheme_end = strstr (uri, "://");
  const char *p = uri;

  if (scheme_end != NULL)
    {
      const char *authority = scheme_end + strlen ("://");
      gsize length = strcspn (authority, "/?#");
      const char *at = memrchr (authority, '@', length);

      if (at != NULL)
        {
          const char *colon = memchr (authority, ':', (gsize) (at - authority));
          const char *secret = colon ? colon + 1 : authority;

          g_string_append_len (masked, uri, authority - uri);
          g_string_append (masked, WEIR_MASK);
          add_secret (found, secret, (gsize) (at - secret));
          p = at;
        }
    }

  while (*p != '\0')
    {
      gsize length = strcspn (p, "?#&;");

      g_string_append_len (masked, p, (gssize) length);
      p += length;
      if (*p == '\0')
        break;

      g_string_append_c (masked, *p++);
      length = strcspn (p, "?#&;=");
      if (p[length] == '=' && is_secret_parameter (p, length))
        {
          const char *value = p + length + 1;
          gsize value_length = strcspn (value, "#&;");

          g_string_append_len (masked, p, value - p);
          g_string_append (masked, value_length > 0 ? WEIR_MASK : "");
          add_secret (found, value, value_length);
          p = value + value_length;
        }
    }
}

/**
 * weir_mask_uri:
 * @uri: an address, or any text
 *
 * Returns: (transfer full): @uri with the user's part and the values of secret parameters masked
 */
char *
weir_mask_uri (const char *uri)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  GString *masked = g_string_new (NULL);

  g_return_val_if_fail (uri != NULL, NULL);

  walk_uri (uri, masked, found);
  return g_string_free (masked, FALSE);
}

/**
 * weir_mask_find_in_uri:
 * @uri: an address, or any text
 *
 * Returns: (transfer full) (element-type utf8): what weir_mask_uri() masks in @uri, as written
 *   and percent-decoded
 */
GPtrArray *
weir_mask_find_in_uri (const char *uri)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) masked = g_string_new (NULL);

  walk_uri (uri, masked, found);
  return found;
}

/**
 * weir_mask_header:
 * @name: a header's name
 * @value: its value
 *
 * Returns: (transfer full): @value, masked if the name says that it is a secret (the scheme of an
 *   Authorization stays) and with secret parameters masked if it is an address
 */
char *
weir_mask_header (const char *name, const char *value)
{
  static const char *const schemes[] = { "Bearer ", "Basic ", "Digest ", "Negotiate ", "Token " };

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (!is_secret_header (name))
    return weir_mask_uri (value);

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (value, schemes[i], strlen (schemes[i])) == 0)
      return g_strconcat (schemes[i], WEIR_MASK, NULL);
  return g_strdup (WEIR_MASK);
}

/**
 * weir_mask_text:
 * @text: (nullable): text of a stranger
 * @secret: (nullable): a secret that may be echoed in it
 *
 * Returns: (transfer full) (nullable): @text with each @secret masked; one of less than four
 *   characters is not looked for
 */
char *
weir_mask_text (const char *text, const char *secret)
{
  GString *masked;

  if (text == NULL)
    return NULL;

  masked = g_string_new (text);
  if (secret != NULL && strlen (secret) >= SHORTEST_SECRET)
    g_string_replace (masked, secret, WEIR_MASK, 0);
  return g_string_free (masked, FALSE);
}

/* The end of the string that begins at @p, behind its quotation mark. */
static const char *
skip_string (const char *p)
{
  for (p++; *p != '\0' && *p != '"'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
  return *p != '\0' ? p + 1 : p;
}

/* The same of an object or array. */
static const char *
skip_nested (const char *p)
{
  guint depth = 0;

  while (*p != '\0')
    {
      if (*p == '"')
        {
          p = skip_string (p);
          continue;
        }
      if (*p == '{' || *p == '[')
        depth++;
      else if (*p == '}' || *p == ']')
        depth--;
      p++;
      if (depth == 0)
        break;
    }
  return p;
}

static const char *
skip_blanks (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;
  return p;
}

/* Of members "key" names a thing (integrationKey, an error's key), …At is a time, and …Id a name. */
static gboolean
is_secret_member (const char *name, gsize length)
{
  static const char *const words[] = { "token",     "secret",        "passw",   "credential",
                                       "signature", "authorization", "api_key", "api-key",
                                       "apikey",    "privatekey",    "cookie",  NULL };
  g_autofree char *lower = g_ascii_strdown (name, (gssize) length);

  return !g_str_has_suffix (lower, "at") && !g_str_has_suffix (lower, "id")
         && contains_any (lower, words);
}

/**
 * weir_mask_json:
 * @text: JSON, or any text
 *
 * Returns: (transfer full): @text with the texts, objects and arrays masked whose names say that they are secrets, and
 *   with addresses masked as by weir_mask_uri()
 */
char *
weir_mask_json (const char *text)
{
  GString *masked = g_string_new (NULL);
  const char *p = text;

  g_return_val_if_fail (text != NULL, NULL);

  while (*p != '\0')
    {
      const char *end, *value;
      g_autofree char *string = NULL;
      g_autofree char *masked_string = NULL;

      if (*p != '"')
        {
          g_string_append_c (masked, *p++);
          continue;
        }

      end = skip_string (p);
      string = g_strndup (p, (gsize) (end - p));
      value = skip_blanks (end);
      if (*value == ':' && is_secret_member (p, (gsize) (end - p) - (end[-1] == '"')))
        {
          value = skip_blanks (value + 1);
          g_string_append_len (masked, p, value - p);
          p = value;
          if (*p == '"' || *p == '{' || *p == '[')
            {
              g_string_append (masked, "\"" WEIR_MASK "\"");
              p = *p == '"' ? skip_string (p) : skip_nested (p);
            }
          continue;
        }
      /* a quotation mark ends no address, so that the last parameter would take it along */
      if (strstr (string, "://") != NULL && end[-1] == '"')
        {
          string[end - p - 1] = '\0';
          masked_string = weir_mask_uri (string);
          g_string_append_printf (masked, "%s\"", masked_string);
        }
      else
        {
          g_string_append (masked, string);
        }
      p = end;
    }
  return g_string_free (masked, FALSE);
}

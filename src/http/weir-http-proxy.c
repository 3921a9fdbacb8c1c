/* weir-http-proxy.c: which way requests leave
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-http-proxy.h"

#include <glib/gi18n-lib.h>

#include "weir-http-client.h"

/* What is on this machine is reached without help, the built-in hub above all. */
static const char *const LOOPBACK[] = { "localhost", "127.0.0.0/8", "::1", NULL };
static const char *const SCHEMES[] = {
  "http", "https", "socks5", "socks4", "socks4a", "socks", NULL
};

static char *proxy; /* (nullable) */
G_LOCK_DEFINE_STATIC (proxy);

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_ADDRESS, why);
  return FALSE;
}

/**
 * weir_http_proxy_check:
 * @address: what a person entered
 * @error: return location for a %WEIR_HTTP_ERROR_ADDRESS with a sentence for that person
 *
 * The address is kept in a file, so it must hold no password.
 *
 * Returns: whether it can be a proxy's
 */
gboolean
weir_http_proxy_check (const char *address, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  for (const char *p = address; *p != '\0'; p++)
    if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p))
      return refuse (error, _ ("The address must not contain blanks"));
  uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || !g_strv_contains (SCHEMES, g_uri_get_scheme (uri)))
    return refuse (error, _ ("The proxy’s address must begin with http://, https:// or socks5://"));
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return refuse (error, _ ("The address names no host"));
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error,
                   _ ("The address must not contain a user name or password: it is kept in a "
                      "file. A proxy that asks for them works through the system’s settings"));

  return TRUE;
}

/**
 * weir_http_proxy_set:
 * @address: (nullable): %NULL for what the system says, "" for none, else an address that passed
 *   weir_http_proxy_check()
 *
 * Sessions that there are keep what they were given.
 *
 * Returns: whether it was another one before
 */
gboolean
weir_http_proxy_set (const char *address)
{
  gboolean changed;

  G_LOCK (proxy);
  changed = g_strcmp0 (proxy, address) != 0;
  if (changed)
    {
      g_free (proxy);
      proxy = g_strdup (address);
    }
  G_UNLOCK (proxy);

  return changed;
}

/**
 * weir_http_proxy_give:
 * @session: has made no connection yet
 */
void
weir_http_proxy_give (SoupSession *session)
{
  g_autofree char *address = NULL;
  g_autoptr (GProxyResolver) resolver = NULL;

  g_return_if_fail (SOUP_IS_SESSION (session));

  G_LOCK (proxy);
  address = g_strdup (proxy);
  G_UNLOCK (proxy);

  /* libsoup asks the system unless it is told otherwise */
  if (address == NULL)
    return;
  if (*address != '\0')
    resolver = g_simple_proxy_resolver_new (address, (char **) LOOPBACK);
  soup_session_set_proxy_resolver (session, resolver);
}

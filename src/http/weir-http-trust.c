/* weir-http-trust.c: certificate authorities besides the system's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-http-trust.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-http-client.h"

#define BEGIN "-----BEGIN CERTIFICATE-----"
#define END "-----END CERTIFICATE-----"

#define AUTHORITIES "weir-authorities" /* of a session: GPtrArray of GTlsCertificate */
#define REFUSAL "weir-refusal"         /* of a message: GTlsCertificateFlags */

static const struct
{
  GTlsCertificateFlags flag;
  const char *sentence; /* marked */
} refusals[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA,
    N_ ("the server’s certificate is signed by an unknown authority") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, N_ ("the server’s certificate is for another host") },
  { G_TLS_CERTIFICATE_EXPIRED, N_ ("the server’s certificate has expired") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_ ("the server’s certificate is not valid yet") },
  { G_TLS_CERTIFICATE_REVOKED, N_ ("the server’s certificate was revoked") },
  { G_TLS_CERTIFICATE_INSECURE, N_ ("the server’s certificate is not secure") },
};

/* Whole and on its own: whatever the system found wrong, name, dates and signatures are looked at again. */
static gboolean
is_vouched_for (GPtrArray *authorities, SoupMessage *message, GTlsCertificate *certificate)
{
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GSocketConnectable) identity =
      g_network_address_new (g_uri_get_host (uri), (guint16) MAX (g_uri_get_port (uri), 0));

  for (guint i = 0; authorities != NULL && i < authorities->len; i++)
    if (g_tls_certificate_verify (certificate, identity, authorities->pdata[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
accept_cb (SoupMessage *message,
           GTlsCertificate *certificate,
           GTlsCertificateFlags errors,
           SoupSession *session)
{
  if (is_vouched_for (g_object_get_data (G_OBJECT (session), AUTHORITIES), message, certificate))
    return TRUE;

  g_object_set_data (G_OBJECT (message), REFUSAL, GUINT_TO_POINTER (errors));
  return FALSE;
}

/**
 * weir_http_trust_read:
 * @pem: text with one certificate or more
 * @error: return location for a %WEIR_HTTP_ERROR_UNTRUSTED
 *
 * Returns: (transfer full) (nullable) (element-type GTlsCertificate): the certificates, at least one
 */
GPtrArray *
weir_http_trust_read (const char *pem, GError **error)
{
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (g_object_unref);
  const char *end;

  g_return_val_if_fail (pem != NULL, NULL);

  for (const char *begin = strstr (pem, BEGIN); begin != NULL; begin = strstr (end, BEGIN))
    {
      g_autofree char *text = NULL;
      g_autoptr (GError) local_error = NULL;
      GTlsCertificate *certificate = NULL;

      end = strstr (begin, END);
      if (end != NULL)
        {
          end += strlen (END);
          text = g_strndup (begin, (gsize) (end - begin));
          certificate = g_tls_certificate_new_from_pem (text, -1, &local_error);
        }
      if (certificate == NULL)
        {
          g_set_error (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNTRUSTED,
                       _ ("The certificate cannot be read: %s"),
                       local_error != NULL ? local_error->message : _ ("it ends too early"));
          return NULL;
        }
      g_ptr_array_add (certificates, certificate);
    }
  if (certificates->len == 0)
    {
      g_set_error (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNTRUSTED,
                   _ ("There is no certificate in it (PEM, which begins with “%s”)"), BEGIN);
      return NULL;
    }
  return g_steal_pointer (&certificates);
}

/**
 * weir_http_trust_give:
 * @session: a session
 * @authorities: (nullable) (element-type GTlsCertificate): whose signatures count as the system's do
 */
void
weir_http_trust_give (SoupSession *session, GPtrArray *authorities)
{
  g_return_if_fail (SOUP_IS_SESSION (session));

  g_object_set_data_full (G_OBJECT (session), AUTHORITIES,
                          authorities != NULL ? g_ptr_array_ref (authorities) : NULL,
                          (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_http_trust_watch:
 * @session: the session that is to send @message
 * @message: a message
 *
 * A certificate that the system does not take is looked at for @message.
 */
void
weir_http_trust_watch (SoupSession *session, SoupMessage *message)
{
  g_signal_connect_object (message, "accept-certificate", G_CALLBACK (accept_cb), session, 0);
}

/**
 * weir_http_trust_dup_refusal:
 * @message: a message that failed
 *
 * Returns: (transfer full) (nullable): what was wrong with the server's certificate, if it was that
 */
char *
weir_http_trust_dup_refusal (SoupMessage *message)
{
  guint errors = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (message), REFUSAL));

  if (errors == 0)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (errors & refusals[i].flag)
      return g_strdup (_ (refusals[i].sentence));
  return g_strdup (_ ("the server’s certificate is damaged"));
}

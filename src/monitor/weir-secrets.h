/* weir-secrets.h: tokens in the secret service, and nowhere else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account.h"

G_BEGIN_DECLS

#define WEIR_SECRETS_ERROR (weir_secrets_error_quark ())
GQuark weir_secrets_error_quark (void);

typedef enum
{
  WEIR_SECRETS_ERROR_UNAVAILABLE, /* there is no service, or it fails */
  WEIR_SECRETS_ERROR_MISSING,     /* the service answers, but keeps nothing for this account */
  WEIR_SECRETS_ERROR_LOCKED,      /* it is locked, and nobody has unlocked it */
  WEIR_SECRETS_ERROR_REFUSED,     /* it, or the portal before it, does not let Weir in */
  WEIR_SECRETS_ERROR_SILENT, /* it has not answered for 5 s: somebody may be typing its password */
} WeirSecretsError;

/* WEIR_TOKEN_<NAME> wins over the service. What was stored or looked up is also remembered in this process, so that an
 * account works for the session when there is no service. Strings are freed with weir_secrets_free(), which wipes them. */
void weir_secrets_lookup_async (WeirAccount *account,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
char *weir_secrets_lookup_finish (GAsyncResult *result, GError **error);
void weir_secrets_store_async (WeirAccount *account,
                               const char *secret,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean weir_secrets_store_finish (GAsyncResult *result, GError **error);
void weir_secrets_clear_async (WeirAccount *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean weir_secrets_clear_finish (GAsyncResult *result, GError **error);
/* for this process only: the built-in hub's accounts */
void weir_secrets_remember (WeirAccount *account, const char *secret);
void weir_secrets_free (char *secret);

G_END_DECLS

/* weir-account.h: one account at a provider, without its secret
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "weir-json-writer.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_AUTH_TOKEN,         /* Authorization: Bearer, as given */
  WEIR_AUTH_WORKSPACE_KEY, /* Membrane: a token minted from workspace key and secret */
  WEIR_AUTH_PASSWORD,      /* Oracle: Basic */
} WeirAuthKind;

#define WEIR_TYPE_ACCOUNT (weir_account_get_type ())
G_DECLARE_FINAL_TYPE (WeirAccount, weir_account, WEIR, ACCOUNT, GObject)

/* Immutable once made: an edited account is a new object with the same uuid. */
struct _WeirAccount
{
  GObject parent_instance;

  char *uuid;
  char *name;
  char *provider; /* "membrane", "sequin", "oracle" */
  char *uri;      /* without trailing slash */
  WeirAuthKind auth;
  char *username;      /* (nullable) Oracle, Basic */
  char *workspace_key; /* (nullable) Membrane */
  char *tenant;        /* (nullable) Membrane, with a workspace key */
  char *authorities; /* (nullable) certificates (PEM) that are trusted there besides the system's */
  gboolean read_only;
  gboolean ephemeral; /* of the built-in hub: not saved */
};

WeirAccount *weir_account_new (const char *uuid, /* (nullable): a new one is made */
                               const char *name,
                               const char *provider,
                               const char *uri,
                               WeirAuthKind auth,
                               const char *username,
                               const char *workspace_key,
                               const char *tenant,
                               gboolean read_only);
WeirAccount *weir_account_copy (WeirAccount *self);
/* while nobody else knows the account yet */
void weir_account_set_authorities (WeirAccount *self, const char *pem);
WeirAccount *weir_account_new_from_json (WeirJson object, GError **error);
/* its members, into an object that the caller opens and ends */
void weir_account_write (WeirAccount *self, WeirJsonWriter *writer);
gboolean weir_account_check_name (const char *name, GError **error);
gboolean weir_account_check_uri (const char *uri, GError **error);
char *weir_account_dup_token_variable (WeirAccount *self); /* WEIR_TOKEN_<NAME> */

G_END_DECLS

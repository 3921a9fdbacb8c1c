/* weir-auth.h: what goes into the Authorization header
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Holds a secret in memory and never gives it out except as a header's (or, for SSE, a query's) value. */
#define WEIR_TYPE_AUTH (weir_auth_get_type ())
G_DECLARE_FINAL_TYPE (WeirAuth, weir_auth, WEIR, AUTH, GObject)

WeirAuth *weir_auth_new_bearer (const char *token);
WeirAuth *weir_auth_new_basic (const char *username, const char *password);
/* mints HS256 tokens of an hour: {"id":tenant,"iss":key,"exp":…}; without tenant {"iss":key,"isAdmin":true,"exp":…};
 * minted again 60 s before expiry (api/membrane.md §1). "algorithm" NULL means HS256. */
WeirAuth *weir_auth_new_workspace (const char *key,
                                   const char *secret,
                                   const char *tenant,
                                   const char *algorithm);
char *weir_auth_dup_header (WeirAuth *self);
char *weir_auth_dup_token (WeirAuth *self); /* NULL for Basic */
gint64 weir_auth_get_expiry (
    WeirAuth *self); /* 0: does not expire, or cannot be known; a minted one never ends */
char *weir_auth_mask (WeirAuth *self, const char *text);

G_END_DECLS

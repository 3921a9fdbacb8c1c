/* weir-jwt.h: JSON Web Tokens signed with a shared secret
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "weir-json.h"

G_BEGIN_DECLS

#define WEIR_JWT_ERROR (weir_jwt_error_quark ())
GQuark weir_jwt_error_quark (void);

typedef enum
{
  WEIR_JWT_ERROR_MALFORMED,
  WEIR_JWT_ERROR_ALGORITHM, /* only HS256, HS384 and HS512 are taken; never "none" */
  WEIR_JWT_ERROR_SIGNATURE,
  WEIR_JWT_ERROR_EXPIRED,
} WeirJwtError;

char *
weir_jwt_sign (const char *algorithm, const char *payload_json, const char *secret, GError **error);
/* returns the payload's JSON text; checks exp and nbf against `now` (µs) */
char *weir_jwt_verify (const char *token, const char *secret, gint64 now, GError **error);
/* without a secret: only looks, for "expires at"; 0 if it has none or is no JWT */
gint64 weir_jwt_get_expiry (const char *token);

G_END_DECLS

/* weir-account-state.h: how an account is doing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WEIR_ACCOUNT_UNKNOWN,
  WEIR_ACCOUNT_ONLINE,
  WEIR_ACCOUNT_UNAUTHORIZED,
  WEIR_ACCOUNT_FORBIDDEN,
  WEIR_ACCOUNT_THROTTLED,
  WEIR_ACCOUNT_UNREACHABLE,
  WEIR_ACCOUNT_INVALID_ANSWER,
} WeirAccountState;

const char *weir_account_state_to_string (WeirAccountState state);    /* CLI.md's words */
WeirAccountState weir_account_state_from_error (const GError *error); /* NULL: online */
gboolean weir_account_is_lost_by (const GError *error); /* whatever else it were asked */

G_END_DECLS

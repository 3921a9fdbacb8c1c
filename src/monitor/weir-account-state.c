/* weir-account-state.c: how an account is doing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-account-state.h"

#include "weir-provider.h"

/**
 * weir_account_state_to_string:
 *
 * Returns: (transfer none): the word CLI.md has for it
 */
const char *
weir_account_state_to_string (WeirAccountState state)
{
  static const char *const words[] = {
    [WEIR_ACCOUNT_UNKNOWN] = "unknown",
    [WEIR_ACCOUNT_ONLINE] = "online",
    [WEIR_ACCOUNT_UNAUTHORIZED] = "unauthorized",
    [WEIR_ACCOUNT_FORBIDDEN] = "forbidden",
    [WEIR_ACCOUNT_THROTTLED] = "throttled",
    [WEIR_ACCOUNT_UNREACHABLE] = "unreachable",
    [WEIR_ACCOUNT_INVALID_ANSWER] = "invalid-answer",
  };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (words), "unknown");

  return words[state];
}

/**
 * weir_account_state_from_error:
 * @error: (nullable): what a question to the account met
 *
 * Returns: the state it shows the account to be in
 */
WeirAccountState
weir_account_state_from_error (const GError *error)
{
  if (error == NULL)
    return WEIR_ACCOUNT_ONLINE;
  if (error->domain == WEIR_HTTP_ERROR)
    return WEIR_ACCOUNT_UNREACHABLE;
  if (error->domain != WEIR_PROVIDER_ERROR)
    return WEIR_ACCOUNT_UNKNOWN;

  switch ((WeirProviderError) error->code)
    {
    case WEIR_PROVIDER_ERROR_UNAUTHORIZED:
      return WEIR_ACCOUNT_UNAUTHORIZED;
    case WEIR_PROVIDER_ERROR_FORBIDDEN:
      return WEIR_ACCOUNT_FORBIDDEN;
    case WEIR_PROVIDER_ERROR_THROTTLED:
      return WEIR_ACCOUNT_THROTTLED;
    case WEIR_PROVIDER_ERROR_UNREACHABLE:
    case WEIR_PROVIDER_ERROR_UNTRUSTED:
    case WEIR_PROVIDER_ERROR_SERVER:
      return WEIR_ACCOUNT_UNREACHABLE;
    /* it answers, but not as this platform does */
    case WEIR_PROVIDER_ERROR_NOT_FOUND:
    case WEIR_PROVIDER_ERROR_REFUSED:
    case WEIR_PROVIDER_ERROR_INVALID_ANSWER:
      return WEIR_ACCOUNT_INVALID_ANSWER;
    /* nothing was asked that could tell */
    case WEIR_PROVIDER_ERROR_UNSUPPORTED:
    case WEIR_PROVIDER_ERROR_READ_ONLY:
    case WEIR_PROVIDER_ERROR_NOT_JOURNALLED:
    default:
      return WEIR_ACCOUNT_UNKNOWN;
    }
}

/**
 * weir_account_is_lost_by:
 * @error: (nullable): what a question to the account met
 *
 * Returns: whether any other question would meet it, too; what is refused or fails otherwise may be of that one question
 */
gboolean
weir_account_is_lost_by (const GError *error)
{
  return g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNAUTHORIZED)
         || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_THROTTLED)
         || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNREACHABLE)
         || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNTRUSTED);
}

/* weir-error-text.c: from an error to a sentence and a remedy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place where a domain and a code become words. What a server said comes first: nobody is helped by a
 * sentence of ours in its place.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-error-text.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *sentence; /* (nullable): the error's own message is the sentence */
  const char *advice;   /* (nullable) */
  WeirRemedy remedy;
} ErrorText;

static const ErrorText provider_texts[] = {
  [WEIR_PROVIDER_ERROR_UNAUTHORIZED] = { N_ ("The sign-in was refused"),
                                         N_ ("Check what the account signs in with: its token, or its user name and password."),
                                         WEIR_REMEDY_EDIT_ACCOUNT },
  [WEIR_PROVIDER_ERROR_FORBIDDEN] = { N_ ("The token does not allow this"),
                                      N_ ("Use a token with more permissions."),
                                      WEIR_REMEDY_EDIT_ACCOUNT },
  [WEIR_PROVIDER_ERROR_NOT_FOUND] = { N_ ("The server does not know it"),
                                      N_ ("It may have been removed; refresh the list."),
                                      WEIR_REMEDY_RETRY },
  [WEIR_PROVIDER_ERROR_REFUSED] = { N_ ("The server refused"), NULL, WEIR_REMEDY_NONE },
  [WEIR_PROVIDER_ERROR_THROTTLED] = { N_ ("The server asked for fewer requests"),
                                      N_ ("Weir waits as long as the server asked for."),
                                      WEIR_REMEDY_RETRY },
  [WEIR_PROVIDER_ERROR_UNREACHABLE] = { N_ ("The server cannot be reached"),
                                        N_ ("Weir keeps trying; check the network and the address."),
                                        WEIR_REMEDY_RETRY },
  [WEIR_PROVIDER_ERROR_SERVER] = { N_ ("The server failed"), N_ ("Try again in a while."),
                                   WEIR_REMEDY_RETRY },
  [WEIR_PROVIDER_ERROR_INVALID_ANSWER] = { N_ ("The server sent an answer Weir cannot read"),
                                           N_ ("Check that the address is the one of the API."),
                                           WEIR_REMEDY_EDIT_ACCOUNT },
  [WEIR_PROVIDER_ERROR_UNSUPPORTED] = { NULL, NULL, WEIR_REMEDY_NONE },
  [WEIR_PROVIDER_ERROR_READ_ONLY] = { N_ ("The account is read-only"),
                                      N_ ("Turn off Read-Only in the account’s settings."),
                                      WEIR_REMEDY_UNLOCK },
  [WEIR_PROVIDER_ERROR_UNTRUSTED] = { N_ ("The connection is not secure"),
                                      N_ ("If your organisation has a certificate authority of its "
                                          "own, give its certificate to the account."),
                                      WEIR_REMEDY_EDIT_ACCOUNT },
  [WEIR_PROVIDER_ERROR_NOT_JOURNALLED] = { N_ ("Nothing was changed"),
                                           N_ ("Weir only changes what it can write into its "
                                               "journal first. See that there is room on the disk "
                                               "and that the history’s file can be written to, "
                                               "then try again."),
                                           WEIR_REMEDY_RETRY },
};

static const ErrorText secrets_texts[] = {
  [WEIR_SECRETS_ERROR_UNAVAILABLE] = { NULL,
                                       N_ ("Install a keyring, such as GNOME Keyring, KWallet or "
                                           "KeePassXC, and log in again. Until then Weir works "
                                           "with a token that you enter after each start."),
                                       WEIR_REMEDY_EDIT_ACCOUNT },
  [WEIR_SECRETS_ERROR_MISSING] = { NULL, N_ ("Enter the token again."), WEIR_REMEDY_EDIT_ACCOUNT },
  [WEIR_SECRETS_ERROR_LOCKED] = { NULL,
                                  N_ ("Try again to be asked for the keyring’s password, or enter "
                                      "the token for as long as Weir runs."),
                                  WEIR_REMEDY_RETRY },
  [WEIR_SECRETS_ERROR_REFUSED] = { NULL,
                                   N_ ("Allow Weir to use the keyring in the system’s settings, or "
                                       "enter the token for as long as Weir runs."),
                                   WEIR_REMEDY_EDIT_ACCOUNT },
  [WEIR_SECRETS_ERROR_SILENT] = { NULL,
                                  N_ ("Look for a window that asks for the keyring’s password, "
                                      "then try again."),
                                  WEIR_REMEDY_RETRY },
};

static const ErrorText history_texts[] = {
  [WEIR_HISTORY_ERROR_OPEN] = { N_ ("The history cannot be opened"),
                                N_ ("Check the folder’s permissions."), WEIR_REMEDY_NONE },
  [WEIR_HISTORY_ERROR_STORAGE] = { N_ ("The history cannot be written"),
                                   N_ ("Check that the disk is not full."), WEIR_REMEDY_RETRY },
  [WEIR_HISTORY_ERROR_STALE] = { N_ ("Another Weir is fetching the same events"), NULL,
                                 WEIR_REMEDY_RETRY },
};

static const ErrorText store_texts[] = {
  [WEIR_ACCOUNT_STORE_ERROR_FILE] = { N_ ("The accounts file cannot be used"),
                                      N_ ("It was left as it is."), WEIR_REMEDY_NONE },
  [WEIR_ACCOUNT_STORE_ERROR_TAKEN] = { N_ ("There is an account of that name"),
                                       N_ ("Choose another name."), WEIR_REMEDY_NONE },
  [WEIR_ACCOUNT_STORE_ERROR_MISSING] = { N_ ("There is no account of that name"), NULL,
                                         WEIR_REMEDY_NONE },
};

static const ErrorText *
find_text (const GError *error)
{
  const ErrorText *texts = NULL;
  gsize n_texts = 0;

  if (error->domain == WEIR_PROVIDER_ERROR)
    {
      texts = provider_texts;
      n_texts = G_N_ELEMENTS (provider_texts);
    }
  else if (error->domain == WEIR_SECRETS_ERROR)
    {
      texts = secrets_texts;
      n_texts = G_N_ELEMENTS (secrets_texts);
    }
  else if (error->domain == WEIR_HISTORY_ERROR)
    {
      texts = history_texts;
      n_texts = G_N_ELEMENTS (history_texts);
    }
  else if (error->domain == WEIR_ACCOUNT_STORE_ERROR)
    {
      texts = store_texts;
      n_texts = G_N_ELEMENTS (store_texts);
    }

  if (texts == NULL || error->code < 0 || (gsize) error->code >= n_texts)
    return NULL;

  return &texts[error->code];
}

/**
 * weir_error_text_dup_sentence:
 * @error: any error
 *
 * Returns: (transfer full): what happened, in one sentence without a full stop, with the leaf cause that the server
 *   gave where it gave one
 */
char *
weir_error_text_dup_sentence (const GError *error)
{
  const ErrorText *text;
  const char *cause;

  g_return_val_if_fail (error != NULL, NULL);

  text = find_text (error);
  cause = error->message;
  if (error->domain == WEIR_PROVIDER_ERROR)
    {
      WeirErrorData *data = weir_provider_error_get_data (error);

      if (data != NULL && weir_error_data_get_leaf (data)->message[0] != '\0')
        cause = weir_error_data_get_leaf (data)->message;
    }

  if (text == NULL || text->sentence == NULL)
    return g_strdup (cause);
  if (cause == NULL || cause[0] == '\0')
    return g_strdup (_ (text->sentence));

  /* Translators: what happened, then the cause as the server or the system gave it */
  return g_strdup_printf (_ ("%s: %s"), _ (text->sentence), cause);
}

/**
 * weir_error_text_get_advice:
 * @error: any error
 *
 * Returns: (nullable): what a person can do about it, a sentence with a full stop
 */
const char *
weir_error_text_get_advice (const GError *error)
{
  const ErrorText *text;

  g_return_val_if_fail (error != NULL, NULL);

  text = find_text (error);

  return text != NULL && text->advice != NULL ? _ (text->advice) : NULL;
}

/**
 * weir_error_text_get_remedy:
 * @error: any error
 *
 * Returns: what a button beside the error should offer
 */
WeirRemedy
weir_error_text_get_remedy (const GError *error)
{
  const ErrorText *text;

  g_return_val_if_fail (error != NULL, WEIR_REMEDY_NONE);

  text = find_text (error);

  return text != NULL ? text->remedy : WEIR_REMEDY_NONE;
}

/**
 * weir_error_text_judge_state:
 * @state: an account's state
 * @error: (nullable): its reason
 *
 * An account whose secret cannot be had has not been asked for anything, so its state is not known; but it will not be
 * by waiting, either.
 *
 * Returns: the state to show
 */
WeirAccountState
weir_error_text_judge_state (WeirAccountState state, const GError *error)
{
  if (state == WEIR_ACCOUNT_UNKNOWN && error != NULL)
    return error->domain == WEIR_SECRETS_ERROR ? WEIR_ACCOUNT_UNAUTHORIZED
                                               : WEIR_ACCOUNT_INVALID_ANSWER;

  return state;
}

/**
 * weir_error_text_describe_state:
 * @state: an account's state
 * @error: (nullable): its reason
 *
 * Returns: the state as a person reads it
 */
const char *
weir_error_text_describe_state (WeirAccountState state, const GError *error)
{
  if (state == WEIR_ACCOUNT_UNKNOWN && error != NULL)
    {
      if (g_error_matches (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_MISSING))
        return C_ ("state of an account", "Token missing");
      if (g_error_matches (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_LOCKED))
        return C_ ("state of an account", "Keyring locked");

      return error->domain == WEIR_SECRETS_ERROR
                 ? C_ ("state of an account", "Keyring not available")
                 : C_ ("state of an account", "Not usable");
    }

  if (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNTRUSTED))
    /* Translators: a state of an account: its server cannot prove that it is the right one */
    return C_ ("state of an account", "Not secure");

  switch (state)
    {
    case WEIR_ACCOUNT_ONLINE:
      return C_ ("state of an account", "Online");

    case WEIR_ACCOUNT_UNAUTHORIZED:
      return C_ ("state of an account", "Token refused");

    case WEIR_ACCOUNT_FORBIDDEN:
      return C_ ("state of an account", "Not allowed");

    case WEIR_ACCOUNT_THROTTLED:
      /* Translators: a state of an account: the server wants fewer requests */
      return C_ ("state of an account", "Throttled");

    case WEIR_ACCOUNT_UNREACHABLE:
      return C_ ("state of an account", "Not reachable");

    case WEIR_ACCOUNT_INVALID_ANSWER:
      return C_ ("state of an account", "Unreadable answer");

    case WEIR_ACCOUNT_UNKNOWN:
    default:
      return C_ ("state of an account", "Connecting…");
    }
}

/* weir-registry.c: which providers there are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-registry.h"

#include "membrane/weir-membrane-provider.h"
#include "oracle/weir-oracle-provider.h"
#include "sequin/weir-sequin-provider.h"
#include "weir-http-trust.h"

#include <glib/gi18n-lib.h>

#define NO_MORE ((WeirAuthKind) -1)

static const WeirAuthKind membrane_auth[] = { WEIR_AUTH_TOKEN, WEIR_AUTH_WORKSPACE_KEY, NO_MORE };
static const WeirAuthKind sequin_auth[] = { WEIR_AUTH_TOKEN, NO_MORE };
static const WeirAuthKind oracle_auth[] = { WEIR_AUTH_PASSWORD, WEIR_AUTH_TOKEN, NO_MORE };

static const WeirProviderInfo membrane = {
  .id = "membrane",
  .name = "Membrane",
  .default_uri = "https://api.getmembrane.com",
  .uri_example = "https://api.getmembrane.com",
  .summary = N_ ("Event subscriptions, pulls and connections of a workspace"),
  .help = N_ (
      "Tokens are made in the Membrane console, on the Access page of the workspace’s settings; "
      "the workspace key and secret are there, too. With key and secret Weir makes its own "
      "short-lived tokens: for the whole workspace, or for one tenant only. The address "
      "stays as it is unless you host Membrane yourself."),
  .auth_kinds = membrane_auth,
  .create = weir_membrane_provider_new,
};
/* No usual address: the hosted service is gone (api/sequin-and-oracle.md A0). */
static const WeirProviderInfo sequin = {
  .id = "sequin",
  .name = "Sequin",
  .uri_example = "https://sequin.example.com",
  .summary = N_ ("The events that syncs collect from other services"),
  .help =
      N_ ("Weir reads the events API, the one under /v1/events. Its hosted service has ended, so "
          "the address is that of a server that still offers it, without /v1; whoever runs "
          "that server gives you the token. Sequin’s newer change capture for Postgres is "
          "another API and does not work here."),
  .auth_kinds = sequin_auth,
  .create = weir_sequin_provider_new,
};
static const WeirProviderInfo oracle = {
  .id = "oracle",
  .name = "Oracle B2C Service",
  .uri_example = "https://mysite.custhelp.com",
  .summary = N_ ("Notifications that a site sends when its records change"),
  .help =
      N_ ("The address is that of your site, without /services/rest. Sign in with a staff account "
          "whose profile allows the public API; ask the site’s administrator for one. A "
          "bearer token works where single sign-on is set up for the site."),
  .auth_kinds = oracle_auth,
  .create = weir_oracle_provider_new,
};

static const WeirProviderInfo *const providers[] = { &membrane, &sequin, &oracle, NULL };

static WeirAuth *
create_auth (WeirAccount *account, const char *secret)
{
  switch (account->auth)
    {
    case WEIR_AUTH_WORKSPACE_KEY:
      return weir_auth_new_workspace (account->workspace_key, secret, account->tenant, NULL);
    case WEIR_AUTH_PASSWORD:
      return weir_auth_new_basic (account->username, secret);
    case WEIR_AUTH_TOKEN:
    default:
      return weir_auth_new_bearer (secret);
    }
}

/**
 * weir_registry_list:
 *
 * Returns: (transfer none) (array zero-terminated=1): every provider, in the order to show them
 */
const WeirProviderInfo *const *
weir_registry_list (void)
{
  return providers;
}

/**
 * weir_registry_find:
 * @id: (nullable): a provider's word, as in an account
 *
 * Returns: (transfer none) (nullable): the provider
 */
const WeirProviderInfo *
weir_registry_find (const char *id)
{
  for (guint i = 0; providers[i] != NULL; i++)
    if (g_strcmp0 (providers[i]->id, id) == 0)
      return providers[i];
  return NULL;
}

/**
 * weir_registry_create:
 * @secret: token, workspace secret or password, as the account's auth kind says
 *
 * Returns: (transfer full): the account's provider; %NULL and %WEIR_PROVIDER_ERROR_UNSUPPORTED where the account names
 * no provider there is, or a way to sign in that it does not have; %WEIR_PROVIDER_ERROR_UNTRUSTED where its
 * authorities cannot be read
 */
WeirProvider *
weir_registry_create (WeirAccount *account, const char *secret, GError **error)
{
  const WeirProviderInfo *info;
  g_autoptr (WeirAuth) auth = NULL;
  g_autoptr (GPtrArray) authorities = NULL;
  g_autoptr (GError) local_error = NULL;
  WeirProvider *provider;

  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  info = weir_registry_find (account->provider);
  if (info == NULL)
    {
      g_propagate_error (error, weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED,
                                                         _ ("There is no provider “%s”."),
                                                         account->provider));
      return NULL;
    }
  for (guint i = 0; info->auth_kinds[i] != account->auth; i++)
    if (info->auth_kinds[i] == NO_MORE)
      {
        g_propagate_error (error, weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED,
                                                           _ ("%s has no such way to sign in."),
                                                           info->name));
        return NULL;
      }
  if ((account->auth == WEIR_AUTH_WORKSPACE_KEY && account->workspace_key == NULL)
      || (account->auth == WEIR_AUTH_PASSWORD && account->username == NULL))
    {
      g_propagate_error (error, weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
                                                         _ ("The account lacks the name that "
                                                            "belongs to its secret.")));
      return NULL;
    }
  if (account->authorities != NULL)
    {
      authorities = weir_http_trust_read (account->authorities, &local_error);
      if (authorities == NULL)
        {
          g_propagate_error (error, weir_provider_error_new_from_local (local_error));
          return NULL;
        }
    }
  auth = create_auth (account, secret);
  provider = info->create (account, auth);
  weir_http_client_set_authorities (weir_provider_get_client (provider), authorities);
  weir_http_client_set_quota (weir_provider_get_client (provider),
                              weir_quota_get_shared (account->uuid));
  return provider;
}

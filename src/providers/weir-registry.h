/* weir-registry.h: which providers there are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-provider.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;          /* "membrane" */
  const char *name;        /* "Membrane": a proper name, not translated */
  const char *default_uri; /* (nullable) */
  const char *uri_example;
  const char *summary;            /* N_(): one line for somebody who chooses */
  const char *help;               /* N_(): where its address and secrets are found */
  const WeirAuthKind *auth_kinds; /* ended by -1; the first is the usual one */
  WeirProvider *(*create) (WeirAccount *account, WeirAuth *auth);
} WeirProviderInfo;

const WeirProviderInfo *const *
weir_registry_list (void); /* NULL-terminated; a new provider is one line here */
const WeirProviderInfo *weir_registry_find (const char *id);
/* secret: token, workspace secret or password, as the account's auth kind says */
WeirProvider *weir_registry_create (WeirAccount *account, const char *secret, GError **error);

G_END_DECLS

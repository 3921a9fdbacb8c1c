/* weir-sequin-provider.h: Sequin's Stream API, the generation with /v1/events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-provider.h"

G_BEGIN_DECLS

#define WEIR_TYPE_SEQUIN_PROVIDER (weir_sequin_provider_get_type ())
G_DECLARE_FINAL_TYPE (WeirSequinProvider, weir_sequin_provider, WEIR, SEQUIN_PROVIDER, WeirProvider)

WeirProvider *weir_sequin_provider_new (WeirAccount *account, WeirAuth *auth);

G_END_DECLS

/* weir-oracle-provider.h: Oracle B2C Service, Connect REST v1.4
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-provider.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ORACLE_PROVIDER (weir_oracle_provider_get_type ())
G_DECLARE_FINAL_TYPE (WeirOracleProvider, weir_oracle_provider, WEIR, ORACLE_PROVIDER, WeirProvider)

WeirProvider *weir_oracle_provider_new (WeirAccount *account, WeirAuth *auth);

G_END_DECLS

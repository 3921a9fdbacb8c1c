/* weir-membrane-provider.h: Membrane (getmembrane.com)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-provider.h"

G_BEGIN_DECLS

#define WEIR_TYPE_MEMBRANE_PROVIDER (weir_membrane_provider_get_type ())
G_DECLARE_FINAL_TYPE (WeirMembraneProvider,
                      weir_membrane_provider,
                      WEIR,
                      MEMBRANE_PROVIDER,
                      WeirProvider)

WeirProvider *weir_membrane_provider_new (WeirAccount *account, WeirAuth *auth);

G_END_DECLS

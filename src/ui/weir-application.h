/* weir-application.h: one running Weir
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-hub-launcher.h"

G_BEGIN_DECLS

#define WEIR_APPLICATION_ID "io.github.weirhq.Weir"

#define WEIR_TYPE_APPLICATION (weir_application_get_type ())
G_DECLARE_FINAL_TYPE (WeirApplication, weir_application, WEIR, APPLICATION, AdwApplication)

WeirApplication *weir_application_new (void);

G_END_DECLS

/* weir-general-page.h: what holds for all accounts and pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-preferences.h"

G_BEGIN_DECLS

#define WEIR_TYPE_GENERAL_PAGE (weir_general_page_get_type ())
G_DECLARE_FINAL_TYPE (WeirGeneralPage, weir_general_page, WEIR, GENERAL_PAGE, AdwPreferencesPage)

GtkWidget *weir_general_page_new (WeirPreferences *preferences);

G_END_DECLS

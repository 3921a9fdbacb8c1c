/* weir-overview-page.h: is anything wrong?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-page.h"

G_BEGIN_DECLS

#define WEIR_TYPE_OVERVIEW_PAGE (weir_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (WeirOverviewPage, weir_overview_page, WEIR, OVERVIEW_PAGE, WeirPage)

G_END_DECLS

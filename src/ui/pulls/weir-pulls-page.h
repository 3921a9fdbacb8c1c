/* weir-pulls-page.h: what was pulled, when, with what result?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-list-page.h"

G_BEGIN_DECLS

#define WEIR_TYPE_PULLS_PAGE (weir_pulls_page_get_type ())
G_DECLARE_FINAL_TYPE (WeirPullsPage, weir_pulls_page, WEIR, PULLS_PAGE, WeirListPage)

G_END_DECLS

/* weir-errors-page.h: what is broken, and what is the cause?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-page.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ERRORS_PAGE (weir_errors_page_get_type ())
G_DECLARE_FINAL_TYPE (WeirErrorsPage, weir_errors_page, WEIR, ERRORS_PAGE, WeirPage)

G_END_DECLS

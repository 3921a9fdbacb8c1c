/* weir-account-row.h: an account in the sidebar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-session.h"
#include "weir-sidebar-row.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ACCOUNT_ROW (weir_account_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirAccountRow, weir_account_row, WEIR, ACCOUNT_ROW, WeirSidebarRow)

GtkWidget *weir_account_row_new (WeirSession *session);

const char *weir_account_state_icon (WeirAccountState state);
const char *weir_account_state_css (WeirAccountState state);

G_END_DECLS

/* weir-status-look.h: how the providers' words for a state look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-table.h"

G_BEGIN_DECLS

void weir_status_look (const char *status, WeirCellLook *look);
char *weir_status_dup_label (const char *status); /* transfer full */

G_END_DECLS

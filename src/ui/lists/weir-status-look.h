/* weir-status-look.h: how the providers' words for a state look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"
#include "weir-table.h"

G_BEGIN_DECLS

void weir_status_look (const char *status, WeirCellLook *look);
char *weir_status_dup_label (WeirRecordKind kind, const char *status); /* transfer full */
/* of a subscription, a pull run, an event or a connection; NULL: it has none */
char *weir_status_look_at_record (WeirRecord *record, WeirCellLook *look);

G_END_DECLS

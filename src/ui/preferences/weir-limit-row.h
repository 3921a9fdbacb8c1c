/* weir-limit-row.h: a limit of the history, to be chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-limits.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_LIMIT_BYTES,
  WEIR_LIMIT_DAYS,
} WeirLimitKind;

/* Signal "chosen". */
#define WEIR_TYPE_LIMIT_ROW (weir_limit_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirLimitRow, weir_limit_row, WEIR, LIMIT_ROW, AdwComboRow)

GtkWidget *weir_limit_row_new (WeirLimitKind kind);
void weir_limit_row_set_limits (WeirLimitRow *self, const WeirLimits *limits);
void weir_limit_row_get_limits (WeirLimitRow *self, WeirLimits *limits); /* sets its own one */

G_END_DECLS

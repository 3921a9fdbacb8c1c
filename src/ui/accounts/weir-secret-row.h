/* weir-secret-row.h: a row of a form for a token or password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WEIR_TYPE_SECRET_ROW (weir_secret_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirSecretRow, weir_secret_row, WEIR, SECRET_ROW, AdwEntryRow)

const char *weir_secret_row_get_secret (WeirSecretRow *self);

G_END_DECLS

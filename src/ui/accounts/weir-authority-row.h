/* weir-authority-row.h: a certificate authority that an account trusts, to be chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal "changed". */
#define WEIR_TYPE_AUTHORITY_ROW (weir_authority_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirAuthorityRow, weir_authority_row, WEIR, AUTHORITY_ROW, AdwActionRow)

void weir_authority_row_set_pem (WeirAuthorityRow *self, const char *pem);
const char *weir_authority_row_get_pem (WeirAuthorityRow *self); /* (nullable) */
void weir_authority_row_load (WeirAuthorityRow *self, GFile *file);

G_END_DECLS

/* weir-i18n.h: translations for a program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void weir_i18n_init (void);
void weir_i18n_reword (GError *error, char *message); /* message: transfer full */

G_END_DECLS

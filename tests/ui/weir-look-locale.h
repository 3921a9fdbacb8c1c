/* weir-look-locale.h: the language that the window is looked at in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *weir_look_make_locale (const char *locale);
gboolean weir_look_has_font (void);

G_END_DECLS

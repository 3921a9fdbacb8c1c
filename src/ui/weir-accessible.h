/* weir-accessible.h: what GTK 4.8 forgets to tell assistive technology
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void weir_accessible_init (void);

G_END_DECLS

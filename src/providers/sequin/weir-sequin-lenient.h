/* weir-sequin-lenient.h: the slips of Sequin's reference page, read as they were meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *weir_sequin_lenient_normalise (GBytes *text);

G_END_DECLS

/* weir-cli-complete.h: what may come next on a command line, for shells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int weir_cli_complete (char **words);

G_END_DECLS

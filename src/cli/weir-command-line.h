/* weir-command-line.h: the words after "weirctl"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* returns what the program ends with */
int weir_command_line_run (int argc, char **argv);

G_END_DECLS

/* weir-cli-query.h: --query, and what its help says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-cli.h"

G_BEGIN_DECLS

WeirQuery *weir_cli_read_query (WeirCli *self); /* NULL: it is wrong, and that has been told */
void weir_cli_print_query_help (void);

G_END_DECLS

/* weir-cli-act.h: one action on one record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-cli.h"

G_BEGIN_DECLS

/* What it brought; NULL: it failed, which has been told. */
WeirRecord *
weir_cli_act (WeirCli *self, WeirCliTarget *target, WeirAction action, WeirRecord *record);
WeirRecord *weir_cli_write (WeirCli *self,
                            WeirCliTarget *target,
                            WeirAction action,
                            const char *id,
                            GBytes *json);

G_END_DECLS

/* weir-history-schema.h: the history's tables, and connections to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-sqlite.h"

G_BEGIN_DECLS

WeirDatabase *weir_history_schema_open (const char *path, GError **error);

G_END_DECLS

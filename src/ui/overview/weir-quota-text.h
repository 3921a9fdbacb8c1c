/* weir-quota-text.h: how much was asked of a server, as a person reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-quota.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): NULL: nothing was asked, and nothing is known */
char *weir_quota_text_describe (const WeirQuotaState *state);

G_END_DECLS

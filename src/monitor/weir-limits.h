/* weir-limits.h: how much of an account's events is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-preferences.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 bytes; /* on the disk; 0: any number */
  guint days;    /* an event's age; 0: any */
} WeirLimits;

#define WEIR_LIMITS_MAX_BYTES (G_GUINT64_CONSTANT (1) << 50)
#define WEIR_LIMITS_MAX_DAYS 36500

/* account: a uuid; NULL: what goes for those that have none of their own. Returns whether it has some of its own. */
gboolean weir_limits_get (WeirPreferences *preferences, const char *account, WeirLimits *limits);
/* all of them, as text; to see whether they are others than before */
char *weir_limits_dup_all (WeirPreferences *preferences);
/* limits NULL: as all others */
gboolean weir_limits_set (WeirPreferences *preferences,
                          const char *account,
                          const WeirLimits *limits,
                          GError **error);

G_END_DECLS

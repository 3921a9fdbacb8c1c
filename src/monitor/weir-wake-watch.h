/* weir-wake-watch.h: notices that the machine has slept, or its network come back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  WEIR_WAKE_SLEEP,   /* the clock that counts sleep has run ahead of the one that does not */
  WEIR_WAKE_NETWORK, /* there was no network, and there is one */
} WeirWakeReason;

#define WEIR_TYPE_WAKE_WATCH (weir_wake_watch_get_type ())
G_DECLARE_FINAL_TYPE (WeirWakeWatch, weir_wake_watch, WEIR, WAKE_WATCH, GObject)

/* Signal "woke" (WeirWakeReason): within two seconds. */
WeirWakeWatch *weir_wake_watch_get_default (void); /* transfer none; of the main thread */

G_END_DECLS

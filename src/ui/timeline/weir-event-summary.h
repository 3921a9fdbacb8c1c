/* weir-event-summary.h: an event in one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event.h"

G_BEGIN_DECLS

char *weir_event_dup_summary (WeirEvent *event);         /* of its payload */
char *weir_event_dup_kind_label (const char *kind);      /* (nullable) kind */
char *weir_event_dup_title (WeirEvent *event);           /* its name, as a person reads it */
const char *weir_event_get_kind_icon (const char *kind); /* (nullable) kind */

G_END_DECLS

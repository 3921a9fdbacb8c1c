/* weir-state-text.h: changes of states as a person reads them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-cell.h"
#include "weir-state-change.h"

G_BEGIN_DECLS

/* All strings are transfer full. */
char *weir_state_text_title (WeirStateChange *change); /* "Subscribed → Error" */
char *
weir_state_text_title_of (WeirStateChange *change);   /* "Connection: Connected → Disconnected" */
char *weir_state_text_note (WeirStateChange *change); /* (nullable) how sure its time is */
char *weir_state_text_line (WeirStateChange *change); /* all of it, for the clipboard */
void weir_state_text_look (WeirStateChange *change, WeirCellLook *look);

/* changes: (element-type WeirStateChange) of one record, newest first. The one since which it is as it is now, that is, bad or
 * in that state: transfer none, nullable. */
WeirStateChange *weir_state_text_find_start (GPtrArray *changes);
/* "Error since 14:02:11"; label: what it is now */
char *weir_state_text_since (WeirStateChange *start, const char *label);
/* how long before the other it was: "40 s before" */
char *weir_state_text_distance (WeirStateChange *change, WeirStateChange *start);

G_END_DECLS

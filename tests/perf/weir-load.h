/* weir-load.h: events as a Sequin server has them, as many as are wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* On average as long as the events the project's limits speak of. */
#define WEIR_LOAD_AVERAGE 854

/* Each line begins with the members that differ when an event is sent as another one, each always as wide: the id and
 * the two times and the kind stand at these bytes of it. */
#define WEIR_LOAD_ID_AT 13
#define WEIR_LOAD_ID_LENGTH 36
#define WEIR_LOAD_UPDATED_AT 74
#define WEIR_LOAD_INSERTED_AT 124
#define WEIR_LOAD_TIME_LENGTH 27
#define WEIR_LOAD_KIND_AT 162 /* all kinds are as long */
#define WEIR_LOAD_KIND_LENGTH 7

/* Words to look for: in one event of five, in one of a thousand, in the event in the middle alone. */
#define WEIR_LOAD_FREQUENT_WORD "renewal"
#define WEIR_LOAD_RARE_WORD "kumquat"
#define WEIR_LOAD_UNIQUE_WORD "xylograph"
/* one of a thousand has data.plan:platinum-legacy */
#define WEIR_LOAD_RARE_PLAN "platinum-legacy"

#define WEIR_LOAD_START G_GINT64_CONSTANT (1704067200000000) /* 2024-01-01T00:00:00Z */
#define WEIR_LOAD_STEP G_GINT64_CONSTANT (2500000)           /* µs from one event to the next */

void weir_load_append (GString *out, guint64 seed, guint64 number, guint64 total);
void weir_load_write_time (char *at, gint64 time);
char *weir_load_dup_syncs (void);

G_END_DECLS

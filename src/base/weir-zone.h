/* weir-zone.h: the time zone that times are read and shown in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WEIR_ZONE_LOCAL "local"

/* One for the whole process: "local", or what the time zone database calls it, such as "UTC" and "Asia/Tokyo". */
gboolean weir_zone_is_known (const char *name);
void weir_zone_set (const char *name); /* NULL or not known: local */
char *weir_zone_dup_name (void);
gboolean weir_zone_is_local (void);
GTimeZone *weir_zone_dup (void);
GDateTime *weir_zone_to_date (gint64 time); /* (nullable) µs since 1970 UTC, in that zone */
char *weir_zone_dup_abbreviation (gint64 time);
GPtrArray *weir_zone_list (void); /* all names but local */

G_END_DECLS

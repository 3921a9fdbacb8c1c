/* weir-time.h: reading and writing times and durations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean weir_time_parse (const char *text, gint64 *time);
gint64 weir_time_from_milliseconds (double milliseconds);
gint64 weir_time_from_object_id (const char *id);
char *weir_time_to_iso (gint64 time);

/* Machine forms, no translation here: the words of the interface are made in ui/. */
gboolean weir_duration_parse (const char *text, gint64 *duration);

G_END_DECLS

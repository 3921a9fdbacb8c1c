/* weir-format.h: times, durations and numbers as a person reads them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All times are µs since 1970 UTC, 0 for not known, which gives an empty string; all strings are transfer full. */
char *weir_format_relative (gint64 time);     /* "12 s ago", "in 3 min" */
char *weir_format_countdown (gint64 time);    /* "in 8 s", "now", "2 min overdue" */
char *weir_format_clock (gint64 time);        /* today "14:03:11", else "12 Mar 14:03" */
char *weir_format_moment (gint64 time);       /* the same to the second or minute, never less */
char *weir_format_absolute (gint64 time);     /* "Thu 12 Mar 2026, 14:03:11.042 CET" */
char *weir_format_duration (gint64 duration); /* µs: "42 ms", "3.4 s", "5 min 3 s" */
char *weir_format_interval (gint64 seconds);  /* "5 min", "3 h", "1 h 30 min" */
char *weir_format_window (gint64 start, gint64 end); /* "14:03:11 – 14:08:11" */
char *weir_format_range (const char *from, const char *to);
char *weir_format_number (guint64 number); /* "12 345", grouped as the locale does */
char *weir_format_size (guint64 bytes);
char *weir_format_percent (int share); /* "42%" */

/* Parts of a text are put together here and nowhere else, as each language does it. All are transfer full. */
char *weir_format_labelled (const char *label, const char *text); /* "Connection: Connected" */
char *weir_format_list (const char *first, ...) G_GNUC_NULL_TERMINATED;
char *weir_format_list_add (const char *list, const char *item);     /* list: (nullable) */
char *weir_format_sentence (const char *text);                       /* with its full stop */
char *weir_format_sentences (const char *first, const char *second); /* second: (nullable) */
/* "Pull run · Work"; each part keeps its own direction */
void weir_format_append (GString *line, const char *part);
char *weir_format_line (const char *part, ...) G_GNUC_NULL_TERMINATED;
/* lines in any language, all at the side where one begins to read */
char *weir_format_directed (const char *text);

G_END_DECLS

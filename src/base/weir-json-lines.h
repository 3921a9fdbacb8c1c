/* weir-json-lines.h: JSON laid out in lines, without the lines themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "weir-json.h"

G_BEGIN_DECLS

/* The lines of weir_json_dup_pretty(), made when they are asked for: what is kept is where every some-thousandth byte's
 * line begins, less than a hundredth of the value. Immutable, any thread. */
typedef struct _WeirJsonLines WeirJsonLines;

/* value: inside of bytes. Goes over it once, so for a worker; NULL: cancelled */
WeirJsonLines *weir_json_lines_new (GBytes *bytes, WeirJson value, GCancellable *cancellable);
WeirJsonLines *weir_json_lines_ref (WeirJsonLines *self);
void weir_json_lines_unref (WeirJsonLines *self);

guint weir_json_lines_get_length (WeirJsonLines *self);
gsize weir_json_lines_get_size (WeirJsonLines *self);    /* of all lines together, in bytes */
gsize weir_json_lines_get_longest (WeirJsonLines *self); /* in bytes, without the line's end */
/* of one line, or its beginning: at most max bytes, never a part of a character. *whole: that is all of it */
char *weir_json_lines_dup (WeirJsonLines *self, guint line, gsize max, gboolean *whole);
/* FALSE: it would be longer than max; count lines from first on, with their ends */
gboolean
weir_json_lines_append (WeirJsonLines *self, guint first, guint count, gsize max, GString *text);
gboolean weir_json_lines_write (WeirJsonLines *self,
                                GOutputStream *stream,
                                GCancellable *cancellable,
                                GError **error);
/* the next line, round the end, that has the text, whatever the case of its letters from A to Z; G_MAXUINT: none */
guint weir_json_lines_find (WeirJsonLines *self,
                            const char *text,
                            guint from,
                            gboolean backward,
                            GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirJsonLines, weir_json_lines_unref)

G_END_DECLS

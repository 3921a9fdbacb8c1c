/* weir-letter.h: letters as a search sees them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One letter stands for one: case is ignored, accents are not, and no ASCII letter equals one that is none. */
gunichar weir_letter_fold (gunichar c);
/* of a word: a letter, a digit or a mark on one */
gboolean weir_letter_is_word (gunichar c);
/* a letter of a script that writes no blanks between words: each begins one */
gboolean weir_letter_is_alone (gunichar c);
/* before: 0 at the beginning of a text */
gboolean weir_letter_begins (gunichar before, gunichar c);

/* The next letter of a JSON text, its escape undone; at least a byte is taken, never one at or behind end. What cannot be read is U+FFFD. */
const char *weir_letter_read (const char *at, const char *end, gunichar *c);
/* the letter that ends at `at`, of a text that begins at start; 0: none. FALSE: `at` is within an escape. */
gboolean weir_letter_read_before (const char *start, const char *at, gunichar *c);

G_END_DECLS

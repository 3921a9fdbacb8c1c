/* weir-cli-output.h: what goes to standard output
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

G_BEGIN_DECLS

/* With JSON each object is one line, written at once. Without it rows are kept until they are flushed, so that their
 * columns can be aligned; a later flush keeps to the widths of the rows before it. */
typedef struct _WeirCliOutput WeirCliOutput;

WeirCliOutput *weir_cli_output_new (gboolean json);
void weir_cli_output_free (WeirCliOutput *self);
/* blank-separated names of members, in the order of the columns; for text only */
void weir_cli_output_set_columns (WeirCliOutput *self, const char *columns);
void weir_cli_output_add (WeirCliOutput *self, const char *object);
void weir_cli_output_add_details (WeirCliOutput *self, const char *object);
void weir_cli_output_flush (WeirCliOutput *self);
/* nobody reads it any more */
gboolean weir_cli_output_is_closed (WeirCliOutput *self);
/* errno of what went wrong but for that, else 0 */
int weir_cli_output_get_error (WeirCliOutput *self);

char *weir_cli_dup_printable (const char *text);
guint weir_cli_get_text_width (const char *text); /* columns, of what is printable */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirCliOutput, weir_cli_output_free)

G_END_DECLS

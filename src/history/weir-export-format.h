/* weir-export-format.h: events as lines of a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_EXPORT_JSONL, /* what weirctl prints with --json: an object a line */
  WEIR_EXPORT_CSV, /* RFC 4180, UTF-8: its members, what is no text or number as JSON in one cell */
} WeirExportFormat;

gboolean weir_export_format_parse (const char *text, WeirExportFormat *format); /* "jsonl", "csv" */
const char *weir_export_format_get_extension (WeirExportFormat format);         /* without a dot */

/* what stands before the first event, and an event's line */
void weir_export_append_heading (GString *out, WeirExportFormat format);
void weir_export_append_event (GString *out, WeirExportFormat format, WeirEvent *event);

G_END_DECLS

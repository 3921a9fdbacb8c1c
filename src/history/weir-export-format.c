/* weir-export-format.c: events as lines of a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-export-format.h"

#include <string.h>

/* The members of an event object (CLI.md), in its order. */
static const char *const COLUMNS[] = {
  "id",           "account",
  "provider",     "kind",
  "collection",   "record",
  "occurred_at",  "observed_at",
  "subscription", "payload",
  "stream",       "time_source",
  "status",       "subscription_name",
  "connection",   "connection_name",
  "tenant",       "unreadable",
  "flow_runs",    "error",
};

#define JSON_COLUMN "payload" /* JSON even where it is only a string */
#define LINE_END "\r\n"

static gboolean
needs_quotes (const char *cell)
{
  return strpbrk (cell, "\",\r\n") != NULL || g_ascii_isspace (cell[0])
         || (cell[0] != '\0' && g_ascii_isspace (cell[strlen (cell) - 1]));
}

/* The data are not altered: a cell that a spreadsheet would take for a formula stays as it is. */
static void
append_cell (GString *out, const char *cell)
{
  if (!needs_quotes (cell))
    {
      g_string_append (out, cell);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *quote = strchr (cell, '"'); quote != NULL; quote = strchr (cell, '"'))
    {
      g_string_append_len (out, cell, quote - cell);
      g_string_append (out, "\"\"");
      cell = quote + 1;
    }
  g_string_append (out, cell);
  g_string_append_c (out, '"');
}

static void
append_row (GString *out, WeirJson object)
{
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    {
      WeirJson value = weir_json_get (object, COLUMNS[i]);
      g_autofree char *cell = NULL;

      if (i > 0)
        g_string_append_c (out, ',');
      if (!weir_json_is_set (value))
        continue;
      cell = g_str_equal (COLUMNS[i], JSON_COLUMN) ? weir_json_dup_raw (value)
                                                   : weir_json_dup_text (value);
      append_cell (out, cell);
    }
  g_string_append (out, LINE_END);
}

/**
 * weir_export_format_parse:
 * @text: `jsonl` or `csv`
 * @format: (out): what it names; left alone if it is neither
 *
 * Returns: whether it is one of them
 */
gboolean
weir_export_format_parse (const char *text, WeirExportFormat *format)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  if (g_str_equal (text, "jsonl"))
    *format = WEIR_EXPORT_JSONL;
  else if (g_str_equal (text, "csv"))
    *format = WEIR_EXPORT_CSV;
  else
    return FALSE;
  return TRUE;
}

/**
 * weir_export_format_get_extension:
 * @format: a format
 *
 * Returns: (transfer none): what its files' names end in, without the dot
 */
const char *
weir_export_format_get_extension (WeirExportFormat format)
{
  return format == WEIR_EXPORT_CSV ? "csv" : "jsonl";
}

/**
 * weir_export_append_heading:
 * @out: what is added to
 * @format: a format
 *
 * Adds the names of the columns, if the format has any.
 */
void
weir_export_append_heading (GString *out, WeirExportFormat format)
{
  g_return_if_fail (out != NULL);

  if (format != WEIR_EXPORT_CSV)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      g_string_append (out, COLUMNS[i]);
    }
  g_string_append (out, LINE_END);
}

/**
 * weir_export_append_event:
 * @out: what is added to
 * @format: a format
 * @event: an event
 *
 * Adds its line. A cell of CSV is empty for what the event has not, a text as it is, and JSON for everything
 * else and always for the payload; numbers stay as they were sent.
 */
void
weir_export_append_event (GString *out, WeirExportFormat format, WeirEvent *event)
{
  g_autofree char *object = NULL;
  WeirJson json;

  g_return_if_fail (out != NULL);
  g_return_if_fail (WEIR_IS_EVENT (event));

  object = weir_record_to_json (WEIR_RECORD (event), FALSE);
  if (format == WEIR_EXPORT_JSONL)
    {
      g_string_append (out, object);
      g_string_append_c (out, '\n');
    }
  else if (weir_json_parse_text (object, -1, &json, NULL))
    append_row (out, json);
}

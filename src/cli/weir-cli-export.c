/* weir-cli-export.c: weirctl export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "weir-cli-query.h"
#include "weir-exporter.h"

#define STANDARD_OUTPUT "-"

/* What is counted is what a person waits for: only on a terminal, and not between the lines of the export. */
static void
progress_cb (WeirExporter *exporter)
{
  guint done = weir_exporter_get_done (exporter);
  guint total = weir_exporter_get_total (exporter);
  g_autofree char *part = g_strdup_printf ("%'u", done);
  g_autofree char *all = g_strdup_printf ("%'u", total);

  g_printerr ("\r");
  /* Translators: how many of how many; it stands in one line that is written over and over */
  g_printerr (ngettext ("%s of %s event", "%s of %s events", total), part, all);
  if (done == total)
    g_printerr ("\n");
}

static WeirHistoryIndex *
ask (WeirCli *self, WeirQuery *query)
{
  WeirHistory *history = weir_cli_get_history (self);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WeirHistoryIndex *index;

  if (history == NULL)
    return NULL;
  weir_history_query_async (history, query, 0, self->cancellable, weir_cli_answer_cb, &result);
  index = weir_history_query_finish (history, weir_cli_wait (self, &result), &error);
  if (index == NULL)
    weir_cli_fail_error (self, NULL, error);
  return index;
}

static void
print_done (WeirCli *self, const char *path, guint n_events)
{
  g_autoptr (WeirJsonWriter) writer = NULL;
  g_autofree char *object = NULL;

  if (!self->options->json)
    {
      g_autofree char *number = g_strdup_printf ("%'u", n_events);

      /* Translators: a number of events, and a file */
      weir_cli_note (self, ngettext ("%s event written to %s", "%s events written to %s", n_events),
                     number, path);
      return;
    }
  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "output", path);
  weir_json_writer_add_int (writer, "events", n_events);
  weir_json_writer_end_object (writer);
  object = weir_json_writer_end (g_steal_pointer (&writer));
  weir_cli_output_add (self->output, object);
}

static void
write_out (WeirCli *self, WeirExporter *exporter)
{
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  weir_exporter_write_async (exporter, stream, self->cancellable, weir_cli_answer_cb, &result);
  if (!weir_exporter_write_finish (exporter, weir_cli_wait (self, &result), &error))
    weir_cli_fail_error (self, NULL, error);
}

static void
save (WeirCli *self, WeirExporter *exporter, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (isatty (STDERR_FILENO))
    g_signal_connect (exporter, "progress", G_CALLBACK (progress_cb), NULL);
  weir_exporter_save_async (exporter, path, self->cancellable, weir_cli_answer_cb, &result);
  if (weir_exporter_save_finish (exporter, weir_cli_wait (self, &result), &error))
    {
      print_done (self, path, weir_exporter_get_total (exporter));
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (&error, "%s: ", path);
  weir_cli_fail_error (self, NULL, error);
}

/**
 * weir_cli_export:
 *
 * Writes all events that a query finds, the oldest first, to standard output or to a file that appears whole or not at all.
 */
void
weir_cli_export (WeirCli *self, char **words)
{
  const char *path = self->options->output;
  g_autoptr (WeirQuery) query = NULL;
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (WeirExporter) exporter = NULL;
  WeirExportFormat format;

  if (self->options->format == NULL || !weir_export_format_parse (self->options->format, &format))
    {
      weir_cli_misuse (self, _ ("--format wants jsonl or csv"));
      return;
    }
  if (path != NULL && *path == '\0')
    {
      weir_cli_misuse (self, _ ("--output wants a file"));
      return;
    }
  query = weir_cli_read_query (self);
  index = query != NULL ? ask (self, query) : NULL;
  if (index == NULL)
    return;

  exporter = weir_exporter_new (weir_cli_get_history (self), index, format);
  if (path == NULL || g_str_equal (path, STANDARD_OUTPUT))
    write_out (self, exporter);
  else
    save (self, exporter, path);
}

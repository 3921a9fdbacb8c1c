/* test-weir-exporter.c: events written to files and streams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-exporter.h"

#include "weir-history-fixture.h"
#include "weir-test-loop.h"

#include <string.h>

#define MANY 1300 /* more than one part */

typedef struct
{
  HistoryFixture history;
  char *file;
  WeirHistoryIndex *index;
  GCancellable *cancellable;
  GAsyncResult *result;
} Fixture;

static void
ask (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&f->index);
  f->index = weir_history_query (f->history.history, NULL, 0, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  history_fixture_set_up (&f->history, data);
  g_free (history_append (f->history.history, f->history.account, NULL,
                          history_make_events (f->history.account, 0, MANY), "A", NULL)
              .cursor);
  f->file = g_build_filename (f->history.folder, "out", NULL);
  f->cancellable = g_cancellable_new ();
  ask (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->result);
  g_clear_object (&f->index);
  g_clear_object (&f->cancellable);
  g_free (f->file);
  /* A task's thread lets go of the exporter some time after its answer. */
  WEIR_TEST_WAIT_UNTIL (g_atomic_int_get (&G_OBJECT (f->history.history)->ref_count) == 1);
  history_fixture_tear_down (&f->history, data);
}

/* No part of a file is left behind. */
static void
check_no_part (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->history.folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".part"));
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

static void
progress_cb (WeirExporter *exporter, guint *n_told)
{
  g_assert_cmpuint (weir_exporter_get_done (exporter), <=, weir_exporter_get_total (exporter));
  (*n_told)++;
}

static void
test_save (Fixture *f, gconstpointer data)
{
  g_autoptr (WeirExporter) exporter =
      weir_exporter_new (f->history.history, f->index, WEIR_EXPORT_JSONL);
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_told = 0;

  g_assert_cmpuint (weir_exporter_get_total (exporter), ==, MANY);
  g_assert_cmpuint (weir_exporter_get_done (exporter), ==, 0);
  g_signal_connect (exporter, "progress", G_CALLBACK (progress_cb), &n_told);
  weir_exporter_save_async (exporter, f->file, f->cancellable, weir_test_keep_result_cb,
                            &f->result);
  WEIR_TEST_WAIT_UNTIL (f->result != NULL);
  g_assert_true (weir_exporter_save_finish (exporter, f->result, &error));
  g_assert_no_error (error);
  weir_test_drain ();
  g_assert_cmpuint (n_told, >=, 1);
  g_assert_cmpuint (weir_exporter_get_done (exporter), ==, MANY);
  check_no_part (f);

  g_assert_true (g_file_get_contents (f->file, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", -1);
  g_assert_cmpuint (count_lines (contents), ==, MANY);
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (GPtrArray) events = NULL;
      g_autofree char *expected = NULL;
      gint64 id = weir_history_index_get_id (f->index, i);

      events = weir_history_load (f->history.history, &id, 1, NULL);
      expected = weir_record_to_json (events->pdata[0], FALSE);
      g_assert_cmpstr (lines[i], ==, expected);
    }
}

static void
test_write (Fixture *f, gconstpointer data)
{
  g_autoptr (WeirExporter) exporter =
      weir_exporter_new (f->history.history, f->index, WEIR_EXPORT_CSV);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  weir_exporter_write_async (exporter, stream, NULL, weir_test_keep_result_cb, &f->result);
  WEIR_TEST_WAIT_UNTIL (f->result != NULL);
  g_assert_true (weir_exporter_write_finish (exporter, f->result, &error));
  g_assert_no_error (error);
  g_assert_false (g_output_stream_is_closed (stream));
  g_assert_true (g_output_stream_write (stream, "", 1, NULL, NULL) == 1);
  g_assert_cmpuint (count_lines (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream))),
                    ==, MANY + 1);
}

/* Each column of the heading is a member of an event's object, in its order. */
static void
test_columns (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) heading = g_string_new (NULL);
  g_autoptr (GString) members = g_string_new (NULL);
  g_autoptr (WeirEvent) event =
      history_make_event (f->history.account, "e", "created", "s", "c", 1, "{}");
  g_autofree char *object = weir_record_to_json (WEIR_RECORD (event), FALSE);
  WeirJsonIter iter;
  WeirJson json, key;

  weir_export_append_heading (heading, WEIR_EXPORT_CSV);
  g_assert_true (weir_json_parse_text (object, -1, &json, NULL));
  weir_json_iter_init (&iter, json);
  while (weir_json_iter_next (&iter, &key, NULL))
    g_string_append_printf (members, "%s%.*s", members->len > 0 ? "," : "", (int) key.length - 2,
                            key.text + 1);
  g_string_append (members, "\r\n");
  g_assert_cmpstr (heading->str, ==, members->str);

  g_string_truncate (heading, 0);
  weir_export_append_heading (heading, WEIR_EXPORT_JSONL);
  g_assert_cmpstr (heading->str, ==, "");
}

/* What was there stays as it was. */
static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (WeirExporter) exporter =
      weir_exporter_new (f->history.history, f->index, WEIR_EXPORT_JSONL);
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (f->file, "before", -1, NULL));
  g_cancellable_cancel (f->cancellable);
  weir_exporter_save_async (exporter, f->file, f->cancellable, weir_test_keep_result_cb,
                            &f->result);
  WEIR_TEST_WAIT_UNTIL (f->result != NULL);
  g_assert_false (weir_exporter_save_finish (exporter, f->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (f->file, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "before");
  check_no_part (f);
}

static void
cancel_cb (WeirExporter *exporter, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* In the middle, by its own progress: the reader is slow. */
static void
test_cancelled_in_the_middle (Fixture *f, gconstpointer data)
{
  g_autoptr (WeirExporter) exporter =
      weir_exporter_new (f->history.history, f->index, WEIR_EXPORT_JSONL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "sleep",
                                                     "60", NULL); /* reads nothing */

  g_assert_no_error (error);
  g_signal_connect (exporter, "progress", G_CALLBACK (cancel_cb), f->cancellable);
  weir_exporter_write_async (exporter, g_subprocess_get_stdin_pipe (reader), f->cancellable,
                             weir_test_keep_result_cb, &f->result);
  WEIR_TEST_WAIT_UNTIL (f->result != NULL);
  g_assert_false (weir_exporter_write_finish (exporter, f->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (weir_exporter_get_done (exporter), <, MANY);
  g_subprocess_force_exit (reader);
}

static void
test_errors (Fixture *f, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (f->history.folder, "none", "out", NULL);
  const char *const paths[] = { nowhere, f->history.folder, "/dev/full" };
  const GIOErrorEnum codes[] = { G_IO_ERROR_NOT_FOUND, G_IO_ERROR_IS_DIRECTORY,
                                 G_IO_ERROR_NO_SPACE };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (WeirExporter) exporter =
          weir_exporter_new (f->history.history, f->index, WEIR_EXPORT_JSONL);
      g_autoptr (GError) error = NULL;

      weir_exporter_save_async (exporter, paths[i], NULL, weir_test_keep_result_cb, &f->result);
      WEIR_TEST_WAIT_UNTIL (f->result != NULL);
      g_assert_false (weir_exporter_save_finish (exporter, f->result, &error));
      g_assert_error (error, G_IO_ERROR, (int) codes[i]);
      g_clear_object (&f->result);
      check_no_part (f);
    }
}

/* Whoever asked may be gone: it is finished all the same, and nothing is left. */
static void
test_dropped (Fixture *f, gconstpointer data)
{
  WeirExporter *exporter = weir_exporter_new (f->history.history, f->index, WEIR_EXPORT_CSV);

  g_object_add_weak_pointer (G_OBJECT (exporter), (gpointer *) &exporter);
  weir_exporter_save_async (exporter, f->file, NULL, NULL, NULL);
  g_object_unref (exporter);
  WEIR_TEST_WAIT_UNTIL (exporter == NULL);
  g_assert_true (g_file_test (f->file, G_FILE_TEST_IS_REGULAR));
  check_no_part (f);
}

/* An index may name what is gone. */
static void
test_gone (Fixture *f, gconstpointer data)
{
  g_autoptr (WeirExporter) exporter =
      weir_exporter_new (f->history.history, f->index, WEIR_EXPORT_JSONL);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (weir_history_remove_account (f->history.history, "uuid-1", NULL));
  weir_exporter_write_async (exporter, stream, NULL, weir_test_keep_result_cb, &f->result);
  WEIR_TEST_WAIT_UNTIL (f->result != NULL);
  g_assert_true (weir_exporter_write_finish (exporter, f->result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/exporter/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("save", test_save);
  ADD ("write", test_write);
  ADD ("columns", test_columns);
  ADD ("cancelled", test_cancelled);
  ADD ("cancelled-in-the-middle", test_cancelled_in_the_middle);
  ADD ("errors", test_errors);
  ADD ("dropped", test_dropped);
  ADD ("gone", test_gone);

  return g_test_run ();
}

/* test-weir-hub-program.c: weir-hub as a program: its line, its exit codes, its death
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>

#include "weir-json.h"
#include "weir-paths.h"

typedef struct
{
  char *program;
  char *folder;
  GSubprocess *process;
  char *uri;   /* of the Membrane face */
  char *token; /* likewise */
  SoupSession *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->program = weir_paths_dup_program ("weir-hub");
  g_assert_nonnull (fixture->program);
  fixture->folder = g_dir_make_tmp ("weir-hub-XXXXXX", NULL);
  fixture->session = soup_session_new ();
}

static void
forget (Fixture *fixture)
{
  g_clear_object (&fixture->process);
  g_clear_pointer (&fixture->uri, g_free);
  g_clear_pointer (&fixture->token, g_free);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  if (fixture->process != NULL)
    {
      g_subprocess_force_exit (fixture->process);
      g_subprocess_wait (fixture->process, NULL, NULL);
    }
  forget (fixture);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->program);
  g_object_unref (fixture->session);
}

/* What it prints first. */
static void
start (Fixture *fixture, GSubprocessFlags flags, const char *option)
{
  const char *argv[] = { fixture->program, "--listen", "127.0.0.1:0", "--state-dir",
                         fixture->folder,  option,     NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  WeirJson root;

  fixture->process = g_subprocess_newv (argv, flags | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (weir_json_parse_text (line, -1, &root, &error));
  fixture->uri = weir_json_dup_string (weir_json_pointer (root, "/membrane/uri", NULL));
  fixture->token = weir_json_dup_string (weir_json_pointer (root, "/membrane/token", NULL));
  g_assert_true (g_str_has_prefix (fixture->token, "pat-"));
  g_assert_true (weir_json_is_set (weir_json_pointer (root, "/sequin/token", NULL)));
  g_assert_true (weir_json_is_set (weir_json_pointer (root, "/oracle/username", NULL)));
  g_assert_true (weir_json_is_set (weir_json_pointer (root, "/oracle/password", NULL)));
}

static char *
ask (Fixture *fixture, const char *method, const char *where, const char *body, guint expected)
{
  g_autofree char *uri =
      g_str_has_prefix (where, "http") ? g_strdup (where) : g_strconcat (fixture->uri, where, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autofree char *header = g_strconcat ("Bearer ", fixture->token, NULL);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                header);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (fixture->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, expected);
  data = g_bytes_get_data (answer, &size);
  return g_strndup (data, size);
}

static int
run (Fixture *fixture, const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list words;

  g_ptr_array_add (argv, fixture->program);
  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (argv, (gpointer) word);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv (
      (const char *const *) argv->pdata,
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
test_exit_codes (Fixture *fixture, gconstpointer unused)
{
  const char *dir = fixture->folder;
  g_autofree char *database = g_build_filename (dir, "hub.db", NULL);

  g_unsetenv ("WEIR_HUB_TOKEN");
  g_assert_cmpint (run (fixture, "--help", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "--version", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "--bogus", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "bogus", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "--listen", "nowhere", "--state-dir", dir, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "--seed", "x", "--state-dir", dir, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "--listen", "0.0.0.0:0", "--state-dir", dir, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "source", "--state-dir", dir, NULL), ==, 2);
  /* nothing is made for words that are wrong */
  g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));
  g_assert_cmpint (run (fixture, "source", "remove", "none", "--state-dir", dir, NULL), ==, 1);
  g_assert_cmpint (run (fixture, "source", "add", "a", "--state-dir", dir, "--url", "http://x",
                        "--items", "", "--id", "/id", NULL),
                   ==, 2);
  g_assert_cmpint (run (fixture, "source", "bogus", "--state-dir", dir, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "source", "list", "all", "--state-dir", dir, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "source", "add", "a", "--state-dir", dir, "--url", "ftp://x",
                        "--items", "", "--id", "/id", "--interval", "60", NULL),
                   ==, 1);
  g_assert_cmpint (run (fixture, "source", "add", "a", "--state-dir", dir, "--url", "http:///x",
                        "--items", "", "--id", "/id", "--interval", "60", NULL),
                   ==, 1);
  g_assert_cmpint (run (fixture, "source", "add", "a", "--state-dir", dir, "--url", "http://x",
                        "--items", "", "--id", "/id", "--interval", "60", NULL),
                   ==, 0);
  g_assert_cmpint (run (fixture, "source", "add", "a", "--state-dir", dir, "--url", "http://x",
                        "--items", "", "--id", "/id", "--interval", "60", NULL),
                   ==, 1);
  g_assert_cmpint (run (fixture, "source", "add", "b", "--state-dir", dir, "--url", "http://x",
                        "--items", "no-slash", "--id", "/id", "--interval", "60", NULL),
                   ==, 1);
  g_assert_cmpint (run (fixture, "source", "add", "b", "--state-dir", dir, "--url", "http://x",
                        "--items", "", "--id", "/id", "--interval", "60", "--demo", NULL),
                   ==, 2);
  g_assert_cmpint (run (fixture, "source", "list", "--state-dir", dir, "--url", "x", NULL), ==, 2);

  /* UTF-8 whatever the locale is, and nothing else */
  g_setenv ("LC_ALL", "C", TRUE);
  g_assert_cmpint (run (fixture, "source", "add", "größe", "--state-dir", dir, "--url", "http://x",
                        "--items", "/Straße", "--id", "/id", "--interval", "60", NULL),
                   ==, 0);
  g_assert_cmpint (run (fixture, "source", "remove", "größe", "--state-dir", dir, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "source", "remove", "\xff", "--state-dir", dir, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "source", "add", "b", "--state-dir", dir, "--url", "http://x",
                        "--items", "/\xff", "--id", "/id", "--interval", "60", NULL),
                   ==, 2);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);

  g_assert_cmpint (run (fixture, "--keep-days", "0", "--state-dir", dir, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "--state-dir", dir, "source", "list", NULL), ==, 0);

  start (fixture, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_assert_cmpint (run (fixture, "--listen", "127.0.0.1:0", "--state-dir", dir, NULL), ==, 1);
  g_subprocess_send_signal (fixture->process, SIGTERM);
  g_subprocess_wait (fixture->process, NULL, NULL);
  g_assert_true (g_subprocess_get_successful (fixture->process));
}

static void
test_with_parent (Fixture *fixture, gconstpointer unused)
{
  start (fixture, G_SUBPROCESS_FLAGS_STDIN_PIPE, "--with-parent");
  g_output_stream_close (g_subprocess_get_stdin_pipe (fixture->process), NULL, NULL);
  g_subprocess_wait (fixture->process, NULL, NULL);
  g_assert_true (g_subprocess_get_successful (fixture->process));
}

/* The sources of the command line reach a hub that is running. */
static void
test_running_hub (Fixture *fixture, gconstpointer unused)
{
  WeirJson root = { NULL, 0 };
  g_autofree char *answer = NULL;

  start (fixture, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_assert_cmpint (run (fixture, "source", "add", "people", "--state-dir", fixture->folder, "--url",
                        "http://127.0.0.1:9", "--items", "", "--id", "/id", "--interval", "3600",
                        NULL),
                   ==, 0);
  for (guint i = 0; i < 100; i++)
    {
      g_free (answer);
      answer = ask (fixture, "GET", "/external-event-subscriptions", NULL, 200);
      g_assert_true (weir_json_parse_text (answer, -1, &root, NULL));
      if (weir_json_count (weir_json_get (root, "items")) == 3)
        break;
      g_usleep (50000);
    }
  g_assert_cmpuint (weir_json_count (weir_json_get (root, "items")), ==, 3);
}

/* What was acknowledged is there after a kill, and the tokens are the same. */
static void
test_kill (Fixture *fixture, gconstpointer unused)
{
  static const char type[] = "{\"key\":\"order\",\"name\":\"Order\"}";
  g_autofree char *made = NULL;
  g_autofree char *webhook = NULL;
  g_autofree char *token = NULL;
  g_autofree char *events = NULL;
  WeirJson root;

  start (fixture, G_SUBPROCESS_FLAGS_NONE, NULL);
  token = g_strdup (fixture->token);
  made = ask (fixture, "POST", "/app-event-types", type, 200);
  g_assert_true (weir_json_parse_text (made, -1, &root, NULL));
  webhook = weir_json_dup_string (weir_json_get (root, "globalWebhookUri"));
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"n\":%u}", i);
      g_autofree char *received = ask (fixture, "POST", webhook, body, 200);
    }
  g_subprocess_send_signal (fixture->process, SIGKILL);
  g_subprocess_wait (fixture->process, NULL, NULL);
  forget (fixture);

  start (fixture, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_assert_cmpstr (fixture->token, ==, token);
  events = ask (fixture, "GET", "/app-events?limit=1000", NULL, 200);
  g_assert_true (weir_json_parse_text (events, -1, &root, NULL));
  g_assert_cmpuint (weir_json_count (weir_json_get (root, "items")), ==, 50);
}

/* One's own token is valid for as long as it is given, and is not kept. */
static void
test_own_token (Fixture *fixture, gconstpointer unused)
{
  static const char own[] = "correct-horse-battery";
  const char *const suffixes[] = { "", "-wal" };
  g_autofree char *drawn = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *refused = NULL;

  g_setenv ("WEIR_HUB_TOKEN", own, TRUE);
  start (fixture, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_unsetenv ("WEIR_HUB_TOKEN");
  g_assert_cmpstr (fixture->token, ==, "pat-correct-horse-battery");
  answer = ask (fixture, "GET", "/app-events?limit=1", NULL, 200);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->folder, "/hub.db", suffixes[i], NULL);
      g_autofree char *kept = NULL;
      gsize length;

      if (g_file_get_contents (path, &kept, &length, NULL))
        g_assert_null (memmem (kept, length, own, strlen (own)));
    }
  g_subprocess_send_signal (fixture->process, SIGTERM);
  g_subprocess_wait (fixture->process, NULL, NULL);
  forget (fixture);

  start (fixture, G_SUBPROCESS_FLAGS_NONE, NULL);
  drawn = g_steal_pointer (&fixture->token);
  fixture->token = g_strconcat ("pat-", own, NULL);
  g_assert_cmpstr (drawn, !=, fixture->token);
  refused = ask (fixture, "GET", "/app-events?limit=1", NULL, 401);
}

static void
test_limits (Fixture *fixture, gconstpointer unused)
{
  GString *large = g_string_new ("\"");
  g_autofree char *refused = NULL;
  g_autofree char *broken = NULL;
  g_autofree char *nowhere = NULL;
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *too_deep = NULL;

  start (fixture, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_string_set_size (large, 11 * 1024 * 1024);
  memset (large->str + 1, 'x', large->len - 1);
  refused = ask (fixture, "POST", "/app-event-types", large->str, 413);
  g_string_free (large, TRUE);
  broken = ask (fixture, "POST", "/app-event-types", "{\"key\":", 400);
  g_assert_nonnull (strstr (broken, "bad_request"));
  too_deep = ask (fixture, "POST", "/app-event-types", deep, 400);
  nowhere = ask (fixture, "GET", "/nothing/here", NULL, 404);
  g_assert_nonnull (strstr (nowhere, "statusCode"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/hub/program/exit-codes", test_exit_codes },
    { "/hub/program/with-parent", test_with_parent },
    { "/hub/program/running", test_running_hub },
    { "/hub/program/kill", test_kill },
    { "/hub/program/own-token", test_own_token },
    { "/hub/program/limits", test_limits },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}

/* weir-hub-process.c: a real weir-hub that can be killed and started again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-process.h"

#include "weir-json.h"
#include "weir-paths.h"

#include <glib/gstdio.h>
#include <signal.h>

static void
take (WeirJson json, const char *pointer, char **field)
{
  g_free (*field);
  *field = weir_json_dup_string (weir_json_pointer (json, pointer, NULL));
  g_assert_nonnull (*field);
}

/* the line it prints when it accepts connections */
static void
read_greeting (WeirHubProcess *self)
{
  g_autoptr (GDataInputStream) out =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  WeirJson json;

  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (weir_json_parse_text (line, -1, &json, &error));
  take (json, "/uri", &text);
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_true (self->port == 0 || (int) self->port == g_uri_get_port (uri));
  self->port = (guint) g_uri_get_port (uri);
  take (json, "/membrane/uri", &self->membrane_uri);
  take (json, "/membrane/token", &self->membrane_token);
  take (json, "/sequin/uri", &self->sequin_uri);
  take (json, "/sequin/token", &self->sequin_token);
  take (json, "/oracle/uri", &self->oracle_uri);
  take (json, "/oracle/username", &self->oracle_username);
  take (json, "/oracle/password", &self->oracle_password);
}

/**
 * weir_hub_process_remove_tree:
 * @path: a folder, or a file
 */
void
weir_hub_process_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      weir_hub_process_remove_tree (child);
    }
  g_remove (path);
}

/**
 * weir_hub_process_new:
 * @demo: whether there is something in it; always the same
 *
 * Returns: (transfer full): a hub that accepts connections
 */
WeirHubProcess *
weir_hub_process_new (gboolean demo)
{
  WeirHubProcess *self = g_new0 (WeirHubProcess, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("weir-hub-XXXXXX", &error);
  g_assert_no_error (error);
  self->demo = demo;
  weir_hub_process_start (self);
  return self;
}

/**
 * weir_hub_process_start:
 * @self: a hub that does not run
 *
 * Starts it with the state and at the port that it had.
 */
void
weir_hub_process_start (WeirHubProcess *self)
{
  g_autofree char *program = weir_paths_dup_program ("weir-hub");
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", self->port);
  g_autoptr (GError) error = NULL;
  /* it ends with this program, however that ends */
  const char *argv[] = { program,
                         "--with-parent",
                         "--listen",
                         listen,
                         "--state-dir",
                         self->folder,
                         self->demo ? "--demo" : NULL,
                         "--seed",
                         "7",
                         NULL };

  g_assert_null (self->process);
  self->process = g_subprocess_newv (
      argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  read_greeting (self);
}

/**
 * weir_hub_process_kill:
 * @self: a hub that runs
 *
 * Ends it at once, without a chance to clean up.
 */
void
weir_hub_process_kill (WeirHubProcess *self)
{
  g_assert_nonnull (self->process);
  g_subprocess_send_signal (self->process, SIGKILL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

/**
 * weir_hub_process_run:
 * @self: a hub
 * @words: a command of weir-hub
 *
 * Returns: (transfer full): what it printed
 */
char *
weir_hub_process_run (WeirHubProcess *self, const char *const *words)
{
  g_autofree char *program = weir_paths_dup_program ("weir-hub");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  g_ptr_array_add (argv, program);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, (gpointer) "--state-dir");
  g_ptr_array_add (argv, self->folder);
  g_ptr_array_add (argv, NULL);
  process =
      g_subprocess_newv ((const char *const *) argv->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return out;
}

/**
 * weir_hub_process_free:
 * @self: (transfer full): a hub
 */
void
weir_hub_process_free (WeirHubProcess *self)
{
  if (self->process != NULL)
    weir_hub_process_kill (self);
  weir_hub_process_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->membrane_uri);
  g_free (self->membrane_token);
  g_free (self->sequin_uri);
  g_free (self->sequin_token);
  g_free (self->oracle_uri);
  g_free (self->oracle_username);
  g_free (self->oracle_password);
  g_free (self);
}

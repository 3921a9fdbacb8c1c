/* weir-ctl-fixture.c: weirctl as a program, and a hub to talk to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ctl-fixture.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "weir-paths.h"

static char *
dup_program (const char *name)
{
  char *path = weir_paths_dup_program (name);

  g_assert_nonnull (path);
  return path;
}

static char *
dup_folder (WeirCtlFixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  remove (path);
}

static GSubprocess *
spawn (WeirCtlFixture *self, GSubprocessFlags flags, const char *input, const char *const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  /* A file, as one that refuses its command line does not read it. */
  if (input != NULL)
    {
      g_autofree char *path = dup_folder (self, "input");

      g_assert_true (g_file_set_contents (path, input, -1, NULL));
      g_subprocess_launcher_set_stdin_file_path (launcher, path);
    }
  g_subprocess_launcher_set_environ (launcher, self->environ);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

void
weir_ctl_fixture_set_up (WeirCtlFixture *self, gconstpointer data)
{
  static const char *const unwanted[] = { "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY",
                                          "LANGUAGE" };
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("weir-ctl-XXXXXX", &error);
  g_assert_no_error (error);
  self->environ = g_get_environ ();
  for (guint i = 0; i < G_N_ELEMENTS (unwanted); i++)
    self->environ = g_environ_unsetenv (self->environ, unwanted[i]);
  weir_ctl_fixture_setenv (self, "XDG_RUNTIME_DIR", self->folder);
  weir_ctl_fixture_setenv (self, "HOME", self->folder);
}

void
weir_ctl_fixture_tear_down (WeirCtlFixture *self, gconstpointer data)
{
  if (self->hub != NULL)
    {
      g_subprocess_send_signal (self->hub, SIGTERM);
      g_assert_true (g_subprocess_wait (self->hub, NULL, NULL));
      g_assert_true (g_subprocess_get_if_exited (self->hub));
      g_object_unref (self->hub);
    }
  remove_tree (self->folder);
  g_free (self->folder);
  g_strfreev (self->environ);
  g_free (self->out);
  g_free (self->err);
  g_strfreev (self->lines);
  g_free (self->uri);
  g_free (self->token);
}

void
weir_ctl_fixture_setenv (WeirCtlFixture *self, const char *name, const char *value)
{
  self->environ = g_environ_setenv (self->environ, name, value, TRUE);
}

static GSubprocess *
start (WeirCtlFixture *self, const char *input, const char *words)
{
  g_autofree char *program = dup_program ("weirctl");
  g_autofree char *folder = dup_folder (self, "ctl");
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  /* A global option may stand anywhere: here it is the last. */
  g_ptr_array_add (argv, program);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (argv, g_str_equal (parts[i], "''") ? (char *) "" : parts[i]);
  g_ptr_array_add (argv, (char *) "--state-dir");
  g_ptr_array_add (argv, folder);
  g_ptr_array_add (argv, NULL);
  return spawn (self, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, input,
                (const char *const *) argv->pdata);
}

GSubprocess *
weir_ctl_fixture_start (WeirCtlFixture *self, const char *words)
{
  return start (self, "", words);
}

void
weir_ctl_fixture_run (WeirCtlFixture *self, int status, const char *input, const char *words)
{
  g_autoptr (GSubprocess) process = start (self, input != NULL ? input : "", words);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
  g_clear_pointer (&self->lines, g_strfreev);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &self->out, &self->err, &error);
  g_assert_no_error (error);
  g_test_message ("weirctl %s\n%s%s", words, self->out, self->err);
  g_assert_true (g_subprocess_get_if_exited (process));
  self->status = g_subprocess_get_exit_status (process);
  g_assert_cmpint (self->status, ==, status);
  g_assert_true (*self->out == '\0' || g_str_has_suffix (self->out, "\n"));
  if (status != 0)
    g_assert_cmpstr (self->err, !=, "");

  if (*self->out != '\0')
    self->out[strlen (self->out) - 1] = '\0';
  self->lines = *self->out != '\0' ? g_strsplit (self->out, "\n", -1) : g_new0 (char *, 1);
  for (guint i = 0; strstr (words, "--json") != NULL && self->lines[i] != NULL; i++)
    {
      WeirJson root;

      weir_json_parse_text (self->lines[i], -1, &root, &error);
      g_assert_no_error (error);
      g_assert_cmpint (weir_json_get_type (root), ==, WEIR_JSON_OBJECT);
    }
}

void
weir_ctl_fixture_runf (WeirCtlFixture *self, int status, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list arguments;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  weir_ctl_fixture_run (self, status, NULL, words);
}

guint
weir_ctl_fixture_count (WeirCtlFixture *self)
{
  return g_strv_length (self->lines);
}

char *
weir_ctl_fixture_dup (WeirCtlFixture *self, guint line, const char *pointer)
{
  g_autoptr (GError) error = NULL;
  WeirJson root, value;

  g_assert_cmpuint (line, <, weir_ctl_fixture_count (self));
  g_assert_true (weir_json_parse_text (self->lines[line], -1, &root, NULL));
  value = weir_json_pointer (root, pointer, &error);
  if (error != NULL || weir_json_get_type (value) == WEIR_JSON_ABSENT)
    g_error ("No %s in %s", pointer, self->lines[line]);
  return weir_json_get_type (value) == WEIR_JSON_STRING ? weir_json_dup_string (value)
                                                        : weir_json_dup_raw (value);
}

void
weir_ctl_fixture_assert (WeirCtlFixture *self,
                         guint line,
                         const char *pointer,
                         const char *expected)
{
  g_autofree char *value = weir_ctl_fixture_dup (self, line, pointer);

  g_assert_cmpstr (value, ==, expected);
}

guint
weir_ctl_fixture_find (WeirCtlFixture *self, const char *pointer, const char *expected)
{
  for (guint i = 0; i < weir_ctl_fixture_count (self); i++)
    {
      g_autofree char *value = weir_ctl_fixture_dup (self, i, pointer);

      if (g_str_equal (value, expected))
        return i;
    }
  g_error ("No %s is %s in %s", pointer, expected, self->out);
}

void
weir_ctl_fixture_start_hub (WeirCtlFixture *self)
{
  g_autofree char *program = dup_program ("weir-hub");
  g_autofree char *folder = dup_folder (self, "hub");
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *greeting = NULL;
  WeirJson root, membrane;

  /* It ends with this program, however that ends. */
  self->hub = spawn (self, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL,
                     (const char *const[]){ program, "--with-parent", "--listen", "127.0.0.1:0",
                                            "--state-dir", folder, NULL });
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->hub));
  greeting = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  g_assert_nonnull (greeting);
  g_assert_true (weir_json_parse_text (greeting, -1, &root, NULL));
  membrane = weir_json_get (root, "membrane");
  self->uri = weir_json_dup_string (weir_json_get (membrane, "uri"));
  self->token = weir_json_dup_string (weir_json_get (membrane, "token"));
}

void
weir_ctl_fixture_add_source (WeirCtlFixture *self, const char *name, const char *url)
{
  g_autofree char *program = dup_program ("weir-hub");
  g_autofree char *folder = dup_folder (self, "hub");
  g_autoptr (GSubprocess) process = spawn (
      self, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
      (const char *const[]){ program, "source", "add", name, "--url", url, "--items", "", "--id",
                             "/id", "--interval", "3600", "--state-dir", folder, NULL });

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

void
weir_ctl_fixture_add_account (WeirCtlFixture *self,
                              const char *name,
                              const char *provider,
                              const char *uri)
{
  g_autofree char *words =
      g_strdup_printf ("account add %s --provider %s --uri %s --token-stdin", name, provider, uri);
  g_autofree char *upper = g_ascii_strup (name, -1);
  g_autofree char *variable = g_strconcat ("WEIR_TOKEN_", upper, NULL);

  weir_ctl_fixture_run (self, 0, "secret-token\n", words);
  weir_ctl_fixture_setenv (self, variable, "secret-token");
}

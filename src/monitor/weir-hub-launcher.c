/* weir-hub-launcher.c: starts the hub's program and stops it with this one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-hub-launcher.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "weir-paths.h"

#define START_PATIENCE 20 /* s */
#define STOP_PATIENCE 3   /* s */
#define TAIL_LENGTH 2000  /* bytes of what the program complained of */
#define READ_SIZE 4096
#define IDENTITY_FILE "accounts" /* in the hub's folder */

static const struct
{
  const char *provider;
  const char *name; /* a proper name, not translated: tests and scripts rely on it */
  WeirAuthKind auth;
  const char *secret; /* the member of the hub's line that has it */
} demo_accounts[] = {
  { "membrane", "Demo Membrane", WEIR_AUTH_TOKEN, "token" },
  { "sequin", "Demo Sequin", WEIR_AUTH_TOKEN, "token" },
  { "oracle", "Demo Oracle", WEIR_AUTH_PASSWORD, "password" },
};

#define N_ACCOUNTS G_N_ELEMENTS (demo_accounts)

struct _WeirHubLauncher
{
  GObject parent_instance;

  WeirMonitor *monitor;
  char *program;         /* (nullable): found where programs are */
  GSubprocess *process;  /* (nullable) */
  GCancellable *reading; /* of its output */
  GString *tail;         /* of its standard error */
  guint parts_left;      /* of process and standard error that have not ended */
  GPtrArray *accounts;   /* (element-type WeirAccount) as added */
  GTask *start;          /* (nullable) */
  guint timeout_id;
};

enum
{
  EXITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirHubLauncher, weir_hub_launcher, G_TYPE_OBJECT)

static gboolean
force_exit_cb (gpointer user_data)
{
  g_subprocess_force_exit (user_data);
  return G_SOURCE_REMOVE;
}

static void
wait_stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  g_source_destroy (user_data);
  g_source_unref (user_data);
}

/* It ends by itself when its standard input does; one that hangs is killed. */
static void
let_go (GSubprocess *process)
{
  GSource *source = g_timeout_source_new_seconds (STOP_PATIENCE);

  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  g_subprocess_send_signal (process, SIGTERM);
  g_source_set_callback (source, force_exit_cb, g_object_ref (process), g_object_unref);
  g_source_attach (source, NULL);
  g_subprocess_wait_async (process, NULL, wait_stopped_cb, source);
}

static void
end_process (WeirHubLauncher *self)
{
  g_autoptr (GSubprocess) process = g_steal_pointer (&self->process);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (process != NULL)
    let_go (process);
}

/* Whoever has removed the last of its accounts is done with the hub. */
static void
store_changed_cb (WeirHubLauncher *self)
{
  WeirAccountStore *store = weir_monitor_get_store (self->monitor);

  if (self->process == NULL || self->start != NULL)
    return;
  for (guint i = 0; i < self->accounts->len; i++)
    {
      WeirAccount *account = g_ptr_array_index (self->accounts, i);

      if (weir_account_store_find_uuid (store, account->uuid) != NULL)
        return;
    }

  g_ptr_array_set_size (self->accounts, 0);
  end_process (self);
  g_signal_emit (self, signals[EXITED], 0);
}

static void
remove_accounts (WeirHubLauncher *self)
{
  WeirAccountStore *store = weir_monitor_get_store (self->monitor);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      weir_account_store_remove (store, self->accounts->pdata[i], NULL);
      weir_secrets_remember (self->accounts->pdata[i], NULL);
    }
  g_ptr_array_set_size (self->accounts, 0);
}

/* @error: (transfer full) (nullable) */
static void
return_start (WeirHubLauncher *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->start);
  g_autofree char *complaint = NULL;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (error == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* Its beginning may be the middle of a character. */
  complaint = g_strstrip (g_utf8_make_valid (self->tail->str, (gssize) self->tail->len));
  if (*complaint != '\0')
    g_prefix_error (&error, "%s: ", complaint);
  end_process (self);
  remove_accounts (self);
  g_task_return_error (task, error);
}

static char *
dup_free_name (WeirAccountStore *store, const char *name)
{
  char *free_name = g_strdup (name);

  for (guint i = 2; weir_account_store_find (store, free_name, NULL) != NULL; i++)
    {
      g_free (free_name);
      free_name = g_strdup_printf ("%s %u", name, i);
    }

  return free_name;
}

static char *
dup_folder (void)
{
  g_autofree char *data = weir_paths_dup_data_dir ();

  return g_build_filename (data, "hub", NULL);
}

/* The accounts are the same at each start as long as the hub's file is, so that the history goes on
 * where it was, and starts anew with a new hub. */
static char **
read_identity (GError **error)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = g_build_filename (folder, IDENTITY_FILE, NULL);
  g_autofree char *text = NULL;
  g_autofree char *new_text = NULL;
  g_auto (GStrv) known = NULL;
  g_auto (GStrv) uuids = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    known = g_strsplit (g_strchomp (text), "\n", -1);
  if (known != NULL && g_strv_length (known) == N_ACCOUNTS && g_uuid_string_is_valid (known[0])
      && g_uuid_string_is_valid (known[1]) && g_uuid_string_is_valid (known[2]))
    return g_steal_pointer (&known);

  uuids = g_new0 (char *, N_ACCOUNTS + 1);
  for (guint i = 0; i < N_ACCOUNTS; i++)
    uuids[i] = g_uuid_string_random ();
  new_text = g_strjoinv ("\n", uuids);
  if (!g_file_set_contents_full (path, new_text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;

  return g_steal_pointer (&uuids);
}

static gboolean
add_account (WeirHubLauncher *self, WeirJson part, guint index, const char *uuid, GError **error)
{
  WeirAccountStore *store = weir_monitor_get_store (self->monitor);
  WeirAccount *known = weir_account_store_find_uuid (store, uuid);
  g_autoptr (WeirAccount) account = NULL;
  g_autofree char *uri = weir_json_dup_string (weir_json_get (part, "uri"));
  g_autofree char *username = weir_json_dup_string (weir_json_get (part, "username"));
  g_autofree char *name = NULL;
  char *secret = weir_json_dup_string (weir_json_get (part, demo_accounts[index].secret));
  gboolean added;

  if (uri == NULL || secret == NULL)
    {
      weir_secrets_free (secret);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("The hub did not say where it can be reached"));
      return FALSE;
    }

  /* Left over from a hub that ended unasked, or taken by an account of the user's. */
  name = known != NULL ? g_strdup (known->name) : dup_free_name (store, demo_accounts[index].name);
  account = weir_account_new (uuid, name, demo_accounts[index].provider, uri,
                              demo_accounts[index].auth, username, NULL, NULL, FALSE);
  account->ephemeral = TRUE;

  weir_secrets_remember (account, secret);
  weir_secrets_free (secret);
  added = known != NULL ? weir_account_store_replace (store, account, error)
                        : weir_account_store_add (store, account, error);
  if (added)
    g_ptr_array_add (self->accounts, g_steal_pointer (&account));

  return added;
}

static gboolean
add_accounts (WeirHubLauncher *self, const char *line, GError **error)
{
  g_auto (GStrv) uuids = read_identity (error);
  WeirJson root;

  if (uuids == NULL || !weir_json_parse_text (line, -1, &root, error))
    return FALSE;

  g_ptr_array_set_size (self->accounts, 0);
  for (guint i = 0; i < N_ACCOUNTS; i++)
    if (!add_account (self, weir_json_get (root, demo_accounts[i].provider), i, uuids[i], error))
      return FALSE;

  return TRUE;
}

/* Called at the end of the process and at that of its standard error: the later one tells. */
static void
part_ended (WeirHubLauncher *self)
{
  if (--self->parts_left > 0)
    return;

  if (self->start != NULL)
    {
      return_start (self,
                    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The hub has ended")));
      return;
    }
  end_process (self);
  g_signal_emit (self, signals[EXITED], 0);
}

static void
wait_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Cancelled: let go of, and the launcher may be gone. So everywhere below. */
  if (g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error))
    part_ended (user_data);
}

static void
read_line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirHubLauncher *self = user_data;
  GError *error = NULL;
  char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result,
                                                          NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }
  if (line != NULL)
    add_accounts (self, line, &error);
  else if (error == NULL)
    return; /* it ends: wait_cb() tells why */
  weir_secrets_free (line);
  return_start (self, error);
}

static void
read_complaints_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GInputStream *stream = G_INPUT_STREAM (source);
  WeirHubLauncher *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (stream, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      part_ended (self);
      return;
    }

  g_string_append_len (self->tail, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes));
  if (self->tail->len > TAIL_LENGTH)
    g_string_erase (self->tail, 0, (gssize) (self->tail->len - TAIL_LENGTH));

  /* All of it: a full pipe would hold the hub up. */
  g_input_stream_read_bytes_async (stream, READ_SIZE, G_PRIORITY_DEFAULT, self->reading,
                                   read_complaints_cb, self);
}

static void
timeout_cb (gpointer user_data)
{
  WeirHubLauncher *self = user_data;

  self->timeout_id = 0;
  return_start (
      self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _ ("The hub does not answer")));
}

static gboolean
spawn (WeirHubLauncher *self, GError **error)
{
  g_autofree char *program =
      self->program != NULL ? g_strdup (self->program) : weir_paths_dup_program ("weir-hub");
  g_autofree char *folder = dup_folder ();
  g_autoptr (GDataInputStream) output = NULL;

  if (program == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _ ("The program weir-hub is not installed"));
      return FALSE;
    }

  g_mkdir_with_parents (folder, 0700);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                                    error, program, "--with-parent", "--demo", "--listen",
                                    "127.0.0.1:0", "--state-dir", folder, NULL);
  if (self->process == NULL)
    return FALSE;

  self->parts_left = 2;
  self->reading = g_cancellable_new ();
  g_string_truncate (self->tail, 0);
  g_subprocess_wait_async (self->process, self->reading, wait_cb, self);
  g_input_stream_read_bytes_async (g_subprocess_get_stderr_pipe (self->process), READ_SIZE,
                                   G_PRIORITY_DEFAULT, self->reading, read_complaints_cb, self);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, self->reading, read_line_cb,
                                       self);
  self->timeout_id = g_timeout_add_once (START_PATIENCE * 1000, timeout_cb, self);

  return TRUE;
}

static void
weir_hub_launcher_dispose (GObject *object)
{
  WeirHubLauncher *self = WEIR_HUB_LAUNCHER (object);

  end_process (self);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_hub_launcher_parent_class)->dispose (object);
}

static void
weir_hub_launcher_finalize (GObject *object)
{
  WeirHubLauncher *self = WEIR_HUB_LAUNCHER (object);

  g_free (self->program);
  g_string_free (self->tail, TRUE);
  g_ptr_array_unref (self->accounts);

  G_OBJECT_CLASS (weir_hub_launcher_parent_class)->finalize (object);
}

static void
weir_hub_launcher_class_init (WeirHubLauncherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_hub_launcher_dispose;
  object_class->finalize = weir_hub_launcher_finalize;

  signals[EXITED] = g_signal_new ("exited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_hub_launcher_init (WeirHubLauncher *self)
{
  self->tail = g_string_new (NULL);
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * weir_hub_launcher_new:
 * @monitor: to whose accounts those of the hub are added
 *
 * Returns: (transfer full): a launcher that has not started anything
 */
WeirHubLauncher *
weir_hub_launcher_new (WeirMonitor *monitor)
{
  WeirHubLauncher *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_HUB_LAUNCHER, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (weir_monitor_get_store (monitor), "items-changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * weir_hub_launcher_set_program:
 * @path: what to run in the place of weir-hub
 */
void
weir_hub_launcher_set_program (WeirHubLauncher *self, const char *path)
{
  g_return_if_fail (WEIR_IS_HUB_LAUNCHER (self));

  g_free (self->program);
  self->program = g_strdup (path);
}

/**
 * weir_hub_launcher_start_async:
 *
 * Starts the hub with its demonstration, waits up to 20 s until it can be reached and adds its three
 * accounts. Its tokens go through a pipe and stay in memory. One that runs already is left alone.
 */
void
weir_hub_launcher_start_async (WeirHubLauncher *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (WEIR_IS_HUB_LAUNCHER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_hub_launcher_start_async);

  if (self->start != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                             _ ("The hub is being started already"));
  else if (self->process != NULL)
    g_task_return_boolean (task, TRUE);
  else if (!spawn (self, &error))
    g_task_return_error (task, error);
  else
    self->start = g_steal_pointer (&task);
}

/**
 * weir_hub_launcher_start_finish:
 *
 * Returns: whether the hub runs; if not, @error has what it complained of
 */
gboolean
weir_hub_launcher_start_finish (WeirHubLauncher *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * weir_hub_launcher_is_running:
 *
 * Returns: whether the hub runs, or is being started
 */
gboolean
weir_hub_launcher_is_running (WeirHubLauncher *self)
{
  g_return_val_if_fail (WEIR_IS_HUB_LAUNCHER (self), FALSE);

  return self->process != NULL;
}

/**
 * weir_hub_launcher_stop:
 *
 * Stops the hub and removes its accounts; their history stays.
 */
void
weir_hub_launcher_stop (WeirHubLauncher *self)
{
  g_return_if_fail (WEIR_IS_HUB_LAUNCHER (self));

  if (self->start != NULL)
    {
      return_start (
          self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The hub was stopped")));
      return;
    }
  end_process (self);
  remove_accounts (self);
}

/* weir-preferences.c: what the user has chosen for all programs of Weir
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-preferences.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "weir-json-file.h"
#include "weir-json-writer.h"
#include "weir-paths.h"

#define FORMAT_VERSION 1

struct _WeirPreferences
{
  GObject parent_instance;

  char *path;
  GBytes *contents; /* (nullable) of the file when it was last read or written */
  WeirJson root;    /* a view into them; absent if there is nothing that can be read */
  GFileMonitor *file_monitor;

  gboolean background; /* edits are seen at once, and written by a worker */
  GThreadPool *writer; /* (nullable) one thread: what was changed first is written first */
  guint n_pending;     /* changes that are not known to be written */
  GBytes *kept;        /* (nullable) the file's contents before them */
  GError *failure;     /* (nullable) the first one of them */
};

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (weir_preferences_error, weir_preferences_error)
G_DEFINE_FINAL_TYPE (WeirPreferences, weir_preferences, G_TYPE_OBJECT)

static gboolean
fail_file (const char *path, GError **error, const char *why)
{
  g_set_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_FILE,
               /* Translators: the name of a file, the reason */
               _ ("The preferences “%s” cannot be changed: %s"), path, why);
  return FALSE;
}

static void
take_contents (WeirPreferences *self, GBytes *contents, WeirJson root)
{
  g_clear_pointer (&self->contents, g_bytes_unref);
  self->contents = contents;
  self->root = root;
}

static gboolean
parse_contents (const char *path, GBytes *contents, WeirJson *root, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 version;

  if (!weir_json_parse (contents, root, &local_error))
    return fail_file (path, error, local_error->message);
  if (weir_json_get_type (*root) != WEIR_JSON_OBJECT
      || !weir_json_get_int (weir_json_get (*root, "version"), &version))
    return fail_file (path, error, _ ("it holds no preferences"));
  if (version > FORMAT_VERSION)
    return fail_file (path, error, _ ("it was written by a newer version of Weir; update Weir"));

  return TRUE;
}

static int
lock_file (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  int lock = weir_json_file_lock (path, &local_error);

  if (lock < 0)
    fail_file (path, error,
               g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_AGAIN)
                   ? _ ("another program holds it")
                   : local_error->message);

  return lock;
}

/* Takes over what the file has now; *changed: that is not what was last seen. */
static gboolean
read_file (WeirPreferences *self, gboolean *changed, GError **error)
{
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) local_error = NULL;
  WeirJson root = { 0 };

  *changed = FALSE;
  if (!weir_json_file_read (self->path, &contents, &local_error))
    return fail_file (self->path, error, local_error->message);
  if (contents == NULL && self->contents == NULL)
    return TRUE;
  if (contents != NULL && self->contents != NULL && g_bytes_equal (contents, self->contents))
    return TRUE;
  if (contents != NULL && !parse_contents (self->path, contents, &root, error))
    return FALSE;

  take_contents (self, g_steal_pointer (&contents), root);
  *changed = TRUE;

  return TRUE;
}

/* Returns: (transfer full) (nullable): all of it, with one member anew */
static char *
compose (const char *path, WeirJson before, const char *member, const char *json, GError **error)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();
  g_autoptr (GError) local_error = NULL;
  WeirJsonIter iter;
  WeirJson key;
  WeirJson value;

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_int (writer, "version", FORMAT_VERSION);
  weir_json_iter_init (&iter, before);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);

      if (!g_str_equal (name, "version") && !g_str_equal (name, member))
        weir_json_writer_add_raw (writer, name, value);
    }
  if (!weir_json_parse_text (json, -1, &value, &local_error))
    {
      fail_file (path, error, local_error->message);
      return NULL;
    }
  weir_json_writer_add_raw (writer, member, value);
  weir_json_writer_end_object (writer);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

/* written: (transfer full): what is in the file then */
static gboolean
write_file (const char *path,
            WeirJson before,
            const char *member,
            const char *json,
            GBytes **written,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = compose (path, before, member, json, error);

  if (text == NULL)
    return FALSE;
  if (!weir_json_file_write (path, text, written, &local_error))
    return fail_file (path, error, local_error->message);

  return TRUE;
}

static gboolean
replace_member (WeirPreferences *self, const char *member, const char *json, GError **error)
{
  GBytes *written;
  WeirJson root;

  if (!write_file (self->path, self->root, member, json, &written, error))
    return FALSE;
  if (!parse_contents (self->path, written, &root, error))
    {
      g_bytes_unref (written);
      return FALSE;
    }
  take_contents (self, written, root);

  return TRUE;
}

static void
file_changed_cb (WeirPreferences *self)
{
  g_autoptr (GError) error = NULL;
  gboolean changed;

  /* what is known here is ahead of the file */
  if (self->n_pending > 0)
    return;

  /* What is known stays; the next change that is asked for says what is wrong. */
  if (!read_file (self, &changed, &error))
    g_debug ("%s", error->message);
  else if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
weir_preferences_dispose (GObject *object)
{
  WeirPreferences *self = WEIR_PREFERENCES (object);

  weir_preferences_flush (self);
  if (self->file_monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->file_monitor, self);
      g_file_monitor_cancel (self->file_monitor);
    }
  g_clear_object (&self->file_monitor);

  G_OBJECT_CLASS (weir_preferences_parent_class)->dispose (object);
}

static void
weir_preferences_finalize (GObject *object)
{
  WeirPreferences *self = WEIR_PREFERENCES (object);

  g_free (self->path);
  g_clear_pointer (&self->contents, g_bytes_unref);
  g_clear_pointer (&self->kept, g_bytes_unref);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (weir_preferences_parent_class)->finalize (object);
}

static void
weir_preferences_class_init (WeirPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_preferences_dispose;
  object_class->finalize = weir_preferences_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
weir_preferences_init (WeirPreferences *self)
{
}

/**
 * weir_preferences_new:
 * @path: (nullable): the file; %NULL is preferences.json in the configuration folder
 *
 * Reads the preferences. A file that is not there is made at the first change; one that cannot be used counts as empty, is left
 * as it is, and each change says why it cannot be made.
 *
 * Returns: (transfer full): the preferences
 */
WeirPreferences *
weir_preferences_new (const char *path)
{
  WeirPreferences *self = g_object_new (WEIR_TYPE_PREFERENCES, NULL);
  g_autofree char *folder = path == NULL ? weir_paths_dup_config_dir () : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  gboolean changed;

  self->path = path == NULL ? g_build_filename (folder, "preferences.json", NULL) : g_strdup (path);
  if (!read_file (self, &changed, &error))
    g_debug ("%s", error->message);

  file = g_file_new_for_path (self->path);
  self->file_monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->file_monitor != NULL)
    g_signal_connect_swapped (self->file_monitor, "changed", G_CALLBACK (file_changed_cb), self);

  return self;
}

/**
 * weir_preferences_get:
 * @self: the preferences
 * @member: which part
 *
 * Returns: the part, maybe absent; a view that the next change ends
 */
WeirJson
weir_preferences_get (WeirPreferences *self, const char *member)
{
  WeirJson absent = { 0 };

  g_return_val_if_fail (WEIR_IS_PREFERENCES (self), absent);

  return weir_json_get (self->root, member);
}

/* A change that was made here and is to be made in the file. */
typedef struct
{
  GWeakRef preferences;
  char *path;
  char *member;
  char *before; /* (nullable) what the member was here */
  char *json;
  GError *error; /* (nullable) why it was not made */
} Change;

static void
change_free (gpointer user_data)
{
  Change *change = user_data;

  g_weak_ref_clear (&change->preferences);
  g_free (change->path);
  g_free (change->member);
  g_free (change->before);
  g_free (change->json);
  g_clear_error (&change->error);
  g_free (change);
}

static char *
dup_member (WeirJson root, const char *member)
{
  WeirJson json = weir_json_get (root, member);

  return weir_json_get_type (json) != WEIR_JSON_ABSENT ? weir_json_dup_pretty (json) : NULL;
}

/* Of several changes one after the other, when the last one is there. */
static gboolean
written_cb (gpointer user_data)
{
  Change *change = user_data;
  g_autoptr (WeirPreferences) self = g_weak_ref_get (&change->preferences);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) kept = NULL;
  WeirJson root = { 0 };

  if (self == NULL)
    return G_SOURCE_REMOVE;

  if (change->error != NULL && self->failure == NULL)
    self->failure = g_steal_pointer (&change->error);
  if (--self->n_pending > 0)
    return G_SOURCE_REMOVE;

  kept = g_steal_pointer (&self->kept);
  failure = g_steal_pointer (&self->failure);
  if (failure == NULL)
    {
      file_changed_cb (self);
      return G_SOURCE_REMOVE;
    }

  /* what is shown is what is in the file again */
  if (kept != NULL && !parse_contents (self->path, kept, &root, NULL))
    g_clear_pointer (&kept, g_bytes_unref);
  take_contents (self, g_steal_pointer (&kept), root);
  file_changed_cb (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[FAILED], 0, failure);

  return G_SOURCE_REMOVE;
}

/* What another program has made of the member meanwhile is not lost: then nothing is changed. */
static gboolean
write_locked (Change *change, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autofree char *now = NULL;
  WeirJson root = { 0 };

  if (!weir_json_file_read (change->path, &contents, &local_error))
    return fail_file (change->path, error, local_error->message);
  if (contents != NULL && !parse_contents (change->path, contents, &root, error))
    return FALSE;
  now = dup_member (root, change->member);
  if (g_strcmp0 (now, change->before) != 0)
    return fail_file (change->path, error, _ ("another program has changed them meanwhile"));

  return write_file (change->path, root, change->member, change->json, &written, error);
}

static void
writer_thread (gpointer data, gpointer user_data)
{
  Change *change = data;
  int lock = lock_file (change->path, &change->error);

  if (lock >= 0)
    {
      write_locked (change, &change->error);
      close (lock);
    }
  g_idle_add_full (G_PRIORITY_DEFAULT, written_cb, change, change_free);
}

/* The change is made here; whether it can be written is told later. */
static gboolean
edit_in_background (WeirPreferences *self,
                    const char *member,
                    WeirPreferencesEdit edit,
                    gpointer user_data,
                    GError **error)
{
  g_autofree char *json = edit (weir_json_get (self->root, member), user_data, error);
  g_autofree char *text = NULL;
  g_autofree char *pretty = NULL;
  g_autoptr (GBytes) contents = NULL;
  Change *change;
  WeirJson root;

  if (json == NULL || (text = compose (self->path, self->root, member, json, error)) == NULL
      || !weir_json_parse_text (text, -1, &root, error))
    return FALSE;
  pretty = weir_json_dup_pretty (root);
  contents = g_bytes_new (pretty, strlen (pretty));
  if (!parse_contents (self->path, contents, &root, error))
    return FALSE;

  change = g_new0 (Change, 1);
  g_weak_ref_init (&change->preferences, self);
  change->path = g_strdup (self->path);
  change->member = g_strdup (member);
  change->before = dup_member (self->root, member);
  change->json = g_steal_pointer (&json);
  if (self->n_pending++ == 0)
    self->kept = self->contents != NULL ? g_bytes_ref (self->contents) : NULL;
  take_contents (self, g_steal_pointer (&contents), root);
  if (self->writer == NULL)
    self->writer = g_thread_pool_new (writer_thread, NULL, 1, FALSE, NULL);
  g_thread_pool_push (self->writer, change, NULL);
  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}

/**
 * weir_preferences_set_background:
 * @self: the preferences
 * @background: whether the caller of weir_preferences_edit() does not wait for the disk
 *
 * Then a change is seen at once and written by a worker; "failed" says if that was not possible, and it is undone.
 */
void
weir_preferences_set_background (WeirPreferences *self, gboolean background)
{
  g_return_if_fail (WEIR_IS_PREFERENCES (self));

  self->background = background;
}

/**
 * weir_preferences_flush:
 * @self: the preferences
 *
 * Waits until what was changed is written: before the program ends.
 */
void
weir_preferences_flush (WeirPreferences *self)
{
  g_return_if_fail (WEIR_IS_PREFERENCES (self));

  if (self->writer != NULL)
    g_thread_pool_free (g_steal_pointer (&self->writer), FALSE, TRUE);
}

/**
 * weir_preferences_edit:
 * @self: the preferences
 * @member: which part
 * @edit: makes the new part from what the file has
 * @user_data: for @edit
 * @error: return location for a #WeirPreferencesError
 *
 * Replaces one part and leaves the others as they are. No other process can change the file meanwhile. Waits for the disk,
 * unless weir_preferences_set_background() was called.
 *
 * Returns: %FALSE if nothing has changed
 */
gboolean
weir_preferences_edit (WeirPreferences *self,
                       const char *member,
                       WeirPreferencesEdit edit,
                       gpointer user_data,
                       GError **error)
{
  g_autofree char *json = NULL;
  gboolean changed;
  int lock;

  g_return_val_if_fail (WEIR_IS_PREFERENCES (self), FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  if (self->background)
    return edit_in_background (self, member, edit, user_data, error);

  lock = lock_file (self->path, error);
  if (lock < 0)
    return FALSE;
  if (read_file (self, &changed, error)
      && (json = edit (weir_json_get (self->root, member), user_data, error)) != NULL)
    changed = replace_member (self, member, json, error);
  else
    g_clear_pointer (&json, g_free);
  close (lock);

  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);

  return json != NULL && changed;
}

/* A change that a worker makes. */
typedef struct
{
  char *path;
  char *member;
  WeirPreferencesEdit edit;
  gpointer user_data;
  GDestroyNotify free_data;
} Later;

static void
later_free (Later *later)
{
  if (later->free_data != NULL)
    later->free_data (later->user_data);
  g_free (later->path);
  g_free (later->member);
  g_free (later);
}

static gboolean
edit_locked (Later *later, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autofree char *json = NULL;
  WeirJson root = { 0 };

  if (!weir_json_file_read (later->path, &contents, &local_error))
    return fail_file (later->path, error, local_error->message);
  if (contents != NULL && !parse_contents (later->path, contents, &root, error))
    return FALSE;
  json = later->edit (weir_json_get (root, later->member), later->user_data, error);

  return json != NULL && write_file (later->path, root, later->member, json, &written, error);
}

static void
later_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Later *later = task_data;
  GError *error = NULL;
  gboolean done = FALSE;
  int lock = lock_file (later->path, &error);

  if (lock >= 0)
    {
      done = edit_locked (later, &error);
      close (lock);
    }
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Another program may have written since, so the file is looked at. */
static void
later_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirPreferences *self = WEIR_PREFERENCES (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("%s", error->message);
  else if (self->file_monitor != NULL)
    file_changed_cb (self);
}

/**
 * weir_preferences_edit_later:
 * @self: the preferences
 * @member: which part
 * @edit: makes the new part from what the file has; called by a worker
 * @user_data: (transfer full): for @edit
 * @free_data: (nullable): frees @user_data, in any thread
 *
 * Replaces one part as weir_preferences_edit() does, without having the caller wait for the disk: for what is noted by the
 * way. Who is interested hears of it by "changed"; what fails is as it was.
 */
void
weir_preferences_edit_later (WeirPreferences *self,
                             const char *member,
                             WeirPreferencesEdit edit,
                             gpointer user_data,
                             GDestroyNotify free_data)
{
  g_autoptr (GTask) task = NULL;
  Later *later;

  g_return_if_fail (WEIR_IS_PREFERENCES (self));
  g_return_if_fail (member != NULL);

  later = g_new0 (Later, 1);
  later->path = g_strdup (self->path);
  later->member = g_strdup (member);
  later->edit = edit;
  later->user_data = user_data;
  later->free_data = free_data;
  task = g_task_new (self, NULL, later_cb, NULL);
  g_task_set_source_tag (task, weir_preferences_edit_later);
  g_task_set_task_data (task, later, (GDestroyNotify) later_free);
  g_task_run_in_thread (task, later_thread);
}

/* weir-account-store.c: the accounts, kept in a file without their secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-account-store.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "weir-json-file.h"
#include "weir-paths.h"

#define FORMAT_VERSION 1

struct _WeirAccountStore
{
  GObject parent_instance;

  char *path;
  GBytes *contents;    /* (nullable) of the file when it was last read or written */
  GPtrArray *accounts; /* those of the file in its order, then the ephemeral ones */
  GPtrArray *coming;   /* (element-type WeirAccount) those that a worker is writing */
  GFileMonitor *file_monitor;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_QUARK (weir_account_store_error, weir_account_store_error)
G_DEFINE_FINAL_TYPE_WITH_CODE (WeirAccountStore,
                               weir_account_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gboolean
fail_file (WeirAccountStore *self, GError **error, const char *what, const char *why)
{
  g_set_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_FILE,
               /* Translators: what is wrong, the name of a file, the reason */
               _ ("%s “%s”: %s"), what, self->path, why);
  return FALSE;
}

static gboolean
fail_damaged (WeirAccountStore *self, GError **error, const char *why)
{
  g_autofree char *remedy =
      g_strdup_printf (_ ("%s. It was left as it is. Repair it, or move it away to start with no "
                          "accounts; tokens stay in the keyring."),
                       why);

  return fail_file (self, error, _ ("The accounts file is damaged"), remedy);
}

static char *
dup_account_text (WeirAccount *account)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();

  weir_json_writer_begin_object (writer, NULL);
  weir_account_write (account, writer);
  weir_json_writer_end_object (writer);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

static gboolean
same_account (WeirAccount *one, WeirAccount *other)
{
  g_autofree char *one_text = dup_account_text (one);
  g_autofree char *other_text = dup_account_text (other);

  return one->ephemeral == other->ephemeral && g_str_equal (one_text, other_text);
}

static WeirAccount *
find_uuid (GPtrArray *accounts, const char *uuid, guint *position)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      WeirAccount *account = accounts->pdata[i];

      if (g_str_equal (account->uuid, uuid))
        {
          if (position != NULL)
            *position = i;
          return account;
        }
    }

  return NULL;
}

static WeirAccount *
find_name (GPtrArray *accounts, const char *name)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      WeirAccount *account = accounts->pdata[i];

      if (g_str_equal (account->name, name))
        return account;
    }

  return NULL;
}

/* Makes `accounts` the list, and tells of the smallest span that is different. */
static void
take_list (WeirAccountStore *self, GPtrArray *accounts)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->accounts);
  guint head = 0, tail = 0;

  self->accounts = accounts;

  while (head < old->len && head < accounts->len && old->pdata[head] == accounts->pdata[head])
    head++;
  while (tail < old->len - head && tail < accounts->len - head
         && old->pdata[old->len - 1 - tail] == accounts->pdata[accounts->len - 1 - tail])
    tail++;

  if (head + tail < old->len || head + tail < accounts->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                accounts->len - head - tail);
}

static GPtrArray *
parse_accounts (WeirAccountStore *self, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  WeirJson root, list, item;
  WeirJsonIter iter;
  gint64 version;

  if (!weir_json_parse (bytes, &root, &local_error))
    {
      fail_damaged (self, error, local_error->message);
      return NULL;
    }

  list = weir_json_get (root, "accounts");
  if (!weir_json_get_int (weir_json_get (root, "version"), &version)
      || weir_json_get_type (list) != WEIR_JSON_ARRAY)
    {
      fail_damaged (self, error, _ ("it holds no list of accounts"));
      return NULL;
    }

  if (version > FORMAT_VERSION)
    {
      fail_file (self, error, _ ("Cannot use the accounts file"),
                 _ ("it was written by a newer version of Weir; update Weir"));
      return NULL;
    }

  weir_json_iter_init (&iter, list);
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      g_autoptr (WeirAccount) account = weir_account_new_from_json (item, &local_error);
      WeirAccount *known;

      if (account == NULL)
        {
          fail_damaged (self, error, local_error->message);
          return NULL;
        }

      if (find_uuid (accounts, account->uuid, NULL) != NULL
          || find_name (accounts, account->name) != NULL)
        {
          g_autofree char *why = g_strdup_printf (_ ("it holds “%s” twice"), account->name);

          fail_damaged (self, error, why);
          return NULL;
        }

      /* An account that is still the same stays the same object. */
      known = find_uuid (self->accounts, account->uuid, NULL);
      if (known == NULL || !same_account (known, account))
        known = find_uuid (self->coming, account->uuid, NULL);
      if (known != NULL && same_account (known, account))
        g_ptr_array_add (accounts, g_object_ref (known));
      else
        g_ptr_array_add (accounts, g_steal_pointer (&account));
    }

  return g_steal_pointer (&accounts);
}

/* Takes over what the file has now, if that is not what was last seen. */
static gboolean
read_file (WeirAccountStore *self, GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) contents = NULL;

  if (!weir_json_file_read (self->path, &contents, &local_error))
    return fail_file (self, error, _ ("Cannot read the accounts file"), local_error->message);
  if (contents == NULL)
    {
      accounts = g_ptr_array_new_with_free_func (g_object_unref);
    }
  else
    {
      if (self->contents != NULL && g_bytes_equal (contents, self->contents))
        return TRUE;
      accounts = parse_accounts (self, contents, error);
      if (accounts == NULL)
        return FALSE;
    }

  for (guint i = 0; i < self->accounts->len; i++)
    {
      WeirAccount *account = self->accounts->pdata[i];

      if (account->ephemeral)
        g_ptr_array_add (accounts, g_object_ref (account));
    }

  g_clear_pointer (&self->contents, g_bytes_unref);
  self->contents = g_steal_pointer (&contents);
  take_list (self, g_steal_pointer (&accounts));

  return TRUE;
}

static gboolean
write_file (WeirAccountStore *self, GPtrArray *accounts, GError **error)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  GBytes *written;

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_int (writer, "version", FORMAT_VERSION);
  weir_json_writer_begin_array (writer, "accounts");
  for (guint i = 0; i < accounts->len; i++)
    {
      WeirAccount *account = accounts->pdata[i];

      if (account->ephemeral)
        continue;
      weir_json_writer_begin_object (writer, NULL);
      weir_account_write (account, writer);
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (g_steal_pointer (&writer));
  if (!weir_json_file_write (self->path, text, &written, &local_error))
    return fail_file (self, error, _ ("Cannot write the accounts file"), local_error->message);

  g_clear_pointer (&self->contents, g_bytes_unref);
  self->contents = written;

  return TRUE;
}

static gboolean
make_folder (WeirAccountStore *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  return g_mkdir_with_parents (folder, 0700) == 0;
}

/* Between reading and replacing the file no other Weir may do the same. */
static int
lock_file (WeirAccountStore *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  int fd = weir_json_file_lock (self->path, &local_error);

  if (fd < 0)
    fail_file (self, error, _ ("Cannot write the accounts file"),
               g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_AGAIN)
                   /* Translators: “it” is a file */
                   ? _ ("another program holds it")
                   : local_error->message);

  return fd;
}

static GPtrArray *
copy_list (WeirAccountStore *self)
{
  return g_ptr_array_copy (self->accounts, (GCopyFunc) g_object_ref, NULL);
}

/* Where a new account goes: behind those of its sort. */
static guint
find_end (WeirAccountStore *self, gboolean ephemeral)
{
  guint end = self->accounts->len;

  while (!ephemeral && end > 0 && ((WeirAccount *) self->accounts->pdata[end - 1])->ephemeral)
    end--;

  return end;
}

static gboolean
check_name_free (WeirAccountStore *self, WeirAccount *account, GError **error)
{
  WeirAccount *other = find_name (self->accounts, account->name);

  if (other == NULL || g_str_equal (other->uuid, account->uuid))
    return TRUE;

  g_set_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_TAKEN,
               _ ("There is an account named “%s” already"), account->name);
  return FALSE;
}

static gboolean
find_or_fail (WeirAccountStore *self, WeirAccount *account, guint *position, GError **error)
{
  if (find_uuid (self->accounts, account->uuid, position) != NULL)
    return TRUE;

  g_set_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_MISSING,
               _ ("There is no account named “%s”"), account->name);
  return FALSE;
}

static gboolean
change_list (WeirAccountStore *self,
             WeirAccountStoreChange change,
             WeirAccount *account,
             GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  guint position = 0;

  if (change == WEIR_ACCOUNT_STORE_ADD ? !check_name_free (self, account, error)
                                       : !find_or_fail (self, account, &position, error))
    return FALSE;
  if (change == WEIR_ACCOUNT_STORE_REPLACE && !check_name_free (self, account, error))
    return FALSE;

  accounts = copy_list (self);
  if (change == WEIR_ACCOUNT_STORE_ADD)
    {
      g_ptr_array_insert (accounts, (int) find_end (self, account->ephemeral),
                          g_object_ref (account));
    }
  else
    {
      g_ptr_array_remove_index (accounts, position);
      if (change == WEIR_ACCOUNT_STORE_REPLACE)
        g_ptr_array_insert (accounts, (int) position, g_object_ref (account));
    }

  if (!account->ephemeral && !write_file (self, accounts, error))
    return FALSE;
  take_list (self, g_steal_pointer (&accounts));

  return TRUE;
}

static gboolean
change (WeirAccountStore *self, WeirAccountStoreChange what, WeirAccount *account, GError **error)
{
  gboolean done;
  int lock;

  if (account->ephemeral)
    return change_list (self, what, account, error);

  lock = lock_file (self, error);
  if (lock < 0)
    return FALSE;
  done = read_file (self, error) && change_list (self, what, account, error);
  close (lock);

  return done;
}

static void
file_changed_cb (WeirAccountStore *self)
{
  g_autoptr (GError) error = NULL;

  /* What is known stays; the next change that is asked for says what is wrong. */
  if (!read_file (self, &error))
    g_debug ("%s", error->message);
}

static GType
weir_account_store_get_item_type (GListModel *model)
{
  return WEIR_TYPE_ACCOUNT;
}

static guint
weir_account_store_get_n_items (GListModel *model)
{
  return WEIR_ACCOUNT_STORE (model)->accounts->len;
}

static gpointer
weir_account_store_get_item (GListModel *model, guint position)
{
  WeirAccountStore *self = WEIR_ACCOUNT_STORE (model);

  return position < self->accounts->len ? g_object_ref (self->accounts->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = weir_account_store_get_item_type;
  iface->get_n_items = weir_account_store_get_n_items;
  iface->get_item = weir_account_store_get_item;
}

static void
weir_account_store_dispose (GObject *object)
{
  WeirAccountStore *self = WEIR_ACCOUNT_STORE (object);

  if (self->file_monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->file_monitor, self);
      g_file_monitor_cancel (self->file_monitor);
    }
  g_clear_object (&self->file_monitor);

  G_OBJECT_CLASS (weir_account_store_parent_class)->dispose (object);
}

static void
weir_account_store_finalize (GObject *object)
{
  WeirAccountStore *self = WEIR_ACCOUNT_STORE (object);

  g_free (self->path);
  g_clear_pointer (&self->contents, g_bytes_unref);
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->coming);

  G_OBJECT_CLASS (weir_account_store_parent_class)->finalize (object);
}

static void
weir_account_store_class_init (WeirAccountStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_account_store_dispose;
  object_class->finalize = weir_account_store_finalize;
}

static void
weir_account_store_init (WeirAccountStore *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->coming = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * weir_account_store_new:
 * @path: (nullable): the file; %NULL is accounts.json in the configuration folder
 * @error: set to %WEIR_ACCOUNT_STORE_ERROR_FILE if there is a file that cannot be used
 *
 * Reads the accounts. A file that is not there is made at the first change. What another process
 * writes later is taken over as it comes.
 *
 * Returns: (transfer full): the store, or %NULL
 */
WeirAccountStore *
weir_account_store_new (const char *path, GError **error)
{
  g_autoptr (WeirAccountStore) self = g_object_new (WEIR_TYPE_ACCOUNT_STORE, NULL);
  g_autofree char *folder = path == NULL ? weir_paths_dup_config_dir () : NULL;
  g_autoptr (GFile) file = NULL;

  self->path = path == NULL ? g_build_filename (folder, "accounts.json", NULL) : g_strdup (path);

  if (!read_file (self, error))
    return NULL;

  /* A folder that is not there could not be watched. */
  make_folder (self);
  file = g_file_new_for_path (self->path);
  self->file_monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->file_monitor != NULL)
    g_signal_connect_swapped (self->file_monitor, "changed", G_CALLBACK (file_changed_cb), self);

  return g_steal_pointer (&self);
}

/**
 * weir_account_store_add:
 * @account: the new account; an ephemeral one is listed, not written
 *
 * Adds an account behind the others.
 *
 * Returns: %FALSE with @error set if its name breaks the rules or is taken, or if the file cannot be
 *   read or written; then nothing has changed
 */
gboolean
weir_account_store_add (WeirAccountStore *self, WeirAccount *account, GError **error)
{
  g_return_val_if_fail (WEIR_IS_ACCOUNT_STORE (self), FALSE);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), FALSE);

  if (find_uuid (self->accounts, account->uuid, NULL) != NULL)
    {
      g_set_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_TAKEN,
                   _ ("The account “%s” is there already"), account->name);
      return FALSE;
    }

  return weir_account_check_name (account->name, error)
         && change (self, WEIR_ACCOUNT_STORE_ADD, account, error);
}

/**
 * weir_account_store_replace:
 * @account: the account as it is to be from now on
 *
 * Puts @account in the place of the one with the same uuid.
 *
 * Returns: %FALSE with @error set if there is none, if its new name breaks the rules or is taken, or
 *   if the file cannot be read or written; then nothing has changed
 */
gboolean
weir_account_store_replace (WeirAccountStore *self, WeirAccount *account, GError **error)
{
  g_return_val_if_fail (WEIR_IS_ACCOUNT_STORE (self), FALSE);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), FALSE);

  return weir_account_check_name (account->name, error)
         && change (self, WEIR_ACCOUNT_STORE_REPLACE, account, error);
}

/**
 * weir_account_store_remove:
 * @account: an account of the list, or an older state of it
 *
 * Removes the account with the uuid of @account. Its token and its history are left.
 *
 * Returns: %FALSE with @error set if there is none, or if the file cannot be read or written; then
 *   nothing has changed
 */
gboolean
weir_account_store_remove (WeirAccountStore *self, WeirAccount *account, GError **error)
{
  g_autoptr (WeirAccount) kept = NULL;

  g_return_val_if_fail (WEIR_IS_ACCOUNT_STORE (self), FALSE);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), FALSE);

  kept = g_object_ref (account); /* the caller may have it from the list */

  return change (self, WEIR_ACCOUNT_STORE_REMOVE, kept, error);
}

typedef struct
{
  char *path;
  WeirAccountStoreChange what;
  WeirAccount *account;
} Work;

static void
work_free (Work *work)
{
  g_free (work->path);
  g_object_unref (work->account);
  g_free (work);
}

static gboolean
apply (WeirAccountStore *self, WeirAccountStoreChange what, WeirAccount *account, GError **error)
{
  switch (what)
    {
    case WEIR_ACCOUNT_STORE_ADD:
      return weir_account_store_add (self, account, error);

    case WEIR_ACCOUNT_STORE_REPLACE:
      return weir_account_store_replace (self, account, error);

    case WEIR_ACCOUNT_STORE_REMOVE:
    default:
      return weir_account_store_remove (self, account, error);
    }
}

/* With a store of its own, as another program would; nobody else has it. */
static void
change_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr (WeirAccountStore) store = g_object_new (WEIR_TYPE_ACCOUNT_STORE, NULL);
  GError *error = NULL;

  store->path = g_strdup (work->path);
  if (read_file (store, &error) && apply (store, work->what, work->account, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * weir_account_store_change_async:
 * @self: a store
 * @what: what is to be done with the account
 * @account: the account
 * @callback: gets the result
 * @user_data: for @callback
 *
 * Does what weir_account_store_add(), _replace() and _remove() do, by a worker.
 */
void
weir_account_store_change_async (WeirAccountStore *self,
                                 WeirAccountStoreChange what,
                                 WeirAccount *account,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Work *work;

  g_return_if_fail (WEIR_IS_ACCOUNT_STORE (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, weir_account_store_change_async);
  if (account->ephemeral)
    {
      if (apply (self, what, account, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
      return;
    }
  /* of the ephemeral ones the file knows nothing */
  if (what != WEIR_ACCOUNT_STORE_REMOVE && !check_name_free (self, account, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  work = g_new0 (Work, 1);
  work->path = g_strdup (self->path);
  work->what = what;
  work->account = g_object_ref (account);
  g_ptr_array_add (self->coming, g_object_ref (account));
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, change_thread);
}

/**
 * weir_account_store_change_finish:
 * @self: the store
 * @result: what the callback got
 * @error: why nothing has changed
 *
 * Takes over what the file has now.
 *
 * Returns: whether the change was made
 */
gboolean
weir_account_store_change_finish (WeirAccountStore *self, GAsyncResult *result, GError **error)
{
  Work *work;
  gboolean done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  done = g_task_propagate_boolean (G_TASK (result), error) && read_file (self, error);
  work = g_task_get_task_data (G_TASK (result));
  if (work != NULL)
    g_ptr_array_remove (self->coming, work->account);

  return done;
}

/**
 * weir_account_store_find:
 * @name: the name of an account, to the letter
 * @error: set to %WEIR_ACCOUNT_STORE_ERROR_MISSING if there is none
 *
 * Returns: (transfer none): the account, or %NULL
 */
WeirAccount *
weir_account_store_find (WeirAccountStore *self, const char *name, GError **error)
{
  WeirAccount *account;

  g_return_val_if_fail (WEIR_IS_ACCOUNT_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  account = find_name (self->accounts, name);
  if (account == NULL)
    g_set_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_MISSING,
                 _ ("There is no account named “%s”"), name);

  return account;
}

/**
 * weir_account_store_find_uuid:
 *
 * Returns: (transfer none) (nullable): the account with that uuid
 */
WeirAccount *
weir_account_store_find_uuid (WeirAccountStore *self, const char *uuid)
{
  g_return_val_if_fail (WEIR_IS_ACCOUNT_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return find_uuid (self->accounts, uuid, NULL);
}

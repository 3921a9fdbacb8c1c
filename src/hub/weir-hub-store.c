/* weir-hub-store.c: everything the hub remembers, in one SQLite file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-store.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "weir-clock.h"
#include "weir-hub-changes.h"
#include "weir-hub-store-private.h"

enum
{
  ELEMENT,
  CHANGE,
  FOREIGN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirHubStore, weir_hub_store, G_TYPE_OBJECT)

/* The day on which a seeded hub's elements were made: 2025-01-01. */
#define SEEDED_DAY (G_GINT64_CONSTANT (1735689600) * G_USEC_PER_SEC)
#define FOREIGN_CHECK_MS 500

/* The lists' filters become expressions over the documents; those that are asked often have an
 * index over the very same expression. */
static const char *const migrations[] = {
  "CREATE TABLE element ("
  "  sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  type TEXT NOT NULL,"
  "  id TEXT NOT NULL,"
  "  time INTEGER NOT NULL,"
  "  body TEXT NOT NULL,"
  "  UNIQUE (type, id));"
  "CREATE INDEX element_order ON element (type, sequence);"
  "CREATE INDEX element_subscription ON element"
  "  (type, json_extract (body, '$.externalEventSubscriptionId'), sequence);"
  "CREATE INDEX element_connection ON element"
  "  (type, json_extract (body, '$.connectionId'), sequence);"
  "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE snapshot ("
  "  source TEXT NOT NULL,"
  "  record TEXT NOT NULL,"
  "  mark TEXT NOT NULL,"
  "  body TEXT NOT NULL,"
  "  PRIMARY KEY (source, record)) WITHOUT ROWID;"
  "CREATE TABLE change ("
  "  sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  time INTEGER NOT NULL,"
  "  kind INTEGER NOT NULL,"
  "  source TEXT NOT NULL,"
  "  face TEXT NOT NULL,"
  "  record TEXT NOT NULL,"
  "  updated TEXT,"
  "  body TEXT NOT NULL);"
  "CREATE INDEX change_source ON change (source, kind, sequence);"
  "CREATE INDEX change_face ON change (face, sequence);",
  "CREATE INDEX change_record ON change (source, record, sequence);",
  /* with the time, so that a range of it is found without reading what is not in it */
  "DROP INDEX element_order;"
  "CREATE INDEX element_order ON element (type, sequence, time);"
  "CREATE INDEX element_status ON element (type, json_extract (body, '$.status'), sequence);"
  "CREATE INDEX element_user ON element (type, json_extract (body, '$.userId'), sequence);"
  "CREATE INDEX element_integration ON element"
  "  (type, json_extract (body, '$.integrationId'), sequence);"
  "CREATE INDEX element_key ON element (type, json_extract (body, '$.key'), sequence)"
  "  WHERE json_extract (body, '$.key') IS NOT NULL;"
  "CREATE INDEX element_internal ON element (type, json_extract (body, '$.internalId'), sequence)"
  "  WHERE json_extract (body, '$.internalId') IS NOT NULL;"
  "CREATE INDEX element_app ON element (type, json_extract (body, '$.externalAppId'), sequence)"
  "  WHERE json_extract (body, '$.externalAppId') IS NOT NULL;"
  "CREATE INDEX element_webhook ON element (type, json_extract (body, '$._webhookKey'), sequence)"
  "  WHERE json_extract (body, '$._webhookKey') IS NOT NULL;",
  NULL,
};

typedef struct
{
  char *type; /* NULL: a change */
  char *id;
  WeirHubChange *change;
} Notice;

static void
notice_free (Notice *notice)
{
  g_free (notice->type);
  g_free (notice->id);
  g_clear_pointer (&notice->change, weir_hub_change_free);
  g_free (notice);
}

static gint64
read_data_version (WeirHubStore *self)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (self->db, NULL, "PRAGMA data_version", "");

  if (statement == NULL || !weir_statement_step (statement, NULL))
    return self->data_version;
  return weir_statement_get_int (statement, 0);
}

static gboolean
look_for_foreign_cb (gpointer user_data)
{
  WeirHubStore *self = user_data;
  gint64 version = read_data_version (self);

  if (version != self->data_version)
    {
      self->data_version = version;
      g_signal_emit (self, signals[FOREIGN], 0);
    }
  return G_SOURCE_CONTINUE;
}

static void
emit_notices (WeirHubStore *self)
{
  g_autoptr (GPtrArray) notices = g_steal_pointer (&self->notices);

  self->notices = g_ptr_array_new_with_free_func ((GDestroyNotify) notice_free);
  for (guint i = 0; i < notices->len; i++)
    {
      Notice *notice = notices->pdata[i];

      if (notice->type != NULL)
        g_signal_emit (self, signals[ELEMENT], 0, notice->type, notice->id);
      else
        g_signal_emit (self, signals[CHANGE], 0, notice->change);
    }
}

static void
note_element (WeirHubStore *self, const char *type, const char *id)
{
  Notice *notice = g_new0 (Notice, 1);

  notice->type = g_strdup (type);
  notice->id = g_strdup (id);
  g_ptr_array_add (self->notices, notice);
}

static void
weir_hub_store_dispose (GObject *object)
{
  WeirHubStore *self = WEIR_HUB_STORE (object);

  g_clear_handle_id (&self->foreign_source, g_source_remove);
  weir_hub_store_stop_work (self);
  g_clear_pointer (&self->db, weir_database_close);

  G_OBJECT_CLASS (weir_hub_store_parent_class)->dispose (object);
}

static void
weir_hub_store_finalize (GObject *object)
{
  WeirHubStore *self = WEIR_HUB_STORE (object);

  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_clear_pointer (&self->rand, g_rand_free);
  g_clear_error (&self->failure);
  g_clear_error (&self->work_stopped);
  g_free (self->lost);

  G_OBJECT_CLASS (weir_hub_store_parent_class)->finalize (object);
}

static void
weir_hub_store_class_init (WeirHubStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_hub_store_dispose;
  object_class->finalize = weir_hub_store_finalize;

  signals[ELEMENT] = g_signal_new ("element", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CHANGE] = g_signal_new ("change", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[FOREIGN] = g_signal_new ("foreign", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_hub_store_init (WeirHubStore *self)
{
  self->notices = g_ptr_array_new_with_free_func ((GDestroyNotify) notice_free);
}

/**
 * weir_hub_store_new:
 * @path: the SQLite file; made if there is none, readable by its owner only
 * @error: return location for an error of WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (nullable): the store
 */
WeirHubStore *
weir_hub_store_new (const char *path, GError **error)
{
  g_autoptr (WeirHubStore) self = g_object_new (WEIR_TYPE_HUB_STORE, NULL);

  g_return_val_if_fail (path != NULL, NULL);

  self->db = weir_database_open (path, migrations, error);
  if (self->db == NULL)
    return NULL;
  self->data_version = read_data_version (self);
  self->foreign_source = g_timeout_add (FOREIGN_CHECK_MS, look_for_foreign_cb, self);
  return g_steal_pointer (&self);
}

/**
 * weir_hub_store_set_seed:
 * @self: a store
 * @seed: any number
 *
 * From now on identifiers are the same for the same seed and the same order of calls.
 */
void
weir_hub_store_set_seed (WeirHubStore *self, guint32 seed)
{
  g_return_if_fail (WEIR_IS_HUB_STORE (self));

  g_clear_pointer (&self->rand, g_rand_free);
  self->rand = g_rand_new_with_seed (seed);
}

/**
 * weir_hub_store_random:
 * @self: a store
 *
 * Not for secrets.
 *
 * Returns: 32 bits from the seed, or from the system
 */
guint32
weir_hub_store_random (WeirHubStore *self)
{
  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), 0);

  return self->rand != NULL ? g_rand_int (self->rand) : g_random_int ();
}

/**
 * weir_hub_store_new_id:
 * @self: a store
 * @time: µs, the time that the id tells; 0 for now (a fixed day in a seeded store)
 *
 * Returns: (transfer full): 24 hex digits, the form of Membrane's ids (api/membrane.md §6)
 */
char *
weir_hub_store_new_id (WeirHubStore *self, gint64 time)
{
  guint32 seconds;
  guint32 random1, random2;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), NULL);

  if (time == 0)
    time = self->rand != NULL ? SEEDED_DAY : weir_clock_now ();
  seconds = (guint32) (time / G_USEC_PER_SEC);
  random1 = weir_hub_store_random (self);
  random2 = weir_hub_store_random (self);
  return g_strdup_printf ("%08x%08x%08x", seconds, random1, random2);
}

/**
 * weir_hub_store_new_uuid:
 * @self: a store
 *
 * Returns: (transfer full): a random UUID, from the seed if there is one
 */
char *
weir_hub_store_new_uuid (WeirHubStore *self)
{
  guint32 word[4];

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), NULL);

  if (self->rand == NULL)
    return g_uuid_string_random ();
  for (guint i = 0; i < G_N_ELEMENTS (word); i++)
    word[i] = g_rand_int (self->rand);
  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%04x%08x", word[0], word[1] >> 16, word[1] & 0xfffu,
                          0x8000u | (word[2] & 0x3fffu), word[2] >> 16, word[3]);
}

/**
 * weir_hub_store_next_number:
 * @self: a store
 * @counter: name of a counter
 *
 * Returns: 1 at first, then one more at each call, for ever
 */
gint64
weir_hub_store_next_number (WeirHubStore *self, const char *counter)
{
  g_autofree char *key = g_strconcat ("counter-", counter, NULL);
  g_autofree char *last = weir_hub_store_dup_setting (self, key);
  gint64 number = last != NULL ? g_ascii_strtoll (last, NULL, 10) + 1 : 1;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  weir_hub_store_set_setting (self, key, text);
  return number;
}

/**
 * weir_hub_store_begin:
 * @self: a store
 *
 * Opens a transaction, or goes one level deeper into the open one.
 */
void
weir_hub_store_begin (WeirHubStore *self)
{
  g_return_if_fail (WEIR_IS_HUB_STORE (self));

  if (self->depth++ == 0)
    weir_database_exec (self->db, "BEGIN IMMEDIATE", &self->failure);
}

/**
 * weir_hub_store_fail:
 * @self: a store, with a transaction open
 * @error: (nullable): what went wrong
 *
 * The open transaction will be undone by the commit, as after a write that failed.
 */
void
weir_hub_store_fail (WeirHubStore *self, const GError *error)
{
  g_return_if_fail (WEIR_IS_HUB_STORE (self));
  g_return_if_fail (self->depth > 0);

  if (error != NULL && self->failure == NULL)
    self->failure = g_error_copy (error);
}

/**
 * weir_hub_store_commit:
 * @self: a store
 * @error: return location for an error of WEIR_SQLITE_ERROR
 *
 * Ends the level weir_hub_store_begin() opened; at the outermost it commits, and when that is
 * done the signals go out. If any write in between failed, everything is undone.
 *
 * Returns: whether it is on the disk; always %TRUE at an inner level
 */
gboolean
weir_hub_store_commit (WeirHubStore *self, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), FALSE);
  g_return_val_if_fail (self->depth > 0, FALSE);

  if (--self->depth > 0)
    return TRUE;
  if (self->failure == NULL)
    weir_database_exec (self->db, "COMMIT", &self->failure);
  if (self->failure != NULL)
    {
      weir_database_exec (self->db, "ROLLBACK", NULL);
      g_ptr_array_set_size (self->notices, 0);
      if (error == NULL)
        {
          g_free (self->lost);
          self->lost = g_strdup (self->failure->message);
          g_message ("Could not write: %s", self->lost);
        }
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  emit_notices (self);
  return TRUE;
}

/**
 * weir_hub_store_steal_lost:
 * @self: a store
 *
 * Returns: (transfer full) (nullable): why the last transaction whose error nobody took was
 *   undone; %NULL if none was since the last call
 */
char *
weir_hub_store_steal_lost (WeirHubStore *self)
{
  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), NULL);

  return g_steal_pointer (&self->lost);
}

/* One write, in a transaction of its own unless one is open. After one that failed the others of
 * the transaction are left out: SQLite may have undone it already, and they would stay. */
gboolean
weir_hub_store_write (WeirHubStore *self, gboolean done, GError *failure, GError **error)
{
  if (!done && self->failure == NULL)
    self->failure = failure != NULL ? g_error_copy (failure) : NULL;
  g_clear_error (&failure);
  return weir_hub_store_commit (self, error) && done;
}

WeirStatement *
weir_hub_store_prepare (WeirHubStore *self, const char *sql, GPtrArray *values, GError **error)
{
  WeirStatement *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    {
      g_set_error_literal (error, WEIR_SQLITE_ERROR, sqlite3_errcode (self->db),
                           sqlite3_errmsg (self->db));
      return NULL;
    }
  for (guint i = 0; i < values->len; i++)
    sqlite3_bind_text (statement, (int) i + 1, values->pdata[i], -1, SQLITE_STATIC);
  return statement;
}

void
weir_hub_store_note_change (WeirHubStore *self, WeirHubChange *change)
{
  Notice *notice = g_new0 (Notice, 1);

  notice->change = change;
  g_ptr_array_add (self->notices, notice);
}

/**
 * weir_hub_store_put:
 * @self: a store
 * @type: the element's type
 * @id: its id
 * @text: its JSON
 * @time: µs, when it was made; 0 = now; kept if the element is there already
 * @error: return location for an error of WEIR_SQLITE_ERROR
 *
 * Makes an element, or writes a whole one anew.
 *
 * Returns: whether it is kept
 */
gboolean
weir_hub_store_put (WeirHubStore *self,
                    const char *type,
                    const char *id,
                    const char *text,
                    gint64 time,
                    GError **error)
{
  GError *failure = NULL;
  gboolean done;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), FALSE);
  g_return_val_if_fail (type != NULL && id != NULL && text != NULL, FALSE);

  weir_hub_store_begin (self);
  done = self->failure == NULL
         && weir_database_run (self->db, &failure,
                               "INSERT INTO element (type, id, body, time) VALUES (?, ?, ?, ?)"
                               " ON CONFLICT (type, id) DO UPDATE SET body = excluded.body",
                               "sssi", type, id, text, time != 0 ? time : weir_clock_now ());
  note_element (self, type, id);
  return weir_hub_store_write (self, done, failure, error);
}

/**
 * weir_hub_store_merge:
 * @self: a store
 * @type: the element's type
 * @id: its id
 * @patch: members to replace, as a JSON object; null removes one
 * @error: return location for an error
 *
 * Returns: whether the element was there and is changed now
 */
gboolean
weir_hub_store_merge (WeirHubStore *self,
                      const char *type,
                      const char *id,
                      const char *patch,
                      GError **error)
{
  g_autoptr (WeirHubDocument) document = weir_hub_store_get (self, type, id);
  g_autofree char *text = NULL;

  if (document == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No %s %s", type, id);
      return FALSE;
    }
  text = weir_hub_json_merge (document->json, weir_hub_json_view (patch));
  return weir_hub_store_put (self, type, id, text, 0, error);
}

/**
 * weir_hub_store_remove:
 * @self: a store
 * @type: the element's type
 * @id: its id
 * @error: return location for an error of WEIR_SQLITE_ERROR
 *
 * Returns: whether it is gone; also if it never was there
 */
gboolean
weir_hub_store_remove (WeirHubStore *self, const char *type, const char *id, GError **error)
{
  GError *failure = NULL;
  gboolean done;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), FALSE);

  weir_hub_store_begin (self);
  done = self->failure == NULL
         && weir_database_run (self->db, &failure, "DELETE FROM element WHERE type = ? AND id = ?",
                               "ss", type, id);
  note_element (self, type, id);
  return weir_hub_store_write (self, done, failure, error);
}

/**
 * weir_hub_store_get:
 * @self: a store
 * @type: the element's type
 * @id: (nullable): its id
 *
 * Returns: (transfer full) (nullable): the element
 */
WeirHubDocument *
weir_hub_store_get (WeirHubStore *self, const char *type, const char *id)
{
  g_autoptr (WeirStatement) statement = NULL;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), NULL);

  if (id == NULL)
    return NULL;
  statement = weir_database_prepare (self->db, NULL,
                                     "SELECT sequence, body FROM element WHERE type = ? AND id = ?",
                                     "ss", type, id);
  if (statement == NULL || !weir_statement_step (statement, NULL))
    return NULL;
  return weir_hub_document_new (weir_statement_get_int (statement, 0), id,
                                weir_statement_dup_text (statement, 1));
}

/**
 * weir_hub_store_dup_setting:
 * @self: a store
 * @key: the setting's name
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
weir_hub_store_dup_setting (WeirHubStore *self, const char *key)
{
  g_autoptr (WeirStatement) statement = NULL;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), NULL);

  statement =
      weir_database_prepare (self->db, NULL, "SELECT value FROM setting WHERE key = ?", "s", key);
  if (statement == NULL || !weir_statement_step (statement, NULL))
    return NULL;
  return weir_statement_dup_text (statement, 0);
}

/**
 * weir_hub_store_set_setting:
 * @self: a store
 * @key: the setting's name
 * @value: (nullable): its value; %NULL removes it
 */
void
weir_hub_store_set_setting (WeirHubStore *self, const char *key, const char *value)
{
  GError *failure = NULL;
  gboolean done;

  g_return_if_fail (WEIR_IS_HUB_STORE (self));

  weir_hub_store_begin (self);
  if (self->failure != NULL)
    done = FALSE;
  else if (value != NULL)
    done = weir_database_run (self->db, &failure,
                              "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", "ss",
                              key, value);
  else
    done = weir_database_run (self->db, &failure, "DELETE FROM setting WHERE key = ?", "s", key);
  weir_hub_store_write (self, done, failure, NULL);
}

/**
 * weir_hub_store_dup_secret:
 * @self: a store
 * @key: the setting's name
 * @prefix: what it starts with
 *
 * Draws a secret of 192 bits from the kernel at the first call and keeps it; never from the seed.
 *
 * Returns: (transfer full): the secret
 */
char *
weir_hub_store_dup_secret (WeirHubStore *self, const char *key, const char *prefix)
{
  char *secret = weir_hub_store_dup_setting (self, key);
  GString *text;
  guint8 bytes[24];

  if (secret != NULL)
    return secret;
  if (getrandom (bytes, sizeof bytes, 0) != (gssize) sizeof bytes)
    g_error ("The system has no random numbers: %s", g_strerror (errno));
  text = g_string_new (prefix);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  weir_hub_store_set_setting (self, key, text->str);
  return g_string_free (text, FALSE);
}

/**
 * weir_hub_store_get_database:
 * @self: a store
 *
 * Returns: (transfer none): the connection, for the store's own files
 */
WeirDatabase *
weir_hub_store_get_database (WeirHubStore *self)
{
  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), NULL);

  return self->db;
}

/**
 * weir_hub_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): its file, for a connection of another thread's own
 */
const char *
weir_hub_store_get_path (WeirHubStore *self)
{
  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), NULL);

  return sqlite3_db_filename (self->db, "main");
}

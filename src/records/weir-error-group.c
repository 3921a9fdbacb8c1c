/* weir-error-group.c: errors that have the same leaf cause
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-error-group.h"

#include "weir-event.h"
#include "weir-pull-run.h"
#include "weir-subscription.h"

/* What differs further back is no other cause, and the key is kept in a database. */
#define KEY_MESSAGE_BYTES 400
/* A word of letters and digits this long is an id; a shorter one may be a name, as "oauth2" is. */
#define ID_LENGTH 8
/* Letters alone are an id if they are this many hexadecimal digits. */
#define HEX_ID_LENGTH 16
#define UUID_LENGTH 36

G_DEFINE_FINAL_TYPE (WeirErrorGroup, weir_error_group, G_TYPE_OBJECT)

static gboolean
is_uuid (const char *text)
{
  for (guint i = 0; i < UUID_LENGTH; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]))
        return FALSE;
    }
  return !g_ascii_isalnum (text[UUID_LENGTH]);
}

/* "status code 404" and "status code 500" are two causes, "row 404" and "row 500" are one. */
static gboolean
is_status (const char *word, gsize length, const char *before)
{
  static const char *const NAMES[] = { "http", "status", "code" };

  if (length != 3 || *word < '1' || *word > '5')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_ascii_strcasecmp (before, NAMES[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Versions, fractions and addresses are one number: "1.2.3" is as long as "1". */
static void
append_number (GString *levelled)
{
  if (levelled->len >= 2 && strcmp (levelled->str + levelled->len - 2, "#.") == 0)
    g_string_truncate (levelled, levelled->len - 1);
  else
    g_string_append_c (levelled, '#');
}

static void
append_word (GString *levelled, const char *word, gsize length, const char *before)
{
  gsize n_digits = 0, n_hex = 0, prefix = 0;

  for (gsize i = 0; i < length; i++)
    {
      n_digits += g_ascii_isdigit (word[i]) ? 1 : 0;
      n_hex += g_ascii_isxdigit (word[i]) ? 1 : 0;
    }
  while (prefix < length && !g_ascii_isdigit (word[prefix]))
    prefix++;

  if (n_digits == 0 && (n_hex < length || length < HEX_ID_LENGTH))
    g_string_append_len (levelled, word, (gssize) length);
  else if (n_digits == length && is_status (word, length, before))
    g_string_append_len (levelled, word, (gssize) length);
  else if (length < ID_LENGTH && prefix + n_digits == length)
    {
      /* letters, then digits: the name stays, the number goes */
      g_string_append_len (levelled, word, (gssize) prefix);
      append_number (levelled);
    }
  else
    append_number (levelled);
}

/* The message without what is different each time the same thing fails. */
static void
append_levelled (GString *levelled, const char *message)
{
  char before[16] = "";
  gsize start = levelled->len;

  for (const char *p = message; *p != '\0' && levelled->len - start < KEY_MESSAGE_BYTES;)
    {
      gsize length = 0;

      while (g_ascii_isalnum (p[length]))
        length++;
      if (g_ascii_isxdigit (*p) && strnlen (p, UUID_LENGTH) == UUID_LENGTH && is_uuid (p))
        {
          append_number (levelled);
          p += UUID_LENGTH;
        }
      else if (length > 0)
        {
          append_word (levelled, p, length, before);
          g_strlcpy (before, p, MIN (length + 1, sizeof before));
          p += length;
        }
      else if (g_ascii_isspace (*p))
        {
          if (levelled->len > start && levelled->str[levelled->len - 1] != ' ')
            g_string_append_c (levelled, ' ');
          p++;
        }
      else
        {
          const char *next = g_utf8_next_char (p);

          g_string_append_len (levelled, p, next - p);
          p = next;
        }
    }
}

static char *
dup_key_text (WeirErrorData *leaf)
{
  GString *key = g_string_new (leaf->type);

  g_string_append_c (key, '\n');
  g_string_append (key, leaf->key != NULL ? leaf->key : "");
  g_string_append_c (key, '\n');
  append_levelled (key, leaf->message);
  return g_string_free (key, FALSE);
}

/* When the error was there, as far as the record tells; 0 where it does not. */
static gint64
time_of (WeirRecord *record)
{
  if (WEIR_IS_PULL_RUN (record))
    return weir_pull_run_get_time (WEIR_PULL_RUN (record));
  if (WEIR_IS_EVENT (record))
    return WEIR_EVENT (record)->occurred_at;
  if (WEIR_IS_SUBSCRIPTION (record))
    return WEIR_SUBSCRIPTION (record)->updated_at;
  return 0;
}

static void
add_subject (WeirErrorGroup *self, WeirRecord *record, WeirErrorData *leaf)
{
  gint64 seen_at = time_of (record);

  g_ptr_array_add (self->subjects, g_object_ref (record));
  if (self->leaf != NULL && seen_at <= self->last_seen_at)
    return;
  g_set_object (&self->leaf, leaf);
  self->last_seen_at = seen_at;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  WeirErrorGroup *one = *(WeirErrorGroup *const *) a;
  WeirErrorGroup *other = *(WeirErrorGroup *const *) b;

  if (one->subjects->len != other->subjects->len)
    return one->subjects->len > other->subjects->len ? -1 : 1;
  if (one->last_seen_at != other->last_seen_at)
    return one->last_seen_at > other->last_seen_at ? -1 : 1;
  return strcmp (one->key_text, other->key_text);
}

static void
weir_error_group_finalize (GObject *object)
{
  WeirErrorGroup *self = WEIR_ERROR_GROUP (object);

  g_free (self->key_text);
  g_clear_object (&self->leaf);
  g_ptr_array_unref (self->subjects);

  G_OBJECT_CLASS (weir_error_group_parent_class)->finalize (object);
}

static void
weir_error_group_class_init (WeirErrorGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_error_group_finalize;
}

static void
weir_error_group_init (WeirErrorGroup *self)
{
  self->subjects = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * weir_error_groups_collect:
 * @records: (element-type WeirRecord): records of any kinds; those without an error are passed over
 *
 * Returns: (transfer full) (element-type WeirErrorGroup): the groups, most subjects first, then
 *   the newest
 */
GPtrArray *
weir_error_groups_collect (GPtrArray *records)
{
  g_autoptr (GHashTable) known = NULL;
  GPtrArray *groups;

  g_return_val_if_fail (records != NULL, NULL);

  known = g_hash_table_new (g_str_hash, g_str_equal);
  groups = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    {
      WeirRecord *record = g_ptr_array_index (records, i);
      WeirErrorData *error = weir_record_get_error (record);
      WeirErrorData *leaf = error != NULL ? weir_error_data_get_leaf (error) : NULL;
      g_autofree char *key_text = NULL;
      WeirErrorGroup *group;

      if (leaf == NULL)
        continue;
      key_text = dup_key_text (leaf);
      group = g_hash_table_lookup (known, key_text);
      if (group == NULL)
        {
          group = g_object_new (WEIR_TYPE_ERROR_GROUP, NULL);
          group->key_text = g_steal_pointer (&key_text);
          g_ptr_array_add (groups, group);
          g_hash_table_insert (known, group->key_text, group);
        }
      add_subject (group, record, leaf);
    }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

/**
 * weir_error_group_to_json:
 * @self: a group
 *
 * Returns: (transfer full): the object that CLI.md names, in one line without its end
 */
char *
weir_error_group_to_json (WeirErrorGroup *self)
{
  WeirJsonWriter *writer;

  g_return_val_if_fail (WEIR_IS_ERROR_GROUP (self), NULL);

  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "message", self->leaf->message);
  weir_json_writer_add_string (writer, "type", self->leaf->type);
  weir_json_writer_add_string (writer, "key", self->leaf->key);
  weir_json_writer_add_int (writer, "count", self->subjects->len);
  weir_json_writer_begin_array (writer, "subjects");
  for (guint i = 0; i < self->subjects->len; i++)
    {
      WeirRecord *record = g_ptr_array_index (self->subjects, i);

      weir_json_writer_begin_object (writer, NULL);
      weir_json_writer_add_string (writer, "kind",
                                   weir_record_kind_to_string (weir_record_get_kind (record)));
      weir_json_writer_add_string (writer, "account", weir_record_get_account (record)->name);
      weir_json_writer_add_string (writer, "id", weir_record_get_id (record));
      weir_json_writer_add_string (writer, "name", weir_record_get_name (record));
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_array (writer);
  weir_json_writer_add_time (writer, "last_seen", self->last_seen_at);
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

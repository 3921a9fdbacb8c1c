/* weir-samples.c: one of each record with every attribute set, and ways to spoil it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-samples.h"

typedef struct
{
  WeirJson sample;
  WeirSamplesUse use;
  gpointer user_data;
  guint count;
} Spoiling;

static void
use_text (Spoiling *spoiling, const char *text)
{
  g_autoptr (GError) error = NULL;
  WeirJson json;

  weir_json_parse_text (text, -1, &json, &error);
  g_assert_no_error (error);
  spoiling->use (json, spoiling->user_data);
  spoiling->count++;
}

/* The sample with all from start to end replaced. */
static void
use_replaced (Spoiling *spoiling, const char *start, const char *end, const char *replacement)
{
  WeirJson sample = spoiling->sample;
  g_autoptr (GString) text = g_string_new_len (sample.text, start - sample.text);

  g_string_append (text, replacement);
  g_string_append_len (text, end, sample.text + sample.length - end);
  use_text (spoiling, text->str);
}

static void
spoil_value (Spoiling *spoiling, WeirJson value)
{
  static const char *const REPLACEMENTS[] = { "null",   "true",   "false",       "1",     "-1",
                                              "0.5",    "1e400",  "\"\"",        "\"x\"", "[]",
                                              "[null]", "[[{}]]", "{\"id\":{}}", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (REPLACEMENTS); i++)
    use_replaced (spoiling, value.text, value.text + value.length, REPLACEMENTS[i]);
}

static void
spoil_members (Spoiling *spoiling, WeirJson container)
{
  gboolean is_object = weir_json_get_type (container) == WEIR_JSON_OBJECT;
  WeirJsonIter iter;
  WeirJson key, value;

  if (!is_object && weir_json_get_type (container) != WEIR_JSON_ARRAY)
    return;
  weir_json_iter_init (&iter, container);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      spoil_value (spoiling, value);
      if (is_object)
        {
          /* Another name: the member is missing, and one that nobody knows is there. */
          use_replaced (spoiling, key.text, key.text + key.length, "\"unheardOf\"");
        }
      spoil_members (spoiling, value);
    }
}

/**
 * weir_samples_parse:
 * @text: JSON
 *
 * Returns: its root
 */
WeirJson
weir_samples_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  WeirJson root;

  weir_json_parse_text (g_intern_string (text), -1, &root, &error);
  g_assert_no_error (error);
  return root;
}

/**
 * weir_samples_load:
 * @name: a file of tests/lib/samples, without its ending
 *
 * Returns: its root
 */
WeirJson
weir_samples_load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "lib", "samples", file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return weir_samples_parse (text);
}

/**
 * weir_samples_account:
 * @provider: "membrane", "sequin" or "oracle"
 *
 * Returns: (transfer full): an account there, named "test"
 */
WeirAccount *
weir_samples_account (const char *provider)
{
  return weir_account_new ("00000000-0000-4000-8000-000000000001", "test", provider,
                           "https://api.example", WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
}

/**
 * weir_samples_spoil:
 * @sample: a JSON object
 * @use: called with each spoilt copy
 * @user_data: for @use
 *
 * Returns: how often @use was called
 */
guint
weir_samples_spoil (WeirJson sample, WeirSamplesUse use, gpointer user_data)
{
  Spoiling spoiling = { sample, use, user_data, 0 };

  spoil_value (&spoiling, sample);
  spoil_members (&spoiling, sample);
  return spoiling.count;
}

/**
 * weir_samples_check_record:
 * @record: (nullable): what a constructor returned
 * @error: (nullable): the error it set
 *
 * Asserts that there is either a record all of whose texts can be made, or an error that says why.
 */
void
weir_samples_check_record (WeirRecord *record, const GError *error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) parse_error = NULL;
  WeirJson root;

  if (record == NULL)
    {
      g_assert_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID);
      g_assert_cmpstr (error->message, !=, "");
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (weir_record_get_id (record), !=, "");
  g_assert_cmpstr (weir_record_get_name (record), !=, "");
  if (weir_record_get_error (record) != NULL)
    {
      g_autofree char *chain = weir_error_data_to_text (weir_record_get_error (record));

      g_assert_cmpstr (chain, !=, "");
    }

  text = weir_record_to_json (record, TRUE);
  g_assert_null (strchr (text, '\n'));
  weir_json_parse_text (text, -1, &root, &parse_error);
  g_assert_no_error (parse_error);
  g_assert_cmpint (weir_json_get_type (weir_json_get (root, "raw")), ==, WEIR_JSON_OBJECT);
}

/**
 * weir_samples_at:
 * @json: a JSON text
 * @pointer: a JSON pointer
 *
 * Returns: (transfer none): what is there, as written; "" if nothing is
 */
const char *
weir_samples_at (const char *json, const char *pointer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = NULL;
  WeirJson value;

  value = weir_json_pointer (weir_samples_parse (json), pointer, &error);
  if (value.text == NULL)
    return "";
  raw = weir_json_dup_raw (value);
  return g_intern_string (raw);
}

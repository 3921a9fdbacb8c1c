/* fuzz-weir-json.c: any bytes at the one door
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-fuzz"

#include "weir-json-writer.h"
#include "weir-json.h"

#include "fuzz.h"

/* Every reader, on every member down to the leaves; depth is bounded by the validator. */
static void
read_all (WeirJson value)
{
  g_autofree char *text = weir_json_dup_text (value);
  g_auto (GStrv) strings = weir_json_dup_strv (value);
  WeirJson key, member;
  WeirJsonIter iter;
  double number;
  gint64 whole;

  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  weir_json_get_int (value, &whole);
  weir_json_get_double (value, &number);
  weir_json_get_time (value);
  weir_json_iter_init (&iter, value);
  while (weir_json_iter_next (&iter, &key, &member))
    {
      if (key.text != NULL)
        {
          g_autofree char *name = weir_json_dup_string (key);

          g_assert_true (weir_json_key_equal (key, name));
          g_assert_nonnull (weir_json_get (value, name).text);
        }
      read_all (member);
    }
}

static void
assert_same (const char *text, const char *expected)
{
  WeirJson root;
  g_autofree char *compact = NULL;
  WeirJsonWriter *writer = weir_json_writer_new ();

  g_assert_true (weir_json_parse_text (text, -1, &root, NULL));
  weir_json_writer_add_raw (writer, NULL, root);
  compact = weir_json_writer_end (writer);
  g_assert_cmpstr (compact, ==, expected);
}

/* What is refused has an error; what is accepted can be read, and written in every form without
 * becoming something else. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *compact = NULL;
  g_autofree char *pretty = NULL;
  WeirJsonWriter *writer;
  WeirJson root;

  if (!weir_json_parse (bytes, &root, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }

  read_all (root);
  writer = weir_json_writer_new ();
  weir_json_writer_add_raw (writer, NULL, root);
  compact = weir_json_writer_end (writer);
  pretty = weir_json_dup_pretty (root);
  assert_same (compact, compact);
  assert_same (pretty, compact);
  return 0;
}

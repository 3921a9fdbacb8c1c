/* test-weir-shape.c: fields of payloads, and when they have drifted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-shape-model.h"
#include "weir-shape.h"

#include <string.h>

static GPtrArray *
list (const char *text)
{
  g_autoptr (GError) error = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, &error));
  return weir_shape_list_fields (json);
}

static void
check_fields (const char *text, const char *expected)
{
  g_autoptr (GPtrArray) fields = list (text);
  g_autofree char *joined = NULL;

  g_ptr_array_add (fields, NULL);
  joined = g_strjoinv (", ", (char **) fields->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_fields (void)
{
  check_fields ("{\"a\":1,\"b\":{\"c\":null,\"d\":true}}",
                "a number, b object, b.c null, b.d boolean");
  check_fields ("{\"items\":[{\"p\":1},{\"p\":\"x\"},{\"q\":[]}]}",
                "items array, items[] object, items[].p number, items[].p string, items[].q array");
  check_fields ("[[1]]", "[] array, [][] number");
  check_fields ("\"text\"", "");
  check_fields ("{\"a b\":1}", "a b number");
}

static void
test_bounds (void)
{
  g_autoptr (GString) wide = g_string_new ("{");
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GPtrArray) many = NULL;
  g_autoptr (GPtrArray) few = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (wide, "%s\"k%u\":1", i > 0 ? "," : "", i);
  g_string_append (wide, "}");
  many = list (wide->str);
  g_assert_cmpuint (many->len, ==, WEIR_SHAPE_MAX_FIELDS);

  for (guint i = 0; i < 100; i++)
    g_string_append (deep, "{\"a\":");
  g_string_append (deep, "1");
  for (guint i = 0; i < 100; i++)
    g_string_append (deep, "}");
  few = list (deep->str);
  g_assert_cmpuint (few->len, ==, WEIR_SHAPE_MAX_DEPTH);
}

static void
test_inside (void)
{
  g_assert_true (weir_shape_is_inside ("a", "a"));
  g_assert_true (weir_shape_is_inside ("a.b", "a"));
  g_assert_true (weir_shape_is_inside ("a[].b", "a"));
  g_assert_false (weir_shape_is_inside ("ab", "a"));
  g_assert_false (weir_shape_is_inside ("a", "a.b"));
}

/* n events, numbered from the last on */
static void
learn (WeirShapeModel *model, guint n, const char *text)
{
  g_autoptr (GPtrArray) fields = list (text);

  for (guint i = 0; i < n; i++)
    weir_shape_model_learn (model, model->last_number + 1, (model->last_number + 1) * 1000, fields);
}

static void
check_drift (WeirShapeModel *model, const char *expected)
{
  static const char *const WORDS[] = { "-", "appeared", "vanished", "type" };
  g_autoptr (GPtrArray) drift = weir_shape_model_list_drift (model);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < drift->len; i++)
    {
      WeirShapeField *field = drift->pdata[i];

      g_string_append_printf (text, "%s%s %s %s", i > 0 ? ", " : "", field->path, field->type,
                              WORDS[weir_shape_model_judge (model, field)]);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static WeirShapeField *
find (WeirShapeModel *model, const char *key)
{
  WeirShapeField *field = g_hash_table_lookup (model->table, key);

  g_assert_nonnull (field);
  return field;
}

static void
test_appeared (void)
{
  g_autoptr (WeirShapeModel) model = weir_shape_model_new ();
  WeirShapeField *field;

  learn (model, 30, "{\"a\":1}");
  learn (model, 5, "{\"a\":1}");
  learn (model, 9, "{\"a\":1,\"b\":{\"c\":\"x\"}}");
  check_drift (model, "");
  learn (model, 1, "{\"a\":1,\"b\":{\"c\":\"x\"}}");
  check_drift (model, "b object appeared");

  field = find (model, "b object");
  g_assert_cmpint (field->first_number, ==, 36);
  g_assert_cmpint (field->before_number, ==, 35);
  g_assert_cmpint (field->first_at, ==, 36000);
  g_assert_cmpfloat (weir_shape_model_get_share (model, field), ==, 1);
}

static void
test_vanished (void)
{
  g_autoptr (WeirShapeModel) model = weir_shape_model_new ();
  WeirShapeField *field;

  learn (model, 30, "{\"a\":1,\"b\":{\"c\":2}}");
  learn (model, 3, "{\"a\":1,\"b\":{\"c\":2}}");
  learn (model, 9, "{\"a\":1}");
  check_drift (model, "");
  learn (model, 1, "{\"a\":1}");
  check_drift (model, "b object vanished");
  field = find (model, "b object");
  g_assert_cmpint (field->last_number, ==, 33);
}

static void
test_type (void)
{
  g_autoptr (WeirShapeModel) model = weir_shape_model_new ();

  learn (model, 30, "{\"a\":1}");
  learn (model, 10, "{\"a\":\"1\"}");
  check_drift (model, "a string type");
}

/* A field that was rare must be missing for longer; one that is new and rare is none. */
static void
test_rare (void)
{
  g_autoptr (WeirShapeModel) model = weir_shape_model_new ();

  for (guint i = 0; i < 6; i++)
    {
      learn (model, 4, "{\"a\":1}");
      learn (model, 1, "{\"a\":1,\"note\":\"\"}");
    }
  /* one in five: ten without it are chance, forty are not */
  learn (model, 30, "{\"a\":1}");
  check_drift (model, "");
  learn (model, 10, "{\"a\":1}");
  check_drift (model, "note string vanished");

  g_clear_pointer (&model, weir_shape_model_free);
  model = weir_shape_model_new ();
  learn (model, 30, "{\"a\":1}");
  learn (model, 1, "{\"a\":1,\"note\":\"\"}");
  learn (model, 40, "{\"a\":1}");
  check_drift (model, "");
}

/* Too few to say. */
static void
test_few (void)
{
  g_autoptr (WeirShapeModel) model = weir_shape_model_new ();

  learn (model, 15, "{\"a\":1}");
  learn (model, 15, "{\"b\":1}");
  learn (model, 9, "{\"c\":1}");
  check_drift (model, "");
}

static void
test_fold (void)
{
  g_autoptr (WeirShapeModel) model = weir_shape_model_new ();

  learn (model, 30 + WEIR_SHAPE_FOLD, "{\"a\":1}");
  g_assert_cmpuint (model->base, ==, 30 + WEIR_SHAPE_FOLD);
  g_assert_cmpuint (model->since, ==, 0);
  g_assert_cmpuint (find (model, "a number")->base, ==, 30 + WEIR_SHAPE_FOLD);

  /* a drift does not become normal by itself */
  learn (model, 2 * WEIR_SHAPE_FOLD, "{\"a\":1,\"b\":1}");
  check_drift (model, "b number appeared");
}

static void
test_accept (void)
{
  g_autoptr (WeirShapeModel) model = weir_shape_model_new ();
  g_autoptr (GArray) forgotten = g_array_new (FALSE, FALSE, sizeof (gint64));
  WeirShapeField *gone;

  learn (model, 30, "{\"a\":1,\"old\":{\"x\":1}}");
  learn (model, 20, "{\"a\":\"1\",\"new\":{\"y\":1}}");
  check_drift (model, "a string type, new object appeared, old object vanished");

  weir_shape_model_accept (model, find (model, "new object"), forgotten);
  check_drift (model, "a string type, old object vanished");
  g_assert_cmpuint (forgotten->len, ==, 0);
  gone = find (model, "old object");
  gone->id = 7;
  weir_shape_model_accept (model, gone, forgotten);
  g_assert_cmpuint (forgotten->len, ==, 2);
  weir_shape_model_accept (model, find (model, "a string"), forgotten);
  check_drift (model, "");

  /* the present is the normal now */
  learn (model, 50, "{\"a\":\"1\",\"new\":{\"y\":1}}");
  check_drift (model, "");
  learn (model, 20, "{\"a\":\"1\"}");
  check_drift (model, "new object vanished");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shape/fields", test_fields);
  g_test_add_func ("/shape/bounds", test_bounds);
  g_test_add_func ("/shape/inside", test_inside);
  g_test_add_func ("/shape/appeared", test_appeared);
  g_test_add_func ("/shape/vanished", test_vanished);
  g_test_add_func ("/shape/type", test_type);
  g_test_add_func ("/shape/rare", test_rare);
  g_test_add_func ("/shape/few", test_few);
  g_test_add_func ("/shape/fold", test_fold);
  g_test_add_func ("/shape/accept", test_accept);

  return g_test_run ();
}

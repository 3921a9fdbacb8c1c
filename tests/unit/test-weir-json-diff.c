/* test-weir-json-diff.c: what changed from one value to another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-json-align.h"
#include "weir-json-compare.h"
#include "weir-json-diff.h"

#include <string.h>

static WeirJson
parse (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  WeirJson value = { NULL, 0 };

  weir_json_parse (bytes, &value, &error);
  g_assert_no_error (error);
  return value;
}

static WeirJsonDiff *
diff (const char *before, const char *after)
{
  g_autoptr (GBytes) one = g_bytes_new (before, strlen (before));
  g_autoptr (GBytes) other = g_bytes_new (after, strlen (after));

  return weir_json_diff_new (one, parse (one), other, parse (other), NULL);
}

static void
describe (GString *text, const WeirJsonChange *change)
{
  static const char marks[] = { ' ', '+', '-', '~', '>' };
  g_autofree char *path = weir_json_change_dup_path (change);

  if (change->kind == WEIR_JSON_CHANGE_INSIDE)
    {
      if (change->moved)
        g_string_append_printf (text, ">%s(%u) ", path, change->before_index);
      for (guint i = 0; i < change->children->len; i++)
        {
          const WeirJsonChange *child = g_ptr_array_index (change->children, i);

          g_assert_true (child->parent == change);
          describe (text, child);
        }
      return;
    }
  g_string_append_printf (text, "%c%s", marks[change->kind], path);
  if (change->kind == WEIR_JSON_CHANGE_MOVED)
    g_string_append_printf (text, "(%u)", change->before_index);
  if (change->kind == WEIR_JSON_CHANGE_CHANGED || change->kind == WEIR_JSON_CHANGE_REMOVED)
    g_string_append_printf (text, " %.*s", (int) change->before.length, change->before.text);
  if (change->kind == WEIR_JSON_CHANGE_CHANGED || change->kind == WEIR_JSON_CHANGE_ADDED)
    g_string_append_printf (text, " %.*s", (int) change->after.length, change->after.text);
  g_string_append_c (text, ' ');
}

static const struct
{
  const char *before;
  const char *after;
  const char *changes;
} cases[] = {
  { "1", "1", "" },
  { "1", "2", "~$ 1 2 " },
  { "{}", "[]", "~$ {} [] " },
  { "{\"a\":1,\"b\":2}", "{ \"b\" : 2, \"a\" : 1 }", "" },
  { "{\"a\":1.0,\"b\":100}", "{\"a\":1,\"b\":1e2}", "" },
  { "{\"a\":1.5}", "{\"a\":1.50000000000000000001}", "~$.a 1.5 1.50000000000000000001 " },
  { "{\"a\":12345678901234567890}", "{\"a\":12345678901234567891}",
    "~$.a 12345678901234567890 12345678901234567891 " },
  { "{\"a\":-0.0}", "{\"a\":0}", "" },
  { "{\"a\":\"\\u0041\"}", "{\"a\":\"A\"}", "" },
  { "{\"\\u0061\":1}", "{\"a\":1}", "" },
  { "{\"a\":1}", "{\"a\":\"1\"}", "~$.a 1 \"1\" " },
  { "{\"a\":null}", "{}", "-$.a null " },
  { "{}", "{\"a\":null}", "+$.a null " },
  { "{\"a\":1,\"a\":2}", "{\"a\":2}", "" },
  { "{\"a\":{\"b\":{\"c d\":1,\"e\":0}}}", "{\"a\":{\"b\":{\"c d\":2,\"e\":0}}}",
    "~$.a.b[\"c d\"] 1 2 " },
  { "[1,2,3]", "[1,2,3]", "" },
  { "[1,2,3]", "[1,5,3]", "~$[1] 2 5 " },
  { "[1,2,3]", "[0,1,2,3]", "+$[0] 0 " },
  { "[1,2,3]", "[2,3]", "-$[0] 1 " },
  { "[1,2,3,4]", "[4,1,2,3]", ">$[0](3) " },
  { "[1,[],3]", "[1,{},3]", "-$[1] [] +$[1] {} " },
  { "[[1,2],[3,4]]", "[[1,2],[3,5]]", "~$[1][1] 4 5 " },
  { "[]", "[1]", "+$[0] 1 " },
  { "[{\"id\":1,\"n\":\"a\"},{\"id\":2,\"n\":\"b\"}]",
    "[{\"id\":2,\"n\":\"b\"},{\"id\":1,\"n\":\"c\"}]", ">$[1](0) ~$[1].n \"a\" \"c\" " },
  { "[{\"id\":1,\"n\":\"a\"},{\"id\":2,\"n\":\"b\"}]",
    "[{\"id\":0,\"n\":\"a\"},{\"id\":2,\"n\":\"x\"}]",
    "-$[0] {\"id\":1,\"n\":\"a\"} +$[0] {\"id\":0,\"n\":\"a\"} ~$[1].n \"b\" \"x\" " },
  /* without ids of their own, by place */
  { "[{\"id\":1,\"n\":1},{\"id\":1,\"n\":2}]", "[{\"id\":1,\"n\":1},{\"id\":1,\"n\":3}]",
    "~$[1].n 2 3 " },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WeirJsonDiff) changes = diff (cases[i].before, cases[i].after);
      g_autoptr (GString) text = g_string_new (NULL);

      g_test_message ("%s → %s", cases[i].before, cases[i].after);
      g_assert_true (changes->complete);
      if (changes->root != NULL)
        describe (text, changes->root);
      g_assert_cmpstr (text->str, ==, cases[i].changes);
    }
}

static void
test_counts (void)
{
  g_autoptr (WeirJsonDiff) changes = diff ("{\"a\":1,\"b\":2,\"c\":{\"d\":[1,2,3]},\"gone\":0}",
                                           "{\"a\":1,\"b\":3,\"c\":{\"d\":[3,1,2]},\"new\":{}}");
  g_autoptr (WeirJsonDiff) other = weir_json_diff_ref (changes);

  g_assert_cmpuint (other->n_added, ==, 1);
  g_assert_cmpuint (other->n_removed, ==, 1);
  g_assert_cmpuint (other->n_changed, ==, 1);
  g_assert_cmpuint (other->n_moved, ==, 1);
  g_assert_cmpuint (weir_json_diff_get_n_fields (other), ==, 3);
}

/* What a newer value is made of, from the older one and what changed. */
static void apply (GString *text, WeirJson before, const WeirJsonChange *change);

static void
append (GString *text, WeirJson value)
{
  g_string_append_len (text, value.text, (gssize) value.length);
}

static void
apply_to_object (GString *text, WeirJson before, const WeirJsonChange *change)
{
  WeirJson key, value;
  WeirJsonIter iter;
  gboolean any = FALSE;

  g_string_append_c (text, '{');
  weir_json_iter_init (&iter, before);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      const WeirJsonChange *found = NULL;

      for (guint i = 0; i < change->children->len; i++)
        {
          const WeirJsonChange *child = g_ptr_array_index (change->children, i);

          if (child->kind != WEIR_JSON_CHANGE_ADDED && weir_json_scalar_equal (child->key, key))
            found = child;
        }
      if (found != NULL && found->kind == WEIR_JSON_CHANGE_REMOVED)
        continue;
      if (any)
        g_string_append_c (text, ',');
      any = TRUE;
      append (text, key);
      g_string_append_c (text, ':');
      if (found != NULL)
        apply (text, value, found);
      else
        append (text, value);
    }
  for (guint i = 0; i < change->children->len; i++)
    {
      const WeirJsonChange *child = g_ptr_array_index (change->children, i);

      if (child->kind != WEIR_JSON_CHANGE_ADDED)
        continue;
      if (any)
        g_string_append_c (text, ',');
      any = TRUE;
      append (text, child->key);
      g_string_append_c (text, ':');
      append (text, child->after);
    }
  g_string_append_c (text, '}');
}

static void
apply_to_array (GString *text, WeirJson before, const WeirJsonChange *change)
{
  guint n_before = weir_json_count (before);
  guint n_after = n_before;
  g_autofree gboolean *used = g_new0 (gboolean, n_before + 1);
  g_autofree const WeirJsonChange **placed = NULL;
  guint next = 0;

  for (guint i = 0; i < change->children->len; i++)
    {
      const WeirJsonChange *child = g_ptr_array_index (change->children, i);

      if (child->before_index != G_MAXUINT)
        used[child->before_index] = TRUE;
      if (child->kind == WEIR_JSON_CHANGE_ADDED)
        n_after++;
      if (child->kind == WEIR_JSON_CHANGE_REMOVED)
        n_after--;
    }
  placed = g_new0 (const WeirJsonChange *, n_after + 1);
  for (guint i = 0; i < change->children->len; i++)
    {
      const WeirJsonChange *child = g_ptr_array_index (change->children, i);

      if (child->after_index != G_MAXUINT)
        placed[child->after_index] = child;
    }

  g_string_append_c (text, '[');
  for (guint j = 0; j < n_after; j++)
    {
      g_autofree char *pointer = NULL;
      guint from;

      if (j > 0)
        g_string_append_c (text, ',');
      if (placed[j] != NULL && placed[j]->kind == WEIR_JSON_CHANGE_ADDED)
        {
          append (text, placed[j]->after);
          continue;
        }
      while (placed[j] == NULL && used[next])
        next++;
      from = placed[j] != NULL ? placed[j]->before_index : next++;
      pointer = g_strdup_printf ("/%u", from);
      if (placed[j] != NULL && placed[j]->kind != WEIR_JSON_CHANGE_MOVED)
        apply (text, weir_json_pointer (before, pointer, NULL), placed[j]);
      else
        append (text, weir_json_pointer (before, pointer, NULL));
    }
  g_string_append_c (text, ']');
}

static void
apply (GString *text, WeirJson before, const WeirJsonChange *change)
{
  if (change == NULL)
    append (text, before);
  else if (change->kind != WEIR_JSON_CHANGE_INSIDE)
    append (text, change->after);
  else if (weir_json_get_type (before) == WEIR_JSON_OBJECT)
    apply_to_object (text, before, change);
  else
    apply_to_array (text, before, change);
}

static void
append_random (GString *text, guint depth)
{
  static const char *const scalars[] = { "0",     "1",           "1.0",  "-2.50",
                                         "\"a\"", "\"\\u0061\"", "null", "true" };
  gint form = depth == 0 ? 0 : g_test_rand_int_range (0, 6);
  gint n = g_test_rand_int_range (0, 6);

  if (form < 2)
    {
      g_string_append (text, scalars[g_test_rand_int_range (0, G_N_ELEMENTS (scalars))]);
    }
  else if (form < 4)
    {
      g_string_append_c (text, '{');
      for (gint i = 0; i < n; i++)
        {
          g_string_append_printf (text, "%s\"k%d\":", i > 0 ? "," : "",
                                  i * 3 + g_test_rand_int_range (0, 3));
          append_random (text, depth - 1);
        }
      g_string_append_c (text, '}');
    }
  else
    {
      gboolean ids = g_test_rand_bit ();
      gint first = g_test_rand_int_range (0, 4);

      g_string_append_c (text, '[');
      for (gint i = 0; i < n; i++)
        {
          if (i > 0)
            g_string_append_c (text, ',');
          if (ids)
            g_string_append_printf (text, "{\"id\":%d,\"v\":", (first + i * 5) % 7);
          append_random (text, depth - 1);
          if (ids)
            g_string_append_c (text, '}');
        }
      g_string_append_c (text, ']');
    }
}

/* The older value and what changed make the newer one. */
static void
test_apply (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) before = g_string_new (NULL);
      g_autoptr (GString) after = g_string_new (NULL);
      g_autoptr (GString) made = g_string_new (NULL);
      g_autoptr (WeirJsonDiff) changes = NULL;
      g_autoptr (WeirJsonDiff) rest = NULL;
      g_autoptr (GBytes) bytes = NULL;

      append_random (before, 4);
      append_random (after, 4);
      changes = diff (before->str, after->str);
      bytes = g_bytes_new (before->str, before->len);
      apply (made, parse (bytes), changes->root);
      rest = diff (made->str, after->str);
      if (rest->root != NULL)
        g_error ("%s → %s is made as %s", before->str, after->str, made->str);
      if (changes->root == NULL)
        {
          g_autoptr (GBytes) other = g_bytes_new (after->str, after->len);

          g_assert_cmpuint (weir_json_hash (parse (bytes)), ==, weir_json_hash (parse (other)));
        }
    }
}

static void
test_align (void)
{
  guint64 before[6000];
  guint64 after[6000];
  g_autofree guint *partners = NULL;

  /* turned by one: all but one keep their order */
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      before[i] = i;
      after[i] = (i + 1) % G_N_ELEMENTS (before);
    }
  partners = weir_json_align (before, G_N_ELEMENTS (before), after, G_N_ELEMENTS (after));
  g_assert_cmpuint (partners[0], ==, WEIR_JSON_ALIGN_NONE);
  for (guint i = 1; i < G_N_ELEMENTS (before); i++)
    g_assert_cmpuint (partners[i], ==, i - 1);
}

static char *
make_large (guint n, guint odd)
{
  GString *text = g_string_new ("{\"rows\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"id\":%u,\"name\":\"row %u\",\"tags\":[1,2,%u]}",
                            i > 0 ? "," : "", i, i, i % odd == 7 ? 9 : 3);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static void
test_large (void)
{
  g_autofree char *before = make_large (200000, 1000000);
  g_autofree char *after = make_large (200000, 1000);
  g_autofree char *other = make_large (200000, 10);
  g_autoptr (WeirJsonDiff) changes = NULL;
  g_autoptr (WeirJsonDiff) many = NULL;
  gint64 began = g_get_monotonic_time ();

  changes = diff (before, after);
  g_assert_true (changes->complete);
  g_assert_cmpuint (changes->n_changed, ==, 199);
  many = diff (before, other);
  g_assert_false (many->complete);
  g_assert_cmpuint (many->n_changed, >, 1000);
  g_assert_cmpuint (many->n_changed, <, WEIR_JSON_DIFF_MAX_CHANGES);
  g_test_message ("%.0f ms", (double) (g_get_monotonic_time () - began) / 1000);
}

/* However deep and long, it ends. */
static void
test_hostile (void)
{
  GString *one = g_string_new (NULL);
  GString *other = g_string_new (NULL);
  g_autofree char *filler = g_strnfill (2 * 1024 * 1024, 'x');
  g_autoptr (WeirJsonDiff) changes = NULL;

  for (guint i = 0; i < 500; i++)
    {
      g_string_append (one, i % 2 ? "[1," : "{\"a\":");
      g_string_append (other, i % 2 ? "[1," : "{\"a\":");
    }
  g_string_append_printf (one, "\"%s1\"", filler);
  g_string_append_printf (other, "\"%s2\"", filler);
  for (guint i = 500; i-- > 0;)
    {
      g_string_append_c (one, i % 2 ? ']' : '}');
      g_string_append_c (other, i % 2 ? ']' : '}');
    }
  changes = diff (one->str, other->str);
  g_assert_false (changes->complete);
  g_assert_cmpuint (changes->n_changed, ==, 1);
  g_string_free (one, TRUE);
  g_string_free (other, TRUE);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) one = g_bytes_new_static ("[1]", 3);
  g_autoptr (GBytes) other = g_bytes_new_static ("[2]", 3);

  g_cancellable_cancel (cancellable);
  g_assert_null (weir_json_diff_new (one, parse (one), other, parse (other), cancellable));
}

static void
test_absent (void)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("[1]", 3);
  WeirJson none = { NULL, 0 };
  g_autoptr (WeirJsonDiff) nothing = weir_json_diff_new (one, none, one, none, NULL);
  g_autoptr (WeirJsonDiff) added = weir_json_diff_new (one, none, one, parse (one), NULL);
  g_autoptr (WeirJsonDiff) removed = weir_json_diff_new (one, parse (one), one, none, NULL);

  g_assert_null (nothing->root);
  g_assert_cmpuint (added->n_added, ==, 1);
  g_assert_cmpuint (removed->n_removed, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-diff/cases", test_cases);
  g_test_add_func ("/json-diff/counts", test_counts);
  g_test_add_func ("/json-diff/apply", test_apply);
  g_test_add_func ("/json-diff/align", test_align);
  g_test_add_func ("/json-diff/large", test_large);
  g_test_add_func ("/json-diff/hostile", test_hostile);
  g_test_add_func ("/json-diff/cancel", test_cancel);
  g_test_add_func ("/json-diff/absent", test_absent);

  return g_test_run ();
}

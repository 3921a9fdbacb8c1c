/* test-weir-query-completion.c: what may come next in a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-query-completion.h"
#include "weir-query-values.h"

#include <string.h>

static void
free_value (gpointer data)
{
  g_free (((WeirQueryValue *) data)->value);
  g_free (data);
}

/* "value count …", the most frequent first */
static GPtrArray *
make_values (const char *text)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (free_value);
  g_auto (GStrv) words = g_strsplit (text, "|", -1);

  for (guint i = 0; words[i] != NULL; i += 2)
    {
      WeirQueryValue *value = g_new0 (WeirQueryValue, 1);

      value->value = g_strdup (words[i]);
      value->count = (guint) g_ascii_strtoull (words[i + 1], NULL, 10);
      g_ptr_array_add (values, value);
    }

  return values;
}

static char *
label_cb (const char *field, const char *value, gpointer user_data)
{
  return g_str_equal (field, "sub") && g_str_equal (value, "s1") ? g_strdup ("Paid invoices")
                                                                 : NULL;
}

/* The terms offered at the "^" of the text. */
static char *
offer (const char *marked)
{
  const char *mark = strchr (marked, '^');
  g_autofree char *before = g_strndup (marked, (gsize) (mark - marked));
  g_autofree char *text = g_strconcat (before, mark + 1, NULL);
  g_autoptr (WeirQueryCompletion) completion = weir_query_completion_new (text, strlen (before));
  g_autoptr (GHashTable) counted =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) sampled =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GString) terms = g_string_new (NULL);

  g_hash_table_insert (counted, (gpointer) "kind", make_values ("updated|9|created|5|recreated|2"));
  g_hash_table_insert (counted, (gpointer) "account", make_values ("My Shop|3|shop|1"));
  g_hash_table_insert (counted, (gpointer) "sub", make_values ("s2|4|s1|2"));
  g_hash_table_insert (sampled, (gpointer) "data.customer.name", make_values ("Ann Lee|2|Bo|1"));
  g_hash_table_insert (sampled, (gpointer) "data.items[*].price", make_values ("9.5|3"));
  list = weir_query_completion_list (completion, counted, sampled, label_cb, NULL);
  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (terms, "%s%s", i > 0 ? " , " : "",
                            ((WeirQueryCandidate *) list->pdata[i])->term);

  return g_string_free (g_steal_pointer (&terms), FALSE);
}

static void
test_offers (void)
{
  static const char *const CASES[][2] = {
    { "ki^", "kind:" },
    { "x co^", "collection: , connection:" },
    { "-KI^", "-kind:" },
    { "\"ki^", "" },
    { "zzz^", "" },
    { "kind:^", "kind:updated , kind:created , kind:recreated" },
    { "kind:cr^", "kind:created , kind:recreated" },
    { "-kind:UP^ x", "-kind:updated" },
    { "account:sh^", "account:shop , account:\"My Shop\"" },
    /* also by its name */
    { "sub:paid^", "sub:s1" },
    { "data.^", "data.customer.name: , data.items[*].price:" },
    { "data.pri^", "data.items[*].price:" },
    { "data.customer.name:^", "data.customer.name:\"Ann Lee\" , data.customer.name:Bo" },
    { "data.items[*].price>^", "" },
    { "after:to^", "after:today" },
    { "is:un^", "is:unreadable" },
    { "record:^", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *terms = offer (CASES[i][0]);

      g_assert_cmpstr (terms, ==, CASES[i][1]);
    }
}

static void
test_all_fields (void)
{
  g_autofree char *terms = offer ("kind:x ^");

  g_assert_nonnull (strstr (terms, "account:"));
  g_assert_nonnull (strstr (terms, "data."));
}

static guint
count_at (GHashTable *paths, const char *path, const char *value)
{
  GHashTable *values = g_hash_table_lookup (paths, path);

  return values != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (values, value)) : 0;
}

static void
test_payload (void)
{
  const char *json = "{\"name\":\"Ann\",\"a b\":1,\"deep\":{\"größe\":3,\"none\":null},"
                     "\"items\":[{\"price\":9.50},{\"price\":9.50}],\"tags\":[\"x\"],\"e\":{}}";
  g_autoptr (GHashTable) paths =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  WeirJson root;

  g_assert_true (weir_json_parse_text (json, -1, &root, NULL));
  weir_query_values_add_payload (paths, root);
  weir_query_values_add_payload (paths, root);
  weir_query_values_add_payload (paths, (WeirJson){ NULL, 0 });
  g_assert_cmpuint (g_hash_table_size (paths), ==, 5);
  g_assert_cmpuint (count_at (paths, "data.name", "Ann"), ==, 2);
  g_assert_cmpuint (count_at (paths, "data.deep.größe", "3"), ==, 2);
  g_assert_cmpuint (count_at (paths, "data.items[*].price", "9.50"), ==, 4);
  g_assert_cmpuint (count_at (paths, "data.tags[*]", "x"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-completion/offers", test_offers);
  g_test_add_func ("/query-completion/all-fields", test_all_fields);
  g_test_add_func ("/query-completion/payload", test_payload);
  return g_test_run ();
}

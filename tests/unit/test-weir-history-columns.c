/* test-weir-history-columns.c: what is in memory of each event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-columns.h"
#include "weir-history-dedupe.h"
#include "weir-history-facets.h"
#include "weir-history-numbers.h"

#define MANY 100000u

static void
test_put (void)
{
  g_autoptr (WeirColumns) columns = weir_columns_new ();

  g_assert_cmpuint (weir_columns_get_facet (columns, 7), ==, 0);
  weir_columns_put (columns, 7, 1234, 0x7fff);
  weir_columns_put (columns, 8, -5, 3 | WEIR_COLUMNS_GONE);

  g_assert_cmpint (weir_columns_get_time (columns, 7), ==, 1234);
  g_assert_cmphex (weir_columns_get_facet (columns, 7), ==, 0x7fff);
  g_assert_cmpint (weir_columns_get_time (columns, 8), ==, -5);
  g_assert_cmphex (weir_columns_get_facet (columns, 8), ==, 3 | WEIR_COLUMNS_GONE);
  g_assert_cmphex (weir_columns_get_facet (columns, 9), ==, 0);
}

/* One facet of a high number, and those that stand beside it are still what they were. */
static void
test_wide (void)
{
  g_autoptr (WeirColumns) columns = weir_columns_new ();
  guint32 first = 5 * WEIR_COLUMNS_CHUNK;

  for (guint32 i = 0; i < 100; i++)
    weir_columns_put (columns, first + i, i, i % 3 == 0 ? i | WEIR_COLUMNS_GONE : i);
  weir_columns_put (columns, first + 100, 100, 0x8000);
  weir_columns_put (columns, first + 101, 101, 0x123456 | WEIR_COLUMNS_GONE);
  weir_columns_put (columns, first + 102, 102, 9);

  for (guint32 i = 0; i < 100; i++)
    g_assert_cmphex (weir_columns_get_facet (columns, first + i), ==,
                     i % 3 == 0 ? i | WEIR_COLUMNS_GONE : i);
  g_assert_cmphex (weir_columns_get_facet (columns, first + 100), ==, 0x8000);
  g_assert_cmphex (weir_columns_get_facet (columns, first + 101), ==, 0x123456 | WEIR_COLUMNS_GONE);
  g_assert_cmphex (weir_columns_get_facet (columns, first + 102), ==, 9);
  g_assert_cmpint (weir_columns_get_time (columns, first + 99), ==, 99);
}

static guint64
make_key (guint i)
{
  return weir_dedupe_make_key (1 + i % 3, "stream", i * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
}

/* From a table that expects nothing and from one that expects them: none is lost while tables grow and shrink. */
static void
test_dedupe (gconstpointer data)
{
  g_autoptr (WeirDedupe) dedupe = weir_dedupe_new (GPOINTER_TO_UINT (data));
  guint wrong = 0;

  for (guint i = 0; i < MANY; i++)
    weir_dedupe_add (dedupe, make_key (i));
  for (guint i = 0; i < MANY; i++)
    g_assert_true (weir_dedupe_may_have (dedupe, make_key (i)));
  for (guint i = MANY; i < 2 * MANY; i++)
    wrong += weir_dedupe_may_have (dedupe, make_key (i));
  g_assert_cmpuint (wrong, <, 10);

  for (guint i = 0; i < MANY; i++)
    {
      if (i % 50 != 0)
        weir_dedupe_remove (dedupe, make_key (i));
    }
  for (guint i = 0; i < MANY; i += 50)
    g_assert_true (weir_dedupe_may_have (dedupe, make_key (i)));
  for (guint i = 1; i < MANY; i += 50)
    wrong += weir_dedupe_may_have (dedupe, make_key (i));
  g_assert_cmpuint (wrong, <, 10);
}

/* Whether a number is in a list is found at once, though all have one time. */
static void
test_contains (void)
{
  g_autoptr (WeirColumns) columns = weir_columns_new ();
  g_autofree guint32 *all = g_new (guint32, MANY);
  g_autoptr (WeirNumbers) numbers = NULL;

  for (guint i = 0; i < 2 * MANY; i++)
    weir_columns_put (columns, i + 1, 77, 1);
  for (guint i = 0; i < MANY; i++)
    all[i] = 2 * (i + 1);
  numbers = weir_numbers_new (all, MANY);
  for (guint i = 1; i <= 2 * MANY; i++)
    g_assert_true (weir_numbers_contains (numbers, columns, i) == (i % 2 == 0));
}

/* However high a number is, its facet is kept. */
static void
test_facets (void)
{
  WeirFacets *facets = weir_facets_new ();
  g_autoptr (WeirAccount) account =
      weir_account_new ("uuid-1", "Acme", "sequin", "https://api.example.com", WEIR_AUTH_TOKEN,
                        NULL, NULL, NULL, FALSE);
  static const guint numbers[] = { 1, 5, 4194303, 4194304, 20000000, 0x7ffffffe };

  weir_facets_put_account (facets, 1, account);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *kind = g_strdup_printf ("kind%u", numbers[i]);
      WeirFacet facet = { numbers[i], 1, account, "events", kind, "", "", "", "", "" };

      g_assert_true (weir_facets_put (facets, &facet));
      g_assert_cmpuint (weir_facets_find (facets, &facet), ==, numbers[i]);
      g_assert_cmpstr (weir_facets_get (facets, numbers[i])->kind, ==, kind);
      facet.number = 0x7fffffff;
      facet.kind = "more";
      g_assert_false (weir_facets_put (facets, &facet));
    }
  g_assert_null (weir_facets_get (facets, 4194305));
  g_assert_null (weir_facets_get (facets, G_MAXUINT32));
  weir_facets_free (facets);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history-columns/put", test_put);
  g_test_add_func ("/history-columns/wide", test_wide);
  g_test_add_data_func ("/history-columns/dedupe/grown", GUINT_TO_POINTER (0), test_dedupe);
  g_test_add_data_func ("/history-columns/dedupe/expected", GUINT_TO_POINTER (MANY), test_dedupe);

  g_test_add_func ("/history-columns/contains", test_contains);
  g_test_add_func ("/history-columns/facets", test_facets);

  return g_test_run ();
}

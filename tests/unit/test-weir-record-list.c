/* test-weir-record-list.c: the rows of a table: filtered, sorted, selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-record-list.h"
#include "weir-record-set.h"

#include <math.h>
#include <string.h>

typedef struct
{
  WeirAccount *account;
  WeirRecordSet *set;
  WeirRecordList *list;
  const char *hidden; /* names with this in them do not pass */
  GString *emissions; /* of the list, as "(position,removed,added)" */
  guint n_selections; /* emissions of selection-changed */
  GPtrArray *shadow;  /* (element-type WeirRow) what a view would believe after the emissions */
} Fixture;

static WeirRecord *
create_record (Fixture *fixture, const char *id, const char *name)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\"}", id, name);
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));

  return weir_record_new (WEIR_RECORD_TENANT, fixture->account, id, name, json);
}

static void
put (Fixture *fixture, const char *id, const char *name)
{
  g_autoptr (WeirRecord) record = create_record (fixture, id, name);

  weir_record_set_put (fixture->set, record);
}

static void
take (Fixture *fixture, const char *id)
{
  weir_record_set_remove (fixture->set, weir_record_set_find (fixture->set, fixture->account, id));
}

static char *
dup_name (gpointer item, gpointer user_data)
{
  return g_strdup (weir_record_get_name (item));
}

static gboolean
filter_item (gpointer item, gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->hidden == NULL || strstr (weir_record_get_name (item), fixture->hidden) == NULL;
}

static char *
dup_names (GListModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? " " : "",
        weir_record_get_name (weir_record_list_get (WEIR_RECORD_LIST (model), i)));

  return g_string_free (text, FALSE);
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_autofree char *names = dup_names (G_LIST_MODEL (fixture->list));

  g_assert_cmpstr (names, ==, expected);
  /* whoever only listened to the emissions has the same rows */
  g_assert_cmpuint (fixture->shadow->len, ==,
                    g_list_model_get_n_items (G_LIST_MODEL (fixture->list)));
  for (guint i = 0; i < fixture->shadow->len; i++)
    {
      g_autoptr (WeirRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_true (g_ptr_array_index (fixture->shadow, i) == row);
    }
}

static void
assert_emissions (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->emissions->str, ==, expected);
  g_string_set_size (fixture->emissions, 0);
}

static void
assert_selected (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (fixture->list);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < selected->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            weir_record_get_name (g_ptr_array_index (selected, i)));
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpuint (weir_record_list_count_selected (fixture->list), ==, selected->len);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  g_string_append_printf (fixture->emissions, "(%u,%u,%u)", position, removed, added);

  g_assert_cmpuint (fixture->shadow->len - removed + added, ==, g_list_model_get_n_items (model));
  if (removed > 0)
    g_ptr_array_remove_range (fixture->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->shadow, (int) (position + i),
                        g_list_model_get_item (model, position + i));
}

static void
selection_changed_cb (Fixture *fixture)
{
  fixture->n_selections++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  WeirSort sort = { .text = dup_name };

  fixture->account = weir_account_new (NULL, "A", "membrane", "http://127.0.0.1:1", WEIR_AUTH_TOKEN,
                                       NULL, NULL, NULL, FALSE);
  fixture->set = weir_record_set_new ();
  put (fixture, "1", "delta");
  put (fixture, "2", "alpha");
  put (fixture, "3", "charlie");
  put (fixture, "4", "bravo");

  fixture->list = weir_record_list_new (G_LIST_MODEL (fixture->set));
  weir_record_list_set_filter (fixture->list, filter_item, fixture);
  weir_record_list_set_sort (fixture->list, &sort);
  fixture->emissions = g_string_new (NULL);
  fixture->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (fixture->shadow, g_list_model_get_item (G_LIST_MODEL (fixture->list), i));
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  g_signal_connect_swapped (fixture->list, "selection-changed", G_CALLBACK (selection_changed_cb),
                            fixture);
  assert_names (fixture, "alpha bravo charlie delta");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->shadow);
  g_assert_finalize_object (fixture->list);
  g_assert_finalize_object (fixture->set);
  g_object_unref (fixture->account);
  g_string_free (fixture->emissions, TRUE);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->list), 1);
  guint n_changed = 0;

  /* in place: the row stays, no view is told that rows changed */
  g_signal_connect_swapped (row, "changed", G_CALLBACK (count_cb), &n_changed);
  put (fixture, "4", "bravo2");
  weir_record_list_flush (fixture->list);
  g_assert_cmpuint (n_changed, ==, 1);
  assert_names (fixture, "alpha bravo2 charlie delta");
  assert_emissions (fixture, "");

  /* to another place: the same row, moved */
  put (fixture, "4", "zulu");
  weir_record_list_flush (fixture->list);
  assert_names (fixture, "alpha charlie delta zulu");
  assert_emissions (fixture, "(1,1,0)(3,0,1)");
  g_assert_true (g_ptr_array_index (fixture->shadow, 3) == row);
}

static void
test_come_and_go (Fixture *fixture, gconstpointer data)
{
  put (fixture, "5", "beta");
  take (fixture, "3");
  weir_record_list_flush (fixture->list);
  assert_names (fixture, "alpha beta bravo delta");

  /* come and gone within a frame is nothing */
  g_string_set_size (fixture->emissions, 0);
  put (fixture, "6", "echo");
  take (fixture, "6");
  weir_record_list_flush (fixture->list);
  assert_emissions (fixture, "");

  /* and many versions within a frame are one */
  put (fixture, "5", "beta2");
  put (fixture, "5", "beta3");
  put (fixture, "5", "beta4");
  weir_record_list_flush (fixture->list);
  assert_names (fixture, "alpha beta4 bravo delta");
  assert_emissions (fixture, "");
}

static void
test_coalesced (Fixture *fixture, gconstpointer data)
{
  guint n_updated = 0;

  g_signal_connect_swapped (fixture->list, "updated", G_CALLBACK (count_cb), &n_updated);
  put (fixture, "5", "echo");
  put (fixture, "6", "foxtrot");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 4);
  while (n_updated == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_names (fixture, "alpha bravo charlie delta echo foxtrot");
  g_assert_cmpuint (n_updated, ==, 1);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  fixture->hidden = "a";
  weir_record_list_refilter (fixture->list);
  assert_names (fixture, "");
  assert_emissions (fixture, "(0,4,0)");
  g_assert_cmpuint (weir_record_list_get_total (fixture->list), ==, 4);

  fixture->hidden = "bra";
  weir_record_list_refilter (fixture->list);
  assert_names (fixture, "alpha charlie delta");
  assert_emissions (fixture, "(0,0,3)");

  /* a newer version comes to pass the filter, and another one ceases to */
  put (fixture, "4", "beta");
  put (fixture, "1", "vibrato bra");
  weir_record_list_flush (fixture->list);
  assert_names (fixture, "alpha beta charlie");

  /* the same again is no news */
  g_string_set_size (fixture->emissions, 0);
  weir_record_list_refilter (fixture->list);
  assert_emissions (fixture, "");

  /* only the rows between what stays are told of */
  fixture->hidden = "beta";
  weir_record_list_refilter (fixture->list);
  assert_emissions (fixture, "(1,2,0)(1,0,2)");
}

static double
get_length (gpointer item, gpointer user_data)
{
  gsize length = strlen (weir_record_get_name (item));

  return length == 5 ? (double) NAN : (double) length;
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  WeirSort sort = { .text = dup_name, .descending = TRUE };

  put (fixture, "5", "charlie 9");
  put (fixture, "6", "charlie 10");
  weir_record_list_flush (fixture->list);
  assert_names (fixture, "alpha bravo charlie charlie 9 charlie 10 delta");

  g_string_set_size (fixture->emissions, 0);
  weir_record_list_set_sort (fixture->list, &sort);
  assert_names (fixture, "delta charlie 10 charlie 9 charlie bravo alpha");
  /* never as one big change */
  assert_emissions (fixture, "(0,6,0)(0,0,6)");

  /* what is not known comes last in both directions */
  take (fixture, "2");
  take (fixture, "4");
  sort = (WeirSort){ .number = get_length };
  weir_record_list_set_sort (fixture->list, &sort);
  assert_names (fixture, "charlie charlie 9 charlie 10 delta");
  sort.descending = TRUE;
  weir_record_list_set_sort (fixture->list, &sort);
  assert_names (fixture, "charlie 10 charlie 9 charlie delta");
}

typedef struct
{
  guint n_asked;
  gboolean backwards; /* what is known of the items changes, and they do not */
} Known;

static char *
dup_known (gpointer item, gpointer user_data)
{
  Known *known = user_data;
  char *name = g_strdup (weir_record_get_name (item));

  known->n_asked++;
  return known->backwards ? g_strreverse (name) : name;
}

/* Filtering does not collate again; other keys of the same items make another order. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  Known known = { 0, FALSE };
  WeirSort sort = { .text = dup_known, .user_data = &known };

  put (fixture, "5", "yb");
  put (fixture, "6", "za");
  weir_record_list_set_sort (fixture->list, &sort);
  assert_names (fixture, "alpha bravo charlie delta yb za");
  g_assert_cmpuint (known.n_asked, ==, 6);
  fixture->hidden = "l";
  weir_record_list_refilter (fixture->list);
  assert_names (fixture, "bravo yb za");
  fixture->hidden = NULL;
  weir_record_list_refilter (fixture->list);
  assert_names (fixture, "alpha bravo charlie delta yb za");
  g_assert_cmpuint (known.n_asked, ==, 6);
  put (fixture, "5", "aa");
  weir_record_list_flush (fixture->list);
  assert_names (fixture, "aa alpha bravo charlie delta za");
  g_assert_cmpuint (known.n_asked, ==, 7);

  known.backwards = TRUE;
  weir_record_list_resort (fixture->list);
  assert_names (fixture, "aa alpha delta za charlie bravo");
  weir_record_list_set_sort (fixture->list, NULL);
}

static void
test_selection (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->list);
  WeirSort sort = { .text = dup_name, .descending = TRUE };

  gtk_selection_model_select_item (model, 1, TRUE);
  assert_selected (fixture, "bravo");
  g_assert_true (weir_record_list_get_single (fixture->list)
                 == weir_record_list_get (fixture->list, 1));
  gtk_selection_model_select_item (model, 3, FALSE);
  assert_selected (fixture, "bravo delta");
  g_assert_null (weir_record_list_get_single (fixture->list));
  g_assert_cmpuint (fixture->n_selections, ==, 2);
  /* what is so already is no news */
  gtk_selection_model_select_item (model, 3, FALSE);
  g_assert_cmpuint (fixture->n_selections, ==, 2);

  /* it stays with the records: news, moves, arrivals, another order */
  put (fixture, "4", "bravo2");
  put (fixture, "1", "able");
  put (fixture, "7", "aaa");
  weir_record_list_flush (fixture->list);
  assert_names (fixture, "aaa able alpha bravo2 charlie");
  assert_selected (fixture, "able bravo2");
  weir_record_list_set_sort (fixture->list, &sort);
  assert_selected (fixture, "bravo2 able");

  /* what goes away is not selected any more, and that is told */
  fixture->n_selections = 0;
  take (fixture, "1");
  weir_record_list_flush (fixture->list);
  assert_selected (fixture, "bravo2");
  g_assert_cmpuint (fixture->n_selections, ==, 1);
  fixture->hidden = "bravo";
  weir_record_list_refilter (fixture->list);
  assert_selected (fixture, "");
  g_assert_cmpuint (fixture->n_selections, ==, 2);

  gtk_selection_model_select_all (model);
  assert_selected (fixture, "charlie alpha aaa");
  gtk_selection_model_select_range (model, 1, 2, TRUE);
  assert_selected (fixture, "alpha aaa");
  gtk_selection_model_unselect_all (model);
  assert_selected (fixture, "");
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->list);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 start;

  gtk_selection_model_select_item (model, 2, TRUE);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *name = i == 3 ? g_strdup ("charlie") : g_strdup_printf ("name %u", i);

      g_ptr_array_add (records, create_record (fixture, id, name));
    }
  start = g_get_monotonic_time ();
  weir_record_set_refresh (fixture->set, fixture->account, records);
  weir_record_list_flush (fixture->list);
  g_test_minimized_result ((double) (g_get_monotonic_time () - start) / 1000,
                           "10,000 new records, ms");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 10000);
  assert_selected (fixture, "charlie");
  g_assert_cmpuint (weir_record_list_find (fixture->list, g_ptr_array_index (records, 3)), ==, 0);
  g_assert_cmpuint (weir_record_list_find (fixture->list, g_ptr_array_index (records, 9999)), ==,
                    9999);
}

/* Random changes, after each the list must be what filtering and sorting anew makes of the source. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 300; round++)
    {
      guint n_changes = (guint) g_test_rand_int_range (1, round % 10 == 0 ? 100 : 6);
      const char *last = "";

      for (guint i = 0; i < n_changes; i++)
        {
          g_autofree char *id = g_strdup_printf ("%d", g_test_rand_int_range (0, 60));

          if (g_test_rand_int_range (0, 3) > 0)
            {
              g_autofree char *name = g_strdup_printf ("%c%d", 'a' + g_test_rand_int_range (0, 4),
                                                       g_test_rand_int_range (0, 20));

              put (fixture, id, name);
            }
          else if (weir_record_set_find (fixture->set, fixture->account, id) != NULL)
            {
              take (fixture, id);
            }
        }
      if (round % 7 == 0)
        fixture->hidden = g_test_rand_int_range (0, 2) ? "b" : NULL;
      if (round % 7 == 0)
        weir_record_list_refilter (fixture->list);
      weir_record_list_flush (fixture->list);

      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->list)); i++)
        {
          WeirRecord *record = weir_record_list_get (fixture->list, i);
          g_autofree char *key =
              g_utf8_collate_key_for_filename (weir_record_get_name (record), -1);
          g_autofree char *last_key = g_utf8_collate_key_for_filename (last, -1);

          g_assert_true (filter_item (record, fixture));
          g_assert_true (i == 0 || strcmp (last_key, key) <= 0);
          g_assert_true (
              weir_record_set_find (fixture->set, fixture->account, weir_record_get_id (record))
              == record);
          last = weir_record_get_name (record);
        }
      {
        g_autofree char *names = dup_names (G_LIST_MODEL (fixture->list));

        assert_names (fixture, names);
      }
      {
        guint n_passing = 0;
        g_autoptr (GPtrArray) all = weir_record_list_list_all (fixture->list);

        for (guint i = 0; i < all->len; i++)
          n_passing += filter_item (g_ptr_array_index (all, i), fixture);
        g_assert_cmpuint (n_passing, ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->list)));
        g_assert_cmpuint (all->len, ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->set)));
      }
    }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/record-list/replace", test_replace },     { "/record-list/come-and-go", test_come_and_go },
    { "/record-list/coalesced", test_coalesced }, { "/record-list/filter", test_filter },
    { "/record-list/sort", test_sort },           { "/record-list/selection", test_selection },
    { "/record-list/keys", test_keys },           { "/record-list/many", test_many },
    { "/record-list/random", test_random },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}

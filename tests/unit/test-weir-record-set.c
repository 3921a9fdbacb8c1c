/* test-weir-record-set.c: what is known, and how little is told of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-record-set.h"

#include <stdlib.h>

typedef struct
{
  WeirAccount *one;
  WeirAccount *other;
  WeirRecordSet *set;
  GPtrArray *shadow; /* the list as a view would have it */
  GString *changes;  /* "position-removed+added " */
} Fixture;

static WeirRecord *
make (WeirAccount *account, const char *id, int version)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"v\":%d}", id, version);
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));
  return weir_record_new (WEIR_RECORD_INTEGRATION, account, id, NULL, json);
}

/* A view that follows the changes must end up with what the list has. */
static void
changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  g_string_append_printf (fixture->changes, "%u-%u+%u ", position, removed, added);
  g_ptr_array_remove_range (fixture->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->shadow, (int) (position + i),
                        g_list_model_get_item (model, position + i));

  g_assert_cmpuint (fixture->shadow->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < fixture->shadow->len; i++)
    {
      g_autoptr (WeirRecord) record = g_list_model_get_item (model, i);

      g_assert_true (record == fixture->shadow->pdata[i]);
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->one = weir_account_new ("u1", "one", "membrane", "http://h", WEIR_AUTH_TOKEN, NULL, NULL,
                                   NULL, FALSE);
  fixture->other = weir_account_new ("u2", "other", "membrane", "http://h", WEIR_AUTH_TOKEN, NULL,
                                     NULL, NULL, FALSE);
  fixture->set = weir_record_set_new ();
  fixture->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->changes = g_string_new (NULL);
  g_signal_connect (fixture->set, "items-changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->shadow);
  g_assert_finalize_object (fixture->set);
  g_object_unref (fixture->one);
  g_object_unref (fixture->other);
  g_string_free (fixture->changes, TRUE);
}

/* words: "id:version" */
static GPtrArray *
make_list (WeirAccount *account, const char *words)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  for (guint i = 0; parts[i] != NULL && *parts[i] != '\0'; i++)
    {
      g_auto (GStrv) part = g_strsplit (parts[i], ":", 2);

      g_ptr_array_add (records, make (account, part[0], part[1] != NULL ? atoi (part[1]) : 0));
    }

  return records;
}

static void
check_refresh (Fixture *fixture, WeirAccount *account, const char *words, const char *changes)
{
  g_autoptr (GPtrArray) records = make_list (account, words);

  g_string_truncate (fixture->changes, 0);
  weir_record_set_refresh (fixture->set, account, records);
  g_assert_cmpstr (fixture->changes->str, ==, changes);

  for (guint i = 0; i < records->len; i++)
    {
      WeirRecord *known =
          weir_record_set_find (fixture->set, account, weir_record_get_id (records->pdata[i]));

      g_assert_nonnull (known);
      if (i + 1 == records->len)
        g_assert_false (weir_record_changed (known, records->pdata[i]));
    }
}

static void
test_put (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirRecord) a1 = make (fixture->one, "a", 1);
  g_autoptr (WeirRecord) same = make (fixture->one, "a", 1);
  g_autoptr (WeirRecord) a2 = make (fixture->one, "a", 2);
  g_autoptr (WeirRecord) b1 = make (fixture->other, "a", 1);

  weir_record_set_put (fixture->set, a1);
  weir_record_set_put (fixture->set, b1);
  weir_record_set_put (fixture->set, same);
  g_assert_true (weir_record_set_find (fixture->set, fixture->one, "a") == a1);
  weir_record_set_put (fixture->set, a2);
  g_assert_true (weir_record_set_find (fixture->set, fixture->one, "a") == a2);
  g_assert_true (weir_record_set_find (fixture->set, fixture->other, "a") == b1);
  g_assert_null (weir_record_set_find (fixture->set, fixture->one, "b"));
  weir_record_set_remove (fixture->set, a1);
  weir_record_set_remove (fixture->set, a1);
  g_assert_null (weir_record_set_find (fixture->set, fixture->one, "a"));
  g_assert_true (weir_record_set_find (fixture->set, fixture->other, "a") == b1);
  g_assert_cmpstr (fixture->changes->str, ==, "0-0+1 1-0+1 0-1+1 0-1+0 ");
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  check_refresh (fixture, fixture->one, "a b c d e f", "0-0+6 ");
  check_refresh (fixture, fixture->other, "a b", "6-0+2 ");
  check_refresh (fixture, fixture->one, "f e d c b a", "");
  check_refresh (fixture, fixture->one, "a b:1 c:1 d e:1 f", "4-1+1 1-2+2 ");
  check_refresh (fixture, fixture->one, "a c:1 d f:2 g", "4-2+1 1-1+0 6-0+1 ");
  check_refresh (fixture, fixture->other, "", "4-2+0 ");
  /* twice in one list: the later counts */
  check_refresh (fixture, fixture->other, "x:1 y x:2", "5-0+2 ");
  check_refresh (fixture, fixture->other, "x:3 x:2", "6-1+0 ");
  check_refresh (fixture, fixture->one, "", "0-5+0 ");
  g_assert_cmpuint (fixture->shadow->len, ==, 1);
}

/* An account that was renamed is another object: its records are shown anew. */
static void
test_renamed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) renamed = weir_account_new ("u1", "new", "membrane", "http://h",
                                                      WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);

  check_refresh (fixture, fixture->one, "a b", "0-0+2 ");
  check_refresh (fixture, renamed, "a b", "0-2+2 ");
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) half = g_ptr_array_new ();
  g_autoptr (GPtrArray) list = NULL;
  gint64 start;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("id%u", i);

      g_ptr_array_add (records, make (fixture->one, id, 0));
      if (i % 2 == 0)
        g_ptr_array_add (half, records->pdata[i]);
    }

  weir_record_set_refresh (fixture->set, fixture->one, records);
  g_assert_cmpstr (fixture->changes->str, ==, "0-0+10000 ");
  g_string_truncate (fixture->changes, 0);

  start = g_get_monotonic_time ();
  weir_record_set_refresh (fixture->set, fixture->one, records);
  g_assert_cmpstr (fixture->changes->str, ==, "");
  g_test_minimized_result ((double) (g_get_monotonic_time () - start), "no change of 10,000: µs");

  /* every second one: told as one run */
  weir_record_set_refresh (fixture->set, fixture->one, half);
  g_assert_cmpstr (fixture->changes->str, ==, "1-9999+4999 ");
  list = weir_record_set_list (fixture->set);
  g_assert_cmpuint (list->len, ==, 5000);
  for (guint i = 0; i < list->len; i++)
    g_assert_true (list->pdata[i] == half->pdata[i]);
}

static void
note_removed_cb (WeirRecordSet *set, WeirRecord *record, GString *gone)
{
  /* it is in the set no more when it is told of */
  g_assert_null (
      weir_record_set_find (set, weir_record_get_account (record), weir_record_get_id (record)));
  g_string_append_printf (gone, "%s ", weir_record_get_id (record));
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) gone = g_string_new (NULL);
  g_autoptr (GPtrArray) listed = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  static const char *const IDS[] = { "a", "b", "c", "d" };

  g_signal_connect (fixture->set, "removed", G_CALLBACK (note_removed_cb), gone);
  for (guint i = 0; i < G_N_ELEMENTS (IDS); i++)
    {
      g_autoptr (WeirRecord) record = make (fixture->one, IDS[i], 1);

      weir_record_set_put (fixture->set, record);
    }
  weir_record_set_remove (fixture->set, fixture->shadow->pdata[1]);
  g_assert_cmpstr (gone->str, ==, "b ");

  /* a changed one is not gone, and what is another account's stays */
  g_ptr_array_add (listed, make (fixture->one, "c", 2));
  weir_record_set_refresh (fixture->set, fixture->other, none);
  g_assert_cmpstr (gone->str, ==, "b ");
  weir_record_set_refresh (fixture->set, fixture->one, listed);
  g_assert_cmpstr (gone->str, ==, "b a d ");
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/record-set/put", test_put);
  ADD ("/record-set/refresh", test_refresh);
  ADD ("/record-set/renamed", test_renamed);
  ADD ("/record-set/many", test_many);
  ADD ("/record-set/removed", test_removed);

  return g_test_run ();
}

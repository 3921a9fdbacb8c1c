/* test-weir-event-life.c: what else happened to an event's record, what changed, and as which rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-change-list.h"
#include "weir-event-life.h"
#include "weir-history-fixture.h"
#include "weir-line-model.h"
#include "weir-test-loop.h"

#include <string.h>

static WeirEvent *
make (HistoryFixture *fixture, guint number, const char *record, int second, const char *data)
{
  g_autofree char *escaped = g_strescape (record, NULL);
  g_autofree char *text = g_strdup_printf (
      "{\"event_id\":\"e%u\",\"event\":\"updated\",\"sync_id\":\"s\",\"collection_id\":\"a:b\","
      "\"upstream_id\":\"%s\",\"upstream_updated_at\":\"2024-11-10T18:%02d:%02d.000Z\",\"data\":%s}",
      number, escaped, 30 + second / 60, second % 60, data);
  g_autoptr (GError) error = NULL;
  WeirEvent *event;
  WeirJson json;

  weir_json_parse_text (text, -1, &json, &error);
  g_assert_no_error (error);
  event = weir_event_new (fixture->account, "events", json, HISTORY_OBSERVED, &error);
  g_assert_no_error (error);
  return event;
}

/* Twenty of one record and twenty of another, in turn; two at each second. */
static GPtrArray *
fill (HistoryFixture *fixture)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *data = g_strdup_printf ("{\"n\":%u,\"same\":1}", i / 4);

      g_ptr_array_add (events,
                       make (fixture, i, i % 2 == 0 ? "r-1" : "r-1 \"x\"", (int) i / 4, data));
    }
  history_check_append (history_append (fixture->history, fixture->account, NULL,
                                        g_ptr_array_ref (events), "1", NULL),
                        40, 0, "1");
  return events;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static char *
find_previous (HistoryFixture *fixture, WeirEvent *event)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirEvent) found = NULL;

  weir_event_life_find_previous_async (fixture->history, event, NULL, done_cb, &result);
  found = weir_event_life_find_previous_finish (fixture->history, wait_for (&result), &error);
  g_assert_no_error (error);
  return found != NULL ? g_strdup (weir_record_get_id (WEIR_RECORD (found))) : NULL;
}

static void
test_previous (HistoryFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) events = fill (fixture);
  g_autoptr (WeirEvent) stranger = make (fixture, 1000, "r-1", 3, "{}");
  g_autoptr (WeirEvent) nameless = NULL;
  g_autofree char *of_stranger = find_previous (fixture, stranger);

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *found = find_previous (fixture, g_ptr_array_index (events, i));
      g_autofree char *expected = g_strdup_printf ("e%u", i - 2);

      g_assert_cmpstr (found, ==, i < 2 ? NULL : expected);
    }
  /* one that the history does not have */
  g_assert_cmpstr (of_stranger, ==, "e10");

  nameless = make (fixture, 1001, "", 3, "{}");
  g_assert_null (weir_event_life_dup_query (nameless));
  g_assert_null (find_previous (fixture, nameless));
}

static void
test_list (HistoryFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) events = fill (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  guint total = 0;

  weir_event_life_list_async (fixture->history, g_ptr_array_index (events, 5), NULL, done_cb,
                              &result);
  entries = weir_event_life_list_finish (fixture->history, wait_for (&result), &total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, WEIR_LIFE_MAX_EVENTS);
  for (guint i = 0; i < entries->len; i++)
    {
      WeirLifeEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *expected = g_strdup_printf ("e%u", 39 - 2 * i);

      g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (entry->event)), ==, expected);
      /* two of the same content follow each other */
      if (i + 1 < entries->len)
        g_assert_cmpuint (entry->n_fields, ==, i % 2 == 0 ? 0 : 1);
      else
        g_assert_cmpuint (entry->n_fields, ==, G_MAXUINT);
    }
  g_assert_cmpuint (total, >=, 20);
}

static void
test_cancel (HistoryFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) events = fill (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) previous = NULL;
  g_autoptr (GAsyncResult) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) list_error = NULL;
  guint total;

  weir_event_life_find_previous_async (fixture->history, g_ptr_array_index (events, 9), cancellable,
                                       done_cb, &previous);
  weir_event_life_list_async (fixture->history, g_ptr_array_index (events, 9), cancellable, done_cb,
                              &list);
  g_cancellable_cancel (cancellable);
  g_assert_null (
      weir_event_life_find_previous_finish (fixture->history, wait_for (&previous), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (
      weir_event_life_list_finish (fixture->history, wait_for (&list), &total, &list_error));
  g_assert_error (list_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
check_row (GListModel *list, guint position, guint depth, const char *mark, const char *text)
{
  g_autoptr (WeirChange) change = g_list_model_get_item (list, position);
  g_autofree char *key = weir_change_dup_key (change);
  g_autofree char *value = weir_change_dup_text (change);
  g_autofree char *real = g_strdup_printf ("%s: %s", key, value);

  g_assert_cmpuint (weir_change_get_depth (change), ==, depth);
  g_assert_cmpstr (weir_change_get_mark (change), ==, mark);
  g_assert_cmpstr (real, ==, text);
}

static void
test_rows (HistoryFixture *fixture, gconstpointer unused)
{
  g_autoptr (WeirEvent) before =
      make (fixture, 1, "r", 1,
            "{\"a\":{\"b\":{\"c\":1}},\"items\":[{\"id\":7,\"n\":1,\"m\":1},{\"id\":8}],\"old\":[],"
            "\"x y\":1}");
  g_autoptr (WeirEvent) after = make (
      fixture, 2, "r", 2,
      "{\"a\":{\"b\":{\"c\":2}},\"items\":[{\"id\":8},{\"id\":7,\"n\":2,\"m\":2}],\"new\":null,"
      "\"x y\":\"1\"}");
  g_autoptr (WeirJsonDiff) diff = weir_event_life_compare (before, after, NULL);
  g_autoptr (GListModel) list = G_LIST_MODEL (weir_change_list_new (diff));
  g_autoptr (WeirChange) first = g_list_model_get_item (list, 0);
  g_autofree char *label = weir_change_dup_label (first);

  /* what only one other is inside of has no row of its own */
  check_row (list, 0, 0, "~", "a.b.c: 1 → 2");
  g_assert_cmpstr (label, ==, "Changed: $.a.b.c: 1 → 2");
  /* an item that is known by its id, has another place, and changed */
  check_row (list, 1, 0, "↕", "items[1]: 7");
  check_row (list, 2, 1, "~", "n: 1 → 2");
  check_row (list, 3, 1, "~", "m: 1 → 2");
  check_row (list, 4, 0, "−", "old: []");
  check_row (list, 5, 0, "~", "[\"x y\"]: 1 → \"1\"");
  check_row (list, 6, 0, "+", "new: null");
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 7);
}

static void
selected_cb (GtkSelectionModel *model, guint position, guint n_items, guint *changed)
{
  *changed = position * 1000 + n_items;
}

static void
test_selection (HistoryFixture *fixture, gconstpointer unused)
{
  static const char text[] = "[0,1,2,3,4,5,6,7]";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (WeirJsonLines) lines = NULL;
  g_autoptr (WeirLineModel) model = NULL;
  g_autoptr (WeirLine) line = NULL;
  GtkSelectionModel *selection;
  guint changed = 0, first, count;
  WeirJson root;

  g_assert_true (weir_json_parse (bytes, &root, NULL));
  lines = weir_json_lines_new (bytes, root, NULL);
  model = weir_line_model_new (lines);
  selection = GTK_SELECTION_MODEL (model);
  g_signal_connect (model, "selection-changed", G_CALLBACK (selected_cb), &changed);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 10);
  line = g_list_model_get_item (G_LIST_MODEL (model), 3);
  g_assert_cmpstr (weir_line_get_text (line), ==, "  2,");
  g_assert_cmpuint (weir_line_get_number (line), ==, 3);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 10));

  g_assert_false (weir_line_model_get_selected (model, &first, &count));
  gtk_selection_model_select_item (selection, 3, TRUE);
  g_assert_cmpuint (changed, ==, 3001);
  gtk_selection_model_select_range (selection, 2, 4, TRUE);
  g_assert_cmpuint (changed, ==, 2004);
  g_assert_true (gtk_selection_model_is_selected (selection, 5));
  g_assert_false (gtk_selection_model_is_selected (selection, 6));
  /* one more goes on to it */
  gtk_selection_model_select_item (selection, 7, FALSE);
  g_assert_true (weir_line_model_get_selected (model, &first, &count));
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (count, ==, 6);
  gtk_selection_model_select_all (selection);
  g_assert_true (weir_line_model_get_selected (model, &first, &count));
  g_assert_cmpuint (count, ==, 10);
  gtk_selection_model_unselect_all (selection);
  g_assert_cmpuint (changed, ==, 10);
  g_assert_false (weir_line_model_get_selected (model, &first, &count));
}

/* A worker may be the last to have had what it worked for. */
static void
tear_down (HistoryFixture *fixture, gconstpointer unused)
{
  WEIR_TEST_WAIT_UNTIL (G_OBJECT (fixture->history)->ref_count == 1);
  history_fixture_tear_down (fixture, unused);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/event-life/previous", test_previous);
  ADD ("/event-life/list", test_list);
  ADD ("/event-life/cancel", test_cancel);
  ADD ("/change-list/rows", test_rows);
  ADD ("/line-model/selection", test_selection);

  return g_test_run ();
}

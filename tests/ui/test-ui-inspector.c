/* test-ui-inspector.c: what an event changed, what happened to its record, and its payload
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-account-store.h"
#include "weir-history.h"
#include "weir-paths.h"
#include "weir-ui-fixture.h"

#define LARGE (20 * 1024 * 1024)

static void
take_picture (WeirUi *ui, const char *name)
{
  const char *folder = g_getenv ("WEIR_DRIVER_PICTURES");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  path = g_build_filename (folder, name, NULL);
  weir_driver_settle (ui->driver, 500);
  weir_driver_picture (ui->driver, path);
}

static void
open_page (WeirUi *ui)
{
  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, "sequin");
  weir_ui_click (ui, "Pause");
  weir_ui_type (ui, "Query", "kind:updated");
  weir_driver_key (ui->driver, "Return");
  g_free (weir_ui_select (ui, "Events", NULL, "Updated"));
}

/* It is made when there is something to inspect, or when somebody wants to see it. */
static void
test_open (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_driver_key (ui->driver, "F9");
  weir_ui_see (ui, "label", "Nothing Selected");
  weir_driver_key (ui->driver, "F9");
  weir_ui_see_gone (ui, "label", "Nothing Selected");
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, "sequin");
  g_free (weir_ui_select (ui, "Events", NULL, "Updated"));
  weir_ui_see (ui, NULL, "Details");
}

static gboolean
has_focus (WeirUi *ui, const char *role, const char *name)
{
  g_autoptr (WeirThing) focus = NULL;

  weir_driver_settle (ui->driver, 200);
  focus = weir_driver_find_focus (ui->driver);

  return focus != NULL && g_strcmp0 (focus->role, role) == 0
         && g_pattern_match_simple (name, focus->name);
}

/* An attribute is read and copied with two stops, not one more for its text. */
static void
test_tab (WeirUi *ui, gconstpointer unused)
{
  open_page (ui);
  weir_ui_see (ui, "list item", "Kind: Updated");
  weir_driver_key (ui->driver, "ctrl+l");
  weir_driver_key (ui->driver, "F6");
  for (guint i = 0; i < 15 && !has_focus (ui, "list item", "Kind: Updated"); i++)
    weir_driver_key (ui->driver, "Tab");
  g_assert_true (has_focus (ui, "list item", "Kind: Updated"));
  weir_driver_key (ui->driver, "Tab");
  g_assert_true (has_focus (ui, "push button", "Copy Kind"));
  weir_driver_key (ui->driver, "Tab");
  g_assert_true (has_focus (ui, "list item", "*: *"));
  weir_driver_key (ui->driver, "shift+Tab");
  g_assert_true (has_focus (ui, "push button", "Copy Kind"));
  weir_driver_key (ui->driver, "shift+Tab");
  g_assert_true (has_focus (ui, "list item", "Kind: Updated"));
}

static void
test_changes (WeirUi *ui, gconstpointer unused)
{
  open_page (ui);
  weir_ui_click (ui, "Changes");
  weir_ui_see (ui, "label", "*field* changed*");
  weir_ui_see (ui, "label", "Since the record’s previous event*");
  weir_ui_see (ui, NULL, "Changed: $.*→*");
  take_picture (ui, "inspector-changes.png");

  /* with another event than the one before */
  weir_ui_insensitive (ui, "Compare With Pinned", "*No event is pinned*");
  weir_ui_click (ui, "Pin for Comparison");
  weir_ui_see (ui, NULL, "Unpin");
  weir_ui_click (ui, "Compare With Pinned");
  weir_ui_see (ui, "label", "This Is the Pinned Event");
  weir_ui_type (ui, "Query", "kind:created");
  weir_driver_key (ui->driver, "Return");
  g_free (weir_ui_select (ui, "Events", NULL, "Created"));
  weir_ui_see (ui, "label", "Against the pinned event*");
  weir_ui_see (ui, "label", "*field* changed*");
  weir_ui_click (ui, "Compare With Pinned");
  weir_ui_see (ui, "label", "No Earlier Event");

  /* where it is chosen, too */
  g_free (weir_ui_select (ui, "Events", NULL, "Created"));
  weir_driver_key (ui->driver, "ctrl+m");
  weir_ui_see (ui, "label", "Pinned for comparison");
  weir_ui_see (ui, "push button", "Unpin");
  weir_driver_key (ui->driver, "ctrl+m");
  weir_ui_see (ui, "push button", "Pin for Comparison");
}

static void
test_life (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) list = NULL;
  g_autoptr (WeirThing) row = NULL;

  open_page (ui);
  list = weir_driver_wait (ui->driver, NULL, "list", "Life of the Record");
  g_assert_nonnull (list);
  weir_ui_see (ui, "label", "Shown");
  row = weir_driver_wait (ui->driver, list, "list item", "Created, *");
  g_assert_nonnull (row);
  take_picture (ui, "inspector-life.png");
  weir_ui_click (ui, "Created, *"); /* the list may have been filled anew */
  weir_ui_see (ui, NULL, "Back");
  weir_ui_see (ui, "label", "Created*");
}

static void
test_filter (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) row = NULL;
  guint n_all;

  open_page (ui);
  n_all = weir_ui_count (ui);
  weir_ui_click (ui, "Payload");
  row = weir_driver_wait_row (ui->driver, "Attributes", NULL, NULL);
  g_assert_nonnull (row);
  g_assert_true (weir_driver_select (ui->driver, row, FALSE));
  weir_ui_see (ui, "label", "$.*");
  take_picture (ui, "inspector-payload.png");
  weir_ui_click (ui, "Copy Path");
  weir_ui_see (ui, "label", "Copied the path");
  weir_ui_click (ui, "Filter");
  /* by the value of that field, and what it was narrowed to before */
  for (guint i = 0; i < 100 && weir_ui_count (ui) >= n_all; i++)
    weir_driver_settle (ui->driver, 100);
  g_assert_cmpuint (weir_ui_count (ui), >, 0);
  g_assert_cmpuint (weir_ui_count (ui), <, n_all);
}

/* As if it had been sent: two events of one record, and what changed is in the middle of 20 MB. */
static void
put_large_events (WeirUi *ui)
{
  g_autoptr (WeirAccountStore) store = NULL;
  g_autoptr (WeirHistory) history = NULL;
  g_autoptr (WeirEventRows) events = weir_event_rows_new ();
  WeirHistoryPage page = { .stream = "events", .events = events, .known_cursor = "0" };
  WeirAppendResult result = { 0 };
  g_autoptr (GError) error = NULL;

  weir_paths_set_state_dir (ui->folder);
  store = weir_account_store_new (NULL, &error);
  g_assert_no_error (error);
  history = weir_history_new (NULL, &error);
  g_assert_no_error (error);
  for (guint version = 0; version < 2; version++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autoptr (GDateTime) later = g_date_time_add_hours (now, 1 + (int) version);
      g_autofree char *time = g_date_time_format_iso8601 (later);
      WeirEvent *event;
      WeirJson json;

      g_string_printf (text,
                       "{\"event_id\":\"large-%u\",\"event\":\"updated\",\"sync_id\":\"s\","
                       "\"collection_id\":\"big:thing\",\"upstream_id\":\"thing-1\","
                       "\"upstream_updated_at\":\"%s\",\"data\":{\"rows\":[",
                       version, time);
      for (guint i = 0; text->len < LARGE; i++)
        g_string_append_printf (text, "%s{\"id\":%u,\"name\":\"row %u\",\"state\":\"%s\"}",
                                i > 0 ? "," : "", i, i,
                                version == 1 && i == 100000 ? "sold" : "open");
      g_string_append (text, "]}}");
      weir_json_parse_text (text->str, (gssize) text->len, &json, &error);
      g_assert_no_error (error);
      event = weir_event_new (weir_account_store_find (store, "sequin", NULL), "events", json,
                              g_date_time_to_unix (now) * G_USEC_PER_SEC, &error);
      g_assert_no_error (error);
      weir_event_rows_add (events, event);
    }
  weir_history_append (history, weir_account_store_find (store, "sequin", NULL), &page, &result,
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.added, ==, 2);
  g_free (result.cursor);
}

static void
test_large (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "sequin");
  put_large_events (ui);
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_click (ui, "Pause");
  weir_ui_type (ui, "Query", "collection:big:thing");
  weir_driver_key (ui->driver, "Return");
  g_free (weir_ui_select (ui, "Events", NULL, "thing-1"));

  weir_ui_click (ui, "Payload");
  weir_ui_see_row (ui, "Attributes", NULL, NULL);
  weir_ui_see (ui, NULL, "rows: * items");
  weir_ui_click (ui, "Raw");
  weir_ui_see (ui, "label", "* in * lines");
  weir_ui_see (ui, "push button", "Save Whole…");
  weir_ui_see (ui, NULL, "  \"rows\": [");

  /* text far down is found, as a line and in the tree */
  weir_ui_click (ui, "Search in the Data");
  weir_ui_type (ui, "Text to Search For", "\"SOLD\"");
  weir_ui_see (ui, NULL, "      \"state\": \"sold\"");
  weir_ui_click (ui, "Tree");
  weir_ui_type (ui, "Text to Search For", "sold");
  weir_ui_see (ui, "label", "$.rows?100000?.state");
  weir_ui_type (ui, "Text to Search For", "nowhere");
  weir_ui_see (ui, "label", "It is not in here");
  take_picture (ui, "inspector-large.png");

  weir_ui_click (ui, "Changes");
  weir_ui_see (ui, "label", "1 field changed");
  weir_ui_see (ui, NULL, "Changed: $.rows?100000?.state: \"open\" → \"sold\"");
  take_picture (ui, "inspector-large-changes.png");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/inspector/open", test_open);
  weir_ui_add ("/ui/inspector/tab", test_tab);
  weir_ui_add ("/ui/inspector/changes", test_changes);
  weir_ui_add ("/ui/inspector/life", test_life);
  weir_ui_add ("/ui/inspector/filter", test_filter);
  weir_ui_add ("/ui/inspector/large", test_large);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}

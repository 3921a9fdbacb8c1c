/* test-ui-timeline.c: follow and pause, and the query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include "weir-account-store.h"
#include "weir-history-gaps.h"
#include "weir-json.h"
#include "weir-paths.h"

#include <stdlib.h>
#include <string.h>

/* The newest event of the account that has most of them; a gap may stand above it. */
static char *
read_first (WeirUi *ui)
{
  g_autoptr (WeirThing) row = weir_driver_wait_row (ui->driver, "Events", NULL, "membrane");

  g_assert_nonnull (row);
  return weir_driver_read (ui->driver, row);
}

static void
open_page (WeirUi *ui)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "sequin");
  weir_ui_add_account (ui, "oracle");
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, "membrane");
  /* its events need not be in view, but they are counted */
  weir_ui_see (ui, "check box", "sequin, *");
}

static void
test_follow (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *paused = NULL;
  g_autofree char *later = NULL;
  g_autoptr (WeirThing) held = NULL;
  gboolean changed = FALSE;

  open_page (ui);
  /* who has no events says so where they would stand */
  weir_ui_see (ui, "label", "No event feed");

  first = read_first (ui);
  for (guint i = 0; i < 300 && !changed; i++)
    {
      g_autofree char *text = read_first (ui);

      changed = !g_str_equal (text, first);
      weir_driver_settle (ui->driver, 100);
    }
  g_assert_true (changed);

  /* what comes now is counted, and not shown */
  weir_ui_click (ui, "Pause");
  weir_ui_see (ui, "push button", "Follow"); /* a press takes a moment */
  paused = read_first (ui);
  held = weir_driver_wait (ui->driver, NULL, "push button", "* new event* held back");
  g_assert_nonnull (held);
  later = read_first (ui);
  g_assert_cmpstr (later, ==, paused);

  weir_ui_click (ui, "Follow");
  weir_ui_see_gone (ui, "push button", "* new event* held back");
  g_free (later);
  later = read_first (ui);
  g_assert_cmpstr (later, !=, paused);
}

static void
test_query (WeirUi *ui, gconstpointer unused)
{
  guint n_all;

  open_page (ui);
  weir_ui_click (ui, "Pause");
  n_all = weir_ui_count (ui);
  weir_ui_type (ui, "Query", "account:sequin");
  weir_driver_key (ui->driver, "Return");
  for (guint i = 0; i < 100 && weir_ui_count (ui) >= n_all; i++)
    weir_driver_settle (ui->driver, 100);
  g_assert_cmpuint (weir_ui_count (ui), >, 0);
  g_assert_cmpuint (weir_ui_count (ui), <, n_all);
  g_assert_null (weir_driver_find_row (ui->driver, "Events", NULL, "membrane"));

  /* what is no query says what is wrong with it, and changes nothing */
  weir_ui_type (ui, "Query", "\"no end");
  weir_ui_see (ui, "label", "*quot*");
  weir_ui_see_row (ui, "Events", NULL, "sequin");

  weir_ui_type (ui, "Query", "zzzzzzzzzz");
  weir_ui_see (ui, "label", "No Events Found");
  weir_ui_click (ui, "Clear the Query");
  weir_ui_see_row (ui, "Events", NULL, "membrane");
}

/* An event's payload, as a tree and as it came. */
static void
test_payload (WeirUi *ui, gconstpointer unused)
{
  open_page (ui);
  weir_ui_click (ui, "Pause");
  weir_ui_type (ui, "Query", "account:sequin");
  weir_driver_key (ui->driver, "Return");
  g_free (weir_ui_select (ui, "Events", NULL, "sequin"));
  weir_ui_see (ui, "label", "Event · sequin");
  weir_ui_click (ui, "Payload");
  weir_ui_click (ui, "Requests");
  weir_ui_see (ui, "label", "*/v1/events*");
}

/* The digits of a button's name, which are grouped as the locale does it. */
static guint
read_number (WeirUi *ui, const char *name)
{
  g_autoptr (WeirThing) button = weir_driver_wait (ui->driver, NULL, "push button", name);
  g_autoptr (GString) digits = g_string_new (NULL);

  g_assert_nonnull (button);
  for (const char *c = button->name; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        g_string_append_c (digits, *c);
    }

  return (guint) atoi (digits->str);
}

static void
wait_for_number (WeirUi *ui, const char *name, gboolean some)
{
  for (guint i = 0; i < 300 && (read_number (ui, name) > 0) != some; i++)
    weir_driver_settle (ui->driver, 100);
  g_assert_cmpint (read_number (ui, name) > 0, ==, some);
}

/* received = shown + filtered out + held back; each number leads to what it stands for. */
static void
test_balance (WeirUi *ui, gconstpointer unused)
{
  guint received;

  open_page (ui);
  wait_for_number (ui, "* shown", TRUE);
  weir_ui_click (ui, "Pause");
  weir_ui_type (ui, "Query", "account:sequin");
  weir_driver_key (ui->driver, "Return");
  wait_for_number (ui, "* filtered out", TRUE);
  wait_for_number (ui, "* held back", TRUE);
  /* the numbers are read one after the other, and more may come in between */
  for (guint i = 0; i < 20; i++)
    {
      guint sum;

      received = read_number (ui, "* received");
      sum = read_number (ui, "* shown") + read_number (ui, "* filtered out")
            + read_number (ui, "* held back");
      if (received == read_number (ui, "* received") && received == sum)
        break;
      g_assert_cmpuint (i, <, 19);
    }

  weir_ui_click (ui, "* received");
  weir_ui_see (ui, "label", "The oldest event kept is from*");
  weir_driver_key (ui->driver, "Escape");
  weir_ui_see_gone (ui, "label", "The oldest event kept is from*");

  /* pressed again it closes, and there is but one of it */
  weir_ui_click (ui, "* received");
  weir_ui_see (ui, "label", "The oldest event kept is from*");
  weir_ui_click (ui, "* received");
  weir_ui_see_gone (ui, "label", "The oldest event kept is from*");

  weir_ui_click (ui, "* held back");
  weir_ui_see (ui, "push button", "0 held back");
  weir_ui_click (ui, "* filtered out");
  weir_ui_see (ui, "label", "account:sequin");
  weir_ui_click (ui, "Clear the Query");
  weir_ui_see (ui, "push button", "0 filtered out");
  weir_ui_see_row (ui, "Events", NULL, "membrane");
}

/* GTK 4.8 gives nobody the focus for the asking: from the query on with Tab, until the chart says where End goes. */
static void
focus_chart (WeirUi *ui)
{
  weir_driver_key (ui->driver, "ctrl+f");
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (WeirThing) chart = NULL;

      weir_driver_key (ui->driver, "Tab");
      weir_driver_key (ui->driver, "End");
      weir_driver_settle (ui->driver, 200);
      chart = weir_driver_find (ui->driver, NULL, NULL, "Events by time: *");
      if (chart != NULL)
        return;
    }
  g_assert_not_reached ();
}

/* A span is chosen with the keys, and becomes a part of the query. */
static void
test_brush (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) chart = NULL;
  g_autoptr (WeirThing) chosen = NULL;

  open_page (ui);
  weir_ui_click (ui, "Pause");
  chart = weir_driver_wait (ui->driver, NULL, NULL, "Events by time*");
  g_assert_nonnull (chart);
  g_assert_nonnull (strstr (chart->description, "event"));
  focus_chart (ui);
  for (guint i = 0; i < 30; i++)
    weir_driver_key (ui->driver, "shift+Left");
  chosen = weir_driver_wait (ui->driver, NULL, NULL, "Events by time: *·*event*");
  g_assert_nonnull (chosen);
  weir_driver_key (ui->driver, "Return");
  weir_ui_see (ui, "push button", "Zoom Out");
  weir_driver_settle (ui->driver, 500);
  g_assert_cmpuint (read_number (ui, "* shown") + read_number (ui, "* filtered out")
                        + read_number (ui, "* held back"),
                    >, 0);

  weir_driver_key (ui->driver, "Escape");
  weir_ui_see_gone (ui, "push button", "Zoom Out");
  weir_ui_see (ui, "push button", "0 filtered out");
  /* nothing is chosen of bars that are others */
  weir_ui_see_gone (ui, NULL, "Events by time: *·*event*");
}

/* A gap has a row; what it may have missed is asked for on request. */
static void
test_gap (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirAccountStore) store = NULL;
  g_autoptr (WeirHistory) history = NULL;
  g_autoptr (WeirGap) gap = NULL;
  g_autoptr (WeirGap) pull = NULL;
  g_autoptr (WeirGap) grown = NULL;
  g_autoptr (WeirThing) row = NULL;
  g_autoptr (WeirThing) named = NULL;
  g_autoptr (WeirThing) reason = NULL;
  g_autoptr (WeirThing) again = NULL;
  g_autoptr (WeirThing) button = NULL;
  g_autofree char *list = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *pattern = NULL;
  WeirJson subscription = { 0 };
  gint64 now = g_get_real_time ();
  WeirAccount *account;

  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "sequin");
  weir_paths_set_state_dir (ui->folder);
  store = weir_account_store_new (NULL, &error);
  g_assert_no_error (error);
  account = weir_account_store_find (store, "sequin", &error);
  g_assert_no_error (error);
  history = weir_history_new (NULL, &error);
  g_assert_no_error (error);

  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  /* its events need not be in view, but they are counted */
  weir_ui_see (ui, "check box", "sequin, *");
  gap = weir_gap_new (account, "events", NULL, WEIR_GAP_OFF, now - 5 * G_TIME_SPAN_SECOND,
                      now + 600 * G_TIME_SPAN_SECOND, NULL);
  g_assert_true (weir_history_add_gap (history, gap, &error));
  g_assert_no_error (error);
  row = weir_driver_wait_row (ui->driver, "Events", "Gap of * in sequin*", NULL);
  g_assert_nonnull (row);
  button = weir_driver_wait (ui->driver, row, "push button", "Fill Now");
  g_assert_true (weir_driver_press (ui->driver, button));
  weir_ui_see (ui, "label", "The gap *");

  /* one of a subscription says of which, as several of an account would look alike */
  /* one that nobody pulls: what fails meanwhile would be a gap of its own, and both one */
  list =
      weir_ui_weirctl (ui, NULL, "--json subscriptions --account membrane --status unsubscribed");
  *strchrnul (list, '\n') = '\0';
  g_assert_true (weir_json_parse_text (list, -1, &subscription, &error));
  id = weir_json_dup_string (weir_json_get (subscription, "id"));
  name = weir_json_dup_string (weir_json_get (subscription, "name"));
  account = weir_account_store_find (store, "membrane", &error);
  g_assert_no_error (error);
  pull = weir_gap_new (account, "pulls", id, WEIR_GAP_PULL_FAILED, now - 5 * G_TIME_SPAN_SECOND,
                       now + 600 * G_TIME_SPAN_SECOND, NULL);
  g_assert_true (weir_history_add_gap (history, pull, &error));
  g_assert_no_error (error);
  pattern = g_strdup_printf ("Gap of * in %s*", name);
  named = weir_driver_wait_row (ui->driver, "Events", pattern, NULL);
  g_assert_nonnull (named);

  /* all that is known of it is in the inspector */
  weir_ui_click (ui, "Pause");
  weir_driver_settle (ui->driver, 500); /* what was on its way moves the rows */
  g_free (weir_ui_select (ui, "Events", pattern, NULL));
  weir_ui_see (ui, "list item", "Reason: A pull run failed, *");
  weir_ui_see (ui, "list item", "Subscription: *");
  weir_ui_see (ui, "list item", "Window Start: *");
  weir_ui_see (ui, NULL, "Requests");

  /* one that has grown is the same one: it stays selected, and the inspector open */
  g_free (pattern);
  pattern = g_strdup_printf ("Gap of 30 min* in %s*", name);
  g_assert_null (weir_driver_find_row (ui->driver, "Events", pattern, NULL));
  grown = weir_gap_new (account, "pulls", id, WEIR_GAP_PULL_FAILED, pull->from,
                        now + 1800 * G_TIME_SPAN_SECOND, NULL);
  g_assert_true (weir_history_add_gap (history, grown, &error));
  g_assert_no_error (error);
  weir_ui_see (ui, "label", pattern);
  again = weir_driver_wait_row (ui->driver, "Events", pattern, NULL);
  g_assert_nonnull (again);
  g_assert_true (again->selected);
  reason = weir_driver_find (ui->driver, NULL, "list item", "Reason: *");
  g_assert_nonnull (reason);
}

/* Who comes back is told what there was, and is led to it. */
static void
test_digest (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (ui->folder, "preferences.json", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_hours (now, -2);
  g_autofree char *time = g_date_time_format_iso8601 (then);
  g_autofree char *text = g_strdup_printf ("{ \"version\": 1, \"last-seen\": \"%s\" }", time);

  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "sequin");
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see (ui, "label", "While you were away (since *");
  /* its events need not be in view, but they are counted */
  weir_ui_see (ui, "check box", "sequin, *");
  weir_ui_click (ui, "* events");
  weir_ui_see (ui, "push button", "Zoom Out");
  weir_ui_click (ui, "Dismiss");
  weir_ui_see_gone (ui, "label", "While you were away (since *");
}

/* The id of a subscription of the Membrane account. */
static char *
find_subscription (WeirUi *ui, const char *name)
{
  g_autofree char *list = weir_ui_weirctl (ui, NULL, "subscriptions --account membrane");
  g_auto (GStrv) lines = g_strsplit (list, "\n", -1);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *found = NULL;
      WeirJson subscription;

      g_assert_true (weir_json_parse_text (*line, -1, &subscription, &error));
      g_assert_no_error (error);
      found = weir_json_dup_string (weir_json_get (subscription, "name"));
      if (g_strcmp0 (found, name) == 0)
        return weir_json_dup_string (weir_json_get (subscription, "id"));
    }
  g_error ("There is no subscription “%s”", name);
}

/* One whose cause lasts: it is not filled by trying, and after a restart it is called the same, though its row is there
 * before any account has answered. */
static void
test_lasting_gap (WeirUi *ui, gconstpointer unused)
{
  static const char GAP[] = "Gap of * in Invoice updated*";
  g_autofree char *id = NULL;
  g_autofree char *query = NULL;

  weir_ui_add_account (ui, "membrane");
  id = find_subscription (ui, "Invoice updated");
  query = g_strdup_printf ("sub:%s", id);
  /* the page and the query come back */
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_type (ui, "Query", query);
  weir_driver_key (ui->driver, "Return");

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (WeirThing) row = weir_driver_wait_row (ui->driver, "Events", GAP, NULL);
      g_autoptr (WeirThing) button = NULL;

      g_assert_nonnull (row);
      button = weir_driver_wait (ui->driver, row, "push button", "Fill Now");
      g_assert_nonnull (button);
      g_assert_true (weir_driver_press (ui->driver, button));
      weir_ui_see (ui, "label", "The gap stays open: The pull run failed again: *");
      if (i > 0)
        break;
      /* the settings are written a while later */
      weir_driver_settle (ui->driver, 1000);
      weir_driver_key (ui->driver, "ctrl+q");
      weir_driver_settle (ui->driver, 1500);
      g_clear_pointer (&ui->driver, weir_driver_stop);
      weir_ui_start (ui);
    }
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/timeline/follow", test_follow);
  weir_ui_add ("/ui/timeline/query", test_query);
  weir_ui_add ("/ui/timeline/payload", test_payload);
  weir_ui_add ("/ui/timeline/balance", test_balance);
  weir_ui_add ("/ui/timeline/brush", test_brush);
  weir_ui_add ("/ui/timeline/gap", test_gap);
  weir_ui_add ("/ui/timeline/lasting-gap", test_lasting_gap);
  weir_ui_add ("/ui/timeline/digest", test_digest);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}

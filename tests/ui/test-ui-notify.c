/* test-ui-notify.c: notifications, and Weir without its window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-desktop.h"
#include "weir-fault-server.h"
#include "weir-ui-fixture.h"

#include <string.h>

#define WELL "\"status\":\"subscribed\""
#define SICK                                                                                       \
  "\"status\":\"error\",\"error\":{\"message\":\"s3cret payload\",\"type\":\"configuration\"}"
#define PATIENCE                                                                                   \
  120 /* s: silence is looked for each minute, lists each 10 s, and what is told has lasted */

static void
add (WeirFaultServer *server, const char *path, const char *body)
{
  weir_fault_server_add (server, path, WEIR_FAULT_NONE, 200, "Content-Type: application/json\r\n",
                         body, -1);
}

static void
add_subscriptions (WeirFaultServer *server, const char *orders, const char *refunds)
{
  g_autofree char *text =
      g_strdup_printf ("{\"items\":[{\"id\":\"s1\",\"name\":\"Orders\",\"requiresPull\":true,%s},"
                       "{\"id\":\"s2\",\"name\":\"Refunds\",\"requiresPull\":true,%s},"
                       "{\"id\":\"s3\",\"name\":\"Old\",\"requiresPull\":true," SICK "}]}",
                       orders, refunds);

  add (server, "/external-event-subscriptions", text);
}

static void
add_connection (WeirFaultServer *server, gboolean connected)
{
  g_autofree char *text = g_strdup_printf (
      "{\"items\":[{\"id\":\"c1\",\"name\":\"Shop\",\"connected\":%s%s}]}",
      connected ? "true" : "false",
      connected ? ",\"state\":\"READY\"" : ",\"state\":\"CLIENT_ACTION_REQUIRED\"");

  add (server, "/connections", text);
}

/* A Membrane as far as it goes here; one subscription is sick before Weir is started. */
static WeirFaultServer *
make_server (gboolean without_events)
{
  static const char *const empty[] = { "/external-event-pulls", "/app-event-subscriptions",
                                       "/app-events" };
  WeirFaultServer *server = weir_fault_server_new ();

  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    add (server, empty[i], "{\"items\":[]}");
  if (without_events)
    add (server, "/external-event-log-records", "{\"items\":[]}");
  add_subscriptions (server, WELL, WELL);
  add_connection (server, TRUE);

  return server;
}

static WeirFaultServer *
start_server (void)
{
  return make_server (TRUE);
}

static void
start (WeirUi *ui, WeirFaultServer *server, const char *more)
{
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  g_autofree char *words = g_strdup_printf (
      "account add membrane --provider membrane --uri %s --token-stdin%s", uri, more);

  g_free (weir_ui_weirctl (ui, "token", words));
  g_setenv ("WEIR_TOKEN_MEMBRANE", "token", TRUE);
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_row (ui, "Subscriptions", "Orders", "Subscribed");
  weir_ui_page (ui, "Connections");
  weir_ui_see_row (ui, "Connections", "Shop", NULL);
}

static const WeirDesktopNote *
see_note (WeirDesktop *desktop, const char *title)
{
  const WeirDesktopNote *note = weir_desktop_wait (desktop, title, PATIENCE);

  if (note == NULL)
    g_error ("There is no notification “%s”", title);
  g_assert_null (strstr (note->body, "s3cret"));
  return note;
}

static void
see_end (WeirUi *ui)
{
  for (guint i = 0; i < 100 && weir_driver_is_alive (ui->driver); i++)
    weir_driver_settle (ui->driver, 100);
  g_assert_false (weir_driver_is_alive (ui->driver));
  g_clear_pointer (&ui->driver, weir_driver_stop);
}

/* Gone wrong, and well again; what was so before is not told. */
static void
test_transitions (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirDesktop) desktop = weir_desktop_new ();
  g_autoptr (WeirFaultServer) server = start_server ();
  const WeirDesktopNote *note;
  const WeirDesktopNote *over;

  start (ui, server, "");
  add_subscriptions (server, SICK, WELL);
  note = see_note (desktop, "Orders has an error");
  g_assert_cmpstr (note->body, ==, "membrane");
  g_assert_cmpuint (weir_desktop_count (desktop), ==, 1);

  add_subscriptions (server, WELL, WELL);
  over = see_note (desktop, "Orders works again");
  g_assert_true (weir_desktop_wait_closed (desktop, note, 5));
  g_assert_false (weir_desktop_wait_closed (desktop, over, 1));
  g_assert_cmpuint (weir_desktop_count (desktop), ==, 2);
  /* it leads to its row */
  weir_desktop_press (desktop, over, "default");
  weir_ui_see (ui, "frame", "Subscriptions*");
  weir_ui_see_selected (ui, "Subscriptions", "Subscribed");

  /* what is over cannot be told any more when nobody watches */
  add_connection (server, FALSE);
  weir_ui_page (ui, "Connections");
  note = see_note (desktop, "Shop needs to be looked after");
  g_assert_nonnull (weir_desktop_find_action (note, "Reconnect"));
  weir_driver_key (ui->driver, "ctrl+q");
  g_assert_true (weir_desktop_wait_closed (desktop, note, 10));
  see_end (ui);
}

/* Several at once are one, and nothing is offered that the lock forbids. */
static void
test_several (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirDesktop) desktop = weir_desktop_new ();
  g_autoptr (WeirFaultServer) server = start_server ();
  const WeirDesktopNote *note;

  start (ui, server, " --read-only");
  add_subscriptions (server, SICK, SICK);
  add_connection (server, FALSE);
  note = see_note (desktop, "2 subscriptions have errors");
  g_assert_nonnull (strstr (note->body, "Orders"));
  g_assert_nonnull (strstr (note->body, "Refunds"));
  g_assert_null (strstr (note->body, "Old"));
  note = see_note (desktop, "Shop needs to be looked after");
  g_assert_null (weir_desktop_find_action (note, "Reconnect"));
  g_assert_null (weir_desktop_wait (desktop, "Orders has an error", 0));
}

static void
choose (WeirUi *ui, const char *preferences)
{
  g_autofree char *path = g_build_filename (ui->folder, "preferences.json", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, preferences, -1, &error);
  g_assert_no_error (error);
}

/* Whoever wants to hear nothing hears nothing. */
static void
test_nothing (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirDesktop) desktop = weir_desktop_new ();
  g_autoptr (WeirFaultServer) server = start_server ();

  choose (ui, "{\"version\":1,\"notify\":\"nothing\"}");
  start (ui, server, "");
  weir_driver_key (ui->driver, "ctrl+comma");
  weir_ui_see (ui, "combo box", "Notify About");
  weir_ui_see (ui, "label", "Nothing");
  weir_driver_key (ui->driver, "Escape");
  add_subscriptions (server, SICK, WELL);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_row (ui, "Subscriptions", "Orders", "Error");
  weir_driver_settle (ui->driver, 15000);
  g_assert_cmpuint (weir_desktop_count (desktop), ==, 0);
}

/* Without a window manager a dialog that was closed may still have the keyboard. */
static void
close_window (WeirUi *ui)
{
  for (guint tries = 0; tries < 10; tries++)
    {
      g_autoptr (WeirThing) window = NULL;

      weir_driver_key (ui->driver, "ctrl+w");
      weir_driver_settle (ui->driver, 1000);
      window = weir_driver_find (ui->driver, NULL, "frame", "*Weir");
      if (window == NULL)
        return;
    }
  g_error ("The window is still there");
}

/* It goes on, says so, comes back, and can be ended. */
static void
test_background (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirDesktop) desktop = weir_desktop_new ();
  g_autoptr (WeirFaultServer) server = start_server ();
  const WeirDesktopNote *note;
  const WeirDesktopNote *sick;
  g_autoptr (WeirThing) choice = NULL;

  start (ui, server, "");
  weir_driver_key (ui->driver, "ctrl+comma");
  weir_ui_see (ui, "frame", "Preferences");
  choice =
      weir_driver_wait (ui->driver, NULL, "check box", "Keep Watching When the Window Is Closed");
  g_assert_nonnull (choice);
  g_assert_true (weir_driver_press (ui->driver, choice));
  weir_driver_settle (ui->driver, 1000);
  weir_driver_key (ui->driver, "Escape");
  weir_ui_see_gone (ui, "frame", "Preferences");
  close_window (ui);
  note = see_note (desktop, "Weir goes on watching");
  g_assert_nonnull (weir_desktop_find_action (note, "Quit"));
  weir_ui_see_gone (ui, "frame", "*Weir");
  g_assert_true (weir_driver_is_alive (ui->driver));

  /* what goes wrong is told, and leads to a window again */
  add_subscriptions (server, SICK, WELL);
  sick = see_note (desktop, "Orders has an error");
  weir_desktop_press (desktop, sick, "default");
  weir_ui_see (ui, "frame", "Subscriptions*");
  weir_ui_see_selected (ui, "Subscriptions", "Error*");
  g_assert_true (weir_desktop_wait_closed (desktop, note, 5));

  close_window (ui);
  note = see_note (desktop, "Weir goes on watching");
  for (guint i = 0; i < 50 && note->closed; i++)
    {
      weir_driver_settle (ui->driver, 100);
      note = see_note (desktop, "Weir goes on watching");
    }
  g_assert_true (weir_driver_is_alive (ui->driver));
  weir_desktop_press (desktop, note, weir_desktop_find_action (note, "Quit"));
  see_end (ui);
}

/* In a sandbox the system is told, too. */
static void
test_portal (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirDesktop) desktop = weir_desktop_new ();
  g_autoptr (WeirFaultServer) server = start_server ();

  choose (ui, "{\"version\":1,\"background\":true}");
  g_setenv ("GTK_USE_PORTAL", "1", TRUE);
  start (ui, server, "");
  g_setenv ("GTK_USE_PORTAL", "0", TRUE);
  g_assert_false (weir_desktop_wait_background (desktop, 0));
  close_window (ui);
  g_assert_true (weir_desktop_wait_background (desktop, 10));
  g_assert_true (weir_driver_is_alive (ui->driver));
}

/* What has begun is done, and told, though the window is closed. */
static void
test_bulk (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirDesktop) desktop = weir_desktop_new ();
  g_autoptr (WeirFaultServer) server = start_server ();

  weir_fault_server_add (server, "/external-event-subscriptions/s1/pull-events",
                         WEIR_FAULT_SLOW_BODY, 200, "Content-Type: application/json\r\n",
                         "{\"id\":\"p1\",\"externalEventSubscriptionId\":\"s1\","
                         "\"status\":\"success\",\"collectedEventIds\":[],"
                         "\"startDatetime\":\"2026-01-05T10:00:00Z\","
                         "\"endDatetime\":\"2026-01-05T10:00:01Z\"}",
                         -1);
  start (ui, server, "");
  weir_ui_page (ui, "Subscriptions");
  g_free (weir_ui_select (ui, "Subscriptions", "Orders", NULL));
  weir_ui_click (ui, "Pull Now");
  for (guint i = 0;
       i < 100
       && weir_fault_server_count (server, "/external-event-subscriptions/s1/pull-events") == 0;
       i++)
    weir_driver_settle (ui->driver, 20);
  close_window (ui);
  weir_ui_see_gone (ui, "frame", "*Weir");
  g_assert_true (weir_driver_is_alive (ui->driver));
  g_assert_nonnull (strstr (see_note (desktop, "Pull Now")->body, "1 done"));
  see_end (ui);
}

/* Of each subscription an event each half an hour for eight days, the last so many seconds ago. */
static void
add_events (WeirFaultServer *server, const char *const *ids, const gint64 *seconds)
{
  g_autoptr (GString) text = g_string_new ("{\"items\":[");

  for (guint i = 0; ids[i] != NULL; i++)
    for (guint j = 0; j < 8 * 48; j++)
      {
        gint64 time = g_get_real_time () / G_USEC_PER_SEC - seconds[i] - (gint64) j * 1800;
        g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);
        g_autofree char *iso = g_date_time_format_iso8601 (date);

        g_string_append_printf (text,
                                "%s{\"id\":\"%s-%u\",\"externalEventSubscriptionId\":\"%s\","
                                "\"status\":\"success\",\"createdAt\":\"%s\","
                                "\"payload\":{\"type\":\"created\"}}",
                                i + j > 0 ? "," : "", ids[i], j, ids[i], iso);
      }
  g_string_append (text, "]}");
  add (server, "/external-event-log-records", text->str);
}

/* One falls silent while Weir looks on, another was so before, and a third is sick, so that its silence is no wonder. */
static void
test_silence (WeirUi *ui, gconstpointer unused)
{
  static const char *const ids[] = { "s1", "s2", "s3", NULL };
  static const gint64 seconds[] = { 3600 - 40, 3 * 3600 + 60, 3 * 3600 + 60 };
  g_autoptr (WeirDesktop) desktop = weir_desktop_new ();
  g_autoptr (WeirFaultServer) server = make_server (FALSE);
  g_autofree char *list = NULL;
  const WeirDesktopNote *note;

  add_events (server, ids, seconds);
  start (ui, server, "");
  weir_ui_page (ui, "Overview");
  weir_ui_see (ui, "list item", "Refunds has fallen silent");
  g_assert_cmpuint (weir_desktop_count (desktop), ==, 0);

  note = see_note (desktop, "Orders has fallen silent");
  g_assert_true (g_pattern_match_simple ("Quiet for 1 h*; usually there is an event every 30 min",
                                         note->body));
  g_assert_nonnull (weir_desktop_find_action (note, "Pull Now"));
  g_assert_cmpuint (weir_desktop_count (desktop), ==, 1);
  weir_ui_see (ui, "list item", "Orders has fallen silent");
  g_assert_null (weir_driver_find (ui->driver, NULL, "list item", "Old has fallen silent"));

  /* each leads to its row, which says so, and so do the details */
  weir_desktop_press (desktop, note, "default");
  weir_ui_see_selected (ui, "Subscriptions", "Quiet");
  weir_ui_see (ui, "label", "Quiet for 1 h*; usually there is an event every 30 min");

  list = weir_ui_weirctl (ui, NULL, "subscriptions");
  g_assert_true (
      g_pattern_match_simple ("*\"id\":\"s1\"*\"quiet\":{\"since\":\"*\",\"usual_s\":1800}}\n"
                              "*\"id\":\"s3\"*\"quiet\":null}\n*",
                              list));
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/notify/transitions", test_transitions);
  weir_ui_add ("/ui/notify/several", test_several);
  weir_ui_add ("/ui/notify/nothing", test_nothing);
  weir_ui_add ("/ui/notify/background", test_background);
  weir_ui_add ("/ui/notify/portal", test_portal);
  weir_ui_add ("/ui/notify/bulk", test_bulk);
  weir_ui_add ("/ui/notify/silence", test_silence);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}

/* weir-history-fixture.c: a history in a folder of its own, and events to put into it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"

#include "weir-clock.h"
#include "weir-time.h"

#include <glib/gstdio.h>

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

void
history_fixture_set_up (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("weir-history-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "history.db", NULL);
  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);
  fixture->account = history_make_account ("uuid-1", "Acme");
}

void
history_fixture_tear_down (HistoryFixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->history);
  g_clear_object (&fixture->account);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  weir_clock_set_fake (0);
}

WeirAccount *
history_make_account (const char *uuid, const char *name)
{
  return weir_account_new (uuid, name, "sequin", "https://api.example.com", WEIR_AUTH_TOKEN, NULL,
                           NULL, NULL, FALSE);
}

WeirEvent *
history_make_event (WeirAccount *account,
                    const char *id,
                    const char *kind,
                    const char *sync,
                    const char *collection,
                    int second,
                    const char *data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *time = weir_time_to_iso (HISTORY_TIME + second * G_TIME_SPAN_SECOND);
  g_autofree char *text = NULL;
  WeirEvent *event;
  WeirJson json;

  text = g_strdup_printf ("{\"event_id\":\"%s\",\"event\":\"%s\",\"sync_id\":\"%s\","
                          "\"collection_id\":\"%s\",\"upstream_id\":\"rec_%s\","
                          "\"upstream_updated_at\":\"%s\",\"data\":%s}",
                          id, kind, sync, collection, id, time, data);
  g_assert_true (weir_json_parse_text (text, -1, &json, &error));
  event = weir_event_new_sequin (account, json, HISTORY_OBSERVED, &error);
  g_assert_no_error (error);

  return event;
}

GPtrArray *
history_make_events (WeirAccount *account, guint first, guint n)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);

      g_ptr_array_add (events, history_make_event (account, id, "created", "s1", "stripe:customer",
                                                   (int) (i % 60), "{}"));
    }

  return events;
}

WeirEventRows *
history_make_rows (WeirAccount *account, guint first, guint n)
{
  g_autoptr (GPtrArray) events = history_make_events (account, first, n);

  return weir_event_rows_new_of (events);
}

WeirAppendResult
history_append (WeirHistory *history,
                WeirAccount *account,
                const char *asked_with,
                GPtrArray *events,
                const char *next_cursor,
                const char *known_cursor)
{
  g_autoptr (WeirEventRows) rows = events != NULL ? weir_event_rows_new_of (events) : NULL;
  const WeirHistoryPage page = { "events", asked_with, rows, next_cursor, known_cursor };
  WeirAppendResult result;
  g_autoptr (GError) error = NULL;

  weir_history_append (history, account, &page, &result, &error);
  g_assert_no_error (error);
  g_clear_pointer (&events, g_ptr_array_unref);

  return result;
}

void
history_check_append (WeirAppendResult result, guint added, guint changed, const char *cursor)
{
  g_assert_cmpuint (result.added, ==, added);
  g_assert_cmpuint (result.changed, ==, changed);
  g_assert_cmpstr (result.cursor, ==, cursor);
  g_free (result.cursor);
}

void
history_check_cursor (WeirHistory *history, WeirAccount *account, const char *expected)
{
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (weir_history_get_cursor (history, account, "events", &cursor, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (cursor, ==, expected);
}

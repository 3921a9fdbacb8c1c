/* test-weir-pull-watch.c: pull runs that failed, and windows no run was for, are gaps until they are covered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-gaps.h"
#include "weir-pull-watch.h"
#include "weir-registry.h"
#include "weir-test-loop.h"
#include "weir-time.h"

#include <libsoup/soup.h>
#include <string.h>

#define BEGIN G_GINT64_CONSTANT (1731263880000000)

typedef struct
{
  char *folder;
  char *path;
  SoupServer *soup;
  const char *listed; /* what the server has, as below */
  guint n_lists;
  guint status;
  WeirAccount *account;
  WeirProvider *provider;
  WeirHistory *history;
  WeirRecordSet *records;
  WeirPullWatch *watch;
} Fixture;

/* "10-70s": a run for that window in seconds; s success, e error. Its id is the window. */
static char *
make_json (const char *word)
{
  char *after;
  gint64 from = g_ascii_strtoll (word, &after, 10);
  gint64 to = g_ascii_strtoll (after + 1, &after, 10);
  g_autofree char *start = weir_time_to_iso (BEGIN + from * G_TIME_SPAN_SECOND);
  g_autofree char *end = weir_time_to_iso (BEGIN + to * G_TIME_SPAN_SECOND);

  return g_strdup_printf (
      "{\"id\":\"%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT
      "\",\"externalEventSubscriptionId\":\"s\",\"startDatetime\":\"%s\",\"endDatetime\":\"%s\","
      "\"status\":\"%s\",\"collectedEventIds\":[]%s}",
      from, to, start, end, *after == 'e' ? "error" : "success",
      *after == 'e' ? ",\"error\":{\"message\":\"out of order\"}" : "");
}

static void
server_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Fixture *fixture = user_data;
  g_auto (GStrv) words = g_strsplit (fixture->listed, " ", -1);
  g_autoptr (GString) body = g_string_new ("{\"items\":[");

  fixture->n_lists++;
  g_assert_cmpstr (g_hash_table_lookup (query, "externalEventSubscriptionId"), ==, "s");
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_autofree char *json = make_json (words[i]);

      g_string_append_printf (body, "%s%s", i > 0 ? "," : "", json);
    }
  g_string_append (body, "]}");
  soup_server_message_set_status (message, fixture->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body->str,
                                    body->len);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  GSList *uris;

  fixture->folder = g_dir_make_tmp ("weir-pulls-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "history.db", NULL);
  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);
  fixture->listed = "";
  fixture->status = 200;
  fixture->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->soup, "/external-event-pulls", server_cb, fixture, NULL);
  soup_server_listen_local (fixture->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->soup);
  uri = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  fixture->account =
      weir_account_new ("uuid-1", "m", "membrane", uri, WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  fixture->provider = weir_registry_create (fixture->account, "pat-token", &error);
  g_assert_no_error (error);
  fixture->records = weir_record_set_new ();
  fixture->watch = weir_pull_watch_new (fixture->provider, fixture->history, fixture->records);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  weir_pull_watch_stop (fixture->watch);
  weir_test_run_for (20);
  g_clear_object (&fixture->watch);
  g_clear_object (&fixture->records);
  g_clear_object (&fixture->provider);
  g_clear_object (&fixture->account);
  g_clear_object (&fixture->soup);
  weir_test_drain ();
  g_clear_object (&fixture->history);
  weir_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
put (Fixture *fixture, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *json = make_json (words[i]);
      g_autoptr (WeirPullRun) pull = NULL;
      WeirJson root;

      g_assert_true (weir_json_parse_text (json, -1, &root, NULL));
      pull = weir_pull_run_new (fixture->account, root, NULL);
      weir_record_set_put (fixture->records, WEIR_RECORD (pull));
    }
  weir_pull_watch_look (fixture->watch, "s");
  WEIR_TEST_WAIT_UNTIL (weir_pull_watch_is_idle (fixture->watch));
}

static void
check (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) gaps =
      weir_history_list_gaps (fixture->history, fixture->account, TRUE, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];

      g_assert_cmpstr (gap->stream, ==, WEIR_GAP_PULLS);
      g_assert_cmpstr (gap->subscription, ==, "s");
      if (gap->cause == WEIR_GAP_PULL_FAILED)
        g_assert_cmpstr (gap->detail, ==, "out of order");
      g_string_append_printf (text, "%d-%d %s ", (int) ((gap->from - BEGIN) / G_TIME_SPAN_SECOND),
                              (int) ((gap->to - BEGIN) / G_TIME_SPAN_SECOND),
                              weir_gap_cause_to_string (gap->cause));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  put (fixture, "10-70s 70-130s");
  check (fixture, "");
  put (fixture, "130-190e");
  check (fixture, "130-190 pull-failed ");
  put (fixture, "130-250e");
  check (fixture, "130-250 pull-failed ");
  put (fixture, "130-310s");
  check (fixture, "");
  g_assert_cmpuint (fixture->n_lists, ==, 0); /* nothing was in doubt */
}

/* The runs in between were just not known here. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  fixture->listed = "10-70s 70-130s 130-190s 190-250s 250-310s 310-370s";
  put (fixture, "10-70s 70-130s 250-310s 310-370s");
  g_assert_cmpuint (fixture->n_lists, ==, 1);
  check (fixture, "");
}

static void
test_uncovered (Fixture *fixture, gconstpointer data)
{
  fixture->listed = "10-70s 70-130s 250-310s 310-370s";
  put (fixture, fixture->listed);
  g_assert_cmpuint (fixture->n_lists, ==, 1);
  check (fixture, "130-250 pull-uncovered ");
  /* known by now */
  put (fixture, "370-430s");
  g_assert_cmpuint (fixture->n_lists, ==, 1);
  check (fixture, "130-250 pull-uncovered ");
  put (fixture, "130-490s");
  check (fixture, "");
}

/* The server's own list does not reach back: then it cannot be said. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  fixture->listed = "250-310s 310-370s";
  put (fixture, "10-70s 70-130s 250-310s 310-370s");
  g_assert_cmpuint (fixture->n_lists, ==, 1);
  check (fixture, "");

  fixture->status = 403;
  put (fixture, "370-430s");
  check (fixture, "");
}

/* Failed when the program ended, and covered while it was off. */
static void
test_later (Fixture *fixture, gconstpointer data)
{
  put (fixture, "10-70s 70-130s 130-190e");
  check (fixture, "130-190 pull-failed ");

  weir_pull_watch_stop (fixture->watch);
  g_clear_object (&fixture->watch);
  g_clear_object (&fixture->records);
  fixture->records = weir_record_set_new ();
  fixture->watch = weir_pull_watch_new (fixture->provider, fixture->history, fixture->records);
  fixture->listed = "130-190e 130-250s 250-310s 310-370s";
  weir_pull_watch_look_at_all (fixture->watch);
  WEIR_TEST_WAIT_UNTIL (fixture->n_lists == 1 && weir_pull_watch_is_idle (fixture->watch));
  check (fixture, "");
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/pull-watch/failed", test_failed);
  ADD ("/pull-watch/unknown", test_unknown);
  ADD ("/pull-watch/uncovered", test_uncovered);
  ADD ("/pull-watch/lost", test_lost);
  ADD ("/pull-watch/later", test_later);

  return g_test_run ();
}

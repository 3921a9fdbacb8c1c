/* test-weir-history-journal.c: what Weir changed, written down before it is sent and never again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-history-fixture.h"
#include "weir-history-journal.h"
#include "weir-sqlite.h"

#include <signal.h>
#include <unistd.h>

#define PATH_VARIABLE "WEIR_TEST_HISTORY"

static WeirJournalEntry *
make_entry (WeirAccount *account, const char *operation, const char *id)
{
  WeirJournalEntry *entry = weir_journal_entry_new (account, operation);

  entry->kind = g_strdup ("subscription");
  entry->record = g_strdup (id);
  entry->name = g_strdup_printf ("Name of %s", id != NULL ? id : "the new one");
  entry->method = g_strdup ("POST");
  entry->uri = g_strdup_printf ("https://api.example.com/%s/%s", id, operation);
  entry->body = g_strdup ("{\"status\":{\"id\":1}}");
  entry->size = 19;
  return entry;
}

static gint64
begin (WeirHistory *history, WeirAccount *account, const char *operation, const char *id)
{
  g_autoptr (WeirJournalEntry) entry = make_entry (account, operation, id);
  g_autoptr (GError) error = NULL;
  gint64 number = weir_history_begin_entry (history, entry, &error);

  g_assert_no_error (error);
  g_assert_cmpint (number, >, 0);
  return number;
}

static void
complete (WeirHistory *history, gint64 number, WeirJournalStep step, WeirJournalState state)
{
  WeirJournalOutcome outcome = { weir_clock_now (),          state, 200, (char *) "It says so",
                                 (char *) "{\"id\":\"s1\"}", 11 };
  g_autoptr (GError) error = NULL;

  weir_history_complete_entry (history, number, step, &outcome, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list (WeirHistory *history, const WeirJournalFilter *filter)
{
  static const WeirJournalFilter all = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = weir_history_list_journal (history, filter != NULL ? filter : &all, &error);

  g_assert_no_error (error);
  return entries;
}

static WeirJournalState
get_state (GPtrArray *entries, guint position)
{
  return weir_journal_entry_get_state (entries->pdata[position]);
}

static void
test_life (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *json = NULL;
  WeirJournalEntry *entry;
  gint64 number = begin (fixture->history, fixture->account, "subscribe", "s1");

  begin (fixture->history, fixture->account, "pull", "s2");
  entries = list (fixture->history, NULL);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpint (get_state (entries, 0), ==, WEIR_JOURNAL_UNDER_WAY);
  entry = entries->pdata[1];
  g_assert_cmpint (entry->number, ==, number);
  g_assert_cmpstr (entry->account, ==, "Acme");
  g_assert_cmpstr (entry->account_uuid, ==, "uuid-1");
  g_assert_cmpstr (entry->operation, ==, "subscribe");
  g_assert_cmpstr (entry->body, ==, "{\"status\":{\"id\":1}}");
  g_clear_pointer (&entries, g_ptr_array_unref);

  complete (fixture->history, number, WEIR_JOURNAL_ANSWER, WEIR_JOURNAL_DONE);
  entries = list (fixture->history, NULL);
  g_assert_cmpint (get_state (entries, 1), ==, WEIR_JOURNAL_DONE);
  g_clear_pointer (&entries, g_ptr_array_unref);

  /* what it came to counts more */
  complete (fixture->history, number, WEIR_JOURNAL_RESULT, WEIR_JOURNAL_FAILED);
  entries = list (fixture->history, NULL);
  g_assert_cmpint (get_state (entries, 1), ==, WEIR_JOURNAL_FAILED);
  json = weir_journal_entry_to_json (entries->pdata[1]);
  g_assert_nonnull (strstr (json, "\"state\":\"failed\",\"message\":\"It says so\""));
  g_assert_nonnull (strstr (json, "\"body\":{\"status\":{\"id\":1}}"));
  g_assert_nonnull (strstr (json, "\"status\":200,\"answer\":{\"id\":\"s1\"}"));
}

static void
test_filter (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) other = history_make_account ("uuid-2", "Other");
  g_autoptr (GPtrArray) entries = NULL;

  begin (fixture->history, fixture->account, "subscribe", "s1");
  begin (fixture->history, other, "subscribe", "s1");
  begin (fixture->history, fixture->account, "pull", "s2");

  entries = list (fixture->history, &(WeirJournalFilter){ .account = "Other" });
  g_assert_cmpuint (entries->len, ==, 1);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = list (fixture->history, &(WeirJournalFilter){ .limit = 2 });
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (((WeirJournalEntry *) entries->pdata[0])->operation, ==, "pull");
  g_assert_true (weir_journal_entry_matches (entries->pdata[0], "name of s2"));
  g_assert_false (weir_journal_entry_matches (entries->pdata[0], "subscribe"));
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = list (fixture->history,
                  &(WeirJournalFilter){ .uuid = "uuid-1", .kind = "subscription", .record = "s1" });
  g_assert_cmpuint (entries->len, ==, 1);
  g_clear_pointer (&entries, g_ptr_array_unref);

  /* what has no id before it is created is known by its name */
  begin (fixture->history, fixture->account, "create", NULL);
  entries = list (fixture->history,
                  &(WeirJournalFilter){ .record = "new", .name = "Name of the new one" });
  g_assert_cmpuint (entries->len, ==, 1);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = list (fixture->history, &(WeirJournalFilter){ .record = "new", .name = "Another" });
  g_assert_cmpuint (entries->len, ==, 0);
}

/* Neither this program nor another one changes or deletes what is there. */
static void
test_only_grows (HistoryFixture *fixture, gconstpointer data)
{
  static const char *const attempts[] = {
    "DELETE FROM journal",
    "UPDATE journal SET operation = 'nothing'",
    "DELETE FROM journal_outcomes",
    "UPDATE journal_outcomes SET state = 'done'",
  };
  WeirJournalOutcome outcome = { 1, WEIR_JOURNAL_DONE, 200, NULL, NULL, 0 };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirDatabase) db = NULL;
  WeirTrimResult trimmed;
  gint64 number = begin (fixture->history, fixture->account, "subscribe", "s1");

  complete (fixture->history, number, WEIR_JOURNAL_ANSWER, WEIR_JOURNAL_FAILED);
  g_assert_false (weir_history_complete_entry (fixture->history, number, WEIR_JOURNAL_ANSWER,
                                               &outcome, &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
  g_clear_error (&error);
  /* nor is anything told of what never began */
  g_assert_false (weir_history_complete_entry (fixture->history, number + 1, WEIR_JOURNAL_ANSWER,
                                               &outcome, &error));
  g_clear_error (&error);

  db = weir_database_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_assert_false (weir_database_exec (db, attempts[i], &error));
      g_assert_nonnull (strstr (error->message, "only grows"));
      g_clear_error (&error);
    }

  g_assert_true (weir_history_trim (fixture->history, NULL, G_MAXINT64, 1, &trimmed, &error));
  g_assert_true (weir_history_remove_account (fixture->history, "uuid-1", &error));
  entries = list (fixture->history, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (get_state (entries, 0), ==, WEIR_JOURNAL_FAILED);
}

/* Run by test_killed() as a process of its own. */
static void
test_killed_child (void)
{
  g_autoptr (WeirAccount) account = history_make_account ("uuid-1", "Acme");
  g_autoptr (WeirHistory) history = NULL;
  const char *path = g_getenv (PATH_VARIABLE);

  if (path == NULL)
    {
      g_test_skip ("For another test");
      return;
    }
  history = weir_history_new (path, NULL);
  begin (history, account, "unsubscribe", "s1");
  /* the request is on its way */
  raise (SIGKILL);
}

/* What was begun is on the disk, and nobody says of it that it went well. */
static void
test_killed (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *json = NULL;

  g_setenv (PATH_VARIABLE, fixture->path, TRUE);
  g_test_trap_subprocess ("/weir-history-journal/killed-child", 0, 0);
  g_unsetenv (PATH_VARIABLE);
  g_assert_false (g_test_trap_has_passed ());

  entries = list (fixture->history, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (get_state (entries, 0), ==, WEIR_JOURNAL_UNKNOWN);
  json = weir_journal_entry_to_json (entries->pdata[0]);
  g_assert_nonnull (strstr (json, "\"state\":\"unknown\""));
}

/* A process that lives, but no request takes so long. */
static void
test_forgotten (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirJournalEntry) entry = make_entry (fixture->account, "pull", "s1");
  g_autoptr (GPtrArray) entries = NULL;

  entry->begun_at -= 10 * G_TIME_SPAN_MINUTE;
  g_assert_cmpint (weir_history_begin_entry (fixture->history, entry, NULL), >, 0);
  entries = list (fixture->history, NULL);
  g_assert_cmpint (get_state (entries, 0), ==, WEIR_JOURNAL_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/weir-history-journal/" name, HistoryFixture, NULL, history_fixture_set_up,         \
              function, history_fixture_tear_down)
  ADD ("life", test_life);
  ADD ("filter", test_filter);
  ADD ("only-grows", test_only_grows);
  ADD ("killed", test_killed);
  ADD ("forgotten", test_forgotten);
  g_test_add_func ("/weir-history-journal/killed-child", test_killed_child);

  return g_test_run ();
}

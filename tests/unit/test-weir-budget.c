/* test-weir-budget.c: what is beyond the limits goes, and is noted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-budget.h"
#include "weir-clock.h"
#include "weir-history-fixture.h"
#include "weir-history-gaps.h"
#include "weir-saved-views.h"

#include <glib/gstdio.h>

#define DAY_S (24 * 60 * 60)

typedef struct
{
  HistoryFixture history;
  WeirAccount *other;
  char *path;
  WeirPreferences *preferences;
  WeirBudget *budget;
} Fixture;

/* An event a day, of days before HISTORY_TIME. */
static void
append (Fixture *self, WeirAccount *account, const char *prefix, guint from, guint n)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  WeirAppendResult result;

  for (guint i = from + n; i-- > from;)
    {
      g_autofree char *id = g_strdup_printf ("%s%u", prefix, i);

      g_ptr_array_add (
          events, history_make_event (account, id, "created", "s1", "c", -(int) (i * DAY_S), "{}"));
    }
  result = history_append (self->history.history, account, NULL, events, prefix, NULL);
  g_free (result.cursor);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  history_fixture_set_up (&self->history, NULL);
  self->other = history_make_account ("uuid-2", "Other");
  self->path = g_build_filename (self->history.folder, "preferences.json", NULL);
  self->preferences = weir_preferences_new (self->path);
  self->budget = weir_budget_new (self->history.history, self->preferences);
  weir_clock_set_fake (HISTORY_TIME + 60 * G_TIME_SPAN_SECOND);
  append (self, self->history.account, "a", 0, 100);
  append (self, self->other, "b", 0, 50);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);

  weir_clock_set_fake (0);
  g_object_unref (self->budget);
  g_object_unref (self->preferences);
  g_object_unref (self->other);
  g_unlink (self->path);
  g_unlink (lock);
  g_free (self->path);
  history_fixture_tear_down (&self->history, NULL);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
enforce (Fixture *self, GCancellable *cancellable, guint64 *n_events, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  weir_budget_enforce_async (self->budget, cancellable, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return weir_budget_enforce_finish (self->budget, result, n_events, error);
}

static guint64
must_enforce (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  guint64 n_events;

  enforce (self, NULL, &n_events, &error);
  g_assert_no_error (error);

  return n_events;
}

static WeirHistoryStats
get_stats (Fixture *self, const char *uuid)
{
  g_autoptr (GArray) stats = weir_history_get_stats (self->history.history, NULL);

  for (guint i = 0; i < stats->len; i++)
    {
      WeirHistoryStats item = g_array_index (stats, WeirHistoryStats, i);

      if (item.account != NULL && g_str_equal (item.account->uuid, uuid))
        return item;
    }

  return (WeirHistoryStats){ 0 };
}

/* When the history of an account begins, as the ledger has it; 0: it says nothing. */
static gint64
get_noted (Fixture *self, WeirAccount *account)
{
  g_autoptr (GPtrArray) gaps = weir_history_list_gaps (self->history.history, account, TRUE, NULL);

  g_assert_cmpuint (gaps->len, <=, 1);
  if (gaps->len == 0)
    return 0;
  g_assert_cmpint (((WeirGap *) gaps->pdata[0])->cause, ==, WEIR_GAP_DELETED);

  return ((WeirGap *) gaps->pdata[0])->to;
}

static void
set_limits (Fixture *self, const char *account, guint64 bytes, guint days)
{
  WeirLimits limits = { bytes, days };

  g_assert_true (weir_limits_set (self->preferences, account, &limits, NULL));
}

static void
test_unlimited (Fixture *self, gconstpointer unused)
{
  g_assert_cmpuint (must_enforce (self), ==, 0);
  g_assert_cmpuint (get_stats (self, "uuid-1").n_events, ==, 100);
  g_assert_cmpint (get_noted (self, self->history.account), ==, 0);
}

static void
test_age (Fixture *self, gconstpointer unused)
{
  /* Acme has 30 days, all others 90 */
  set_limits (self, NULL, 0, 90);
  set_limits (self, "uuid-1", 0, 30);
  g_assert_cmpuint (must_enforce (self), ==, 70);
  g_assert_cmpuint (get_stats (self, "uuid-1").n_events, ==, 30);
  g_assert_cmpuint (get_stats (self, "uuid-2").n_events, ==, 50);
  g_assert_cmpint (get_noted (self, self->history.account), >=,
                   HISTORY_TIME - 30 * DAY_S * G_TIME_SPAN_SECOND);
  g_assert_cmpint (get_noted (self, self->history.account), <,
                   HISTORY_TIME - 29 * DAY_S * G_TIME_SPAN_SECOND);
  g_assert_cmpint (get_noted (self, self->other), ==, 0);

  /* two days later two days more, and still one note */
  weir_clock_set_fake (HISTORY_TIME + (2 * DAY_S + 60) * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (must_enforce (self), ==, 2);
  g_assert_cmpint (get_noted (self, self->history.account), >=,
                   HISTORY_TIME - 28 * DAY_S * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (must_enforce (self), ==, 0);
}

static void
test_bytes (Fixture *self, gconstpointer unused)
{
  guint64 bytes = get_stats (self, "uuid-1").n_bytes;
  guint64 n_events;
  WeirHistoryStats stats;

  g_assert_cmpuint (bytes, >, 0);
  set_limits (self, "uuid-1", bytes / 2, 0);
  n_events = must_enforce (self);
  g_assert_cmpuint (n_events, >, 0);
  stats = get_stats (self, "uuid-1");
  g_assert_cmpuint (stats.n_events, ==, 100 - n_events);
  g_assert_cmpuint (stats.n_bytes, <, bytes); /* so small a page is mostly what frames it */
  g_assert_cmpuint (get_stats (self, "uuid-2").n_events, ==, 50);
}

static void
test_cancelled (Fixture *self, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint64 n_events = 1;

  set_limits (self, NULL, 0, 30);
  g_cancellable_cancel (cancellable);
  g_assert_false (enforce (self, cancellable, &n_events, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_events, ==, 0);
  g_assert_cmpuint (get_stats (self, "uuid-1").n_events, ==, 100);
}

static void
cancel_cb (GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* What went before it was ended is noted all the same. */
static void
test_cut_short (Fixture *self, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) noise = g_string_new ("\"");
  g_autoptr (GError) error = NULL;
  guint64 n_events;

  /* pages that are too long to be made into one, more than go in a step */
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (noise, "%08x", g_random_int ());
  g_string_append_c (noise, '"');
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("long%u", i);
      g_autofree char *asked = i > 0 ? g_strdup_printf ("%u", i) : g_strdup ("a");
      g_autofree char *next = g_strdup_printf ("%u", i + 1);
      GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
      WeirAppendResult result;

      g_ptr_array_add (events, history_make_event (self->history.account, id, "created", "s1", "c",
                                                   -40 * DAY_S, noise->str));
      result =
          history_append (self->history.history, self->history.account, asked, events, next, NULL);
      g_free (result.cursor);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;

  set_limits (self, "uuid-1", 0, 30);
  g_signal_connect_swapped (self->history.history, "changed", G_CALLBACK (cancel_cb), cancellable);
  g_assert_false (enforce (self, cancellable, &n_events, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_events, >, 0);
  g_assert_cmpuint (get_stats (self, "uuid-1").n_events, ==, 120 - n_events);
  g_assert_cmpint (get_noted (self, self->history.account), >, 0);
}

static guint
get_timeout (Fixture *self)
{
  GSource *source = g_main_context_find_source_by_user_data (NULL, self->budget);

  g_assert_nonnull (source);
  return g_source_get_id (source);
}

static gboolean
has_recent (WeirPreferences *preferences)
{
  g_auto (GStrv) recent = weir_recent_queries_list (preferences);

  return recent[0] != NULL;
}

/* Whoever changes something else again and again does not put off what is to be done. */
static void
test_other_preferences (Fixture *self, gconstpointer unused)
{
  guint timeout;

  weir_budget_start (self->budget);
  timeout = get_timeout (self);
  weir_recent_queries_add (self->preferences, "kind:created");
  while (!has_recent (self->preferences))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (get_timeout (self), ==, timeout);
  set_limits (self, "uuid-1", 0, 30);
  g_assert_cmpuint (get_timeout (self), !=, timeout);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/budget/unlimited", test_unlimited);
  ADD ("/budget/age", test_age);
  ADD ("/budget/bytes", test_bytes);
  ADD ("/budget/cancelled", test_cancelled);
  ADD ("/budget/cut-short", test_cut_short);
  ADD ("/budget/other-preferences", test_other_preferences);
  return g_test_run ();
}

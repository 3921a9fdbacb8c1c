/* test-weir-silence.c: which streams are quiet against their own rhythm
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-gap.h"
#include "weir-history-fixture.h"
#include "weir-silence.h"
#include "weir-state-change.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY
/* A Monday at midnight, so that weekends are where they are. */
#define START G_GINT64_CONSTANT (1730678400000000) /* 2024-11-04T00:00:00Z */

typedef struct
{
  HistoryFixture history;
  GPtrArray *events;
  guint n;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  history_fixture_set_up (&self->history, data);
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->events, g_ptr_array_unref);
  weir_clock_set_fake (0);
  history_fixture_tear_down (&self->history, data);
}

static void
add (Fixture *self, const char *sync, gint64 time)
{
  g_autofree char *id = g_strdup_printf ("e%u", self->n++);

  g_ptr_array_add (self->events,
                   history_make_event (self->history.account, id, "created", sync, "orders",
                                       (int) ((time - HISTORY_TIME) / G_USEC_PER_SEC), "{}"));
}

/* From one time to another, each so many. */
static gint64
add_span (Fixture *self, const char *sync, gint64 from, gint64 to, gint64 pause)
{
  gint64 last = from;

  for (gint64 time = from; time < to; time += pause)
    {
      add (self, sync, time);
      last = time;
    }

  return last;
}

static WeirRhythm
learn (Fixture *self, gint64 now, const char *id)
{
  g_autoptr (GHashTable) rhythms = NULL;
  g_autoptr (GError) error = NULL;
  WeirRhythm *rhythm;

  if (self->events != NULL)
    history_append (self->history.history, self->history.account, NULL,
                    g_steal_pointer (&self->events), "c", "c");
  weir_clock_set_fake (now);
  rhythms = weir_history_list_rhythms (self->history.history, self->history.account, &error);
  g_assert_no_error (error);
  rhythm = g_hash_table_lookup (rhythms, id);
  g_assert_nonnull (rhythm);

  return *rhythm;
}

static gboolean
is_quiet (const WeirRhythm *rhythm, gint64 now)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  WeirQuiet quiet;

  return weir_silence_judge (NULL, rhythm, none, none, now, &quiet);
}

/* Every ten minutes, day and night. */
static void
test_steady (Fixture *self, gconstpointer unused)
{
  gint64 last = add_span (self, "a", START, START + 8 * DAY, 10 * MINUTE);
  WeirRhythm rhythm = learn (self, last + HOUR, "a");

  g_assert_cmpint (rhythm.last_at, ==, last);
  g_assert_cmpint (rhythm.usual, ==, 10 * MINUTE);
  g_assert_cmpint (rhythm.patience, ==, 20 * MINUTE);
  g_assert_false (is_quiet (&rhythm, last + 20 * MINUTE));
  g_assert_true (is_quiet (&rhythm, last + 21 * MINUTE));
  /* the collection's as the subscription's */
  g_assert_cmpint (learn (self, last, "a/orders").patience, ==, 20 * MINUTE);
}

/* Nobody knows what a stream of some days does at the weekend, nor one of some events. */
static void
test_young (Fixture *self, gconstpointer unused)
{
  gint64 last = add_span (self, "young", START, START + 6 * DAY, 30 * MINUTE);
  WeirRhythm rhythm;

  add_span (self, "rare", START, START + 14 * DAY, DAY);
  rhythm = learn (self, START + 14 * DAY, "young");
  g_assert_cmpint (rhythm.patience, ==, 0);
  g_assert_cmpint (rhythm.last_at, ==, last);
  g_assert_false (is_quiet (&rhythm, last + 8 * DAY));
  g_assert_cmpint (learn (self, START + 14 * DAY, "rare").patience, ==, 0);
}

/* A nightly job: many at once, then nothing for a day. */
static void
test_bursts (Fixture *self, gconstpointer unused)
{
  gint64 last = 0;
  WeirRhythm rhythm;

  for (guint day = 0; day < 10; day++)
    last = add_span (self, "a", START + day * DAY + 3 * HOUR,
                     START + day * DAY + 3 * HOUR + 2 * MINUTE, 2 * G_USEC_PER_SEC);
  rhythm = learn (self, last + HOUR, "a");
  g_assert_cmpint (rhythm.usual, >, 23 * HOUR);
  g_assert_false (is_quiet (&rhythm, last + 23 * HOUR));
  g_assert_false (is_quiet (&rhythm, last + 36 * HOUR));
  g_assert_true (is_quiet (&rhythm, last + 49 * HOUR));
}

/* Office hours: neither nights nor weekends are silence. */
static void
test_weekends (Fixture *self, gconstpointer unused)
{
  gint64 last = 0;
  WeirRhythm rhythm;

  for (guint day = 0; day < 26; day++)
    if (day % 7 < 5)
      last = add_span (self, "a", START + day * DAY + 8 * HOUR, START + day * DAY + 17 * HOUR,
                       20 * MINUTE);
  /* a Friday evening, the Sunday after it, and the Wednesday on which something must be wrong */
  rhythm = learn (self, last + HOUR, "a");
  g_assert_false (is_quiet (&rhythm, last + HOUR));
  rhythm = learn (self, last + 40 * HOUR, "a");
  g_assert_false (is_quiet (&rhythm, last + 40 * HOUR));
  rhythm = learn (self, last + 5 * DAY + 12 * HOUR, "a");
  g_assert_true (is_quiet (&rhythm, last + 5 * DAY + 12 * HOUR));
}

/* One failure does not make it deaf, once three weeks are known. */
static void
test_failure (Fixture *self, gconstpointer unused)
{
  gint64 last;
  WeirRhythm rhythm;

  add_span (self, "a", START, START + 10 * DAY, 30 * MINUTE);
  last = add_span (self, "a", START + 13 * DAY, START + 22 * DAY, 30 * MINUTE);
  rhythm = learn (self, last + HOUR, "a");
  g_assert_cmpint (rhythm.patience, ==, HOUR);
}

/* What is older than four weeks is forgotten. */
static void
test_window (Fixture *self, gconstpointer unused)
{
  gint64 last;
  WeirRhythm rhythm;

  add_span (self, "a", START, START + 20 * DAY, 12 * HOUR);
  last = add_span (self, "a", START + 20 * DAY, START + 50 * DAY, HOUR);
  rhythm = learn (self, last + MINUTE, "a");
  g_assert_cmpint (rhythm.patience, ==, 2 * HOUR);
  rhythm = learn (self, last + 28 * DAY, "a");
  g_assert_cmpint (rhythm.patience, ==, 0);
  g_assert_cmpint (rhythm.last_at, ==, last);
}

/* Events that have no subscription are the account's. */
static void
test_rest (Fixture *self, gconstpointer unused)
{
  gint64 last = add_span (self, "", START, START + 8 * DAY, HOUR);

  g_assert_cmpint (learn (self, last, "").patience, ==, 2 * HOUR);
}

static WeirSubscription *
make_subscription (WeirAccount *account, const char *status)
{
  g_autofree char *text =
      g_strdup_printf ("{\"id\":\"a\",\"name\":\"A\",\"status\":\"%s\"}", status);
  g_autoptr (GError) error = NULL;
  WeirSubscription *subscription;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));
  subscription = weir_subscription_new_sync (account, json, &error);
  g_assert_no_error (error);

  return subscription;
}

/* Other states are told as such. */
static void
test_reasons (Fixture *self, gconstpointer unused)
{
  WeirAccount *account = self->history.account;
  g_autoptr (WeirSubscription) on = make_subscription (account, "active");
  g_autoptr (WeirSubscription) off = make_subscription (account, "disabled");
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  WeirRhythm rhythm = { START, 10 * MINUTE, HOUR };
  WeirQuiet quiet;

  g_assert_true (weir_silence_judge (on, &rhythm, none, none, START + 3 * HOUR, &quiet));
  g_assert_cmpint (quiet.since, ==, START);
  g_assert_cmpint (quiet.at, ==, START + HOUR);
  g_assert_cmpint (quiet.usual, ==, 10 * MINUTE);
  g_assert_false (weir_silence_judge (off, &rhythm, none, none, START + 3 * HOUR, &quiet));
  /* nobody has looked for so long: nobody knows */
  g_assert_false (weir_silence_judge (on, &rhythm, none, none, START + HOUR, &quiet));

  /* what is missing may be its events */
  g_ptr_array_add (
      gaps, weir_gap_new (account, "s", NULL, WEIR_GAP_OFF, START - 2 * HOUR, START - HOUR, NULL));
  g_assert_true (weir_silence_judge (on, &rhythm, gaps, none, START + 3 * HOUR, &quiet));
  g_ptr_array_add (gaps, weir_gap_new (account, "s", "other", WEIR_GAP_OFF, START + HOUR,
                                       START + 2 * HOUR, NULL));
  g_assert_true (weir_silence_judge (on, &rhythm, gaps, none, START + 3 * HOUR, &quiet));
  g_ptr_array_add (
      gaps, weir_gap_new (account, "s", NULL, WEIR_GAP_OFF, START + HOUR, START + 2 * HOUR, NULL));
  g_assert_false (weir_silence_judge (on, &rhythm, gaps, none, START + 3 * HOUR, &quiet));

  /* it was off, and is waited for since it is on again */
  g_ptr_array_add (changes,
                   weir_state_change_new (WEIR_RECORD (on), START + 2 * HOUR + MINUTE, FALSE));
  g_assert_false (weir_silence_judge (on, &rhythm, none, changes, START + 3 * HOUR, &quiet));
  g_assert_true (weir_silence_judge (on, &rhythm, none, changes, START + 4 * HOUR, &quiet));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/silence/steady", test_steady },   { "/silence/young", test_young },
    { "/silence/bursts", test_bursts },   { "/silence/weekends", test_weekends },
    { "/silence/failure", test_failure }, { "/silence/window", test_window },
    { "/silence/rest", test_rest },       { "/silence/reasons", test_reasons },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}

/* test-weir-history-model.c: random work held against a list that is searched from end to end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"

#include <string.h>

#define N_STEPS 300
#define N_IDS 400
#define MAX_BATCH 60

typedef struct
{
  guint account;
  char *id;
  const char *kind;
  const char *word;
  int second;
  guint number; /* order of arrival */
} Known;

static const char *const KINDS[] = { "created", "updated", "deleted" };
static const char *const WORDS[] = { "alpha", "beta", "gamma", "delta" };

/* Each is asked after every step, and its answer of before is renewed. */
static const char *const QUERIES[] = {
  NULL,
  "kind:created",
  "-kind:created account:Acme",
  "alpha",
  "kind:updated beta",
  "-gamma account:Other",
  "data.w:delta",
  "record:rec_e7",
  "id:e8 id:e9",
  "after:2024-11-10T18:50:00Z before:2024-11-10T19:20:00Z",
  "nothing",
};

typedef struct
{
  HistoryFixture base;
  WeirAccount *accounts[2];
  char *cursors[2];
  GPtrArray *known; /* by arrival */
  guint n_arrived;
  WeirHistoryIndex *held[G_N_ELEMENTS (QUERIES)];
} Fixture;

static void
known_free (gpointer data)
{
  Known *known = data;

  g_free (known->id);
  g_free (known);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  history_fixture_set_up (&fixture->base, NULL);
  fixture->accounts[0] = g_object_ref (fixture->base.account);
  fixture->accounts[1] = history_make_account ("uuid-2", "Other");
  fixture->cursors[0] = fixture->cursors[1] = NULL;
  fixture->known = g_ptr_array_new_with_free_func (known_free);
  fixture->n_arrived = 0;
  memset (fixture->held, 0, sizeof fixture->held);
}

static void
let_go (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->held); i++)
    g_clear_object (&fixture->held[i]);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  let_go (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_object_unref (fixture->accounts[i]);
      g_free (fixture->cursors[i]);
    }
  g_ptr_array_unref (fixture->known);
  history_fixture_tear_down (&fixture->base, NULL);
}

static Known *
find_known (Fixture *fixture, guint account, const char *id)
{
  for (guint i = 0; i < fixture->known->len; i++)
    {
      Known *known = fixture->known->pdata[i];

      if (known->account == account && g_str_equal (known->id, id))
        return known;
    }
  return NULL;
}

/* An event that is new, or that was sent before, as it was or otherwise. */
static WeirEvent *
make_event (Fixture *fixture, guint account, WeirAppendResult *expected)
{
  g_autofree char *id = g_strdup_printf ("e%d", g_test_rand_int_range (0, N_IDS));
  Known *known = find_known (fixture, account, id);
  gboolean anew = known == NULL;
  g_autofree char *data = NULL;

  if (anew)
    {
      known = g_new0 (Known, 1);
      known->account = account;
      known->id = g_strdup (id);
      known->number = ++fixture->n_arrived;
      g_ptr_array_add (fixture->known, known);
      expected->added++;
    }
  if (anew || g_test_rand_int_range (0, 4) == 0)
    {
      const char *kind = KINDS[g_test_rand_int_range (0, G_N_ELEMENTS (KINDS))];
      const char *word = WORDS[g_test_rand_int_range (0, G_N_ELEMENTS (WORDS))];
      int second = anew || g_test_rand_bit () ? g_test_rand_int_range (0, 4000) : known->second;

      if (!anew)
        expected->changed += kind != known->kind || word != known->word || second != known->second;
      known->kind = kind;
      known->word = word;
      known->second = second;
    }

  data = g_strdup_printf ("{\"w\":\"%s\"}", known->word);
  return history_make_event (fixture->accounts[account], id, known->kind, "s1", "c", known->second,
                             data);
}

static void
append (Fixture *fixture)
{
  guint account = (guint) g_test_rand_int_range (0, 2);
  int n = g_test_rand_int_range (0, g_test_rand_bit () ? 3 : MAX_BATCH);
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *next = g_strdup_printf ("%d", g_test_rand_int ());
  WeirAppendResult expected = { 0 };

  for (int i = 0; i < n; i++)
    g_ptr_array_add (events, make_event (fixture, account, &expected));

  history_check_append (history_append (fixture->base.history, fixture->accounts[account],
                                        fixture->cursors[account], events, next, NULL),
                        expected.added, expected.changed, next);
  g_free (fixture->cursors[account]);
  fixture->cursors[account] = g_steal_pointer (&next);
}

static void
trim (Fixture *fixture)
{
  int second = g_test_rand_int_range (0, 1500);
  int account = g_test_rand_int_range (-1, 2);
  g_autoptr (GError) error = NULL;
  WeirTrimResult trimmed;
  guint n_gone = 0;
  gint64 up_to = 0;

  for (guint i = fixture->known->len; i > 0; i--)
    {
      Known *known = fixture->known->pdata[i - 1];

      if (known->second < second && (account < 0 || known->account == (guint) account))
        {
          n_gone++;
          up_to = MAX (up_to, HISTORY_TIME + known->second * G_TIME_SPAN_SECOND);
          g_ptr_array_remove_index (fixture->known, i - 1);
        }
    }

  g_assert_true (
      weir_history_trim (fixture->base.history, account >= 0 ? fixture->accounts[account] : NULL,
                         HISTORY_TIME + second * G_TIME_SPAN_SECOND, 0, &trimmed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (trimmed.n_events, ==, n_gone);
  g_assert_cmpint (trimmed.up_to, ==, up_to);
}

static void
remove_account (Fixture *fixture)
{
  guint account = (guint) g_test_rand_int_range (0, 2);
  g_autoptr (GError) error = NULL;

  g_assert_true (weir_history_remove_account (fixture->base.history,
                                              fixture->accounts[account]->uuid, &error));
  g_assert_no_error (error);
  for (guint i = fixture->known->len; i > 0; i--)
    if (((Known *) fixture->known->pdata[i - 1])->account == account)
      g_ptr_array_remove_index (fixture->known, i - 1);
  g_clear_pointer (&fixture->cursors[account], g_free);
}

static void
reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  let_go (fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->base.history));
  fixture->base.history = weir_history_new (fixture->base.path, &error);
  g_assert_no_error (error);
}

static gboolean
matches (const Known *known, guint query)
{
  switch (query)
    {
    case 0:
      return TRUE;
    case 1:
      return g_str_equal (known->kind, "created");
    case 2:
      return !g_str_equal (known->kind, "created") && known->account == 0;
    case 3:
      return g_str_equal (known->word, "alpha");
    case 4:
      return g_str_equal (known->kind, "updated") && g_str_equal (known->word, "beta");
    case 5:
      return !g_str_equal (known->word, "gamma") && known->account == 1;
    case 6:
      return g_str_equal (known->word, "delta");
    case 7:
      return g_str_equal (known->id, "e7");
    case 8:
      return g_str_equal (known->id, "e8") || g_str_equal (known->id, "e9");
    case 9: /* HISTORY_TIME is 18:38 */
      return known->second >= 720 && known->second < 2520;
    default:
      return FALSE;
    }
}

static int
compare_known (gconstpointer a, gconstpointer b)
{
  const Known *one = *(Known *const *) a;
  const Known *other = *(Known *const *) b;

  if (one->second != other->second)
    return one->second < other->second ? -1 : 1;
  return (one->number > other->number) - (one->number < other->number);
}

static void
check_events (Fixture *fixture, WeirHistoryIndex *index, GPtrArray *expected, guint from)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (weir_history_index_get_length (index), ==, expected->len - from);
  for (guint i = 0; i < weir_history_index_get_length (index); i++)
    {
      const Known *known = expected->pdata[from + i];
      const WeirFacet *facet = weir_history_index_get_facet (index, i);
      gint64 id = weir_history_index_get_id (index, i);

      g_assert_cmpint (weir_history_index_get_time (index, i), ==,
                       HISTORY_TIME + known->second * G_TIME_SPAN_SECOND);
      g_assert_cmpstr (facet->kind, ==, known->kind);
      g_assert_true (facet->account
                     == weir_history_index_get_account (index, facet->account_number));
      g_array_append_val (ids, id);
    }

  events = weir_history_load (fixture->base.history, (const gint64 *) (gpointer) ids->data,
                              ids->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, expected->len - from);
  for (guint i = 0; i < events->len; i++)
    {
      const Known *known = expected->pdata[from + i];
      WeirEvent *event = events->pdata[i];

      g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (event)), ==, known->id);
      g_assert_cmpstr (event->kind, ==, known->kind);
      g_assert_cmpstr (weir_record_get_account (WEIR_RECORD (event))->uuid, ==,
                       fixture->accounts[known->account]->uuid);
    }
}

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **stored = data;

  *stored = g_object_ref (result);
}

static void
check_same (WeirHistoryIndex *one, WeirHistoryIndex *other)
{
  g_assert_cmpuint (weir_history_index_get_length (one), ==, weir_history_index_get_length (other));
  for (guint i = 0; i < weir_history_index_get_length (one); i++)
    g_assert_cmpint (weir_history_index_get_id (one, i), ==, weir_history_index_get_id (other, i));
}

/* The newer answer without what the runs say is new must be the older one. */
static void
check_runs (WeirHistoryIndex *older, WeirHistoryIndex *newer, GArray *runs)
{
  guint at = 0, run = 0;

  for (guint i = 0; i < weir_history_index_get_length (newer); i++)
    {
      const WeirHistoryRun *next =
          run < runs->len ? &g_array_index (runs, WeirHistoryRun, run) : NULL;

      if (next != NULL && i >= next->position)
        {
          run += i + 1 == next->position + next->count;
          continue;
        }
      g_assert_cmpint (weir_history_index_get_id (newer, i), ==,
                       weir_history_index_get_id (older, at));
      at++;
    }
  g_assert_cmpuint (at, ==, weir_history_index_get_length (older));
  g_assert_cmpuint (run, ==, runs->len);
}

static guint
check_renewed (Fixture *fixture, guint query, WeirHistoryIndex *fresh)
{
  WeirHistory *history = fixture->base.history;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WeirHistoryIndex) renewed = NULL;
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  if (fixture->held[query] == NULL)
    {
      fixture->held[query] = g_object_ref (fresh);
      return 0;
    }

  weir_history_renew_async (history, fixture->held[query], NULL, store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  renewed = weir_history_renew_finish (history, result, &runs, &error);
  g_assert_no_error (error);
  check_same (renewed, fresh);
  if (runs != NULL)
    check_runs (fixture->held[query], renewed, runs);
  g_set_object (&fixture->held[query], renewed);
  return runs != NULL;
}

static guint
check (Fixture *fixture, guint query)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirQuery) asked = weir_query_new (QUERIES[query], &error);
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (WeirHistoryIndex) newest = NULL;
  guint limit = (guint) g_test_rand_int_range (1, 30);

  g_assert_no_error (error);
  for (guint i = 0; i < fixture->known->len; i++)
    if (matches (fixture->known->pdata[i], query))
      g_ptr_array_add (expected, fixture->known->pdata[i]);
  g_ptr_array_sort (expected, compare_known);

  index = weir_history_query (fixture->base.history, asked, 0, &error);
  g_assert_no_error (error);
  check_events (fixture, index, expected, 0);

  newest = weir_history_query (fixture->base.history, asked, limit, &error);
  g_assert_no_error (error);
  check_events (fixture, newest, expected, expected->len - MIN (expected->len, limit));

  return check_renewed (fixture, query, index);
}

static void
check_stats (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) stats = weir_history_get_stats (fixture->base.history, &error);
  guint counts[3] = { 0 };

  g_assert_no_error (error);
  for (guint i = 0; i < fixture->known->len; i++)
    counts[1 + ((Known *) fixture->known->pdata[i])->account]++;
  for (guint i = 1; i < stats->len; i++)
    {
      const WeirHistoryStats *of = &g_array_index (stats, WeirHistoryStats, i);

      g_assert_cmpuint (of->n_events, ==,
                        counts[g_str_equal (of->account->uuid, "uuid-1") ? 1 : 2]);
      g_assert_cmpuint (of->n_bytes, >, 0);
    }
  g_assert_cmpuint (g_array_index (stats, WeirHistoryStats, 0).n_events, ==, fixture->known->len);
  g_assert_cmpuint (weir_history_get_n_events (fixture->base.history), ==, fixture->known->len);
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  guint n_runs = 0;

  for (guint step = 0; step < N_STEPS; step++)
    {
      int choice = g_test_rand_int_range (0, 60);

      if (choice == 0)
        reopen (fixture);
      else if (choice == 1)
        remove_account (fixture);
      else if (choice < 6)
        trim (fixture);
      else
        append (fixture);

      for (guint query = 0; query < G_N_ELEMENTS (QUERIES); query++)
        n_runs += check (fixture, query);
      check_stats (fixture);
    }
  /* else the cheap way was never taken */
  g_test_message ("%u answers were extended", n_runs);
  g_assert_cmpuint (n_runs, >, N_STEPS);
}

/* Half of the bytes go, the newest stay. */
static void
test_budget (Fixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->base.history;
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GError) error = NULL;
  const WeirHistoryStats *stats;
  WeirTrimResult trimmed;
  guint64 half;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *asked = i > 0 ? g_strdup_printf ("%u", i) : NULL;
      g_autofree char *next = g_strdup_printf ("%u", i + 1);
      GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint j = 0; j < 100; j++)
        {
          g_autofree char *id = g_strdup_printf ("n%u", i * 100 + j);

          g_ptr_array_add (events, history_make_event (fixture->accounts[0], id, "created", "s",
                                                       "c", (int) (i * 100 + j), "1"));
        }
      history_check_append (
          history_append (history, fixture->accounts[0], asked, events, next, NULL), 100, 0, next);
    }

  before = weir_history_get_stats (history, &error);
  half = g_array_index (before, WeirHistoryStats, 0).n_bytes / 2;
  g_assert_true (weir_history_trim (history, fixture->accounts[1], 0, 1, &trimmed, &error));
  g_assert_cmpuint (trimmed.n_events, ==, 0);
  g_assert_true (weir_history_trim (history, fixture->accounts[0], 0, half, &trimmed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (trimmed.n_events, >, 1500);
  g_assert_cmpuint (trimmed.n_events, <, 2500);

  after = weir_history_get_stats (history, &error);
  stats = &g_array_index (after, WeirHistoryStats, 0);
  g_assert_cmpuint (stats->n_events, ==, 4000 - trimmed.n_events);
  g_assert_cmpuint (stats->n_bytes, <=, half + half / 10);
  g_assert_cmpint (stats->oldest, ==, trimmed.up_to + G_TIME_SPAN_SECOND);
  g_assert_cmpint (stats->newest, ==, HISTORY_TIME + 3999 * G_TIME_SPAN_SECOND);
  index = weir_history_query (history, NULL, 0, &error);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, stats->n_events);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/history-model/random", test_random);
  ADD ("/history-model/budget", test_budget);

  return g_test_run ();
}

/* test-weir-damper.c: what is told of what goes wrong, and what is not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-damper.h"

#include "weir-clock.h"

#define NOW (G_GINT64_CONSTANT (1767607200) * G_USEC_PER_SEC) /* 2026-01-05 10:00 UTC */
#define SECOND G_TIME_SPAN_SECOND

typedef struct
{
  WeirDamper *damper;
  WeirAccount *account;
  gint64 now;
  GString *said; /* since it was last asked for */
} Fixture;

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(WeirTrouble *const *) a)->id, (*(WeirTrouble *const *) b)->id);
}

static void
say (Fixture *self, const char *what, GPtrArray *troubles)
{
  g_autoptr (GPtrArray) sorted =
      troubles != NULL ? g_ptr_array_copy (troubles, NULL, NULL) : g_ptr_array_new ();

  g_ptr_array_sort (sorted, compare_ids);
  g_string_append_printf (self->said, "%s%s", self->said->len > 0 ? "; " : "", what);
  for (guint i = 0; i < sorted->len; i++)
    g_string_append_printf (self->said, " %s", ((WeirTrouble *) sorted->pdata[i])->id);
}

static void
tell_cb (Fixture *self, const char *id, GPtrArray *troubles)
{
  g_autofree char *what = g_strdup_printf ("tell %s:", id);

  say (self, what, troubles);
}

static void
withdraw_cb (Fixture *self, const char *id)
{
  g_autofree char *what = g_strdup_printf ("withdraw %s", id);

  say (self, what, NULL);
}

static void
recovered_cb (Fixture *self, GPtrArray *troubles)
{
  say (self, "recovered", troubles);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->now = NOW;
  weir_clock_set_fake (NOW);
  self->account = weir_account_new ("u", "Work", "membrane", "https://api.example", WEIR_AUTH_TOKEN,
                                    NULL, NULL, NULL, FALSE);
  self->said = g_string_new (NULL);
  self->damper = weir_damper_new ();
  g_signal_connect_swapped (self->damper, "tell", G_CALLBACK (tell_cb), self);
  g_signal_connect_swapped (self->damper, "withdraw", G_CALLBACK (withdraw_cb), self);
  g_signal_connect_swapped (self->damper, "recovered", G_CALLBACK (recovered_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_object_unref (self->damper);
  g_object_unref (self->account);
  g_string_free (self->said, TRUE);
  weir_clock_set_fake (0);
}

/* What is said by then. */
static void
after (Fixture *self, gint64 seconds, const char *expected)
{
  self->now += seconds * SECOND;
  weir_clock_set_fake (self->now);
  weir_damper_look (self->damper);
  g_assert_cmpstr (self->said->str, ==, expected);
  g_string_truncate (self->said, 0);
}

static void
note (Fixture *self, const char *id, gboolean bad)
{
  weir_damper_note (self->damper, WEIR_TROUBLE_SUBSCRIPTION, self->account, id, NULL, bad, 0);
}

static void
test_lasting (Fixture *self, gconstpointer unused)
{
  note (self, "a", FALSE);
  after (self, 60, "");
  note (self, "a", TRUE);
  after (self, 9, "");
  note (self, "a", FALSE);
  after (self, 60, "");
  note (self, "a", TRUE);
  note (self, "a", TRUE);
  after (self, 9, "");
  after (self, 1, "tell subscriptions/u/a: a");
  after (self, 3600, "");
}

/* Neither what is bad when it is first seen, nor what is bad since before. */
static void
test_start (Fixture *self, gconstpointer unused)
{
  note (self, "a", TRUE);
  weir_damper_note (self->damper, WEIR_TROUBLE_GAP, self->account, "1", NULL, TRUE, NOW - 1);
  after (self, 600, "");
  weir_damper_note (self->damper, WEIR_TROUBLE_PULL, self->account, "a", NULL, FALSE, NOW - 2);
  weir_damper_note (self->damper, WEIR_TROUBLE_PULL, self->account, "a", NULL, TRUE, NOW - 1);
  after (self, 600, "");
  /* so it has not recovered either */
  note (self, "a", FALSE);
  after (self, 600, "");
  note (self, "a", TRUE);
  weir_damper_note (self->damper, WEIR_TROUBLE_GAP, self->account, "2", NULL, TRUE, NOW + 1);
  after (self, 10, "tell subscriptions/u/a: a; tell gaps/u/2: 2");
}

static void
test_recovery (Fixture *self, gconstpointer unused)
{
  note (self, "a", FALSE);
  note (self, "a", TRUE);
  after (self, 10, "tell subscriptions/u/a: a");
  note (self, "a", FALSE);
  after (self, 9, "");
  after (self, 1, "withdraw subscriptions/u/a; recovered a");
  /* not again within some minutes, but when it lasts */
  note (self, "a", TRUE);
  after (self, 589, "");
  after (self, 1, "tell subscriptions/u/a: a");
  note (self, "a", FALSE);
  note (self, "a", TRUE);
  after (self, 3600, "");
}

static void
test_many (Fixture *self, gconstpointer unused)
{
  static const char *const names[] = { "a", "b", "c", "d", "e" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    note (self, names[i], FALSE);
  for (guint i = 0; i < 3; i++)
    note (self, names[i], TRUE);
  after (self, 10, "tell subscriptions: a b c");
  /* the next are told together, a minute later, with those */
  note (self, "d", TRUE);
  after (self, 20, "");
  note (self, "e", TRUE);
  note (self, "a", FALSE);
  after (self, 10, "recovered a");
  after (self, 30, "tell subscriptions: b c d e");
  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    note (self, names[i], FALSE);
  after (self, 10, "withdraw subscriptions; recovered b c d e");
}

/* One after some is told by itself. */
static void
test_one_more (Fixture *self, gconstpointer unused)
{
  note (self, "a", FALSE);
  note (self, "b", FALSE);
  note (self, "c", FALSE);
  note (self, "a", TRUE);
  note (self, "b", TRUE);
  after (self, 10, "tell subscriptions: a b");
  note (self, "c", TRUE);
  after (self, 60, "tell subscriptions/u/c: c");
  note (self, "c", FALSE);
  after (self, 10, "withdraw subscriptions/u/c; recovered c");
}

static void
test_forget (Fixture *self, gconstpointer unused)
{
  g_autoptr (GListStore) accounts = g_list_store_new (WEIR_TYPE_ACCOUNT);

  g_list_store_append (accounts, self->account);
  note (self, "a", FALSE);
  note (self, "b", FALSE);
  note (self, "a", TRUE);
  after (self, 10, "tell subscriptions/u/a: a");
  weir_damper_forget (self->damper, WEIR_TROUBLE_SUBSCRIPTION, self->account, "a");
  after (self, 0, "withdraw subscriptions/u/a");
  note (self, "b", TRUE);
  after (self, 60, "tell subscriptions/u/b: b");
  weir_damper_forget_strangers (self->damper, G_LIST_MODEL (accounts));
  after (self, 60, "");
  g_list_store_remove_all (accounts);
  weir_damper_forget_strangers (self->damper, G_LIST_MODEL (accounts));
  after (self, 60, "withdraw subscriptions/u/b");
}

/* Of some kinds only what is bad is known. */
static void
test_list (Fixture *self, gconstpointer unused)
{
  weir_damper_begin (self->damper, WEIR_TROUBLE_GAP);
  weir_damper_note (self->damper, WEIR_TROUBLE_GAP, self->account, "1", NULL, TRUE, NOW);
  weir_damper_end (self->damper, WEIR_TROUBLE_GAP);
  after (self, 10, "tell gaps/u/1: 1");
  weir_damper_begin (self->damper, WEIR_TROUBLE_GAP);
  weir_damper_note (self->damper, WEIR_TROUBLE_GAP, self->account, "1", NULL, TRUE, NOW);
  weir_damper_end (self->damper, WEIR_TROUBLE_GAP);
  after (self, 10, "");
  weir_damper_begin (self->damper, WEIR_TROUBLE_GAP);
  weir_damper_end (self->damper, WEIR_TROUBLE_GAP);
  after (self, 10, "withdraw gaps/u/1; recovered 1");
}

/* The network comes and goes. */
static void
test_account (Fixture *self, gconstpointer unused)
{
  weir_damper_note (self->damper, WEIR_TROUBLE_ACCOUNT, self->account, "u", NULL, FALSE, 0);
  weir_damper_note (self->damper, WEIR_TROUBLE_ACCOUNT, self->account, "u", NULL, TRUE, 0);
  after (self, 59, "");
  after (self, 1, "tell accounts/u/u: u");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/damper/lasting", test_lasting },   { "/damper/start", test_start },
    { "/damper/recovery", test_recovery }, { "/damper/many", test_many },
    { "/damper/one-more", test_one_more }, { "/damper/forget", test_forget },
    { "/damper/list", test_list },         { "/damper/account", test_account },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}

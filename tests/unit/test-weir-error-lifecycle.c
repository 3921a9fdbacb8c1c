/* test-weir-error-lifecycle.c: when a decision about an error holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-error-lifecycle.h"

static WeirErrorLifecycle
get (const char *state, gint64 marked_at, gint64 last_seen_at)
{
  WeirErrorMark mark = { (char *) state, marked_at };

  return weir_error_lifecycle_get (&mark, last_seen_at);
}

static void
test_unmarked (void)
{
  g_assert_cmpint (weir_error_lifecycle_get (NULL, 0), ==, WEIR_ERROR_OPEN);
  g_assert_cmpint (weir_error_lifecycle_get (NULL, 5), ==, WEIR_ERROR_OPEN);
}

static void
test_resolved_reopens (void)
{
  g_assert_cmpint (get ("resolved", 10, 10), ==, WEIR_ERROR_RESOLVED);
  g_assert_cmpint (get ("resolved", 10, 9), ==, WEIR_ERROR_RESOLVED);
  g_assert_cmpint (get ("resolved", 10, 11), ==, WEIR_ERROR_OPEN);
  /* no times: it holds for as long as the error is there */
  g_assert_cmpint (get ("resolved", 0, 0), ==, WEIR_ERROR_RESOLVED);
  g_assert_cmpint (get ("resolved", 0, 1), ==, WEIR_ERROR_OPEN);
}

static void
test_others_stay (void)
{
  g_assert_cmpint (get ("acknowledged", 10, 11), ==, WEIR_ERROR_ACKNOWLEDGED);
  g_assert_cmpint (get ("ignored", 10, 11), ==, WEIR_ERROR_IGNORED);
  g_assert_cmpint (get ("open", 10, 9), ==, WEIR_ERROR_OPEN);
  g_assert_cmpint (get ("postponed", 10, 9), ==, WEIR_ERROR_OPEN);
  g_assert_cmpint (get (NULL, 10, 9), ==, WEIR_ERROR_OPEN);
}

static void
test_ends (void)
{
  const WeirErrorMark acknowledged = { (char *) "acknowledged", 1 };
  const WeirErrorMark resolved = { (char *) "resolved", 1 };
  const WeirErrorMark ignored = { (char *) "ignored", 1 };
  const WeirErrorMark open = { (char *) "open", 1 };

  g_assert_true (weir_error_lifecycle_ends (&acknowledged));
  g_assert_true (weir_error_lifecycle_ends (&resolved));
  g_assert_false (weir_error_lifecycle_ends (&ignored));
  g_assert_false (weir_error_lifecycle_ends (&open));
}

static void
test_words (void)
{
  for (guint i = 0; i < WEIR_ERROR_N_LIFECYCLES; i++)
    {
      WeirErrorLifecycle lifecycle = (WeirErrorLifecycle) i;

      g_assert_cmpint (get (weir_error_lifecycle_to_word (lifecycle), 1, 1), ==, lifecycle);
      g_assert_cmpstr (weir_error_lifecycle_get_label (lifecycle), !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error-lifecycle/unmarked", test_unmarked);
  g_test_add_func ("/error-lifecycle/resolved-reopens", test_resolved_reopens);
  g_test_add_func ("/error-lifecycle/others-stay", test_others_stay);
  g_test_add_func ("/error-lifecycle/ends", test_ends);
  g_test_add_func ("/error-lifecycle/words", test_words);

  return g_test_run ();
}

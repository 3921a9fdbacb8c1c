/* test-weir-quota.c: requests counted, and what servers say of their limits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-quota.h"

#define NOW (G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC)

static void
note (WeirQuota *quota, guint status, const char *lines)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_auto (GStrv) all = g_strsplit (lines, "\n", -1);

  for (guint i = 0; all[i] != NULL && all[i][0] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (all[i], ": ", 2);

      soup_message_headers_append (headers, parts[0], parts[1]);
    }
  weir_quota_note (quota, status, headers, 0);
  soup_message_headers_unref (headers);
}

static void
test_headers (void)
{
  static const struct
  {
    const char *lines;
    gint64 left, limit;
    gint64 seconds; /* until it is renewed; -1: not told */
  } cases[] = {
    { "", -1, -1, -1 },
    { "Date: today", -1, -1, -1 },
    { "RateLimit: \"default\";r=50;t=30\nRateLimit-Policy: \"default\";q=100;w=60", 50, 100, 30 },
    { "RateLimit: \"default\";r=50", 50, -1, -1 },
    /* the tightest of several, whatever their names hold */
    { "RateLimit: \"a;r=1, b\";r=900;t=9, \"burst\"; r=2; t=1\n"
      "RateLimit-Policy: \"a;r=1, b\";q=1000, \"burst\";q=10",
      2, 10, 1 },
    { "RateLimit: limit=100, remaining=40, reset=7", 40, 100, 7 },
    { "RateLimit-Limit: 10, 10;w=1\nRateLimit-Remaining: 9\nRateLimit-Reset: 1", 9, 10, 1 },
    { "X-RateLimit-Limit: 5000\nX-RateLimit-Remaining: 4999\nX-RateLimit-Reset: 1800000060", 4999,
      5000, 60 },
    { "X-RateLimit-Remaining: 0\nX-RateLimit-Reset: 1800000060000", 0, -1, 60 },
    { "X-RateLimit-Remaining: 3\nX-RateLimit-Reset: 20", 3, -1, 20 },
    /* what is new goes before what is old */
    { "RateLimit: \"d\";r=1\nX-RateLimit-Remaining: 3", 1, -1, -1 },
    /* and what cannot be read is not guessed */
    { "X-RateLimit-Remaining: many", -1, -1, -1 },
    { "X-RateLimit-Remaining: -1", -1, -1, -1 },
    { "RateLimit: \"default\";r=", -1, -1, -1 },
    { "RateLimit: \"default;r=5", -1, -1, -1 },
    { "X-Rate-Limit-Left: 5\nX-RateLimit-Limit: 7", -1, -1, -1 },
  };

  weir_clock_set_fake (NOW);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WeirQuota) quota = weir_quota_new ();
      WeirQuotaState state;

      g_test_message ("%s", cases[i].lines);
      note (quota, 200, cases[i].lines);
      weir_quota_get_state (quota, &state);
      g_assert_cmpint (state.left, ==, cases[i].left);
      g_assert_cmpint (state.limit, ==, cases[i].limit);
      g_assert_cmpint (state.renews_at, ==,
                       cases[i].seconds < 0 ? 0 : NOW + cases[i].seconds * G_USEC_PER_SEC);
      g_assert_cmpuint (state.requests, ==, 1);
    }
}

static void
test_counts (void)
{
  g_autoptr (WeirQuota) quota = weir_quota_new ();
  WeirQuotaState state;

  weir_clock_set_fake (NOW);
  weir_quota_note (quota, 200, NULL, 0);
  weir_quota_note (quota, 0, NULL, 0);
  weir_clock_set_fake (NOW + 30 * G_TIME_SPAN_MINUTE);
  weir_quota_note (quota, 500, NULL, 0);
  weir_quota_get_state (quota, &state);
  g_assert_cmpuint (state.requests, ==, 3);
  g_assert_cmpuint (state.limited, ==, 0);
  g_assert_false (weir_quota_is_scarce (quota));

  weir_clock_set_fake (NOW + 61 * G_TIME_SPAN_MINUTE);
  weir_quota_get_state (quota, &state);
  g_assert_cmpuint (state.requests, ==, 1);
  weir_clock_set_fake (NOW + 3 * G_TIME_SPAN_HOUR);
  weir_quota_get_state (quota, &state);
  g_assert_cmpuint (state.requests, ==, 0);
}

static void
test_limited (void)
{
  g_autoptr (WeirQuota) quota = weir_quota_new ();
  WeirQuotaState state;

  weir_clock_set_fake (NOW);
  weir_quota_note (quota, 503, NULL, 0);
  g_assert_false (weir_quota_is_scarce (quota));
  weir_quota_note (quota, 429, NULL, 20 * G_USEC_PER_SEC);
  weir_quota_note (quota, 503, NULL, 5 * G_USEC_PER_SEC);
  weir_quota_get_state (quota, &state);
  g_assert_cmpuint (state.limited, ==, 2);
  g_assert_cmpint (state.limited_until, ==, NOW + 20 * G_USEC_PER_SEC);
  g_assert_true (weir_quota_is_scarce (quota));

  /* it may be asked again, but not as often */
  weir_clock_set_fake (NOW + 21 * G_USEC_PER_SEC);
  weir_quota_get_state (quota, &state);
  g_assert_cmpint (state.limited_until, ==, 0);
  g_assert_true (weir_quota_is_scarce (quota));
  weir_clock_set_fake (NOW + 15 * G_TIME_SPAN_MINUTE);
  g_assert_false (weir_quota_is_scarce (quota));
  weir_quota_get_state (quota, &state);
  g_assert_cmpuint (state.limited, ==, 2);
  weir_clock_set_fake (NOW + 25 * G_TIME_SPAN_HOUR);
  weir_quota_get_state (quota, &state);
  g_assert_cmpuint (state.limited, ==, 0);
}

/* Little is left, until it is renewed. */
static void
test_scarce (void)
{
  g_autoptr (WeirQuota) quota = weir_quota_new ();
  WeirQuotaState state;

  weir_clock_set_fake (NOW);
  note (quota, 200, "X-RateLimit-Limit: 100\nX-RateLimit-Remaining: 11\nX-RateLimit-Reset: 60");
  g_assert_false (weir_quota_is_scarce (quota));
  note (quota, 200, "X-RateLimit-Limit: 100\nX-RateLimit-Remaining: 10\nX-RateLimit-Reset: 60");
  g_assert_true (weir_quota_is_scarce (quota));
  weir_clock_set_fake (NOW + 61 * G_USEC_PER_SEC);
  g_assert_false (weir_quota_is_scarce (quota));
  weir_quota_get_state (quota, &state);
  g_assert_cmpint (state.left, ==, -1);
}

static void
test_shared (void)
{
  g_assert_true (weir_quota_get_shared ("a") == weir_quota_get_shared ("a"));
  g_assert_true (weir_quota_get_shared ("a") != weir_quota_get_shared ("b"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-quota/headers", test_headers);
  g_test_add_func ("/weir-quota/counts", test_counts);
  g_test_add_func ("/weir-quota/limited", test_limited);
  g_test_add_func ("/weir-quota/scarce", test_scarce);
  g_test_add_func ("/weir-quota/shared", test_shared);

  return g_test_run ();
}

/* test-weir-announce.c: announcements do not chatter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-announce.h"

#define SETTLE_MS 40
#define INTERVAL_MS 200

static void
add (const char *text, gpointer said)
{
  g_ptr_array_add (said, g_strdup (text));
}

static void
spin (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}

static void
wait_for (GPtrArray *said, guint length)
{
  gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  while (said->len < length && g_get_monotonic_time () < end)
    spin (1);
  g_assert_cmpuint (said->len, ==, length);
}

static void
test_last_wins (void)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WeirAnnouncer) announcer = weir_announcer_new (SETTLE_MS, INTERVAL_MS, add, said);

  weir_announcer_tell (announcer, "1");
  weir_announcer_tell (announcer, "2");
  weir_announcer_tell (announcer, "3");
  g_assert_cmpuint (said->len, ==, 0);
  wait_for (said, 1);
  g_assert_cmpstr (said->pdata[0], ==, "3");
  spin (2 * INTERVAL_MS);
  g_assert_cmpuint (said->len, ==, 1);
}

/* As when 2,000 events come in a second. */
static void
test_stream (void)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WeirAnnouncer) announcer = weir_announcer_new (SETTLE_MS, INTERVAL_MS, add, said);
  gint64 start = g_get_monotonic_time ();
  gint64 elapsed;
  char text[16];

  for (guint i = 0; i <= 2000; i++)
    {
      g_snprintf (text, sizeof text, "%u", i);
      weir_announcer_tell (announcer, text);
      if (i % 2 == 0)
        spin (1);
    }
  elapsed = (g_get_monotonic_time () - start) / 1000;
  /* it is not put off for ever, and not said more often than that */
  g_assert_cmpuint (said->len, >=, 2);
  g_assert_cmpint (said->len, <=, elapsed / INTERVAL_MS + 1);
  spin (2 * INTERVAL_MS);
  g_assert_cmpstr (said->pdata[said->len - 1], ==, "2000");
}

static void
test_unchanged (void)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WeirAnnouncer) announcer = weir_announcer_new (SETTLE_MS, INTERVAL_MS, add, said);

  weir_announcer_tell (announcer, "1");
  wait_for (said, 1);
  weir_announcer_tell (announcer, "1");
  spin (2 * INTERVAL_MS);
  g_assert_cmpuint (said->len, ==, 1);

  /* there and back again before it could be said */
  weir_announcer_tell (announcer, "2");
  weir_announcer_tell (announcer, "1");
  spin (2 * INTERVAL_MS);
  g_assert_cmpuint (said->len, ==, 1);
}

static void
test_nothing_more (void)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WeirAnnouncer) announcer = weir_announcer_new (SETTLE_MS, INTERVAL_MS, add, said);

  weir_announcer_tell (announcer, "1");
  weir_announcer_tell (announcer, NULL);
  spin (2 * INTERVAL_MS);
  g_assert_cmpuint (said->len, ==, 0);

  weir_announcer_tell (announcer, "1");
  wait_for (said, 1);
  weir_announcer_tell (announcer, NULL);
  weir_announcer_tell (announcer, "1");
  wait_for (said, 2);
}

static void
test_free (void)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  WeirAnnouncer *announcer = weir_announcer_new (SETTLE_MS, INTERVAL_MS, add, said);

  weir_announcer_tell (announcer, "1");
  weir_announcer_free (announcer);
  spin (INTERVAL_MS);
  g_assert_cmpuint (said->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/announce/last-wins", test_last_wins);
  g_test_add_func ("/announce/stream", test_stream);
  g_test_add_func ("/announce/unchanged", test_unchanged);
  g_test_add_func ("/announce/nothing-more", test_nothing_more);
  g_test_add_func ("/announce/free", test_free);

  return g_test_run ();
}

/* test-weir-alerts.c: what happens to accounts is noted as what it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-alerts.h"

#include "weir-clock.h"
#include "weir-history-gaps.h"
#include "weir-monitor-fixture.h"

typedef struct
{
  MonitorFixture monitor;
  WeirAlerts *alerts;
  GString *said;
} Fixture;

static void
recovered_cb (Fixture *self, GPtrArray *troubles)
{
  g_string_append (self->said, "recovered ");
}

static void
tell_cb (Fixture *self, const char *id, GPtrArray *troubles)
{
  for (guint i = 0; i < troubles->len; i++)
    {
      WeirTrouble *trouble = troubles->pdata[i];

      g_string_append_printf (self->said, "%d:%s ", (int) trouble->kind, trouble->id);
    }
}

static void
withdraw_cb (Fixture *self, const char *id)
{
  g_string_append (self->said, "withdraw ");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  WeirDamper *damper;

  monitor_fixture_set_up (&self->monitor, data);
  self->said = g_string_new (NULL);
  self->alerts = weir_alerts_new (self->monitor.monitor);
  damper = weir_alerts_get_damper (self->alerts);
  g_signal_connect_swapped (damper, "tell", G_CALLBACK (tell_cb), self);
  g_signal_connect_swapped (damper, "withdraw", G_CALLBACK (withdraw_cb), self);
  g_signal_connect_swapped (damper, "recovered", G_CALLBACK (recovered_cb), self);
  monitor_fixture_add (&self->monitor);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gpointer alerts = self->alerts;

  /* a look at the gaps may be under way, and keeps them until it is answered */
  g_object_add_weak_pointer (G_OBJECT (self->alerts), &alerts);
  g_clear_object (&self->alerts);
  WEIR_TEST_WAIT_UNTIL (alerts == NULL);
  weir_clock_set_fake (0);
  g_string_free (self->said, TRUE);
  monitor_fixture_tear_down (&self->monitor, data);
}

/* What is said by then. */
static void
after (Fixture *self, gint64 seconds, const char *expected)
{
  weir_clock_set_fake (weir_clock_now () + seconds * G_USEC_PER_SEC);
  weir_damper_look (weir_alerts_get_damper (self->alerts));
  g_assert_cmpstr (self->said->str, ==, expected);
  g_string_truncate (self->said, 0);
}

static void
look (Fixture *self, WeirRecordKind kind)
{
  weir_session_refresh (monitor_fixture_get_session (&self->monitor), kind);
}

static gboolean
is_s1 (Fixture *self, const char *status)
{
  return g_strcmp0 (monitor_fixture_get_s1_status (&self->monitor), status) == 0;
}

static void
test_subscription (Fixture *self, gconstpointer data)
{
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (&self->monitor));
  self->monitor.server.s1_status = "error";
  look (self, WEIR_RECORD_SUBSCRIPTION);
  WEIR_TEST_WAIT_UNTIL (is_s1 (self, "error"));
  after (self, 11, "0:s1 ");
  /* the account goes, and what was told of it with it */
  g_assert_true (weir_account_store_remove (self->monitor.store, self->monitor.account, NULL));
  weir_test_drain ();
  after (self, 0, "withdraw ");
}

/* What was switched off does not work again. */
static void
test_off (Fixture *self, gconstpointer data)
{
  self->monitor.server.s1_status = "subscribed";
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (&self->monitor));
  self->monitor.server.s1_status = "error";
  look (self, WEIR_RECORD_SUBSCRIPTION);
  WEIR_TEST_WAIT_UNTIL (is_s1 (self, "error"));
  after (self, 11, "0:s1 ");
  self->monitor.server.s1_status = "unsubscribed";
  look (self, WEIR_RECORD_SUBSCRIPTION);
  WEIR_TEST_WAIT_UNTIL (is_s1 (self, "unsubscribed"));
  after (self, 11, "withdraw ");
  self->monitor.server.s1_status = "error";
  look (self, WEIR_RECORD_SUBSCRIPTION);
  WEIR_TEST_WAIT_UNTIL (is_s1 (self, "error"));
  after (self, 61, "0:s1 ");
  self->monitor.server.s1_status = "subscribed";
  look (self, WEIR_RECORD_SUBSCRIPTION);
  WEIR_TEST_WAIT_UNTIL (is_s1 (self, "subscribed"));
  after (self, 11, "withdraw recovered ");
}

static void
test_before (Fixture *self, gconstpointer data)
{
  self->monitor.server.s1_status = "error";
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (&self->monitor));
  g_assert_true (is_s1 (self, "error"));
  after (self, 60, "");
}

static void
add_gap (Fixture *self, WeirGapCause cause, gint64 from, gint64 to)
{
  g_autoptr (WeirGap) gap =
      weir_gap_new (self->monitor.account, "events", NULL, cause, from, to, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (weir_history_add_gap (self->monitor.history, gap, &error));
  g_assert_no_error (error);
}

/* A new one is; one of before is not, nor what Weir removed itself. */
static void
test_gap (Fixture *self, gconstpointer data)
{
  gint64 now = weir_clock_now ();

  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (&self->monitor));
  add_gap (self, WEIR_GAP_OFF, now - 3 * G_TIME_SPAN_HOUR, now - 2 * G_TIME_SPAN_HOUR);
  add_gap (self, WEIR_GAP_DELETED, 0, now + G_TIME_SPAN_HOUR);
  weir_test_run_for (1500);
  after (self, 11, "");
  add_gap (self, WEIR_GAP_NO_OVERLAP, now - G_TIME_SPAN_HOUR, now + G_TIME_SPAN_MINUTE);
  weir_test_run_for (1500);
  after (self, 11, "5:3 ");
  g_assert_true (weir_history_fill_gap (self->monitor.history, 3, 0, 0, NULL));
  weir_test_run_for (1500);
  after (self, 11, "withdraw recovered ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/alerts/subscription", Fixture, NULL, set_up, test_subscription, tear_down);
  g_test_add ("/alerts/off", Fixture, NULL, set_up, test_off, tear_down);
  g_test_add ("/alerts/before", Fixture, NULL, set_up, test_before, tear_down);
  g_test_add ("/alerts/gap", Fixture, NULL, set_up, test_gap, tear_down);

  return g_test_run ();
}

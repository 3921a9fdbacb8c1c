/* weir-wake-watch.c: notices that the machine has slept, or its network come back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-wake-watch.h"

#include "weir-clock.h"

#define LOOK_INTERVAL 2 /* s */
/* Less is what two clocks read one after the other may differ by on a busy machine, and harms no connection. */
#define LEAST_SLEEP (2 * G_TIME_SPAN_SECOND)

struct _WeirWakeWatch
{
  GObject parent_instance;

  gint64 slept; /* µs, since the machine was started */
  GNetworkMonitor *network;
  gboolean available;
};

enum
{
  WOKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirWakeWatch, weir_wake_watch, G_TYPE_OBJECT)

static gboolean
look_cb (gpointer user_data)
{
  WeirWakeWatch *self = user_data;
  gint64 slept = weir_clock_get_slept ();
  gint64 more = slept - self->slept;

  self->slept = slept;
  if (more >= LEAST_SLEEP)
    g_signal_emit (self, signals[WOKE], 0, WEIR_WAKE_SLEEP);

  return G_SOURCE_CONTINUE;
}

static void
network_changed_cb (WeirWakeWatch *self, gboolean available)
{
  gboolean came_back = available && !self->available;

  self->available = available;
  if (came_back)
    g_signal_emit (self, signals[WOKE], 0, WEIR_WAKE_NETWORK);
}

static void
weir_wake_watch_class_init (WeirWakeWatchClass *klass)
{
  signals[WOKE] = g_signal_new ("woke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
weir_wake_watch_init (WeirWakeWatch *self)
{
  self->slept = weir_clock_get_slept ();
  self->network = g_network_monitor_get_default ();
  self->available = g_network_monitor_get_network_available (self->network);
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* It is there as long as the program. */
  g_timeout_add_seconds (LOOK_INTERVAL, look_cb, self);
}

/**
 * weir_wake_watch_get_default:
 *
 * Returns: (transfer none): the one watch of the program
 */
WeirWakeWatch *
weir_wake_watch_get_default (void)
{
  static WeirWakeWatch *watch;

  if (watch == NULL)
    watch = g_object_new (WEIR_TYPE_WAKE_WATCH, NULL);

  return watch;
}

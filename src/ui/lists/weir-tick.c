/* weir-tick.c: one second for everything that counts down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-tick.h"

#define WEIR_TYPE_TICK (weir_tick_get_type ())
G_DECLARE_FINAL_TYPE (WeirTick, weir_tick, WEIR, TICK, GObject)

struct _WeirTick
{
  GObject parent_instance;

  guint timeout_id;
};

enum
{
  TICK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];
static WeirTick *tick; /* (nullable) until somebody wants to know */

G_DEFINE_FINAL_TYPE (WeirTick, weir_tick, G_TYPE_OBJECT)

/* Stops by itself when nobody is left. */
static gboolean
tick_cb (gpointer user_data)
{
  WeirTick *self = user_data;

  if (!g_signal_has_handler_pending (self, signals[TICK], 0, FALSE))
    {
      self->timeout_id = 0;
      return G_SOURCE_REMOVE;
    }
  g_signal_emit (self, signals[TICK], 0);

  return G_SOURCE_CONTINUE;
}

static void
weir_tick_class_init (WeirTickClass *klass)
{
  signals[TICK] = g_signal_new ("tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
weir_tick_init (WeirTick *self)
{
}

/**
 * weir_tick_connect:
 * @object: who wants to know; passed to @callback as its only argument
 * @callback: called each second while @object lives
 */
void
weir_tick_connect (gpointer object, GCallback callback)
{
  g_return_if_fail (G_IS_OBJECT (object));
  g_return_if_fail (callback != NULL);

  if (tick == NULL)
    tick = g_object_new (WEIR_TYPE_TICK, NULL);

  g_signal_connect_object (tick, "tick", callback, object, G_CONNECT_SWAPPED);
  if (tick->timeout_id == 0)
    tick->timeout_id = g_timeout_add_seconds (1, tick_cb, tick);
}

/**
 * weir_tick_now:
 *
 * Does not wait for the second to end: what is shown of times is shown otherwise from now on.
 */
void
weir_tick_now (void)
{
  if (tick != NULL)
    g_signal_emit (tick, signals[TICK], 0);
}

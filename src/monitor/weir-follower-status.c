/* weir-follower-status.c: what a follower is doing, since when, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-follower-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-backoff.h"
#include "weir-clock.h"

#define REFUSED_PAUSE (60 * 1000)         /* ms */
#define NOT_OFFERED_PAUSE (5 * 60 * 1000) /* ms */

enum
{
  CHANGED,
  APPENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * weir_follower_install_signals:
 * @klass: the class
 */
void
weir_follower_install_signals (WeirFollowerClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[APPENDED] = g_signal_new ("appended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

/**
 * weir_follower_emit_appended:
 * @added: how many events were new; if none it is not told
 */
void
weir_follower_emit_appended (WeirFollower *self, guint added)
{
  if (added > 0)
    g_signal_emit (self, signals[APPENDED], 0, added);
}

/**
 * weir_follower_set_state:
 * @error: (transfer full) (nullable): why it waits
 * @delay: ms until the next try; 0: none is planned
 */
void
weir_follower_set_state (WeirFollower *self, WeirFollowerState state, GError *error, guint delay)
{
  gboolean changed = self->state != state || error != NULL || self->error != NULL;

  if (self->state != state)
    self->since = weir_clock_now ();
  self->state = state;
  if (state == WEIR_FOLLOWER_FOLLOWING || state == WEIR_FOLLOWER_STOPPED)
    self->note = WEIR_FOLLOWER_NOTE_NONE;
  self->next_try = delay > 0 ? weir_clock_now () + delay * (gint64) G_TIME_SPAN_MILLISECOND : 0;
  if (error != self->error)
    {
      g_clear_error (&self->error);
      self->error = error;
    }

  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_follower_set_warning:
 * @warning: (nullable): of the last page
 */
void
weir_follower_set_warning (WeirFollower *self, const char *warning)
{
  if (g_strcmp0 (self->warning, warning) == 0)
    return;

  g_free (self->warning);
  self->warning = g_strdup (warning);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_follower_is_cursor_refused:
 * @error: what the server said
 *
 * Servers have no common code for it, but their words name the parameter.
 *
 * Returns: whether it no longer takes the place Weir had come to
 */
gboolean
weir_follower_is_cursor_refused (WeirFollower *self, const GError *error)
{
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;
  WeirErrorData *data;

  if (self->cursor == NULL
      || !(g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_REFUSED)
           || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND)))
    return FALSE;

  data = weir_provider_error_get_data (error);
  text = data != NULL ? weir_error_data_to_text (data) : g_strdup (error->message);
  folded = g_ascii_strdown (text, -1);

  return strstr (folded, "cursor") != NULL;
}

/**
 * weir_follower_get_pause:
 * @error: what went wrong
 *
 * Returns: ms until the next try
 */
guint
weir_follower_get_pause (WeirFollower *self, const GError *error)
{
  guint pause = weir_backoff_get_delay (self->attempts++, error);

  if (error->domain != WEIR_PROVIDER_ERROR)
    return pause;

  switch ((WeirProviderError) error->code)
    {
    case WEIR_PROVIDER_ERROR_REFUSED:
      return MAX (pause, REFUSED_PAUSE);
    case WEIR_PROVIDER_ERROR_FORBIDDEN:
    case WEIR_PROVIDER_ERROR_NOT_FOUND:
    case WEIR_PROVIDER_ERROR_UNSUPPORTED:
      return MAX (pause, NOT_OFFERED_PAUSE);
    case WEIR_PROVIDER_ERROR_UNAUTHORIZED:
    case WEIR_PROVIDER_ERROR_THROTTLED:
    case WEIR_PROVIDER_ERROR_UNREACHABLE:
    case WEIR_PROVIDER_ERROR_UNTRUSTED:
    case WEIR_PROVIDER_ERROR_SERVER:
    case WEIR_PROVIDER_ERROR_INVALID_ANSWER:
    case WEIR_PROVIDER_ERROR_READ_ONLY:
    case WEIR_PROVIDER_ERROR_UNCONFIRMED:
    case WEIR_PROVIDER_ERROR_NOT_JOURNALLED:
    default:
      return pause;
    }
}

/**
 * weir_follower_is_place_lost:
 *
 * Returns: whether it waits because the server no longer takes the place Weir had come to, so that
 *   only weir_follower_restart() helps
 */
gboolean
weir_follower_is_place_lost (WeirFollower *self)
{
  g_return_val_if_fail (WEIR_IS_FOLLOWER (self), FALSE);

  return self->place_lost;
}

/**
 * weir_follower_get_stream:
 *
 * Returns: (transfer none): the stream
 */
const char *
weir_follower_get_stream (WeirFollower *self)
{
  g_return_val_if_fail (WEIR_IS_FOLLOWER (self), NULL);

  return self->stream;
}

/**
 * weir_follower_get_state:
 *
 * Returns: what it is doing
 */
WeirFollowerState
weir_follower_get_state (WeirFollower *self)
{
  g_return_val_if_fail (WEIR_IS_FOLLOWER (self), WEIR_FOLLOWER_STOPPED);

  return self->state;
}

/**
 * weir_follower_get_since:
 *
 * Returns: the time of the last change of state, µs; 0 if there was none
 */
gint64
weir_follower_get_since (WeirFollower *self)
{
  g_return_val_if_fail (WEIR_IS_FOLLOWER (self), 0);

  return self->since;
}

/**
 * weir_follower_get_next_try:
 *
 * Returns: the time of the next try while it waits after a failure, µs; else 0
 */
gint64
weir_follower_get_next_try (WeirFollower *self)
{
  g_return_val_if_fail (WEIR_IS_FOLLOWER (self), 0);

  return self->next_try;
}

/**
 * weir_follower_get_error:
 *
 * Returns: (transfer none) (nullable): why it waits
 */
const GError *
weir_follower_get_error (WeirFollower *self)
{
  g_return_val_if_fail (WEIR_IS_FOLLOWER (self), NULL);

  return self->error;
}

/**
 * weir_follower_get_warning:
 *
 * Returns: (transfer none) (nullable): what the server did against its own rules in its last page,
 *   though the stream goes on
 */
const char *
weir_follower_get_warning (WeirFollower *self)
{
  g_return_val_if_fail (WEIR_IS_FOLLOWER (self), NULL);

  return self->warning;
}

/**
 * weir_follower_get_received:
 *
 * Returns: how many events were new, since this object was made
 */
guint64
weir_follower_get_received (WeirFollower *self)
{
  g_return_val_if_fail (WEIR_IS_FOLLOWER (self), 0);

  return self->received;
}

/**
 * weir_follower_get_note:
 *
 * Returns: what has made it catch up
 */
WeirFollowerNote
weir_follower_get_note (WeirFollower *self)
{
  g_return_val_if_fail (WEIR_IS_FOLLOWER (self), WEIR_FOLLOWER_NOTE_NONE);

  return self->note;
}

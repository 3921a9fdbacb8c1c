/* weir-follower-ahead.c: the next page is asked for while the last one is being kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-follower-private.h"

#include "weir-clock.h"

static void
ahead_clear (gpointer data)
{
  WeirFollowerAhead *ahead = data;

  g_free (ahead->cursor);
  g_clear_object (&ahead->page);
  g_clear_error (&ahead->error);
}

static void
ahead_unref (WeirFollowerAhead *ahead)
{
  g_rc_box_release_full (ahead, ahead_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirFollowerAhead, ahead_unref)

static void
hand_over (WeirFollower *self)
{
  g_autoptr (WeirFollowerAhead) ahead = g_steal_pointer (&self->ahead);

  ahead->follower = NULL;
  weir_follower_take_answer (self, g_steal_pointer (&ahead->page), g_steal_pointer (&ahead->error),
                             ahead->limit, ahead->asked_clock);
}

static void
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirFollowerAhead) ahead = user_data;

  ahead->page = weir_provider_fetch_finish (WEIR_PROVIDER (source), result, &ahead->error);
  if (ahead->follower != NULL && ahead->awaited)
    hand_over (ahead->follower);
}

/* Where a page brings nothing new it may be the last, or the next may be another: that is known only when it is kept. */
static gboolean
is_next_known (WeirFollower *self)
{
  WeirEventPage *page = self->page;

  return !page->end && !page->known_is_end && page->next_cursor != NULL
         && *page->next_cursor != '\0' && g_strcmp0 (page->next_cursor, self->cursor) != 0;
}

/**
 * weir_follower_ask_ahead:
 *
 * Asks for the page after the one that is being kept now, if it is known which that is.
 */
void
weir_follower_ask_ahead (WeirFollower *self)
{
  WeirFollowerAhead *ahead;

  weir_follower_drop_ahead (self);
  if (!is_next_known (self))
    return;
  /* what comes in small pages comes as it happens: there is nothing to hurry for */
  if (self->sync == NULL && self->page->events->len * 4 < self->page_limit)
    return;

  ahead = g_rc_box_new0 (WeirFollowerAhead);
  ahead->follower = self;
  ahead->cursor = g_strdup (self->page->next_cursor);
  ahead->limit = self->limit;
  ahead->asked_clock = weir_clock_now ();
  self->ahead = ahead;
  weir_provider_fetch_async (self->provider, self->stream, ahead->cursor, ahead->limit,
                             self->run->cancellable, fetch_cb, g_rc_box_acquire (ahead));
}

/**
 * weir_follower_use_ahead:
 *
 * Takes the page that goes on from where the follower is, if it was asked for, now or as soon as it
 * is there.
 *
 * Returns: %FALSE if it was not
 */
gboolean
weir_follower_use_ahead (WeirFollower *self)
{
  if (self->ahead == NULL)
    return FALSE;
  if (g_strcmp0 (self->ahead->cursor, self->cursor) != 0)
    {
      weir_follower_drop_ahead (self);
      return FALSE;
    }

  self->ahead->awaited = TRUE;
  if (self->ahead->page != NULL || self->ahead->error != NULL)
    hand_over (self);
  return TRUE;
}

/**
 * weir_follower_drop_ahead:
 *
 * The page that was asked for ahead is not wanted: its answer is let go when it comes.
 */
void
weir_follower_drop_ahead (WeirFollower *self)
{
  g_autoptr (WeirFollowerAhead) ahead = g_steal_pointer (&self->ahead);

  if (ahead != NULL)
    ahead->follower = NULL;
}

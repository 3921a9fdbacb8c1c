/* weir-follower-ahead.c: the next pages are asked for, and compressed, while the last one is being kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-follower-private.h"

#include "weir-clock.h"
#include "weir-history-pack.h"

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

static void ask_behind (WeirFollower *self);

static void
hand_over (WeirFollower *self)
{
  g_autoptr (WeirFollowerAhead) ahead = g_steal_pointer (&self->ahead);

  self->ahead = g_steal_pointer (&self->behind);
  ahead->follower = NULL;
  weir_follower_take_answer (self, g_steal_pointer (&ahead->page), g_steal_pointer (&ahead->error),
                             ahead->limit, ahead->asked_clock);
}

static void
packed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirFollowerAhead) ahead = user_data;

  ahead->packing = FALSE;
  if (ahead->follower != NULL && ahead->awaited)
    hand_over (ahead->follower);
}

static void
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirFollowerAhead) ahead = user_data;

  ahead->page = weir_provider_fetch_finish (WEIR_PROVIDER (source), result, &ahead->error);
  if (ahead->follower == NULL)
    return;
  if (ahead->awaited)
    {
      hand_over (ahead->follower);
      return;
    }

  ask_behind (ahead->follower);
  if (ahead->page != NULL && ahead->page->events->len > 0)
    {
      ahead->packing = TRUE;
      weir_history_pack_async (ahead->page->events, packed_cb, g_rc_box_acquire (ahead));
    }
}

/* Where a page brings nothing new it may be the last, or the next may be another: that is known only when it is kept.
 * @cursor: that @page was asked with; @limit: and how many events */
static gboolean
is_next_wanted (WeirFollower *self, WeirEventPage *page, const char *cursor, guint limit)
{
  if (page->end || page->known_is_end || page->next_cursor == NULL || *page->next_cursor == '\0'
      || g_strcmp0 (page->next_cursor, cursor) == 0)
    return FALSE;
  /* what comes in small pages comes as it happens: there is nothing to hurry for */
  return self->sync != NULL || page->events->len * 4 >= limit;
}

static WeirFollowerAhead *
fetch_after (WeirFollower *self, WeirEventPage *page)
{
  WeirFollowerAhead *ahead = g_rc_box_new0 (WeirFollowerAhead);

  ahead->follower = self;
  ahead->cursor = g_strdup (page->next_cursor);
  ahead->limit = self->limit;
  ahead->asked_clock = weir_clock_now ();
  weir_provider_fetch_async (self->provider, self->stream, ahead->cursor, ahead->limit,
                             self->run->cancellable, fetch_cb, g_rc_box_acquire (ahead));
  return ahead;
}

/* The page behind the next one, once that is there: so neither the server nor whoever keeps the pages waits for the
 * other. There are never more than two. */
static void
ask_behind (WeirFollower *self)
{
  WeirFollowerAhead *ahead = self->ahead;

  if (ahead != NULL && ahead->page != NULL && self->behind == NULL
      && is_next_wanted (self, ahead->page, ahead->cursor, ahead->limit))
    self->behind = fetch_after (self, ahead->page);
}

/**
 * weir_follower_ask_ahead:
 *
 * Asks for the page after the one that is being kept now, if it is known which that is, and is not under way already.
 */
void
weir_follower_ask_ahead (WeirFollower *self)
{
  if (self->ahead != NULL && g_strcmp0 (self->ahead->cursor, self->page->next_cursor) == 0)
    {
      ask_behind (self);
      return;
    }

  weir_follower_drop_ahead (self);
  if (is_next_wanted (self, self->page, self->cursor, self->page_limit))
    self->ahead = fetch_after (self, self->page);
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
  if (!self->ahead->packing && (self->ahead->page != NULL || self->ahead->error != NULL))
    hand_over (self);
  return TRUE;
}

/**
 * weir_follower_drop_ahead:
 *
 * The pages that were asked for ahead are not wanted: their answers are let go when they come.
 */
void
weir_follower_drop_ahead (WeirFollower *self)
{
  g_autoptr (WeirFollowerAhead) ahead = g_steal_pointer (&self->ahead);
  g_autoptr (WeirFollowerAhead) behind = g_steal_pointer (&self->behind);

  if (ahead != NULL)
    ahead->follower = NULL;
  if (behind != NULL)
    behind->follower = NULL;
}

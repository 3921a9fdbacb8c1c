/* weir-follower-ahead.c: the next pages are asked for, and compressed, while the last one is being kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-follower-private.h"

#include "weir-clock.h"
#include "weir-history-pack.h"

/* Enough that those who fetch and compress go on while the history's thread waits for the disk. */
#define MAX_AHEAD 8

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

static void extend (WeirFollower *self);

static void
hand_over (WeirFollower *self)
{
  g_autoptr (WeirFollowerAhead) ahead = g_queue_pop_head (&self->ahead);

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

  extend (ahead->follower);
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

/* The page behind those that are there, so that neither the server nor whoever keeps the pages waits for the other. */
static void
extend (WeirFollower *self)
{
  WeirFollowerAhead *last = g_queue_peek_tail (&self->ahead);

  if (last != NULL && last->page != NULL && self->ahead.length < MAX_AHEAD
      && is_next_wanted (self, last->page, last->cursor, last->limit))
    g_queue_push_tail (&self->ahead, fetch_after (self, last->page));
}

/**
 * weir_follower_ask_ahead:
 *
 * Asks for the page after the one that is being kept now, if it is known which that is, and is not under way already.
 */
void
weir_follower_ask_ahead (WeirFollower *self)
{
  WeirFollowerAhead *first = g_queue_peek_head (&self->ahead);

  if (first != NULL && g_strcmp0 (first->cursor, self->page->next_cursor) == 0)
    {
      extend (self);
      return;
    }

  weir_follower_drop_ahead (self);
  if (is_next_wanted (self, self->page, self->cursor, self->page_limit))
    g_queue_push_tail (&self->ahead, fetch_after (self, self->page));
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
  WeirFollowerAhead *first = g_queue_peek_head (&self->ahead);

  if (first == NULL)
    return FALSE;
  if (g_strcmp0 (first->cursor, self->cursor) != 0)
    {
      weir_follower_drop_ahead (self);
      return FALSE;
    }

  first->awaited = TRUE;
  if (!first->packing && (first->page != NULL || first->error != NULL))
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
  WeirFollowerAhead *ahead;

  while ((ahead = g_queue_pop_head (&self->ahead)) != NULL)
    {
      ahead->follower = NULL;
      ahead_unref (ahead);
    }
}

/* weir-follower-join.c: whether a page goes on where what is known ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-follower-private.h"

#include "weir-clock.h"

/* In less time a log does not lose what it has been asked for a moment ago. */
#define SURE_FOR G_TIME_SPAN_MINUTE
/* What a quiet stream's log has lost is worth a question only after that. */
#define QUIET_FOR G_TIME_SPAN_HOUR
/* How exactly the history knows when the stream was last seen to its end, while nothing comes. */
#define SEEN_EVERY G_TIME_SPAN_MINUTE

/* Until when all is known. */
static gint64
get_known_until (WeirFollower *self)
{
  if (self->page != NULL && self->page->since != 0)
    return self->page->since;
  return self->seen_end != 0 ? self->seen_end : self->newest;
}

static WeirGap *
make_gap (WeirFollower *self, WeirGapCause cause)
{
  gint64 from = get_known_until (self);
  gint64 to = self->page->oldest_at;

  /* An old event may have come late. */
  if (to <= from)
    to = weir_clock_now ();

  return weir_gap_new (weir_provider_get_account (self->provider), self->stream, NULL, cause, from,
                       to, self->page->warning);
}

/* The time of the log's first event: all that there still is comes with it and after it. 0: not known yet */
static gint64
find_beginning (WeirFollower *self)
{
  if (self->page->end && self->page->events->len == 0)
    return self->asked_clock;
  return self->page->oldest_at;
}

/**
 * weir_follower_needs_reach:
 *
 * Looks at the page that has come, before it is kept.
 *
 * Returns: whether it is to be asked how far back the server's log reaches
 */
gboolean
weir_follower_needs_reach (WeirFollower *self)
{
  WeirEventPage *page = self->page;

  if (self->answered_at != 0 && self->asked_clock - self->answered_at > SURE_FOR)
    self->unsure = TRUE;

  /* Of a stream that never had an event nothing can be missing: the history begins here. */
  if (page->join != WEIR_JOIN_UNSEEN || self->newest == 0)
    return FALSE;

  if (page->since == 0) /* what comes after a cursor is complete, if the log still has the cursor */
    return self->unsure && page->events->len > 0;
  if (page->oldest_at != 0)
    return !self->overlaps;
  return self->unsure && self->asked_clock - page->since > QUIET_FOR;
}

/**
 * weir_follower_judge:
 * @reaches: %FALSE: the server's log is known to begin with the page or after it
 *
 * Makes the gap that is to be kept with the page, if there is one.
 */
void
weir_follower_judge (WeirFollower *self, gboolean reaches)
{
  g_clear_object (&self->gap);
  if (self->newest == 0)
    return;

  switch (self->page->join)
    {
    case WEIR_JOIN_UNSEEN:
      if (!reaches)
        self->gap = make_gap (self, WEIR_GAP_OFF);
      break;
    case WEIR_JOIN_CUT:
      if (!self->overlaps)
        self->gap = make_gap (self, WEIR_GAP_NO_OVERLAP);
      break;
    case WEIR_JOIN_JUMPED:
      self->gap = make_gap (self, WEIR_GAP_CURSOR_JUMPED);
      break;
    case WEIR_JOIN_NONE:
    case WEIR_JOIN_SEEN:
    default:
      break;
    }
}

/**
 * weir_follower_fill_parts:
 * @parts: (inout): what is to be kept with the page
 *
 * Adds what the page says of what is missing.
 */
void
weir_follower_fill_parts (WeirFollower *self, WeirHistoryPage *parts)
{
  WeirEventPage *page = self->page;

  parts->gap = self->gap;
  parts->gap_if_unknown = TRUE;
  parts->live = self->state == WEIR_FOLLOWER_FOLLOWING;
  parts->covered_from = self->restarted ? find_beginning (self) : 0;
  if ((page->end || page->known_is_end) && (self->begun || !page->goes_on)
      && (page->events->len > 0 || self->asked_clock - self->seen_written >= SEEN_EVERY))
    parts->seen_end = self->asked_clock;
  self->covers = parts->covered_from != 0;
  self->notes_end = parts->seen_end != 0;
}

/**
 * weir_follower_note_kept:
 * @known: how many events were known before
 * @end: whether the stream was seen to its end
 *
 * Remembers what the next page is to be compared with.
 */
void
weir_follower_note_kept (WeirFollower *self, guint known, gboolean end)
{
  WeirEventPage *page = self->page;

  if (self->covers)
    self->restarted = FALSE;
  for (guint i = 0; i < page->events->len; i++)
    self->newest = MAX (self->newest, page->events->rows[i].occurred_at);

  self->answered_at = self->asked_clock;
  self->overlaps |= known > 0;
  if (end || (page->since == 0 && page->events->len > 0 && page->join != WEIR_JOIN_NONE)
      || page->asked_with == NULL)
    self->unsure = FALSE;
  if (end)
    {
      self->overlaps = FALSE;
      self->seen_end = self->asked_clock;
      if (self->notes_end)
        self->seen_written = self->asked_clock;
    }
}

/**
 * weir_follower_note_refusal:
 * @error: what the server said
 *
 * The server no longer takes the place Weir had come to: until the stream is begun again, nothing is
 * known of it.
 */
void
weir_follower_note_refusal (WeirFollower *self, const GError *error)
{
  gint64 from = get_known_until (self);
  g_autoptr (WeirGap) gap = NULL;

  if (from == 0)
    return;

  gap = weir_gap_new (weir_provider_get_account (self->provider), self->stream, NULL,
                      WEIR_GAP_CURSOR_REFUSED, from, 0, error->message);
  weir_history_add_gap_async (self->history, gap, NULL, NULL, NULL);
}

/* weir-follower-private.h: a follower from inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-follower.h"
#include "weir-history-gaps.h"

G_BEGIN_DECLS

/* What a request under way holds instead of the follower: it is cut off from it by a stop. */
typedef struct
{
  WeirFollower *follower; /* (nullable) not owned */
  GCancellable *cancellable;
} WeirFollowerRun;

/* A page after the one that is being kept, asked for meanwhile. */
typedef struct
{
  WeirFollower *follower; /* (nullable) not owned: cut off where the page is not wanted any more */
  char *cursor;
  guint limit;
  gint64 asked_clock;
  gboolean awaited;
  gboolean packing;    /* the page, for the history */
  WeirEventPage *page; /* (nullable) until it is there */
  GError *error;       /* (nullable) */
} WeirFollowerAhead;

struct _WeirFollower
{
  GObject parent_instance;

  WeirProvider *provider;
  WeirHistory *history;
  char *stream;

  WeirFollowerState state;
  WeirFollowerNote note;
  gint64 since;
  gint64 next_try;
  GError *error;
  char *warning;
  guint64 received;

  /* as kept in the history: it only moves with a page */
  gboolean place_known;
  char *cursor;        /* (nullable) */
  gint64 seen_end;     /* µs: when the stream was last seen to its end */
  gint64 seen_written; /* µs: and what the history has of it */
  gint64 newest;       /* µs: of its newest event; 0: it never had one */

  WeirEventPage *page; /* (nullable) fetched, being judged and kept */
  guint page_limit;    /* it was asked with */
  gboolean few;        /* the last page had far less than that */
  gint64 asked_clock;  /* µs: when */
  WeirGap *gap;        /* (nullable) that it reveals */
  gboolean covers;     /* open gaps */
  gboolean notes_end;  /* when the stream was seen to its end */
  GQueue ahead;        /* of WeirFollowerAhead, each goes on from the one before */
  gint64 answered_at;  /* µs: the page before it */
  gboolean unsure;     /* the log may have lost something since then */
  gboolean overlaps;   /* an event of this walk was known before */
  gboolean begun;      /* a walk, in this run */
  gboolean restarted;  /* from the log's beginning, and nothing has come yet */

  guint limit;
  guint good_pages;        /* in a row at this limit */
  guint attempts;          /* failed in a row */
  guint stale;             /* times in a row that another process was faster */
  gboolean place_lost;     /* the server refused the cursor */
  gboolean restart_wanted; /* as soon as it refuses it once more */
  guint interval;          /* ms */
  gint64 asked_at;         /* monotonic, µs */
  gboolean poked;          /* while a page was under way */
  guint timer_id;
  gint64 timer_at;      /* monotonic, µs */
  WeirFollowerRun *run; /* (nullable): from start to stop */
  gboolean busy;        /* a page is under way */
  GTask *sync;          /* (nullable): to the end only */
  guint64 sync_added;
};

/* weir-follower-status.c */
void
weir_follower_set_state (WeirFollower *self, WeirFollowerState state, GError *error, guint delay);
void weir_follower_set_warning (WeirFollower *self, const char *warning);
void weir_follower_install_signals (WeirFollowerClass *klass);
void weir_follower_emit_appended (WeirFollower *self, guint added);
gboolean weir_follower_is_cursor_refused (WeirFollower *self, const GError *error);
guint weir_follower_get_pause (WeirFollower *self, const GError *error);

/* weir-follower-join.c: whether the page goes on where what is known ends */
gboolean weir_follower_needs_reach (WeirFollower *self);
void weir_follower_judge (WeirFollower *self, gboolean reaches);
void weir_follower_fill_parts (WeirFollower *self, WeirHistoryPage *parts);
void weir_follower_note_kept (WeirFollower *self, guint known, gboolean end);
void weir_follower_note_refusal (WeirFollower *self, const GError *error);

/* weir-follower-ahead.c: the pages after the one that is being kept */
void weir_follower_ask_ahead (WeirFollower *self);
gboolean weir_follower_use_ahead (WeirFollower *self); /* FALSE: the next page is not under way */
void weir_follower_drop_ahead (WeirFollower *self);

/* weir-follower.c */
void weir_follower_take_answer (WeirFollower *self,
                                WeirEventPage *page /* transfer full, nullable */,
                                GError *error /* transfer full */,
                                guint limit,
                                gint64 asked_clock);

G_END_DECLS

/* weir-follower.h: takes one stream of one account into the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-provider.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_FOLLOWER_STOPPED,
  WEIR_FOLLOWER_CATCHING_UP, /* fetching page after page */
  WEIR_FOLLOWER_FOLLOWING,   /* caught up, asks again each interval or on a hint */
  WEIR_FOLLOWER_WAITING,     /* something failed; tries again at next_try */
} WeirFollowerState;

/* Why it catches up, where that is not just its start. */
typedef enum
{
  WEIR_FOLLOWER_NOTE_NONE,
  WEIR_FOLLOWER_NOTE_SLEEP,   /* the machine slept */
  WEIR_FOLLOWER_NOTE_NETWORK, /* the network came back */
} WeirFollowerNote;

#define WEIR_TYPE_FOLLOWER (weir_follower_get_type ())
G_DECLARE_FINAL_TYPE (WeirFollower, weir_follower, WEIR, FOLLOWER, GObject)

/* Signals: "changed" (state, counts), "appended" (guint added). An unreadable page is asked again with half the limit
 * down to the one event that cannot be read, which is kept raw and flagged, and the stream goes on after it. The next page is
 * asked for while the last is being kept. Where a page does not show that it goes on where what is known ends, the server is asked
 * how far back its log reaches; what may be missing becomes a gap, kept with the page. */
WeirFollower *weir_follower_new (WeirProvider *provider, WeirHistory *history, const char *stream);
void weir_follower_start (WeirFollower *self);
void weir_follower_stop (WeirFollower *self);
void weir_follower_poke (
    WeirFollower *self); /* a hint came: ask now (not more often than 4 times a second) */
void weir_follower_retry (WeirFollower *self); /* what it waits for may be over: try now */
/* the machine slept, or the network came back: all over again from where it is, at once */
void weir_follower_wake (WeirFollower *self, WeirFollowerNote note);
gboolean weir_follower_is_place_lost (WeirFollower *self);
void
weir_follower_restart (WeirFollower *self); /* from the beginning, if it waits: on request only */
/* between two looks for something new; 2000 unless told */
void weir_follower_set_interval (WeirFollower *self, guint milliseconds);
const char *weir_follower_get_stream (WeirFollower *self);
WeirFollowerState weir_follower_get_state (WeirFollower *self);
WeirFollowerNote weir_follower_get_note (WeirFollower *self); /* until it follows again */
gint64 weir_follower_get_since (WeirFollower *self);
gint64 weir_follower_get_next_try (WeirFollower *self);
const GError *weir_follower_get_error (WeirFollower *self); /* (nullable) why it waits */
const char *
weir_follower_get_warning (WeirFollower *self); /* (nullable) a breach of the protocol, survived */
guint64 weir_follower_get_received (WeirFollower *self);
/* once, to the end: weirctl sync */
void weir_follower_sync_async (WeirFollower *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean weir_follower_sync_finish (WeirFollower *self,
                                    GAsyncResult *result,
                                    guint64 *added,
                                    GError **error);

G_END_DECLS

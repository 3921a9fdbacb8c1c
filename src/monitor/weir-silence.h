/* weir-silence.h: streams that are quiet against their own rhythm
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-rhythm.h"
#include "weir-session.h"
#include "weir-subscription.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 since; /* µs: its last event */
  gint64 usual; /* µs: the pause that it is in most of the time */
  gint64 at;    /* µs: when its pause became too long */
} WeirQuiet;

/* gaps: (element-type WeirGap) open ones of the account; changes: (element-type WeirStateChange) of subscriptions since the
 * last event; seen_to: up to when the account's streams have been seen. subscription NULL: what has none. */
gboolean weir_silence_judge (WeirSubscription *subscription,
                             const WeirRhythm *rhythm,
                             GPtrArray *gaps,
                             GPtrArray *changes,
                             gint64 seen_to,
                             WeirQuiet *quiet);

/* Looks each minute. Signal "changed". */
#define WEIR_TYPE_SILENCE (weir_silence_get_type ())
G_DECLARE_FINAL_TYPE (WeirSilence, weir_silence, WEIR, SILENCE, GObject)

WeirSilence *
weir_silence_new (WeirHistory *history, GListModel *sessions, WeirRecordSet *subscriptions);
void weir_silence_stop (WeirSilence *self);
void weir_silence_look (WeirSilence *self);
/* (nullable) NULL: it is not silent, or nobody knows; valid until "changed" */
const WeirQuiet *weir_silence_get (WeirSilence *self, WeirRecord *subscription);
const WeirQuiet *weir_silence_get_rest (WeirSilence *self,
                                        WeirAccount *account); /* without a subscription */

G_END_DECLS

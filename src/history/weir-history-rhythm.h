/* weir-history-rhythm.h: how often streams have events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"

G_BEGIN_DECLS

/* Of a stream: a subscription's events, or those of an account that have no subscription. */
typedef struct
{
  gint64 last_at;  /* µs: its newest event */
  gint64 usual;    /* µs: the pause that it is in most of the time; 0: its rhythm is not known */
  gint64 patience; /* µs: a longer pause is against its rhythm; 0: its rhythm is not known */
} WeirRhythm;

#define WEIR_RHYTHM_WINDOW (28 * G_TIME_SPAN_DAY) /* what is learned from */
#define WEIR_RHYTHM_MIN_SPAN (7 * G_TIME_SPAN_DAY)
#define WEIR_RHYTHM_MIN_PAUSES 20
#define WEIR_RHYTHM_MIN_PATIENCE (10 * G_TIME_SPAN_MINUTE)

/* (element-type utf8 WeirRhythm): by subscription id as in weir_history_activity_finish(); "" is what has none */
GHashTable *weir_history_list_rhythms (WeirHistory *self, WeirAccount *account, GError **error);
void weir_history_list_rhythms_async (WeirHistory *self,
                                      WeirAccount *account,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GHashTable *
weir_history_list_rhythms_finish (WeirHistory *self, GAsyncResult *result, GError **error);

G_END_DECLS

/* weir-event-life.h: what else happened to an event's record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-json-diff.h"

G_BEGIN_DECLS

/* Beyond either a record's life is not listed any further; the timeline has all of it. */
#define WEIR_LIFE_MAX_EVENTS 12
#define WEIR_LIFE_MAX_BYTES (32 * 1024 * 1024)

typedef struct
{
  WeirEvent *event;
  guint n_fields; /* changed since the one before; G_MAXUINT: not known */
} WeirLifeEntry;

/* of an event that names no record: NULL */
char *weir_event_life_dup_query (WeirEvent *event);

/* the event right before it of the same account, collection and record; NULL without an error: there is none */
void weir_event_life_find_previous_async (WeirHistory *history,
                                          WeirEvent *event,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
WeirEvent *
weir_event_life_find_previous_finish (WeirHistory *history, GAsyncResult *result, GError **error);

/* (element-type WeirLifeEntry), the newest first; *total: how many the history has */
void weir_event_life_list_async (WeirHistory *history,
                                 WeirEvent *event,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *weir_event_life_list_finish (WeirHistory *history,
                                        GAsyncResult *result,
                                        guint *total,
                                        GError **error);

/* what is compared of them: the payloads, or all where there are none; NULL: cancelled. Any thread */
WeirJsonDiff *
weir_event_life_compare (WeirEvent *before, WeirEvent *after, GCancellable *cancellable);

G_END_DECLS

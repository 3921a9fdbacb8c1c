/* weir-history-gaps.h: what the history knows to be missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"

G_BEGIN_DECLS

/* The signal "gaps-changed" of WeirHistory tells of any change, of another process's too. A page brings a gap with it, or covers
 * one, by WeirHistoryPage; these are for everything else. */

/* (element-type WeirGap), by from */
GPtrArray *weir_history_list_gaps (WeirHistory *self,
                                   WeirAccount *account /* nullable: of all */,
                                   gboolean open_only,
                                   GError **error);
void weir_history_list_gaps_async (WeirHistory *self,
                                   WeirAccount *account,
                                   gboolean open_only,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *weir_history_list_gaps_finish (WeirHistory *self, GAsyncResult *result, GError **error);

/* One that overlaps an open one of the same stream, subscription and cause extends that. */
gboolean weir_history_add_gap (WeirHistory *self, WeirGap *gap, GError **error);
void weir_history_add_gap_async (WeirHistory *self,
                                 WeirGap *gap,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean weir_history_add_gap_finish (WeirHistory *self, GAsyncResult *result, GError **error);

/* The span is known now: what of the gap is in it is cut off. A gap of which nothing is left closes. 0: without end. */
gboolean
weir_history_fill_gap (WeirHistory *self, gint64 id, gint64 from, gint64 to, GError **error);
void weir_history_fill_gap_async (WeirHistory *self,
                                  gint64 id,
                                  gint64 from,
                                  gint64 to,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean weir_history_fill_gap_finish (WeirHistory *self, GAsyncResult *result, GError **error);

/* From @since on, the subscription's gaps in the stream are just these: others close, overlapping ones take their bounds. */
gboolean weir_history_settle_gaps (WeirHistory *self,
                                   WeirAccount *account,
                                   const char *stream,
                                   const char *subscription,
                                   gint64 since,
                                   GPtrArray *gaps,
                                   GError **error);
void weir_history_settle_gaps_async (WeirHistory *self,
                                     WeirAccount *account,
                                     const char *stream,
                                     const char *subscription,
                                     gint64 since,
                                     GPtrArray *gaps,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean weir_history_settle_gaps_finish (WeirHistory *self, GAsyncResult *result, GError **error);

/* How far a stream has been followed. */
typedef struct
{
  char *cursor;    /* (nullable) never followed */
  gint64 seen_end; /* when it was last seen to its end, µs; to the minute or better */
  gint64 newest;   /* time of its newest event, µs; 0: it never had one */
} WeirStreamPlace;
void weir_stream_place_free (WeirStreamPlace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirStreamPlace, weir_stream_place_free)
WeirStreamPlace *weir_history_get_place (WeirHistory *self,
                                         WeirAccount *account,
                                         const char *stream,
                                         GError **error);
void weir_history_get_place_async (WeirHistory *self,
                                   WeirAccount *account,
                                   const char *stream,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
WeirStreamPlace *
weir_history_get_place_finish (WeirHistory *self, GAsyncResult *result, GError **error);

G_END_DECLS

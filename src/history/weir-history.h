/* weir-history.h: the local store of all that arrived
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event-rows.h"
#include "weir-gap.h"
#include "weir-history-index.h"
#include "weir-query.h"

G_BEGIN_DECLS

#define WEIR_HISTORY_ERROR (weir_history_error_quark ())
GQuark weir_history_error_quark (void);

typedef enum
{
  WEIR_HISTORY_ERROR_OPEN,
  WEIR_HISTORY_ERROR_STORAGE, /* disk full, file damaged… */
  WEIR_HISTORY_ERROR_STALE,   /* another process moved the cursor on: read it again */
} WeirHistoryError;

#define WEIR_TYPE_HISTORY (weir_history_get_type ())
G_DECLARE_FINAL_TYPE (WeirHistory, weir_history, WEIR, HISTORY, GObject)

/* All _async functions run on the history's own workers: one writes, reading does not wait for it. The synchronous ones are
 * for weirctl and tests, from any thread.
 * Signal "changed", in the main context that made the object: something was appended or removed, by this process or, looked at
 * each second once an _async function was called, by another. Signals "gaps-changed" and "journal-changed" likewise: see weir-history-gaps.h and
 * weir-history-journal.h. */
WeirHistory *
weir_history_new (const char *path,
                  GError **error); /* NULL path: weir_paths_dup_data_dir()/history.db */

/* the first question need not wait for what questions are answered from */
void weir_history_prepare (WeirHistory *self);
/* its file cannot be written to: what is there can be read, and nothing comes */
gboolean weir_history_is_read_only (WeirHistory *self);

/* What a page's append did. */
typedef struct
{
  guint added;           /* rows that were not known */
  guint known;           /* events that were; one that is twice in the page is not known by that */
  guint changed;         /* known ones whose status or content is newer now */
  char *cursor;          /* the cursor as kept; g_free() */
  gboolean gaps_changed; /* page->gap was kept, or an open gap was covered */
} WeirAppendResult;

/* page parts given plainly, so that history knows no provider: cursor rules as in WeirEventPage */
typedef struct
{
  const char *stream;
  const char *asked_with;
  WeirEventRows *events; /* (nullable) */
  const char *next_cursor;
  const char *known_cursor;
  WeirGap *gap;            /* (nullable) what the page reveals to be missing, kept with it */
  gboolean gap_if_unknown; /* but not if any event of the page was known before */
  gint64 covered_from;     /* open gaps of the stream lose this span, µs; not from and to 0 */
  gint64 covered_to;
  gint64 seen_end; /* when the stream was seen to its end with this page, µs; 0: it was not */
  gboolean live;   /* the stream is followed: an older event is a late one */
} WeirHistoryPage;

gboolean weir_history_append (WeirHistory *self,
                              WeirAccount *account,
                              const WeirHistoryPage *page,
                              WeirAppendResult *result,
                              GError **error);
void weir_history_append_async (WeirHistory *self,
                                WeirAccount *account,
                                const WeirHistoryPage *page /* copied */,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean weir_history_append_finish (WeirHistory *self,
                                     GAsyncResult *result,
                                     WeirAppendResult *appended,
                                     GError **error);
gboolean weir_history_get_cursor (WeirHistory *self,
                                  WeirAccount *account,
                                  const char *stream,
                                  char **cursor,
                                  GError **error); /* *cursor NULL: never followed */
void weir_history_get_cursor_async (WeirHistory *self,
                                    WeirAccount *account,
                                    const char *stream,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean weir_history_get_cursor_finish (WeirHistory *self,
                                         GAsyncResult *result,
                                         char **cursor,
                                         GError **error);

/* limit: the newest so many, 0 = all */
WeirHistoryIndex *
weir_history_query (WeirHistory *self, WeirQuery *query, guint limit, GError **error);
void weir_history_query_async (WeirHistory *self,
                               WeirQuery *query,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
WeirHistoryIndex *
weir_history_query_finish (WeirHistory *self, GAsyncResult *result, GError **error);

/* What the answer to the same query is now; relative times in it stay what they were. Shares what is old, costs what is new.
 * *runs: (element-type WeirHistoryRun) what the newer has that the older has not, by position in the newer, oldest first;
 * NULL: rows went or changed place, replace all. The same object if nothing changed. */
void weir_history_renew_async (WeirHistory *self,
                               WeirHistoryIndex *index,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
WeirHistoryIndex *
weir_history_renew_finish (WeirHistory *self, GAsyncResult *result, GArray **runs, GError **error);
guint64 weir_history_get_n_events (WeirHistory *self); /* O(1), any thread */

/* (element-type gint64) numbers of what came after the event *last_id, in the order of arrival; *last_id is moved on.
 * Negative: lists none, and sets it to the newest. */
GArray *
weir_history_list_new (WeirHistory *self, WeirQuery *query, gint64 *last_id, GError **error);

/* events by number, in the order asked; one that is gone is left out */
GPtrArray *weir_history_load (WeirHistory *self, const gint64 *ids, guint n_ids, GError **error);
void weir_history_load_async (WeirHistory *self,
                              const gint64 *ids,
                              guint n_ids,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *weir_history_load_finish (WeirHistory *self, GAsyncResult *result, GError **error);
/* (element-type gint64-in-GArray): numbers of the events whose provider ids are given (a pull's collectedEventIds) are found with sub-queries by: */
void weir_history_find_async (WeirHistory *self,
                              WeirAccount *account,
                              const char *const *event_ids,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *
weir_history_find_finish (WeirHistory *self, GAsyncResult *result, GError **error); /* WeirEvent */

/* WeirSubscription: what stands for the syncs and collections seen in events of an account */
GPtrArray *weir_history_list_seen (WeirHistory *self, WeirAccount *account, GError **error);
void weir_history_list_seen_async (WeirHistory *self,
                                   WeirAccount *account,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *weir_history_list_seen_finish (WeirHistory *self, GAsyncResult *result, GError **error);
/* the newest event's time and the count of the last 24 h by hour, of each subscription of an account */
typedef struct
{
  gint64 last_at;
  guint total;
  guint16 hours[24]; /* [23] is the hour we are in */
} WeirActivity;
void weir_history_activity_async (WeirHistory *self,
                                  WeirAccount *account,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GHashTable *weir_history_activity_finish (WeirHistory *self,
                                          GAsyncResult *result,
                                          GError **error); /* subscription id → WeirActivity */

/* error groups' lifecycle: "open", "acknowledged", "resolved", "ignored" */
typedef struct
{
  char *state;
  gint64 seen_at; /* µs, as given with the state: a newer error than this was not known then */
} WeirErrorMark;
void weir_error_mark_free (WeirErrorMark *self);
gboolean weir_history_set_error_state (WeirHistory *self,
                                       const char *group,
                                       const char *state,
                                       gint64 seen_at,
                                       GError **error);
GHashTable *weir_history_list_error_states (WeirHistory *self,
                                            GError **error); /* key_text → WeirErrorMark */

gboolean weir_history_remove_account (WeirHistory *self, const char *uuid, GError **error);
void weir_history_remove_account_async (WeirHistory *self,
                                        const char *uuid,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
weir_history_remove_account_finish (WeirHistory *self, GAsyncResult *result, GError **error);
/* What is kept, as far as pages tell it: of all accounts, and of each that has events. */
typedef struct
{
  WeirAccount *account; /* transfer none, lives as long as the history; NULL for all together */
  guint64 n_events;
  guint64 n_bytes; /* in the file, without what is made of words */
  gint64 oldest;   /* µs; 0: no events */
  gint64 newest;
  guint64
      n_indexed; /* of all together: events in pages that a search for words may pass over unread */
} WeirHistoryStats;
/* (element-type WeirHistoryStats) all together first */
GArray *weir_history_get_stats (WeirHistory *self, GError **error);
void weir_history_get_stats_async (WeirHistory *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GArray *weir_history_get_stats_finish (WeirHistory *self, GAsyncResult *result, GError **error);

typedef struct
{
  guint64 n_events; /* that went */
  gint64 up_to;     /* the newest of their times, µs; 0: none went */
} WeirTrimResult;
/* Deletes what occurred before a time (0: no such bound), and the oldest of what is beyond so many bytes (0: no such bound),
 * of an account or (NULL) of all together, a few pages at a time. */
gboolean weir_history_trim (WeirHistory *self,
                            WeirAccount *account,
                            gint64 older_than,
                            guint64 max_bytes,
                            WeirTrimResult *trimmed,
                            GError **error);
void weir_history_trim_async (WeirHistory *self,
                              WeirAccount *account,
                              gint64 older_than,
                              guint64 max_bytes,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* trimmed is filled in on an error too */
gboolean weir_history_trim_finish (WeirHistory *self,
                                   GAsyncResult *result,
                                   WeirTrimResult *trimmed,
                                   GError **error);
gboolean weir_history_rename_account (WeirHistory *self, WeirAccount *account, GError **error);
void weir_history_rename_account_async (WeirHistory *self,
                                        WeirAccount *account,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
weir_history_rename_account_finish (WeirHistory *self, GAsyncResult *result, GError **error);

G_END_DECLS

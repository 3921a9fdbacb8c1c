/* weir-session-private.h: what WeirMonitor alone does with a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-choices.h"
#include "weir-pull-watch.h"
#include "weir-session.h"

G_BEGIN_DECLS

/* Signal "appended" (guint added): events came into the history; "listed" (int kind): a list has come
 * and is in its set. sets: subscriptions, pulls, connections. */
WeirSession *weir_session_new (WeirAccount *account, WeirHistory *history, WeirRecordSet *sets[3]);
void weir_session_start (WeirSession *self);
void weir_session_stop (WeirSession *self);
void weir_session_set_watched (WeirSession *self, gboolean watched, const WeirRefresh *refresh);
void weir_session_put (WeirSession *self, WeirRecord *record);
void weir_session_drop (WeirSession *self, WeirRecord *record);
void weir_session_read (WeirSession *self, WeirRecordKind kind, const char *id);
WeirPullWatch *weir_session_get_pull_watch (WeirSession *self); /* transfer none, nullable */
gint weir_session_get_set_index (WeirRecordKind kind);          /* of its set, or -1 */

G_END_DECLS

/* weir-session.h: one account, kept fresh
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account-state.h"
#include "weir-follower.h"
#include "weir-record-set.h"

G_BEGIN_DECLS

#define WEIR_TYPE_SESSION (weir_session_get_type ())
G_DECLARE_FINAL_TYPE (WeirSession, weir_session, WEIR, SESSION, GObject)

/* Made by WeirMonitor. Refreshes subscriptions and pulls as often as WeirRefresh says (1 s while a pull of it is active),
 * connections a third as often, sooner on hints; backs off while the account is not reachable (1 s to 60 s; Retry-After obeyed) and keeps what was last known.
 * Signal "changed": anything of the getters. */
WeirAccount *weir_session_get_account (WeirSession *self);
WeirProvider *
weir_session_get_provider (WeirSession *self); /* transfer none; NULL until the secret is known */
WeirAccountState weir_session_get_state (WeirSession *self);
const GError *weir_session_get_error (
    WeirSession *self); /* (nullable) the reason of the state: a provider's or a secrets' error */
gint64 weir_session_get_since (WeirSession *self);
gint64 weir_session_get_next_try (WeirSession *self); /* 0: none planned */
gint64 weir_session_get_latency (WeirSession *self);  /* ms, -1 unknown */
gboolean weir_session_is_loaded (WeirSession *self,
                                 WeirRecordKind kind); /* a first list has arrived */
const GError *
weir_session_get_list_error (WeirSession *self,
                             WeirRecordKind kind); /* (nullable) why the last list of it failed */
GPtrArray *
weir_session_get_followers (WeirSession *self); /* (element-type WeirFollower) transfer none */
void weir_session_retry (WeirSession *self);    /* now, also after a new secret was stored */
void weir_session_refresh (WeirSession *self, WeirRecordKind kind);

G_END_DECLS

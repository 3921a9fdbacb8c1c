/* weir-hub-store.h: everything the hub remembers, in one SQLite file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "weir-hub-document.h"
#include "weir-sqlite.h"

G_BEGIN_DECLS

/* Signals, always after the commit:
 *   "element" (const char *type, const char *id)   an element was made, changed or removed
 *   "change"  (WeirHubChange *change)              a record of a source changed
 *   "foreign"                                      another process wrote to the file */
#define WEIR_TYPE_HUB_STORE (weir_hub_store_get_type ())
G_DECLARE_FINAL_TYPE (WeirHubStore, weir_hub_store, WEIR, HUB_STORE, GObject)

WeirHubStore *weir_hub_store_new (const char *path, GError **error);

/* ids: 24 hex digits, the first 8 the seconds of `time` (µs; 0 = now). With a seed they, and what
 * else is drawn from weir_hub_store_random(), are the same at every run; then time 0 is a fixed day. */
void weir_hub_store_set_seed (WeirHubStore *self, guint32 seed);
guint32 weir_hub_store_random (WeirHubStore *self);
char *weir_hub_store_new_id (WeirHubStore *self, gint64 time);
char *weir_hub_store_new_uuid (WeirHubStore *self);
gint64 weir_hub_store_next_number (WeirHubStore *self, const char *counter); /* 1, 2, 3… kept */

/* Writes between begin and commit are one transaction (they nest); alone each is one. A write that
 * fails is a GError, and the whole transaction is undone by the commit, which then fails too. */
void weir_hub_store_begin (WeirHubStore *self);
void weir_hub_store_fail (WeirHubStore *self, const GError *error); /* nothing for NULL */
/* What was wrong with a write whose error nobody took, NULL if nothing: asked before it is said to
 * be done. It is forgotten then. */
char *weir_hub_store_steal_lost (WeirHubStore *self);
gboolean weir_hub_store_commit (WeirHubStore *self, GError **error);

/* A long write, in steps of a little each: FALSE when there is no more to do. */
typedef gboolean (*WeirHubWorkStep) (gpointer user_data, GError **error);
typedef void (*WeirHubWorkEnd) (gpointer user_data, const GError *error); /* error (nullable) */
void weir_hub_store_add_work (WeirHubStore *self,
                              WeirHubWorkStep step,
                              WeirHubWorkEnd end,
                              gpointer user_data);
void weir_hub_store_stop_work (WeirHubStore *self);

/* Elements: JSON documents by (type, id). The types are the platforms' own element names. */
#define WEIR_HUB_CUSTOMER "customer"
#define WEIR_HUB_INTEGRATION "integration"
#define WEIR_HUB_CONNECTION "connection"
#define WEIR_HUB_CONNECTION_REQUEST "connection-request"
#define WEIR_HUB_EVENT_SUBSCRIPTION "external-event-subscription"
#define WEIR_HUB_EVENT_PULL "external-event-pull"
#define WEIR_HUB_EVENT_LOG "external-event-log-record"
#define WEIR_HUB_WEBHOOK "incoming-webhook-log-record"
#define WEIR_HUB_APP_EVENT_TYPE "app-event-type"
#define WEIR_HUB_APP_EVENT_SUBSCRIPTION "app-event-subscription"
#define WEIR_HUB_APP_EVENT "app-event-log-record"
#define WEIR_HUB_FLOW_RUN "flow-run"
#define WEIR_HUB_SOURCE "source"

gboolean weir_hub_store_put (WeirHubStore *self,
                             const char *type,
                             const char *id,
                             const char *text,
                             gint64 time,
                             GError **error); /* new or whole; time µs of making, 0 = now */
gboolean weir_hub_store_merge (WeirHubStore *self,
                               const char *type,
                               const char *id,
                               const char *patch,
                               GError **error);
gboolean
weir_hub_store_remove (WeirHubStore *self, const char *type, const char *id, GError **error);
WeirHubDocument *weir_hub_store_get (WeirHubStore *self, const char *type, const char *id);

typedef struct _WeirHubQuery WeirHubQuery;
WeirHubQuery *weir_hub_query_new (const char *type);
void weir_hub_query_free (WeirHubQuery *self);
void weir_hub_query_add_equal (WeirHubQuery *self, const char *member, const char *value);
void weir_hub_query_add_absent (WeirHubQuery *self, const char *member); /* or false */
void weir_hub_query_add_present (WeirHubQuery *self, const char *member);
void weir_hub_query_set_search (WeirHubQuery *self, const char *text);     /* in name and key */
void weir_hub_query_set_time (WeirHubQuery *self, gint64 from, gint64 to); /* 0 = open */
void weir_hub_query_set_after (WeirHubQuery *self, gint64 sequence);
void weir_hub_query_set_ascending (WeirHubQuery *self, gboolean ascending); /* newest first else */
void weir_hub_query_set_limit (WeirHubQuery *self, guint limit);            /* 0 = all */
/* Stops once the documents are larger than that together, 0 = never; then was_cut() is TRUE. */
void weir_hub_query_set_max_size (WeirHubQuery *self, gsize bytes);
gboolean weir_hub_query_was_cut (WeirHubQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHubQuery, weir_hub_query_free)

GPtrArray *weir_hub_store_list (WeirHubStore *self, WeirHubQuery *query); /* of WeirHubDocument */
WeirHubDocument *weir_hub_store_find (WeirHubStore *self, WeirHubQuery *query); /* (nullable) */

/* Settings: tokens, the workspace's key and secret, counters. Secrets are drawn from the kernel
 * once and stay; the file is 0600. */
char *weir_hub_store_dup_setting (WeirHubStore *self, const char *key);
void weir_hub_store_set_setting (WeirHubStore *self, const char *key, const char *value);
char *weir_hub_store_dup_secret (WeirHubStore *self, const char *key, const char *prefix);

WeirDatabase *weir_hub_store_get_database (WeirHubStore *self);
const char *weir_hub_store_get_path (WeirHubStore *self);

G_END_DECLS

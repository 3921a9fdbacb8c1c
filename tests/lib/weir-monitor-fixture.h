/* weir-monitor-fixture.h: a monitor with one account, at a small Membrane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"
#include "weir-test-loop.h"

G_BEGIN_DECLS

/* A Membrane of two subscriptions, s1 and s2, and a connection c1, as far as these tests go. */
typedef struct
{
  SoupServer *soup;
  GHashTable *counts; /* "GET /path" → requests */
  guint status;       /* not 0: the answer to everything */
  const char *retry_after;
  const char *s1_status;
  guint n_pulls;
  guint n_looks;  /* at the last pull */
  guint n_failed; /* pulls, the first ones, that end in error */
  guint n_events;
  gboolean refuses; /* actions */
  gboolean holds;   /* lists of subscriptions and actions, until let go */
  GPtrArray *held;  /* messages */
} SmallMembrane;

typedef struct
{
  char *folder;
  char *uri;
  SmallMembrane server;
  WeirAccountStore *store;
  WeirHistory *history;
  WeirMonitor *monitor;
  WeirAccount *account;
  guint n_changed;
  guint n_busy;
  guint appended;
} MonitorFixture;

void small_membrane_answer (SoupServerMessage *message, guint status, const char *text);
void small_membrane_let_go (SmallMembrane *server);
guint monitor_fixture_count (MonitorFixture *fixture, const char *key);
guint monitor_fixture_count_all (MonitorFixture *fixture);
char *monitor_fixture_dup_uri (SoupServer *soup);
WeirAccount *monitor_fixture_make_account (const char *uuid,
                                           const char *name,
                                           const char *provider,
                                           const char *uri,
                                           gboolean ro);
void monitor_fixture_set_up (MonitorFixture *fixture, gconstpointer data);
void monitor_fixture_tear_down (MonitorFixture *fixture, gconstpointer data);
void monitor_fixture_add (MonitorFixture *fixture);
WeirSession *monitor_fixture_get_session (MonitorFixture *fixture);
WeirAccountState monitor_fixture_get_state (MonitorFixture *fixture);
gboolean monitor_fixture_is_loaded (MonitorFixture *fixture);
WeirRecord *monitor_fixture_find (MonitorFixture *fixture, WeirRecordKind kind, const char *id);
const char *monitor_fixture_get_s1_status (MonitorFixture *fixture);
const char *monitor_fixture_get_pull_status (MonitorFixture *fixture, const char *id);
void monitor_fixture_act (MonitorFixture *fixture, WeirAction action, GAsyncResult **result);

G_END_DECLS

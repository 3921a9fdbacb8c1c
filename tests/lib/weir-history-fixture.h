/* weir-history-fixture.h: a history in a folder of its own, and events to put into it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"

G_BEGIN_DECLS

#define HISTORY_TIME G_GINT64_CONSTANT (1731263880000000)     /* 2024-11-10T18:38:00Z */
#define HISTORY_OBSERVED G_GINT64_CONSTANT (1731263950000000) /* 70 s later */

typedef struct
{
  char *folder;
  char *path;
  WeirHistory *history;
  WeirAccount *account; /* a Sequin account "Acme", uuid-1 */
} HistoryFixture;

void history_fixture_set_up (HistoryFixture *fixture, gconstpointer data);
void history_fixture_tear_down (HistoryFixture *fixture, gconstpointer data);

WeirAccount *history_make_account (const char *uuid, const char *name);
/* second: after HISTORY_TIME; data: JSON */
WeirEvent *history_make_event (WeirAccount *account,
                               const char *id,
                               const char *kind,
                               const char *sync,
                               const char *collection,
                               int second,
                               const char *data);
/* "e0", "e1"… from a number on, within one minute */
GPtrArray *history_make_events (WeirAccount *account, guint first, guint n);
WeirEventRows *history_make_rows (WeirAccount *account, guint first, guint n);

/* takes the events; must succeed */
WeirAppendResult history_append (WeirHistory *history,
                                 WeirAccount *account,
                                 const char *asked_with,
                                 GPtrArray *events,
                                 const char *next_cursor,
                                 const char *known_cursor);
void history_check_append (WeirAppendResult result, guint added, guint changed, const char *cursor);
void history_check_cursor (WeirHistory *history, WeirAccount *account, const char *expected);

G_END_DECLS

/* weir-state-change.h: a record was in one state, and then in another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

#define WEIR_TYPE_STATE_CHANGE (weir_state_change_get_type ())
G_DECLARE_FINAL_TYPE (WeirStateChange, weir_state_change, WEIR, STATE_CHANGE, GObject)

/* What a record is called that its account does not list any more. */
#define WEIR_STATE_REMOVED "removed"

/* Immutable once it is made; any thread. */
struct _WeirStateChange
{
  GObject parent_instance;

  gint64 number; /* growing as they were noticed; 0: not kept */
  WeirAccount *account;
  WeirRecordKind kind; /* SUBSCRIPTION, PULL or CONNECTION */
  char *id;
  char *name;
  char *subscription; /* what it belongs to: ids, "" where there is none */
  char *connection;
  char *integration;
  char *before; /* (nullable): a word as records have it; NULL: seen for the first time */
  char *after;
  char *error;        /* (nullable): the leaf's message, from now on */
  gint64 at;          /* µs: when it happened, as well as that is known */
  gint64 noticed_at;  /* µs */
  gboolean uncertain; /* nothing but when it was noticed is known: Weir did not look for a while */
};

/* what a record is now; kept by weir_history_put_states() where that is news */
WeirStateChange *weir_state_change_new (WeirRecord *record, gint64 now, gboolean uncertain);
WeirStateChange *weir_state_change_new_removed (WeirRecord *record, gint64 now, gboolean uncertain);
gboolean weir_state_change_is_bad (WeirStateChange *self);   /* from then on something is wrong */
const char *weir_record_get_state_word (WeirRecord *record); /* transfer none, nullable */
void weir_state_change_write (WeirStateChange *self, WeirJsonWriter *writer, const char *key);

G_END_DECLS

/* weir-details.h: what is known about a thing, as labels and values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-error-group.h"
#include "weir-event.h"
#include "weir-gap.h"
#include "weir-pull-run.h"
#include "weir-session.h"
#include "weir-table.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_DETAIL_TEXT,
  WEIR_DETAIL_CODE,   /* ids and addresses: one letter width */
  WEIR_DETAIL_STATUS, /* a state, with its look */
  WEIR_DETAIL_TIME,   /* with how long ago it was */
  WEIR_DETAIL_DUE,    /* a time that is counted down to */
  WEIR_DETAIL_RECORD, /* a record that can be looked at */
  WEIR_DETAIL_SEARCH, /* leads to a page, narrowed to what belongs to this */
  WEIR_DETAIL_URI,    /* can be opened in a browser */
} WeirDetailType;

typedef struct
{
  WeirDetailType type;
  char *label;
  char *text; /* what is shown and copied; of a time its absolute form */
  gint64 time;
  WeirCellLook look;   /* STATUS */
  WeirRecordKind kind; /* RECORD */
  char *
      id; /* RECORD: its id; SEARCH: the text to search for; TEXT: (nullable) as it was sent, to be copied */
  const char *page; /* SEARCH */
} WeirDetail;

typedef struct
{
  char *title;        /* (nullable) */
  GPtrArray *details; /* (element-type WeirDetail) */
} WeirDetailGroup;

/* (element-type WeirDetailGroup): of a WeirRecord, a WeirErrorGroup, a WeirSession or a WeirGap; the groups without details are
 * left out. provider (nullable): its platform's; what it does not list cannot be looked at either, so there is no link to it. */
GPtrArray *weir_details_collect (gpointer object, WeirProvider *provider);
/* records that are told by their id get the name that one of the account's connections knows */
void weir_details_add_names (GPtrArray *groups, WeirAccount *account, GListModel *connections);
/* of an event: the run that collected it, beside its subscription */
void weir_details_add_pull (GPtrArray *groups, WeirPullRun *pull);
/* of a gap: its subscription's name, and why it cannot be filled; both nullable */
void weir_details_add_filling (GPtrArray *groups, const char *subscription, const char *obstacle);
/* of a subscription that is silent: what is said of that, behind its status */
void weir_details_add_silence (GPtrArray *groups, const char *text);
gboolean weir_details_same_rows (GPtrArray *a, GPtrArray *b); /* the same labels, types and links */

G_END_DECLS

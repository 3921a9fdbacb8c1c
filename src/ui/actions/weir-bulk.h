/* weir-bulk.h: one action on many records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_BULK_WAITING,
  WEIR_BULK_REFUSED, /* it cannot be done, and is not tried; message says why */
  WEIR_BULK_RUNNING,
  WEIR_BULK_DONE,
  WEIR_BULK_FAILED, /* message says why */
} WeirBulkState;

/* Signal "changed". */
#define WEIR_TYPE_BULK_ITEM (weir_bulk_item_get_type ())
G_DECLARE_FINAL_TYPE (WeirBulkItem, weir_bulk_item, WEIR, BULK_ITEM, GObject)

struct _WeirBulkItem
{
  GObject parent_instance;

  WeirRecord *record;
  WeirBulkState state;
  char *message;      /* (nullable) */
  WeirRecord *answer; /* (nullable) what came back */
};

/* Runs a few at a time, in order; nothing is repeated. The application does not end before it has. Signals: "changed" (the counts), "finished". */
#define WEIR_TYPE_BULK (weir_bulk_get_type ())
G_DECLARE_FINAL_TYPE (WeirBulk, weir_bulk, WEIR, BULK, GObject)

WeirBulk *weir_bulk_new (WeirMonitor *monitor, WeirAction action, GPtrArray *records);
void weir_bulk_start (WeirBulk *self);
void weir_bulk_stop (WeirBulk *self); /* what runs is waited for; nothing more is begun */
WeirAction weir_bulk_get_action (WeirBulk *self);
GListModel *weir_bulk_get_items (WeirBulk *self); /* WeirBulkItem; transfer none */
guint weir_bulk_count (WeirBulk *self, WeirBulkState state);
gboolean weir_bulk_is_started (WeirBulk *self);
gboolean weir_bulk_is_finished (WeirBulk *self);
char *weir_bulk_dup_summary (WeirBulk *self); /* "18 done, 2 failed" */

G_END_DECLS

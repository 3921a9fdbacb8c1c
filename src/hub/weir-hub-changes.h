/* weir-hub-changes.h: the one event log: what changed in the records of the sources
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-store.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_HUB_CREATED,
  WEIR_HUB_UPDATED,
  WEIR_HUB_DELETED,
} WeirHubChangeKind;

/* Each source feeds one face; the face makes its own events of the source's changes, from the
 * store's signal "change" or by reading on from the sequence it has come to. */
typedef struct
{
  gint64 sequence; /* grows for ever; no gaps promised */
  gint64 time;     /* µs, when the hub saw it */
  WeirHubChangeKind kind;
  char *source;
  char *face;    /* "membrane", "sequin" or "oracle" */
  char *record;  /* its id, as text */
  char *updated; /* (nullable) the record's own time of change, as its source writes it */
  char *body;    /* the record's JSON, exactly as it came; of a deleted one, as last known */
} WeirHubChange;

void weir_hub_change_free (WeirHubChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHubChange, weir_hub_change_free)
const char *weir_hub_change_kind_to_string (WeirHubChangeKind kind); /* "created"… */

/* What to read: zero or NULL means "any". */
typedef struct
{
  const char *face;
  const char *source;
  const char *const *sources; /* one of these; an empty list is none */
  int kind;                   /* a WeirHubChangeKind, or -1 for any */
  gboolean latest;            /* only the last change of each record */
  gint64 after;
  guint limit;
} WeirHubChangeQuery;

GPtrArray *weir_hub_store_list_changes (WeirHubStore *self, const WeirHubChangeQuery *query);
gint64 weir_hub_store_get_last_change (WeirHubStore *self, const char *source); /* 0: none */

void weir_hub_store_forget_source (WeirHubStore *self, const char *source);

G_END_DECLS

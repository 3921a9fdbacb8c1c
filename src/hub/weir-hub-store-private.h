/* weir-hub-store-private.h: what the store's own files share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-changes.h"

G_BEGIN_DECLS

struct _WeirHubStore
{
  GObject parent_instance;

  WeirDatabase *db;
  GRand *rand;        /* NULL: not seeded */
  GPtrArray *notices; /* signals to emit after the commit */
  GError *failure;    /* the first write that failed in the open transaction */
  char *lost;         /* what was wrong with the last transaction whose error nobody took */
  guint depth;
  guint foreign_source;
  gint64 data_version;
  GQueue work; /* what is under way in steps */
  guint work_source;
  GError *work_stopped; /* set once there is no more of it */
};

/* Ends what weir_hub_store_begin() opened for one write; takes failure. */
gboolean weir_hub_store_write (WeirHubStore *self, gboolean done, GError *failure, GError **error);
/* A statement whose parameters are all strings, bound for as long as `values` lives. */
WeirStatement *
weir_hub_store_prepare (WeirHubStore *self, const char *sql, GPtrArray *values, GError **error);
gboolean weir_hub_store_log_change (WeirHubStore *self,
                                    WeirHubChangeKind kind,
                                    const char *source,
                                    const char *face,
                                    const char *record,
                                    const char *updated, /* (nullable) */
                                    const char *body,
                                    GError **error);
/* takes change */
void weir_hub_store_note_change (WeirHubStore *self, WeirHubChange *change);

G_END_DECLS

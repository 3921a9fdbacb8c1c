/* weir-history-lane.h: one connection and the one thread that works on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-sqlite.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Jobs on one lane run one after the other; those of different lanes do not wait for each other. */
typedef struct _WeirHistoryLane WeirHistoryLane;

/* owner: the source object of the task. Returns NULL with an error, or a result. */
typedef gpointer (*WeirHistoryJob) (gpointer owner,
                                    WeirDatabase *db,
                                    gpointer data,
                                    GError **error);

WeirHistoryLane *weir_history_lane_new (const char *path, gboolean writes);
void weir_history_lane_free (WeirHistoryLane *self);
gboolean weir_history_lane_is_read_only (WeirHistoryLane *self);
gboolean weir_history_lane_open (WeirHistoryLane *self, GError **error);
gpointer weir_history_lane_call (WeirHistoryLane *self,
                                 WeirHistoryJob job,
                                 gpointer owner,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);
void weir_history_lane_push (WeirHistoryLane *self,
                             WeirHistoryJob job,
                             GTask *task, /* transfer full */
                             GDestroyNotify free_result);

G_END_DECLS

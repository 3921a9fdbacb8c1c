/* weir-timeline-model-private.h: what the parts of the timeline's model share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-timeline-ask.h"
#include "weir-timeline-cache.h"
#include "weir-timeline-model.h"
#include "weir-timeline-rows.h"

G_BEGIN_DECLS

struct _WeirTimelineModel
{
  GObject parent_instance;

  WeirHistory *history;
  WeirTimelineCache *cache;
  GtkWidget *pacer;             /* (nullable) weak */
  WeirTimelineFindEnd find_end; /* (nullable) */
  gpointer find_end_data;
  WeirQuery *query; /* (nullable) */
  gboolean active;
  gboolean following;

  WeirTimelineRows *rows;
  GHashTable *gap_rows; /* a gap's id → WeirRow */
  GHashTable *filling;  /* ids of gaps that are asked for now */
  guint64 received;     /* events in the history when rows' index was made */
  GError *error;
  gboolean loading; /* no answer to the query yet */
  guint limit;      /* no more than so many rows were asked for; 0: all */
  gboolean partial; /* of the answer the first rows only */

  GCancellable *cancellable;  /* (nullable) of the question that is asked now */
  WeirTimelineAnswer *answer; /* (nullable) waits for a frame */
  guint n_ready;              /* events that are loaded for it */
  gboolean dirty;             /* news came since the question */
  gint64 renewed_at;          /* monotonic */
  gint64 replaced_at;         /* monotonic */
  gint64 changed_at;          /* monotonic */
  guint changed_id;
  guint tick_id;
  guint timeout_id;

  gint64 asked_at; /* when all of the query was asked last, µs */
  guint moves_id;  /* of a query whose times go with the time */

  GCancellable *gaps_cancellable; /* (nullable) */
  gboolean gaps_dirty;
  gboolean gaps_fresh; /* those of another query, or those of now, are wanted in any case */
};

/* weir-timeline-model-rows.c */
void weir_timeline_model_apply (WeirTimelineModel *self, WeirTimelineAnswer *answer);
void weir_timeline_model_set_gaps (WeirTimelineModel *self, GPtrArray *gaps);

G_END_DECLS

/* weir-histogram-view-private.h: what the parts of the drawn histogram share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-histogram-view.h"

G_BEGIN_DECLS

#define WEIR_NO_BIN G_MAXUINT

struct _WeirHistogramView
{
  GtkWidget parent_instance;

  int height;
  char *name;
  WeirHistogram *histogram; /* (nullable) */
  char **names;             /* (nullable) of the groups */
  GArray *hatches;          /* (nullable) (element-type WeirHatch) */
  guint highest;
  guint bins;
  guint bins_id;
  guint current; /* the bar under the pointer or the keyboard's */
  /* the chosen span: both ends are in it, in any order; as times, since bars move on */
  gboolean selecting;
  gint64 anchor;
  gint64 other;
  gboolean dragging;
  gboolean zoomed;
};

/* weir-histogram-view.c */
double weir_histogram_view_get_bar_width (WeirHistogramView *self);
double weir_histogram_view_get_x (WeirHistogramView *self, double share); /* of the span, 0 to 1 */
gboolean weir_histogram_view_is_rtl (WeirHistogramView *self);
guint weir_histogram_view_find_bin (WeirHistogramView *self, double x);
void weir_histogram_view_set_current (WeirHistogramView *self, guint bin);
void weir_histogram_view_say (WeirHistogramView *self);
gboolean weir_histogram_view_get_selection (WeirHistogramView *self, guint *first, guint *last);
char *weir_histogram_view_dup_selection_text (WeirHistogramView *self);
void weir_histogram_view_emit (WeirHistogramView *self,
                               const char *signal,
                               guint first_bin,
                               guint last_bin);

/* weir-histogram-draw.c */
void weir_histogram_view_draw (WeirHistogramView *self, GtkSnapshot *snapshot);

/* weir-histogram-brush.c */
void weir_histogram_view_add_brush (WeirHistogramView *self);

G_END_DECLS

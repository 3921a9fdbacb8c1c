/* weir-coverage-strip.c: a subscription's coverage, drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-coverage-strip.h"

#include "weir-appearance.h"
#include "weir-chart-draw.h"
#include "weir-coverage-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define TOP 3   /* px above the band, for what is pointed at */
#define BAND 22 /* px */
#define MARK 2  /* px */
#define NO_SPAN G_MAXUINT

struct _WeirCoverageStrip
{
  GtkWidget parent_instance;

  GArray *spans;    /* (element-type WeirCoverageSpan) */
  GPtrArray *pulls; /* (element-type WeirPullRun) */
  gint64 from;
  gint64 to;
  GArray *pieces; /* (nullable) (element-type WeirCoveragePiece) for a width */
  guint width;
  guint current; /* the span under the pointer or the keyboard's */
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirCoverageStrip, weir_coverage_strip, GTK_TYPE_WIDGET)

static const WeirCoverageSpan *
get_span (WeirCoverageStrip *self, guint i)
{
  return &g_array_index (self->spans, WeirCoverageSpan, i);
}

static gboolean
is_rtl (WeirCoverageStrip *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static GArray *
get_pieces (WeirCoverageStrip *self)
{
  guint width = (guint) gtk_widget_get_width (GTK_WIDGET (self));

  if (self->pieces != NULL && self->width == width)
    return self->pieces;

  g_clear_pointer (&self->pieces, g_array_unref);
  self->pieces = weir_coverage_bin (self->spans, self->from, self->to, width);
  self->width = width;

  return self->pieces;
}

static gint64
get_time (WeirCoverageStrip *self, double x)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  double share = CLAMP (x / width, 0, 1);

  return self->from
         + (gint64) ((is_rtl (self) ? 1 - share : share) * (double) (self->to - self->from));
}

/* A short hole is drawn wider than it is: what is seen there is meant. */
static guint
find_span (WeirCoverageStrip *self, double x)
{
  GArray *pieces = get_pieces (self);
  double column = is_rtl (self) ? self->width - 1 - floor (x) : floor (x);
  gint64 time = get_time (self, x);
  gint64 nearest = G_MAXINT64;
  guint found = NO_SPAN;

  for (guint i = 0; i < pieces->len; i++)
    {
      const WeirCoveragePiece *piece = &g_array_index (pieces, WeirCoveragePiece, i);

      if (column < piece->x || column >= piece->x + piece->width)
        continue;
      for (guint j = 0; j < self->spans->len; j++)
        {
          const WeirCoverageSpan *span = get_span (self, j);
          gint64 distance = MAX (MAX (span->from - time, time - span->to), 0);

          if (span->kind == piece->kind && distance < nearest)
            {
              nearest = distance;
              found = j;
            }
        }
    }

  return found;
}

static char *
dup_text (WeirCoverageStrip *self, guint span, gint64 time)
{
  g_autoptr (GPtrArray) pulls = weir_coverage_find_pulls (self->pulls, get_span (self, span));
  g_autofree char *line = weir_coverage_dup_line (get_span (self, span));
  g_autofree char *cause = weir_coverage_dup_cause (get_span (self, span), pulls, time);

  return cause[0] != '\0' ? g_strdup_printf ("%s\n%s", line, cause) : g_steal_pointer (&line);
}

/* Tells assistive technology what the keys are at, or the whole in words. */
static void
say (WeirCoverageStrip *self)
{
  g_autofree char *text = self->current != NO_SPAN ? dup_text (self, self->current, 0)
                                                   : weir_coverage_dup_summary (self->spans);
  /* Translators: what is known of the times for which a subscription was pulled */
  g_autofree char *name = g_strdup_printf (_ ("Coverage: %s"), text);

  /* Older GTK tells the values of its own widgets only, so the name says it too. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
      0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) MAX (self->spans->len, 1) - 1,
      GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->current != NO_SPAN ? (double) self->current : 0.0,
      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
set_current (WeirCoverageStrip *self, guint span)
{
  if (self->current == span)
    return;

  self->current = span;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
}

static gboolean
query_tooltip_cb (WeirCoverageStrip *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  guint span = keyboard ? self->current : find_span (self, x);
  g_autofree char *text = NULL;

  if (span == NO_SPAN)
    return FALSE;

  text = dup_text (self, span, keyboard ? 0 : get_time (self, x));
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
motion_cb (WeirCoverageStrip *self, double x, double y)
{
  set_current (self, find_span (self, x));
}

/* Neither the pointer nor the keys: it is read as a whole again. */
static void
leave_cb (WeirCoverageStrip *self)
{
  set_current (self, NO_SPAN);
  say (self);
}

static void
released_cb (WeirCoverageStrip *self, int n_press, double x, double y)
{
  guint span = find_span (self, x);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  set_current (self, span);
  say (self);
  if (span != NO_SPAN)
    g_signal_emit (self, signals[ACTIVATED], 0, span, get_time (self, x));
}

static void
move_to (WeirCoverageStrip *self, guint span)
{
  set_current (self, span);
  say (self);
}

static gboolean
key_cb (WeirCoverageStrip *self, guint keyval, guint keycode, GdkModifierType state)
{
  guint n = self->spans->len;
  gboolean forward;

  if (n == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      forward = (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right) != is_rtl (self);
      if (self->current >= n)
        move_to (self, n - 1);
      else if (forward)
        move_to (self, MIN (self->current + 1, n - 1));
      else
        move_to (self, self->current > 0 ? self->current - 1 : 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move_to (self, 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move_to (self, n - 1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (self->current < n)
        g_signal_emit (self, signals[ACTIVATED], 0, self->current, G_GINT64_CONSTANT (0));
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
append_frame (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ 1, 1, 1, 1 },
                              (GdkRGBA[]){ *color, *color, *color, *color });
}

static void
append_piece (WeirCoverageStrip *self, GtkSnapshot *snapshot, const WeirCoveragePiece *piece)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint x = is_rtl (self) ? self->width - piece->x - piece->width : piece->x;
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) x, TOP, (float) piece->width, BAND);
  const GdkRGBA none = { 0 };
  GdkRGBA strong;
  GdkRGBA weak;

  switch (piece->kind)
    {
    case WEIR_COVERAGE_COVERED:
      weir_chart_get_named_color (widget, "success_color", 0.85f, &strong);
      gtk_snapshot_append_color (snapshot, &strong, &area);
      break;

    case WEIR_COVERAGE_RUNNING:
      weir_chart_get_named_color (widget, "accent_color", 0.8f, &strong);
      weir_chart_get_named_color (widget, "accent_color", 0.3f, &weak);
      weir_chart_append_stripes (snapshot, &area, &strong, &weak, TRUE);
      break;

    case WEIR_COVERAGE_FAILED:
      weir_chart_get_named_color (widget, "error_color", 0.9f, &strong);
      weir_chart_get_named_color (widget, "error_color", 0.2f, &weak);
      weir_chart_append_stripes (snapshot, &area, &strong, &weak, FALSE);
      weir_chart_append_stripes (snapshot, &area, &strong, &none, TRUE);
      append_frame (snapshot, &area, &strong);
      break;

    case WEIR_COVERAGE_HOLE:
    default:
      weir_chart_get_named_color (widget, "warning_color", 0.5f, &strong);
      weir_chart_get_named_color (widget, "warning_color", 0.07f, &weak);
      weir_chart_append_stripes (snapshot, &area, &strong, &weak, FALSE);
      append_frame (snapshot, &area, &strong);
      break;
    }
}

static void
append_current (WeirCoverageStrip *self, GtkSnapshot *snapshot)
{
  const WeirCoverageSpan *span = get_span (self, self->current);
  double a = weir_chart_get_x (GTK_WIDGET (self), span->from, self->from, self->to);
  double b = weir_chart_get_x (GTK_WIDGET (self), span->to, self->from, self->to);
  float x = (float) floor (MIN (a, b));
  float width = (float) MAX (ceil (fabs (b - a)), 3);
  GdkRGBA color;

  weir_chart_get_color (GTK_WIDGET (self), 0.9f, &color);
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (x, 0, width, MARK));
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (x, TOP + BAND + 1, width, MARK));
}

static void
weir_coverage_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WeirCoverageStrip *self = WEIR_COVERAGE_STRIP (widget);
  int width = gtk_widget_get_width (widget);
  GArray *pieces;
  GdkRGBA ground;

  if (self->to <= self->from || width <= 0)
    return;

  weir_chart_append_axis (widget, snapshot, self->from, self->to, TOP);
  weir_chart_get_color (widget, 0.06f, &ground);
  gtk_snapshot_append_color (snapshot, &ground, &GRAPHENE_RECT_INIT (0, TOP, (float) width, BAND));
  pieces = get_pieces (self);
  for (guint i = 0; i < pieces->len; i++)
    append_piece (self, snapshot, &g_array_index (pieces, WeirCoveragePiece, i));
  if (self->current < self->spans->len)
    append_current (self, snapshot);
  if (gtk_widget_has_visible_focus (widget))
    gtk_snapshot_render_focus (snapshot, gtk_widget_get_style_context (widget), 0, 0, width,
                               gtk_widget_get_height (widget));
}

static void
weir_coverage_strip_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  int height = TOP + BAND + TOP + weir_chart_get_axis ();

  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? height : 60;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? height : 200;
}

static void
weir_coverage_strip_finalize (GObject *object)
{
  WeirCoverageStrip *self = WEIR_COVERAGE_STRIP (object);

  g_array_unref (self->spans);
  g_ptr_array_unref (self->pulls);
  g_clear_pointer (&self->pieces, g_array_unref);

  G_OBJECT_CLASS (weir_coverage_strip_parent_class)->finalize (object);
}

static void
weir_coverage_strip_class_init (WeirCoverageStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = weir_coverage_strip_finalize;
  widget_class->snapshot = weir_coverage_strip_snapshot;
  widget_class->measure = weir_coverage_strip_measure;
  gtk_widget_class_set_css_name (widget_class, "coverage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT64);
}

static void
weir_coverage_strip_init (WeirCoverageStrip *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->spans = g_array_new (FALSE, FALSE, sizeof (WeirCoverageSpan));
  self->pulls = g_ptr_array_new ();
  self->current = NO_SPAN;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  weir_appearance_connect (self, G_CALLBACK (gtk_widget_queue_draw));
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  say (self);
}

/**
 * weir_coverage_strip_new:
 *
 * Returns: (transfer floating): a strip of nothing
 */
GtkWidget *
weir_coverage_strip_new (void)
{
  return g_object_new (WEIR_TYPE_COVERAGE_STRIP, NULL);
}

static gboolean
has_current (WeirCoverageStrip *self, const WeirCoverageSpan *span)
{
  const WeirCoverageSpan *current =
      self->current < self->spans->len ? get_span (self, self->current) : NULL;

  return current != NULL && current->kind == span->kind && current->from < span->to
         && current->to > span->from;
}

/**
 * weir_coverage_strip_set:
 * @self: a strip
 * @spans: (element-type WeirCoverageSpan): what lies between @from and @to; kept, not to be changed
 * @pulls: (element-type WeirPullRun): the runs that made it so; likewise
 * @from: where the strip begins, µs
 * @to: where it ends, µs
 *
 * What was pointed at stays so where it is still there.
 */
void
weir_coverage_strip_set (WeirCoverageStrip *self,
                         GArray *spans,
                         GPtrArray *pulls,
                         gint64 from,
                         gint64 to)
{
  guint current = NO_SPAN;

  g_return_if_fail (WEIR_IS_COVERAGE_STRIP (self));

  for (guint i = 0; i < spans->len && current == NO_SPAN; i++)
    if (has_current (self, &g_array_index (spans, WeirCoverageSpan, i)))
      current = i;

  g_array_ref (spans);
  g_array_unref (self->spans);
  self->spans = spans;
  g_ptr_array_ref (pulls);
  g_ptr_array_unref (self->pulls);
  self->pulls = pulls;
  self->from = from;
  self->to = to;
  self->current = current;
  g_clear_pointer (&self->pieces, g_array_unref);
  say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* weir-scroll-proxy.c: keeps long lists from jumping while they are scrolled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In GTK before 4.10.1 a list that is given two scroll positions before it was laid out once misplaces itself by
 * thousands of rows (GNOME/gtk#2971). This stands between the scrolled window and the list, with an adjustment of its
 * own for the list, and hands on at most one position a frame.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-scroll-proxy.h"

#include "weir-row-focus.h"

struct _WeirScrollProxy
{
  GtkWidget parent_instance;

  GtkWidget *child;
  GtkAdjustment *hadjustment;
  GtkAdjustment *outer; /* the scrolled window's */
  GtkAdjustment *inner; /* the list's */
  guint tick_id;        /* a position waits to be handed on … */
  GdkFrameClock *clock; /* (nullable) … once this frame is laid out */
  gulong layout_id;
  gboolean following; /* outer is being set from inner */
};

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirScrollProxy,
                               weir_scroll_proxy,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* A list that has just lost all its rows cannot be scrolled, and GTK 4.8 complains where it is tried. */
static gboolean
is_empty (WeirScrollProxy *self)
{
  g_autoptr (GListModel) model = NULL;

  g_object_get (self->child, "model", &model, NULL);

  return model == NULL || g_list_model_get_n_items (model) == 0;
}

static void
stop_waiting (WeirScrollProxy *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  if (self->clock != NULL)
    g_clear_signal_handler (&self->layout_id, self->clock);
  g_clear_object (&self->clock);
}

static void
layout_cb (WeirScrollProxy *self)
{
  stop_waiting (self);
  if (self->outer != NULL && !is_empty (self))
    gtk_adjustment_set_value (self->inner, gtk_adjustment_get_value (self->outer));
}

/* New rows have no height before the layout: the list would not know that it has such a position. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WeirScrollProxy *self = WEIR_SCROLL_PROXY (widget);

  if (self->clock != NULL)
    return G_SOURCE_CONTINUE;

  self->clock = g_object_ref (clock);
  self->layout_id = g_signal_connect_swapped (clock, "layout", G_CALLBACK (layout_cb), self);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);

  return G_SOURCE_CONTINUE;
}

static void
outer_value_changed_cb (WeirScrollProxy *self)
{
  if (!self->following && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* The list was laid out, or moved by itself to keep the focus in sight. */
static void
inner_changed_cb (WeirScrollProxy *self)
{
  double value;

  if (self->outer == NULL)
    return;

  /* what waits is newer than what the list has */
  value = gtk_adjustment_get_value (self->tick_id != 0 ? self->outer : self->inner);
  self->following = TRUE;
  gtk_adjustment_configure (
      self->outer, value, gtk_adjustment_get_lower (self->inner),
      gtk_adjustment_get_upper (self->inner), gtk_adjustment_get_step_increment (self->inner),
      gtk_adjustment_get_page_increment (self->inner), gtk_adjustment_get_page_size (self->inner));
  self->following = FALSE;
}

static void
set_outer (WeirScrollProxy *self, GtkAdjustment *outer)
{
  if (self->outer == outer)
    return;

  if (self->outer != NULL)
    g_signal_handlers_disconnect_by_func (self->outer, outer_value_changed_cb, self);
  g_set_object (&self->outer, outer);
  if (outer != NULL)
    {
      inner_changed_cb (self);
      g_signal_connect_swapped (outer, "value-changed", G_CALLBACK (outer_value_changed_cb), self);
    }
}

static void
set_hadjustment (WeirScrollProxy *self, GtkAdjustment *hadjustment)
{
  g_set_object (&self->hadjustment, hadjustment);
  if (self->child != NULL)
    gtk_scrollable_set_hadjustment (GTK_SCROLLABLE (self->child), hadjustment);
}

static void
weir_scroll_proxy_dispose (GObject *object)
{
  WeirScrollProxy *self = WEIR_SCROLL_PROXY (object);

  stop_waiting (self);
  set_outer (self, NULL);
  g_clear_object (&self->hadjustment);
  if (self->inner != NULL)
    g_signal_handlers_disconnect_by_data (self->inner, self);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->inner);

  G_OBJECT_CLASS (weir_scroll_proxy_parent_class)->dispose (object);
}

static void
weir_scroll_proxy_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WeirScrollProxy *self = WEIR_SCROLL_PROXY (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;

    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->outer);
      break;

    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, GTK_SCROLL_MINIMUM);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
weir_scroll_proxy_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  WeirScrollProxy *self = WEIR_SCROLL_PROXY (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      set_hadjustment (self, g_value_get_object (value));
      break;

    case PROP_VADJUSTMENT:
      set_outer (self, g_value_get_object (value));
      break;

    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      /* the child has its own */
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* In GTK 4.8 Tab goes from row to row, and so never leaves a long list; the arrow keys do that. Whatever leads into it
 * leads to a row. */
static gboolean
weir_scroll_proxy_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WeirScrollProxy *self = WEIR_SCROLL_PROXY (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean inside = focus != NULL && gtk_widget_is_ancestor (focus, widget);

  if (inside && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return FALSE;
  if (!inside && weir_row_focus_enter (self->child))
    return TRUE;

  /* a scrolled window that has no place for the focus keeps it from going on */
  return GTK_WIDGET_CLASS (weir_scroll_proxy_parent_class)->focus (widget, direction)
         || (!inside && gtk_widget_grab_focus (self->child));
}

static void
weir_scroll_proxy_class_init (WeirScrollProxyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_scroll_proxy_dispose;
  object_class->get_property = weir_scroll_proxy_get_property;
  object_class->set_property = weir_scroll_proxy_set_property;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  GTK_WIDGET_CLASS (klass)->focus = weir_scroll_proxy_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
weir_scroll_proxy_init (WeirScrollProxy *self)
{
  self->inner = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_swapped (self->inner, "changed", G_CALLBACK (inner_changed_cb), self);
  g_signal_connect_swapped (self->inner, "value-changed", G_CALLBACK (inner_changed_cb), self);
}

/**
 * weir_scroll_proxy_fill:
 * @scroller: is to scroll
 * @child: (transfer floating): a list or column view
 *
 * Puts @child into @scroller, which does not take the focus by itself any more: it shows none, has no name, and its keys
 * are those of the rows.
 */
void
weir_scroll_proxy_fill (GtkScrolledWindow *scroller, GtkWidget *child)
{
  WeirScrollProxy *self;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));
  g_return_if_fail (GTK_IS_SCROLLABLE (child));

  self = g_object_new (WEIR_TYPE_SCROLL_PROXY, NULL);
  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  gtk_scrollable_set_vadjustment (GTK_SCROLLABLE (child), self->inner);
  gtk_scrolled_window_set_child (scroller, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (scroller), FALSE);
}

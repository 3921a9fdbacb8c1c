/* weir-cell.c: one cell of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GtkInscription, whose size does not depend on its text, so that new text never lays out the table anew; before it an
 * icon or a spinner, or a sparkline in its place.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-cell.h"

#include "weir-format.h"
#include "weir-row-focus.h"
#include "weir-sparkline.h"

#include <glib/gi18n-lib.h>

#define MAX_SPOKEN 120 /* characters; all of it is in the inspector */

/* px at the end of a row that a span leaves free, besides its button */
#define SPAN_END 16

struct _WeirCell
{
  GtkWidget parent_instance;

  WeirColumnFit *fit;
  const WeirColumn *column;
  gpointer user_data;
  GtkListItem *list_item; /* not owned: it owns the cell */
  WeirRow *row;           /* (nullable) */
  gulong changed_id;
  const char *css;            /* the look's class that is set now */
  const char *row_css;        /* the same for the row around it */
  char *span;                 /* (nullable) */
  graphene_rect_t span_place; /* in the row, as it was drawn last */
  GdkFrameClock *clock;       /* (nullable) while there is a span to be drawn */
  gulong layout_id;

  GtkWidget *icon;        /* (nullable) */
  GtkWidget *spinner;     /* (nullable) */
  GtkWidget *button;      /* (nullable) */
  GtkWidget *inscription; /* (nullable) */
  GtkWidget *sparkline;   /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WeirCell, weir_cell, GTK_TYPE_WIDGET)

/* The table's row around the table's own cell around this one; NULL while it is in none. */
static GtkWidget *
get_row_widget (WeirCell *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));

  return cell != NULL ? gtk_widget_get_parent (cell) : NULL;
}

static void
update_row_css (WeirCell *self, const char *css)
{
  GtkWidget *row = get_row_widget (self);

  if (row == NULL || g_strcmp0 (css, self->row_css) == 0)
    return;

  if (self->row_css != NULL)
    gtk_widget_remove_css_class (row, self->row_css);
  if (css != NULL)
    gtk_widget_add_css_class (row, css);
  self->row_css = g_intern_string (css);
}

static void
update_look (WeirCell *self, gpointer item)
{
  WeirCellLook look = { NULL, NULL, NULL, FALSE };

  self->column->look (item, self->user_data, &look);
  if (g_strcmp0 (look.css, self->css) != 0)
    {
      if (self->css != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self), self->css);
      if (look.css != NULL)
        gtk_widget_add_css_class (GTK_WIDGET (self), look.css);
      self->css = g_intern_string (look.css);
    }

  update_row_css (self, look.row_css);
  if (look.icon_name != NULL || look.spinning)
    weir_column_fit_see_icon (self->fit);
  /* widgets that few cells need are made when they are needed */
  if (look.icon_name != NULL && self->icon == NULL)
    {
      self->icon = gtk_image_new ();
      gtk_widget_insert_after (self->icon, GTK_WIDGET (self), NULL);
    }
  if (self->icon != NULL)
    {
      if (g_strcmp0 (look.icon_name, gtk_image_get_icon_name (GTK_IMAGE (self->icon))) != 0)
        gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), look.icon_name);
      gtk_widget_set_visible (self->icon, look.icon_name != NULL && !look.spinning);
    }
  /* a spinner costs a frame each frame, so there is one only where one is wanted */
  if (look.spinning && self->spinner == NULL)
    {
      self->spinner = gtk_spinner_new ();
      gtk_widget_insert_after (self->spinner, GTK_WIDGET (self), NULL);
      gtk_spinner_start (GTK_SPINNER (self->spinner));
    }
  else if (!look.spinning)
    {
      g_clear_pointer (&self->spinner, gtk_widget_unparent);
    }
}

/* The width of the buttons in ROW: their words are longer in some languages. */
static int
get_button_width (GtkWidget *row)
{
  int width = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *cell = gtk_widget_get_first_child (child);
      int natural;

      if (!WEIR_IS_CELL (cell) || WEIR_CELL (cell)->button == NULL
          || !gtk_widget_get_visible (WEIR_CELL (cell)->button))
        continue;
      gtk_widget_measure (WEIR_CELL (cell)->button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural,
                          NULL, NULL);
      width += natural;
    }

  return width;
}

/* Where the span has room in its row. */
static gboolean
find_span_place (WeirCell *self, graphene_rect_t *place)
{
  GtkWidget *row = get_row_widget (self);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  graphene_point_t start;
  float width;

  if (self->span == NULL || row == NULL
      || !gtk_widget_compute_point (
          self->inscription, row,
          &GRAPHENE_POINT_INIT (rtl ? (float) gtk_widget_get_width (self->inscription) : 0, 0),
          &start))
    return FALSE;

  width = rtl ? start.x : (float) gtk_widget_get_width (row) - start.x;
  width = MAX (width - SPAN_END - (float) get_button_width (row), 0);
  *place = GRAPHENE_RECT_INIT (rtl ? start.x - width : start.x, 0, width, 0);

  return TRUE;
}

/* GTK draws a cell again when that changes, but not when its neighbours or its row do. */
static void
layout_cb (WeirCell *self)
{
  graphene_rect_t place;

  if (find_span_place (self, &place) && !graphene_rect_equal (&place, &self->span_place))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
follow_layout (WeirCell *self, gboolean follow)
{
  GdkFrameClock *clock = follow ? gtk_widget_get_frame_clock (GTK_WIDGET (self)) : NULL;

  if (clock == self->clock)
    return;

  if (self->clock != NULL)
    g_clear_signal_handler (&self->layout_id, self->clock);
  g_set_object (&self->clock, clock);
  if (clock != NULL)
    self->layout_id = g_signal_connect_swapped (clock, "layout", G_CALLBACK (layout_cb), self);
}

static void
weir_cell_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (weir_cell_parent_class)->realize (widget);
  follow_layout (WEIR_CELL (widget), WEIR_CELL (widget)->span != NULL);
}

static void
weir_cell_unrealize (GtkWidget *widget)
{
  follow_layout (WEIR_CELL (widget), FALSE);
  GTK_WIDGET_CLASS (weir_cell_parent_class)->unrealize (widget);
}

/* GTK has no cells that take the room of others. */
static void
weir_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WeirCell *self = WEIR_CELL (widget);
  GtkWidget *row = get_row_widget (self);
  g_autoptr (PangoLayout) layout = NULL;
  graphene_point_t start;
  GdkRGBA color;
  int height;

  GTK_WIDGET_CLASS (weir_cell_parent_class)->snapshot (widget, snapshot);
  if (!find_span_place (self, &self->span_place))
    return;

  layout = gtk_widget_create_pango_layout (widget, self->span);
  pango_layout_set_width (layout, (int) (self->span_place.size.width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_style_context_get_color (gtk_widget_get_style_context (row), &color);
  if (!gtk_widget_compute_point (row, widget, &self->span_place.origin, &start))
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT (start.x, (float) ((gtk_widget_get_height (widget) - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
update_span (WeirCell *self, gpointer item)
{
  char *span = self->column->span (item, self->user_data);
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));

  if (cell != NULL && (span != NULL) != (self->span != NULL))
    gtk_widget_set_overflow (cell, span != NULL ? GTK_OVERFLOW_VISIBLE : GTK_OVERFLOW_HIDDEN);
  if (g_strcmp0 (span, self->span) != 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  g_free (self->span);
  self->span = span;
  follow_layout (self, span != NULL && gtk_widget_get_realized (GTK_WIDGET (self)));
}

static void
clicked_cb (WeirCell *self, GtkWidget *button)
{
  if (self->row != NULL)
    self->column->press (weir_row_get_item (self->row), self->user_data, button);
}

static void
update_button (WeirCell *self, gpointer item)
{
  g_autofree char *label = self->column->button (item, self->user_data);

  if (label != NULL && self->button == NULL)
    {
      self->button = gtk_button_new ();
      gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
      gtk_widget_set_halign (self->button, GTK_ALIGN_END);
      gtk_widget_set_hexpand (self->button, TRUE);
      /* Enter on the row does the same */
      gtk_widget_set_focusable (self->button, FALSE);
      gtk_widget_add_css_class (self->button, "weir-cell-button");
      g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
      gtk_widget_insert_before (self->button, GTK_WIDGET (self), NULL);
    }
  if (self->button == NULL)
    return;

  gtk_widget_set_visible (self->button, label != NULL);
  /* no room for both where there is little */
  if (self->inscription != NULL)
    gtk_widget_set_visible (self->inscription, label == NULL);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->button), label);
}

/* By its first letter. */
static gboolean
is_from_left (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  const char *letter = text;

  while (*letter != '\0' && !g_unichar_isalpha (g_utf8_get_char (letter)))
    letter = g_utf8_next_char (letter);
  if (*letter == '\0')
    return FALSE;

  layout = gtk_widget_create_pango_layout (widget, text);

  return pango_layout_get_direction (layout, (int) (letter - text)) == PANGO_DIRECTION_LTR;
}

/* Where a text is cut Pango has the “…” at the end of its paragraph: of one from right to left that is before the beginning
 * of a Latin text. So that has a paragraph of its own direction, at the side where all others are.
 *
 * Returns: whether it is another text. */
static gboolean
set_text (WeirCell *self, const char *text)
{
  GtkInscription *inscription = GTK_INSCRIPTION (self->inscription);
  gboolean foreign = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL
                     && is_from_left (self->inscription, text);
  gboolean at_end = (self->column->flags & WEIR_COLUMN_NUMERIC) != 0;
  g_autofree char *shown = foreign ? g_strdup (text) : weir_format_directed (text);

  if (g_strcmp0 (shown, gtk_inscription_get_text (inscription)) == 0)
    return FALSE;

  gtk_widget_set_direction (self->inscription, foreign ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_NONE);
  gtk_inscription_set_xalign (inscription, foreign != at_end ? 1 : 0);
  gtk_inscription_set_text (inscription, shown);

  return TRUE;
}

static gboolean
is_cut_off (WeirCell *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->inscription, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width > gtk_widget_get_width (self->inscription);
}

static gboolean
query_tooltip_cb (WeirCell *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;

  if (self->row == NULL)
    return FALSE;

  if (self->column->tooltip != NULL)
    text = self->column->tooltip (weir_row_get_item (self->row), self->user_data);
  if (text == NULL && self->inscription != NULL)
    {
      text = self->column->text (weir_row_get_item (self->row), self->user_data);
      if (text != NULL && !is_cut_off (self, text))
        return FALSE;
    }
  if (text == NULL || text[0] == '\0')
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* A screen reader stops at the row and at the table's own cell around this one, for which GTK 4.8 has no function. The row
 * is called what its first cell says. */
static void
name_parents (WeirCell *self, const char *text)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *row = get_row_widget (self);

  if (cell == NULL)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (row != NULL && gtk_widget_get_first_child (row) == cell)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
weir_cell_dispose (GObject *object)
{
  WeirCell *self = WEIR_CELL (object);
  GtkWidget *child;

  weir_cell_set_row (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->icon = self->spinner = self->inscription = self->sparkline = self->button = NULL;

  g_clear_pointer (&self->span, g_free);
  g_clear_object (&self->fit);

  G_OBJECT_CLASS (weir_cell_parent_class)->dispose (object);
}

static void
weir_cell_class_init (WeirCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_cell_dispose;
  widget_class->realize = weir_cell_realize;
  widget_class->unrealize = weir_cell_unrealize;
  widget_class->snapshot = weir_cell_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "weircell");
}

static void
weir_cell_init (WeirCell *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              6);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

/**
 * weir_cell_new:
 * @fit: how much room the column's texts need
 * @user_data: for the column's functions
 * @list_item: what the cell is the child of
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
weir_cell_new (WeirColumnFit *fit, gpointer user_data, GtkListItem *list_item)
{
  const WeirColumn *column;
  WeirCell *self;

  g_return_val_if_fail (WEIR_IS_COLUMN_FIT (fit), NULL);

  column = weir_column_fit_get_column (fit);
  self = g_object_new (WEIR_TYPE_CELL, NULL);
  self->fit = g_object_ref (fit);
  self->column = column;
  self->user_data = user_data;
  self->list_item = list_item;
  weir_row_focus_mark (GTK_WIDGET (self), list_item);

  if (column->spark != NULL)
    {
      self->sparkline = weir_sparkline_new ();
      gtk_widget_set_parent (self->sparkline, GTK_WIDGET (self));
    }
  else
    {
      self->inscription = g_object_new (
          GTK_TYPE_INSCRIPTION, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, "min-chars",
          weir_column_fit_get_min_chars (fit), "nat-chars", weir_column_fit_get_nat_chars (fit),
          "nat-lines", 1, "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);
      if (column->flags & WEIR_COLUMN_NUMERIC)
        gtk_inscription_set_xalign (GTK_INSCRIPTION (self->inscription), 1);
      if (column->flags & (WEIR_COLUMN_NUMERIC | WEIR_COLUMN_LIVE))
        gtk_widget_add_css_class (self->inscription, "numeric");
      if (column->flags & WEIR_COLUMN_DIM)
        gtk_widget_add_css_class (self->inscription, "dim-label");
      gtk_widget_set_parent (self->inscription, GTK_WIDGET (self));
    }

  return GTK_WIDGET (self);
}

/**
 * weir_cell_get_column:
 * @self: a cell
 *
 * Returns: (transfer none): its column
 */
const WeirColumn *
weir_cell_get_column (WeirCell *self)
{
  g_return_val_if_fail (WEIR_IS_CELL (self), NULL);

  return self->column;
}

/**
 * weir_cell_get_list_item:
 * @self: a cell
 *
 * Returns: (transfer none): what knows the cell's position
 */
GtkListItem *
weir_cell_get_list_item (WeirCell *self)
{
  g_return_val_if_fail (WEIR_IS_CELL (self), NULL);

  return self->list_item;
}

/**
 * weir_cell_fit:
 * @self: a cell
 * @again: whether its text has to be seen again, as letters have another size
 *
 * Asks for the room that its column's texts need.
 */
void
weir_cell_fit (WeirCell *self, gboolean again)
{
  GtkInscription *inscription;

  g_return_if_fail (WEIR_IS_CELL (self));

  if (self->inscription == NULL)
    return;

  inscription = GTK_INSCRIPTION (self->inscription);
  if (again && self->row != NULL)
    {
      const char *text = gtk_inscription_get_text (inscription);

      weir_column_fit_see (self->fit, self->inscription, text != NULL ? text : "");
      if (self->spinner != NULL || (self->icon != NULL && gtk_widget_get_visible (self->icon)))
        weir_column_fit_see_icon (self->fit);
    }
  gtk_inscription_set_min_chars (inscription, weir_column_fit_get_min_chars (self->fit));
  gtk_inscription_set_nat_chars (inscription, weir_column_fit_get_nat_chars (self->fit));
}

/**
 * weir_cell_pick:
 * @view: a list of cells, or what it is in
 * @x: a place in @view
 * @y: a place in @view
 *
 * Returns: (transfer none) (nullable): the cell there, or else in the space around it
 */
WeirCell *
weir_cell_pick (GtkWidget *view, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  GtkWidget *cell = NULL;

  if (widget != NULL)
    cell = WEIR_IS_CELL (widget) ? widget : gtk_widget_get_ancestor (widget, WEIR_TYPE_CELL);
  if (cell == NULL && widget != NULL && WEIR_IS_CELL (gtk_widget_get_first_child (widget)))
    cell = gtk_widget_get_first_child (widget);

  return cell != NULL ? WEIR_CELL (cell) : NULL;
}

/**
 * weir_cells_fit:
 * @widget: anything
 * @again: whether texts have to be seen again
 *
 * The same for all cells in @widget.
 */
void
weir_cells_fit (GtkWidget *widget, gboolean again)
{
  if (WEIR_IS_CELL (widget))
    {
      weir_cell_fit (WEIR_CELL (widget), again);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    weir_cells_fit (child, again);
}

/**
 * weir_cell_set_row:
 * @self: a cell
 * @row: (nullable): what to show, and to follow
 */
void
weir_cell_set_row (WeirCell *self, WeirRow *row)
{
  g_return_if_fail (WEIR_IS_CELL (self));
  g_return_if_fail (row == NULL || WEIR_IS_ROW (row));

  if (self->row == row)
    return;

  if (self->row != NULL)
    g_clear_signal_handler (&self->changed_id, self->row);
  g_set_object (&self->row, row);
  if (row != NULL)
    {
      weir_cell_update (self);
      self->changed_id =
          g_signal_connect_swapped (row, "changed", G_CALLBACK (weir_cell_update), self);
    }
}

/* A number alone says nothing to who does not see the title above it. */
static char *
dup_spoken (WeirCell *self)
{
  gpointer item = self->row != NULL ? weir_row_get_item (self->row) : NULL;
  g_autofree char *text = item != NULL ? self->column->text (item, self->user_data) : NULL;

  if (text == NULL || text[0] == '\0')
    return NULL;
  if (g_utf8_strlen (text, -1) > MAX_SPOKEN)
    {
      g_autofree char *begin = g_utf8_substring (text, 0, MAX_SPOKEN);

      return g_strconcat (begin, "…", NULL);
    }
  if ((self->column->flags & WEIR_COLUMN_NUMERIC) != 0 && self->sparkline == NULL)
    return weir_format_labelled (_ (self->column->title), text);

  return g_steal_pointer (&text);
}

/* GTK has the cells of columns that were hidden once at the end of the row. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  GtkWidget *one = gtk_widget_get_parent (*(GtkWidget *const *) a);
  GtkWidget *other = gtk_widget_get_parent (*(GtkWidget *const *) b);
  int direction = gtk_widget_get_direction (one) == GTK_TEXT_DIR_RTL ? -1 : 1;
  graphene_point_t place = GRAPHENE_POINT_INIT (0, 0);
  graphene_point_t other_place = GRAPHENE_POINT_INIT (0, 0);

  if (!gtk_widget_compute_point (one, gtk_widget_get_parent (one), &place, &place)
      || !gtk_widget_compute_point (other, gtk_widget_get_parent (other), &other_place,
                                    &other_place))
    return 0;

  return direction * ((place.x > other_place.x) - (place.x < other_place.x));
}

/**
 * weir_cell_describe_row:
 * @row: the row of a column view
 *
 * Has a screen reader say what the cells of the row say besides its name.
 *
 * Returns: whether they say anything, and are cells of ours
 */
gboolean
weir_cell_describe_row (GtkWidget *row)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  g_autofree char *list = NULL;
  gboolean spanned = FALSE;

  g_return_val_if_fail (GTK_IS_WIDGET (row), FALSE);

  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *cell = gtk_widget_get_first_child (child);

      if (!WEIR_IS_CELL (cell))
        continue;
      spanned = spanned || WEIR_CELL (cell)->span != NULL;
      g_ptr_array_add (cells, cell);
    }
  g_ptr_array_sort (cells, compare_places);
  for (guint i = 0; i < cells->len; i++)
    {
      WeirCell *cell = g_ptr_array_index (cells, i);
      g_autofree char *text = NULL;
      g_autofree char *longer = NULL;

      /* the row has its name of the first, unless another spans it */
      if (cell->span != NULL
          || (!spanned
              && gtk_widget_get_first_child (row) == gtk_widget_get_parent (GTK_WIDGET (cell))))
        continue;
      text = dup_spoken (cell);
      if (text == NULL)
        continue;
      longer = weir_format_list_add (list, text);
      g_free (list);
      list = g_steal_pointer (&longer);
    }
  if (list != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, list,
                                    -1);

  return list != NULL;
}

/**
 * weir_cell_update:
 * @self: a cell
 *
 * Asks the column's functions again.
 */
void
weir_cell_update (WeirCell *self)
{
  gpointer item;
  g_autofree char *text = NULL;

  g_return_if_fail (WEIR_IS_CELL (self));

  if (self->row == NULL)
    return;

  item = weir_row_get_item (self->row);
  if (self->column->look != NULL)
    update_look (self, item);

  if (self->column->button != NULL)
    update_button (self, item);
  if (self->column->span != NULL)
    update_span (self, item);

  text = self->span != NULL ? NULL : self->column->text (item, self->user_data);
  if (text == NULL)
    text = g_strdup ("");
  /* one line: what is longer is in the tooltip */
  g_strdelimit (text, "\n\r\t", ' ');
  if (self->sparkline != NULL)
    {
      weir_sparkline_set_counts (WEIR_SPARKLINE (self->sparkline),
                                 self->column->spark (item, self->user_data));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->sparkline),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      name_parents (self, text);
    }
  else
    {
      weir_column_fit_see (self->fit, self->inscription, text);
      if (set_text (self, text))
        {
          GtkWidget *row = get_row_widget (self);

          name_parents (self, text);
          /* news is what happened to the row that was there, and not that it gets older */
          if (row != NULL)
            weir_row_focus_cell_changed (row, self->changed_id != 0
                                                  && (self->column->flags & WEIR_COLUMN_LIVE) == 0);
        }
    }
  if (self->span != NULL)
    {
      GtkWidget *row = get_row_widget (self);

      name_parents (self, self->span);
      if (row != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        self->span, -1);
    }
}

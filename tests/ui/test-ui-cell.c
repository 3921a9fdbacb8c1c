/* test-ui-cell.c: a text that takes the room of the cells behind its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-cell.h"
#include "weir-test-loop.h"

#include <adwaita.h>
#include <locale.h>
#include <string.h>

static char *
dup_span (gpointer item, gpointer user_data)
{
  return g_strdup (
      "A text that is much longer than any row in this window has room for, and goes on "
      "and on until nobody wants to know what it was that it began to tell of");
}

static char *
dup_button (gpointer item, gpointer user_data)
{
  return g_strdup ("Fill Now");
}

static char *
dup_nothing (gpointer item, gpointer user_data)
{
  return NULL;
}

static char *
dup_latin (gpointer item, gpointer user_data)
{
  return g_strdup ("OrganizationChangedToBilling");
}

static char *
dup_short (gpointer item, gpointer user_data)
{
  return g_strdup ("Deal");
}

static const WeirColumn latin_columns[] = {
  { .id = "long", .title = "Long", .min_chars = 8, .text = dup_latin },
  { .id = "short", .title = "Short", .min_chars = 8, .text = dup_short },
};

static const WeirColumn columns[] = {
  { .id = "name", .title = "Name", .min_chars = 8, .text = dup_nothing, .span = dup_span },
  { .id = "rest", .title = "Rest", .min_chars = 8, .text = dup_nothing, .button = dup_button },
};

static void
setup_cb (const WeirColumn *column, GtkListItem *list_item)
{
  g_autoptr (WeirColumnFit) fit = weir_column_fit_new (column);

  gtk_list_item_set_child (list_item, weir_cell_new (fit, NULL, list_item));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  weir_cell_set_row (WEIR_CELL (gtk_list_item_get_child (list_item)),
                     gtk_list_item_get_item (list_item));
}

static GtkWidget *
create_view (const WeirColumn *shown)
{
  GListStore *rows = g_list_store_new (WEIR_TYPE_ROW);
  GtkWidget *view;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);
      g_autoptr (WeirRow) row = weir_row_new (item);

      g_list_store_append (rows, row);
    }
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (rows))));
  for (guint i = 0; i < 2; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), (gpointer) &shown[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
      column = gtk_column_view_column_new (shown[i].title, factory);
      if (i == 0)
        gtk_column_view_column_set_fixed_width (column, 150);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }

  return view;
}

/* What is on the screen. */
static GBytes *
draw (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  gsize stride;
  guchar *data;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                   &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                        (float) gtk_widget_get_height (widget)));
  stride = (gsize) gdk_texture_get_width (texture) * 4;
  data = g_malloc0 (stride * (gsize) gdk_texture_get_height (texture));
  gdk_texture_download (texture, data, stride);

  return g_bytes_new_take (data, stride * (gsize) gdk_texture_get_height (texture));
}

static void
queue_draw (GtkWidget *widget)
{
  gtk_widget_queue_draw (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    queue_draw (child);
}

/* Its own cell stays as it is when something beside the list takes room, and gives it back. */
static void
test_room (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *beside = gtk_label_new ("Beside");
  GtkWidget *view = create_view (columns);
  int width = 0;

  gtk_widget_set_size_request (beside, 200, -1);
  gtk_widget_set_visible (beside, FALSE);
  gtk_widget_set_hexpand (view, TRUE);
  gtk_box_append (GTK_BOX (box), beside);
  gtk_box_append (GTK_BOX (box), view);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 300);
  gtk_window_present (GTK_WINDOW (window));
  weir_test_run_for (500);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) seen = NULL;
      g_autoptr (GBytes) drawn = NULL;

      gtk_widget_set_visible (beside, i == 0);
      weir_test_run_for (300);
      g_assert_cmpint (gtk_widget_get_width (view), !=, width);
      width = gtk_widget_get_width (view);
      seen = draw (view);
      queue_draw (view);
      weir_test_run_for (300);
      drawn = draw (view);
      g_assert_true (g_bytes_equal (seen, drawn));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_text (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_INSCRIPTION (widget)
      && strstr (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_text (child, text);

  return found;
}

/* Whether something is drawn in the first, or else the last, px of a row. */
static gboolean
has_ink (GtkWidget *widget, gboolean at_left)
{
  g_autoptr (GBytes) drawn = draw (widget);
  const guchar *data = g_bytes_get_data (drawn, NULL);
  int width = gtk_widget_get_width (widget);

  for (int y = 0; y < gtk_widget_get_height (widget); y++)
    {
      for (int x = 0; x < 10; x++)
        {
          if (data[4 * (y * width + (at_left ? x : width - 1 - x)) + 3] != 0)
            return TRUE;
        }
    }

  return FALSE;
}

/* A Latin text in an Arabic window is at the right side, but what is cut is its end, as it is in a Latin one. */
static void
test_direction (void)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *window = gtk_window_new ();
      GtkWidget *view;
      GtkWidget *cell;

      gtk_widget_set_default_direction (i == 0 ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL);
      view = create_view (latin_columns);
      gtk_window_set_child (GTK_WINDOW (window), view);
      gtk_window_set_default_size (GTK_WINDOW (window), 500, 300);
      gtk_window_present (GTK_WINDOW (window));
      weir_test_run_for (500);
      g_ptr_array_add (seen, draw (find_text (view, "Organization")));
      cell = find_text (view, "Deal");
      g_assert_cmpint (gtk_widget_get_width (cell), >, 200);
      g_assert_cmpint (has_ink (cell, TRUE), ==, i == 0);
      g_assert_cmpint (has_ink (cell, FALSE), ==, i == 1);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_true (g_bytes_equal (seen->pdata[0], seen->pdata[1]));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/cell/room", test_room);
  g_test_add_func ("/ui/cell/direction", test_direction);

  return g_test_run ();
}

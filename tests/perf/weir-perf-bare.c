/* weir-perf-bare.c: a column view and nothing else, to which events are added: what GTK can do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   weir-perf-bare ROWS PER-SECOND
 *
 * Eight columns of inscriptions over a list that makes its rows when they are looked at; what is new is at the top, and
 * is added once a frame.
 */

#include <gtk/gtk.h>
#include <stdlib.h>

#define COLUMNS 8

#define BARE_TYPE_MODEL (bare_model_get_type ())
G_DECLARE_FINAL_TYPE (BareModel, bare_model, BARE, MODEL, GObject)

struct _BareModel
{
  GObject parent_instance;
  guint n;
};

static guint
bare_model_get_n_items (GListModel *model)
{
  return ((BareModel *) model)->n;
}

static GType
bare_model_get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static gpointer
bare_model_get_item (GListModel *model, guint position)
{
  guint n = ((BareModel *) model)->n;
  g_autofree char *text = g_strdup_printf ("event %u", n - position);

  return position < n ? gtk_string_object_new (text) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_n_items = bare_model_get_n_items;
  iface->get_item_type = bare_model_get_item_type;
  iface->get_item = bare_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BareModel,
                               bare_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
bare_model_class_init (BareModelClass *klass)
{
}

static void
bare_model_init (BareModel *self)
{
}

static guint rows;
static guint per_second;
static gint64 began;
static guint added;

static void
set_up_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, gtk_inscription_new (NULL));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *object = gtk_list_item_get_item (item);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            gtk_string_object_get_string (object));
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BareModel *model = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  guint due;

  if (began == 0)
    began = now;
  due = (guint) ((now - began) * per_second / G_USEC_PER_SEC) - added;
  added += due;
  model->n += due;
  if (due > 0)
    {
      g_list_model_items_changed (G_LIST_MODEL (model), 0, 0, due);
      gtk_widget_activate_action (gtk_widget_get_last_child (widget), "list.scroll-to-item", "u",
                                  0);
    }
  return G_SOURCE_CONTINUE;
}

static void
activate_cb (GtkApplication *application, gpointer data)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  BareModel *model = g_object_new (BARE_TYPE_MODEL, NULL);
  GtkWidget *view;

  model->n = rows;
  view = gtk_column_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (model)))));
  for (guint i = 0; i < COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column = gtk_column_view_column_new ("Column", factory);

      g_signal_connect (factory, "setup", G_CALLBACK (set_up_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
      gtk_column_view_column_set_fixed_width (column, 140);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
      g_object_unref (column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  if (per_second > 0)
    gtk_widget_add_tick_callback (view, tick_cb, model, NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("io.github.weirhq.Bare", G_APPLICATION_NON_UNIQUE);

  rows = argc > 1 ? (guint) atoi (argv[1]) : 0;
  per_second = argc > 2 ? (guint) atoi (argv[2]) : 0;
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}

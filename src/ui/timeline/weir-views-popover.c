/* weir-views-popover.c: the saved views and the queries asked last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-views-popover.h"

#include "weir-alert.h"
#include "weir-error-text.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>

/* In px. */
#define WIDTH 320
#define MAX_HEIGHT 420

struct _WeirViewsPopover
{
  GtkPopover parent_instance;

  WeirPreferences *preferences;

  GtkBox *content;
  GtkListBox *views;
  GtkWidget *recent_heading;
  GtkListBox *recent;
  GtkWidget *none;
};

enum
{
  VIEW_CHOSEN,
  QUERY_CHOSEN,
  SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirViewsPopover, weir_views_popover, GTK_TYPE_POPOVER)

/* A question for a name, and what is done with it. */
typedef struct
{
  GtkWidget *from;
  WeirPreferences *preferences;
  WeirSavedView *view; /* to be saved or renamed */
  gboolean rename;
  GtkWidget *dialog;
  GtkEditable *name;
  GtkLabel *note;
} NameDialog;

static void
name_dialog_free (gpointer data, GClosure *closure)
{
  NameDialog *self = data;

  g_object_unref (self->from);
  g_object_unref (self->preferences);
  weir_saved_view_free (self->view);
  g_free (self);
}

static void
name_changed_cb (NameDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autoptr (WeirSavedView) taken = weir_saved_views_find (self->preferences, name);
  gboolean own = self->rename && taken != NULL && g_str_equal (taken->name, self->view->name);

  weir_alert_set_response_enabled (self->dialog, "save",
                                   name[0] != '\0' && (taken == NULL || !self->rename || own));
  weir_alert_set_response_label (self->dialog, "save",
                                 self->rename    ? _ ("_Rename")
                                 : taken != NULL ? _ ("_Replace")
                                                 : _ ("_Save"));
  gtk_label_set_label (self->note,
                       taken != NULL && !own ? _ ("There is a view of that name already.") : "");
}

static void
name_response_cb (NameDialog *self, const char *response)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (!g_str_equal (response, "save"))
    return;

  if (self->rename)
    {
      done = weir_saved_views_rename (self->preferences, self->view->name, name, &error);
    }
  else
    {
      g_free (self->view->name);
      self->view->name = g_strdup (name);
      done = weir_saved_views_save (self->preferences, self->view, TRUE, &error);
    }
  if (done && !self->rename)
    {
      /* Translators: a view's name */
      g_autofree char *text = g_strdup_printf (_ ("“%s” is saved"), name);

      weir_toast (self->from, text);
    }
  else if (!done)
    {
      weir_toast_error (self->from, _ ("The view was not saved"), error);
    }
}

static void
ask_name (GtkWidget *from, WeirPreferences *preferences, WeirSavedView *view, gboolean rename)
{
  NameDialog *self = g_new0 (NameDialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  const char *heading = rename ? _ ("Rename View") : _ ("Save View");

  self->from = g_object_ref (from);
  self->preferences = g_object_ref (preferences);
  self->view = view;
  self->rename = rename;
  self->dialog = weir_alert_new (
      heading, view->query[0] != '\0' ? view->query : _ ("All events, without a query"),
      _ ("_Cancel"));
  weir_alert_add_response (self->dialog, "save", _ ("_Save"), ADW_RESPONSE_SUGGESTED);
  g_object_set (self->dialog, "default-response", "save", NULL);

  self->name = GTK_EDITABLE (entry);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 100);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the view"), -1);
  gtk_editable_set_text (self->name, view->name);
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->note, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  g_object_set (self->dialog, "extra-child", box, NULL);

  g_signal_connect_swapped (entry, "changed", G_CALLBACK (name_changed_cb), self);
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (name_response_cb), self,
                         name_dialog_free, G_CONNECT_SWAPPED);
  name_changed_cb (self);
  weir_alert_present (self->dialog, from);
  gtk_widget_grab_focus (entry);
}

static WeirSavedView *
find_view (WeirViewsPopover *self, GtkWidget *button)
{
  return weir_saved_views_find (self->preferences,
                                g_object_get_data (G_OBJECT (button), "weir-view"));
}

static void
rename_cb (WeirViewsPopover *self, GtkWidget *button)
{
  WeirSavedView *view = find_view (self, button);

  gtk_popover_popdown (GTK_POPOVER (self));
  if (view != NULL)
    ask_name (gtk_widget_get_parent (GTK_WIDGET (self)), self->preferences, view, TRUE);
}

typedef struct
{
  WeirPreferences *preferences;
  WeirSavedView *view;
  GtkWindow *window;
} Removed;

static void
removed_free (gpointer data, GClosure *closure)
{
  Removed *removed = data;

  g_clear_object (&removed->preferences);
  g_clear_pointer (&removed->view, weir_saved_view_free);
  g_clear_object (&removed->window);
  g_free (removed);
}

static void
undo_cb (Removed *removed)
{
  g_autoptr (GError) error = NULL;

  if (!weir_saved_views_save (removed->preferences, removed->view, FALSE, &error))
    weir_toast_error (GTK_WIDGET (removed->window), _ ("The view was not saved"), error);
}

static void
remove_cb (WeirViewsPopover *self, GtkWidget *button)
{
  GtkWidget *from = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkRoot *root = gtk_widget_get_root (from);
  WeirSavedView *view = find_view (self, button);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  Removed *removed;
  AdwToast *toast;

  gtk_popover_popdown (GTK_POPOVER (self));
  if (view == NULL)
    return;

  removed = g_new0 (Removed, 1);
  removed->preferences = g_object_ref (self->preferences);
  removed->view = view;
  if (!WEIR_IS_WINDOW (root) || !weir_saved_views_remove (self->preferences, view->name, &error))
    {
      if (error != NULL)
        weir_toast_error (from, _ ("The view was not removed"), error);
      removed_free (removed, NULL);
      return;
    }

  removed->window = GTK_WINDOW (g_object_ref (root));
  text = g_strdup_printf (_ ("“%s” is removed"), view->name);
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), removed, removed_free,
                         G_CONNECT_SWAPPED);
  weir_window_add_toast (WEIR_WINDOW (root), toast);
}

static GtkWidget *
create_row_button (WeirViewsPopover *self,
                   const char *icon_name,
                   const char *label,
                   const char *view,
                   GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);
  /* Translators: what is done, and the name of what it is done with */
  g_autofree char *name = g_strdup_printf (_ ("%s “%s”"), label, view);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "weir-row-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  g_object_set_data_full (G_OBJECT (button), "weir-view", g_strdup (view), g_free);
  g_signal_connect_swapped (button, "clicked", callback, self);

  return button;
}

/* A title, and beneath it what it stands for. */
static GtkWidget *
create_row (const char *title, const char *subtitle)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (texts), label);
  if (subtitle != NULL)
    {
      GtkWidget *more = gtk_label_new (subtitle);

      gtk_label_set_xalign (GTK_LABEL (more), 0);
      gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (more, "caption");
      gtk_widget_add_css_class (more, "dim-label");
      gtk_box_append (GTK_BOX (texts), more);
    }
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, subtitle != NULL ? subtitle : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return row;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
fill (WeirViewsPopover *self)
{
  g_autoptr (GPtrArray) views = weir_saved_views_list (self->preferences);
  g_auto (GStrv) recent = weir_recent_queries_list (self->preferences);

  clear_list (self->views);
  for (guint i = 0; i < views->len; i++)
    {
      WeirSavedView *view = views->pdata[i];
      GtkWidget *row =
          create_row (view->name, view->query[0] != '\0' ? view->query : _ ("All events"));
      GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));

      gtk_box_append (GTK_BOX (box),
                      create_row_button (self, "document-edit-symbolic", _ ("Rename"), view->name,
                                         G_CALLBACK (rename_cb)));
      gtk_box_append (GTK_BOX (box), create_row_button (self, "user-trash-symbolic", _ ("Remove"),
                                                        view->name, G_CALLBACK (remove_cb)));
      gtk_list_box_append (self->views, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->views), views->len > 0);
  gtk_widget_set_visible (self->none, views->len == 0);

  clear_list (self->recent);
  for (guint i = 0; recent[i] != NULL; i++)
    gtk_list_box_append (self->recent, create_row (recent[i], NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->recent), recent[0] != NULL);
  gtk_widget_set_visible (self->recent_heading, recent[0] != NULL);
}

static void
view_activated_cb (WeirViewsPopover *self, GtkListBoxRow *row)
{
  g_autoptr (GPtrArray) views = weir_saved_views_list (self->preferences);
  guint position = (guint) gtk_list_box_row_get_index (row);

  gtk_popover_popdown (GTK_POPOVER (self));
  if (position < views->len)
    g_signal_emit (self, signals[VIEW_CHOSEN], 0, views->pdata[position]);
}

static void
recent_activated_cb (WeirViewsPopover *self, GtkListBoxRow *row)
{
  g_auto (GStrv) recent = weir_recent_queries_list (self->preferences);
  guint position = (guint) gtk_list_box_row_get_index (row);

  gtk_popover_popdown (GTK_POPOVER (self));
  if (position < g_strv_length (recent))
    g_signal_emit (self, signals[QUERY_CHOSEN], 0, recent[position]);
}

static void
save_cb (WeirViewsPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SAVE], 0);
}

static void
weir_views_popover_dispose (GObject *object)
{
  WeirViewsPopover *self = WEIR_VIEWS_POPOVER (object);

  if (self->preferences != NULL)
    g_signal_handlers_disconnect_by_data (self->preferences, self);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (weir_views_popover_parent_class)->dispose (object);
}

static void
weir_views_popover_class_init (WeirViewsPopoverClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_views_popover_dispose;

  signals[VIEW_CHOSEN] = g_signal_new ("view-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[QUERY_CHOSEN] = g_signal_new ("query-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAVE] =
      g_signal_new ("save", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_heading (const char *text)
{
  GtkWidget *heading = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "weir-popover-heading");

  return heading;
}

static GtkListBox *
create_list (WeirViewsPopover *self, const char *name, GCallback callback)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "weir-candidates");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (list, "row-activated", callback, self);
  gtk_box_append (self->content, list);

  return GTK_LIST_BOX (list);
}

static void
weir_views_popover_init (WeirViewsPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save View…"));

  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (self->content, create_heading (_ ("Saved Views")));
  self->none = gtk_label_new (_ ("What the timeline shows can be kept under a name."));
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_label_set_wrap (GTK_LABEL (self->none), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->none), 30);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_widget_add_css_class (self->none, "weir-popover-heading");
  gtk_box_append (self->content, self->none);
  self->views = create_list (self, _ ("Saved Views"), G_CALLBACK (view_activated_cb));
  self->recent_heading = create_heading (_ ("Recent Queries"));
  gtk_box_append (self->content, self->recent_heading);
  self->recent = create_list (self, _ ("Recent Queries"), G_CALLBACK (recent_activated_cb));

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->content));
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_box_append (GTK_BOX (box), scroller);

  weir_keys_set_tooltip (save, "page.save-view", _ ("Save what the timeline shows under a name"));
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (GTK_BOX (box), save);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

/**
 * weir_views_popover_new:
 * @preferences: where they are kept
 *
 * Returns: (transfer floating): a popover with all views
 */
GtkWidget *
weir_views_popover_new (WeirPreferences *preferences)
{
  WeirViewsPopover *self = g_object_new (WEIR_TYPE_VIEWS_POPOVER, NULL);

  self->preferences = g_object_ref (preferences);
  g_signal_connect_swapped (preferences, "changed", G_CALLBACK (fill), self);
  fill (self);

  return GTK_WIDGET (self);
}

/**
 * weir_views_popover_save:
 * @from: a widget of the window
 * @preferences: where they are kept
 * @view: (transfer full): what is to be saved; its name is what is proposed
 *
 * Asks for the name and saves it.
 */
void
weir_views_popover_save (GtkWidget *from, WeirPreferences *preferences, WeirSavedView *view)
{
  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (WEIR_IS_PREFERENCES (preferences));

  ask_name (from, preferences, view, FALSE);
}

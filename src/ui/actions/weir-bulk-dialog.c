/* weir-bulk-dialog.c: shows what will be done with many records, then how it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-bulk-dialog.h"

#include "weir-actions.h"
#include "weir-dialog-title.h"
#include "weir-format.h"
#include "weir-help.h"

#include <glib/gi18n-lib.h>

struct _WeirBulkDialog
{
  AdwWindow parent_instance;

  AdwHeaderBar *header;
  WeirBulk *bulk;

  GtkLabel *summary;
  GtkButton *close_button;
  GtkButton *run_button;
  GtkLabel *warning;
  GtkProgressBar *progress;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (WeirBulkDialog, weir_bulk_dialog, ADW_TYPE_WINDOW)

static void
update (WeirBulkDialog *self)
{
  guint n_items = g_list_model_get_n_items (weir_bulk_get_items (self->bulk));
  guint refused = weir_bulk_count (self->bulk, WEIR_BULK_REFUSED);
  guint todo = n_items - refused;
  guint ended =
      weir_bulk_count (self->bulk, WEIR_BULK_DONE) + weir_bulk_count (self->bulk, WEIR_BULK_FAILED);
  const char *verb = weir_actions_get_label (weir_bulk_get_action (self->bulk));
  g_autofree char *text = NULL;

  if (!weir_bulk_is_started (self->bulk))
    {
      g_autofree char *all = weir_format_number (n_items);
      g_autofree char *doable = weir_format_number (todo);
      g_autofree char *barred = weir_format_number (refused);
      /* Translators: an action such as “Subscribe”, and with how many records */
      g_autofree char *label = g_strdup_printf (C_ ("action", "%s %s"), verb, doable);

      text =
          refused > 0
              ? g_strdup_printf (ngettext ("%s of the %s selected; not possible for %s",
                                           "%s of the %s selected; not possible for %s", n_items),
                                 doable, all, barred)
              : g_strdup_printf (ngettext ("%s selected", "%s selected", n_items), all);
      gtk_button_set_label (self->run_button, label);
      gtk_widget_set_sensitive (GTK_WIDGET (self->run_button), todo > 0);
    }
  else
    {
      gboolean finished = weir_bulk_is_finished (self->bulk);

      text = weir_bulk_dup_summary (self->bulk);
      gtk_button_set_label (self->close_button, finished ? _ ("_Close") : _ ("_Run in Background"));
      /* or it is called by its text with the underscore, too */
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self->close_button),
                                     GTK_ACCESSIBLE_PROPERTY_LABEL);
      /* Translators: a button: the records not begun yet are left alone */
      gtk_button_set_label (self->run_button, _ ("Stop"));
      gtk_widget_remove_css_class (GTK_WIDGET (self->run_button), "suggested-action");
      gtk_widget_remove_css_class (GTK_WIDGET (self->run_button), "destructive-action");
      gtk_widget_set_visible (GTK_WIDGET (self->warning), FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->run_button), !finished);
      gtk_widget_set_visible (GTK_WIDGET (self->progress), !finished);
      gtk_progress_bar_set_fraction (self->progress, todo > 0 ? (double) ended / todo : 1);
    }
  gtk_label_set_label (self->summary, text);
}

static void
run_cb (WeirBulkDialog *self)
{
  if (weir_bulk_is_started (self->bulk))
    {
      weir_bulk_stop (self->bulk);
      gtk_widget_set_sensitive (GTK_WIDGET (self->run_button), FALSE);
    }
  else
    {
      weir_bulk_start (self->bulk);
    }
}

static void
update_row (WeirBulkItem *item, GtkBox *row)
{
  GtkWidget *stack = gtk_widget_get_first_child (GTK_WIDGET (row));
  GtkWidget *labels = gtk_widget_get_next_sibling (stack);
  GtkLabel *name = GTK_LABEL (gtk_widget_get_first_child (labels));
  GtkLabel *detail = GTK_LABEL (gtk_widget_get_last_child (labels));
  GtkImage *icon = GTK_IMAGE (gtk_stack_get_child_by_name (GTK_STACK (stack), "icon"));
  static const struct
  {
    const char *icon;
    const char *css;
  } looks[] = {
    [WEIR_BULK_WAITING] = { "weir-queued-symbolic", "dim-label" },
    [WEIR_BULK_REFUSED] = { "action-unavailable-symbolic", "dim-label" },
    [WEIR_BULK_RUNNING] = { "weir-running-symbolic", "accent" },
    [WEIR_BULK_DONE] = { "weir-state-online-symbolic", "success" },
    [WEIR_BULK_FAILED] = { "weir-errors-symbolic", "error" },
  };
  const char *words = item->message;

  if (words == NULL)
    words = item->state == WEIR_BULK_DONE      ? _ ("Done")
            : item->state == WEIR_BULK_RUNNING ? _ ("Running…")
                                               : weir_record_get_account (item->record)->name;

  gtk_label_set_label (name, weir_record_get_name (item->record));
  gtk_label_set_label (detail, words);
  gtk_image_set_from_icon_name (icon, looks[item->state].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (icon), (const char *[]){ looks[item->state].css, NULL });
  gtk_stack_set_visible_child_name (GTK_STACK (stack),
                                    item->state == WEIR_BULK_RUNNING ? "spinner" : "icon");
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *labels = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_stack_add_named (GTK_STACK (stack), gtk_image_new (), "icon");
  gtk_stack_add_named (GTK_STACK (stack), spinner, "spinner");
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_box_append (GTK_BOX (labels), label);
    }
  gtk_widget_add_css_class (gtk_widget_get_last_child (labels), "caption");
  gtk_widget_add_css_class (gtk_widget_get_last_child (labels), "dim-label");
  gtk_widget_set_hexpand (labels, TRUE);
  gtk_box_append (GTK_BOX (row), stack);
  gtk_box_append (GTK_BOX (row), labels);
  gtk_list_item_set_child (list_item, row);
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  WeirBulkItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);

  g_signal_connect_object (item, "changed", G_CALLBACK (update_row), row, 0);
  update_row (item, GTK_BOX (row));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), update_row,
                                        gtk_list_item_get_child (list_item));
}

static void
weir_bulk_dialog_dispose (GObject *object)
{
  WeirBulkDialog *self = WEIR_BULK_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), WEIR_TYPE_BULK_DIALOG);
  g_clear_object (&self->bulk);

  G_OBJECT_CLASS (weir_bulk_dialog_parent_class)->dispose (object);
}

static void
weir_bulk_dialog_class_init (WeirBulkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_bulk_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/weirhq/Weir/ui/weir-bulk-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WeirBulkDialog, header);
  gtk_widget_class_bind_template_child (widget_class, WeirBulkDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, WeirBulkDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, WeirBulkDialog, run_button);
  gtk_widget_class_bind_template_child (widget_class, WeirBulkDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, WeirBulkDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, WeirBulkDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, run_cb);
}

static void
weir_bulk_dialog_init (WeirBulkDialog *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  weir_dialog_title_add (GTK_WINDOW (self), self->header);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
}

/**
 * weir_bulk_dialog_present:
 * @parent: the window the dialog belongs to
 * @bulk: (transfer none): a plan, begun or not
 *
 * Asks before it begins. Closing the dialog does not end what has begun.
 */
void
weir_bulk_dialog_present (GtkWindow *parent, WeirBulk *bulk)
{
  WeirBulkDialog *self;
  GtkSelectionModel *model;
  gboolean deletes;

  g_return_if_fail (WEIR_IS_BULK (bulk));

  self = g_object_new (WEIR_TYPE_BULK_DIALOG, "transient-for", parent, "title",
                       weir_actions_get_label (weir_bulk_get_action (bulk)), NULL);
  self->bulk = g_object_ref (bulk);
  model = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (weir_bulk_get_items (bulk))));
  gtk_list_view_set_model (self->list, model);
  g_object_unref (model);
  g_signal_connect_object (bulk, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* what cannot be undone is not one Enter away */
  deletes = weir_bulk_get_action (bulk) == WEIR_ACTION_DELETE && !weir_bulk_is_started (bulk);
  gtk_widget_add_css_class (GTK_WIDGET (self->run_button),
                            deletes ? "destructive-action" : "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), deletes);
  update (self);
  gtk_window_set_focus (GTK_WINDOW (self),
                        GTK_WIDGET (deletes ? self->close_button : self->run_button));
  weir_help_set_topic (GTK_WINDOW (self), "subscriptions");
  gtk_window_present (GTK_WINDOW (self));
}

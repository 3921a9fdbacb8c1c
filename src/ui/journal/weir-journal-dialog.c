/* weir-journal-dialog.c: all that Weir changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-journal-dialog.h"

#include "weir-error-text.h"
#include "weir-filter-bar.h"
#include "weir-help.h"
#include "weir-history-journal.h"
#include "weir-journal-list.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>

#define WIDTH 760
#define HEIGHT 680
#define MAX_ROWS 500

struct _WeirJournalDialog
{
  AdwWindow parent_instance;

  WeirMonitor *monitor;
  GPtrArray *entries; /* (nullable) (element-type WeirJournalEntry) the newest of all */
  GCancellable *cancellable;

  WeirFilterBar *filter;
  GtkStack *stack; /* "list", "nothing" (found) or "empty" */
  WeirJournalList *list;
  GtkWidget *note;
  AdwStatusPage *empty;
};

G_DEFINE_FINAL_TYPE (WeirJournalDialog, weir_journal_dialog, ADW_TYPE_WINDOW)

static const char *
get_account (gpointer item)
{
  return WEIR_JOURNAL_ENTRY (item)->account;
}

static char *
dup_account (gpointer item)
{
  return g_strdup (WEIR_JOURNAL_ENTRY (item)->account);
}

static void
update (WeirJournalDialog *self)
{
  const char *account = weir_filter_bar_get_choice (self->filter, "account");
  g_autofree char *text = g_utf8_casefold (weir_filter_bar_get_text (self->filter), -1);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->entries == NULL)
    return;
  for (guint i = 0; i < self->entries->len; i++)
    {
      WeirJournalEntry *entry = self->entries->pdata[i];

      if ((account == NULL || g_str_equal (account, entry->account))
          && weir_journal_entry_matches (entry, g_strstrip (text)))
        g_ptr_array_add (shown, g_object_ref (entry));
    }
  weir_journal_list_show (self->list, shown);
  weir_filter_bar_set_counts (self->filter, shown->len, self->entries->len);
  gtk_widget_set_visible (self->note, self->entries->len == MAX_ROWS);
  gtk_stack_set_visible_child_name (self->stack, self->entries->len == 0 ? "empty"
                                                 : shown->len == 0       ? "nothing"
                                                                         : "list");
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirJournalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = weir_history_list_journal_finish (WEIR_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (entries == NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);

      adw_status_page_set_title (self->empty, _ ("The Journal Cannot Be Read"));
      adw_status_page_set_description (self->empty, sentence);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries;
  weir_filter_bar_collect (self->filter, "account", entries, get_account, dup_account);
  update (self);
}

static void
refresh (WeirJournalDialog *self)
{
  WeirJournalFilter filter = { .limit = MAX_ROWS };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  weir_history_list_journal_async (weir_monitor_get_history (self->monitor), &filter,
                                   self->cancellable, list_cb, g_object_ref (self));
}

/* Escape in an entry that is empty already. */
static void
revealed_cb (WeirJournalDialog *self)
{
  gboolean revealed;

  g_object_get (self->filter, "revealed", &revealed, NULL);
  if (!revealed)
    gtk_window_close (GTK_WINDOW (self));
}

/* Its button tells the key of the pages. */
static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_filter_bar_clear (WEIR_JOURNAL_DIALOG (user_data)->filter);
}

static void
weir_journal_dialog_dispose (GObject *object)
{
  WeirJournalDialog *self = WEIR_JOURNAL_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_journal_dialog_parent_class)->dispose (object);
}

static void
weir_journal_dialog_class_init (WeirJournalDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_journal_dialog_dispose;

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
weir_journal_dialog_init (WeirJournalDialog *self)
{
}

static GtkWidget *
create_list (WeirJournalDialog *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->list = WEIR_JOURNAL_LIST (weir_journal_list_new (_ ("Journal")));
  self->note =
      gtk_label_new (_ ("Only the newest entries are shown here; “weirctl journal” lists more."));
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_widget_set_visible (self->note, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);

  return scroller;
}

static GtkWidget *
create_status (const char *icon, const char *title, const char *description)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);

  return page;
}

static void
create_content (WeirJournalDialog *self)
{
  static const GActionEntry actions[] = { { .name = "clear-filters",
                                            .activate = clear_filters_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *spinner = gtk_spinner_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", G_ACTION_GROUP (group));

  self->filter = WEIR_FILTER_BAR (weir_filter_bar_new (_ ("Search in the journal")));
  weir_filter_bar_add_choice (self->filter, "account", _ ("Account"), _ ("All Accounts"));
  g_object_set (self->filter, "revealed", TRUE, NULL);
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->filter, "notify::revealed", G_CALLBACK (revealed_cb), self);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->empty = ADW_STATUS_PAGE (
      create_status ("weir-timeline-symbolic", _ ("Nothing Changed Yet"),
                     _ ("Whatever Weir changes at a server is written down here before it is sent. "
                        "Entries are never changed or deleted.")));
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_stack_add_named (self->stack,
                       create_status ("system-search-symbolic", _ ("Nothing Found"),
                                      _ ("No entry of the journal is as asked for above.")),
                       "nothing");
  gtk_stack_add_named (self->stack, create_list (self), "list");

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->filter));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_journal_dialog_present (GTK_WINDOW (widget), weir_window_get_monitor (WEIR_WINDOW (widget)));
}

/**
 * weir_journal_dialog_install_action:
 * @window_class: the class of #WeirWindow
 *
 * Has its action "win.journal" open the dialog.
 */
void
weir_journal_dialog_install_action (GtkWidgetClass *window_class)
{
  gtk_widget_class_install_action (window_class, "win.journal", NULL, action_cb);
}

/**
 * weir_journal_dialog_present:
 * @parent: the window it is over
 * @monitor: has the history
 */
void
weir_journal_dialog_present (GtkWindow *parent, WeirMonitor *monitor)
{
  WeirJournalDialog *self;

  g_return_if_fail (WEIR_IS_MONITOR (monitor));

  self = g_object_new (WEIR_TYPE_JOURNAL_DIALOG, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, "title", _ ("Journal"), "default-width", WIDTH,
                       "default-height", HEIGHT, NULL);
  self->monitor = g_object_ref (monitor);
  create_content (self);
  g_signal_connect_object (weir_monitor_get_history (monitor), "journal-changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  weir_help_set_topic (GTK_WINDOW (self), "subscriptions");
  gtk_window_present (GTK_WINDOW (self));
}

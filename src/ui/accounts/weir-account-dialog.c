/* weir-account-dialog.c: adds and edits an account
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-account-dialog.h"

#include <glib/gi18n-lib.h>

struct _WeirAccountDialog
{
  AdwWindow parent_instance;

  WeirMonitor *monitor;
  WeirAccount *account; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WeirAccountDialog, weir_account_dialog, ADW_TYPE_WINDOW)

static void
weir_account_dialog_dispose (GObject *object)
{
  WeirAccountDialog *self = WEIR_ACCOUNT_DIALOG (object);

  g_clear_object (&self->monitor);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (weir_account_dialog_parent_class)->dispose (object);
}

static void
weir_account_dialog_class_init (WeirAccountDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_account_dialog_dispose;
}

static void
weir_account_dialog_init (WeirAccountDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "weir-account-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Account"));
  gtk_widget_set_vexpand (status, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), status);
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 560);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * weir_account_dialog_present:
 * @parent: the window the dialog belongs to
 * @monitor: keeps what is saved
 * @account: (nullable): the account to edit, %NULL for a new one
 */
void
weir_account_dialog_present (GtkWindow *parent, WeirMonitor *monitor, WeirAccount *account)
{
  WeirAccountDialog *self;

  g_return_if_fail (WEIR_IS_MONITOR (monitor));
  g_return_if_fail (account == NULL || WEIR_IS_ACCOUNT (account));

  self = g_object_new (WEIR_TYPE_ACCOUNT_DIALOG, "transient-for", parent, "modal", TRUE, "title",
                       account != NULL ? account->name : _ ("Add Account"), NULL);
  self->monitor = g_object_ref (monitor);
  g_set_object (&self->account, account);
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * weir_account_dialog_remove:
 * @parent: the window the dialog belongs to
 * @monitor: removes it
 * @account: the account
 *
 * Asks first.
 */
void
weir_account_dialog_remove (GtkWindow *parent, WeirMonitor *monitor, WeirAccount *account)
{
  g_return_if_fail (WEIR_IS_MONITOR (monitor));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  weir_monitor_remove_account_async (monitor, account, FALSE, NULL, NULL, NULL);
}

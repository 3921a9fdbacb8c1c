/* weir-dialog-title.c: a dialog's title, whole beside its buttons or beneath them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A header bar cuts what does not fit, and between two buttons in a narrow window that is most of the words.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-dialog-title.h"

static void
squeezed_cb (AdwSqueezer *squeezer, GParamSpec *pspec, GtkWidget *beneath)
{
  gtk_widget_set_visible (beneath, adw_squeezer_get_visible_child (squeezer) == NULL);
}

/**
 * weir_dialog_title_add:
 * @dialog: a window with a title
 * @header: its header bar, in a vertical box
 *
 * Has the header bar show the title, or where it does not fit the line beneath.
 */
void
weir_dialog_title_add (GtkWindow *dialog, AdwHeaderBar *header)
{
  GtkWidget *squeezer = adw_squeezer_new ();
  GtkWidget *inside = gtk_label_new (NULL);
  GtkWidget *beneath = gtk_label_new (NULL);
  GtkWidget *box;

  g_return_if_fail (GTK_IS_WINDOW (dialog));
  g_return_if_fail (ADW_IS_HEADER_BAR (header));
  box = gtk_widget_get_parent (GTK_WIDGET (header));
  g_return_if_fail (GTK_IS_BOX (box));

  gtk_widget_add_css_class (inside, "title");
  gtk_widget_add_css_class (beneath, "title-4");
  gtk_widget_add_css_class (beneath, "weir-dialog-title");
  gtk_label_set_wrap (GTK_LABEL (beneath), TRUE);
  gtk_label_set_justify (GTK_LABEL (beneath), GTK_JUSTIFY_CENTER);
  gtk_widget_set_visible (beneath, FALSE);
  g_object_bind_property (dialog, "title", inside, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (dialog, "title", beneath, "label", G_BINDING_SYNC_CREATE);

  adw_squeezer_set_allow_none (ADW_SQUEEZER (squeezer), TRUE);
  adw_squeezer_set_switch_threshold_policy (ADW_SQUEEZER (squeezer),
                                            ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), inside);
  g_signal_connect_object (squeezer, "notify::visible-child", G_CALLBACK (squeezed_cb), beneath, 0);
  adw_header_bar_set_title_widget (header, squeezer);
  gtk_box_insert_child_after (GTK_BOX (box), beneath, GTK_WIDGET (header));
}

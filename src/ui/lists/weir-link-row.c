/* weir-link-row.c: a row that leads somewhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-link-row.h"

#include "weir-accessible.h"
#include "weir-format.h"
#include "weir-width-bin.h"

struct _WeirLinkRow
{
  AdwActionRow parent_instance;

  GObject *record; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WeirLinkRow, weir_link_row, ADW_TYPE_ACTION_ROW)

/* GTK 4.8 lets assistive technology do nothing but actions of the class. */
static void
press_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate (widget);
}

static void
activatable_cb (WeirLinkRow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.press",
                                 gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (self)));
}

static void
weir_link_row_finalize (GObject *object)
{
  g_clear_object (&WEIR_LINK_ROW (object)->record);

  G_OBJECT_CLASS (weir_link_row_parent_class)->finalize (object);
}

static void
weir_link_row_class_init (WeirLinkRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_link_row_finalize;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "row.press", NULL, press_cb);
}

static void
weir_link_row_init (WeirLinkRow *self)
{
  int lines = weir_text_is_large () ? 3 : 1;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), lines);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), lines);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect (self, "notify::activatable", G_CALLBACK (activatable_cb), NULL);
}

/**
 * weir_link_row_new:
 * @title: what it leads to
 * @subtitle: (nullable): more of it
 * @record: (nullable): what it leads to
 *
 * Returns: (transfer floating): a row that can be activated
 */
GtkWidget *
weir_link_row_new (const char *title, const char *subtitle, GObject *record)
{
  WeirLinkRow *self;
  g_autofree char *label = NULL;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (WEIR_TYPE_LINK_ROW, NULL);
  g_set_object (&self->record, record);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  label = weir_format_list (title, subtitle, NULL);
  weir_accessible_set_name (GTK_WIDGET (self), label);

  return GTK_WIDGET (self);
}

/**
 * weir_link_row_get_record:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it leads to
 */
GObject *
weir_link_row_get_record (WeirLinkRow *self)
{
  g_return_val_if_fail (WEIR_IS_LINK_ROW (self), NULL);

  return self->record;
}

/* weir-inspector-header.c: what it is that the inspector shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-inspector-header.h"

#include "weir-accessible.h"
#include "weir-account-row.h"
#include "weir-error-group.h"
#include "weir-error-text.h"
#include "weir-event-summary.h"
#include "weir-format.h"
#include "weir-gap-text.h"
#include "weir-status-look.h"
#include "weir-timeline-item.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

#define MIN_WIDTH 120 /* px, of the name */
#define LONGEST_STATE 20
#define MIN_LINE 180 /* px; in less the state stands below */

struct _WeirInspectorHeader
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  const char *css; /* the chip's class that is set now */

  GtkWidget *back;
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *what;
  GtkWidget *chip;
  GtkImage *chip_icon;
  GtkLabel *chip_label;
  GtkWidget *show;
  GtkWidget *copy;
};

G_DEFINE_FINAL_TYPE (WeirInspectorHeader, weir_inspector_header, ADW_TYPE_BIN)

static const struct
{
  const char *label;
  const char *icon_name;
} kinds[] = {
  [WEIR_RECORD_SUBSCRIPTION] = { N_ ("Subscription"), "weir-subscriptions-symbolic" },
  [WEIR_RECORD_PULL] = { N_ ("Pull Run"), "weir-pulls-symbolic" },
  [WEIR_RECORD_EVENT] = { N_ ("Event"), "weir-timeline-symbolic" },
  [WEIR_RECORD_CONNECTION] = { N_ ("Connection"), "weir-connections-symbolic" },
  [WEIR_RECORD_INTEGRATION] = { N_ ("Integration"), "application-x-addon-symbolic" },
  [WEIR_RECORD_APP_EVENT_TYPE] = { N_ ("App Event Type"), "weir-timeline-symbolic" },
  [WEIR_RECORD_INCOMING_WEBHOOK] = { N_ ("Incoming Webhook"), "mail-send-receive-symbolic" },
  [WEIR_RECORD_FLOW_RUN] = { N_ ("Flow Run"), "weir-running-symbolic" },
  [WEIR_RECORD_TENANT] = { N_ ("Tenant"), "weir-account-symbolic" },
};

static void
set_chip (WeirInspectorHeader *self, const char *icon_name, const char *label, const char *css)
{
  gtk_widget_set_visible (self->chip, label != NULL);
  if (label != NULL)
    gtk_label_set_label (self->chip_label, label);
  /* the platforms' own words can be of any length */
  gtk_label_set_ellipsize (self->chip_label,
                           label != NULL && g_utf8_strlen (label, -1) > LONGEST_STATE
                               ? PANGO_ELLIPSIZE_END
                               : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_tooltip_text (self->chip, label);
  gtk_image_set_from_icon_name (self->chip_icon, icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->chip_icon), icon_name != NULL);
  if (self->css != NULL)
    gtk_widget_remove_css_class (self->chip, self->css);
  if (css != NULL)
    gtk_widget_add_css_class (self->chip, css);
  self->css = g_intern_string (css);
}

static void
show_record (WeirInspectorHeader *self, WeirRecord *record)
{
  WeirCellLook look;
  g_autofree char *status = weir_status_look_at_record (record, &look);
  g_autofree char *title =
      WEIR_IS_EVENT (record) ? weir_event_dup_title (WEIR_EVENT (record)) : NULL;
  g_autofree char *what = NULL;

  gtk_image_set_from_icon_name (self->icon,
                                weir_record_kind_get_icon (weir_record_get_kind (record)));
  gtk_label_set_label (self->name, title != NULL ? title : weir_record_get_name (record));
  what = weir_format_line (weir_record_kind_get_label (weir_record_get_kind (record)),
                           weir_record_get_account (record)->name, NULL);
  gtk_label_set_label (self->what, what);
  set_chip (self, look.icon_name, status, look.css);
}

static void
show_session (WeirInspectorHeader *self, WeirSession *session)
{
  const GError *error = weir_session_get_error (session);
  WeirAccountState state = weir_session_get_state (session);
  WeirAccountState judged = weir_error_text_judge_state (state, error);

  gtk_image_set_from_icon_name (self->icon, "weir-account-symbolic");
  gtk_label_set_label (self->name, weir_session_get_account (session)->name);
  gtk_label_set_label (self->what, _ ("Account"));
  set_chip (self, weir_account_state_icon (judged), weir_error_text_describe_state (state, error),
            weir_account_state_css (judged));
}

static void
show_group (WeirInspectorHeader *self, WeirErrorGroup *group)
{
  g_autofree char *number = weir_format_number (group->subjects->len);
  g_autofree char *what = g_strdup_printf (
      /* Translators: an error that several records have */
      ngettext ("Error · %s subject", "Error · %s subjects", group->subjects->len), number);

  gtk_image_set_from_icon_name (self->icon, "weir-errors-symbolic");
  gtk_label_set_label (self->name, group->leaf->message);
  gtk_label_set_label (self->what, what);
  set_chip (self, NULL, group->leaf->type, "error");
}

static void
show_gap (WeirInspectorHeader *self, WeirGap *gap)
{
  g_autofree char *title =
      weir_gap_dup_title (gap, weir_gap_find_subscription (gap, self->monitor));

  gtk_image_set_from_icon_name (self->icon, "weir-gap-symbolic");
  gtk_label_set_label (self->name, title);
  gtk_label_set_label (self->what, gap->account->name);
  set_chip (self, NULL, NULL, NULL);
}

static void
weir_inspector_header_dispose (GObject *object)
{
  g_clear_object (&WEIR_INSPECTOR_HEADER (object)->monitor);

  G_OBJECT_CLASS (weir_inspector_header_parent_class)->dispose (object);
}

static void
weir_inspector_header_class_init (WeirInspectorHeaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_inspector_header_dispose;
}

static GtkWidget *
create_button (const char *icon_name, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  weir_accessible_set_name (button, name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

static GtkWidget *
create_copy_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _ ("Copy as _JSON"), "inspector.copy-json");
  g_menu_append (menu, _ ("Copy as c_URL"), "inspector.copy-curl");
  g_menu_append (menu, _ ("Copy _ID"), "inspector.copy-id");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "edit-copy-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Copy"));
  weir_accessible_set_name (button, _ ("Copy"));

  return button;
}

static void
width_changed_cb (GtkOrientable *line, int width)
{
  gtk_orientable_set_orientation (line, width < MIN_LINE ? GTK_ORIENTATION_VERTICAL
                                                         : GTK_ORIENTATION_HORIZONTAL);
}

static void
weir_inspector_header_init (WeirInspectorHeader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *bin;

  self->back = create_button ("go-previous-symbolic", _ ("Back"), "inspector.back");
  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "weir-kind-icon");
  self->show = create_button ("view-list-symbolic", _ ("Show in List"), "inspector.show-in-list");
  self->copy = create_copy_button ();

  self->name = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->name, 0);
  gtk_label_set_wrap (self->name, TRUE);
  gtk_label_set_wrap_mode (self->name, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (self->name, weir_text_is_large () ? 6 : 3);
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_label_set_selectable (self->name, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "title-4");

  self->what = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->what, 0);
  gtk_label_set_wrap (self->what, TRUE);
  gtk_label_set_wrap_mode (self->what, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->what), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->what), "dim-label");
  self->chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->chip_icon = GTK_IMAGE (gtk_image_new ());
  self->chip_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_valign (self->chip, GTK_ALIGN_START);
  gtk_widget_set_halign (self->chip, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->chip, "weir-chip");
  gtk_box_append (GTK_BOX (self->chip), GTK_WIDGET (self->chip_icon));
  gtk_box_append (GTK_BOX (self->chip), GTK_WIDGET (self->chip_label));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->what));
  gtk_box_append (GTK_BOX (line), self->chip);

  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (column), line);
  bin = weir_width_bin_new (column, MIN_WIDTH);
  weir_width_bin_set_wraps (WEIR_WIDTH_BIN (bin), TRUE);
  g_signal_connect_object (bin, "width-changed", G_CALLBACK (width_changed_cb), line,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->back);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), bin);
  gtk_box_append (GTK_BOX (box), self->show);
  gtk_box_append (GTK_BOX (box), self->copy);
  gtk_widget_add_css_class (box, "weir-inspector-header");
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * weir_inspector_header_new:
 * @monitor: knows the names of subscriptions
 *
 * Returns: (transfer floating): an empty header
 */
GtkWidget *
weir_inspector_header_new (WeirMonitor *monitor)
{
  WeirInspectorHeader *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_INSPECTOR_HEADER, NULL);
  self->monitor = g_object_ref (monitor);

  return GTK_WIDGET (self);
}

/**
 * weir_inspector_header_set_object:
 * @self: the header
 * @object: a #WeirRecord, a #WeirErrorGroup, a #WeirSession or a gap’s #WeirTimelineItem
 * @inside: whether it was reached by a link inside the inspector
 */
void
weir_inspector_header_set_object (WeirInspectorHeader *self, gpointer object, gboolean inside)
{
  gboolean has_page;

  g_return_if_fail (WEIR_IS_INSPECTOR_HEADER (self));
  g_return_if_fail (G_IS_OBJECT (object));

  has_page = WEIR_IS_SUBSCRIPTION (object) || WEIR_IS_PULL_RUN (object) || WEIR_IS_EVENT (object)
             || WEIR_IS_CONNECTION (object);
  gtk_widget_set_visible (self->back, inside);
  gtk_widget_set_visible (self->show, inside && has_page);
  gtk_widget_set_visible (self->copy, WEIR_IS_RECORD (object));
  if (WEIR_IS_RECORD (object))
    show_record (self, object);
  else if (WEIR_IS_SESSION (object))
    show_session (self, object);
  else if (WEIR_IS_ERROR_GROUP (object))
    show_group (self, object);
  else if (WEIR_IS_TIMELINE_ITEM (object))
    show_gap (self, WEIR_TIMELINE_ITEM (object)->gap);
}

/**
 * weir_record_kind_get_label:
 * @kind: a kind of record
 *
 * Returns: its name as a person reads it
 */
const char *
weir_record_kind_get_label (WeirRecordKind kind)
{
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (kinds), "");

  return _ (kinds[kind].label);
}

/**
 * weir_record_kind_get_icon:
 * @kind: a kind of record
 *
 * Returns: the name of a symbolic icon
 */
const char *
weir_record_kind_get_icon (WeirRecordKind kind)
{
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind].icon_name;
}

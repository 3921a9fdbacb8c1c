/* weir-secret-row.c: a row of a form for a token or password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-secret-row.h"

/* In place of AdwPasswordEntryRow, which shows dots and hands the text itself to every program that reads the
 * accessibility bus, each character as it is typed, too. So does GtkPasswordEntry. */
struct _WeirSecretRow
{
  AdwEntryRow parent_instance;

  GtkText *text;
  char *dots;
  GtkWidget *show;
  GtkWidget *caps_lock;
  GdkDevice *keyboard; /* (nullable) while it is realized */
};

static void editable_init (GtkEditableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirSecretRow,
                               weir_secret_row,
                               ADW_TYPE_ENTRY_ROW,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_EDITABLE, editable_init))

/* The row's text is what can be seen. */
static const char *
get_text (GtkEditable *editable)
{
  WeirSecretRow *self = WEIR_SECRET_ROW (editable);
  const char *secret = weir_secret_row_get_secret (self);
  g_autoptr (GString) dots = NULL;
  gunichar dot;

  if (self->text == NULL || gtk_text_get_visibility (self->text))
    return secret;

  dot = gtk_text_get_invisible_char (self->text);
  dots = g_string_new (NULL);
  for (glong n = g_utf8_strlen (secret, -1); n > 0; n--)
    g_string_append_unichar (dots, dot != 0 ? dot : '*');
  g_free (self->dots);
  self->dots = g_strdup (dots->str);

  return self->dots;
}

static void
editable_init (GtkEditableInterface *iface)
{
  iface->get_text = get_text;
}

/* Who comes after this tells the accessibility bus which characters came or went. */
static void
insert_text_cb (WeirSecretRow *self, const char *text, int length, int *position)
{
  GtkEditable *editable = GTK_EDITABLE (self->text);

  if (gtk_text_get_visibility (self->text))
    return;

  g_signal_stop_emission_by_name (editable, "insert-text");
  GTK_EDITABLE_GET_IFACE (editable)->insert_text (editable, text, length, position);
}

static void
delete_text_cb (WeirSecretRow *self, int start, int end)
{
  GtkEditable *editable = GTK_EDITABLE (self->text);

  if (gtk_text_get_visibility (self->text))
    return;

  g_signal_stop_emission_by_name (editable, "delete-text");
  GTK_EDITABLE_GET_IFACE (editable)->delete_text (editable, start, end);
}

/* in the toolkit's own words */
static void
show_visibility (WeirSecretRow *self)
{
  gboolean visible = gtk_text_get_visibility (self->text);
  const char *label = g_dgettext ("gtk40", visible ? "Hide Text" : "Show Text");

  gtk_button_set_icon_name (GTK_BUTTON (self->show),
                            visible ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (self->show, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
clicked_cb (WeirSecretRow *self)
{
  gtk_text_set_visibility (self->text, !gtk_text_get_visibility (self->text));
  show_visibility (self);
}

static void
show_caps_lock (WeirSecretRow *self)
{
  gtk_widget_set_visible (self->caps_lock, gtk_widget_has_focus (GTK_WIDGET (self->text))
                                               && self->keyboard != NULL
                                               && gdk_device_get_caps_lock_state (self->keyboard));
}

static void
weir_secret_row_realize (GtkWidget *widget)
{
  WeirSecretRow *self = WEIR_SECRET_ROW (widget);
  GdkSeat *seat;

  GTK_WIDGET_CLASS (weir_secret_row_parent_class)->realize (widget);

  seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  self->keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
  if (self->keyboard == NULL)
    return;

  g_object_ref (self->keyboard);
  g_signal_connect_swapped (self->keyboard, "notify::caps-lock-state", G_CALLBACK (show_caps_lock),
                            self);
  show_caps_lock (self);
}

static void
weir_secret_row_unrealize (GtkWidget *widget)
{
  WeirSecretRow *self = WEIR_SECRET_ROW (widget);

  if (self->keyboard != NULL)
    g_signal_handlers_disconnect_by_func (self->keyboard, show_caps_lock, self);
  g_clear_object (&self->keyboard);

  GTK_WIDGET_CLASS (weir_secret_row_parent_class)->unrealize (widget);
}

static void
weir_secret_row_dispose (GObject *object)
{
  WeirSecretRow *self = WEIR_SECRET_ROW (object);

  self->text = NULL;

  G_OBJECT_CLASS (weir_secret_row_parent_class)->dispose (object);
}

static void
weir_secret_row_finalize (GObject *object)
{
  WeirSecretRow *self = WEIR_SECRET_ROW (object);

  g_free (self->dots);

  G_OBJECT_CLASS (weir_secret_row_parent_class)->finalize (object);
}

static void
weir_secret_row_class_init (WeirSecretRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = weir_secret_row_dispose;
  object_class->finalize = weir_secret_row_finalize;
  widget_class->realize = weir_secret_row_realize;
  widget_class->unrealize = weir_secret_row_unrealize;
}

static void
weir_secret_row_init (WeirSecretRow *self)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  self->text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self)));
  gtk_text_set_buffer (self->text, buffer);
  gtk_text_set_visibility (self->text, FALSE);
  gtk_text_set_input_purpose (self->text, GTK_INPUT_PURPOSE_PASSWORD);
  g_signal_connect_swapped (self->text, "insert-text", G_CALLBACK (insert_text_cb), self);
  g_signal_connect_swapped (self->text, "delete-text", G_CALLBACK (delete_text_cb), self);
  g_signal_connect_swapped (self->text, "notify::has-focus", G_CALLBACK (show_caps_lock), self);

  self->caps_lock = gtk_image_new_from_icon_name ("caps-lock-symbolic");
  gtk_widget_set_tooltip_text (self->caps_lock, g_dgettext ("gtk40", "Caps Lock is on"));
  gtk_widget_add_css_class (self->caps_lock, "dim-label");
  gtk_widget_set_visible (self->caps_lock, FALSE);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->caps_lock);

  self->show = gtk_button_new ();
  gtk_widget_set_valign (self->show, GTK_ALIGN_CENTER);
  gtk_widget_set_focus_on_click (self->show, FALSE);
  gtk_widget_add_css_class (self->show, "flat");
  g_signal_connect_swapped (self->show, "clicked", G_CALLBACK (clicked_cb), self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->show);
  show_visibility (self);
}

/**
 * weir_secret_row_get_secret:
 * @self: a row
 *
 * Returns: what was entered; gtk_editable_get_text() of the row has only dots while it is not shown
 */
const char *
weir_secret_row_get_secret (WeirSecretRow *self)
{
  g_return_val_if_fail (WEIR_IS_SECRET_ROW (self), "");

  return gtk_editable_get_text (gtk_editable_get_delegate (GTK_EDITABLE (self)));
}

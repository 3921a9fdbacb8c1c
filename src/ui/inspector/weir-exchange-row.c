/* weir-exchange-row.c: one request and its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two hundred of them stand in a list, so what is inside is made when it is opened.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-exchange-row.h"

#include "weir-format.h"
#include "weir-navigate.h"
#include "weir-text-attributes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WeirExchangeRow
{
  GtkListBoxRow parent_instance;

  WeirExchange *exchange;
  GtkBox *box;
  GtkImage *arrow;
  GtkRevealer *revealer; /* (nullable) until it is opened */
};

G_DEFINE_FINAL_TYPE (WeirExchangeRow, weir_exchange_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_css (WeirExchange *exchange)
{
  if (exchange->status == 0 || exchange->status >= 500)
    return "error";
  if (exchange->status >= 400)
    return "warning";

  return "success";
}

/* Without the server, which is the same for all of them. */
static const char *
get_path (WeirExchange *exchange)
{
  const char *host = exchange->uri != NULL ? strstr (exchange->uri, "://") : NULL;
  const char *path = host != NULL ? strchr (host + 3, '/') : NULL;

  return path != NULL ? path : exchange->uri != NULL ? exchange->uri : "";
}

static void
copy_curl_cb (WeirExchangeRow *self)
{
  g_autofree char *command = weir_exchange_to_curl (self->exchange);

  weir_copy (GTK_WIDGET (self), command, _ ("Copied as cURL"));
}

static void
add_text (GtkBox *box, const char *title, const char *text)
{
  GtkWidget *label;
  GtkWidget *value;

  if (text == NULL || text[0] == '\0')
    return;

  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  value = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  weir_text_set_code (value, TRUE);
  gtk_box_append (box, label);
  gtk_box_append (box, value);
}

static void
create_body (WeirExchangeRow *self)
{
  WeirExchange *exchange = self->exchange;
  GtkBox *body = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy as cURL"));
  g_autofree char *time = weir_format_absolute (exchange->started_at);
  g_autofree char *sent = weir_format_size (exchange->sent);
  g_autofree char *received = weir_format_size (exchange->received);
  g_autofree char *sizes = NULL;

  /* Translators: two sizes */
  sizes = g_strdup_printf (_ ("%s sent, %s received"), sent, received);
  add_text (body, _ ("Address"), exchange->uri);
  add_text (body, _ ("Started"), time);
  add_text (body, _ ("Outcome"), exchange->outcome);
  /* Translators: the sizes of an HTTP request’s body and of its answer’s */
  add_text (body, _ ("Bodies"), sizes);
  if (exchange->attempt > 1)
    {
      g_autofree char *attempt = g_strdup_printf ("%u", exchange->attempt);

      /* Translators: which attempt it was to get an answer, a number */
      add_text (body, _ ("Attempt"), attempt);
    }
  add_text (body, _ ("Request Headers"), exchange->request_headers);
  add_text (body, _ ("Response Headers"), exchange->response_headers);
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_curl_cb), self);
  gtk_box_append (body, copy);
  gtk_widget_add_css_class (GTK_WIDGET (body), "weir-exchange-body");

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, GTK_WIDGET (body));
  gtk_box_append (self->box, GTK_WIDGET (self->revealer));
}

static void
weir_exchange_row_dispose (GObject *object)
{
  g_clear_object (&WEIR_EXCHANGE_ROW (object)->exchange);

  G_OBJECT_CLASS (weir_exchange_row_parent_class)->dispose (object);
}

static void
weir_exchange_row_class_init (WeirExchangeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_exchange_row_dispose;
}

static void
weir_exchange_row_init (WeirExchangeRow *self)
{
}

static GtkWidget *
create_head (WeirExchangeRow *self)
{
  WeirExchange *exchange = self->exchange;
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *path = gtk_label_new (get_path (exchange));
  GtkWidget *status;
  GtkWidget *details;
  g_autofree char *clock = weir_format_clock (exchange->started_at);
  g_autofree char *duration = weir_format_duration (exchange->duration * 1000);
  g_autofree char *received = weir_format_size (exchange->received);
  g_autofree char *line = NULL;
  g_autofree char *code = exchange->status != 0 ? g_strdup_printf ("%u", exchange->status)
                                                : g_strdup (C_ ("HTTP request", "failed"));
  g_autofree char *request = NULL;
  g_autofree char *name = NULL;

  status = gtk_label_new (code);
  gtk_label_set_width_chars (GTK_LABEL (status), 6);
  gtk_widget_add_css_class (status, "numeric");
  gtk_widget_add_css_class (status, "heading");
  gtk_widget_add_css_class (status, get_css (exchange));
  line = weir_format_line (exchange->method != NULL ? exchange->method : "", clock, duration,
                           received, NULL);
  details = gtk_label_new (line);
  gtk_label_set_xalign (GTK_LABEL (path), 0);
  gtk_label_set_ellipsize (GTK_LABEL (path), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (path, get_path (exchange));
  gtk_label_set_xalign (GTK_LABEL (details), 0);
  gtk_label_set_wrap (GTK_LABEL (details), TRUE);
  gtk_widget_add_css_class (details, "caption");
  gtk_widget_add_css_class (details, "dim-label");
  gtk_widget_add_css_class (details, "numeric");
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), path);
  gtk_box_append (GTK_BOX (column), details);
  self->arrow = GTK_IMAGE (gtk_image_new_from_icon_name ("pan-end-symbolic"));
  gtk_box_append (GTK_BOX (head), status);
  gtk_box_append (GTK_BOX (head), column);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->arrow));
  gtk_widget_add_css_class (head, "weir-exchange-head");

  request =
      g_strjoin (" ", exchange->method != NULL ? exchange->method : "", get_path (exchange), NULL);
  name = weir_format_list (request, code, duration, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return head;
}

/**
 * weir_exchange_row_new:
 * @exchange: a request and its answer
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
weir_exchange_row_new (WeirExchange *exchange)
{
  WeirExchangeRow *self;

  g_return_val_if_fail (WEIR_IS_EXCHANGE (exchange), NULL);

  self = g_object_new (WEIR_TYPE_EXCHANGE_ROW, NULL);
  self->exchange = g_object_ref (exchange);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (self->box, create_head (self));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->box));

  return GTK_WIDGET (self);
}

/**
 * weir_exchange_row_toggle:
 * @self: a row
 *
 * Shows or hides all that is known of the request.
 */
void
weir_exchange_row_toggle (WeirExchangeRow *self)
{
  gboolean open;

  g_return_if_fail (WEIR_IS_EXCHANGE_ROW (self));

  if (self->revealer == NULL)
    create_body (self);
  open = !gtk_revealer_get_reveal_child (self->revealer);
  gtk_revealer_set_reveal_child (self->revealer, open);
  gtk_image_set_from_icon_name (self->arrow, open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

/* weir-exchange-row.c: one request and its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-exchange-row.h"

#include "weir-format.h"
#include "weir-navigate.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WeirExchangeRow
{
  WeirFoldRow parent_instance;

  WeirExchange *exchange;
};

G_DEFINE_FINAL_TYPE (WeirExchangeRow, weir_exchange_row, WEIR_TYPE_FOLD_ROW)

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
weir_exchange_row_fill (WeirFoldRow *row, GtkBox *body)
{
  WeirExchangeRow *self = WEIR_EXCHANGE_ROW (row);
  WeirExchange *exchange = self->exchange;
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy as cURL"));
  g_autofree char *time = weir_format_absolute (exchange->started_at);
  g_autofree char *sent = weir_format_size (exchange->sent);
  g_autofree char *received = weir_format_size (exchange->received);
  g_autofree char *sizes = NULL;

  /* Translators: two sizes */
  sizes = g_strdup_printf (_ ("%s sent, %s received"), sent, received);
  weir_fold_row_add_text (body, _ ("Address"), exchange->uri, TRUE);
  weir_fold_row_add_text (body, _ ("Started"), time, TRUE);
  weir_fold_row_add_text (body, _ ("Outcome"), exchange->outcome, TRUE);
  /* Translators: the sizes of an HTTP request’s body and of its answer’s */
  weir_fold_row_add_text (body, _ ("Bodies"), sizes, TRUE);
  if (exchange->attempt > 1)
    {
      g_autofree char *attempt = g_strdup_printf ("%u", exchange->attempt);

      /* Translators: which attempt it was to get an answer, a number */
      weir_fold_row_add_text (body, _ ("Attempt"), attempt, TRUE);
    }
  weir_fold_row_add_text (body, _ ("Request Headers"), exchange->request_headers, TRUE);
  weir_fold_row_add_text (body, _ ("Response Headers"), exchange->response_headers, TRUE);
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_curl_cb), self);
  gtk_box_append (body, copy);
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
  WEIR_FOLD_ROW_CLASS (klass)->fill = weir_exchange_row_fill;
}

static void
weir_exchange_row_init (WeirExchangeRow *self)
{
}

static void
set_head (WeirExchangeRow *self)
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
  if (weir_text_is_large ())
    {
      gtk_label_set_wrap (GTK_LABEL (status), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (status), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_max_width_chars (GTK_LABEL (status), 6);
    }
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
  gtk_box_append (GTK_BOX (head), status);
  gtk_box_append (GTK_BOX (head), column);

  request =
      g_strjoin (" ", exchange->method != NULL ? exchange->method : "", get_path (exchange), NULL);
  name = weir_format_list (request, code, duration, NULL);
  weir_fold_row_set_head (WEIR_FOLD_ROW (self), head, name);
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
  set_head (self);

  return GTK_WIDGET (self);
}

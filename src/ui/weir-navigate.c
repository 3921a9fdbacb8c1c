/* weir-navigate.c: what any part of the window may ask the window for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-navigate.h"

#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>

static WeirWindow *
find_window (GtkWidget *from)
{
  GtkRoot *root = gtk_widget_get_root (from);

  if (WEIR_IS_WINDOW (root))
    return WEIR_WINDOW (root);

  /* a dialog of the window */
  if (GTK_IS_WINDOW (root))
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (root));

      if (WEIR_IS_WINDOW (parent))
        return WEIR_WINDOW (parent);
    }

  return NULL;
}

/**
 * weir_navigate_to_page:
 * @from: a widget of the window
 * @page: a page's id, such as "pulls"
 *
 * Shows the page.
 */
void
weir_navigate_to_page (GtkWidget *from, const char *page)
{
  WeirWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (page != NULL);

  window = find_window (from);
  if (window != NULL)
    weir_window_show_page (window, page);
}

/**
 * weir_navigate_to_record:
 * @from: a widget of the window
 * @record: what to go to
 *
 * Shows the record's row on its page and the record in the inspector; where it has no row, only the latter.
 */
void
weir_navigate_to_record (GtkWidget *from, WeirRecord *record)
{
  WeirWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (WEIR_IS_RECORD (record));

  window = find_window (from);
  if (window != NULL)
    weir_window_show_record (window, record);
}

/**
 * weir_navigate_to_id:
 * @from: a widget of the window
 * @kind: subscription, pull or connection
 * @account: whose
 * @id: its id
 *
 * Like weir_navigate_to_record() for a record known by its id only; says so when it is not known now.
 */
void
weir_navigate_to_id (GtkWidget *from, WeirRecordKind kind, WeirAccount *account, const char *id)
{
  WeirWindow *window;
  WeirRecord *record;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));
  g_return_if_fail (id != NULL);

  window = find_window (from);
  if (window == NULL)
    return;

  record = weir_record_set_find (weir_monitor_get_records (weir_window_get_monitor (window), kind),
                                 account, id);
  if (record != NULL)
    {
      weir_window_show_record (window, record);
    }
  else
    {
      g_autofree char *text = g_strdup_printf (_ ("%s is not in the list now"), id);

      weir_toast (from, text);
    }
}

/**
 * weir_navigate_to_search:
 * @from: a widget of the window
 * @page: a page's id
 * @text: what to search for there
 *
 * Shows the page, narrowed.
 */
void
weir_navigate_to_search (GtkWidget *from, const char *page, const char *text)
{
  WeirWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (page != NULL);
  g_return_if_fail (text != NULL);

  window = find_window (from);
  if (window != NULL)
    weir_window_search (window, page, text);
}

/**
 * weir_navigate_add_term:
 * @from: a widget of the window
 * @page: a page's id
 * @field: a field of the page's query
 * @value: what it is to be
 *
 * Shows the page, narrowed further than it was.
 */
void
weir_navigate_add_term (GtkWidget *from, const char *page, const char *field, const char *value)
{
  WeirWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (page != NULL);
  g_return_if_fail (field != NULL);
  g_return_if_fail (value != NULL);

  window = find_window (from);
  if (window != NULL)
    weir_window_add_term (window, page, field, value);
}

/**
 * weir_navigate_inspect:
 * @from: a widget of the window
 * @object: (nullable): a record or an error group
 *
 * Shows it in the inspector and opens that, without leaving the page.
 */
void
weir_navigate_inspect (GtkWidget *from, gpointer object)
{
  WeirWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (object == NULL || G_IS_OBJECT (object));

  window = find_window (from);
  if (window != NULL)
    weir_window_inspect (window, object, TRUE);
}

/**
 * weir_toast:
 * @from: a widget of the window
 * @text: what to say, no markup
 */
void
weir_toast (GtkWidget *from, const char *text)
{
  WeirWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (text != NULL);

  window = find_window (from);
  if (window != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      weir_window_add_toast (window, adw_toast_new (escaped));
    }
}

/**
 * weir_toast_error:
 * @from: a widget of the window
 * @what: what did not work, as a clause: "Subscribing failed"
 * @error: why; a cancelled operation is silent
 */
void
weir_toast_error (GtkWidget *from, const char *what, const GError *error)
{
  g_autofree char *sentence = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (what != NULL);
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sentence = weir_error_text_dup_sentence (error);
  text = weir_format_labelled (what, sentence);
  weir_toast (from, text);
}

/**
 * weir_copy:
 * @from: a widget of the window
 * @text: goes to the clipboard
 * @what: what was copied, for the toast: "Copied as JSON"
 */
void
weir_copy (GtkWidget *from, const char *text, const char *what)
{
  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (text != NULL);
  g_return_if_fail (what != NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (from), text);
  weir_toast (from, what);
}

/**
 * weir_navigate_find_newest:
 * @monitor: has the records
 * @record: any version of a record
 *
 * Returns: (transfer none): the record as it is known by now: a toast may lead to what has changed since
 */
WeirRecord *
weir_navigate_find_newest (WeirMonitor *monitor, WeirRecord *record)
{
  WeirRecordKind kind;
  WeirRecord *newest = NULL;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), record);
  g_return_val_if_fail (WEIR_IS_RECORD (record), record);

  kind = weir_record_get_kind (record);
  if (kind == WEIR_RECORD_SUBSCRIPTION || kind == WEIR_RECORD_PULL
      || kind == WEIR_RECORD_CONNECTION)
    newest = weir_record_set_find (weir_monitor_get_records (monitor, kind),
                                   weir_record_get_account (record), weir_record_get_id (record));

  return newest != NULL ? newest : record;
}

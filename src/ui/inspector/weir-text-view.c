/* weir-text-view.c: JSON or XML as text, as much of it as a screen can take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-text-view.h"

#include "weir-format.h"
#include "weir-json-colors.h"
#include "weir-json-lines.h"
#include "weir-line-model.h"
#include "weir-line-view.h"
#include "weir-navigate.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

/* Above and beneath what is seen so much is coloured, px: scrolling finds it done. No line is lower than the second. */
#define MARGIN 400
#define MIN_LINE 8

struct _WeirTextView
{
  AdwBin parent_instance;

  char *name;          /* (nullable) of the file to save to */
  GBytes *whole;       /* (nullable) what is saved */
  WeirJsonLines *json; /* (nullable) or this */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser; /* (nullable) */

  GtkWidget *bar; /* says that the text is long, or cut */
  GtkLabel *notice;
  GtkStack *stack; /* "text" or "lines" */
  GtkSourceBuffer *buffer;
  WeirJsonColors *colors;
  GtkWidget *view;
  GtkScrolledWindow *scroller;
  WeirLineView *lines;
};

enum
{
  NOT_FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirTextView, weir_text_view, ADW_TYPE_BIN)

typedef struct
{
  GBytes *bytes;
  WeirJson value;
  WeirJsonLines *lines;
  char *shown; /* (nullable): it is too long for a text view */
} Pretty;

static void
pretty_free (Pretty *pretty)
{
  g_bytes_unref (pretty->bytes);
  g_clear_pointer (&pretty->lines, weir_json_lines_unref);
  g_free (pretty->shown);
  g_free (pretty);
}

static void
set_scheme (WeirTextView *self)
{
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_source_buffer_set_style_scheme (
      self->buffer,
      gtk_source_style_scheme_manager_get_scheme (manager, dark ? "Adwaita-dark" : "Adwaita"));
  weir_json_colors_update (self->colors);
}

static void
paint_seen (WeirTextView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  GdkRectangle seen;
  GtkTextIter iter;
  int first;

  if (self->buffer == NULL || !gtk_widget_get_mapped (self->view))
    return;

  gtk_text_view_get_visible_rect (view, &seen);
  gtk_text_view_get_line_at_y (view, &iter, MAX (0, seen.y - MARGIN), NULL);
  first = gtk_text_iter_get_line (&iter);
  /* what is not laid out yet has no height: then the line there is the last one */
  gtk_text_view_get_line_at_y (view, &iter, seen.y + seen.height + MARGIN, NULL);
  weir_json_colors_paint (
      self->colors, first,
      MIN (gtk_text_iter_get_line (&iter), first + (seen.height + 2 * MARGIN) / MIN_LINE));
}

static void
set_notice (WeirTextView *self, const char *text, gboolean cut)
{
  gtk_widget_set_visible (self->bar, text != NULL);
  gtk_label_set_label (self->notice, text != NULL ? text : "");
  if (cut)
    gtk_widget_add_css_class (self->bar, "cut");
  else
    gtk_widget_remove_css_class (self->bar, "cut");
}

static void
set_text (WeirTextView *self, const char *text, gboolean is_json)
{
  GtkTextIter start;

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text, -1);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->buffer), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &start);
  weir_json_colors_reset (self->colors, is_json);
  gtk_stack_set_visible_child_name (self->stack, "text");
  weir_line_view_set_lines (self->lines, NULL);
  paint_seen (self);
}

static void
show_text (WeirTextView *self, const char *shown, GBytes *whole, gboolean cut)
{
  g_autofree char *text = NULL;

  set_text (self, shown, FALSE);
  g_clear_pointer (&self->json, weir_json_lines_unref);
  g_clear_pointer (&self->whole, g_bytes_unref);
  self->whole = g_bytes_ref (whole);
  if (cut)
    {
      g_autofree char *part = weir_format_size (strlen (shown));
      g_autofree char *all = weir_format_size (g_bytes_get_size (whole));

      /* Translators: two sizes, as in “1.0 MB of 5.2 MB are shown” */
      text = g_strdup_printf (_ ("%s of %s are shown"), part, all);
    }
  set_notice (self, text, cut);
}

/* All lines are there; only what is too long of one is not. */
static char *
describe_lines (WeirJsonLines *lines)
{
  g_autofree char *size = weir_format_size (weir_json_lines_get_size (lines));
  guint length = weir_json_lines_get_length (lines);
  g_autofree char *number = weir_format_number (length);
  g_autofree char *max = weir_format_number (WEIR_LINE_MAX_BYTES);

  if (weir_json_lines_get_longest (lines) <= WEIR_LINE_MAX_BYTES)
    /* Translators: a size and a number */
    return g_strdup_printf (ngettext ("%s in %s line", "%s in %s lines", length), size, number);

  /* Translators: a size and two numbers */
  return g_strdup_printf (ngettext ("%s in %s line. What is longer than %s bytes is cut here.",
                                    "%s in %s lines. Those longer than %s bytes are cut here.",
                                    length),
                          size, number, max);
}

static void
show_lines (WeirTextView *self, const Pretty *pretty)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&self->whole, g_bytes_unref);
  g_clear_pointer (&self->json, weir_json_lines_unref);
  self->json = weir_json_lines_ref (pretty->lines);
  if (pretty->shown != NULL)
    {
      set_text (self, pretty->shown, TRUE);
      set_notice (self, NULL, FALSE);
      return;
    }

  text = describe_lines (pretty->lines);
  set_notice (self, text, weir_json_lines_get_longest (pretty->lines) > WEIR_LINE_MAX_BYTES);
  weir_line_view_set_lines (self->lines, pretty->lines);
  gtk_stack_set_visible_child_name (self->stack, "lines");
  /* what it held is not needed any more */
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", 0);
  weir_json_colors_reset (self->colors, FALSE);
}

static void
print_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Pretty *pretty = task_data;

  pretty->lines = weir_json_lines_new (pretty->bytes, pretty->value, cancellable);
  if (pretty->lines == NULL)
    {
      g_task_return_error_if_cancelled (task);
      return;
    }
  if (weir_json_lines_get_size (pretty->lines) <= WEIR_TEXT_MAX_BYTES
      && weir_json_lines_get_longest (pretty->lines) <= WEIR_TEXT_MAX_LINE)
    {
      GString *text = g_string_sized_new (weir_json_lines_get_size (pretty->lines));

      weir_json_lines_append (pretty->lines, 0, G_MAXUINT, G_MAXSIZE, text);
      pretty->shown = g_string_free (text, FALSE);
    }
  g_task_return_boolean (task, TRUE);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pretty *pretty = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    show_lines (WEIR_TEXT_VIEW (source), pretty);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  GError *error = NULL;

  stream =
      g_file_replace (G_FILE (source), NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, &error);
  if (stream != NULL
      && weir_json_lines_write (task_data, G_OUTPUT_STREAM (stream), cancellable, &error)
      && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
report_saved (WeirTextView *self, const GError *error)
{
  if (error == NULL)
    weir_toast (GTK_WIDGET (self), _ ("Saved"));
  else
    weir_toast_error (GTK_WIDGET (self), _ ("It was not saved"), error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirTextView) self = user_data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  report_saved (self, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirTextView) self = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  report_saved (self, error);
}

static void
save_lines (WeirTextView *self, GFile *file)
{
  g_autoptr (GTask) task = g_task_new (file, NULL, written_cb, g_object_ref (self));

  g_task_set_source_tag (task, save_lines);
  g_task_set_task_data (task, weir_json_lines_ref (self->json),
                        (GDestroyNotify) weir_json_lines_unref);
  g_task_run_in_thread (task, write_in_thread);
}

static void
response_cb (GtkFileChooserNative *chooser, int response, WeirTextView *self)
{
  if (response == GTK_RESPONSE_ACCEPT && (self->whole != NULL || self->json != NULL))
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      if (self->whole == NULL)
        save_lines (self, file);
      else
        g_file_replace_contents_bytes_async (file, self->whole, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                             NULL, saved_cb, g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
save_cb (WeirTextView *self)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (
      _ ("Save Whole"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                     self->name != NULL ? self->name : "weir.txt");
  g_signal_connect (self->chooser, "response", G_CALLBACK (response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
weir_text_view_dispose (GObject *object)
{
  WeirTextView *self = WEIR_TEXT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->colors, weir_json_colors_free);
  g_clear_object (&self->buffer);
  g_clear_pointer (&self->whole, g_bytes_unref);
  g_clear_pointer (&self->json, weir_json_lines_unref);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (weir_text_view_parent_class)->dispose (object);
}

static void
weir_text_view_class_init (WeirTextViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_text_view_dispose;

  signals[NOT_FOUND] = g_signal_new ("not-found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_text_view_init (WeirTextView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("Save _Whole…"));

  self->notice = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->notice, 0);
  gtk_label_set_wrap (self->notice, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->notice), TRUE);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), self);
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->bar, "weir-notice");
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (self->bar), save);
  gtk_widget_set_visible (self->bar, FALSE);

  self->buffer = gtk_source_buffer_new (NULL);
  gtk_source_buffer_set_highlight_matching_brackets (self->buffer, FALSE);
  self->colors = weir_json_colors_new (self->buffer);
  self->view = gtk_source_view_new_with_buffer (self->buffer);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->view), 6);
  /* Tab is for leaving: nothing can be written here */
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_widget_add_css_class (self->view, "weir-raw");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Raw Text"), -1);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_scrolled_window_set_child (self->scroller, self->view);
  /* it is scrolled, it is resized, or more of it is laid out */
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (paint_seen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                           G_CALLBACK (paint_seen), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), self->bar);
  self->lines = WEIR_LINE_VIEW (weir_line_view_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->scroller), "text");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->lines), "lines");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (set_scheme), self, G_CONNECT_SWAPPED);
  set_scheme (self);
}

typedef struct
{
  WeirJsonLines *lines;
  char *text;
  guint from;
  gboolean backward;
} Search;

static void
search_free (Search *search)
{
  weir_json_lines_unref (search->lines);
  g_free (search->text);
  g_free (search);
}

static void
search_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Search *search = task_data;
  guint found = weir_json_lines_find (search->lines, search->text, search->from, search->backward,
                                      cancellable);

  g_task_return_int (task, found != G_MAXUINT ? (gssize) found : -1);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirTextView *self = WEIR_TEXT_VIEW (source);
  g_autoptr (GError) error = NULL;
  gssize found = g_task_propagate_int (G_TASK (result), &error);

  if (error != NULL)
    return;
  if (found >= 0)
    weir_line_view_show_line (self->lines, (guint) found);
  else
    g_signal_emit (self, signals[NOT_FOUND], 0);
}

static void
search_lines (WeirTextView *self, const char *text, gboolean backward)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, searched_cb, NULL);
  Search *search = g_new0 (Search, 1);

  search->lines = weir_json_lines_ref (self->json);
  search->text = g_strdup (text);
  search->from = weir_line_view_get_line (self->lines);
  search->backward = backward;
  g_task_set_source_tag (task, search_lines);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_in_thread);
}

/* A text view's text is short enough to be looked through here. */
static void
search_text (WeirTextView *self, const char *text, gboolean backward)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextSearchFlags flags = GTK_TEXT_SEARCH_CASE_INSENSITIVE | GTK_TEXT_SEARCH_TEXT_ONLY;
  GtkTextIter from, start, end;
  gboolean found;

  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &from))
    gtk_text_buffer_get_iter_at_mark (buffer, &from, gtk_text_buffer_get_insert (buffer));
  else if (backward)
    from = start;
  found = backward ? gtk_text_iter_backward_search (&from, text, flags, &start, &end, NULL)
                   : gtk_text_iter_forward_search (&from, text, flags, &start, &end, NULL);
  if (!found && backward)
    {
      gtk_text_buffer_get_end_iter (buffer, &from);
      found = gtk_text_iter_backward_search (&from, text, flags, &start, &end, NULL);
    }
  else if (!found)
    {
      gtk_text_buffer_get_start_iter (buffer, &from);
      found = gtk_text_iter_forward_search (&from, text, flags, &start, &end, NULL);
    }
  if (!found)
    {
      g_signal_emit (self, signals[NOT_FOUND], 0);
      return;
    }

  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->view), &start, 0.1, FALSE, 0, 0);
}

static void
restart (WeirTextView *self, const char *language /* nullable */, const char *name)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_free (self->name);
  self->name = g_strdup (name);
  gtk_source_buffer_set_language (self->buffer,
                                  language != NULL ? gtk_source_language_manager_get_language (
                                      gtk_source_language_manager_get_default (), language)
                                                   : NULL);
}

/* Where a character begins at or before the position. */
static const char *
step_back (const char *text, const char *position)
{
  while (position > text && (*position & 0xc0) == 0x80)
    position--;

  return position;
}

/**
 * weir_text_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
weir_text_view_new (void)
{
  return g_object_new (WEIR_TYPE_TEXT_VIEW, NULL);
}

/**
 * weir_text_view_set_json:
 * @self: the view
 * @bytes: what holds the value
 * @value: a value inside @bytes
 * @name: (nullable): of the file it may be saved to
 *
 * Shows the value indented; what was shown stays until that is done.
 */
void
weir_text_view_set_json (WeirTextView *self, GBytes *bytes, WeirJson value, const char *name)
{
  g_autoptr (GTask) task = NULL;
  Pretty *pretty;

  g_return_if_fail (WEIR_IS_TEXT_VIEW (self));
  g_return_if_fail (bytes != NULL);

  restart (self, NULL, name);
  pretty = g_new0 (Pretty, 1);
  pretty->bytes = g_bytes_ref (bytes);
  pretty->value = value;
  task = g_task_new (self, self->cancellable, printed_cb, NULL);
  g_task_set_source_tag (task, weir_text_view_set_json);
  g_task_set_task_data (task, pretty, (GDestroyNotify) pretty_free);
  g_task_run_in_thread (task, print_in_thread);
}

/**
 * weir_text_view_set_text:
 * @self: the view
 * @text: what to show
 * @language: (nullable): a GtkSourceView language's id
 * @name: (nullable): of the file it may be saved to
 */
void
weir_text_view_set_text (WeirTextView *self,
                         const char *text,
                         const char *language,
                         const char *name)
{
  g_autoptr (GBytes) whole = NULL;
  g_autofree char *shown = NULL;
  gboolean cut;

  g_return_if_fail (WEIR_IS_TEXT_VIEW (self));
  g_return_if_fail (text != NULL);

  restart (self, language, name);
  whole = g_bytes_new (text, strlen (text));
  shown = weir_text_cut (text, strlen (text), &cut);
  show_text (self, shown, whole, cut);
}

/**
 * weir_text_view_search:
 * @self: the view
 * @text: what to look for, whatever the case of its letters
 * @backward: towards the beginning
 *
 * Selects the next place that has it, or emits "not-found".
 */
void
weir_text_view_search (WeirTextView *self, const char *text, gboolean backward)
{
  g_return_if_fail (WEIR_IS_TEXT_VIEW (self));
  g_return_if_fail (text != NULL);

  if (*text == '\0')
    return;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "lines") == 0)
    search_lines (self, text, backward);
  else
    search_text (self, text, backward);
}

/**
 * weir_text_cut:
 * @text: UTF-8
 * @length: its bytes
 * @cut: (out): whether anything was left out
 *
 * A text view lays out a line of megabytes for seconds, so long lines are cut as well as long texts.
 *
 * Returns: (transfer full): as much of @text as is shown
 */
char *
weir_text_cut (const char *text, gsize length, gboolean *cut)
{
  GString *shown = g_string_sized_new (MIN (length, WEIR_TEXT_MAX_BYTES) + 16);
  const char *end = text + length;
  const char *line = text;

  *cut = FALSE;
  while (line < end)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));
      const char *next = newline != NULL ? newline + 1 : end;

      if (shown->len + MIN ((gsize) (next - line), WEIR_TEXT_MAX_LINE) > WEIR_TEXT_MAX_BYTES)
        {
          *cut = TRUE;
          break;
        }
      if (next - line > WEIR_TEXT_MAX_LINE)
        {
          const char *stop = step_back (line, line + WEIR_TEXT_MAX_LINE);

          g_string_append_len (shown, line, stop - line);
          g_string_append (shown, newline != NULL ? "…\n" : "…");
          *cut = TRUE;
        }
      else
        {
          g_string_append_len (shown, line, next - line);
        }
      line = next;
    }

  return g_string_free (shown, FALSE);
}

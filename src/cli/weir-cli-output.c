/* weir-cli-output.c: what goes to standard output
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define GAP 2      /* columns of blank between two cells */
#define LEAST 12   /* columns: no cell is made narrower than this */
#define ABSENT "-" /* what a cell without a value holds, so that no column seems to be missing */
#define ID_COLUMN "id" /* is never cut: it is there to be copied */

struct _WeirCliOutput
{
  gboolean json;
  guint screen; /* columns of the terminal, 0 if it is none */
  char **columns;
  guint n_columns;
  guint *widths;
  gboolean has_heading;
  GPtrArray *rows; /* char **, of n_columns cells */
  gboolean closed;
  int error;
};

static guint
get_screen_width (void)
{
  struct winsize size = { 0 };

  if (!isatty (STDOUT_FILENO) || ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
    return 0;
  return size.ws_col;
}

static guint
get_char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

static void
put (WeirCliOutput *self, const char *text, gsize length)
{
  if (self->closed || self->error != 0 || length == 0)
    return;
  if (fwrite (text, 1, length, stdout) == length)
    return;
  self->closed = errno == EPIPE;
  self->error = self->closed ? 0 : errno;
}

static void
put_out (WeirCliOutput *self)
{
  if (self->closed || self->error != 0 || fflush (stdout) == 0)
    return;
  self->closed = errno == EPIPE;
  self->error = self->closed ? 0 : errno;
}

/* The leaf says what is wrong; what stands before it only says where. */
static char *
dup_error_text (WeirJson error)
{
  for (WeirJson cause = weir_json_get (error, "caused_by"); weir_json_is_set (cause);
       cause = weir_json_get (error, "caused_by"))
    error = cause;
  return weir_json_dup_text (weir_json_get (error, "message"));
}

/* Records of a list by their address, whatever else by its text. */
static char *
dup_list_text (WeirJson list)
{
  g_autoptr (GString) text = g_string_new (NULL);
  WeirJsonIter iter;
  WeirJson item;

  weir_json_iter_init (&iter, list);
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      g_autofree char *account = weir_json_dup_string (weir_json_get (item, "account"));
      g_autofree char *id = weir_json_dup_string (weir_json_get (item, "id"));
      g_autofree char *plain = id == NULL ? weir_json_dup_text (item) : NULL;

      if (text->len > 0)
        g_string_append (text, ", ");
      if (account != NULL && id != NULL)
        g_string_append_printf (text, "%s/%s", account, id);
      else
        g_string_append (text, id != NULL ? id : plain != NULL ? plain : "null");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_cell (WeirJson value)
{
  g_autofree char *text = NULL;

  if (weir_json_get_type (value) == WEIR_JSON_OBJECT)
    text = dup_error_text (value);
  else if (weir_json_get_type (value) == WEIR_JSON_ARRAY)
    text = dup_list_text (value);
  if (text == NULL)
    text = weir_json_dup_text (value);
  return text != NULL && *text != '\0' ? weir_cli_dup_printable (text) : g_strdup (ABSENT);
}

/* Takes from the widest columns what is too much for the screen. */
static void
fit (WeirCliOutput *self, guint *widths)
{
  guint total = 0;

  for (guint i = 0; i < self->n_columns; i++)
    total += widths[i] + (i > 0 ? GAP : 0);
  while (total > self->screen)
    {
      guint widest = self->n_columns;

      for (guint i = 0; i < self->n_columns; i++)
        if (widths[i] > LEAST && !g_str_equal (self->columns[i], ID_COLUMN)
            && (widest == self->n_columns || widths[i] > widths[widest]))
          widest = i;
      if (widest == self->n_columns)
        return;
      widths[widest]--;
      total--;
    }
}

static void
append_cell (GString *line, const char *cell, guint width, gboolean last)
{
  guint needed = weir_cli_get_text_width (cell);
  guint used = 0;

  if (needed <= width)
    {
      g_string_append (line, cell);
      used = needed;
    }
  else
    {
      for (const char *p = cell; *p != '\0'; p = g_utf8_next_char (p))
        {
          guint next = get_char_width (g_utf8_get_char (p));

          if (used + next > width - 1)
            break;
          g_string_append_unichar (line, g_utf8_get_char (p));
          used += next;
        }
      g_string_append (line, "…");
      used++;
    }
  if (!last)
    g_string_append_printf (line, "%*s", (int) (width - used + GAP), "");
}

static void
put_row (WeirCliOutput *self, char **cells, const guint *widths)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < self->n_columns; i++)
    append_cell (line, cells[i], widths[i], i + 1 == self->n_columns);
  g_string_append_c (line, '\n');
  put (self, line->str, line->len);
}

static void
add_row (WeirCliOutput *self, char **cells)
{
  for (guint i = 0; i < self->n_columns; i++)
    self->widths[i] = MAX (self->widths[i], weir_cli_get_text_width (cells[i]));
  g_ptr_array_add (self->rows, cells);
}

static void
add_heading (WeirCliOutput *self)
{
  char **cells = g_new0 (char *, self->n_columns + 1);

  for (guint i = 0; i < self->n_columns; i++)
    cells[i] = g_strdelimit (g_ascii_strup (self->columns[i], -1), "_", ' ');
  self->has_heading = TRUE;
  add_row (self, cells);
}

/**
 * weir_cli_output_new:
 * @json: whether each object is written as it is, one a line
 *
 * Returns: (transfer full): standard output
 */
WeirCliOutput *
weir_cli_output_new (gboolean json)
{
  WeirCliOutput *self = g_new0 (WeirCliOutput, 1);

  self->json = json;
  self->screen = json ? 0 : get_screen_width ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  weir_cli_output_set_columns (self, "id");
  return self;
}

/**
 * weir_cli_output_free:
 * @self: (transfer full): what was added is to be flushed before
 */
void
weir_cli_output_free (WeirCliOutput *self)
{
  g_strfreev (self->columns);
  g_free (self->widths);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * weir_cli_output_set_columns:
 * @columns: names of members, with blanks between them
 *
 * What text shows of the objects, before the first of them is added.
 */
void
weir_cli_output_set_columns (WeirCliOutput *self, const char *columns)
{
  g_strfreev (self->columns);
  g_free (self->widths);
  self->columns = g_strsplit (columns, " ", -1);
  self->n_columns = g_strv_length (self->columns);
  self->widths = g_new0 (guint, self->n_columns);
}

/**
 * weir_cli_output_add:
 * @object: JSON, one line without its end
 */
void
weir_cli_output_add (WeirCliOutput *self, const char *object)
{
  char **cells;
  WeirJson json;

  if (self->json)
    {
      put (self, object, strlen (object));
      put (self, "\n", 1);
      put_out (self);
      return;
    }
  if (!weir_json_parse_text (object, -1, &json, NULL))
    return;
  if (!self->has_heading)
    add_heading (self);
  cells = g_new0 (char *, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    cells[i] = dup_cell (weir_json_get (json, self->columns[i]));
  add_row (self, cells);
}

/* Changes of a state, one a line. */
static void
append_history (GString *text, WeirJson changes)
{
  static const char *const MEMBERS[] = { "at", "before", "after", "error" };
  WeirJsonIter iter;
  WeirJson unused, change;

  weir_json_iter_init (&iter, changes);
  while (weir_json_iter_next (&iter, &unused, &change))
    for (guint i = 0; i < G_N_ELEMENTS (MEMBERS); i++)
      {
        g_autofree char *cell = dup_cell (weir_json_get (change, MEMBERS[i]));

        g_string_append_printf (text, "%s%s%s",
                                i == 0   ? "  "
                                : i == 2 ? " → "
                                         : "  ",
                                cell, i + 1 == G_N_ELEMENTS (MEMBERS) ? "\n" : "");
      }
}

/**
 * weir_cli_output_add_details:
 * @object: JSON, one line without its end
 *
 * As text, everything in it: a member a line, and what was sent ("raw") last and in full.
 */
void
weir_cli_output_add_details (WeirCliOutput *self, const char *object)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint width = 0;
  WeirJsonIter iter;
  WeirJson json, key, value;

  if (self->json)
    {
      weir_cli_output_add (self, object);
      return;
    }
  if (!weir_json_parse_text (object, -1, &json, NULL))
    return;
  weir_json_iter_init (&iter, json);
  while (weir_json_iter_next (&iter, &key, &value))
    width = MAX (width, (guint) key.length);
  weir_json_iter_init (&iter, json);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);

      if (g_str_equal (name, "raw"))
        {
          g_autofree char *pretty = weir_json_dup_pretty (value);
          g_auto (GStrv) lines = g_strsplit (pretty, "\n", -1);

          g_string_append_printf (text, "%s\n", name);
          for (guint i = 0; lines[i] != NULL; i++)
            {
              g_autofree char *line = weir_cli_dup_printable (lines[i]);

              g_string_append_printf (text, "  %s\n", line);
            }
        }
      else if (g_str_equal (name, "history"))
        {
          g_string_append_printf (text, "%s\n", name);
          append_history (text, value);
        }
      else
        {
          g_autofree char *cell = dup_cell (value);

          append_cell (text, name, width, FALSE);
          g_string_append_printf (text, "%s\n", cell);
        }
    }
  put (self, text->str, text->len);
}

/**
 * weir_cli_output_flush:
 *
 * Writes the rows that were added.
 */
void
weir_cli_output_flush (WeirCliOutput *self)
{
  g_autofree guint *widths = g_memdup2 (self->widths, self->n_columns * sizeof (guint));

  if (self->screen > 0)
    fit (self, widths);
  for (guint i = 0; i < self->rows->len; i++)
    put_row (self, self->rows->pdata[i], widths);
  g_ptr_array_set_size (self->rows, 0);
  put_out (self);
}

/**
 * weir_cli_output_is_closed:
 *
 * Returns: whether nobody reads it any more
 */
gboolean
weir_cli_output_is_closed (WeirCliOutput *self)
{
  return self->closed;
}

/**
 * weir_cli_output_get_error:
 *
 * Returns: errno of the write that failed, but for a reader who has gone; 0 if there was none
 */
int
weir_cli_output_get_error (WeirCliOutput *self)
{
  return self->error;
}

/**
 * weir_cli_get_text_width:
 * @text: what weir_cli_dup_printable() gives
 *
 * Returns: how many columns it takes on a terminal
 */
guint
weir_cli_get_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += get_char_width (g_utf8_get_char (p));
  return width;
}

/**
 * weir_cli_dup_printable:
 * @text: anything, from anybody
 *
 * Returns: (transfer full): the same in one line and without what a terminal would take for a command
 */
char *
weir_cli_dup_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *printable = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\r' || c == '\t')
        g_string_append_c (printable, ' ');
      else if (g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e)
               || (c >= 0x2066 && c <= 0x2069))
        g_string_append_unichar (printable, 0xfffd);
      else
        g_string_append_unichar (printable, c);
    }
  return g_string_free (printable, FALSE);
}

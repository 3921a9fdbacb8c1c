/* test-weir-json-colors.c: JSON in colours, line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-json-colors.h"

#include <string.h>

/* What is found in the line, a letter and the text of each piece. */
static char *
describe (const char *line)
{
  static const char LETTERS[] = "KSNW";
  g_autoptr (GString) found = g_string_new (NULL);
  gsize start;
  gsize end = 0;
  WeirJsonColor color;

  while (weir_json_colors_find (line, &start, &end, &color))
    g_string_append_printf (found, "%s%c%.*s", found->len > 0 ? " " : "", LETTERS[color],
                            (int) (end - start), line + start);

  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
test_find (void)
{
  static const struct
  {
    const char *line;
    const char *found;
  } lines[] = {
    { "", "" },
    { "  {", "" },
    { "  \"id\": 12,", "K\"id\" N12" },
    { "  \"a\": \"b: c\",", "K\"a\" S\"b: c\"" },
    { "  \"a\\\"b\\\\\": -1.5e+3", "K\"a\\\"b\\\\\" N-1.5e+3" },
    { "  true,", "Wtrue" },
    { "  \"x\": null, \"y\": false", "K\"x\" Wnull K\"y\" Wfalse" },
    { "  \"name\": \"Reykjavík\"", "K\"name\" S\"Reykjavík\"" },
    { "  \"true\",", "S\"true\"" },
    { "  []", "" },
    /* what is cut, or not JSON, ends with the line */
    { "  \"name\": \"cut…", "K\"name\" S\"cut…" },
    { "  \"name\\", "S\"name\\" },
    { "  true…", "Wtrue" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *found = describe (lines[i].line);

      g_assert_cmpstr (found, ==, lines[i].found);
    }
}

static gboolean
has_color (GtkTextBuffer *buffer, int line, int index)
{
  g_autoptr (GSList) tags = NULL;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line_index (buffer, &iter, line, index);
  tags = gtk_text_iter_get_tags (&iter);

  return tags != NULL;
}

/* Only what is asked for has colours, and another text none of the last one's. */
static void
test_paint (void)
{
  g_autoptr (GtkSourceBuffer) source = gtk_source_buffer_new (NULL);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (source);
  WeirJsonColors *colors = weir_json_colors_new (source);

  gtk_text_buffer_set_text (buffer, "{\n  \"ä\": 1,\n  \"b\": true\n}", -1);
  weir_json_colors_paint (colors, 0, 3);
  g_assert_false (has_color (buffer, 1, 2));

  weir_json_colors_reset (colors, TRUE);
  weir_json_colors_paint (colors, 0, 1);
  g_assert_true (has_color (buffer, 1, 2));
  g_assert_false (has_color (buffer, 1, 6));
  g_assert_true (has_color (buffer, 1, 8));
  g_assert_false (has_color (buffer, 2, 2));
  weir_json_colors_paint (colors, 1, 1000);
  g_assert_true (has_color (buffer, 2, 2));
  weir_json_colors_update (colors);
  g_assert_true (has_color (buffer, 2, 2));

  gtk_text_buffer_set_text (buffer, "\"b\"\ntrue", -1);
  weir_json_colors_reset (colors, FALSE);
  weir_json_colors_paint (colors, 0, 1);
  g_assert_false (has_color (buffer, 0, 0));
  weir_json_colors_free (colors);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-colors/find", test_find);
  g_test_add_func ("/json-colors/paint", test_paint);

  return g_test_run ();
}

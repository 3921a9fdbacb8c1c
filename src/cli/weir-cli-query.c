/* weir-cli-query.c: --query, and what its help says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-query.h"

#include <glib/gi18n-lib.h>

#include "weir-saved-views.h"

#define INDENT 2
#define MARK_MOST 60

/* The query, and under it what is wrong in it. */
static void
point_at (const char *text, gsize position, gsize length)
{
  g_autofree char *line = weir_cli_dup_printable (text);
  g_autofree char *start = g_strndup (text, position);
  g_autofree char *before = weir_cli_dup_printable (start);
  g_autofree char *word = g_strndup (text + position, length);
  g_autofree char *wrong = weir_cli_dup_printable (word);
  guint width = CLAMP (weir_cli_get_text_width (wrong), 1, MARK_MOST);
  g_autofree char *mark = g_strnfill (width, '~');

  mark[0] = '^';
  g_printerr ("%*s%s\n%*s%s\n", INDENT, "", line, (int) (INDENT + weir_cli_get_text_width (before)),
              "", mark);
}

/* What was given, or what the saved view stands for that it names. */
static char *
dup_text (WeirCli *self)
{
  const char *text = self->options->query;
  /* their zone is that of the query's dates */
  WeirPreferences *preferences = weir_cli_get_preferences (self);
  g_autoptr (WeirSavedView) view = NULL;

  if (text == NULL || text[0] != '@')
    return g_strdup (text != NULL ? text : "");

  view = weir_saved_views_find (preferences, text + 1);
  if (view == NULL)
    weir_cli_fail (self, _ ("There is no saved view named “%s”"), text + 1);

  return view != NULL ? g_strdup (view->query) : NULL;
}

/**
 * weir_cli_read_query:
 *
 * Reads the query that was given; `@NAME` is that of a saved view. One that is wrong is told, with the word that is: the
 * program will end with 1. Of one that is probably not what was meant, a note is made.
 *
 * Returns: (transfer full) (nullable): the query, of everything if none was given
 */
WeirQuery *
weir_cli_read_query (WeirCli *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GError) error = NULL;
  WeirQuery *query = NULL;
  gsize position, length;

  if (text == NULL)
    return NULL;
  query = weir_query_new (text, &error);
  if (query != NULL)
    {
      g_autofree char *hint = weir_query_dup_hint (query, &position, &length);

      if (hint != NULL)
        weir_cli_note (self, "%s", hint);
      return query;
    }
  weir_cli_fail_error (self, NULL, error);
  if (weir_query_error_get_span (error, &position, &length))
    point_at (text, position, length);
  return NULL;
}

/**
 * weir_cli_print_query_help:
 *
 * Prints what a query may hold.
 */
void
weir_cli_print_query_help (void)
{
  guint width = 0;

  g_print ("\n%s\n", _ ("Query:"));
  for (const WeirQueryFieldInfo *info = weir_query_list_fields (); info->name != NULL; info++)
    width = MAX (width, weir_cli_get_text_width (info->example));
  for (const WeirQueryFieldInfo *info = weir_query_list_fields (); info->name != NULL; info++)
    g_print ("%*s%-*s  %s\n", INDENT, "", (int) width, info->example, _ (info->help));
  g_print (
      "%*s%s\n", INDENT, "",
      _ ("Any other word is looked for in the event, where a word begins. Equal fields: one of "
         "them; different ones: all of them. A minus sign before a word: not this. Quotes keep "
         "blanks and colons."));
}

/* weir-query.c: the language of the query bar and of weirctl
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More than anybody types; a whole page pasted by mistake is refused instead of being run. */
#define MAX_TERMS 100

struct _WeirQuery
{
  GObject parent_instance;

  char *text;
  GArray *terms; /* WeirQueryTerm */
};

G_DEFINE_FINAL_TYPE (WeirQuery, weir_query, G_TYPE_OBJECT)
G_DEFINE_QUARK (weir_query_error, weir_query_error)

static const struct
{
  const char *name;
  WeirQueryField field;
} FIELDS[] = {
  { "account", WEIR_QUERY_ACCOUNT },  { "provider", WEIR_QUERY_PROVIDER },
  { "kind", WEIR_QUERY_KIND },        { "collection", WEIR_QUERY_COLLECTION },
  { "sub", WEIR_QUERY_SUBSCRIPTION },
};

static void
clear_term (gpointer data)
{
  WeirQueryTerm *term = data;

  g_free (term->value);
}

/* For messages: people count characters from 1. */
static glong
count_position (const char *text, const char *at)
{
  return g_utf8_pointer_to_offset (text, at) + 1;
}

/* The identifier before the first colon of a word; 0 if the word does not start like a field.
 * Only `name:` does: a time (12:30), a path or a quoted word with a colon is a plain word. */
static gsize
measure_field (const char *word)
{
  gsize length = 0;

  if (!g_ascii_isalpha (word[0]))
    return 0;

  while (g_ascii_isalnum (word[length]) || word[length] == '_' || word[length] == '-')
    length++;

  return word[length] == ':' ? length : 0;
}

static char *
list_fields (void)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    g_string_append_printf (list, "%s%s:", i > 0 ? " " : "", FIELDS[i].name);

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static gboolean
find_field (const char *text, const char *word, gsize length, WeirQueryField *field, GError **error)
{
  g_autofree char *name = g_strndup (word, length);
  g_autofree char *fields = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      if (g_ascii_strcasecmp (name, FIELDS[i].name) == 0)
        {
          *field = FIELDS[i].field;
          return TRUE;
        }
    }

  fields = list_fields ();
  g_set_error (
      error, WEIR_QUERY_ERROR, WEIR_QUERY_ERROR_FIELD,
      /* Translators: %s is a word, %ld a number, %s a list of words that stay as they are */
      _ ("There is no field “%s” (character %ld). The fields are %s — to look for a text "
         "with a colon in it, such as an address, put it in quotes."),
      name, count_position (text, word), fields);
  return FALSE;
}

/* Reads up to the next blank outside quotes. In quotes, \" and \\ stand for the character itself. */
static gboolean
read_value (const char *text, const char **cursor, char **value, GError **error)
{
  g_autoptr (GString) read = g_string_new (NULL);
  const char *opened = NULL;
  const char *at = *cursor;

  while (*at != '\0' && (opened != NULL || !g_unichar_isspace (g_utf8_get_char (at))))
    {
      const char *next = g_utf8_next_char (at);

      if (*at == '"')
        opened = opened == NULL ? at : NULL;
      else
        {
          if (opened != NULL && *at == '\\' && (*next == '"' || *next == '\\'))
            {
              at = next;
              next = g_utf8_next_char (at);
            }
          g_string_append_len (read, at, next - at);
        }
      at = next;
    }

  if (opened != NULL)
    {
      g_set_error (error, WEIR_QUERY_ERROR, WEIR_QUERY_ERROR_SYNTAX,
                   _ ("The quote at character %ld is not closed"), count_position (text, opened));
      return FALSE;
    }

  *cursor = at;
  *value = g_string_free (g_steal_pointer (&read), FALSE);
  return TRUE;
}

static gboolean
parse (WeirQuery *self, GError **error)
{
  const char *at = self->text;

  if (!g_utf8_validate (self->text, -1, NULL))
    {
      g_set_error_literal (error, WEIR_QUERY_ERROR, WEIR_QUERY_ERROR_SYNTAX,
                           _ ("The query is not valid UTF-8 text"));
      return FALSE;
    }

  for (;;)
    {
      WeirQueryTerm term = { WEIR_QUERY_WORD, NULL, 0 };
      const char *word;
      gsize length;

      while (*at != '\0' && g_unichar_isspace (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      if (*at == '\0')
        return TRUE;

      if (self->terms->len == MAX_TERMS)
        {
          g_set_error (error, WEIR_QUERY_ERROR, WEIR_QUERY_ERROR_SYNTAX,
                       _ ("A query has %d words at most"), MAX_TERMS);
          return FALSE;
        }

      word = at;
      term.position = (gsize) (word - self->text);
      length = measure_field (word);
      if (length > 0)
        {
          if (!find_field (self->text, word, length, &term.field, error))
            return FALSE;
          at += length + 1;
        }

      if (!read_value (self->text, &at, &term.value, error))
        return FALSE;

      if (term.value[0] != '\0')
        g_array_append_val (self->terms, term);
      else
        {
          g_free (term.value);
          if (term.field != WEIR_QUERY_WORD)
            {
              g_set_error (error, WEIR_QUERY_ERROR, WEIR_QUERY_ERROR_SYNTAX,
                           _ ("“%.*s” at character %ld has no value after its colon"),
                           (int) length + 1, word, count_position (self->text, word));
              return FALSE;
            }
        }
    }
}

static void
weir_query_finalize (GObject *object)
{
  WeirQuery *self = WEIR_QUERY (object);

  g_free (self->text);
  g_array_unref (self->terms);

  G_OBJECT_CLASS (weir_query_parent_class)->finalize (object);
}

static void
weir_query_class_init (WeirQueryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = weir_query_finalize;
}

static void
weir_query_init (WeirQuery *self)
{
  self->terms = g_array_new (FALSE, FALSE, sizeof (WeirQueryTerm));
  g_array_set_clear_func (self->terms, clear_term);
}

/**
 * weir_query_new:
 * @text: (nullable): what was typed; %NULL or empty asks for everything
 * @error: return location for a #WeirQueryError
 *
 * Reads words separated by blanks. `field:value` asks for a field (`account`, `provider`, `kind`,
 * `collection`, `sub`; upper or lower case), split at the first colon, so that the value may hold more
 * of them. Any other word is text to be found. Quotes keep blanks and colons, anywhere in a word.
 * A name before a colon that is no field is an error rather than a search that finds nothing.
 *
 * Returns: (transfer full): the query, or %NULL
 */
WeirQuery *
weir_query_new (const char *text, GError **error)
{
  g_autoptr (WeirQuery) self = g_object_new (WEIR_TYPE_QUERY, NULL);

  self->text = g_strdup (text != NULL ? text : "");
  if (!parse (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * weir_query_get_text:
 * @self: a query
 *
 * Returns: (transfer none): the query as it was typed
 */
const char *
weir_query_get_text (WeirQuery *self)
{
  g_return_val_if_fail (WEIR_IS_QUERY (self), NULL);

  return self->text;
}

/**
 * weir_query_get_terms:
 * @self: a query
 * @n_terms: (out): how many
 *
 * Terms of different fields are joined by AND, those of one field by OR; each plain word must be found.
 *
 * Returns: (transfer none) (array length=n_terms): the terms in the order they were typed
 */
const WeirQueryTerm *
weir_query_get_terms (WeirQuery *self, guint *n_terms)
{
  g_return_val_if_fail (WEIR_IS_QUERY (self), NULL);
  g_return_val_if_fail (n_terms != NULL, NULL);

  *n_terms = self->terms->len;
  return (const WeirQueryTerm *) (const void *) self->terms->data;
}

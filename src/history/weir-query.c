/* weir-query.c: the language of the query bar and of weirctl
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-query-private.h"

struct _WeirQuery
{
  GObject parent_instance;

  char *text;
  GArray *terms; /* WeirQueryTerm */
};

G_DEFINE_FINAL_TYPE (WeirQuery, weir_query, G_TYPE_OBJECT)

/* Where the wrong word is: what a GError of this domain carries. */
typedef struct
{
  gboolean is_known;
  gsize position;
  gsize length;
} WeirQueryErrorPrivate;

static void
weir_query_error_private_init (WeirQueryErrorPrivate *priv)
{
}

static void
weir_query_error_private_copy (const WeirQueryErrorPrivate *source, WeirQueryErrorPrivate *copy)
{
  *copy = *source;
}

static void
weir_query_error_private_clear (WeirQueryErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (WeirQueryError, weir_query_error)

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
  g_array_set_clear_func (self->terms, (GDestroyNotify) weir_query_term_clear);
}

/**
 * weir_query_new:
 * @text: (nullable): what was typed; %NULL or empty asks for everything
 * @error: return location for a #WeirQueryError, whose word weir_query_error_get_span() names
 *
 * Reads words separated by blanks. `field:value` asks for a field (weir_query_list_fields(); upper or
 * lower case), split at the first colon, so that the value may hold more of them; `data.path` asks for
 * a value in the payload, with `:` or with `>`, `>=`, `<`, `<=` and a number. Any other word is text to
 * be found. A minus sign before any of them negates it. Quotes keep blanks and colons, anywhere in a
 * word. A name before a colon that is no field is an error rather than a search that finds nothing.
 *
 * Returns: (transfer full): the query, or %NULL
 */
WeirQuery *
weir_query_new (const char *text, GError **error)
{
  g_autoptr (WeirQuery) self = g_object_new (WEIR_TYPE_QUERY, NULL);

  self->text = g_strdup (text != NULL ? text : "");
  if (!g_utf8_validate (self->text, -1, NULL))
    {
      g_set_error_literal (error, WEIR_QUERY_ERROR, WEIR_QUERY_ERROR_SYNTAX,
                           _ ("The query is not valid UTF-8 text"));
      return NULL;
    }
  if (!weir_query_parse (self->text, self->terms, error))
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
 * Terms of different fields are joined by AND, those of one field (of a data path: of one path) by OR;
 * each word, each comparison, each after: and before: and whatever is negated must hold.
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

/**
 * weir_query_error_get_span:
 * @error: any error
 * @position: (out): where the word begins, in bytes of the text; left alone if there is none
 * @length: (out): how long it is
 *
 * Returns: whether @error is of a query and says which word is wrong
 */
gboolean
weir_query_error_get_span (const GError *error, gsize *position, gsize *length)
{
  const WeirQueryErrorPrivate *priv;

  g_return_val_if_fail (error != NULL, FALSE);
  g_return_val_if_fail (position != NULL, FALSE);
  g_return_val_if_fail (length != NULL, FALSE);

  if (error->domain != WEIR_QUERY_ERROR)
    return FALSE;
  priv = weir_query_error_get_private (error);
  if (!priv->is_known)
    return FALSE;
  *position = priv->position;
  *length = priv->length;
  return TRUE;
}

/* weir_query_set_error:
 * @position: where the wrong word begins, in bytes of the text
 * @length: how long it is
 * @format: printf form of a translated sentence */
void
weir_query_set_error (GError **error,
                      WeirQueryError code,
                      gsize position,
                      gsize length,
                      const char *format,
                      ...)
{
  g_autoptr (GError) made = NULL;
  WeirQueryErrorPrivate *priv;
  va_list arguments;

  va_start (arguments, format);
  made = g_error_new_valist (WEIR_QUERY_ERROR, (int) code, format, arguments);
  va_end (arguments);
  priv = weir_query_error_get_private (made);
  priv->is_known = TRUE;
  priv->position = position;
  priv->length = length;
  g_propagate_error (error, g_steal_pointer (&made));
}

/**
 * weir_query_quote:
 * @value: a value or a word
 *
 * Returns: (transfer full): @value as it is to be written into a query, in quotes if it needs them
 */
char *
weir_query_quote (const char *value)
{
  GString *quoted;
  gboolean is_plain;

  g_return_val_if_fail (value != NULL, NULL);

  quoted = g_string_new (NULL);
  is_plain = *value != '\0' && *value != '-';
  for (const char *at = value; *at != '\0' && is_plain; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      is_plain = c != '"' && c != ':' && c != '<' && c != '>' && c != '=' && !g_unichar_isspace (c);
    }
  if (is_plain)
    return g_string_free (g_string_append (quoted, value), FALSE);

  g_string_append_c (quoted, '"');
  for (const char *at = value; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *at);
    }
  return g_string_free (g_string_append_c (quoted, '"'), FALSE);
}

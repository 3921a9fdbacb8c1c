/* weir-query-completion.c: what may come next in a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-query-completion.h"

#include "weir-query-values.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CANDIDATES 50
#define DATA "data."

/* Values that nobody has to count. */
static const struct
{
  const char *field;
  const char *value;
  const char *help;
} USUAL[] = {
  { "after", "15m", N_ ("15 minutes ago") },
  { "after", "1h", N_ ("An hour ago") },
  { "after", "24h", N_ ("24 hours ago") },
  { "after", "7d", N_ ("7 days ago") },
  { "after", "today", N_ ("Midnight") },
  { "after", "yesterday", N_ ("Midnight of the day before") },
  { "before", "1h", N_ ("An hour ago") },
  { "before", "24h", N_ ("24 hours ago") },
  { "before", "7d", N_ ("7 days ago") },
  { "before", "today", N_ ("Midnight") },
  { "is", "late", N_ ("Came after newer ones of its stream") },
  { "is", "unreadable", N_ ("Kept as it came, since it is no event") },
  { "is", "error", N_ ("Failed at the platform") },
};

static void
candidate_free (WeirQueryCandidate *self)
{
  g_free (self->term);
  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}

static void
add_candidate (GPtrArray *list,
               const char *term,
               const char *title,
               const char *detail,
               gint64 number)
{
  WeirQueryCandidate *candidate = g_new0 (WeirQueryCandidate, 1);

  candidate->term = g_strdup (term);
  candidate->title = g_strdup (title);
  candidate->detail = g_strdup (detail);
  candidate->number = number;
  g_ptr_array_add (list, candidate);
}

/* 2: begins so; 1: has it somewhere; 0: no */
static guint
rate (const char *text, const char *folded_typed)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;
  const char *found = folded != NULL ? strstr (folded, folded_typed) : NULL;

  return found == NULL ? 0 : found == folded ? 2 : 1;
}

static void
list_fields (const WeirQueryCompletion *self, GPtrArray *list)
{
  const char *minus = self->part.negated ? "-" : "";

  for (const WeirQueryFieldInfo *info = weir_query_list_fields (); info->name != NULL; info++)
    {
      g_autofree char *term = g_strconcat (minus, info->name, NULL);

      if (g_ascii_strncasecmp (info->name, self->typed, strlen (self->typed)) == 0)
        add_candidate (list, term, info->name, _ (info->help), -1);
    }
}

static void
list_paths (const WeirQueryCompletion *self, GHashTable *sampled, GPtrArray *list)
{
  g_autoptr (GList) paths = sampled != NULL ? g_hash_table_get_keys (sampled) : NULL;
  g_autofree char *typed = g_utf8_casefold (self->typed + strlen (DATA), -1);

  paths = g_list_sort (paths, (GCompareFunc) g_utf8_collate);
  for (guint wanted = 2; wanted > 0; wanted--)
    {
      for (GList *item = paths; item != NULL; item = item->next)
        {
          const char *path = item->data;
          GPtrArray *values = g_hash_table_lookup (sampled, path);
          g_autofree char *term = g_strdup_printf ("%s%s:", self->part.negated ? "-" : "", path);
          g_autofree char *example = NULL;

          if (rate (path + strlen (DATA), typed) != wanted)
            continue;
          if (values->len > 0)
            /* Translators: a value, as an example of those that there are */
            example = g_strdup_printf (_ ("such as %s"),
                                       ((WeirQueryValue *) g_ptr_array_index (values, 0))->value);
          add_candidate (list, term, term + (self->part.negated ? 1 : 0), example, -1);
        }
    }
}

static void
list_values (const WeirQueryCompletion *self,
             GPtrArray *values,
             gboolean counted,
             WeirQueryLabel label,
             gpointer user_data,
             GPtrArray *list)
{
  g_autofree char *typed = g_utf8_casefold (self->typed, -1);

  for (guint wanted = 2; wanted > 0; wanted--)
    {
      for (guint i = 0; i < values->len && list->len < MAX_CANDIDATES; i++)
        {
          const WeirQueryValue *value = values->pdata[i];
          g_autofree char *name =
              label != NULL ? label (self->field, value->value, user_data) : NULL;
          g_autofree char *term = NULL;

          if (MAX (rate (value->value, typed), rate (name, typed)) != wanted)
            continue;
          term = weir_query_edit_dup_term (self->field, value->value, self->part.negated);
          if (name != NULL)
            add_candidate (list, term, name, value->value, counted ? (gint64) value->count : -1);
          else
            add_candidate (list, term, value->value, NULL, counted ? (gint64) value->count : -1);
        }
    }
}

static void
list_usual (const WeirQueryCompletion *self, GPtrArray *list)
{
  for (gsize i = 0; i < G_N_ELEMENTS (USUAL); i++)
    {
      g_autofree char *term = NULL;
      gboolean known = FALSE;

      if (!g_str_equal (USUAL[i].field, self->field)
          || g_ascii_strncasecmp (USUAL[i].value, self->typed, strlen (self->typed)) != 0)
        continue;
      for (guint j = 0; j < list->len; j++)
        {
          WeirQueryCandidate *candidate = list->pdata[j];

          if (g_str_equal (candidate->title, USUAL[i].value))
            {
              known = TRUE;
              g_free (candidate->detail);
              candidate->detail = g_strdup (_ (USUAL[i].help));
            }
        }
      term = weir_query_edit_dup_term (self->field, USUAL[i].value, self->part.negated);
      if (!known)
        add_candidate (list, term, USUAL[i].value, _ (USUAL[i].help), -1);
    }
}

/**
 * weir_query_completion_new:
 * @text: what is typed
 * @cursor: where, bytes
 *
 * Returns: (transfer full): what may be completed there
 */
WeirQueryCompletion *
weir_query_completion_new (const char *text, gsize cursor)
{
  WeirQueryCompletion *self = g_new0 (WeirQueryCompletion, 1);
  WeirQueryPart *part = &self->part;

  g_return_val_if_fail (text != NULL && cursor <= strlen (text), self);

  if (!weir_query_edit_find_part (text, cursor, part))
    {
      *part = (WeirQueryPart){ cursor, cursor, cursor, cursor, cursor, FALSE, FALSE };
      self->kind = WEIR_QUERY_COMPLETE_FIELD;
      self->typed = g_strdup ("");
    }
  else if (part->value > part->field)
    {
      self->field = weir_query_edit_dup_field (text, part);
      self->typed = weir_query_edit_dup_value (text, part);
      if (text[part->field_end] == ':' && cursor >= part->value)
        self->kind = WEIR_QUERY_COMPLETE_VALUE;
    }
  else
    {
      self->typed = g_strndup (text + part->field, part->end - part->field);
      if (strchr (self->typed, '"') != NULL)
        self->kind = WEIR_QUERY_COMPLETE_NOTHING;
      else if (g_ascii_strncasecmp (self->typed, DATA, strlen (DATA)) == 0)
        self->kind = WEIR_QUERY_COMPLETE_PATH;
      else
        self->kind = WEIR_QUERY_COMPLETE_FIELD;
    }

  return self;
}

/**
 * weir_query_completion_free:
 * @self: (transfer full): a completion
 */
void
weir_query_completion_free (WeirQueryCompletion *self)
{
  g_free (self->field);
  g_free (self->typed);
  g_free (self);
}

/**
 * weir_query_completion_list:
 * @self: where the cursor stands
 * @counted: (nullable): the values of fields, as far as they are known
 * @sampled: (nullable): the paths of payloads, and the values there
 * @label: (nullable): what a person calls a value; it is found by that as well
 * @user_data: for @label
 *
 * What begins with what was typed comes first, then what has it somewhere; of these the most frequent first.
 *
 * Returns: (transfer full) (element-type WeirQueryCandidate): what may be chosen
 */
GPtrArray *
weir_query_completion_list (const WeirQueryCompletion *self,
                            GHashTable *counted,
                            GHashTable *sampled,
                            WeirQueryLabel label,
                            gpointer user_data)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  GPtrArray *values;

  switch (self->kind)
    {
    case WEIR_QUERY_COMPLETE_FIELD:
      list_fields (self, list);
      break;
    case WEIR_QUERY_COMPLETE_PATH:
      list_paths (self, sampled, list);
      break;
    case WEIR_QUERY_COMPLETE_VALUE:
      values = counted != NULL ? g_hash_table_lookup (counted, self->field) : NULL;
      if (values != NULL)
        list_values (self, values, TRUE, label, user_data, list);
      values = sampled != NULL ? g_hash_table_lookup (sampled, self->field) : NULL;
      if (values != NULL)
        list_values (self, values, FALSE, NULL, NULL, list);
      list_usual (self, list);
      break;
    case WEIR_QUERY_COMPLETE_NOTHING:
    default:
      break;
    }
  if (list->len > MAX_CANDIDATES)
    g_ptr_array_set_size (list, MAX_CANDIDATES);

  return list;
}

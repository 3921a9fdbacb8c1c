/* weir-query-match.c: a query made ready to be asked of events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query-match.h"

#include <string.h>

#include "weir-hash.h"
#include "weir-query-path.h"
#include "weir-text.h"
#include "weir-word.h"
#include "weir-words.h"

#define UNREADABLE "unreadable-" /* as weir_event_new_unreadable() begins an id */

/* A field's terms: one of `wanted`, if there are any, and none of `unwanted`. */
typedef struct
{
  GPtrArray *wanted;   /* (nullable) (element-type utf8) */
  GPtrArray *unwanted; /* (nullable) (element-type utf8) */
} Choice;

/* Paths of which one is enough. */
typedef struct
{
  gboolean negated;
  char **path;      /* of all of them */
  GPtrArray *paths; /* (element-type WeirQueryPath) */
} Paths;

struct _WeirQueryMatch
{
  Choice choices[WEIR_QUERY_AFTER]; /* by field: those before it */
  gint64 from;
  gint64 to;
  GArray *record_hashes; /* (nullable) guint32 */
  GArray *id_hashes;     /* (nullable) guint64 */
  GPtrArray *words;      /* (element-type WeirWord) */
  GPtrArray *unwanted;   /* (element-type WeirWord) */
  GPtrArray *paths;      /* (element-type Paths) */
  GPtrArray *page_words; /* (element-type GArray of guint64) each must be on the page */
};

static void
free_paths (gpointer data)
{
  Paths *self = data;

  g_strfreev (self->path);
  g_ptr_array_unref (self->paths);
  g_free (self);
}

static gboolean
is_equal (const char *a, const char *b)
{
  return weir_text_compare (a, strlen (a), b, strlen (b)) == 0;
}

/* `sub:` takes ID and ACCOUNT/ID, and an ID may itself be SUBSCRIPTION/COLLECTION: so is what stands
 * for a subscription named where the provider lists none. */
static gboolean
is_subscription (const WeirFacet *facet, const char *value)
{
  const char *slash = strchr (value, '/');
  const char *rest;
  const char *last;
  g_autofree char *head = NULL;
  g_autofree char *middle = NULL;

  if (g_str_equal (facet->subscription, value))
    return TRUE;
  if (slash == NULL)
    return FALSE;

  rest = slash + 1;
  head = g_strndup (value, (gsize) (slash - value));
  if (g_str_equal (facet->subscription, head) && g_str_equal (facet->collection, rest))
    return TRUE;
  if (!is_equal (facet->account->name, head))
    return FALSE;
  if (g_str_equal (facet->subscription, rest))
    return TRUE;
  last = strchr (rest, '/');
  if (last == NULL)
    return FALSE;
  middle = g_strndup (rest, (gsize) (last - rest));
  return g_str_equal (facet->subscription, middle) && g_str_equal (facet->collection, last + 1);
}

static gboolean
is_state (const WeirFacet *facet, const char *value)
{
  if (g_ascii_strcasecmp (value, "late") == 0)
    return (facet->flags & WEIR_FACET_LATE) != 0;
  if (g_ascii_strcasecmp (value, "unreadable") == 0)
    return (facet->flags & WEIR_FACET_UNREADABLE) != 0;
  return (facet->flags & WEIR_FACET_UNREADABLE) != 0 || is_equal (facet->status, "error");
}

static gboolean
is_field (const WeirFacet *facet, WeirQueryField field, const char *value)
{
  switch (field)
    {
    case WEIR_QUERY_ACCOUNT:
      return is_equal (facet->account->name, value);
    case WEIR_QUERY_PROVIDER:
      return is_equal (facet->account->provider, value);
    case WEIR_QUERY_KIND:
      return is_equal (facet->kind, value);
    case WEIR_QUERY_COLLECTION:
      return is_equal (facet->collection, value);
    case WEIR_QUERY_STATUS:
      return is_equal (facet->status, value);
    case WEIR_QUERY_STREAM:
      return is_equal (facet->stream, value);
    case WEIR_QUERY_SUBSCRIPTION:
      return is_subscription (facet, value);
    case WEIR_QUERY_TENANT:
      return g_str_equal (facet->tenant, value);
    case WEIR_QUERY_CONNECTION:
      return g_str_equal (facet->connection, value);
    case WEIR_QUERY_IS:
      return is_state (facet, value);
    default:
      return TRUE;
    }
}

static void
add_value (GPtrArray **values, const char *value)
{
  if (*values == NULL)
    *values = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (*values, g_strdup (value));
}

static void
add_time (WeirQueryMatch *self, const WeirQueryTerm *term, gint64 now)
{
  gboolean is_from = (term->field == WEIR_QUERY_AFTER) != term->negated;
  gint64 time;

  /* It was one when the query was made; what now makes none of it excludes nothing. */
  if (!weir_query_parse_time (term->value, now, NULL, &time))
    return;
  if (is_from)
    self->from = MAX (self->from, time);
  else
    self->to = MIN (self->to, time);
}

static void
add_page_words (WeirQueryMatch *self, const char *text)
{
  GArray *words = weir_words_collect (text);

  if (words->len > 0)
    g_ptr_array_add (self->page_words, words);
  else
    g_array_unref (words);
}

static void
add_path (WeirQueryMatch *self, const WeirQueryTerm *term)
{
  Paths *group = NULL;

  for (guint i = 0; i < self->paths->len && term->comparison == WEIR_QUERY_EQUAL && !term->negated;
       i++)
    {
      Paths *other = self->paths->pdata[i];

      if (!other->negated && other->path != NULL
          && g_strv_equal ((const char *const *) other->path, (const char *const *) term->path))
        group = other;
    }
  if (group == NULL)
    {
      group = g_new0 (Paths, 1);
      group->negated = term->negated;
      group->path = term->comparison == WEIR_QUERY_EQUAL ? g_strdupv (term->path) : NULL;
      group->paths = g_ptr_array_new_with_free_func ((GDestroyNotify) weir_query_path_free);
      g_ptr_array_add (self->paths, group);
    }
  g_ptr_array_add (group->paths, weir_query_path_new (term));
}

static void
add_term (WeirQueryMatch *self, const WeirQueryTerm *term, gint64 now)
{
  Choice *choice;

  switch (term->field)
    {
    case WEIR_QUERY_AFTER:
    case WEIR_QUERY_BEFORE:
      add_time (self, term, now);
      break;
    case WEIR_QUERY_DATA:
      add_path (self, term);
      break;
    case WEIR_QUERY_WORD:
      g_ptr_array_add (term->negated ? self->unwanted : self->words, weir_word_new (term->value));
      if (!term->negated)
        add_page_words (self, term->value);
      break;
    default:
      choice = &self->choices[term->field];
      add_value (term->negated ? &choice->unwanted : &choice->wanted, term->value);
    }
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;

  return (first > second) - (first < second);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint64 first = *(const guint64 *) a;
  guint64 second = *(const guint64 *) b;

  return (first > second) - (first < second);
}

static void
collect_hashes (WeirQueryMatch *self)
{
  const GPtrArray *records = self->choices[WEIR_QUERY_RECORD].wanted;
  const GPtrArray *ids = self->choices[WEIR_QUERY_ID].wanted;

  if (records != NULL)
    self->record_hashes = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      guint32 hash = (guint32) weir_hash_text (records->pdata[i]);

      g_array_append_val (self->record_hashes, hash);
    }
  if (ids != NULL)
    self->id_hashes = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      guint64 hash = weir_hash_text (ids->pdata[i]);

      g_array_append_val (self->id_hashes, hash);
    }
  if (records != NULL)
    g_array_sort (self->record_hashes, compare_records);
  if (ids != NULL)
    g_array_sort (self->id_hashes, compare_ids);
}

/* One path of one text, one record, one id: its words are in the event. Of several only one is. An id that
 * Weir made itself, of what it could not read, is not in there. */
static void
collect_page_words (WeirQueryMatch *self)
{
  const GPtrArray *records = self->choices[WEIR_QUERY_RECORD].wanted;
  const GPtrArray *ids = self->choices[WEIR_QUERY_ID].wanted;

  if (records != NULL && records->len == 1)
    add_page_words (self, records->pdata[0]);
  if (ids != NULL && ids->len == 1 && !g_str_has_prefix (ids->pdata[0], UNREADABLE))
    add_page_words (self, ids->pdata[0]);
  for (guint i = 0; i < self->paths->len; i++)
    {
      const Paths *group = self->paths->pdata[i];
      const WeirQueryPath *path = group->paths->pdata[0];

      if (!group->negated && group->paths->len == 1 && weir_query_path_is_text (path))
        add_page_words (self, weir_query_path_get_value (path));
    }
}

static gboolean
choose (const Choice *choice, const char *value)
{
  gboolean is_wanted = choice->wanted == NULL;

  for (guint i = 0; !is_wanted && i < choice->wanted->len; i++)
    is_wanted = g_strcmp0 (value, choice->wanted->pdata[i]) == 0;
  for (guint i = 0; is_wanted && choice->unwanted != NULL && i < choice->unwanted->len; i++)
    is_wanted = g_strcmp0 (value, choice->unwanted->pdata[i]) != 0;
  return is_wanted;
}

static gboolean
match_paths (const Paths *group, WeirEventText *text)
{
  for (guint i = 0; i < group->paths->len; i++)
    {
      const WeirQueryPath *path = group->paths->pdata[i];

      if (weir_query_path_may_match (path, text->raw.text, text->raw.length)
          && weir_query_path_matches (path, weir_event_text_get_payload (text)))
        return !group->negated;
    }
  return group->negated;
}

/**
 * weir_query_match_new:
 * @query: (nullable): a query; %NULL asks for everything
 * @now: µs, what relative times are seen from
 *
 * Returns: (transfer full): the query, ready to be asked; weir_query_match_free() frees it
 */
WeirQueryMatch *
weir_query_match_new (WeirQuery *query, gint64 now)
{
  WeirQueryMatch *self = g_new0 (WeirQueryMatch, 1);
  guint n_terms = 0;
  const WeirQueryTerm *terms = query != NULL ? weir_query_get_terms (query, &n_terms) : NULL;

  self->from = G_MININT64;
  self->to = G_MAXINT64;
  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify) weir_word_free);
  self->unwanted = g_ptr_array_new_with_free_func ((GDestroyNotify) weir_word_free);
  self->paths = g_ptr_array_new_with_free_func (free_paths);
  self->page_words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < n_terms; i++)
    add_term (self, &terms[i], now);
  collect_hashes (self);
  collect_page_words (self);
  return self;
}

/**
 * weir_query_match_free:
 * @self: (nullable): a match
 */
void
weir_query_match_free (WeirQueryMatch *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->choices); i++)
    {
      g_clear_pointer (&self->choices[i].wanted, g_ptr_array_unref);
      g_clear_pointer (&self->choices[i].unwanted, g_ptr_array_unref);
    }
  g_clear_pointer (&self->record_hashes, g_array_unref);
  g_clear_pointer (&self->id_hashes, g_array_unref);
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->unwanted);
  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->page_words);
  g_free (self);
}

/**
 * weir_query_match_facet:
 * @self: a match
 * @facet: what many events have in common
 *
 * Case is ignored in names and words (account, provider, kind, collection, status, stream), not in ids.
 *
 * Returns: %FALSE if no event of @facet can match
 */
gboolean
weir_query_match_facet (const WeirQueryMatch *self, const WeirFacet *facet)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (facet != NULL, FALSE);

  for (WeirQueryField field = 0; field < WEIR_QUERY_RECORD; field++)
    {
      const Choice *choice = &self->choices[field];
      gboolean is_wanted = choice->wanted == NULL;

      for (guint i = 0; !is_wanted && i < choice->wanted->len; i++)
        is_wanted = is_field (facet, field, choice->wanted->pdata[i]);
      for (guint i = 0; is_wanted && choice->unwanted != NULL && i < choice->unwanted->len; i++)
        is_wanted = !is_field (facet, field, choice->unwanted->pdata[i]);
      if (!is_wanted)
        return FALSE;
    }
  return TRUE;
}

/**
 * weir_query_match_get_span:
 * @self: a match
 * @from: (out): µs, the first time that matches; %G_MININT64 if there is no bound
 * @to: (out): µs, the first one that does not any more; %G_MAXINT64 if there is no bound
 */
void
weir_query_match_get_span (const WeirQueryMatch *self, gint64 *from, gint64 *to)
{
  g_return_if_fail (self != NULL);

  *from = self->from;
  *to = self->to;
}

/**
 * weir_query_match_needs_raw:
 * @self: a match
 *
 * Returns: whether weir_query_match_raw() has something to say
 */
gboolean
weir_query_match_needs_raw (const WeirQueryMatch *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->words->len > 0 || self->unwanted->len > 0 || self->paths->len > 0;
}

/**
 * weir_query_match_needs_event:
 * @self: a match
 *
 * Returns: whether weir_query_match_event() has something to say
 */
gboolean
weir_query_match_needs_event (const WeirQueryMatch *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->choices[WEIR_QUERY_RECORD].wanted != NULL
         || self->choices[WEIR_QUERY_RECORD].unwanted != NULL
         || self->choices[WEIR_QUERY_ID].wanted != NULL
         || self->choices[WEIR_QUERY_ID].unwanted != NULL;
}

/**
 * weir_query_match_get_record_hashes:
 * @self: a match
 *
 * Returns: (transfer none) (nullable) (element-type guint32): sorted, the low 32 bits of weir_hash_text() of
 *   the records of which one is asked for; %NULL if any may match
 */
const GArray *
weir_query_match_get_record_hashes (const WeirQueryMatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->record_hashes;
}

/**
 * weir_query_match_get_id_hashes:
 * @self: a match
 *
 * Returns: (transfer none) (nullable) (element-type guint64): sorted, weir_hash_text() of the ids of which one
 *   is asked for; %NULL if any may match
 */
const GArray *
weir_query_match_get_id_hashes (const WeirQueryMatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id_hashes;
}

/**
 * weir_query_match_raw:
 * @self: a match
 * @raw: an event as it was sent, JSON
 * @length: its length in bytes
 * @payload: (nullable): its payload, a view into @raw; %NULL if that is not known
 * @payload_length: its length in bytes
 *
 * Looks for words and for values in the payload.
 *
 * Returns: whether they are as asked
 */
gboolean
weir_query_match_raw (const WeirQueryMatch *self,
                      const char *raw,
                      gsize length,
                      const char *payload,
                      gsize payload_length)
{
  WeirEventText text = { { raw, length }, { payload, payload != NULL ? payload_length : 0 } };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (raw != NULL, FALSE);

  for (guint i = 0; i < self->words->len; i++)
    if (!weir_word_is_in (self->words->pdata[i], &text))
      return FALSE;
  for (guint i = 0; i < self->paths->len; i++)
    if (!match_paths (self->paths->pdata[i], &text))
      return FALSE;
  for (guint i = 0; i < self->unwanted->len; i++)
    if (weir_word_is_in (self->unwanted->pdata[i], &text))
      return FALSE;
  return TRUE;
}

/**
 * weir_query_match_event:
 * @self: a match
 * @event: an event
 *
 * Returns: whether its record and its id are as asked, to the letter
 */
gboolean
weir_query_match_event (const WeirQueryMatch *self, WeirEvent *event)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (WEIR_IS_EVENT (event), FALSE);

  return choose (&self->choices[WEIR_QUERY_RECORD], event->record)
         && choose (&self->choices[WEIR_QUERY_ID], weir_record_get_id (WEIR_RECORD (event)));
}

/**
 * weir_query_match_page:
 * @self: a match
 * @filter: (nullable): what weir_words_filter_new() made of the page's events
 * @size: its size in bytes
 *
 * Returns: %FALSE if no event of the page has the words
 */
gboolean
weir_query_match_page (const WeirQueryMatch *self, const guint8 *filter, gsize size)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (filter == NULL)
    return TRUE;
  for (guint i = 0; i < self->page_words->len; i++)
    {
      const GArray *words = self->page_words->pdata[i];

      if (!weir_words_filter_may_have (filter, size, (const guint64 *) (const void *) words->data,
                                       words->len))
        return FALSE;
    }
  return TRUE;
}

/* weir-history-index.c: an answer to a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-index.h"

#include "weir-clock.h"
#include "weir-history-index-private.h"

struct _WeirHistoryIndex
{
  GObject parent_instance;

  WeirMemory *memory;
  WeirColumns *columns;   /* the memory's */
  WeirQuestion *question; /* (nullable) */
  WeirNumbers *numbers;
  WeirMemoryView view; /* when it was asked; no order */
  char *warning;
};

G_DEFINE_FINAL_TYPE (WeirHistoryIndex, weir_history_index, G_TYPE_OBJECT)

static void
weir_history_index_finalize (GObject *object)
{
  WeirHistoryIndex *self = WEIR_HISTORY_INDEX (object);

  g_clear_pointer (&self->numbers, weir_numbers_unref);
  if (self->question != NULL)
    weir_memory_let_go (self->memory, self->view.generation);
  g_clear_pointer (&self->question, weir_question_unref);
  g_clear_pointer (&self->memory, weir_memory_unref);
  g_free (self->warning);

  G_OBJECT_CLASS (weir_history_index_parent_class)->finalize (object);
}

static void
weir_history_index_class_init (WeirHistoryIndexClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = weir_history_index_finalize;
}

static void
weir_history_index_init (WeirHistoryIndex *self)
{
}

/**
 * weir_question_new:
 * @query: (nullable): a query, %NULL for everything
 * @limit: the newest so many, 0 for all
 *
 * Times that are relative are seen from now.
 *
 * Returns: (transfer full): the question
 */
WeirQuestion *
weir_question_new (WeirQuery *query, guint limit)
{
  WeirQuestion *self = g_new0 (WeirQuestion, 1);

  g_atomic_ref_count_init (&self->refs);
  self->match = weir_query_match_new (query, weir_clock_now ());
  self->limit = limit;
  return self;
}

/**
 * weir_question_ref:
 * @self: a question
 *
 * Returns: (transfer full): the same
 */
WeirQuestion *
weir_question_ref (WeirQuestion *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * weir_question_unref:
 * @self: (transfer full): a question
 */
void
weir_question_unref (WeirQuestion *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  weir_query_match_free (self->match);
  g_free (self);
}

/**
 * weir_history_index_new:
 * @entries: (transfer full) (element-type WeirHistoryEntry): sorted by time, then id
 * @accounts: (transfer full): account number → #WeirAccount
 *
 * Returns: (transfer full): an answer that belongs to no history
 */
WeirHistoryIndex *
weir_history_index_new (GArray *entries, GHashTable *accounts)
{
  WeirHistoryIndex *self = g_object_new (WEIR_TYPE_HISTORY_INDEX, NULL);
  g_autofree guint32 *numbers = g_new0 (guint32, entries->len + 1);
  GHashTableIter iter;
  gpointer number, account;

  self->memory = weir_memory_new ();
  self->columns = weir_memory_get_columns (self->memory);
  g_hash_table_iter_init (&iter, accounts);
  while (g_hash_table_iter_next (&iter, &number, &account))
    {
      WeirFacet facet = {
        GPOINTER_TO_UINT (number), GPOINTER_TO_UINT (number), account, "", "", "", "", "", "", ""
      };

      weir_facets_put_account (weir_memory_get_facets (self->memory), facet.account_number,
                               account);
      weir_facets_put (weir_memory_get_facets (self->memory), &facet);
    }

  for (guint i = 0; i < entries->len; i++)
    {
      const WeirHistoryEntry *entry = &g_array_index (entries, WeirHistoryEntry, i);

      numbers[i] = (guint32) entry->id;
      weir_columns_put (self->columns, numbers[i], entry->time, entry->group);
    }
  self->numbers = weir_numbers_new (numbers, entries->len);

  g_array_unref (entries);
  g_hash_table_unref (accounts);
  return self;
}

/**
 * weir_history_index_new_answer:
 * @memory: what the numbers mean
 * @question: what was asked
 * @numbers: (transfer full): the answer
 * @view: what there was then; not cleared yet
 * @warning: (nullable): what could not be looked at, for people
 *
 * Returns: (transfer full): the index
 */
WeirHistoryIndex *
weir_history_index_new_answer (WeirMemory *memory,
                               WeirQuestion *question,
                               WeirNumbers *numbers,
                               const WeirMemoryView *view,
                               const char *warning)
{
  WeirHistoryIndex *self = g_object_new (WEIR_TYPE_HISTORY_INDEX, NULL);

  self->memory = weir_memory_ref (memory);
  self->columns = weir_memory_get_columns (memory);
  self->question = weir_question_ref (question);
  self->numbers = numbers;
  self->view = *view;
  self->view.order = NULL;
  self->view.memory = NULL;
  weir_memory_hold (memory, view->generation);
  self->warning = g_strdup (warning);
  return self;
}

/**
 * weir_history_index_get_question:
 * @self: an index
 *
 * Returns: (transfer none) (nullable): what it is the answer to
 */
WeirQuestion *
weir_history_index_get_question (WeirHistoryIndex *self)
{
  return self->question;
}

/**
 * weir_history_index_get_numbers:
 * @self: an index
 *
 * Returns: (transfer none): the events in the order of time
 */
WeirNumbers *
weir_history_index_get_numbers (WeirHistoryIndex *self)
{
  return self->numbers;
}

/**
 * weir_history_index_get_view:
 * @self: an index
 *
 * Returns: (transfer none): what there was when it was asked, without its order
 */
const WeirMemoryView *
weir_history_index_get_view (WeirHistoryIndex *self)
{
  return &self->view;
}

/**
 * weir_history_index_get_length:
 * @self: an index
 *
 * Returns: the number of events
 */
guint
weir_history_index_get_length (WeirHistoryIndex *self)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);

  return weir_numbers_get_length (self->numbers);
}

/**
 * weir_history_index_get_n_asked:
 * @self: an index
 *
 * Returns: how many events there were in the history when it was made, whether they are in the answer or not
 */
guint
weir_history_index_get_n_asked (WeirHistoryIndex *self)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);

  return self->question != NULL ? self->view.n_events : weir_history_index_get_length (self);
}

/**
 * weir_history_index_get_id:
 * @self: an index
 * @position: less than the length
 *
 * Returns: the event's number, for weir_history_load(); it grows in the order of arrival
 */
gint64
weir_history_index_get_id (WeirHistoryIndex *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);
  g_return_val_if_fail (position < weir_numbers_get_length (self->numbers), 0);

  return weir_numbers_get (self->numbers, position);
}

/**
 * weir_history_index_get_time:
 * @self: an index
 * @position: less than the length
 *
 * Returns: when the event occurred, in µs since 1970
 */
gint64
weir_history_index_get_time (WeirHistoryIndex *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);
  g_return_val_if_fail (position < weir_numbers_get_length (self->numbers), 0);

  return weir_columns_get_time (self->columns, weir_numbers_get (self->numbers, position));
}

/**
 * weir_history_index_get_facet:
 * @self: an index
 * @position: less than the length
 *
 * Returns: (transfer none) (nullable): what the event has in common with others, as long as the index lives
 */
const WeirFacet *
weir_history_index_get_facet (WeirHistoryIndex *self, guint position)
{
  guint32 number;

  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), NULL);
  g_return_val_if_fail (position < weir_numbers_get_length (self->numbers), NULL);

  number = weir_numbers_get (self->numbers, position);
  return weir_facets_get (weir_memory_get_facets (self->memory),
                          weir_columns_get_facet (self->columns, number) & ~WEIR_COLUMNS_GONE);
}

/**
 * weir_history_index_get_group:
 * @self: an index
 * @position: less than the length
 *
 * Returns: the number of the event's account in this history
 */
guint
weir_history_index_get_group (WeirHistoryIndex *self, guint position)
{
  const WeirFacet *facet = weir_history_index_get_facet (self, position);

  return facet != NULL ? facet->account_number : 0;
}

/**
 * weir_history_index_get_account:
 * @self: an index
 * @group: what weir_history_index_get_group() gave
 *
 * Returns: (transfer none) (nullable): the account as the history knows it, also one removed since
 */
WeirAccount *
weir_history_index_get_account (WeirHistoryIndex *self, guint group)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), NULL);

  return weir_facets_get_account (weir_memory_get_facets (self->memory), group);
}

/**
 * weir_history_index_find_time:
 * @self: an index
 * @time: µs since 1970
 *
 * Returns: the first position at or after @time; the length if there is none
 */
guint
weir_history_index_find_time (WeirHistoryIndex *self, gint64 time)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);

  return weir_numbers_find_time (self->numbers, self->columns, time);
}

/**
 * weir_history_index_count_facets:
 * @self: an index
 * @from: the first position
 * @to: the position behind the last, at most the length
 *
 * For lists of facets and stacked charts. Looks at each event: not on the main loop for 100,000 or more.
 *
 * Returns: (transfer full) (element-type WeirFacetCount): the facets there are, by their number
 */
GArray *
weir_history_index_count_facets (WeirHistoryIndex *self, guint from, guint to)
{
  GArray *counted = g_array_new (FALSE, FALSE, sizeof (WeirFacetCount));
  WeirFacets *facets;
  g_autofree guint *counts = NULL;
  guint n_facets;

  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), counted);
  g_return_val_if_fail (from <= to && to <= weir_numbers_get_length (self->numbers), counted);

  facets = weir_memory_get_facets (self->memory);
  n_facets = weir_facets_get_end (facets);
  counts = g_new0 (guint, n_facets);

  while (from < to)
    {
      guint n;
      const guint32 *numbers = weir_numbers_get_piece (self->numbers, from, &n);

      n = MIN (n, to - from);
      for (guint i = 0; i < n; i++)
        {
          guint32 facet = weir_columns_get_facet (self->columns, numbers[i]) & ~WEIR_COLUMNS_GONE;

          if (facet < n_facets)
            counts[facet]++;
        }
      from += n;
    }

  for (guint i = 1; i < n_facets; i++)
    {
      WeirFacetCount count = { weir_facets_get (facets, i), counts[i] };

      if (counts[i] > 0 && count.facet != NULL)
        g_array_append_val (counted, count);
    }
  return counted;
}

/**
 * weir_history_index_get_warning:
 * @self: an index
 *
 * Returns: (transfer none) (nullable): for people: what could not be looked at
 */
const char *
weir_history_index_get_warning (WeirHistoryIndex *self)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), NULL);

  return self->warning;
}

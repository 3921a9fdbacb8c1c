/* weir-history-gaps.c: the tables of what is missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-gaps-private.h"

#include "weir-clock.h"
#include "weir-history-reader.h"
#include "weir-text.h"

/* A gap's row, or a span: with its bounds as numbers that can be compared. */
typedef struct
{
  gint64 number;
  gint64 from;
  gint64 to;
  WeirGapCause cause;
} Span;

static gint64
read_from (gint64 from)
{
  return from != 0 ? from : G_MININT64;
}

static gint64
read_to (gint64 to)
{
  return to != 0 ? to : G_MAXINT64;
}

static gint64
write_bound (gint64 bound)
{
  return bound != G_MININT64 && bound != G_MAXINT64 ? bound : 0;
}

/* Touching is enough: one ends where the other begins. */
static gboolean
overlaps (const Span *one, const Span *other)
{
  return one->from <= other->to && other->from <= one->to;
}

static gboolean
set_bounds (WeirDatabase *db, const Span *span, gboolean *changed, GError **error)
{
  if (!weir_database_run (db, error,
                          "UPDATE gaps SET from_time = ?2, to_time = ?3 WHERE number = ?1", "iii",
                          span->number, write_bound (span->from), write_bound (span->to)))
    return FALSE;

  *changed = TRUE;
  return TRUE;
}

static gboolean
close_gap (WeirDatabase *db, gint64 number, gboolean *changed, GError **error)
{
  if (!weir_database_run (db, error, "UPDATE gaps SET filled = ?2 WHERE number = ?1", "ii", number,
                          weir_clock_now ()))
    return FALSE;

  *changed = TRUE;
  return TRUE;
}

/* What is behind @from becomes a gap of its own. */
static gboolean
split (WeirDatabase *db, const Span *gap, gint64 from, GError **error)
{
  return weir_database_run (
      db, error,
      "INSERT INTO gaps (account, stream, subscription, cause, from_time, to_time, noticed, filled,"
      " detail) SELECT account, stream, subscription, cause, ?2, to_time, noticed, filled, detail"
      " FROM gaps WHERE number = ?1",
      "ii", gap->number, from);
}

static gboolean
cover (WeirDatabase *db, const Span *gap, gint64 from, gint64 to, gboolean *changed, GError **error)
{
  Span rest = *gap;

  if (from <= gap->from && to >= gap->to)
    return close_gap (db, gap->number, changed, error);
  if (to <= gap->from || from >= gap->to || from >= to)
    return TRUE;

  if (from <= gap->from)
    rest.from = to;
  else
    rest.to = from;
  if (from > gap->from && to < gap->to && !split (db, gap, to, error))
    return FALSE;
  return set_bounds (db, &rest, changed, error);
}

static GArray *
read_spans (WeirStatement *statement, GError **error)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
  GError *local_error = NULL;

  while (weir_statement_step (statement, &local_error))
    {
      Span span = { 0 };
      g_autofree char *cause = weir_statement_dup_text (statement, 3);

      span.number = weir_statement_get_int (statement, 0);
      span.from = read_from (weir_statement_get_int (statement, 1));
      span.to = read_to (weir_statement_get_int (statement, 2));
      weir_gap_cause_from_string (cause, &span.cause);
      g_array_append_val (spans, span);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&spans);
}

static GArray *
list_open (WeirDatabase *db,
           gint64 account,
           const char *stream,
           const char *subscription,
           GError **error)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error,
                             "SELECT number, from_time, to_time, cause FROM gaps WHERE account = ?1"
                             " AND filled = 0 AND stream = ?2 AND subscription = ?3"
                             " ORDER BY number",
                             "iss", account, stream, weir_text_or_empty (subscription));

  return statement != NULL ? read_spans (statement, error) : NULL;
}

static gboolean
insert (WeirDatabase *db, gint64 account, WeirGap *gap, gboolean *changed, GError **error)
{
  if (!weir_database_run (
          db, error,
          "INSERT INTO gaps (account, stream, subscription, cause, from_time, to_time,"
          " noticed, filled, detail) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
          "isssiiis", account, gap->stream, weir_text_or_empty (gap->subscription),
          weir_gap_cause_to_string (gap->cause), gap->from, gap->to, gap->noticed_at, gap->detail))
    return FALSE;

  *changed = TRUE;
  return TRUE;
}

static gboolean
cover_stream (WeirDatabase *db,
              gint64 account,
              const WeirHistoryPage *page,
              gboolean *changed,
              GError **error)
{
  g_autoptr (GArray) gaps = list_open (db, account, page->stream, NULL, error);

  for (guint i = 0; gaps != NULL && i < gaps->len; i++)
    if (!cover (db, &g_array_index (gaps, Span, i), read_from (page->covered_from),
                read_to (page->covered_to), changed, error))
      return FALSE;

  return gaps != NULL;
}

static gboolean
note_place (WeirDatabase *db, gint64 account, const WeirHistoryPage *page, GError **error)
{
  gint64 newest = 0;

  for (guint i = 0; page->events != NULL && i < page->events->len; i++)
    newest = MAX (newest, page->events->rows[i].occurred_at);
  if (newest == 0 && page->seen_end == 0)
    return TRUE;

  return weir_database_run (
      db, error,
      "INSERT INTO streams (account, stream, seen_end, newest) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (account, stream) DO UPDATE SET seen_end = max (seen_end, ?3),"
      " newest = max (newest, ?4)",
      "isii", account, page->stream, page->seen_end, newest);
}

/**
 * weir_history_gaps_keep_page:
 * @db: a connection, in the transaction that keeps the page
 * @account: number of the account
 * @page: the page
 * @result: (inout): what the page has done; whether gaps changed is noted in it
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Keeps the gap that comes with a page, cuts off what the page covers of others, and notes how far
 * the stream has been followed.
 *
 * Returns: whether all was written
 */
gboolean
weir_history_gaps_keep_page (WeirDatabase *db,
                             gint64 account,
                             const WeirHistoryPage *page,
                             WeirAppendResult *result,
                             GError **error)
{
  if ((page->covered_from != 0 || page->covered_to != 0)
      && !cover_stream (db, account, page, &result->gaps_changed, error))
    return FALSE;
  if (page->gap != NULL && !(page->gap_if_unknown && result->known > 0)
      && !weir_history_gaps_add (db, account, page->gap, &result->gaps_changed, error))
    return FALSE;

  return (result->added == 0 && page->seen_end == 0) || note_place (db, account, page, error);
}

/* Makes one of the known as wide as @wanted is too, and one of it and all others that it now meets. */
static gboolean
widen (WeirDatabase *db,
       GArray *known,
       guint i,
       const Span *wanted,
       gboolean *changed,
       GError **error)
{
  Span *span = &g_array_index (known, Span, i);

  span->from = MIN (span->from, wanted->from);
  span->to = MAX (span->to, wanted->to);
  for (guint j = 0; j < known->len;)
    {
      const Span *other = &g_array_index (known, Span, j);

      if (j == i || other->number == 0 || other->cause != span->cause || !overlaps (other, span))
        {
          j++;
          continue;
        }
      if (!weir_database_run (db, error, "DELETE FROM gaps WHERE number = ?", "i", other->number))
        return FALSE;
      span->from = MIN (span->from, other->from);
      span->to = MAX (span->to, other->to);
      g_array_index (known, Span, j).number = 0;
      /* those before it may be met now */
      j = 0;
    }
  return set_bounds (db, span, changed, error);
}

/**
 * weir_history_gaps_add:
 * @db: a connection, in a transaction
 * @account: number of the account
 * @gap: the gap
 * @changed: (out): set to %TRUE if it was not known as it is
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: whether it is kept
 */
gboolean
weir_history_gaps_add (WeirDatabase *db,
                       gint64 account,
                       WeirGap *gap,
                       gboolean *changed,
                       GError **error)
{
  g_autoptr (GArray) known = list_open (db, account, gap->stream, gap->subscription, error);
  const Span wanted = { 0, read_from (gap->from), read_to (gap->to), gap->cause };

  if (known == NULL)
    return FALSE;

  for (guint i = 0; i < known->len; i++)
    {
      Span *span = &g_array_index (known, Span, i);

      if (span->cause != wanted.cause || !overlaps (span, &wanted))
        continue;
      if (span->from <= wanted.from && span->to >= wanted.to)
        return TRUE;
      return widen (db, known, i, &wanted, changed, error);
    }

  return insert (db, account, gap, changed, error);
}

/**
 * weir_history_gaps_fill:
 * @db: a connection, in a transaction
 * @id: number of the gap; one that is not there or closed is left
 * @from: µs; 0 for since ever
 * @to: µs; 0 for until ever
 * @changed: (out): set to %TRUE if anything of the gap was in the span
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Cuts the span off the gap.
 *
 * Returns: whether it went well
 */
gboolean
weir_history_gaps_fill (WeirDatabase *db,
                        gint64 id,
                        gint64 from,
                        gint64 to,
                        gboolean *changed,
                        GError **error)
{
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error,
      "SELECT number, from_time, to_time, cause FROM gaps WHERE number = ? AND filled = 0", "i",
      id);
  g_autoptr (GArray) gaps = statement != NULL ? read_spans (statement, error) : NULL;

  if (gaps == NULL)
    return FALSE;

  return gaps->len == 0
         || cover (db, &g_array_index (gaps, Span, 0), read_from (from), read_to (to), changed,
                   error);
}

/* The one of @gaps that @span stands for, if it is not taken by another. */
static int
find_settled (GPtrArray *gaps, const gboolean *taken, const Span *span)
{
  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];
      const Span other = { 0, read_from (gap->from), read_to (gap->to), gap->cause };

      if (!taken[i] && gap->cause == span->cause && overlaps (span, &other))
        return (int) i;
    }

  return -1;
}

static gboolean
settle_one (WeirDatabase *db,
            const Span *known,
            gint64 since,
            WeirGap *gap,
            gboolean *changed,
            GError **error)
{
  Span span = *known;

  if (gap == NULL)
    return cover (db, known, since, G_MAXINT64, changed, error);

  span.from = read_from (gap->from);
  span.to = read_to (gap->to);
  if (known->from < since)
    span.from = MIN (span.from, known->from);
  if (span.from == known->from && span.to == known->to)
    return TRUE;
  return set_bounds (db, &span, changed, error);
}

/**
 * weir_history_gaps_settle:
 * @db: a connection, in a transaction
 * @account: number of the account
 * @stream: a stream
 * @subscription: (nullable): a subscription
 * @since: µs: what is older stays as it is
 * @gaps: (element-type WeirGap): all there are since then
 * @changed: (out): set to %TRUE if they were not so
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: whether they are so now
 */
gboolean
weir_history_gaps_settle (WeirDatabase *db,
                          gint64 account,
                          const char *stream,
                          const char *subscription,
                          gint64 since,
                          GPtrArray *gaps,
                          gboolean *changed,
                          GError **error)
{
  g_autoptr (GArray) known = list_open (db, account, stream, subscription, error);
  g_autofree gboolean *taken = g_new0 (gboolean, gaps->len + 1);

  if (known == NULL)
    return FALSE;

  for (guint i = 0; i < known->len; i++)
    {
      const Span *span = &g_array_index (known, Span, i);
      int index;

      if (span->to <= since)
        continue;
      index = find_settled (gaps, taken, span);
      if (!settle_one (db, span, since, index >= 0 ? gaps->pdata[index] : NULL, changed, error))
        return FALSE;
      if (index >= 0)
        taken[index] = TRUE;
    }

  for (guint i = 0; i < gaps->len; i++)
    if (!taken[i] && !insert (db, account, gaps->pdata[i], changed, error))
      return FALSE;

  return TRUE;
}

static WeirGap *
read_gap (WeirStatement *row, GHashTable *accounts)
{
  WeirAccount *account =
      g_hash_table_lookup (accounts, GUINT_TO_POINTER (weir_statement_get_int (row, 1)));
  g_autofree char *stream = weir_statement_dup_text (row, 2);
  g_autofree char *subscription = weir_statement_dup_text (row, 3);
  g_autofree char *word = weir_statement_dup_text (row, 4);
  g_autofree char *detail = weir_statement_dup_text (row, 9);
  WeirGapCause cause;
  WeirGap *gap;

  if (account == NULL || !weir_gap_cause_from_string (word, &cause))
    return NULL;

  gap = weir_gap_new_full (
      weir_statement_get_int (row, 0), account, stream, *subscription != '\0' ? subscription : NULL,
      cause, weir_statement_get_int (row, 5), weir_statement_get_int (row, 6),
      weir_statement_get_int (row, 7), weir_statement_get_int (row, 8), detail);
  gap->subscription_name = weir_statement_dup_text (row, 10);

  return gap;
}

/**
 * weir_history_gaps_list:
 * @db: a connection
 * @account: (nullable): only this account's
 * @open_only: whether to leave out those that are filled
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type WeirGap): the gaps, earliest first, or %NULL
 */
GPtrArray *
weir_history_gaps_list (WeirDatabase *db, WeirAccount *account, gboolean open_only, GError **error)
{
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) accounts = weir_history_reader_list_accounts (db, error);
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  if (accounts == NULL)
    return NULL;

  statement = weir_database_prepare (
      db, error,
      "SELECT number, account, stream, subscription, cause, from_time, to_time, noticed, filled,"
      " detail,"
      " (SELECT nullif (name, '') FROM state_changes AS s WHERE s.account = gaps.account"
      "  AND s.kind = 'subscription' AND s.id = gaps.subscription ORDER BY s.number DESC LIMIT 1)"
      " FROM gaps"
      " WHERE (?1 IS NULL OR account = (SELECT number FROM accounts WHERE uuid = ?1))"
      " AND (NOT ?2 OR filled = 0) ORDER BY from_time, number",
      "si", account != NULL ? account->uuid : NULL, (gint64) open_only);
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      WeirGap *gap = read_gap (statement, accounts);

      if (gap != NULL)
        g_ptr_array_add (gaps, gap);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&gaps);
}

/**
 * weir_history_gaps_get_place:
 * @db: a connection
 * @account: an account
 * @stream: one of its streams
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full): how far the stream has been followed, or %NULL
 */
WeirStreamPlace *
weir_history_gaps_get_place (WeirDatabase *db,
                             WeirAccount *account,
                             const char *stream,
                             GError **error)
{
  g_autoptr (WeirStreamPlace) place = g_new0 (WeirStreamPlace, 1);
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  if (!weir_history_reader_get_cursor (db, account, stream, &place->cursor, error))
    return NULL;

  statement = weir_database_prepare (
      db, error,
      "SELECT seen_end, newest FROM streams"
      " WHERE account = (SELECT number FROM accounts WHERE uuid = ?) AND stream = ?",
      "ss", account->uuid, stream);
  if (statement == NULL)
    return NULL;
  if (weir_statement_step (statement, &local_error))
    {
      place->seen_end = weir_statement_get_int (statement, 0);
      place->newest = weir_statement_get_int (statement, 1);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  return g_steal_pointer (&place);
}

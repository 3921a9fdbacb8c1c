/* weir-history-append.c: a page of events taken in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-append.h"

#include "weir-hash.h"
#include "weir-history-find.h"
#include "weir-history-intern.h"
#include <string.h>

#include <glib/gi18n-lib.h>

/* An event is late if it is older by more than the newest of its stream. */
#define LATE (5 * G_TIME_SPAN_SECOND)

typedef struct
{
  const WeirEventRow *event; /* the last of those in the page with its id */
  const WeirEventRow *first; /* the first of them */
  guint64 id_hash;
  guint64 key;
  gint64 time;
  gint64 observed_at;
  guint32 number; /* of the known event, 0: none */
  gboolean same;  /* the known one has the same bytes */
} Candidate;

typedef struct
{
  WeirMemory *memory;
  WeirDatabase *db;
  guint account_number;
  const WeirHistoryPage *page;
  WeirAppendResult *result;
  GArray *candidates;
  GHashTable *by_key; /* key → place in candidates + 1 */
  WeirIntern intern;
  GArray *suspects;   /* guint: places in candidates, as in wanted */
  gint64 late_before; /* µs */
  gint64 revision;
  gint64 next;
} Append;

static void
append_clear (Append *self)
{
  g_array_unref (self->candidates);
  g_hash_table_unref (self->by_key);
  weir_intern_clear (&self->intern);
  g_array_unref (self->suspects);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Append, append_clear)

static Candidate *
get_candidate (Append *self, guint i)
{
  return &g_array_index (self->candidates, Candidate, i);
}

static gboolean
same_bytes (const WeirEventRow *event, const char *raw, gsize length)
{
  return event->raw.length == length && memcmp (event->raw.text, raw, length) == 0;
}

/* An event that is in the page twice: the later one counts, where and when the first one was seen. */
static void
replace (Append *self, Candidate *candidate, const WeirEventRow *event)
{
  if (same_bytes (candidate->event, event->raw.text, event->raw.length))
    return;

  candidate->event = event;
  if (event->time_source != WEIR_TIME_FROM_SIGHT)
    candidate->time = event->occurred_at;
  self->result->changed++;
}

static void
add_candidate (Append *self, const WeirDedupe *dedupe, const WeirEventRow *event)
{
  Candidate candidate = { event, event };
  guint known;

  candidate.id_hash = weir_hash_text (event->id);
  candidate.key = weir_dedupe_make_key (self->account_number, event->stream, candidate.id_hash);
  known = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, &candidate.key));
  if (known > 0 && g_str_equal (get_candidate (self, known - 1)->event->id, event->id))
    {
      replace (self, get_candidate (self, known - 1), event);
      return;
    }

  candidate.time = event->occurred_at;
  candidate.observed_at = event->observed_at;
  weir_dedupe_prefetch (dedupe, candidate.key);
  g_array_append_val (self->candidates, candidate);
  g_hash_table_insert (self->by_key, &get_candidate (self, self->candidates->len - 1)->key,
                       GUINT_TO_POINTER (self->candidates->len));
}

static gboolean
collect (Append *self, GError **error)
{
  const WeirEventRows *events = self->page->events;
  const WeirDedupe *dedupe = weir_memory_lock_dedupe (self->memory, self->db, error);

  if (dedupe == NULL)
    return FALSE;

  for (guint i = 0; i < events->len; i++)
    add_candidate (self, dedupe, &events->rows[i]);

  for (guint i = 0; i < self->candidates->len; i++)
    if (weir_dedupe_may_have (dedupe, get_candidate (self, i)->key))
      g_array_append_val (self->suspects, i);

  weir_memory_unlock_dedupe (self->memory);
  return TRUE;
}

/* Equal hashes are no proof. */
static gboolean
is_known_cb (guint wanted, const WeirPage *page, guint slot, gpointer data)
{
  Append *self = data;
  Candidate *candidate = get_candidate (self, g_array_index (self->suspects, guint, wanted));
  g_autoptr (WeirEvent) known = NULL;
  const char *raw;
  gsize length;

  /* its bytes are lost, but an event whose page is damaged must not come twice, nor hold up others */
  candidate->same = page == NULL;
  if (page == NULL)
    return TRUE;

  raw = weir_page_get_raw (page, slot, &length);
  candidate->same = same_bytes (candidate->event, raw, length);
  if (!candidate->same)
    {
      known = weir_page_make_event (page, self->memory, slot);
      if (known == NULL
          || !g_str_equal (weir_record_get_id (WEIR_RECORD (known)), candidate->event->id))
        return FALSE;
    }

  self->result->changed += !same_bytes (candidate->first, raw, length);
  return TRUE;
}

static gboolean
find_known (Append *self, GError **error)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, TRUE, sizeof (WeirWanted));

  if (self->suspects->len == 0)
    return TRUE;

  for (guint i = 0; i < self->suspects->len; i++)
    {
      Candidate *candidate = get_candidate (self, g_array_index (self->suspects, guint, i));
      WeirWanted one = { candidate->id_hash, self->account_number, candidate->event->stream,
                         candidate->time, 0 };

      g_array_append_val (wanted, one);
    }

  if (!weir_history_find_wanted (self->memory, self->db, wanted, is_known_cb, self, error))
    return FALSE;

  for (guint i = 0; i < wanted->len; i++)
    get_candidate (self, g_array_index (self->suspects, guint, i))->number =
        g_array_index (wanted, WeirWanted, i).number;
  return TRUE;
}

/* What is known keeps its number, when it was first seen, and whether it was late. */
static gboolean
update_slot (Append *self,
             WeirPage *updated,
             const WeirPage *page,
             guint slot,
             const Candidate *candidate,
             GError **error)
{
  WeirPageColumn column = g_array_index (page->columns, WeirPageColumn, slot);
  const WeirFacet *before = weir_facets_get (weir_memory_get_facets (self->memory), column.facet);
  WeirFacetFlags late = before != NULL ? before->flags & WEIR_FACET_LATE : 0;
  WeirPageDetail *detail;

  if (candidate->event->time_source != WEIR_TIME_FROM_SIGHT)
    column.time = candidate->event->occurred_at;
  if (!weir_intern_find (&self->intern, candidate->event, self->account_number, late, &column.facet,
                         error))
    return FALSE;

  weir_page_add_event (updated, column, candidate->id_hash, candidate->event);
  detail = &g_array_index (updated->details, WeirPageDetail, slot);
  detail->observed_at = g_array_index (page->details, WeirPageDetail, slot).observed_at;
  return TRUE;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const Candidate *one = *(Candidate *const *) a;
  const Candidate *other = *(Candidate *const *) b;

  return (one->number > other->number) - (one->number < other->number);
}

/* All that changed in one page. @at: moved on behind them */
static gboolean
update_page (Append *self, WeirPageReader *reader, GPtrArray *sorted, guint *at, GError **error)
{
  const Candidate *candidate = sorted->pdata[*at];
  const WeirPage *page;
  g_autoptr (WeirPage) updated = NULL;

  if (!weir_page_reader_read (reader, candidate->number, &page, error))
    return FALSE;

  updated = weir_page_new (page->first);
  for (guint slot = 0; slot < page->columns->len; slot++)
    {
      candidate = *at < sorted->len ? sorted->pdata[*at] : NULL;
      if (candidate == NULL || candidate->number != page->first + slot)
        weir_page_add_slot (updated, page, slot);
      else if (update_slot (self, updated, page, slot, candidate, error))
        (*at)++;
      else
        return FALSE;
    }
  return weir_page_write (updated, self->db, self->revision, error);
}

static gboolean
update_known (Append *self, GArray *changed, GError **error)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (WeirPageReader) reader = NULL;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = get_candidate (self, i);

      if (candidate->number != 0 && !candidate->same)
        {
          g_ptr_array_add (sorted, candidate);
          g_array_append_val (changed, candidate->number);
        }
    }
  if (sorted->len == 0)
    return TRUE;

  g_ptr_array_sort (sorted, compare_numbers);
  reader = weir_page_reader_new (self->db, error);
  if (reader == NULL)
    return FALSE;
  for (guint at = 0; at < sorted->len;)
    {
      if (!update_page (self, reader, sorted, &at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
end_page (Append *self, WeirPage *page, GError **error)
{
  self->next += page->columns->len;
  if (self->next > WEIR_COLUMNS_MAX_NUMBER)
    {
      g_set_error_literal (error, WEIR_SQLITE_ERROR, SQLITE_FULL,
                           _ ("It has had as many events as it can number"));
      return FALSE;
    }
  return weir_page_write (page, self->db, self->revision, error);
}

/* Whether the page becomes one of the history as it is: all of its events and nothing else, in the same order. */
static gboolean
is_packed (Append *self)
{
  const WeirEventRows *events = self->page->events;
  gsize length = 0;

  if (events->packed == NULL || self->candidates->len != events->len
      || events->len > WEIR_PAGE_MAX_EVENTS)
    return FALSE;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      if (get_candidate (self, i)->number != 0)
        return FALSE;
      length += events->rows[i].raw.length;
    }
  return length <= WEIR_PAGE_MAX_BYTES;
}

static WeirPage *
begin_page (Append *self, gboolean packed)
{
  WeirPage *page = weir_page_new ((guint32) self->next);

  if (packed)
    page->packed = g_bytes_ref (self->page->events->packed);
  return page;
}

static gboolean
add_new (Append *self, GError **error)
{
  gboolean packed = is_packed (self);
  g_autoptr (WeirPage) page = NULL;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = get_candidate (self, i);
      WeirPageColumn column = { candidate->time, 0 };
      WeirFacetFlags late = candidate->time < self->late_before ? WEIR_FACET_LATE : 0;

      if (candidate->number != 0)
        {
          self->result->known++;
          continue;
        }
      if (!weir_intern_find (&self->intern, candidate->event, self->account_number, late,
                             &column.facet, error))
        return FALSE;

      if (page == NULL)
        page = begin_page (self, packed);
      weir_page_add_event (page, column, candidate->id_hash, candidate->event);
      g_array_index (page->details, WeirPageDetail, page->details->len - 1).observed_at =
          candidate->observed_at;
      self->result->added++;

      if (page->columns->len >= WEIR_PAGE_MAX_EVENTS || page->raw_length >= WEIR_PAGE_MAX_BYTES)
        {
          if (!end_page (self, page, error))
            return FALSE;
          g_clear_pointer (&page, weir_page_free);
        }
    }
  return page == NULL || end_page (self, page, error);
}

static gboolean
read_state (Append *self, GError **error)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (self->db, error, "SELECT revision + 1, next FROM state", "");

  if (statement == NULL || !weir_statement_step (statement, error))
    return FALSE;
  self->revision = weir_statement_get_int (statement, 0);
  self->next = weir_statement_get_int (statement, 1);
  return TRUE;
}

/**
 * weir_history_append_events:
 * @memory: as the file is
 * @db: a connection that is in a transaction
 * @account_number: whose events they are
 * @page: the page
 * @result: (inout): what was done is added to it
 * @changed: (inout) (element-type guint32): known events whose bytes changed are added to it
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * An event that is known is not kept twice; one whose bytes differ is brought up to date in its place.
 *
 * Returns: whether it was written
 */
gboolean
weir_history_append_events (WeirMemory *memory,
                            WeirDatabase *db,
                            guint account_number,
                            const WeirHistoryPage *page,
                            WeirAppendResult *result,
                            GArray *changed,
                            GError **error)
{
  g_auto (Append) self = { memory, db, account_number, page, result };

  /* the keys are in it: it must not move */
  self.candidates = g_array_sized_new (FALSE, FALSE, sizeof (Candidate),
                                       page->events != NULL ? page->events->len : 0);
  self.by_key = g_hash_table_new (g_int64_hash, g_int64_equal);
  weir_intern_init (&self.intern, memory, db);
  self.suspects = g_array_new (FALSE, FALSE, sizeof (guint));
  self.late_before = G_MININT64;

  if (page->events == NULL || page->events->len == 0)
    return TRUE;
  if (page->live)
    {
      gint64 newest = weir_memory_get_stream_newest (memory, account_number, page->stream);

      if (newest > G_MININT64 + LATE)
        self.late_before = newest - LATE;
    }

  if (!read_state (&self, error) || !collect (&self, error) || !find_known (&self, error)
      || !update_known (&self, changed, error) || !add_new (&self, error))
    return FALSE;

  return (result->added == 0 && result->changed == 0)
         || weir_database_run (db, error, "UPDATE state SET revision = ?, next = ?", "ii",
                               self.revision, self.next);
}

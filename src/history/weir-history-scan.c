/* weir-history-scan.c: the bytes of events looked at, for queries that need them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Packed pages as the file has them; the other thread reads the next while one unpacks. */
typedef struct
{
  guint32 first;
  guint count;
  GBytes *details;
  GBytes *raw;
  gboolean passed_over; /* its words are not those */
} PackedPage;

typedef struct
{
  const WeirScan *scan;
  guint limit;
  gint64 last_number;
  GCancellable *cancellable;
  GArray *pages; /* WeirPageInfo, those that may end newest first */

  GMutex file; /* of what follows */
  WeirStatement *select_page;

  GMutex lock; /* of what follows */
  guint next;  /* page to be taken */
  guint8 *done;
  guint n_done; /* all before are */
  guint8 *bits;
  GArray *times; /* gint64: of what was found, where there is a limit */
  gboolean stopped;
  char *warning;
  GError *error;
} Job;

static void
packed_page_clear (PackedPage *page)
{
  g_clear_pointer (&page->details, g_bytes_unref);
  g_clear_pointer (&page->raw, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PackedPage, packed_page_clear)

/**
 * weir_scan_init:
 * @self: (out caller-allocates): a scan
 * @memory: what is known
 * @match: what is asked; must outlive the scan
 *
 * Looks at each facet once.
 */
void
weir_scan_init (WeirScan *self, WeirMemory *memory, const WeirQueryMatch *match)
{
  WeirFacets *facets = weir_memory_get_facets (memory);

  self->memory = weir_memory_ref (memory);
  self->match = match;
  self->n_facets = weir_facets_get_end (facets);
  self->facets = g_new0 (guint8, self->n_facets);
  for (guint i = 1; i < self->n_facets; i++)
    {
      const WeirFacet *facet = weir_facets_get (facets, i);

      self->facets[i] = facet != NULL && weir_query_match_facet (match, facet);
    }
  weir_query_match_get_span (match, &self->from, &self->to);
}

/**
 * weir_scan_clear:
 * @self: a scan
 */
void
weir_scan_clear (WeirScan *self)
{
  g_clear_pointer (&self->memory, weir_memory_unref);
  g_clear_pointer (&self->facets, g_free);
}

/**
 * weir_scan_needs_bytes:
 * @self: a scan
 *
 * Returns: whether memory alone cannot answer
 */
gboolean
weir_scan_needs_bytes (const WeirScan *self)
{
  return weir_query_match_needs_raw (self->match) || weir_query_match_needs_event (self->match);
}

/**
 * weir_scan_wants:
 * @self: a scan
 * @number: an event's
 *
 * Returns: whether its facet and its time are as asked
 */
gboolean
weir_scan_wants (const WeirScan *self, guint32 number)
{
  const WeirColumns *columns = weir_memory_get_columns (self->memory);
  guint32 facet = weir_columns_get_facet (columns, number);
  gint64 time = weir_columns_get_time (columns, number);

  return facet < self->n_facets && self->facets[facet] && time >= self->from && time < self->to;
}

static gboolean
has_hash (const GArray *hashes, guint64 hash, gsize size)
{
  guint low = 0, high = hashes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint64 found = size == sizeof (guint64) ? g_array_index (hashes, guint64, middle)
                                               : g_array_index (hashes, guint32, middle);

      if (found == hash)
        return TRUE;
      if (found < hash)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/* Whether the hashes do not rule the event out. */
static gboolean
may_be (const WeirScan *self, const WeirPageDetail *detail)
{
  const GArray *ids = weir_query_match_get_id_hashes (self->match);
  const GArray *records = weir_query_match_get_record_hashes (self->match);

  return (ids == NULL || has_hash (ids, detail->id_hash, sizeof (guint64)))
         && (records == NULL || has_hash (records, detail->record_hash, sizeof (guint32)));
}

static gboolean
is_as_asked (const WeirScan *self, const WeirPage *page, guint slot)
{
  const WeirPageDetail *detail = &g_array_index (page->details, WeirPageDetail, slot);
  const char *raw = page->raw + detail->start;

  if (weir_query_match_needs_raw (self->match)
      && !weir_query_match_raw (self->match, raw, detail->length,
                                detail->payload_length > 0 ? raw + detail->payload_start : NULL,
                                detail->payload_length))
    return FALSE;

  if (weir_query_match_needs_event (self->match))
    {
      g_autoptr (WeirEvent) event = weir_page_make_event (page, self->memory, slot);

      return event != NULL && weir_query_match_event (self->match, event);
    }
  return TRUE;
}

/* The page with the event, of which @packed->count is 0 if there is none, or none that can be. */
static gboolean
fetch_page (Job *job, guint32 number, PackedPage *packed, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&job->file);
  GError *local_error = NULL;
  gint64 count;

  if (!weir_statement_bind (job->select_page, error, "i", (gint64) number))
    return FALSE;

  if (weir_statement_step (job->select_page, &local_error))
    {
      packed->first = (guint32) weir_statement_get_int (job->select_page, 0);
      count = weir_statement_get_int (job->select_page, 1);
      packed->count = count >= 0 && count <= WEIR_PAGE_MAX_COUNT ? (guint) count : 0;
      packed->passed_over =
          !weir_query_match_page (job->scan->match, sqlite3_column_blob (job->select_page, 2),
                                  (gsize) sqlite3_column_bytes (job->select_page, 2));
      if (!packed->passed_over)
        {
          packed->details = weir_statement_dup_bytes (job->select_page, 3);
          packed->raw = weir_statement_dup_bytes (job->select_page, 4);
        }
    }
  sqlite3_reset (job->select_page);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

static void
warn_of_damage (Job *job, const PackedPage *packed)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&job->lock);

  if (job->warning == NULL)
    job->warning = g_strdup_printf (
        /* Translators: the numbers are those of events */
        _ ("The events %u to %u could not be looked at: their page of the history is damaged"),
        packed->first, packed->first + packed->count - 1);
}

/* Looks at those events of a page that are in [from, to). */
static void
look_at (Job *job, const PackedPage *packed, guint32 from, guint32 to, GArray *found)
{
  g_autoptr (WeirPage) page = weir_page_new (packed->first);
  g_autofree guint8 *wanted = g_new0 (guint8, packed->count);
  const WeirPageDetail *last;
  gboolean any = FALSE;
  gsize size;
  gconstpointer data = g_bytes_get_data (packed->details, &size);
  GArray *details = weir_blob_unpack_details (data, size, packed->count);

  if (details == NULL)
    {
      warn_of_damage (job, packed);
      return;
    }
  g_array_unref (page->details);
  page->details = details;

  for (guint32 number = from; number < to; number++)
    {
      guint slot = number - packed->first;

      wanted[slot] = weir_scan_wants (job->scan, number)
                     && may_be (job->scan, &g_array_index (details, WeirPageDetail, slot));
      any |= wanted[slot];
    }
  if (!any)
    return;

  last = &g_array_index (details, WeirPageDetail, packed->count - 1);
  page->raw_length = (gsize) last->start + last->length;
  data = g_bytes_get_data (packed->raw, &size);
  page->raw = weir_blob_unpack_raw (data, size, page->raw_length);
  if (page->raw == NULL)
    {
      warn_of_damage (job, packed);
      return;
    }

  g_array_set_size (page->columns, packed->count);
  for (guint32 number = from; number < to; number++)
    {
      guint slot = number - packed->first;

      g_array_index (page->columns, WeirPageColumn, slot).facet =
          weir_columns_get_facet (weir_memory_get_columns (job->scan->memory), number);
      if (wanted[slot] && is_as_asked (job->scan, page, slot))
        g_array_append_val (found, number);
    }
}

static gboolean
has_wanted (const WeirScan *self, guint32 from, guint32 to)
{
  for (guint32 number = from; number < to; number++)
    {
      if (weir_scan_wants (self, number))
        return TRUE;
    }
  return FALSE;
}

/* A page as memory knows it, which may be a part of a longer one in the file by now. */
static gboolean
look_at_range (Job *job, guint32 from, guint32 to, GArray *found, GError **error)
{
  while (from < to)
    {
      g_auto (PackedPage) packed = { 0 };
      guint32 end;

      if (!fetch_page (job, from, &packed, error))
        return FALSE;
      if (packed.count == 0 || from - packed.first >= packed.count)
        {
          from++;
          continue;
        }

      end = MIN (to, packed.first + packed.count);
      if (!packed.passed_over)
        look_at (job, &packed, from, end, found);
      from = end;
    }
  return TRUE;
}

/* With a limit: whether so many were found that are newer than all that was not looked at yet. */
static gboolean
is_enough (Job *job)
{
  gint64 left;
  guint n_newer = 0;

  if (job->limit == 0 || job->times->len < job->limit || job->n_done == job->pages->len)
    return FALSE;

  left = g_array_index (job->pages, WeirPageInfo, job->n_done).newest;
  for (guint i = 0; i < job->times->len; i++)
    n_newer += g_array_index (job->times, gint64, i) > left;
  return n_newer >= job->limit;
}

static void
keep_found (Job *job, guint place, GArray *found)
{
  const WeirColumns *columns = weir_memory_get_columns (job->scan->memory);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&job->lock);

  for (guint i = 0; i < found->len; i++)
    {
      guint32 number = g_array_index (found, guint32, i);
      gint64 time = weir_columns_get_time (columns, number);

      job->bits[number >> 3] |= (guint8) (1u << (number & 7));
      if (job->limit > 0)
        g_array_append_val (job->times, time);
    }

  job->done[place] = TRUE;
  while (job->n_done < job->pages->len && job->done[job->n_done])
    job->n_done++;
  job->stopped |= is_enough (job);
}

static gpointer
work (gpointer data)
{
  Job *job = data;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (;;)
    {
      const WeirPageInfo *info;
      GError *error = NULL;
      guint place;

      g_mutex_lock (&job->lock);
      place = job->next;
      if (job->stopped || place == job->pages->len || g_cancellable_is_cancelled (job->cancellable))
        {
          g_mutex_unlock (&job->lock);
          return NULL;
        }
      job->next++;
      g_mutex_unlock (&job->lock);

      info = &g_array_index (job->pages, WeirPageInfo, place);
      g_array_set_size (found, 0);
      if (has_wanted (job->scan, info->first, info->first + info->count)
          && !look_at_range (job, info->first, info->first + info->count, found, &error))
        {
          g_mutex_lock (&job->lock);
          job->stopped = TRUE;
          if (job->error == NULL)
            job->error = g_steal_pointer (&error);
          g_mutex_unlock (&job->lock);
          g_clear_error (&error);
          return NULL;
        }
      keep_found (job, place, found);
    }
}

static int
compare_pages (gconstpointer a, gconstpointer b)
{
  const WeirPageInfo *one = a;
  const WeirPageInfo *other = b;

  return (one->newest < other->newest) - (one->newest > other->newest);
}

/* Without those whose times are not asked for, or that came after the view was taken. */
static GArray *
list_pages (const WeirScan *self, gint64 last_number)
{
  GArray *pages = weir_memory_list_pages (self->memory);
  guint kept = 0;

  for (guint i = 0; i < pages->len; i++)
    {
      WeirPageInfo info = g_array_index (pages, WeirPageInfo, i);

      if (info.newest < self->from || info.oldest >= self->to || info.first > last_number)
        continue;
      info.count = (guint32) MIN (info.count, last_number - info.first + 1);
      g_array_index (pages, WeirPageInfo, kept++) = info;
    }
  g_array_set_size (pages, kept);
  g_array_sort (pages, compare_pages);
  return pages;
}

static gboolean
job_init (Job *job, WeirDatabase *db, GError **error)
{
  g_mutex_init (&job->file);
  g_mutex_init (&job->lock);
  job->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  job->done = g_new0 (guint8, job->pages->len + 1);
  job->select_page = weir_database_prepare (
      db, error,
      "SELECT pages.first, count, filter, blob, raw FROM pages"
      " JOIN details ON details.first = pages.first JOIN raws ON raws.first = pages.first"
      " LEFT JOIN words ON words.first = pages.first"
      " WHERE pages.first = (SELECT max (first) FROM pages WHERE first <= ?)",
      NULL);
  return job->select_page != NULL;
}

static gboolean
job_end (Job *job, gboolean done, char **warning, GError **error)
{
  g_array_unref (job->pages);
  g_array_unref (job->times);
  g_free (job->done);
  g_clear_pointer (&job->select_page, weir_statement_finalize);
  g_mutex_clear (&job->file);
  g_mutex_clear (&job->lock);
  if (warning != NULL && *warning == NULL)
    *warning = g_steal_pointer (&job->warning);
  g_free (job->warning);

  if (job->error != NULL)
    {
      g_propagate_error (error, job->error);
      return FALSE;
    }
  return done;
}

/**
 * weir_scan_all:
 * @self: a scan
 * @db: a connection
 * @limit: the newest so many are enough; 0 for all
 * @bits: (inout): a bit each number up to @last_number, set for those that are as asked
 * @last_number: that of the newest event to be looked at
 * @warning: (inout) (nullable): what could not be looked at, for people
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #WEIR_SQLITE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Two threads, from the newest page on. With a limit more than that may be set, but none is missing
 * that is newer than the oldest of the newest so many.
 *
 * Returns: whether it was done
 */
gboolean
weir_scan_all (const WeirScan *self,
               WeirDatabase *db,
               guint limit,
               guint8 *bits,
               gint64 last_number,
               char **warning,
               GCancellable *cancellable,
               GError **error)
{
  Job job = { self, limit, last_number, cancellable };
  gboolean done;

  job.pages = list_pages (self, last_number);
  job.bits = bits;
  done = job_init (&job, db, error);
  if (done)
    {
      GThread *other = job.pages->len > 1 ? g_thread_try_new ("weir-scan", work, &job, NULL) : NULL;

      work (&job);
      if (other != NULL)
        g_thread_join (other);
    }

  if (done && job.error == NULL)
    done = !g_cancellable_set_error_if_cancelled (cancellable, error);
  return job_end (&job, done, warning, error);
}

/* Leaves those that are in both; both grow. */
static void
intersect (GArray *numbers, GArray *others)
{
  guint kept = 0;

  for (guint i = 0, j = 0; i < numbers->len; i++)
    {
      guint32 number = g_array_index (numbers, guint32, i);

      while (j < others->len && g_array_index (others, guint32, j) < number)
        j++;
      if (j < others->len && g_array_index (others, guint32, j) == number)
        g_array_index (numbers, guint32, kept++) = number;
    }
  g_array_set_size (numbers, kept);
}

/**
 * weir_scan_some:
 * @self: a scan
 * @db: a connection
 * @numbers: (inout) (element-type guint32): growing; those that are not as asked are taken out
 * @warning: (inout) (nullable): what could not be looked at, for people
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #WEIR_SQLITE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * For a few events.
 *
 * Returns: whether it was done
 */
gboolean
weir_scan_some (const WeirScan *self,
                WeirDatabase *db,
                GArray *numbers,
                char **warning,
                GCancellable *cancellable,
                GError **error)
{
  Job job = { self, 0, G_MAXUINT32, cancellable };
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) asked = g_array_copy (numbers);
  gboolean done = TRUE;

  g_array_set_size (numbers, 0);
  for (guint i = 0; i < asked->len; i++)
    {
      guint32 number = g_array_index (asked, guint32, i);

      if (weir_scan_wants (self, number))
        g_array_append_val (numbers, number);
    }
  if (!weir_scan_needs_bytes (self) || numbers->len == 0)
    return TRUE;

  job.pages = g_array_new (FALSE, FALSE, sizeof (WeirPageInfo));
  done = job_init (&job, db, error);
  for (guint i = 0, end; done && i < numbers->len; i = end)
    {
      guint32 first = g_array_index (numbers, guint32, i);
      guint32 last = first;

      /* neighbours at once, since they lie in one page mostly */
      for (end = i + 1; end < numbers->len
                        && g_array_index (numbers, guint32, end) - last < WEIR_PAGE_MAX_EVENTS;
           end++)
        last = g_array_index (numbers, guint32, end);
      done = !g_cancellable_set_error_if_cancelled (cancellable, error)
             && look_at_range (&job, first, last + 1, found, error);
    }
  intersect (numbers, found);
  return job_end (&job, done, warning, error);
}

/* weir-history-words.c: makes the word filters of pages, behind everything else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-words.h"

#include <gio/gio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "weir-history-pages.h"
#include "weir-history-schema.h"
#include "weir-words.h"

#define NICENESS 10
#define BATCH 64      /* pages looked at a time */
#define MAX_READY 512 /* filters that wait for being kept: some MB */

/* A page, as it was when it was looked at. */
typedef struct
{
  gint64 revision;
  gint64 first;
  GBytes *filter; /* (nullable) */
} Page;

struct _WeirHistoryWords
{
  char *path;

  GMutex lock;
  GCond changed;
  GThread *thread; /* (nullable) started when first woken */
  gboolean woken;
  gboolean stopped;
  GArray *ready; /* Page */

  /* the thread's own: everything up to there was looked at */
  gint64 revision;
  gint64 first;
};

static void
clear_page (gpointer data)
{
  g_clear_pointer (&((Page *) data)->filter, g_bytes_unref);
}

static GArray *
new_pages (void)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (Page));

  g_array_set_clear_func (pages, clear_page);
  return pages;
}

/* The next pages that have none; *any: whether there were pages at all. */
static GArray *
list_pages (WeirHistoryWords *self, WeirDatabase *db, gboolean *any, GError **error)
{
  g_autoptr (GArray) pages = new_pages ();
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error,
                             "SELECT pages.revision, pages.first, words.first IS NULL FROM pages"
                             " LEFT JOIN words ON words.first = pages.first"
                             " WHERE (pages.revision, pages.first) > (?, ?)"
                             " ORDER BY pages.revision, pages.first LIMIT ?",
                             "iii", self->revision, self->first, (gint64) BATCH);
  GError *local_error = NULL;

  *any = FALSE;
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      Page page = { weir_statement_get_int (statement, 0), weir_statement_get_int (statement, 1),
                    NULL };

      *any = TRUE;
      self->revision = page.revision;
      self->first = page.first;
      if (weir_statement_get_int (statement, 2) != 0)
        g_array_append_val (pages, page);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&pages);
}

static GBytes *
make_filter (const WeirPage *page)
{
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (WeirJson));

  for (guint slot = 0; slot < page->details->len; slot++)
    {
      WeirJson text;

      text.text = weir_page_get_raw (page, slot, &text.length);
      if (text.length > 0)
        g_array_append_val (texts, text);
    }
  return weir_words_filter_new ((const WeirJson *) (const void *) texts->data, texts->len);
}

/* Waits while too many are ready. FALSE: it is to stop. */
static gboolean
hand_over (WeirHistoryWords *self, Page *page)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (!self->stopped && self->ready->len >= MAX_READY)
    g_cond_wait (&self->changed, &self->lock);
  if (self->stopped)
    return FALSE;
  g_array_append_val (self->ready, *page);
  page->filter = NULL;
  return TRUE;
}

/* A page that changes meanwhile has another revision, and is looked at again. One that cannot be read
 * gets no filter, and so is never passed over. */
static gboolean
make_filters (WeirHistoryWords *self, WeirDatabase *db, GArray *pages, GError **error)
{
  g_autoptr (WeirPageReader) reader = weir_page_reader_new (db, error);

  if (reader == NULL)
    return FALSE;
  for (guint i = 0; i < pages->len; i++)
    {
      Page *page = &g_array_index (pages, Page, i);
      const WeirPage *read = NULL;

      if (!weir_page_reader_read (reader, (guint32) page->first, &read, NULL) || read == NULL
          || read->first != page->first)
        continue;
      page->filter = make_filter (read);
      if (!hand_over (self, page))
        return FALSE;
    }
  return TRUE;
}

/* FALSE: there is nothing more to do now. */
static gboolean
make_batch (WeirHistoryWords *self, WeirDatabase *db, GError **error)
{
  g_autoptr (GArray) pages = NULL;
  gboolean any;

  pages = list_pages (self, db, &any, error);
  return pages != NULL && any && make_filters (self, db, pages, error);
}

static gboolean
wait_for_work (WeirHistoryWords *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (!self->stopped && !self->woken)
    g_cond_wait (&self->changed, &self->lock);
  self->woken = FALSE;
  return !self->stopped;
}

static gpointer
run (gpointer data)
{
  WeirHistoryWords *self = data;
  g_autoptr (WeirDatabase) db = NULL;
  g_autoptr (GError) error = NULL;

  /* Of this thread alone, as Linux has it. */
  setpriority (PRIO_PROCESS, (id_t) gettid (), NICENESS);
  db = weir_history_schema_open (self->path, &error);
  if (db == NULL || !weir_database_exec (db, "PRAGMA query_only = ON", &error))
    {
      g_debug ("no word filters: %s", error->message);
      return NULL;
    }

  while (wait_for_work (self))
    {
      while (make_batch (self, db, &error))
        ;
      /* Without filters nothing is wrong, only slower. */
      if (error != NULL)
        g_debug ("word filters: %s", error->message);
      g_clear_error (&error);
    }
  return NULL;
}

/**
 * weir_history_words_new:
 * @path: the history's file
 *
 * Returns: (transfer full): what makes its filters, once it is woken
 */
WeirHistoryWords *
weir_history_words_new (const char *path)
{
  WeirHistoryWords *self = g_new0 (WeirHistoryWords, 1);

  self->path = g_strdup (path);
  self->ready = new_pages ();
  self->revision = G_MININT64;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

/**
 * weir_history_words_free:
 * @self: (transfer full): what makes filters
 *
 * What is made and not kept is made again another time.
 */
void
weir_history_words_free (WeirHistoryWords *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->thread, g_thread_join);

  g_array_unref (self->ready);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->path);
  g_free (self);
}

/**
 * weir_history_words_wake:
 * @self: what makes filters
 *
 * Any thread.
 */
void
weir_history_words_wake (WeirHistoryWords *self)
{
  g_mutex_lock (&self->lock);
  if (self->thread == NULL)
    self->thread = g_thread_new ("weir-words", run, self);
  self->woken = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gboolean
write_filters (GArray *pages, WeirDatabase *db, GError **error)
{
  for (guint i = 0; i < pages->len; i++)
    {
      const Page *page = &g_array_index (pages, Page, i);

      if (!weir_database_run (db, error,
                              "INSERT OR REPLACE INTO words (first, filter)"
                              " SELECT first, ? FROM pages WHERE first = ? AND revision = ?",
                              "bii", page->filter, page->first, page->revision))
        return FALSE;
    }
  return TRUE;
}

/* They are made once: what could not be written now is written another time. */
static void
put_back (WeirHistoryWords *self, GArray *pages)
{
  g_autofree Page *later = NULL;
  gsize n_later;

  g_mutex_lock (&self->lock);
  later = g_array_steal (self->ready, &n_later);
  g_array_append_vals (pages, later, (guint) n_later);
  g_array_unref (self->ready);
  self->ready = g_array_ref (pages);
  g_mutex_unlock (&self->lock);
}

/**
 * weir_history_words_keep:
 * @self: what makes filters
 * @db: the writing connection
 * @n_kept: (out): how many were ready
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Writes the filters that are ready, but of pages that have changed since. If it fails they stay ready.
 *
 * Returns: whether they are written
 */
gboolean
weir_history_words_keep (WeirHistoryWords *self, WeirDatabase *db, guint *n_kept, GError **error)
{
  g_autoptr (GArray) pages = NULL;

  g_mutex_lock (&self->lock);
  pages = g_steal_pointer (&self->ready);
  self->ready = new_pages ();
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);

  *n_kept = pages->len;
  if (pages->len == 0)
    return TRUE;
  if (weir_database_exec (db, "BEGIN IMMEDIATE", error))
    {
      if (write_filters (pages, db, error) && weir_database_exec (db, "COMMIT", error))
        return TRUE;
      weir_database_exec (db, "ROLLBACK", NULL);
    }
  put_back (self, pages);
  return FALSE;
}

/* weir-membrane-stream.c: Membrane's event lists, followed as streams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-membrane-stream.h"

#include "weir-clock.h"
#include "weir-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Membrane has lists of events and no stream: the order of a list is not documented, and its cursor is for paging and
 * not for later (api/membrane.md §3). So a stream is walked again and again, and the cursor that is kept is a small JSON
 * text of Weir's own:
 *
 *   {"from":TIME,"full":TIME,"page":CURSOR,"next":TIME,"number":N,"oldest":TIME,"least":TIME}
 *
 * from    what this walk asks for: the start of the walk before it, less an overlap; absent in the first walk of all
 * full    the "from" that the last walk left which went to its end, and was not cut short as told below
 * page    the server's cursor of the page to ask for now; absent, with all below, at the start of a walk
 * next    the start of this walk by the server's own clock, less the overlap: the "from" of the next one
 * number  how many pages this walk has had
 * oldest  the time of the oldest event of the page before, where that came newest first
 * least   the time of the oldest event of this walk so far
 *
 * A walk is over when a page has no cursor; {"from":next} is kept then. What the overlap brings twice, the history knows.
 *
 * So as not to read the overlap, or with a server that ignores "from" the whole list, at each walk: where the list is seen
 * to come newest first and an earlier walk was completed, a page that brought nothing new can be the last. That is sure of
 * the first page of a walk; of a later one if all of it is older than "from", or if it goes on where the page before it ended
 * and so does not just repeat a part of that. The page says so by known_is_end, as only the history knows what is new.
 * Every few minutes a walk goes to its end all the same, for what changed or turned up late among what is known.
 * The first pages of such a walk are small, as there is seldom more to see.
 *
 * What is known is known until "from" plus the overlap. A walk that comes to its end with an event from before that has
 * not missed anything; else nothing shows it, as it may have been quiet: then the list is asked for one event "to" that
 * time. */

#define OVERLAP (10 * G_TIME_SPAN_MINUTE)
#define FULL_WALK_INTERVAL (5 * G_TIME_SPAN_MINUTE)
#define DISORDER (10 * G_TIME_SPAN_SECOND)
#define FIRST_PAGES 2
#define FIRST_PAGES_LIMIT 100

typedef struct
{
  gint64 from;
  gint64 full;
  gint64 next;
  gint64 oldest;
  gint64 least;
  gint64 number;
  char *page;
} Position;

static void
position_free (Position *position)
{
  g_free (position->page);
  g_free (position);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Position, position_free)

/* A cursor that cannot be read starts from the beginning: events twice are no harm, events lost are. */
static Position *
position_parse (const char *cursor)
{
  Position *position = g_new0 (Position, 1);
  WeirJson root;

  if (cursor == NULL || !weir_json_parse_text (cursor, -1, &root, NULL))
    return position;
  position->from = weir_json_get_time (weir_json_get (root, "from"));
  position->full = weir_json_get_time (weir_json_get (root, "full"));
  position->page = weir_json_dup_string (weir_json_get (root, "page"));
  position->next = weir_json_get_time (weir_json_get (root, "next"));
  if (position->page == NULL || position->next == 0)
    {
      g_clear_pointer (&position->page, g_free);
      return position;
    }
  weir_json_get_int (weir_json_get (root, "number"), &position->number);
  position->oldest = weir_json_get_time (weir_json_get (root, "oldest"));
  position->least = weir_json_get_time (weir_json_get (root, "least"));
  return position;
}

static char *
position_print (const Position *position)
{
  WeirJsonWriter *writer = weir_json_writer_new ();

  weir_json_writer_begin_object (writer, NULL);
  if (position->from != 0)
    weir_json_writer_add_time (writer, "from", position->from);
  if (position->full != 0)
    weir_json_writer_add_time (writer, "full", position->full);
  if (position->page != NULL)
    {
      weir_json_writer_add_string (writer, "page", position->page);
      weir_json_writer_add_time (writer, "next", position->next);
      weir_json_writer_add_int (writer, "number", position->number);
      if (position->oldest != 0)
        weir_json_writer_add_time (writer, "oldest", position->oldest);
      if (position->least != 0)
        weir_json_writer_add_time (writer, "least", position->least);
    }
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

typedef struct
{
  const WeirMembraneList *list;
  char *stream;
  char *cursor;
  guint wanted; /* events, as the caller said */
  guint limit;  /* events, as the server is asked */
  Position *position;
  WeirMembraneTrail *trail;
  gboolean reaches;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_free (fetch->stream);
  g_free (fetch->cursor);
  g_clear_pointer (&fetch->position, position_free);
  g_free (fetch);
}

/* What the reading thread found, to be judged on the main loop where the trail is. */
typedef struct
{
  WeirEventPage *page;
  char *cursor;
  gint64 asked_at; /* the server's clock */
  gint64 newest;   /* both 0 unless the page came newest first */
  gint64 oldest;
  gint64 least; /* 0: no event tells its time */
} Found;

static void
found_free (Found *found)
{
  g_clear_object (&found->page);
  g_free (found->cursor);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

/* Newest first: the last is older than the first, and on the way none is much later than the one before it. The times
 * may be those in ids made by several machines, so a little disorder says nothing about the list's order. */
static void
look_at_order (Found *found, GPtrArray *events)
{
  gint64 first = 0, last = 0, newest = 0, oldest = G_MAXINT64;
  gboolean is_newest_first = TRUE;

  for (guint i = 0; i < events->len; i++)
    {
      WeirEvent *event = events->pdata[i];

      if (event->unreadable || event->time_source == WEIR_TIME_FROM_SIGHT)
        continue;
      if (first == 0)
        first = event->occurred_at;
      else if (event->occurred_at > last + DISORDER)
        is_newest_first = FALSE;
      last = event->occurred_at;
      newest = MAX (newest, last);
      oldest = MIN (oldest, last);
    }
  found->least = first != 0 ? oldest : 0;
  if (last >= first || !is_newest_first)
    return;
  found->newest = newest;
  found->oldest = oldest;
}

/* Ids that one maker has made in the same second count up. */
static gboolean
is_later (WeirEvent *event, WeirEvent *other)
{
  if (event->occurred_at != other->occurred_at)
    return event->occurred_at > other->occurred_at;
  return event->time_source == WEIR_TIME_FROM_ID && other->time_source == WEIR_TIME_FROM_ID
         && strcmp (weir_record_get_id (WEIR_RECORD (event)),
                    weir_record_get_id (WEIR_RECORD (other)))
                > 0;
}

/* The first event that tells its time, from @position on in steps of @step. */
static WeirEvent *
find_timed (GPtrArray *events, guint position, int step)
{
  for (; position < events->len; position += (guint) step)
    {
      WeirEvent *event = events->pdata[position];

      if (event->time_source != WEIR_TIME_FROM_SIGHT)
        return event;
    }
  return NULL;
}

/* The history keeps what happened at the same time in the order it is given, and the time in an id is
 * a whole second: many events share it. */
static void
put_oldest_first (GPtrArray *events)
{
  WeirEvent *first = find_timed (events, 0, 1);
  WeirEvent *last = find_timed (events, events->len - 1, -1);

  if (first == NULL || !is_later (first, last))
    return;
  for (guint i = 0, j = events->len - 1; i < j; i++, j--)
    {
      gpointer event = events->pdata[i];

      events->pdata[i] = events->pdata[j];
      events->pdata[j] = event;
    }
}

static WeirEvent *
make_event (WeirAccount *account, Fetch *fetch, WeirJson item, gint64 now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  WeirRecord *record = fetch->list->make (account, WEIR_RECORD_EVENT, item, &error);

  if (record != NULL)
    return WEIR_EVENT (record);
  bytes = weir_json_dup_bytes (item);
  return weir_event_new_unreadable (account, fetch->stream, bytes, error->message, now);
}

static gpointer
read_events (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  Fetch *fetch = data;
  g_autoptr (Found) found = g_new0 (Found, 1);
  g_autoptr (GError) local = NULL;
  gint64 now = weir_clock_now ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  WeirJsonIter iter;
  WeirJson items, item;

  found->page = weir_event_page_new (fetch->stream, fetch->cursor);
  found->asked_at = weir_read_date (response);
  if (!weir_membrane_read_items (response, &items, &found->cursor, &local))
    {
      /* The one event that cannot be read, if it is known how to go on after it. */
      if (fetch->limit == 1)
        found->cursor = weir_read_root_cursor (response->body);
      if (found->cursor == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      weir_event_rows_add (
          found->page->events,
          weir_event_new_unreadable (account, fetch->stream, response->body, local->message, now));
      found->page->warning = g_strdup (local->message);
      return g_steal_pointer (&found);
    }
  weir_json_iter_init (&iter, items);
  while (weir_json_iter_next (&iter, NULL, &item))
    g_ptr_array_add (events, make_event (account, fetch, item, now));
  look_at_order (found, events);
  put_oldest_first (events);
  for (guint i = 0; i < events->len; i++)
    weir_event_rows_add (found->page->events, g_object_ref (events->pdata[i]));
  return g_steal_pointer (&found);
}

/* A cursor that two others lead to leads round in a circle. The same page asked for again does not. */
static gboolean
goes_in_circles (WeirMembraneTrail *trail, gint64 next, const char *asked, const char *cursor)
{
  g_autofree char *walk = g_strdup_printf ("%" G_GINT64_FORMAT, next);
  const char *before;

  if (g_strcmp0 (trail->walk, walk) != 0)
    {
      weir_membrane_trail_clear (trail);
      trail->walk = g_steal_pointer (&walk);
      trail->led = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }
  if (asked == NULL)
    asked = "";
  else if (!g_hash_table_contains (trail->led, asked))
    g_hash_table_insert (trail->led, g_strdup (asked), g_strdup (""));
  before = g_hash_table_lookup (trail->led, cursor);
  if (before != NULL)
    return !g_str_equal (before, asked);

  g_hash_table_insert (trail->led, g_strdup (cursor), g_strdup (asked));
  return FALSE;
}

static gboolean
is_end_if_known (const Position *position, const Found *found, gint64 next)
{
  if (position->from == 0 || found->newest == 0 || next - position->full >= FULL_WALK_INTERVAL)
    return FALSE;
  return position->page == NULL || found->newest < position->from
         || (position->oldest != 0 && found->newest <= position->oldest);
}

static gint64
get_least (gint64 one, gint64 other)
{
  return one == 0 || (other != 0 && other < one) ? other : one;
}

/* Whether what the walk brings goes on where what is known ends. @in_circles: it was ended for that. */
static void
judge_join (const Fetch *fetch, const Found *found, gint64 least, gboolean in_circles)
{
  const Position *position = fetch->position;
  WeirEventPage *page = found->page;

  if (position->from == 0 || !page->end)
    return;

  page->since = position->from + OVERLAP;
  page->oldest_at = least;
  if (in_circles)
    page->join = found->newest != 0 && least <= page->since ? WEIR_JOIN_SEEN : WEIR_JOIN_CUT;
  else if (least != 0 && least <= page->since)
    page->join = WEIR_JOIN_SEEN;
  else if (page->events->len >= fetch->limit && fetch->limit >= FIRST_PAGES_LIMIT)
    page->join = WEIR_JOIN_CUT;
  else
    page->join = WEIR_JOIN_UNSEEN;
}

static void ask (GTask *task);

static void
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  Position *position = fetch->position;
  g_autoptr (Found) found = NULL;
  GError *error = NULL;
  WeirEventPage *page;
  Position walked = { 0 }, following = { 0 };
  gboolean in_circles = FALSE;

  found = weir_ask_finish (result, &error);
  if (found == NULL && position->page != NULL
      && (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_REFUSED)
          || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND)))
    {
      /* The server no longer takes its own cursor. This walk has kept nothing of its progress but that, so it begins again. */
      g_clear_error (&error);
      g_clear_pointer (&position->page, g_free);
      position->number = 0;
      position->least = 0;
      ask (g_steal_pointer (&task));
      return;
    }
  if (found == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  page = found->page;
  following.from = position->from;
  following.full = position->full;
  following.next = position->page != NULL ? position->next : found->asked_at - OVERLAP;
  following.number = position->number + 1;
  following.oldest = found->oldest;
  following.least = get_least (position->least, found->least);
  following.page = found->cursor;
  walked.from = following.next;
  if (page->events->len == 0)
    following.page = NULL;
  else if (following.page != NULL
           && goes_in_circles (fetch->trail, following.next, position->page, following.page))
    {
      following.page = NULL;
      in_circles = TRUE;
      g_free (page->warning);
      page->warning = g_strdup (
          _ ("The server's pages lead round in a circle; the walk through them was ended."));
    }
  page->end = following.page == NULL;
  page->goes_on = position->page != NULL;
  page->known_is_end = !page->end && is_end_if_known (position, found, following.next);
  walked.full = page->end ? following.next : position->full;
  page->next_cursor = position_print (page->end ? &walked : &following);
  if (page->known_is_end)
    page->known_cursor = position_print (&walked);
  judge_join (fetch, found, following.least, in_circles);
  g_task_return_pointer (task, g_steal_pointer (&found->page), g_object_unref);
}

/* Takes the task over. */
static void
ask (GTask *task)
{
  WeirProvider *provider = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  Position *position = fetch->position;
  g_autoptr (GString) path = g_string_new ("/");
  g_autofree char *from = position->from != 0 ? weir_time_to_iso (position->from) : NULL;

  fetch->limit = fetch->wanted;
  if (position->from != 0 && position->number < FIRST_PAGES)
    fetch->limit = MIN (fetch->limit, FIRST_PAGES_LIMIT);
  g_string_append_printf (path, "%s?limit=%u", fetch->list->path, fetch->limit);
  weir_request_add_query (path, fetch->list->since, from);
  weir_request_add_query (path, "cursor", position->page);
  /* The question only looks at what the task holds, and ends before the task does. */
  weir_ask_async (provider, weir_request_new (provider, "GET", path->str), read_events, fetch, NULL,
                  (GDestroyNotify) found_free, g_task_get_cancellable (task), fetch_cb, task);
}

/**
 * weir_membrane_trail_clear:
 *
 * Forgets what the trail holds.
 */
void
weir_membrane_trail_clear (WeirMembraneTrail *trail)
{
  g_clear_pointer (&trail->walk, g_free);
  g_clear_pointer (&trail->led, g_hash_table_unref);
}

/**
 * weir_membrane_fetch:
 * @cursor: (nullable): what the page before this one gave, of the form described above
 * @limit: at most so many; 0 for as many as one page may hold
 * @task: (transfer full): returns a WeirEventPage
 *
 * Asks for one page of a walk.
 */
void
weir_membrane_fetch (WeirProvider *provider,
                     const WeirMembraneList *list,
                     const char *stream,
                     const char *cursor,
                     guint limit,
                     WeirMembraneTrail *trail,
                     GTask *task)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->list = list;
  fetch->stream = g_strdup (stream);
  fetch->cursor = g_strdup (cursor);
  fetch->wanted = limit == 0 ? WEIR_MEMBRANE_PAGE : MIN (limit, WEIR_MEMBRANE_PAGE);
  fetch->position = position_parse (cursor);
  fetch->trail = trail;
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  ask (task);
}

static gpointer
read_reach (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  Fetch *fetch = data;
  WeirJson items;
  g_autofree char *cursor = NULL;

  if (!weir_membrane_read_items (response, &items, &cursor, error))
    return NULL;
  /* A server that does not know the parameter gives something newer: then it cannot be told. */
  fetch->reaches = weir_json_count (items) > 0;
  return GINT_TO_POINTER (TRUE);
}

static void
reach_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  if (weir_ask_finish (result, &error) == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, fetch->reaches);
}

/**
 * weir_membrane_reach:
 * @page: where a walk ended
 * @task: (transfer full): returns whether the list still has an event from before what the walk went on from
 *
 * Asks for one event of that time.
 */
void
weir_membrane_reach (WeirProvider *provider,
                     const WeirMembraneList *list,
                     WeirEventPage *page,
                     GTask *task)
{
  Fetch *fetch = g_new0 (Fetch, 1);
  g_autoptr (GString) path = g_string_new ("/");
  g_autofree char *to = weir_time_to_iso (page->since);

  fetch->list = list;
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  g_string_append_printf (path, "%s?limit=1", list->path);
  weir_request_add_query (path, list->until, to);
  weir_ask_async (provider, weir_request_new (provider, "GET", path->str), read_reach, fetch, NULL,
                  NULL, g_task_get_cancellable (task), reach_cb, task);
}

/**
 * weir_membrane_dup_cursor_since:
 * @since: µs; 0 for the beginning
 *
 * Returns: (transfer full) (nullable): the cursor of a walk for what happened since then, as if it were known until then
 */
char *
weir_membrane_dup_cursor_since (gint64 since)
{
  const Position position = { .from = since - OVERLAP };

  return since > OVERLAP ? position_print (&position) : NULL;
}

/* weir-sequin-page.c: one page of /v1/events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-sequin-page.h"

#include "weir-clock.h"
#include "weir-sequin-lenient.h"

#include <glib/gi18n-lib.h>

#define STREAM "events"
#define MAX_LIMIT 500 /* api/sequin-and-oracle.md A1 */

/* The first breach is the one that is told. */
static void
warn (WeirEventPage *page, const char *warning)
{
  if (page->warning == NULL)
    page->warning = g_strdup (warning);
}

/* Strict JSON first, the documented slips second; *kept holds the bytes that root looks into. */
static gboolean
parse (WeirHttpResponse *response,
       WeirEventPage *page,
       WeirJson *root,
       GBytes **kept,
       GError **error)
{
  g_autoptr (GError) strict = NULL;
  g_autoptr (GBytes) lenient = NULL;

  *kept = g_bytes_ref (response->body);
  if (weir_read_json (response, _ ("a page of events"), root, &strict))
    return TRUE;
  lenient = weir_sequin_lenient_normalise (response->body);
  if (!weir_read_is_page (response) && weir_json_parse (lenient, root, NULL))
    {
      g_bytes_unref (*kept);
      *kept = g_steal_pointer (&lenient);
      warn (page, _ ("The server's answer is no valid JSON; it was read with the slips of the "
                     "reference page allowed."));
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&strict));
  return FALSE;
}

/* @events: the list, and whatever follows it. Returns the list: its end is known when its events are. */
static WeirJson
take_events (WeirAccount *account, WeirEventPage *page, WeirJson events)
{
  gint64 now = weir_clock_now ();
  WeirJsonIter iter;
  WeirJson item;

  weir_json_iter_init (&iter, events);
  while (weir_json_iter_peek (&iter, NULL, &item))
    {
      g_autoptr (GError) error = NULL;

      if (weir_event_rows_add_sequin (page->events, item, now, &error))
        iter.known = page->events->rows[page->events->len - 1].raw;
      weir_json_iter_next (&iter, NULL, &item);
      if (error != NULL)
        {
          g_autoptr (GBytes) bytes = weir_json_dup_bytes (item);

          weir_event_rows_add (page->events, weir_event_new_unreadable (account, STREAM, bytes,
                                                                        error->message, now));
        }
    }
  return iter.container;
}

/* In one pass: a page is long. Of members with the same name the last counts. */
static void
take_members (WeirAccount *account,
              WeirEventPage *page,
              WeirJson root,
              WeirJson *events,
              WeirJson *cursor)
{
  WeirJsonIter iter;
  WeirJson key, value;

  if (weir_json_get_type (root) != WEIR_JSON_OBJECT)
    return;
  weir_json_iter_init (&iter, root);
  while (weir_json_iter_peek (&iter, &key, &value))
    {
      gboolean is_events = weir_json_key_equal (key, "events");

      if (is_events)
        weir_event_rows_clear (page->events);
      if (is_events && weir_json_get_type (value) == WEIR_JSON_ARRAY)
        iter.known = take_events (account, page, value);
      weir_json_iter_next (&iter, NULL, &value);
      if (is_events)
        *events = value;
      else if (weir_json_key_equal (key, "cursor"))
        *cursor = value;
    }
}

/* Where to go on, and whether there is more: only an empty page whose cursor is the one that was sent says that there is
 * not (A1, rule 3). But a cursor that does not move would bring the same page at once again, for ever. */
static void
take_cursor (WeirEventPage *page, WeirJson value)
{
  const char *asked = page->asked_with != NULL ? page->asked_with : "";
  g_autofree char *cursor = weir_json_is_set (value) ? weir_json_dup_text (value) : NULL;
  gboolean has_moved;

  if (cursor != NULL && *cursor == '\0')
    g_clear_pointer (&cursor, g_free);
  has_moved = cursor != NULL && !g_str_equal (cursor, asked);
  page->end = !has_moved;
  if (page->events->len > 0 && cursor == NULL)
    warn (page, _ ("The server sent events without a cursor; the old one is kept."));
  else if (page->events->len > 0 && !has_moved)
    warn (page, _ ("The server sent events, but its cursor did not move."));
  /* On a stream that never had an event there may be no cursor at all: that is no breach. */
  else if (cursor == NULL && *asked != '\0')
    warn (page, _ ("The server sent no cursor; the old one is kept."));
  if (has_moved)
    page->next_cursor = g_steal_pointer (&cursor);
}

/* When it came into the log, which is the log's order, where that is worth reading the event again; else when it happened. */
static gint64
get_time (const WeirEventRow *event, gboolean by_arrival)
{
  gint64 arrived = 0;

  if (event->unreadable)
    return 0;
  if (by_arrival)
    arrived = weir_json_get_time (weir_json_get (event->raw, "event_inserted_at"));
  if (arrived != 0)
    return arrived;
  return event->time_source == WEIR_TIME_FROM_PROVIDER ? event->occurred_at : 0;
}

/* What comes after a cursor is complete, unless the log has lost what it pointed to. Nothing new means that the cursor
 * stays (A1, rule 3). */
static void
judge_join (WeirEventPage *page)
{
  for (guint i = 0; i < page->events->len; i++)
    {
      gint64 time = get_time (&page->events->rows[i], page->asked_with == NULL);

      if (time != 0 && (page->oldest_at == 0 || time < page->oldest_at))
        page->oldest_at = time;
    }

  if (page->asked_with == NULL)
    page->join = WEIR_JOIN_NONE;
  else if (page->events->len > 0)
    page->join = WEIR_JOIN_UNSEEN;
  else
    page->join = page->end ? WEIR_JOIN_SEEN : WEIR_JOIN_JUMPED;
}

/* The one event that cannot be read, if it is known how to go on after it. */
static gboolean
take_broken (WeirAccount *account,
             WeirHttpResponse *response,
             WeirSequinQuestion *question,
             WeirEventPage *page,
             const GError *why)
{
  g_autofree char *cursor = NULL;

  if (question->limit != 1)
    return FALSE;
  cursor = weir_read_root_cursor (response->body);
  if (cursor == NULL || g_strcmp0 (cursor, question->after_cursor) == 0)
    return FALSE;
  weir_event_rows_add (page->events, weir_event_new_unreadable (account, STREAM, response->body,
                                                                why->message, weir_clock_now ()));
  page->next_cursor = g_steal_pointer (&cursor);
  warn (page, why->message);
  return TRUE;
}

/**
 * weir_sequin_question_new:
 * @after_cursor: (nullable): the last page's cursor; empty is as good as none
 * @limit: 0 for as many as a page may hold
 *
 * Returns: (transfer full): the question
 */
WeirSequinQuestion *
weir_sequin_question_new (const char *after_cursor, guint limit)
{
  WeirSequinQuestion *question = g_new0 (WeirSequinQuestion, 1);

  if (after_cursor != NULL && *after_cursor != '\0')
    question->after_cursor = g_strdup (after_cursor);
  question->limit = limit == 0 ? MAX_LIMIT : MIN (limit, MAX_LIMIT);
  return question;
}

/**
 * weir_sequin_question_free:
 * @question: (transfer full): a question
 */
void
weir_sequin_question_free (WeirSequinQuestion *question)
{
  g_free (question->after_cursor);
  g_free (question);
}

/**
 * weir_sequin_page_read:
 * @data: the #WeirSequinQuestion
 *
 * Reads `{"events":[…],"cursor":"…"}` (api/sequin-and-oracle.md A1), and a bare array of events with a warning.
 *
 * Returns: (transfer full): a WeirEventPage; %NULL and %WEIR_PROVIDER_ERROR_INVALID_ANSWER
 */
gpointer
weir_sequin_page_read (WeirAccount *account,
                       WeirHttpResponse *response,
                       gpointer data,
                       GError **error)
{
  WeirSequinQuestion *question = data;
  g_autoptr (WeirEventPage) page = weir_event_page_new (STREAM, question->after_cursor);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GError) local = NULL;
  WeirJson root = { NULL, 0 }, events = { NULL, 0 }, cursor = { NULL, 0 };

  if (!parse (response, page, &root, &kept, &local))
    {
      if (take_broken (account, response, question, page, local))
        return g_steal_pointer (&page);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  weir_event_rows_keep_bytes (page->events, kept);
  if (weir_json_get_type (root) == WEIR_JSON_ARRAY)
    {
      warn (page, _ ("The server sent a bare list of events, without a cursor; the old one is "
                     "kept."));
      events = take_events (account, page, root);
    }
  else
    take_members (account, page, root, &events, &cursor);
  if (weir_json_get_type (events) != WEIR_JSON_ARRAY)
    {
      weir_read_refuse (response, _ ("a page of events"), error);
      return NULL;
    }
  take_cursor (page, cursor);
  judge_join (page);
  return g_steal_pointer (&page);
}

/* weir-log-server.c: a platform's log of events that grows, forgets and misbehaves as it is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-log-server.h"

#include "weir-time.h"

#include <stdlib.h>
#include <string.h>

gint64
weir_log_server_get_time (const WeirLogServer *log, guint i)
{
  return log->begin + i * (gint64) G_TIME_SPAN_SECOND;
}

static void
append_event (GString *body, const WeirLogServer *log, guint i)
{
  g_autofree char *arrived = weir_time_to_iso (weir_log_server_get_time (log, i));
  g_autofree char *own = weir_time_to_iso (
      weir_log_server_get_time (log, i) - (log->late != 0 && i == log->late ? G_TIME_SPAN_DAY : 0));

  if (body->str[body->len - 1] != '[')
    g_string_append_c (body, ',');
  if (log->is_membrane)
    g_string_append_printf (body,
                            "{\"id\":\"e%u\",\"externalEventSubscriptionId\":\"s1\","
                            "\"connectionId\":\"c\",\"status\":\"success\",\"createdAt\":\"%s\","
                            "\"payload\":{\"type\":\"created\"}}",
                            i, arrived);
  else if (log->timeless != 0 && i == log->timeless)
    g_string_append_printf (body,
                            "{\"event_id\":\"e%u\",\"sync_id\":\"s\",\"collection_id\":\"c\","
                            "\"event\":\"created\",\"data\":{}}",
                            i);
  else
    g_string_append_printf (body,
                            "{\"event_id\":\"e%u\",\"sync_id\":\"s\",\"collection_id\":\"c\","
                            "\"event\":\"created\",\"upstream_updated_at\":\"%s\","
                            "\"event_inserted_at\":\"%s\",\"data\":{}}",
                            i, own, arrived);
}

static void
reply (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static const char *
get (GHashTable *query, const char *name)
{
  return query != NULL ? g_hash_table_lookup (query, name) : NULL;
}

static void
answer_sequin (WeirLogServer *log, SoupServerMessage *message, GHashTable *query)
{
  const char *cursor = get (query, "after_cursor");
  guint limit = (guint) atoi (get (query, "limit"));
  guint from = MAX (cursor != NULL ? (guint) atoi (cursor) : 0, log->first);
  guint end = MIN (from + limit, log->total);
  g_autoptr (GString) body = g_string_new ("{\"events\":[");
  gboolean is_reach = cursor == NULL && limit == 1;

  log->n_reaches += is_reach;
  if (is_reach && log->refuses_reach)
    {
      reply (message, 404, "{\"summary\":\"no\"}");
      return;
    }
  if (cursor != NULL && log->refuses_cursor)
    {
      reply (message, 422, "{\"summary\":\"bad after_cursor\"}");
      return;
    }
  for (guint i = from; i < end; i++)
    append_event (body, log, i);
  if (from >= end)
    end = cursor != NULL ? (guint) atoi (cursor) + (log->jumps ? 7 : 0) : 0;
  log->jumps = FALSE;
  g_string_append_printf (body, "],\"cursor\":\"%u\"}", end);
  reply (message, 200, body->str);
}

static void
answer_membrane (WeirLogServer *log, SoupServerMessage *message, GHashTable *query)
{
  const char *cursor = get (query, "cursor");
  const char *from_text = get (query, "from"), *to_text = get (query, "to");
  guint limit = (guint) atoi (get (query, "limit"));
  guint next = cursor != NULL ? (guint) atoi (cursor) : log->total;
  gint64 from = 0, to = G_MAXINT64;
  guint n = 0;
  g_autoptr (GString) body = g_string_new ("{\"items\":[");

  log->n_reaches += to_text != NULL;
  if (to_text != NULL && log->refuses_reach)
    {
      reply (message, 400, "{\"message\":\"no\"}");
      return;
    }
  if (from_text != NULL)
    g_assert_true (weir_time_parse (from_text, &from));
  if (to_text != NULL)
    g_assert_true (weir_time_parse (to_text, &to));
  for (; next > log->first && n < limit; next--)
    if (weir_log_server_get_time (log, next - 1) >= from
        && weir_log_server_get_time (log, next - 1) <= to)
      {
        append_event (body, log, next - 1);
        n++;
      }
  g_string_append (body, "]");
  if (next > log->first && n == limit && weir_log_server_get_time (log, next - 1) >= from
      && !log->has_no_cursor)
    g_string_append_printf (body, ",\"cursor\":\"%u\"", next);
  g_string_append (body, "}");
  reply (message, 200, body->str);
}

static void
log_cb (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer user_data)
{
  WeirLogServer *log = user_data;

  if (!g_str_equal (path, log->is_membrane ? "/external-event-log-records" : "/v1/events"))
    {
      reply (message, 404, "{}");
      return;
    }
  log->n_requests++;
  if (log->is_membrane)
    answer_membrane (log, message, query);
  else
    answer_sequin (log, message, query);
}

void
weir_log_server_start (WeirLogServer *self)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, NULL, log_cb, self, NULL);
  soup_server_listen_local (self->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->soup);
  self->uri = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

void
weir_log_server_stop (WeirLogServer *self)
{
  g_clear_object (&self->soup);
  g_clear_pointer (&self->uri, g_free);
}

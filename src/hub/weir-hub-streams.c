/* weir-hub-streams.c: server-sent events of the Membrane face
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"

#define FLUSH_MS 50
#define KEEP_ALIVE_S 15
/* Who reads so slowly that more than that waits for him is let go; he fetches anew anyway. */
#define MAX_WAITING (1024 * 1024) /* bytes */

/* Who listens. */
typedef struct
{
  SoupServerMessage *message;
  char *tenant;  /* (nullable) */
  char *request; /* (nullable) of a connect flow: hears of nothing else */
  gsize waiting; /* bytes that are not written yet */
  gboolean dropped;
} Stream;

struct _WeirHubStreams
{
  WeirHubMembrane *membrane;
  GPtrArray *streams;
  GHashTable *changed; /* "type id": an element that changes often is told of once a flush */
  GPtrArray *order;    /* the same, borrowed, as they came */
  gulong element_handler;
  guint flush_source;
  guint keep_alive_source;
};

static const char *const told_types[] = {
  WEIR_HUB_CUSTOMER,
  WEIR_HUB_INTEGRATION,
  WEIR_HUB_CONNECTION,
  WEIR_HUB_EVENT_SUBSCRIPTION,
  WEIR_HUB_EVENT_PULL,
  WEIR_HUB_EVENT_LOG,
  WEIR_HUB_WEBHOOK,
  WEIR_HUB_APP_EVENT_TYPE,
  WEIR_HUB_APP_EVENT_SUBSCRIPTION,
  WEIR_HUB_APP_EVENT,
  WEIR_HUB_FLOW_RUN,
  NULL,
};

static void
stream_free (Stream *stream)
{
  g_signal_handlers_disconnect_by_data (stream->message, stream);
  g_object_unref (stream->message);
  g_free (stream->tenant);
  g_free (stream->request);
  g_free (stream);
}

static void
drop (Stream *stream)
{
  GSocket *socket = soup_server_message_get_socket (stream->message);

  stream->dropped = TRUE;
  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static void
wrote_cb (SoupServerMessage *message, guint size, gpointer user_data)
{
  Stream *stream = user_data;

  stream->waiting -= MIN (stream->waiting, size);
}

static void
send_text (Stream *stream, const char *text)
{
  if (stream->dropped)
    return;
  stream->waiting += strlen (text);
  if (stream->waiting > MAX_WAITING)
    {
      drop (stream);
      return;
    }
  soup_message_body_append (soup_server_message_get_response_body (stream->message),
                            SOUP_MEMORY_COPY, text, strlen (text));
  soup_server_message_unpause (stream->message);
}

static char *
make_update (const char *type, const char *id)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *json = NULL;

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "type", "element-update");
  weir_json_writer_add_string (writer, "elementType", type);
  weir_json_writer_add_string (writer, "elementId", id);
  weir_json_writer_end_object (writer);
  json = weir_json_writer_end (writer);
  return g_strdup_printf ("data: %s\n\n", json);
}

static gboolean
may_see (const Stream *stream, const char *type, const char *id, const char *owner)
{
  if (stream->request != NULL)
    return FALSE;
  if (stream->tenant == NULL || owner == NULL)
    return TRUE;
  return strcmp (stream->tenant, strcmp (type, WEIR_HUB_CUSTOMER) == 0 ? id : owner) == 0;
}

static gboolean
flush_cb (gpointer user_data)
{
  WeirHubStreams *self = user_data;
  g_autoptr (GHashTable) changed = g_steal_pointer (&self->changed);
  g_autoptr (GPtrArray) order = g_steal_pointer (&self->order);

  self->flush_source = 0;
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->order = g_ptr_array_new ();
  for (guint i = 0; i < order->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (order->pdata[i], " ", 2);
      g_autoptr (WeirHubDocument) element =
          weir_hub_store_get (self->membrane->store, words[0], words[1]);
      g_autofree char *frame = make_update (words[0], words[1]);
      g_autofree char *owner = NULL;

      if (element != NULL)
        owner = weir_hub_document_dup_string (
            element, strcmp (words[0], WEIR_HUB_WEBHOOK) == 0 ? "customerId" : "userId");
      for (guint j = 0; j < self->streams->len; j++)
        if (may_see (self->streams->pdata[j], words[0], words[1], owner))
          send_text (self->streams->pdata[j], frame);
    }
  return G_SOURCE_REMOVE;
}

/* The outcome of a connect flow, for who waits at /sse/connection-events (§2.12). */
static void
tell_outcome (WeirHubStreams *self, const char *id)
{
  g_autoptr (WeirHubDocument) request =
      weir_hub_store_get (self->membrane->store, WEIR_HUB_CONNECTION_REQUEST, id);
  g_autofree char *status = NULL;
  g_autofree char *json = NULL;
  g_autofree char *frame = NULL;
  WeirJsonWriter *writer;

  if (request == NULL)
    return;
  status = weir_hub_document_dup_string (request, "status");
  if (g_strcmp0 (status, "pending") == 0)
    return;
  writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "source", "integration.app");
  weir_json_writer_add_string (writer, "requestId", id);
  if (g_strcmp0 (status, "success") == 0)
    {
      g_autofree char *connection = weir_hub_document_dup_string (request, "resultConnectionId");
      g_autoptr (WeirHubDocument) document =
          weir_hub_store_get (self->membrane->store, WEIR_HUB_CONNECTION, connection);
      g_autofree char *public = NULL;

      weir_json_writer_add_string (writer, "type", "newConnectionCreated");
      if (document != NULL)
      public = weir_hub_membrane_dup_public (self->membrane, WEIR_HUB_CONNECTION, document);
      weir_hub_json_add_text (writer, "connection", public);
    }
  else
    {
      weir_json_writer_add_string (writer, "type", "newConnectionFailure");
      weir_json_writer_add_string (writer, "error", status);
    }
  weir_json_writer_end_object (writer);
  json = weir_json_writer_end (writer);
  frame = g_strdup_printf ("data: %s\n\n", json);
  for (guint i = 0; i < self->streams->len; i++)
    {
      Stream *stream = self->streams->pdata[i];

      if (g_strcmp0 (stream->request, id) == 0)
        send_text (stream, frame);
    }
}

static void
element_cb (WeirHubStore *store, const char *type, const char *id, WeirHubStreams *self)
{
  g_autofree char *name = NULL;

  if (self->streams->len == 0)
    return;
  if (strcmp (type, WEIR_HUB_CONNECTION_REQUEST) == 0)
    tell_outcome (self, id);
  if (!g_strv_contains (told_types, type))
    return;
  name = g_strconcat (type, " ", id, NULL);
  /* Added again, a name would take the place of the first, which the order points to. */
  if (!g_hash_table_contains (self->changed, name))
    {
      g_ptr_array_add (self->order, name);
      g_hash_table_add (self->changed, g_steal_pointer (&name));
    }
  if (self->flush_source == 0)
    self->flush_source = g_timeout_add (FLUSH_MS, flush_cb, self);
}

static gboolean
keep_alive_cb (gpointer user_data)
{
  WeirHubStreams *self = user_data;

  for (guint i = 0; i < self->streams->len; i++)
    send_text (self->streams->pdata[i], ": keep-alive\n\n");
  return G_SOURCE_CONTINUE;
}

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  GPtrArray *streams = g_object_get_data (G_OBJECT (message), "weir-streams");

  g_ptr_array_remove (streams, user_data);
}

static Stream *
open_stream (WeirHubStreams *self, WeirHubContext *context)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (context->message);
  Stream *stream = g_new0 (Stream, 1);

  stream->message = g_object_ref (context->message);
  stream->tenant = g_strdup (context->tenant);
  g_object_set_data_full (G_OBJECT (context->message), "weir-streams",
                          g_ptr_array_ref (self->streams), (GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_add (self->streams, stream);
  g_signal_connect (context->message, "finished", G_CALLBACK (finished_cb), stream);
  g_signal_connect (context->message, "wrote-body-data", G_CALLBACK (wrote_cb), stream);

  context->answered = TRUE; /* what follows comes bit by bit */
  soup_server_message_set_status (context->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  soup_message_body_set_accumulate (soup_server_message_get_response_body (context->message),
                                    FALSE);
  return stream;
}

static void
workspace_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *membrane = user_data;
  Stream *stream = open_stream (membrane->streams, context);
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *json = NULL;
  g_autofree char *frame = NULL;

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "type", "connected");
  weir_json_writer_add_string (writer, "message", "Connected to the workspace");
  weir_json_writer_add_time (writer, "timestamp", weir_clock_now ());
  weir_json_writer_end_object (writer);
  json = weir_json_writer_end (writer);
  frame = g_strdup_printf ("data: %s\n\n", json);
  send_text (stream, frame);
}

static void
connection_events_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *membrane = user_data;
  Stream *stream = open_stream (membrane->streams, context);

  stream->request = g_strdup (context->ids[0]);
  send_text (stream, ": waiting\n\n");
  tell_outcome (membrane->streams, stream->request);
}

/**
 * weir_hub_streams_new:
 * @membrane: the face
 *
 * Adds /sse/workspace and /sse/connection-events/{requestId} (api/membrane.md §2.12).
 *
 * Returns: (transfer full): the streams
 */
WeirHubStreams *
weir_hub_streams_new (WeirHubMembrane *membrane)
{
  WeirHubStreams *self = g_new0 (WeirHubStreams, 1);

  self->membrane = membrane;
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) stream_free);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->order = g_ptr_array_new ();
  self->element_handler =
      g_signal_connect (membrane->store, "element", G_CALLBACK (element_cb), self);
  self->keep_alive_source = g_timeout_add_seconds (KEEP_ALIVE_S, keep_alive_cb, self);
  weir_hub_membrane_route (membrane, "GET", "/sse/workspace", workspace_cb);
  weir_hub_membrane_route (membrane, "GET", "/sse/connection-events/{id}", connection_events_cb);
  return self;
}

/**
 * weir_hub_streams_free:
 * @self: (transfer full): the streams
 */
void
weir_hub_streams_free (WeirHubStreams *self)
{
  g_return_if_fail (self != NULL);

  g_clear_signal_handler (&self->element_handler, self->membrane->store);
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_clear_handle_id (&self->keep_alive_source, g_source_remove);
  g_ptr_array_set_size (self->streams, 0);
  g_ptr_array_unref (self->streams);
  g_hash_table_unref (self->changed);
  g_ptr_array_unref (self->order);
  g_free (self);
}

/* weir-fault-server.c: an HTTP server that misbehaves as told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-fault-server.h"

#include <string.h>
#include <sys/socket.h>

#define SLOW_STEP (20 * 1000) /* µs */

typedef struct
{
  WeirFault fault;
  guint status;
  char *headers;
  GBytes *body;
} Answer;

typedef struct
{
  GPtrArray *answers;  /* Answer */
  GPtrArray *requests; /* WeirFaultRequest, never removed: tests hold them without a reference */
} Path;

struct _WeirFaultServer
{
  GSocketListener *listener;
  guint16 port;
  GCancellable *stop;
  GThread *thread;

  GMutex mutex;           /* for all below */
  GPtrArray *connections; /* GThread */
  GHashTable *paths;      /* name → Path */
};

typedef struct
{
  WeirFaultServer *server;
  GSocketConnection *connection;
  GDataInputStream *input;
  GOutputStream *output;
} Connection;

static void
answer_free (Answer *answer)
{
  g_free (answer->headers);
  g_bytes_unref (answer->body);
  g_free (answer);
}

static void
request_free (WeirFaultRequest *request)
{
  g_free (request->method);
  g_free (request->path);
  g_free (request->head);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

static void
path_free (Path *path)
{
  g_ptr_array_unref (path->answers);
  g_ptr_array_unref (path->requests);
  g_free (path);
}

static Path *
ensure_path (WeirFaultServer *self, const char *name)
{
  Path *path = g_hash_table_lookup (self->paths, name);

  if (path == NULL)
    {
      path = g_new0 (Path, 1);
      path->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
      path->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
      g_hash_table_insert (self->paths, g_strdup (name), path);
    }
  return path;
}

static gboolean
write_all (Connection *connection, const void *data, gsize length)
{
  return g_output_stream_write_all (connection->output, data, length, NULL,
                                    connection->server->stop, NULL);
}

static gboolean
write_slowly (Connection *connection, const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!write_all (connection, data + i, 1))
        return FALSE;
      g_usleep (SLOW_STEP);
    }
  return TRUE;
}

static gboolean
write_chunk (Connection *connection, const void *data, gsize length)
{
  g_autofree char *size = g_strdup_printf ("%" G_GSIZE_MODIFIER "x\r\n", length);

  return write_all (connection, size, strlen (size)) && write_all (connection, data, length)
         && write_all (connection, "\r\n", 2);
}

/* Until the client or the test ends it. */
static void
hold (Connection *connection)
{
  char byte;

  while (g_input_stream_read (G_INPUT_STREAM (connection->input), &byte, 1,
                              connection->server->stop, NULL)
         > 0)
    ;
}

static void
reset (Connection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection->connection);
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  /* What was written must be on its way first, or it is lost with the connection. */
  g_usleep (SLOW_STEP);
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

static char *
make_head (Answer *answer)
{
  GString *head = g_string_new (NULL);
  const char *headers = answer->headers ? answer->headers : "";

  g_string_append_printf (head, "HTTP/1.1 %u Told So\r\n%s", answer->status, headers);
  switch (answer->fault)
    {
    case WEIR_FAULT_CHUNKED:
    case WEIR_FAULT_CUT_CHUNKED:
    case WEIR_FAULT_ENDLESS:
      g_string_append (head, "Transfer-Encoding: chunked\r\n");
      break;
    case WEIR_FAULT_UNTIL_CLOSE:
    case WEIR_FAULT_HOLD:
      g_string_append (head, "Connection: close\r\n");
      break;
    default:
      if (strstr (headers, "Content-Length:") == NULL)
        g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n",
                                g_bytes_get_size (answer->body));
    }
  g_string_append (head, "\r\n");
  return g_string_free (head, FALSE);
}

static gboolean
write_endless_head (Connection *connection)
{
  const char *start = "HTTP/1.1 200 OK\r\n";
  const char *line = "X-More: and more, and more, and more\r\n";

  for (gboolean going = write_all (connection, start, strlen (start)); going;)
    going = write_all (connection, line, strlen (line));
  return FALSE;
}

/* FALSE if the connection ends here. */
static gboolean
write_answer (Connection *connection, Answer *answer, gboolean head_only)
{
  gsize length;
  const char *body = g_bytes_get_data (answer->body, &length);
  g_autofree char *head = make_head (answer);

  switch (answer->fault)
    {
    case WEIR_FAULT_CLOSE:
      return FALSE;
    case WEIR_FAULT_GARBAGE:
      write_all (connection, body, length);
      return FALSE;
    case WEIR_FAULT_SILENCE:
      hold (connection);
      return FALSE;
    case WEIR_FAULT_SLOW_HEAD:
      return write_slowly (connection, head, strlen (head))
             && write_slowly (connection, body, length);
    case WEIR_FAULT_ENDLESS_HEAD:
      return write_endless_head (connection);
    default:
      break;
    }

  if (!write_all (connection, head, strlen (head)))
    return FALSE;
  if (head_only)
    return TRUE;

  switch (answer->fault)
    {
    case WEIR_FAULT_SLOW_BODY:
      return write_slowly (connection, body, length);
    case WEIR_FAULT_STALL:
      write_all (connection, body, length / 2);
      hold (connection);
      return FALSE;
    case WEIR_FAULT_TRUNCATE:
      write_all (connection, body, length / 2);
      return FALSE;
    case WEIR_FAULT_RESET:
      write_all (connection, body, length / 2);
      reset (connection);
      return FALSE;
    case WEIR_FAULT_UNTIL_CLOSE:
      write_all (connection, body, length);
      return FALSE;
    case WEIR_FAULT_HOLD:
      write_all (connection, body, length);
      hold (connection);
      return FALSE;
    case WEIR_FAULT_CHUNKED:
      return write_chunk (connection, body, length) && write_all (connection, "0\r\n\r\n", 5);
    case WEIR_FAULT_CUT_CHUNKED:
      write_chunk (connection, body, length);
      return FALSE;
    case WEIR_FAULT_ENDLESS:
      while (write_chunk (connection, body, length))
        ;
      return FALSE;
    default:
      return write_all (connection, body, length);
    }
}

static WeirFaultRequest *
read_request (Connection *connection)
{
  GCancellable *stop = connection->server->stop;
  g_autoptr (GString) head = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  g_autofree char *length_text = NULL;
  WeirFaultRequest *request;
  gsize length, got = 0;
  char *body;

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (connection->input, NULL, stop, NULL);

      if (line == NULL)
        return NULL;
      if (*line == '\0')
        break;
      g_string_append_printf (head, "%s\n", line);
    }

  words = g_strsplit (head->str, " ", 3);
  if (g_strv_length (words) != 3)
    return NULL;

  request = g_new0 (WeirFaultRequest, 1);
  request->method = g_strdup (words[0]);
  request->path = g_strdup (words[1]);
  request->head = g_strdup (head->str);

  length_text = weir_fault_request_dup_header (request, "Content-Length");
  length = length_text ? (gsize) g_ascii_strtoull (length_text, NULL, 10) : 0;
  body = g_malloc0 (length + 1);
  g_input_stream_read_all (G_INPUT_STREAM (connection->input), body, length, &got, stop, NULL);
  request->body = g_bytes_new_take (body, got);
  return request;
}

/* Takes the request. What is returned lives as long as the server. */
static Answer *
choose_answer (WeirFaultServer *self, WeirFaultRequest *request)
{
  g_autofree char *name = g_strndup (request->path, strcspn (request->path, "?"));
  Answer *answer = NULL;
  Path *path;

  g_mutex_lock (&self->mutex);
  path = ensure_path (self, name);
  g_ptr_array_add (path->requests, request);
  if (path->answers->len > 0)
    answer = g_ptr_array_index (path->answers, MIN (path->requests->len, path->answers->len) - 1);
  g_mutex_unlock (&self->mutex);

  return answer;
}

static gpointer
serve (gpointer user_data)
{
  Connection *connection = user_data;
  WeirFaultRequest *request;
  gboolean going = TRUE;

  while (going && (request = read_request (connection)) != NULL)
    {
      Answer not_found = { .status = 404, .body = g_bytes_new_static ("", 0) };
      Answer *answer = choose_answer (connection->server, request);

      going = write_answer (connection, answer ? answer : &not_found,
                            g_str_equal (request->method, "HEAD"));
      g_bytes_unref (not_found.body);
    }

  g_io_stream_close (G_IO_STREAM (connection->connection), NULL, NULL);
  g_object_unref (connection->input);
  g_object_unref (connection->connection);
  g_free (connection);
  return NULL;
}

static gpointer
accept_all (gpointer user_data)
{
  WeirFaultServer *self = user_data;
  GSocketConnection *accepted;

  while ((accepted = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      Connection *connection = g_new0 (Connection, 1);

      connection->server = self;
      connection->connection = accepted;
      connection->output = g_io_stream_get_output_stream (G_IO_STREAM (accepted));
      connection->input =
          g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (accepted)));
      g_data_input_stream_set_newline_type (connection->input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);

      g_mutex_lock (&self->mutex);
      g_ptr_array_add (self->connections, g_thread_new ("fault-connection", serve, connection));
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

/**
 * weir_fault_server_new:
 *
 * Returns: (transfer full): a server at a free port of 127.0.0.1
 */
WeirFaultServer *
weir_fault_server_new (void)
{
  WeirFaultServer *self = g_new0 (WeirFaultServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->stop = g_cancellable_new ();
  self->connections = g_ptr_array_new ();
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) path_free);
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("fault-server", accept_all, self);
  return self;
}

/**
 * weir_fault_server_free:
 * @self: (transfer full): a server
 *
 * Ends every connection, whatever it is at.
 */
void
weir_fault_server_free (WeirFaultServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->connections->len; i++)
    g_thread_join (g_ptr_array_index (self->connections, i));

  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->connections);
  g_hash_table_unref (self->paths);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * weir_fault_server_dup_uri:
 * @self: a server
 * @path: a path with its "/", and possibly a query
 *
 * Returns: (transfer full): the address of @path
 */
char *
weir_fault_server_dup_uri (WeirFaultServer *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

/**
 * weir_fault_server_add:
 * @self: a server
 * @path: a path without query
 * @fault: how to answer
 * @status: the status
 * @headers: (nullable): lines ended by \r\n
 * @body: (nullable): the body
 * @length: bytes of @body; negative if it is text
 *
 * Adds an answer to those of @path.
 */
void
weir_fault_server_add (WeirFaultServer *self,
                       const char *path,
                       WeirFault fault,
                       guint status,
                       const char *headers,
                       const char *body,
                       gssize length)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->fault = fault;
  answer->status = status;
  answer->headers = g_strdup (headers);
  if (body == NULL)
    body = "";
  answer->body = g_bytes_new (body, length < 0 ? strlen (body) : (gsize) length);

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (ensure_path (self, path)->answers, answer);
  g_mutex_unlock (&self->mutex);
}

/**
 * weir_fault_server_count:
 * @self: a server
 * @path: a path without query
 *
 * Returns: how many requests to @path have come, whole, so far
 */
guint
weir_fault_server_count (WeirFaultServer *self, const char *path)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = ensure_path (self, path)->requests->len;
  g_mutex_unlock (&self->mutex);
  return count;
}

/**
 * weir_fault_server_count_connections:
 * @self: a server
 *
 * Returns: how many connections there have been so far
 */
guint
weir_fault_server_count_connections (WeirFaultServer *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->connections->len;
  g_mutex_unlock (&self->mutex);
  return count;
}

/**
 * weir_fault_server_get_request:
 * @self: a server
 * @path: a path without query
 * @number: which one, from 0
 *
 * Returns: (transfer none): a request that has come to @path; there must be one
 */
WeirFaultRequest *
weir_fault_server_get_request (WeirFaultServer *self, const char *path, guint number)
{
  Path *found;
  WeirFaultRequest *request;

  g_mutex_lock (&self->mutex);
  found = ensure_path (self, path);
  g_assert_cmpuint (number, <, found->requests->len);
  request = g_ptr_array_index (found->requests, number);
  g_mutex_unlock (&self->mutex);
  return request;
}

/**
 * weir_fault_request_dup_header:
 * @request: a request
 * @name: a header's name, in any case
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
weir_fault_request_dup_header (WeirFaultRequest *request, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (request->head, "\n", -1);
  gsize length = strlen (name);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strstrip (g_strdup (lines[i] + length + 1));
  return NULL;
}

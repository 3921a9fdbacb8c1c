/* weir-hub-server.c: the hub's HTTP server and its router
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-server.h"

#include <string.h>

typedef struct
{
  const WeirHubFace *face;
  char *method; /* NULL: any */
  char **segments;
  gboolean open;
  WeirHubHandler handler;
  gpointer user_data;
} Route;

struct _WeirHubServer
{
  GObject parent_instance;

  SoupServer *server;
  GPtrArray *faces;
  GPtrArray *routes;
  char *uri;
};

G_DEFINE_FINAL_TYPE (WeirHubServer, weir_hub_server, G_TYPE_OBJECT)

static void
route_free (Route *route)
{
  g_free (route->method);
  g_strfreev (route->segments);
  g_free (route);
}

/* "/a/b?" → {"a", "b"}; the segments stay percent-encoded, so that "%2F" does not split one. */
static char **
split_path (const char *path)
{
  g_autofree char *trimmed = g_strdup (path + (*path == '/'));
  gsize length = strlen (trimmed);

  while (length > 0 && trimmed[length - 1] == '/')
    trimmed[--length] = '\0';
  return g_strsplit (trimmed, "/", -1);
}

static gboolean
match_route (const Route *route, char **segments, GStrvBuilder *ids)
{
  guint i;

  for (i = 0; route->segments[i] != NULL && segments[i] != NULL; i++)
    {
      if (route->segments[i][0] != '{')
        {
          if (strcmp (route->segments[i], segments[i]) != 0)
            return FALSE;
        }
      else
        {
          g_autofree char *id = g_uri_unescape_string (segments[i], NULL);

          if (id == NULL || *id == '\0' || !g_utf8_validate (id, -1, NULL))
            return FALSE;
          g_strv_builder_add (ids, id);
        }
    }
  return route->segments[i] == NULL && segments[i] == NULL;
}

static const WeirHubFace *
find_face (WeirHubServer *self, const char *path, const char **rest)
{
  for (guint i = 0; i < self->faces->len; i++)
    {
      const WeirHubFace *face = self->faces->pdata[i];
      gsize length = strlen (face->prefix);

      if (g_str_has_prefix (path, face->prefix) && (path[length] == '/' || path[length] == '\0'))
        {
          *rest = path + length;
          return face;
        }
    }
  *rest = path;
  return NULL;
}

static void
answer (WeirHubServer *self, WeirHubContext *context)
{
  g_auto (GStrv) segments = split_path (context->path);
  gboolean known = FALSE;

  for (guint i = 0; i < self->routes->len; i++)
    {
      const Route *route = self->routes->pdata[i];
      g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

      if (route->face != context->face || !match_route (route, segments, ids))
        continue;
      known = TRUE;
      if (route->method != NULL && strcmp (route->method, context->method) != 0)
        continue;
      g_strfreev (context->ids);
      context->ids = g_strv_builder_end (ids);
      if (!route->open && context->face->check != NULL
          && !context->face->check (context, context->face->user_data))
        {
          g_warn_if_fail (context->answered);
          return;
        }
      route->handler (context, route->user_data);
      return;
    }
  if (context->face != NULL && context->face->check != NULL
      && !context->face->check (context, context->face->user_data))
    return;
  if (known)
    weir_hub_context_fail (context, SOUP_STATUS_METHOD_NOT_ALLOWED, "Method not allowed");
  else
    {
      g_autofree char *message = g_strdup_printf ("Cannot %s %s", context->method, context->path);

      weir_hub_context_fail (context, SOUP_STATUS_NOT_FOUND, message);
    }
}

/* The later of two equal names wins. "+" is a space, as forms write it. */
static GHashTable *
parse_query (const char *query)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) pairs = g_strsplit (query != NULL ? query : "", "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      char *name, *value;

      g_strdelimit (pairs[i], "+", ' ');
      if (equals != NULL)
        *equals = '\0';
      name = g_uri_unescape_string (pairs[i], NULL);
      value = g_uri_unescape_string (equals != NULL ? equals + 1 : "", NULL);
      if (name != NULL && *name != '\0' && value != NULL && g_utf8_validate (name, -1, NULL)
          && g_utf8_validate (value, -1, NULL))
        g_hash_table_replace (table, g_steal_pointer (&name), g_steal_pointer (&value));
      g_free (name);
      g_free (value);
    }
  return table;
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  WeirHubServer *self = user_data;
  g_autoptr (WeirHubContext) context = g_new0 (WeirHubContext, 1);
  const char *rest;
  gboolean too_large;

  g_atomic_ref_count_init (&context->ref_count);
  context->server = self;
  context->message = g_object_ref (message);
  context->method = soup_server_message_get_method (message);
  context->face = find_face (self, path, &rest);
  context->path = g_strdup (rest);
  context->query = parse_query (g_uri_get_query (soup_server_message_get_uri (message)));
  too_large = g_object_get_data (G_OBJECT (message), "weir-too-large") != NULL;
  context->body = too_large
                      ? g_bytes_new (NULL, 0)
                      : soup_message_body_flatten (soup_server_message_get_request_body (message));

  if (too_large)
    weir_hub_context_fail (context, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                           "The request is larger than 10 MB");
  else
    answer (self, context);

  if (!context->answered)
    {
      context->paused = TRUE;
      soup_server_message_pause (message);
    }
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length <= WEIR_HUB_MAX_BODY)
    return;
  /* What comes is still read, so that the refusal can be; it is not kept. */
  g_object_set_data (G_OBJECT (message), "weir-too-large", GINT_TO_POINTER (TRUE));
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
}

static void
early_cb (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), NULL);
}

static void
weir_hub_server_dispose (GObject *object)
{
  WeirHubServer *self = WEIR_HUB_SERVER (object);

  weir_hub_server_stop (self);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (weir_hub_server_parent_class)->dispose (object);
}

static void
weir_hub_server_finalize (GObject *object)
{
  WeirHubServer *self = WEIR_HUB_SERVER (object);

  g_ptr_array_unref (self->faces);
  g_ptr_array_unref (self->routes);
  g_free (self->uri);

  G_OBJECT_CLASS (weir_hub_server_parent_class)->finalize (object);
}

static void
weir_hub_server_class_init (WeirHubServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_hub_server_dispose;
  object_class->finalize = weir_hub_server_finalize;
}

static void
weir_hub_server_init (WeirHubServer *self)
{
  self->faces = g_ptr_array_new ();
  self->routes = g_ptr_array_new_with_free_func ((GDestroyNotify) route_free);
  self->server = soup_server_new ("raw-paths", TRUE, "server-header", "weir-hub ", NULL);
  soup_server_add_early_handler (self->server, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
}

/**
 * weir_hub_server_new:
 *
 * Returns: (transfer full): a server that does not listen yet
 */
WeirHubServer *
weir_hub_server_new (void)
{
  return g_object_new (WEIR_TYPE_HUB_SERVER, NULL);
}

/**
 * weir_hub_server_add_face:
 * @self: a server
 * @face: (transfer none): a face that outlives it
 */
void
weir_hub_server_add_face (WeirHubServer *self, const WeirHubFace *face)
{
  g_return_if_fail (WEIR_IS_HUB_SERVER (self));
  g_return_if_fail (face != NULL && face->prefix != NULL && face->prefix[0] == '/');

  g_ptr_array_add (self->faces, (gpointer) face);
}

static void
add_route (WeirHubServer *self,
           const WeirHubFace *face,
           const char *method,
           const char *pattern,
           gboolean open,
           WeirHubHandler handler,
           gpointer user_data)
{
  Route *route = g_new0 (Route, 1);

  route->face = face;
  route->method = g_strdup (method);
  route->segments = split_path (pattern);
  route->open = open;
  route->handler = handler;
  route->user_data = user_data;
  g_ptr_array_add (self->routes, route);
}

/**
 * weir_hub_server_add:
 * @self: a server
 * @face: the face whose prefix comes before @pattern and whose check before @handler
 * @method: (nullable): HTTP method; %NULL for any
 * @pattern: the path, a segment written {…} stands for anything
 * @handler: answers
 * @user_data: for @handler
 */
void
weir_hub_server_add (WeirHubServer *self,
                     const WeirHubFace *face,
                     const char *method,
                     const char *pattern,
                     WeirHubHandler handler,
                     gpointer user_data)
{
  g_return_if_fail (WEIR_IS_HUB_SERVER (self));
  g_return_if_fail (face != NULL && pattern != NULL && handler != NULL);

  add_route (self, face, method, pattern, FALSE, handler, user_data);
}

/**
 * weir_hub_server_add_open:
 * @self: a server
 * @face: the face whose prefix comes before @pattern
 * @method: (nullable): HTTP method; %NULL for any
 * @pattern: the path
 * @handler: answers
 * @user_data: for @handler
 *
 * Like weir_hub_server_add() for a path whose knowledge is the permission.
 */
void
weir_hub_server_add_open (WeirHubServer *self,
                          const WeirHubFace *face,
                          const char *method,
                          const char *pattern,
                          WeirHubHandler handler,
                          gpointer user_data)
{
  g_return_if_fail (WEIR_IS_HUB_SERVER (self));
  g_return_if_fail (face != NULL && pattern != NULL && handler != NULL);

  add_route (self, face, method, pattern, TRUE, handler, user_data);
}

/**
 * weir_hub_server_listen:
 * @self: a server
 * @host: an address, such as 127.0.0.1
 * @port: a port; 0 picks one
 * @error: return location for an error
 *
 * Returns: whether it accepts connections now
 */
gboolean
weir_hub_server_listen (WeirHubServer *self, const char *host, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GUri) uri = NULL;
  GSList *uris;

  g_return_val_if_fail (WEIR_IS_HUB_SERVER (self), FALSE);

  address = g_inet_socket_address_new_from_string (host, port);
  if (address == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not an address", host);
      return FALSE;
    }
  if (!soup_server_listen (self->server, address, 0, error))
    return FALSE;
  uris = soup_server_get_uris (self->server);
  g_free (self->uri);
  self->uri = g_strdup_printf (strchr (host, ':') != NULL ? "http://[%s]:%d" : "http://%s:%d", host,
                               g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

/**
 * weir_hub_server_stop:
 * @self: a server
 *
 * Closes the listening socket and every connection.
 */
void
weir_hub_server_stop (WeirHubServer *self)
{
  g_return_if_fail (WEIR_IS_HUB_SERVER (self));

  if (self->server != NULL)
    soup_server_disconnect (self->server);
}

/**
 * weir_hub_server_get_uri:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): where it listens, without a slash at the end
 */
const char *
weir_hub_server_get_uri (WeirHubServer *self)
{
  g_return_val_if_fail (WEIR_IS_HUB_SERVER (self), NULL);

  return self->uri;
}

/* weir-hub-fixture.c: a hub in this process, an application for it to talk to, and a plain client
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-fixture.h"

#include <glib/gstdio.h>

#define PATIENCE 10000 /* ms */

static gboolean
elapsed_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
app_cb (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer user_data)
{
  WeirHubFixture *self = user_data;
  const char *method = soup_server_message_get_method (message);

  if (g_str_equal (method, "GET"))
    self->asked++;
  else
    {
      g_autoptr (GBytes) body =
          soup_message_body_flatten (soup_server_message_get_request_body (message));
      const char *query_text = g_uri_get_query (soup_server_message_get_uri (message));
      gsize size;
      const char *data = g_bytes_get_data (body, &size);

      g_ptr_array_add (self->posted, g_strdup_printf ("%s %s?%s %.*s", method, path,
                                                      query_text != NULL ? query_text : "",
                                                      (int) size, data != NULL ? data : ""));
    }
  if (self->hold)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
      return;
    }
  soup_server_message_set_status (message, self->app_status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, self->app_answer,
                                    strlen (self->app_answer));
}

/**
 * weir_hub_fixture_wait:
 * @milliseconds: how long
 *
 * Lets the main loop run.
 */
void
weir_hub_fixture_wait (guint milliseconds)
{
  gboolean elapsed = FALSE;

  g_timeout_add (milliseconds, elapsed_cb, &elapsed);
  while (!elapsed)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * weir_hub_fixture_start:
 * @self: a fixture without a hub
 */
void
weir_hub_fixture_start (WeirHubFixture *self)
{
  WeirHubOptions options = { .path = self->path, .host = "127.0.0.1" };
  g_autoptr (GError) error = NULL;

  self->hub = weir_hub_new (&options, &error);
  g_assert_no_error (error);
  weir_hub_start (self->hub, &error);
  g_assert_no_error (error);
}

/**
 * weir_hub_fixture_stop:
 * @self: a fixture with a hub
 */
void
weir_hub_fixture_stop (WeirHubFixture *self)
{
  weir_hub_stop (self->hub);
  g_clear_object (&self->hub);
}

/**
 * weir_hub_fixture_set_up:
 * @self: a fixture
 * @unused: nothing
 */
void
weir_hub_fixture_set_up (WeirHubFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->folder = g_dir_make_tmp ("weir-hub-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "hub.db", NULL);
  self->session = soup_session_new ();
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->posted = g_ptr_array_new_with_free_func (g_free);
  weir_hub_fixture_answer (self, 200, "{\"items\":[]}");
  self->app = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->app, NULL, app_cb, self, NULL);
  soup_server_listen_local (self->app, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->app);
  self->app_uri = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  weir_hub_fixture_start (self);
}

/**
 * weir_hub_fixture_tear_down:
 * @self: a fixture
 * @unused: nothing
 */
void
weir_hub_fixture_tear_down (WeirHubFixture *self, gconstpointer unused)
{
  static const char *const names[] = { "hub.db", "hub.db-wal", "hub.db-shm", "hub.lock" };

  if (self->hub != NULL)
    weir_hub_fixture_stop (self);
  soup_server_disconnect (self->app);
  weir_hub_fixture_wait (20);
  g_clear_object (&self->app);
  g_clear_object (&self->session);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->posted);
  g_free (self->app_uri);
  g_free (self->app_answer);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (self->folder, names[i], NULL);

      g_unlink (file);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

/**
 * weir_hub_fixture_answer:
 * @self: a fixture
 * @status: HTTP status
 * @answer: body
 *
 * What the application answers from now on.
 */
void
weir_hub_fixture_answer (WeirHubFixture *self, guint status, const char *answer)
{
  self->app_status = status;
  g_free (self->app_answer);
  self->app_answer = g_strdup (answer);
}

/**
 * weir_hub_fixture_release:
 * @self: a fixture whose application holds its answers back
 */
void
weir_hub_fixture_release (WeirHubFixture *self)
{
  self->hold = FALSE;
  for (guint i = 0; i < self->held->len; i++)
    {
      SoupServerMessage *message = self->held->pdata[i];

      soup_server_message_set_status (message, self->app_status, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY,
                                        self->app_answer, strlen (self->app_answer));
      soup_server_message_unpause (message);
    }
  g_ptr_array_set_size (self->held, 0);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/**
 * weir_hub_fixture_new_message:
 * @self: a fixture
 * @method: HTTP method
 * @where: a path within the hub, or a whole address
 *
 * Returns: (transfer full): a request
 */
SoupMessage *
weir_hub_fixture_new_message (WeirHubFixture *self, const char *method, const char *where)
{
  const char *base = weir_hub_server_get_uri (weir_hub_get_server (self->hub));
  g_autofree char *uri = g_strconcat (where[0] == '/' ? base : "", where, NULL);
  SoupMessage *message = soup_message_new (method, uri);

  g_assert_nonnull (message);
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return message;
}

/**
 * weir_hub_fixture_exchange:
 * @self: a fixture
 * @message: a request
 * @body: (nullable): JSON; %NULL sends an empty form
 *
 * Returns: (transfer full): the answer; its status and headers are in @message
 */
WeirHubDocument *
weir_hub_fixture_exchange (WeirHubFixture *self, SoupMessage *message, const char *body)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data;

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  else if (g_str_equal (soup_message_get_method (message), "POST"))
    {
      g_autoptr (GBytes) bytes = g_bytes_new (NULL, 0);

      soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded",
                                                bytes);
    }
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, sent_cb,
                                    &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  answer = soup_session_send_and_read_finish (self->session, result, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (answer, &size);
  return weir_hub_document_new (0, "", g_strndup (data != NULL ? data : "", size));
}

/**
 * weir_hub_fixture_send:
 * @self: a fixture
 * @method: HTTP method
 * @where: a path within the hub, or a whole address
 * @token: (nullable): a bearer token
 * @body: (nullable): JSON; %NULL sends an empty form
 * @status: (out): HTTP status
 *
 * Returns: (transfer full): the answer
 */
WeirHubDocument *
weir_hub_fixture_send (WeirHubFixture *self,
                       const char *method,
                       const char *where,
                       const char *token,
                       const char *body,
                       guint *status)
{
  g_autoptr (SoupMessage) message = weir_hub_fixture_new_message (self, method, where);
  WeirHubDocument *answer;

  if (token != NULL)
    {
      g_autofree char *header = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    header);
    }
  answer = weir_hub_fixture_exchange (self, message, body);
  *status = soup_message_get_status (message);
  return answer;
}

/**
 * weir_hub_fixture_ask:
 * @self: a fixture
 * @method: HTTP method
 * @where: a path within the Membrane face
 * @body: (nullable): JSON
 * @expected_status: HTTP status
 *
 * Returns: (transfer full): the answer
 */
WeirHubDocument *
weir_hub_fixture_ask (WeirHubFixture *self,
                      const char *method,
                      const char *where,
                      const char *body,
                      guint expected_status)
{
  g_autofree char *path = g_strconcat ("/membrane", where, NULL);
  g_autofree char *token =
      weir_hub_store_dup_setting (weir_hub_get_store (self->hub), WEIR_HUB_MEMBRANE_TOKEN);
  guint status;
  g_autoptr (WeirHubDocument) answer =
      weir_hub_fixture_send (self, method, path, token, body, &status);

  if (status != expected_status)
    g_test_message ("%s %s: %s", method, where, answer->text);
  g_assert_cmpuint (status, ==, expected_status);
  return g_steal_pointer (&answer);
}

/**
 * weir_hub_fixture_dup:
 * @document: an answer
 * @pointer: a JSON pointer
 *
 * Returns: (transfer full): what is there, as text
 */
char *
weir_hub_fixture_dup (WeirHubDocument *document, const char *pointer)
{
  char *text = weir_json_dup_text (weir_json_pointer (document->json, pointer, NULL));

  return text != NULL ? text : g_strdup ("");
}

/**
 * weir_hub_fixture_assert:
 * @document: an answer
 * @pointer: a JSON pointer
 * @expected: what must be there, as text; "" for nothing
 */
void
weir_hub_fixture_assert (WeirHubDocument *document, const char *pointer, const char *expected)
{
  g_autofree char *found = weir_hub_fixture_dup (document, pointer);

  if (!g_str_equal (found, expected))
    g_test_message ("%s in %s", pointer, document->text);
  g_assert_cmpstr (found, ==, expected);
}

/**
 * weir_hub_fixture_add_source:
 * @self: a fixture
 * @name: the source's name
 * @interval: seconds
 */
void
weir_hub_fixture_add_source (WeirHubFixture *self, const char *name, gint64 interval)
{
  g_autoptr (GError) error = NULL;
  WeirHubSourceSpec spec = {
    .name = name, .url = self->app_uri, .items = "/items", .id = "/id", .interval = interval
  };

  weir_hub_source_add (weir_hub_get_store (self->hub), &spec, &error);
  g_assert_no_error (error);
}

/**
 * weir_hub_fixture_find_subscription:
 * @self: a fixture with one source
 * @type: the subscription's config.type
 *
 * Returns: (transfer full): its id
 */
char *
weir_hub_fixture_find_subscription (WeirHubFixture *self, const char *type)
{
  g_autoptr (WeirHubDocument) list =
      weir_hub_fixture_ask (self, "GET", "/external-event-subscriptions", NULL, 200);
  WeirJsonIter iter;
  WeirJson item;

  weir_json_iter_init (&iter, weir_json_get (list->json, "items"));
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      g_autofree char *found =
          weir_json_dup_string (weir_json_pointer (item, "/config/type", NULL));

      if (g_strcmp0 (found, type) == 0)
        return weir_json_dup_string (weir_json_get (item, "id"));
    }
  g_assert_not_reached ();
}

/**
 * weir_hub_fixture_wait_for_pull:
 * @self: a fixture
 * @pull: id of a pull
 *
 * Returns: (transfer full): the pull at its end
 */
WeirHubDocument *
weir_hub_fixture_wait_for_pull (WeirHubFixture *self, const char *pull)
{
  g_autofree char *where = g_strconcat ("/external-event-pulls/", pull, NULL);

  for (guint i = 0; i < PATIENCE / 10; i++)
    {
      g_autoptr (WeirHubDocument) document = weir_hub_fixture_ask (self, "GET", where, NULL, 200);
      g_autofree char *status = weir_hub_fixture_dup (document, "/status");

      if (g_str_equal (status, "success") || g_str_equal (status, "error"))
        return g_steal_pointer (&document);
      weir_hub_fixture_wait (10);
    }
  g_assert_not_reached ();
}

/**
 * weir_hub_fixture_pull:
 * @self: a fixture
 * @subscription: id of a subscription
 *
 * Returns: (transfer full): the pull at its end
 */
WeirHubDocument *
weir_hub_fixture_pull (WeirHubFixture *self, const char *subscription)
{
  g_autofree char *where =
      g_strdup_printf ("/external-event-subscriptions/%s/pull-events", subscription);
  g_autoptr (WeirHubDocument) pull = weir_hub_fixture_ask (self, "POST", where, NULL, 200);
  g_autofree char *id = weir_hub_fixture_dup (pull, "/id");

  weir_hub_fixture_assert (pull, "/status", "queued");
  return weir_hub_fixture_wait_for_pull (self, id);
}

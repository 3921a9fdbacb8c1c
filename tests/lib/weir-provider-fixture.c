/* weir-provider-fixture.c: a provider and the faulty server it talks to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-provider-fixture.h"

#include <string.h>

#define TOKEN "pat-not-for-your-eyes"

static void
forget (WeirProviderFixture *self)
{
  self->done = FALSE;
  g_clear_error (&self->error);
  g_clear_pointer (&self->warning, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_object (&self->record);
  g_clear_object (&self->page);
  self->latency = -1;
}

static void
wait_until_done (WeirProviderFixture *self)
{
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
}

/* Every answer has come by exactly one way: a result or an error. */
static void
finish (WeirProviderFixture *self, GAsyncResult *result, gconstpointer value)
{
  g_assert_false (self->done);
  g_assert_true ((value == NULL) == (self->error != NULL));
  self->warning = g_strdup (weir_provider_result_get_warning (result));
  self->done = TRUE;
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirProviderFixture *self = user_data;

  self->text =
      weir_provider_check_finish (WEIR_PROVIDER (source), result, &self->latency, &self->error);
  finish (self, result, self->text);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirProviderFixture *self = user_data;

  self->records = weir_provider_list_finish (WEIR_PROVIDER (source), result, &self->error);
  finish (self, result, self->records);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirProviderFixture *self = user_data;

  self->record = weir_provider_get_finish (WEIR_PROVIDER (source), result, &self->error);
  finish (self, result, self->record);
}

static void
act_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirProviderFixture *self = user_data;

  self->record = weir_provider_act_finish (WEIR_PROVIDER (source), result, &self->error);
  finish (self, result, self->record);
}

static void
reconnect_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirProviderFixture *self = user_data;

  self->text = weir_provider_reconnect_finish (WEIR_PROVIDER (source), result, &self->error);
  finish (self, result, self->text);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirProviderFixture *self = user_data;

  self->record = weir_provider_write_finish (WEIR_PROVIDER (source), result, &self->error);
  finish (self, result, self->record);
}

static void
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirProviderFixture *self = user_data;

  self->page = weir_provider_fetch_finish (WEIR_PROVIDER (source), result, &self->error);
  finish (self, result, self->page);
}

/**
 * weir_provider_fixture_new:
 * @provider: the provider's word in an account
 *
 * Returns: (transfer full): a server with no answers yet, and a provider that waits a millisecond for a second
 */
WeirProviderFixture *
weir_provider_fixture_new (const char *provider, WeirProviderCreate create, gboolean read_only)
{
  WeirProviderFixture *self = g_new0 (WeirProviderFixture, 1);
  g_autoptr (WeirAuth) auth = weir_auth_new_bearer (TOKEN);
  g_autofree char *uri = NULL;

  self->server = weir_fault_server_new ();
  uri = weir_fault_server_dup_uri (self->server, "");
  self->account =
      weir_account_new (NULL, "Test", provider, uri, WEIR_AUTH_TOKEN, NULL, NULL, NULL, read_only);
  self->provider = create (self->account, auth);
  self->journal = weir_test_journal_new ();
  weir_provider_set_journal (self->provider, WEIR_JOURNAL (self->journal));
  self->cancellable = g_cancellable_new ();
  weir_http_client_set_retry_unit (weir_provider_get_client (self->provider), 1);
  return self;
}

/**
 * weir_provider_fixture_free:
 * @self: (transfer full): a fixture
 */
void
weir_provider_fixture_free (WeirProviderFixture *self)
{
  forget (self);
  g_clear_object (&self->provider);
  g_clear_object (&self->journal);
  g_clear_object (&self->account);
  g_clear_object (&self->cancellable);
  weir_fault_server_free (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_free (self);
}

/**
 * weir_provider_fixture_answer:
 * @path: without query
 *
 * The next answer to it, whole and as JSON.
 */
void
weir_provider_fixture_answer (WeirProviderFixture *self,
                              const char *path,
                              guint status,
                              const char *body)
{
  weir_fault_server_add (self->server, path, WEIR_FAULT_NONE, status,
                         "Content-Type: application/json\r\n", body, -1);
}

/**
 * weir_provider_fixture_check:
 *
 * Sets text and latency.
 */
void
weir_provider_fixture_check (WeirProviderFixture *self)
{
  forget (self);
  weir_provider_check_async (self->provider, self->cancellable, check_cb, self);
  wait_until_done (self);
}

/**
 * weir_provider_fixture_list:
 *
 * Sets records.
 */
void
weir_provider_fixture_list (WeirProviderFixture *self,
                            WeirRecordKind kind,
                            const WeirListFilter *filter)
{
  forget (self);
  weir_provider_list_async (self->provider, kind, filter, self->cancellable, list_cb, self);
  wait_until_done (self);
}

/**
 * weir_provider_fixture_get:
 *
 * Sets record.
 */
void
weir_provider_fixture_get (WeirProviderFixture *self, WeirRecordKind kind, const char *id)
{
  forget (self);
  weir_provider_get_async (self->provider, kind, id, self->cancellable, get_cb, self);
  wait_until_done (self);
}

/**
 * weir_provider_fixture_act:
 *
 * Sets record.
 */
void
weir_provider_fixture_act (WeirProviderFixture *self, WeirAction action, WeirRecord *record)
{
  forget (self);
  weir_provider_act_async (self->provider, action, record, self->cancellable, act_cb, self);
  wait_until_done (self);
}

/**
 * weir_provider_fixture_reconnect:
 *
 * Sets text.
 */
void
weir_provider_fixture_reconnect (WeirProviderFixture *self, WeirConnection *connection)
{
  forget (self);
  weir_provider_reconnect_async (self->provider, connection, self->cancellable, reconnect_cb, self);
  wait_until_done (self);
}

/**
 * weir_provider_fixture_write:
 *
 * Sets record.
 */
void
weir_provider_fixture_write (WeirProviderFixture *self,
                             WeirAction action,
                             const char *id,
                             const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));

  forget (self);
  weir_provider_write_async (self->provider, action, id, bytes, self->cancellable, write_cb, self);
  wait_until_done (self);
}

/**
 * weir_provider_fixture_fetch:
 *
 * Sets page.
 */
void
weir_provider_fixture_fetch (WeirProviderFixture *self,
                             const char *stream,
                             const char *cursor,
                             guint limit)
{
  forget (self);
  weir_provider_fetch_async (self->provider, stream, cursor, limit, self->cancellable, fetch_cb,
                             self);
  wait_until_done (self);
}

/**
 * weir_provider_fixture_assert_request:
 * @body: (nullable): the exact body; %NULL: none, with no type of one and, for a POST, a length of 0
 */
void
weir_provider_fixture_assert_request (WeirProviderFixture *self,
                                      const char *path,
                                      guint number,
                                      const char *method,
                                      const char *whole_path,
                                      const char *body)
{
  WeirFaultRequest *request = weir_fault_server_get_request (self->server, path, number);
  g_autofree char *type = NULL;
  g_autofree char *length = NULL;

  g_assert_nonnull (request);
  g_assert_cmpstr (request->method, ==, method);
  g_assert_cmpstr (request->path, ==, whole_path);
  type = weir_fault_request_dup_header (request, "Content-Type");
  length = weir_fault_request_dup_header (request, "Content-Length");
  if (body != NULL)
    {
      g_assert_cmpmem (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body),
                       body, strlen (body));
      g_assert_cmpstr (type, ==, "application/json");
    }
  else
    {
      g_assert_cmpuint (g_bytes_get_size (request->body), ==, 0);
      g_assert_cmpstr (length, ==, g_str_equal (method, "POST") ? "0" : NULL);
    }
  weir_provider_fixture_assert_header (self, path, number, "Authorization", "Bearer " TOKEN);
  weir_provider_fixture_assert_header (self, path, number, "Accept", "application/json");
}

/**
 * weir_provider_fixture_assert_header:
 * @value: (nullable): %NULL: the request has no such header
 */
void
weir_provider_fixture_assert_header (WeirProviderFixture *self,
                                     const char *path,
                                     guint number,
                                     const char *name,
                                     const char *value)
{
  WeirFaultRequest *request = weir_fault_server_get_request (self->server, path, number);
  g_autofree char *found = NULL;

  g_assert_nonnull (request);
  found = weir_fault_request_dup_header (request, name);
  g_assert_cmpstr (found, ==, value);
}

/**
 * weir_provider_fixture_test_faults:
 * @refusals: whether it is an error there that something is not found or not allowed
 *
 * A fresh provider and server for each way to misbehave.
 */
void
weir_provider_fixture_test_faults (const char *provider,
                                   WeirProviderCreate create,
                                   const char *path,
                                   gboolean refusals,
                                   WeirProviderAsk ask)
{
  static const struct
  {
    WeirFault fault;
    guint status;
    const char *headers;
    const char *body;
    WeirProviderError expected;
  } faults[] = {
    { WEIR_FAULT_NONE, 400, NULL, "{\"message\":\"no\"}", WEIR_PROVIDER_ERROR_REFUSED },
    { WEIR_FAULT_NONE, 401, NULL, "{\"summary\":\"no\"}", WEIR_PROVIDER_ERROR_UNAUTHORIZED },
    { WEIR_FAULT_NONE, 404, NULL, "", WEIR_PROVIDER_ERROR_NOT_FOUND },
    { WEIR_FAULT_NONE, 422, NULL, "{\"validation_errors\":5}", WEIR_PROVIDER_ERROR_REFUSED },
    { WEIR_FAULT_NONE, 429, "Retry-After: 3600\r\n", "{}", WEIR_PROVIDER_ERROR_THROTTLED },
    { WEIR_FAULT_NONE, 500, NULL, "{\"message\":{}}", WEIR_PROVIDER_ERROR_SERVER },
    { WEIR_FAULT_NONE, 502, "Content-Type: text/html\r\n", "<h1>Bad Gateway</h1>",
      WEIR_PROVIDER_ERROR_UNREACHABLE },
    { WEIR_FAULT_NONE, 503, NULL, "", WEIR_PROVIDER_ERROR_UNREACHABLE },
    { WEIR_FAULT_NONE, 400, NULL, "{\"type\":\"bad_request\",\"key\":\"not_authenticated\"}",
      WEIR_PROVIDER_ERROR_UNAUTHORIZED },
    { WEIR_FAULT_NONE, 500, NULL, "{\"type\":\"bad_request\",\"key\":\"access_denied\"}",
      WEIR_PROVIDER_ERROR_FORBIDDEN },
    { WEIR_FAULT_NONE, 401, NULL, "{\"type\":\"connection\",\"key\":\"access_token_expired\"}",
      WEIR_PROVIDER_ERROR_REFUSED },
    { WEIR_FAULT_NONE, 503, NULL, "{\"o:errorCode\":\"OSC-CREST-00035\",\"title\":\"Slow down\"}",
      WEIR_PROVIDER_ERROR_THROTTLED },
    { WEIR_FAULT_NONE, 200, "Content-Type: text/html\r\n", "<html><title>Log in</title></html>",
      WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_NONE, 200, NULL, "", WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_NONE, 200, NULL, "{\"items\":[{\"id\":\"1\"", WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_NONE, 200, NULL, "null", WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_NONE, 200, NULL, "5", WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_NONE, 200, NULL, "\"text\"", WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_NONE, 200, NULL, "{}", WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_NONE, 200, NULL,
      "{\"items\":{},\"events\":\"x\",\"data\":5,\"id\":[],\"name\":7,\"success\":\"yes\",\"url\":{}}",
      WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_CLOSE, 200, NULL, "", WEIR_PROVIDER_ERROR_UNREACHABLE },
    { WEIR_FAULT_GARBAGE, 200, NULL, "no HTTP\r\n", WEIR_PROVIDER_ERROR_UNREACHABLE },
    { WEIR_FAULT_TRUNCATE, 200, NULL, "{\"items\":[],\"events\":[]}",
      WEIR_PROVIDER_ERROR_UNREACHABLE },
    { WEIR_FAULT_RESET, 200, NULL, "{\"items\":[],\"events\":[]}",
      WEIR_PROVIDER_ERROR_UNREACHABLE },
    { WEIR_FAULT_CUT_CHUNKED, 200, NULL, "{\"items\":[],\"events\":[]}",
      WEIR_PROVIDER_ERROR_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (WeirProviderFixture) f = NULL;

      if (!refusals
          && (faults[i].expected == WEIR_PROVIDER_ERROR_NOT_FOUND
              || faults[i].expected == WEIR_PROVIDER_ERROR_FORBIDDEN))
        continue;
      g_test_message ("%s: fault %u, status %u, %s", path, i, faults[i].status, faults[i].body);
      f = weir_provider_fixture_new (provider, create, FALSE);
      weir_fault_server_add (f->server, path, faults[i].fault, faults[i].status, faults[i].headers,
                             faults[i].body, -1);
      ask (f);
      weir_assert_provider_error (f, faults[i].expected);
      g_assert_cmpuint (strlen (f->error->message), >, 0);
      g_assert_true (g_utf8_validate (f->error->message, -1, NULL));
      if (faults[i].status == 429)
        g_assert_cmpint (weir_provider_error_get_retry_after (f->error), ==,
                         3600 * G_TIME_SPAN_SECOND);
      if (faults[i].status >= 400)
        g_assert_nonnull (weir_provider_error_get_data (f->error));
    }
}

typedef struct
{
  WeirProviderFixture *fixture;
  const char *path;
} Watch;

/* Once the question has reached the server nobody but the question holds the provider any more. */
static gboolean
drop_cb (gpointer user_data)
{
  Watch *watch = user_data;

  if (weir_fault_server_count (watch->fixture->server, watch->path) == 0)
    return G_SOURCE_CONTINUE;
  g_clear_object (&watch->fixture->provider);
  g_cancellable_cancel (watch->fixture->cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * weir_provider_fixture_test_cancel:
 *
 * Cancels while the server is silent, with the provider dropped by then.
 */
void
weir_provider_fixture_test_cancel (const char *provider,
                                   WeirProviderCreate create,
                                   const char *path,
                                   WeirProviderAsk ask)
{
  g_autoptr (WeirProviderFixture) f = weir_provider_fixture_new (provider, create, FALSE);
  gpointer gone = f->provider;
  Watch watch = { f, path };

  g_object_add_weak_pointer (G_OBJECT (f->provider), &gone);
  weir_fault_server_add (f->server, path, WEIR_FAULT_SILENCE, 200, NULL, "", -1);
  g_timeout_add (5, drop_cb, &watch);
  ask (f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (gone != NULL)
    g_main_context_iteration (NULL, TRUE);
}

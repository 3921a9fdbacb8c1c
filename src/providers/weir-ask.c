/* weir-ask.c: one question of a provider and its answer, read off the main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-ask.h"

#include "weir-change.h"
#include "weir-clock.h"
#include "weir-i18n.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An answer below this is read where it arrived: a thread would cost more than the reading. */
#define SMALL_ANSWER (16 * 1024)
#define EXCERPT_CHARACTERS 80
#define CURSOR_KEY "\"cursor\""

typedef struct
{
  WeirAccount *account;
  WeirHttpRequest *request;
  GTask *operation; /* (nullable) which changes something by this */
  WeirReadFunc read;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  WeirHttpResponse *response;
  GError *error; /* (nullable) instead of the response, or told of it */
} Ask;

static void
ask_free (Ask *ask)
{
  g_clear_object (&ask->account);
  g_clear_object (&ask->operation);
  g_clear_error (&ask->error);
  g_clear_pointer (&ask->request, weir_http_request_free);
  g_clear_pointer (&ask->response, weir_http_response_free);
  if (ask->free_data != NULL)
    ask->free_data (ask->data);
  g_free (ask);
}

static void
read_answer (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Ask *ask = task_data;
  GError *error = NULL;
  gpointer result;

  if (ask->response->status / 100 != 2)
    {
      g_task_return_error (task, weir_provider_error_new_from_response (ask->response));
      return;
    }
  result = ask->read (ask->account, ask->response, ask->data, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, ask->free_result);
}

static void
take_answer (GTask *task)
{
  WeirProvider *provider = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);

  if (ask->response == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&ask->error));
      return;
    }
  if (WEIR_PROVIDER_GET_CLASS (provider)->answered != NULL)
    WEIR_PROVIDER_GET_CLASS (provider)->answered (provider, ask->response);
  if (g_bytes_get_size (ask->response->body) < SMALL_ANSWER)
    read_answer (task, provider, ask, NULL);
  else
    g_task_run_in_thread (task, read_answer);
}

static void
journalled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  take_answer (task);
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Ask *ask = g_task_get_task_data (task);

  ask->response = weir_http_client_send_finish (WEIR_HTTP_CLIENT (source), result, &error);
  if (ask->response == NULL)
    {
      ask->error = weir_provider_error_new_from_local (error);
      /* Whoever reads this must not think that nothing happened. */
      if (ask->operation != NULL && weir_change_has_left (error))
        /* Translators: followed by what went wrong */
        weir_i18n_reword (ask->error,
                          g_strdup_printf (_ ("The server may or may not have carried it "
                                              "out, look before you repeat it: %s"),
                                           ask->error->message));
    }
  if (ask->operation == NULL)
    {
      take_answer (task);
      return;
    }
  if (ask->response != NULL && ask->response->status / 100 != 2)
    ask->error = weir_provider_error_new_from_response (ask->response);
  weir_change_answer_async (ask->operation, ask->response, error, ask->error, journalled_cb,
                            g_steal_pointer (&task));
}

static void
send_now (GTask *task)
{
  WeirProvider *provider = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);

  weir_http_client_send_async (weir_provider_get_client (provider), g_steal_pointer (&ask->request),
                               g_task_get_cancellable (task), send_cb, task);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;

  if (weir_change_begin_finish (ask->operation, result, &error))
    {
      send_now (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* The only place that a request leaves from: what is no question is written into the journal first. */
static void
send (GTask *task)
{
  Ask *ask = g_task_get_task_data (task);

  if (ask->operation != NULL)
    weir_change_begin_async (ask->operation, ask->request, begun_cb, task);
  else
    send_now (task);
}

static gboolean
waited_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    send (task);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

static void
send_later (GTask *task, gint64 delay)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) source = g_timeout_source_new ((guint) ((delay + 999) / 1000));

  if (cancellable != NULL)
    {
      g_autoptr (GSource) child = g_cancellable_source_new (cancellable);

      /* A child that is ready makes its parent ready: cancelling ends the wait. */
      g_source_set_callback (child, G_SOURCE_FUNC (cancelled_cb), NULL, NULL);
      g_source_add_child_source (source, child);
    }
  g_source_set_callback (source, waited_cb, task, NULL);
  g_source_attach (source, g_task_get_context (task));
}

static gboolean
is_question (WeirHttpRequest *request)
{
  return g_str_equal (request->method, "GET") || g_str_equal (request->method, "HEAD");
}

static void
start (WeirProvider *provider,
       GTask *operation,
       WeirHttpRequest *request,
       WeirReadFunc read,
       gpointer data,
       GDestroyNotify free_data,
       GDestroyNotify free_result,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  WeirProviderClass *klass = WEIR_PROVIDER_GET_CLASS (provider);
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Ask *ask = g_new0 (Ask, 1);
  GError *error = NULL;
  gint64 delay = 0;

  g_task_set_source_tag (task, weir_ask_async);
  ask->account = g_object_ref (weir_provider_get_account (provider));
  ask->request = request;
  if (operation != NULL)
    ask->operation = g_object_ref (operation);
  ask->read = read;
  ask->data = data;
  ask->free_data = free_data;
  ask->free_result = free_result;
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);

  request->background = weir_provider_get_background (provider);
  if (klass->prepare != NULL)
    delay = klass->prepare (provider, request, &error);
  if (delay < 0)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
  else if (delay > 0)
    send_later (task, delay);
  else
    send (task);
}

/**
 * weir_ask_async:
 * @request: (transfer full): from weir_request_new(); a question: what changes something is for weir_ask_change_async()
 * @read: makes the result out of a 2xx answer
 * @data: (transfer full): handed to @read, freed on the thread that ends last
 * @free_result: (nullable): of what @read returned, should nobody take it
 *
 * Sends the request (after the wait that the platform may ask for), maps what is no success to a %WEIR_PROVIDER_ERROR,
 * and reads the rest: on a worker thread if it is large.
 */
void
weir_ask_async (WeirProvider *provider,
                WeirHttpRequest *request,
                WeirReadFunc read,
                gpointer data,
                GDestroyNotify free_data,
                GDestroyNotify free_result,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_return_if_fail (WEIR_IS_PROVIDER (provider));
  g_return_if_fail (request != NULL && read != NULL);
  g_return_if_fail (is_question (request));

  start (provider, NULL, request, read, data, free_data, free_result, cancellable, callback,
         user_data);
}

/**
 * weir_ask_change_async:
 * @operation: the task that the operation is done by, of weir_change_start()
 * @request: (transfer full): which changes something
 *
 * As weir_ask_async(), but written into the journal before it is sent, and when it is answered. Where that cannot be
 * begun nothing is sent, and the error is %WEIR_PROVIDER_ERROR_NOT_JOURNALLED.
 */
void
weir_ask_change_async (GTask *operation,
                       WeirHttpRequest *request,
                       WeirReadFunc read,
                       gpointer data,
                       GDestroyNotify free_data,
                       GDestroyNotify free_result,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (G_IS_TASK (operation));
  g_return_if_fail (request != NULL && read != NULL);

  start (g_task_get_source_object (operation), operation, request, read, data, free_data,
         free_result, g_task_get_cancellable (operation), callback, user_data);
}

/**
 * weir_ask_finish:
 *
 * Returns: (transfer full) (nullable): what the read function made; %NULL may be a result, so look at @error
 */
gpointer
weir_ask_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GTask *outer;
  GDestroyNotify free_result;
} Forward;

static void
forward_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Forward *forward = user_data;
  GError *error = NULL;
  gpointer value = weir_ask_finish (result, &error);

  if (error != NULL)
    g_task_return_error (forward->outer, error);
  else
    g_task_return_pointer (forward->outer, value, forward->free_result);
  g_object_unref (forward->outer);
  g_free (forward);
}

/**
 * weir_ask_into:
 * @outer: (transfer full): a provider's task, which returns what the question returns
 *
 * As weir_ask_async() or weir_ask_change_async(), where the answer is all that was wanted.
 */
void
weir_ask_into (GTask *outer,
               WeirHttpRequest *request,
               WeirReadFunc read,
               gpointer data,
               GDestroyNotify free_data,
               GDestroyNotify free_result)
{
  Forward *forward = g_new (Forward, 1);

  forward->outer = outer;
  forward->free_result = free_result;
  start (g_task_get_source_object (outer), is_question (request) ? NULL : outer, request, read,
         data, free_data, free_result, g_task_get_cancellable (outer), forward_cb, forward);
}

static gboolean
is_blank (GBytes *body)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);

  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

/* The first characters, on one line, of what may be anything at all. */
static char *
excerpt (GBytes *body)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  g_autofree char *text =
      g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) MIN (size, EXCERPT_CHARACTERS * 4));
  g_autofree char *start =
      g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), EXCERPT_CHARACTERS));

  for (char *c = start; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return g_strstrip (g_steal_pointer (&start));
}

/**
 * weir_read_is_page:
 *
 * Returns: whether the body is a web page: a login page of a proxy, say, and nothing the platform said
 */
gboolean
weir_read_is_page (WeirHttpResponse *response)
{
  gsize size;
  const char *text = g_bytes_get_data (response->body, &size);
  const char *type = weir_http_response_get_content_type (response);
  gsize start = 0;

  while (start < size && g_ascii_isspace (text[start]))
    start++;
  if (start < size && (text[start] == '{' || text[start] == '['))
    return FALSE;
  return (start < size && text[start] == '<') || g_strcmp0 (type, "text/html") == 0;
}

/**
 * weir_read_refuse:
 * @expected: what should have come, translated
 * @error: (out): set to %WEIR_PROVIDER_ERROR_INVALID_ANSWER
 *
 * For an answer that is JSON, but not the expected one, and for one that is none.
 */
void
weir_read_refuse (WeirHttpResponse *response, const char *expected, GError **error)
{
  g_autofree char *start = excerpt (response->body);
  GError *made;

  if (is_blank (response->body))
    made = weir_provider_error_new (WEIR_PROVIDER_ERROR_INVALID_ANSWER,
                                    _ ("Expected %s, but the answer was empty."), expected);
  else if (weir_read_is_page (response))
    made = weir_provider_error_new (WEIR_PROVIDER_ERROR_INVALID_ANSWER,
                                    _ ("Expected %s, but a web page came: %s"), expected, start);
  else
    made = weir_provider_error_new (WEIR_PROVIDER_ERROR_INVALID_ANSWER,
                                    _ ("Expected %s, but this came: %s"), expected, start);
  g_propagate_error (error, made);
}

/**
 * weir_read_json:
 * @expected: what should have come, translated
 * @root: (out): a view into the body
 *
 * Returns: whether the body is JSON; else %WEIR_PROVIDER_ERROR_INVALID_ANSWER
 */
gboolean
weir_read_json (WeirHttpResponse *response, const char *expected, WeirJson *root, GError **error)
{
  g_autofree char *start = NULL;
  g_autoptr (GError) local = NULL;

  if (weir_json_parse (response->body, root, &local))
    return TRUE;
  if (is_blank (response->body) || weir_read_is_page (response))
    {
      weir_read_refuse (response, expected, error);
      return FALSE;
    }
  start = excerpt (response->body);
  g_propagate_error (error,
                     weir_provider_error_new (
                         WEIR_PROVIDER_ERROR_INVALID_ANSWER,
                         _ ("Expected %s, but what came is no valid JSON (%s). It begins: %s"),
                         expected, local->message, start));
  return FALSE;
}

/**
 * weir_read_date:
 *
 * Returns: the server's own time of the answer, in µs; ours, if it does not say
 */
gint64
weir_read_date (WeirHttpResponse *response)
{
  const char *text = weir_http_response_get_header (response, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : weir_clock_now ();
}

static const char *
skip_space (const char *from, const char *end)
{
  while (from < end && g_ascii_isspace (*from))
    from++;
  return from;
}

/* The string that begins at `from`, decoded; *rest is what follows it. */
static char *
read_string (const char *from, const char *end, const char **rest)
{
  const char *to = from + 1;
  WeirJson json;

  if (from >= end || *from != '"')
    return NULL;
  while (to < end && *to != '"')
    to += *to == '\\' ? 2 : 1;
  if (to >= end || !weir_json_parse_text (from, to + 1 - from, &json, NULL))
    return NULL;
  *rest = to + 1;
  return weir_json_dup_string (json);
}

/**
 * weir_read_root_cursor:
 * @body: an answer that is no readable JSON
 *
 * The `"cursor": "…"` with which the answer ends or begins, found as text: enough to get past an event that nobody
 * can read. One in the middle may belong to an event's own data, and going on from there would lose what is between.
 *
 * Returns: (transfer full) (nullable): the cursor
 */
char *
weir_read_root_cursor (GBytes *body)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  const char *end = text + size;
  const char *key = size > 0 ? g_strrstr_len (text, (gssize) size, CURSOR_KEY) : NULL;
  gboolean first = FALSE;

  while (key != NULL)
    {
      const char *from = skip_space (key + strlen (CURSOR_KEY), end);
      const char *rest = NULL;
      g_autofree char *value = NULL;

      if (from < end && *from == ':')
        value = read_string (skip_space (from + 1, end), end, &rest);
      if (value != NULL && *value != '\0')
        {
          rest = skip_space (rest, end);
          if (first
              || (rest < end && (*rest == '}' || *rest == ']')
                  && skip_space (rest + 1, end) == end))
            return g_steal_pointer (&value);
        }
      if (first)
        return NULL;
      first = TRUE;
      key = skip_space (text, end);
      if (key < end && (*key == '{' || *key == '['))
        key = skip_space (key + 1, end);
      if ((gsize) (end - key) < strlen (CURSOR_KEY)
          || strncmp (key, CURSOR_KEY, strlen (CURSOR_KEY)) != 0)
        return NULL;
    }
  return NULL;
}

/**
 * weir_request_new:
 * @path: with its query, from the account's address on
 *
 * Returns: (transfer full): a request that asks for JSON
 */
WeirHttpRequest *
weir_request_new (WeirProvider *provider, const char *method, const char *path)
{
  g_autofree char *uri = g_strconcat (weir_provider_get_account (provider)->uri, path, NULL);
  WeirHttpRequest *request = weir_http_request_new (method, uri);

  weir_http_request_add_header (request, "Accept", "application/json");
  return request;
}

/**
 * weir_request_path:
 * @id: as a stranger may have written it
 * @verb: (nullable): what follows the id
 *
 * Returns: (transfer full): `/collection/id/verb` with the id percent-encoded; %NULL and
 * %WEIR_PROVIDER_ERROR_NOT_FOUND for an id that would make it another path
 */
char *
weir_request_path (const char *collection, const char *id, const char *verb, GError **error)
{
  g_autofree char *escaped = NULL;

  /* Encoded or not, a lone dot or two is taken as a step in the path by everything on the way. */
  if (*id == '\0' || g_str_equal (id, ".") || g_str_equal (id, ".."))
    {
      g_propagate_error (
          error, weir_provider_error_new (WEIR_PROVIDER_ERROR_NOT_FOUND, _ ("“%s” is no id."), id));
      return NULL;
    }
  escaped = g_uri_escape_string (id, NULL, FALSE);
  if (verb == NULL)
    return g_strconcat ("/", collection, "/", escaped, NULL);
  return g_strconcat ("/", collection, "/", escaped, "/", verb, NULL);
}

/**
 * weir_request_add_query:
 * @name: (nullable): nothing is added without one
 * @value: (nullable): nothing is added without one, or for an empty one
 */
void
weir_request_add_query (GString *path, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (name == NULL || value == NULL || *value == '\0')
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (path, "%c%s=%s", strchr (path->str, '?') != NULL ? '&' : '?', name,
                          escaped);
}

/* weir-membrane-action.c: what can be done to Membrane's subscriptions and connections
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-membrane-action.h"

#include "weir-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Old servers answer a pull with the subscription; the pull run may then take a moment to be listed. */
#define PULL_LOOKS 3
#define PULL_LOOK_INTERVAL 500 /* ms */
#define PULL_LOOK_BACK (10 * G_TIME_SPAN_MINUTE)

typedef struct
{
  WeirAction action;
  WeirRecord *record;
  const WeirMembraneList *list; /* where the record is read back from */
  gboolean fell_back;           /* to the other form of the app subscribe path */
  gboolean test_failed;
  WeirErrorData *test_error; /* (nullable) */
  gint64 asked_at;           /* the server's clock, when it had carried it out */
  guint n_looks;
} Act;

/* What the answer to the POST was found to hold. */
typedef struct
{
  WeirRecord *record; /* (nullable) */
  gboolean test_failed;
  WeirErrorData *test_error; /* (nullable) */
  gint64 date;
} Outcome;

static void
act_free (Act *act)
{
  g_clear_object (&act->record);
  g_clear_object (&act->test_error);
  g_free (act);
}

static void
outcome_free (Outcome *outcome)
{
  g_clear_object (&outcome->record);
  g_clear_object (&outcome->test_error);
  g_free (outcome);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

static gboolean
is_app_subscription (WeirRecord *record)
{
  return WEIR_IS_SUBSCRIPTION (record)
         && WEIR_SUBSCRIPTION (record)->variant == WEIR_SUBSCRIPTION_APP_EVENT;
}

/* FALSE only where the record says so: an older server does not have the flag at all. */
static gboolean
says_no (WeirRecord *record, const char *flag)
{
  WeirJson value = weir_json_get (weir_record_get_json (record), flag);

  return weir_json_get_type (value) == WEIR_JSON_BOOLEAN && !weir_json_get_boolean (value);
}

static gboolean
can_pull (WeirSubscription *subscription, const char **reason)
{
  WeirJson json = weir_record_get_json (WEIR_RECORD (subscription));

  if (subscription->requires_pull || subscription->requires_full_sync)
    return TRUE;
  if (subscription->real_time)
    {
      *reason = _ ("Its events arrive in real time: there is nothing to pull.");
      return FALSE;
    }
  if (!weir_json_is_set (weir_json_get (json, "requiresPull"))
      && !weir_json_is_set (weir_json_get (json, "requiresFullSync")))
    return TRUE;
  *reason = _ ("This subscription needs no pull.");
  return FALSE;
}

static gboolean
can_act_on_subscription (WeirAction action, WeirSubscription *subscription, const char **reason)
{
  if (subscription->archived_at != 0)
    *reason = _ ("This subscription is archived.");
  else if (subscription->deactivated && action != WEIR_ACTION_UNSUBSCRIBE)
    *reason = _ ("This subscription is deactivated.");
  else if (!is_app_subscription (WEIR_RECORD (subscription)))
    return action != WEIR_ACTION_PULL || can_pull (subscription, reason);
  else if (action == WEIR_ACTION_SUBSCRIBE)
    return TRUE;
  else if (action == WEIR_ACTION_UNSUBSCRIBE)
    *reason = _ ("Membrane has no way to unsubscribe from app events.");
  else if (action == WEIR_ACTION_PULL)
    *reason = _ ("App events are posted by the app: there is nothing to pull.");
  else
    *reason = _ ("App event subscriptions can only be subscribed.");
  return FALSE;
}

static gboolean
can_act_on_connection (WeirAction action, WeirConnection *connection, const char **reason)
{
  WeirRecord *record = WEIR_RECORD (connection);

  if (weir_json_is_set (weir_json_get (weir_record_get_json (record), "archivedAt")))
    *reason = _ ("This connection is archived.");
  else if (action == WEIR_ACTION_RECONNECT)
    return TRUE;
  else if (connection->deactivated)
    *reason = _ ("This connection is deactivated.");
  else if (action == WEIR_ACTION_TEST && says_no (record, "canTest"))
    *reason = _ ("This connection has no test.");
  else if (action == WEIR_ACTION_REFRESH_CREDENTIALS && says_no (record, "canRefreshCredentials"))
    *reason = _ ("The credentials of this connection cannot be refreshed.");
  else
    return TRUE;
  return FALSE;
}

/**
 * weir_membrane_can:
 * @record: (nullable): what it would be done to
 *
 * The rule for pulls is that of the vendor's own interface (api/membrane.md §8).
 */
gboolean
weir_membrane_can (WeirAction action, WeirRecord *record, const char **reason)
{
  switch (action)
    {
    case WEIR_ACTION_PAUSE:
      *reason = _ ("Membrane cannot pause a delivery.");
      return FALSE;
    case WEIR_ACTION_CREATE:
    case WEIR_ACTION_UPDATE:
    case WEIR_ACTION_DELETE:
      *reason = _ ("Membrane makes and removes subscriptions by itself, as flows need them.");
      return FALSE;
    default:
      break;
    }
  if (WEIR_IS_SUBSCRIPTION (record))
    return can_act_on_subscription (action, WEIR_SUBSCRIPTION (record), reason);
  if (WEIR_IS_CONNECTION (record))
    return can_act_on_connection (action, WEIR_CONNECTION (record), reason);
  return TRUE;
}

/* The record that the answer holds, or NULL: it is empty, is none, or is another's. */
static WeirRecord *
read_answered_record (const Act *act, WeirAccount *account, WeirHttpResponse *response)
{
  g_autoptr (WeirRecord) record = NULL;
  const char *telling = is_app_subscription (act->record) ? "isSubscribed" : "status";
  WeirJson root;

  if (!weir_json_parse (response->body, &root, NULL)
      || weir_json_get_type (root) != WEIR_JSON_OBJECT)
    return NULL;
  if (act->action == WEIR_ACTION_PULL)
    return weir_json_is_set (weir_json_get (root, "externalEventSubscriptionId"))
               ? (WeirRecord *) weir_pull_run_new (account, root, NULL)
               : NULL;
  if (!weir_json_is_set (weir_json_get (root, telling)))
    return NULL;
  record = act->list->make (account, act->list->kind, root, NULL);
  if (record == NULL || !weir_record_same (record, act->record))
    return NULL;
  return g_steal_pointer (&record);
}

static void
return_unconfirmed (GTask *task, Act *act, const char *why)
{
  if (act->action == WEIR_ACTION_PULL)
    {
      g_task_return_error (
          task, weir_provider_error_new (WEIR_PROVIDER_ERROR_UNCONFIRMED,
                                         _ ("The pull was started, but its run could not be found "
                                            "(%s). Do not repeat it."),
                                         why));
      return;
    }
  weir_provider_task_set_warning (
      task, g_strdup_printf (_ ("It was done, but could not be read back (%s): what is shown is "
                                "how it was before."),
                             why));
  g_task_return_pointer (task, g_object_ref (act->record), g_object_unref);
}

static void
return_test_failure (GTask *task, Act *act, WeirConnection *connection)
{
  WeirErrorData *data =
      connection != NULL && connection->error != NULL ? connection->error : act->test_error;
  g_autofree char *message = NULL;

  if (data != NULL)
    message = g_strdup_printf (_ ("The connection failed its test: %s"),
                               weir_error_data_get_leaf (data)->message);
  else
    message = g_strdup (_ ("The connection failed its test."));
  g_task_return_error (
      task, weir_provider_error_new_from_data (WEIR_PROVIDER_ERROR_REFUSED, data, message));
}

static void
read_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Act *act = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirRecord) record = weir_membrane_get_one_finish (result, &error);

  if (act->test_failed)
    return_test_failure (task, act, record != NULL ? WEIR_CONNECTION (record) : NULL);
  else if (record != NULL)
    g_task_return_pointer (task, g_steal_pointer (&record), g_object_unref);
  else
    return_unconfirmed (task, act, error->message);
}

static gint64
pull_time (WeirPullRun *pull)
{
  return MAX (pull->start_at, weir_time_from_object_id (weir_record_get_id (WEIR_RECORD (pull))));
}

static WeirPullRun *
find_newest (GPtrArray *pulls)
{
  WeirPullRun *newest = NULL;

  for (guint i = 0; i < pulls->len; i++)
    if (newest == NULL || pull_time (pulls->pdata[i]) > pull_time (newest))
      newest = pulls->pdata[i];
  return newest;
}

static void look_for_pull (GTask *task);

static gboolean
look_again_cb (gpointer user_data)
{
  look_for_pull (g_object_ref (user_data));
  return G_SOURCE_REMOVE;
}

static void
pulls_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Act *act = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pulls = weir_walk_finish (result, NULL, &error);
  WeirPullRun *newest;

  if (pulls == NULL)
    {
      return_unconfirmed (task, act, error->message);
      return;
    }
  newest = find_newest (pulls);
  /* One that began with our asking, give or take what a Date header leaves out; or one still at work. */
  if (newest != NULL
      && (pull_time (newest) >= act->asked_at - 2 * G_USEC_PER_SEC
          || weir_pull_run_is_active (newest)))
    g_task_return_pointer (task, g_object_ref (newest), g_object_unref);
  else if (++act->n_looks < PULL_LOOKS)
    {
      g_autoptr (GSource) later = g_timeout_source_new (PULL_LOOK_INTERVAL);

      g_task_attach_source (task, later, look_again_cb);
    }
  else if (newest != NULL)
    {
      weir_provider_task_set_warning (
          task, g_strdup (_ ("The pull was started. The server did not say which run it is; what "
                             "is shown is the newest one it lists.")));
      g_task_return_pointer (task, g_object_ref (newest), g_object_unref);
    }
  else
    return_unconfirmed (task, act, _ ("the server lists none"));
}

/* Takes the task over. */
static void
look_for_pull (GTask *task)
{
  Act *act = g_task_get_task_data (task);
  WeirListFilter filter = { .subscription = weir_record_get_id (act->record),
                            .since = act->asked_at - PULL_LOOK_BACK };

  weir_membrane_walk_async (g_task_get_source_object (task), &weir_membrane_pulls, &filter,
                            g_task_get_cancellable (task), pulls_cb, task);
}

static gboolean
read_test (WeirHttpResponse *response, Outcome *outcome, GError **error)
{
  const char *expected = _ ("the result of a test");
  WeirJson root, success;

  if (!weir_read_json (response, expected, &root, error))
    return FALSE;
  success = weir_json_get (root, "success");
  if (weir_json_get_type (success) != WEIR_JSON_BOOLEAN)
    {
      weir_read_refuse (response, expected, error);
      return FALSE;
    }
  outcome->test_failed = !weir_json_get_boolean (success);
  if (outcome->test_failed)
    outcome->test_error = weir_error_data_new_from_json (weir_json_get (root, "error"));
  return TRUE;
}

/* The task holds what is handed over, and nothing in it that is looked at here changes while the question is out. */
static gpointer
read_outcome (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  const Act *act = data;
  g_autoptr (Outcome) outcome = g_new0 (Outcome, 1);

  outcome->date = weir_read_date (response);
  /* A web page is no answer of the platform: something on the way spoke, and the request may never have got there. */
  if (weir_read_is_page (response))
    {
      weir_read_refuse (response, _ ("the outcome of the action"), error);
      return NULL;
    }
  if (act->action == WEIR_ACTION_TEST && !read_test (response, outcome, error))
    return NULL;
  /* What refresh-webhook and refresh-credentials answer is not documented: those are read back in any case. */
  if (act->action != WEIR_ACTION_REFRESH_WEBHOOK && WEIR_IS_SUBSCRIPTION (act->record))
    outcome->record = read_answered_record (act, account, response);
  return g_steal_pointer (&outcome);
}

/* The documents have one path and the SDK the other (api/membrane.md §2.5). A server that does not know the route has not
 * done anything; one that does not know the subscription says so by the key "not_found". */
static gboolean
is_unknown_route (GError *error, WeirRecord *record)
{
  WeirErrorData *data = weir_provider_error_get_data (error);

  return is_app_subscription (record)
         && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND)
         && (data == NULL || g_strcmp0 (data->key, "not_found") != 0);
}

static void post (GTask *task, const char *path);

static void
post_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirProvider *provider = WEIR_PROVIDER (source);
  Act *act = g_task_get_task_data (task);
  g_autoptr (Outcome) outcome = NULL;
  GError *error = NULL;

  outcome = weir_ask_finish (result, &error);
  if (outcome == NULL && !act->fell_back && is_unknown_route (error, act->record))
    {
      g_autoptr (GString) path = g_string_new ("/app-event-subscription/subscribe");

      g_clear_error (&error);
      act->fell_back = TRUE;
      weir_request_add_query (path, "id", weir_record_get_id (act->record));
      post (g_steal_pointer (&task), path->str);
      return;
    }
  if (outcome == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  act->asked_at = outcome->date;
  act->test_failed = outcome->test_failed;
  act->test_error = g_steal_pointer (&outcome->test_error);
  if (outcome->record != NULL)
    g_task_return_pointer (task, g_steal_pointer (&outcome->record), g_object_unref);
  else if (act->action == WEIR_ACTION_PULL)
    look_for_pull (g_steal_pointer (&task));
  else
    weir_membrane_get_one_async (provider, act->list, weir_record_get_id (act->record),
                                 g_task_get_cancellable (task), read_back_cb, g_object_ref (task));
}

/* Takes the task over. */
static void
post (GTask *task, const char *path)
{
  WeirProvider *provider = g_task_get_source_object (task);

  weir_ask_change_async (task, weir_request_new (provider, "POST", path), read_outcome,
                         g_task_get_task_data (task), NULL, (GDestroyNotify) outcome_free, post_cb,
                         task);
}

/**
 * weir_membrane_act:
 * @action: one that weir_membrane_can() allows, but not %WEIR_ACTION_RECONNECT
 * @task: (transfer full): returns a WeirRecord
 *
 * The POST takes no body (api/membrane.md §2) and is sent once. The record is what the answer holds, else read back.
 */
void
weir_membrane_act (WeirProvider *provider, WeirAction action, WeirRecord *record, GTask *task)
{
  static const char *const verbs[] = {
    [WEIR_ACTION_SUBSCRIBE] = "subscribe",
    [WEIR_ACTION_UNSUBSCRIBE] = "unsubscribe",
    [WEIR_ACTION_RESUBSCRIBE] = "resubscribe",
    [WEIR_ACTION_PULL] = "pull-events",
    [WEIR_ACTION_SETUP] = "setup",
    [WEIR_ACTION_REFRESH_WEBHOOK] = "refresh-webhook",
    [WEIR_ACTION_TEST] = "test",
    [WEIR_ACTION_REFRESH_CREDENTIALS] = "refresh-credentials",
  };
  Act *act = g_new0 (Act, 1);
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_assert (action < G_N_ELEMENTS (verbs) && verbs[action] != NULL);

  act->action = action;
  act->record = g_object_ref (record);
  act->list = WEIR_IS_CONNECTION (record)    ? &weir_membrane_connections
              : is_app_subscription (record) ? &weir_membrane_app_subscriptions
                                             : &weir_membrane_external_subscriptions;
  g_task_set_task_data (task, act, (GDestroyNotify) act_free);
  path = weir_request_path (act->list->path, weir_record_get_id (record), verbs[action], &error);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  post (task, path);
}

/* http and https alone: this is opened in a browser, and a server's word is no reason to open anything else. */
static char *
resolve_address (WeirAccount *account, const char *address)
{
  g_autofree char *base = g_strconcat (account->uri, "/", NULL);
  g_autofree char *resolved = NULL;
  g_autoptr (GUri) uri = NULL;

  resolved = address != NULL && *address != '\0'
                 ? g_uri_resolve_relative (base, address, G_URI_FLAGS_NONE, NULL)
                 : NULL;
  uri = resolved != NULL ? g_uri_parse (resolved, G_URI_FLAGS_NONE, NULL) : NULL;
  if (uri == NULL || g_uri_get_host (uri) == NULL
      || (!g_str_equal (g_uri_get_scheme (uri), "https")
          && !g_str_equal (g_uri_get_scheme (uri), "http")))
    return NULL;
  return g_steal_pointer (&resolved);
}

static gpointer
read_address (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  const char *expected = _ ("the address of a page to reconnect at");
  g_autofree char *address = NULL;
  char *resolved;
  WeirJson root;

  if (!weir_read_json (response, expected, &root, error))
    return NULL;
  address = weir_json_dup_string (weir_json_get (root, "url"));
  resolved = resolve_address (account, address);
  if (resolved == NULL)
    weir_read_refuse (response, expected, error);
  return resolved;
}

/**
 * weir_membrane_reconnect:
 * @task: (transfer full): returns a char *, the address
 *
 * The client action's own address, where the connection has one; else one made by a connection request, which is the
 * form for clients that are no browser (api/membrane.md §2.7).
 */
void
weir_membrane_reconnect (WeirProvider *provider, WeirConnection *connection, GTask *task)
{
  WeirAccount *account = weir_provider_get_account (provider);
  char *address = resolve_address (account, connection->action_uri);
  WeirJsonWriter *writer;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  WeirHttpRequest *request;

  if (address != NULL)
    {
      g_task_return_pointer (task, address, g_free);
      g_object_unref (task);
      return;
    }
  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "connectionId",
                               weir_record_get_id (WEIR_RECORD (connection)));
  if (connection->integration != NULL)
    weir_json_writer_add_string (writer, "integrationId", connection->integration);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  body = g_bytes_new (text, strlen (text));
  request = weir_request_new (provider, "POST", "/connection-requests");
  weir_http_request_set_json (request, body);
  weir_ask_into (task, request, read_address, NULL, NULL, g_free);
}

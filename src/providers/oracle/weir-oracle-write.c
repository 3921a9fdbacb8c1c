/* weir-oracle-write.c: changing Oracle's event subscriptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-oracle-write.h"

#include "weir-oracle-body.h"
#include "weir-oracle-list.h"
#include "weir-change.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  WeirAction action;
  char *id;           /* (nullable) until it is known what was created */
  char *name;         /* (nullable) of what was created */
  GBytes *body;       /* (nullable) */
  WeirRecord *before; /* (nullable) */
  gboolean *tunnel;
  gboolean is_tunnelled;
} Write;

static void
write_free (Write *data)
{
  g_free (data->id);
  g_free (data->name);
  g_clear_pointer (&data->body, g_bytes_unref);
  g_clear_object (&data->before);
  g_free (data);
}

/* What is known without the server: the record before it, else the members that were sent. */
static WeirRecord *
make_from_sent (WeirProvider *provider, Write *data)
{
  g_autofree char *text = NULL;
  const char *members;
  gsize size;
  WeirJson root;

  if (data->before != NULL)
    return g_object_ref (data->before);
  members = g_bytes_get_data (data->body, &size);
  /* The checked body is an object that is not empty. */
  text = g_strdup_printf ("{\"id\":%s,%.*s", data->id, (int) size - 1, members + 1);
  if (!weir_json_parse_text (text, -1, &root, NULL))
    return NULL;
  return (WeirRecord *) weir_subscription_new_oracle (weir_provider_get_account (provider), root,
                                                      NULL);
}

static void
return_unconfirmed (GTask *task, const char *why)
{
  g_task_return_error (task,
                       weir_provider_error_new (WEIR_PROVIDER_ERROR_UNCONFIRMED,
                                                _ ("The subscription was created, but could not "
                                                   "be read back (%s). Do not create it again."),
                                                why));
}

static void
read_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Write *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  WeirRecord *record = weir_ask_finish (result, &error);

  if (record == NULL)
    {
      record = make_from_sent (WEIR_PROVIDER (source), data);
      if (record == NULL)
        {
          return_unconfirmed (task, error->message);
          return;
        }
      weir_provider_task_set_warning (
          task, g_strdup_printf (_ ("It was done, but could not be read back (%s): what is shown "
                                    "may not be how it is now."),
                                 error->message));
    }
  g_task_return_pointer (task, record, g_object_unref);
}

/* Takes the task over. */
static void
read_back (WeirProvider *provider, GTask *task)
{
  Write *data = g_task_get_task_data (task);
  g_autofree char *path = weir_request_path (WEIR_ORACLE_ROOT, data->id, NULL, NULL);

  weir_ask_async (provider, weir_request_new (provider, "GET", path), weir_oracle_read_one, NULL,
                  NULL, g_object_unref, g_task_get_cancellable (task), read_back_cb, task);
}

/* Names are unique (api/sequin-and-oracle.md B4), so what was created can be found by its own. */
static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Write *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = weir_walk_finish (result, NULL, &error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    if (g_strcmp0 (weir_record_get_name (records->pdata[i]), data->name) == 0)
      {
        data->id = g_strdup (weir_record_get_id (records->pdata[i]));
        read_back (WEIR_PROVIDER (source), g_steal_pointer (&task));
        return;
      }
  return_unconfirmed (task, error != NULL ? error->message : _ ("the server does not list it"));
}

/* What a write was answered with. */
typedef struct
{
  WeirRecord *record; /* (nullable) a whole one */
  char *id;           /* (nullable) where at least that is known */
} Outcome;

static void
outcome_free (Outcome *outcome)
{
  g_clear_object (&outcome->record);
  g_free (outcome->id);
  g_free (outcome);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

static gpointer
read_outcome (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  g_autoptr (Outcome) outcome = g_new0 (Outcome, 1);
  const char *location = weir_http_response_get_header (response, "Location");
  const char *last = location != NULL ? strrchr (location, '/') : NULL;
  WeirJson root = { NULL, 0 };

  if (weir_read_is_page (response))
    {
      weir_read_refuse (response, _ ("an event subscription"), error);
      return NULL;
    }
  if (weir_json_parse (response->body, &root, NULL))
    outcome->id = weir_json_dup_text (weir_json_get (root, "id"));
  if (outcome->id != NULL && !weir_oracle_check_id (outcome->id))
    g_clear_pointer (&outcome->id, g_free);
  if (outcome->id != NULL && weir_json_is_set (weir_json_get (root, "class")))
    outcome->record = (WeirRecord *) weir_subscription_new_oracle (account, root, NULL);
  if (outcome->id == NULL && last != NULL && weir_oracle_check_id (last + 1))
    outcome->id = g_strdup (last + 1);
  return g_steal_pointer (&outcome);
}

/* Nothing was done then, so that asking in the other form repeats nothing. */
static gboolean
is_refused_method (const GError *error)
{
  WeirErrorData *data = weir_provider_error_get_data (error);
  guint status = weir_provider_error_get_status (error);

  return status == 405 || status == 501
         || (data != NULL && g_strcmp0 (data->key, "OSC-CREST-00002") == 0);
}

static void send_write (WeirProvider *provider, GTask *task);

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirProvider *provider = WEIR_PROVIDER (source);
  Write *data = g_task_get_task_data (task);
  g_autoptr (Outcome) outcome = NULL;
  GError *error = NULL;

  outcome = weir_ask_finish (result, &error);
  if (outcome == NULL && data->action == WEIR_ACTION_UPDATE && !data->is_tunnelled
      && is_refused_method (error))
    {
      g_clear_error (&error);
      *data->tunnel = TRUE;
      send_write (provider, g_steal_pointer (&task));
      return;
    }
  if (outcome == NULL)
    {
      if (data->is_tunnelled && is_refused_method (error))
        *data->tunnel = FALSE;
      g_task_return_error (task, error);
      return;
    }
  if (data->action == WEIR_ACTION_DELETE)
    {
      g_task_return_pointer (task, g_object_ref (data->before), g_object_unref);
      return;
    }
  if (data->id == NULL)
    data->id = g_strdup (outcome->id);
  if (outcome->record != NULL && g_strcmp0 (outcome->id, data->id) == 0)
    g_task_return_pointer (task, g_steal_pointer (&outcome->record), g_object_unref);
  else if (data->id != NULL)
    read_back (provider, g_steal_pointer (&task));
  else if (data->name != NULL)
    weir_oracle_list_async (provider, NULL, g_task_get_cancellable (task), list_cb,
                            g_object_ref (task));
  else
    return_unconfirmed (task, _ ("the server did not say its number"));
}

/* Takes the task over. */
static void
send_write (WeirProvider *provider, GTask *task)
{
  Write *data = g_task_get_task_data (task);
  g_autofree char *path = NULL;
  const char *method = "POST";
  WeirHttpRequest *request;
  GError *error = NULL;

  if (data->action == WEIR_ACTION_CREATE)
    path = g_strdup ("/" WEIR_ORACLE_ROOT);
  else if (weir_oracle_check_id (data->id))
    path = weir_request_path (WEIR_ORACLE_ROOT, data->id, NULL, &error);
  else
    error = weir_provider_error_new (WEIR_PROVIDER_ERROR_NOT_FOUND,
                                     _ ("“%s” is no id: Oracle's are whole numbers."), data->id);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (data->action == WEIR_ACTION_DELETE)
    method = "DELETE";
  data->is_tunnelled = data->action == WEIR_ACTION_UPDATE && *data->tunnel;
  if (data->action == WEIR_ACTION_UPDATE && !data->is_tunnelled)
    method = "PATCH";
  request = weir_request_new (provider, method, path);
  if (data->is_tunnelled)
    weir_http_request_add_header (request, "X-HTTP-Method-Override", "PATCH");
  if (data->body != NULL)
    weir_http_request_set_json (request, data->body);
  weir_ask_change_async (task, request, read_outcome, NULL, NULL, (GDestroyNotify) outcome_free,
                         write_cb, task);
}

/* The ids are in api/sequin-and-oracle.md B5. */
static const char *
status_body (WeirAction action)
{
  switch (action)
    {
    case WEIR_ACTION_SUBSCRIBE:
      return "{\"status\":{\"id\":1}}";
    case WEIR_ACTION_PAUSE:
      return "{\"status\":{\"id\":2}}";
    case WEIR_ACTION_UNSUBSCRIBE:
    default:
      return "{\"status\":{\"id\":3}}";
    }
}

/**
 * weir_oracle_act:
 * @action: subscribe (Active), unsubscribe (Inactive), pause or delete
 * @task: (transfer full): returns a WeirRecord
 *
 * A change of status is a PATCH of it; the answer is empty, so that the record is read back.
 */
void
weir_oracle_act (WeirProvider *provider,
                 WeirAction action,
                 WeirRecord *record,
                 gboolean *tunnel,
                 GTask *task)
{
  Write *data = g_new0 (Write, 1);

  data->action = action == WEIR_ACTION_DELETE ? action : WEIR_ACTION_UPDATE;
  data->id = g_strdup (weir_record_get_id (record));
  data->before = g_object_ref (record);
  data->tunnel = tunnel;
  if (action != WEIR_ACTION_DELETE)
    data->body = g_bytes_new_static (status_body (action), strlen (status_body (action)));
  g_task_set_task_data (task, data, (GDestroyNotify) write_free);
  send_write (provider, task);
}

/**
 * weir_oracle_write:
 * @action: create or update
 * @id: (nullable): which one to update
 * @json: the members to set
 * @task: (transfer full): returns a WeirRecord
 *
 * Nothing is sent that is against the limits of the reference page.
 */
void
weir_oracle_write (WeirProvider *provider,
                   WeirAction action,
                   const char *id,
                   GBytes *json,
                   gboolean *tunnel,
                   GTask *task)
{
  Write *data = g_new0 (Write, 1);
  GError *error = NULL;

  data->action = action;
  data->id = g_strdup (id);
  data->tunnel = tunnel;
  g_task_set_task_data (task, data, (GDestroyNotify) write_free);
  data->body = weir_oracle_body_check (json, action == WEIR_ACTION_CREATE, &data->name, &error);
  if (data->body == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (data->name != NULL)
    weir_change_set_name (task, data->name);
  send_write (provider, task);
}

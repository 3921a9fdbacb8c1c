/* weir-membrane-get.c: one record of Membrane's lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-membrane-list.h"

#include <glib/gi18n-lib.h>

static gpointer
read_one (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  const WeirMembraneList *list = data;
  /* Translators: see “Expected %s, but this came: %s” */
  const char *expected = _ ("one record");
  WeirRecord *record;
  WeirJson root;

  if (!weir_read_json (response, expected, &root, error))
    return NULL;
  record = weir_json_get_type (root) == WEIR_JSON_OBJECT
               ? list->make (account, list->kind, root, NULL)
               : NULL;
  if (record == NULL)
    weir_read_refuse (response, expected, error);
  return record;
}

static void
forward_record (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;
  WeirRecord *record = weir_ask_finish (result, &error);

  if (record != NULL)
    g_task_return_pointer (task, record, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
singular_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  forward_record (task, result);
}

/* The page family of the reference has the id in the path; the SDK has the singular with a selector (api/membrane.md §2.5). */
static void
one_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirProvider *provider = WEIR_PROVIDER (source);
  const char *id = g_task_get_task_data (task);
  GError *error = NULL;
  WeirRecord *record = weir_ask_finish (result, &error);

  if (record != NULL)
    g_task_return_pointer (task, record, g_object_unref);
  else if (id != NULL
           && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND))
    {
      g_autoptr (GString) path = g_string_new ("/app-event-subscription");

      g_clear_error (&error);
      weir_request_add_query (path, "id", id);
      weir_ask_async (provider, weir_request_new (provider, "GET", path->str), read_one,
                      (gpointer) &weir_membrane_app_subscriptions, NULL, g_object_unref,
                      g_task_get_cancellable (task), singular_cb, g_object_ref (task));
    }
  else
    g_task_return_error (task, error);
}

/**
 * weir_membrane_get_one_async:
 *
 * Asks for one record of one list.
 */
void
weir_membrane_get_one_async (WeirProvider *provider,
                             const WeirMembraneList *list,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, weir_membrane_get_one_async);
  path = weir_request_path (list->path, id, NULL, &error);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (list == &weir_membrane_app_subscriptions)
    g_task_set_task_data (task, g_strdup (id), g_free);
  if (list == &weir_membrane_connections)
    {
      g_autofree char *plain = g_steal_pointer (&path);

      path = g_strconcat (plain, "?includeSecrets=false", NULL);
    }
  weir_ask_async (provider, weir_request_new (provider, "GET", path), read_one, (gpointer) list,
                  NULL, g_object_unref, cancellable, one_cb, task);
}

/**
 * weir_membrane_get_one_finish:
 *
 * Returns: (transfer full): the record
 */
WeirRecord *
weir_membrane_get_one_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  WeirRecordKind kind;
  char *id;
  guint nth;
  GError *first;
} Get;

static void
get_free (Get *get)
{
  g_free (get->id);
  g_clear_error (&get->first);
  g_free (get);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  WeirRecord *record = weir_membrane_get_one_finish (result, &error);
  const WeirMembraneList *next;

  if (record != NULL)
    {
      g_task_return_pointer (task, record, g_object_unref);
      return;
    }
  next = weir_membrane_list_find (get->kind, ++get->nth);
  if (next != NULL && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND))
    {
      get->first = g_steal_pointer (&error);
      weir_membrane_get_one_async (WEIR_PROVIDER (source), next, get->id,
                                   g_task_get_cancellable (task), get_cb, g_object_ref (task));
      return;
    }
  /* Where it is in neither, what the first list said of it is the clearer answer. */
  if (get->first != NULL
      && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND))
    g_task_return_error (task, g_steal_pointer (&get->first));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * weir_membrane_get:
 * @task: (transfer full): returns a WeirRecord
 *
 * Subscriptions are looked for among the external ones first, then among those of app events.
 */
void
weir_membrane_get (WeirProvider *provider, WeirRecordKind kind, const char *id, GTask *task)
{
  Get *get = g_new0 (Get, 1);

  get->kind = kind;
  get->id = g_strdup (id);
  g_task_set_task_data (task, get, (GDestroyNotify) get_free);
  weir_membrane_get_one_async (provider, weir_membrane_list_find (kind, 0), id,
                               g_task_get_cancellable (task), get_cb, task);
}

/* weir-hub-membrane-logs.c: what happened: pulls, events, webhooks, app events, runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

/* A log: a list, and each of its records. */
typedef struct
{
  const char *path;
  const char *type;
  WeirHubFilter filters[8];
} Log;

static const Log logs[] = {
  { "/external-event-pulls",
    WEIR_HUB_EVENT_PULL,
    { { "externalEventSubscriptionId", "externalEventSubscriptionId" },
      { "connectionId", "connectionId" },
      { "integrationId", "integrationId" },
      { "externalAppId", "externalAppId" },
      { "status", "status" } } },
  { "/external-event-log-records",
    WEIR_HUB_EVENT_LOG,
    { { "externalEventSubscriptionId", "externalEventSubscriptionId" },
      { "connectionId", "connectionId" },
      { "integrationId", "integrationId" },
      { "externalAppId", "externalAppId" },
      { "status", "status" } } },
  { "/incoming-webhooks",
    WEIR_HUB_WEBHOOK,
    { { "connectionId", "connectionId" },
      { "integrationId", "integrationId" },
      { "externalAppId", "externalAppId" },
      { "status", "status" } } },
  { "/app-events",
    WEIR_HUB_APP_EVENT,
    { { "appEventTypeId", "appEventTypeId" },
      { "appEventSubscriptionId", "appEventSubscriptionId" },
      { "id", "id" } } },
  { "/flow-runs",
    WEIR_HUB_FLOW_RUN,
    { { "flowId", "connectionFlowId" },
      { "connectionFlowId", "connectionFlowId" },
      { "connectionId", "connectionId" },
      { "integrationId", "integrationId" },
      { "state", "state" } } },
  /* The hub runs no actions and calls no external interface for them: these are empty. */
  { "/action-run-logs", "action-run-log-record", { { NULL, NULL } } },
  { "/external-api-logs", "external-api-log-record", { { NULL, NULL } } },
};

static const Log *
find_log (WeirHubContext *context)
{
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    if (g_str_has_prefix (context->path, logs[i].path))
      return &logs[i];
  return NULL;
}

static void
list_cb (WeirHubContext *context, gpointer user_data)
{
  const Log *log = find_log (context);

  weir_hub_membrane_list (user_data, context, log->type, log->filters);
}

static void
get_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_reply_one (user_data, context, find_log (context)->type);
}

static void
pull_logs_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) pull =
      weir_hub_membrane_get (user_data, context, WEIR_HUB_EVENT_PULL, context->ids[0]);
  WeirJsonWriter *writer;
  WeirJson lines;

  if (pull == NULL)
    return;
  lines = weir_json_get (pull->json, "_logs");
  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  if (weir_json_is_set (lines))
    weir_json_writer_add_raw (writer, "logs", lines);
  else
    {
      weir_json_writer_begin_array (writer, "logs");
      weir_json_writer_end_array (writer);
    }
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (context, SOUP_STATUS_OK, weir_json_writer_end (writer));
}

static void
flow_output_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) run =
      weir_hub_membrane_get (user_data, context, WEIR_HUB_FLOW_RUN, context->ids[0]);

  if (run != NULL)
    weir_hub_context_reply_json (context, SOUP_STATUS_OK, g_strdup ("{}"));
}

/* A run is over as soon as it starts here: there is never one to stop. */
static void
flow_stop_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_reply_one (user_data, context, WEIR_HUB_FLOW_RUN);
}

/**
 * weir_hub_membrane_add_logs:
 * @self: the face
 *
 * Adds the routes of api/membrane.md §2.2, §2.3, §2.4, §2.10 and the list of §2.5.
 */
void
weir_hub_membrane_add_logs (WeirHubMembrane *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *pattern = g_strconcat (logs[i].path, "/{id}", NULL);

      weir_hub_membrane_route (self, "GET", logs[i].path, list_cb);
      weir_hub_membrane_route (self, "GET", pattern, get_cb);
    }
  weir_hub_membrane_route (self, "GET", "/external-event-pulls/{id}/logs", pull_logs_cb);
  weir_hub_membrane_route (self, "GET", "/flow-runs/{id}/output", flow_output_cb);
  weir_hub_membrane_route (self, "POST", "/flow-runs/{id}/stop", flow_stop_cb);
}

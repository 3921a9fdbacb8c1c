/* weir-hub-membrane-subscriptions.c: external event subscriptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"

#define REFRESH_INTERVAL (24 * 3600) /* s */

static const WeirHubFilter filters[] = {
  { "connectionId", "connectionId" },
  { "integrationId", "integrationId" },
  { "externalAppId", "externalAppId" },
  { "status", "status" },
  { NULL, NULL },
};

/* The subscription that is asked for, if anything can be done with it. */
static WeirHubDocument *
get_live (WeirHubMembrane *self, WeirHubContext *context)
{
  g_autoptr (WeirHubDocument) subscription =
      weir_hub_membrane_get (self, context, WEIR_HUB_EVENT_SUBSCRIPTION, context->ids[0]);

  if (subscription == NULL)
    return NULL;
  if (weir_hub_document_has (subscription, "archivedAt")
      || weir_hub_document_get_boolean (subscription, "isDeactivated"))
    {
      weir_hub_membrane_refuse_request (context, "The subscription is archived or deactivated");
      return NULL;
    }
  return g_steal_pointer (&subscription);
}

static void
list_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_list (user_data, context, WEIR_HUB_EVENT_SUBSCRIPTION, filters);
}

static void
get_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_reply_one (user_data, context, WEIR_HUB_EVENT_SUBSCRIPTION);
}

static void
add_subscribed (WeirJsonWriter *writer, WeirHubDocument *subscription)
{
  weir_json_writer_add_string (writer, "status", "subscribed");
  weir_json_writer_add_null (writer, "error");
  if (weir_hub_document_has (subscription, "_source"))
    {
      gint64 interval = weir_hub_document_get_int (subscription, "pullUpdatesIntervalSeconds")
                        + weir_hub_document_get_int (subscription, "fullSyncIntervalSeconds");

      weir_json_writer_add_int (writer, "nextPullEventsTimestamp",
                                weir_clock_now () / 1000 + interval * 1000);
    }
}

/* What changed while nobody was subscribed is not collected later. */
static void
add_position (WeirHubMembrane *self, WeirJsonWriter *writer, WeirHubDocument *subscription)
{
  g_autofree char *source = weir_hub_document_dup_string (subscription, "_source");

  if (source == NULL)
    return;
  weir_json_writer_begin_object (writer, "stateData");
  weir_json_writer_add_int (writer, "position",
                            weir_hub_store_get_last_change (self->store, source));
  weir_json_writer_add_time (writer, "pulledUntil", weir_clock_now ());
  weir_json_writer_end_object (writer);
}

/* Subscribing again what is subscribed changes nothing unless it is asked to begin anew. */
static void
subscribe (WeirHubMembrane *self, WeirHubContext *context, gboolean anew)
{
  g_autoptr (WeirHubDocument) subscription = get_live (self, context);
  g_autofree char *status = NULL;
  WeirJsonWriter *writer;

  if (subscription == NULL)
    return;
  status = weir_hub_document_dup_string (subscription, "status");
  writer = weir_hub_json_begin ();
  if (anew || g_strcmp0 (status, "subscribed") != 0)
    add_subscribed (writer, subscription);
  if (g_strcmp0 (status, "unsubscribed") == 0)
    add_position (self, writer, subscription);
  weir_hub_membrane_merge_and_reply (self, context, WEIR_HUB_EVENT_SUBSCRIPTION, subscription->id,
                                     writer);
}

static void
subscribe_cb (WeirHubContext *context, gpointer user_data)
{
  subscribe (user_data, context, FALSE);
}

static void
resubscribe_cb (WeirHubContext *context, gpointer user_data)
{
  subscribe (user_data, context, TRUE);
}

static void
unsubscribe_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) subscription = get_live (user_data, context);
  WeirJsonWriter *writer;

  if (subscription == NULL)
    return;
  writer = weir_hub_json_begin ();
  weir_json_writer_add_string (writer, "status", "unsubscribed");
  weir_json_writer_add_null (writer, "error");
  weir_json_writer_add_null (writer, "nextPullEventsTimestamp");
  weir_hub_membrane_merge_and_reply (user_data, context, WEIR_HUB_EVENT_SUBSCRIPTION,
                                     subscription->id, writer);
}

static void
setup_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) subscription = get_live (user_data, context);

  if (subscription != NULL)
    weir_hub_membrane_reply_element (user_data, context, WEIR_HUB_EVENT_SUBSCRIPTION,
                                     subscription->id);
}

static void
refresh_webhook_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) subscription = get_live (user_data, context);
  WeirJsonWriter *writer;

  if (subscription == NULL)
    return;
  writer = weir_hub_json_begin ();
  weir_json_writer_add_int (writer, "nextRefreshTimestamp",
                            weir_clock_now () / 1000 + REFRESH_INTERVAL * 1000);
  weir_hub_membrane_merge_and_reply (user_data, context, WEIR_HUB_EVENT_SUBSCRIPTION,
                                     subscription->id, writer);
}

static void
pull_events_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) subscription = get_live (self, context);
  g_autofree char *status = NULL;
  g_autofree char *pull = NULL;

  if (subscription == NULL)
    return;
  status = weir_hub_document_dup_string (subscription, "status");
  if (!weir_hub_document_has (subscription, "_source"))
    weir_hub_membrane_refuse_request (
        context, "Events of this subscription come by webhook; there is nothing to pull");
  else if (g_strcmp0 (status, "unsubscribed") == 0)
    weir_hub_membrane_refuse_request (context, "The subscription is not subscribed");
  else
    {
      pull = weir_hub_puller_add (self->puller, subscription);
      weir_hub_membrane_reply_element (self, context, WEIR_HUB_EVENT_PULL, pull);
    }
}

static void
delete_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) subscription =
      weir_hub_membrane_get (self, context, WEIR_HUB_EVENT_SUBSCRIPTION, context->ids[0]);

  if (subscription == NULL)
    return;
  if (!weir_hub_document_has (subscription, "archivedAt"))
    weir_hub_membrane_archive_subscription (self, subscription->id);
  weir_hub_membrane_reply_element (self, context, WEIR_HUB_EVENT_SUBSCRIPTION, subscription->id);
}

/**
 * weir_hub_membrane_add_subscriptions:
 * @self: the face
 *
 * Adds the routes of api/membrane.md §2.1.
 */
void
weir_hub_membrane_add_subscriptions (WeirHubMembrane *self)
{
  static const struct
  {
    const char *verb;
    WeirHubHandler handler;
  } actions[] = {
    { "subscribe", subscribe_cb },
    { "unsubscribe", unsubscribe_cb },
    { "resubscribe", resubscribe_cb },
    { "setup", setup_cb },
    { "refresh-webhook", refresh_webhook_cb },
    { "pull-events", pull_events_cb },
  };

  weir_hub_membrane_route (self, "GET", "/external-event-subscriptions", list_cb);
  weir_hub_membrane_route (self, "GET", "/external-event-subscriptions/{id}", get_cb);
  weir_hub_membrane_route (self, "DELETE", "/external-event-subscriptions/{id}", delete_cb);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *pattern =
          g_strconcat ("/external-event-subscriptions/{id}/", actions[i].verb, NULL);

      weir_hub_membrane_route (self, "POST", pattern, actions[i].handler);
    }
}

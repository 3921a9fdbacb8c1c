/* weir-hub-membrane-make.c: new Membrane elements
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"

static WeirHubDocument *
find_by_member (WeirHubStore *store, const char *type, const char *member, const char *value)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (type);

  weir_hub_query_add_equal (query, member, value);
  weir_hub_query_add_absent (query, "archivedAt");
  return weir_hub_store_find (store, query);
}

static WeirJsonWriter *
begin_element (const char *id, const char *name)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "id", id);
  weir_json_writer_add_string (writer, "name", name);
  return writer;
}

static void
end_element (WeirHubStore *store, WeirJsonWriter *writer, const char *type, const char *id)
{
  g_autofree char *text = NULL;

  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  weir_hub_store_put (store, type, id, text, 0, NULL);
}

static void
add_owner (WeirJsonWriter *writer, const char *customer)
{
  weir_json_writer_add_string (writer, "userId", customer);
  weir_json_writer_add_string (writer, "tenantId", customer);
}

static void
add_raw_member (WeirJsonWriter *writer, const char *name, WeirHubDocument *from)
{
  WeirJson value = weir_json_get (from->json, name);

  if (weir_json_is_set (value))
    weir_json_writer_add_raw (writer, name, value);
}

/**
 * weir_hub_membrane_ensure_customer:
 * @store: the store
 * @key: the tenant's key, as its application knows it
 * @name: (nullable): its name, when it is new
 *
 * A tenant comes into being the first time it is named (api/membrane.md §1).
 *
 * Returns: (transfer full): the customer's id
 */
char *
weir_hub_membrane_ensure_customer (WeirHubStore *store, const char *key, const char *name)
{
  g_autoptr (WeirHubDocument) customer =
      find_by_member (store, WEIR_HUB_CUSTOMER, "internalId", key);
  WeirJsonWriter *writer;
  char *id;

  if (customer != NULL)
    return g_strdup (customer->id);
  id = weir_hub_store_new_id (store, 0);
  writer = begin_element (id, name != NULL ? name : key);
  weir_json_writer_add_string (writer, "internalId", key);
  weir_json_writer_add_time (writer, "createdAt", weir_clock_now ());
  weir_json_writer_add_boolean (writer, "isTest", FALSE);
  weir_json_writer_add_boolean (writer, "isActive", TRUE);
  end_element (store, writer, WEIR_HUB_CUSTOMER, id);
  return id;
}

/**
 * weir_hub_membrane_ensure_integration:
 * @store: the store
 * @key: its key
 * @name: its name, when it is new
 *
 * Returns: (transfer full): the integration's id
 */
char *
weir_hub_membrane_ensure_integration (WeirHubStore *store, const char *key, const char *name)
{
  g_autoptr (WeirHubDocument) integration =
      find_by_member (store, WEIR_HUB_INTEGRATION, "key", key);
  g_autofree char *revision = NULL;
  g_autofree char *uuid = NULL;
  WeirJsonWriter *writer;
  char *id;

  if (integration != NULL)
    return g_strdup (integration->id);
  id = weir_hub_store_new_id (store, 0);
  revision = weir_hub_store_new_uuid (store);
  uuid = weir_hub_store_new_uuid (store);
  writer = begin_element (id, name);
  weir_json_writer_add_string (writer, "key", key);
  weir_json_writer_add_string (writer, "uuid", uuid);
  /* an empty image: the hub has no logo of anybody */
  weir_json_writer_add_string (
      writer, "logoUri",
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/%3E");
  weir_json_writer_add_string (writer, "state", "READY");
  weir_json_writer_add_string (writer, "revision", revision);
  weir_json_writer_add_time (writer, "createdAt", weir_clock_now ());
  weir_json_writer_add_time (writer, "updatedAt", weir_clock_now ());
  weir_json_writer_add_boolean (writer, "isDeactivated", FALSE);
  weir_json_writer_add_string (writer, "authType", "membrane-token");
  end_element (store, writer, WEIR_HUB_INTEGRATION, id);
  return id;
}

/**
 * weir_hub_membrane_make_connection:
 * @store: the store
 * @customer: id of the customer it belongs to
 * @integration: id of its integration
 * @key: (nullable): its key
 * @name: its name
 *
 * Returns: (transfer full): the connection's id
 */
char *
weir_hub_membrane_make_connection (WeirHubStore *store,
                                   const char *customer,
                                   const char *integration,
                                   const char *key,
                                   const char *name)
{
  char *id = weir_hub_store_new_id (store, 0);
  WeirJsonWriter *writer = begin_element (id, name);

  if (key != NULL)
    weir_json_writer_add_string (writer, "key", key);
  add_owner (writer, customer);
  weir_json_writer_add_string (writer, "integrationId", integration);
  weir_json_writer_add_time (writer, "createdAt", weir_clock_now ());
  weir_json_writer_add_time (writer, "updatedAt", weir_clock_now ());
  weir_json_writer_add_boolean (writer, "connected", TRUE);
  weir_json_writer_add_boolean (writer, "disconnected", FALSE);
  weir_json_writer_add_string (writer, "state", "READY");
  weir_json_writer_add_boolean (writer, "isTest", FALSE);
  weir_json_writer_add_boolean (writer, "isDeactivated", FALSE);
  weir_json_writer_add_boolean (writer, "canTest", TRUE);
  weir_json_writer_add_boolean (writer, "canRefreshCredentials", TRUE);
  weir_json_writer_add_int (writer, "retryAttempts", 0);
  end_element (store, writer, WEIR_HUB_CONNECTION, id);
  return id;
}

/**
 * weir_hub_membrane_make_subscription:
 * @store: the store
 * @spec: what it is to be
 *
 * Makes an external event subscription, subscribed. It is first pulled when its interval has
 * passed, or when somebody asks.
 *
 * Returns: (transfer full) (nullable): its id; %NULL if its connection is not there
 */
char *
weir_hub_membrane_make_subscription (WeirHubStore *store, const WeirHubSubscriptionSpec *spec)
{
  g_autoptr (WeirHubDocument) connection =
      weir_hub_store_get (store, WEIR_HUB_CONNECTION, spec->connection);
  g_autofree char *uuid = NULL;
  WeirJsonWriter *writer;
  gint64 now = weir_clock_now ();
  const char *interval = spec->full_scan ? "fullSyncIntervalSeconds" : "pullUpdatesIntervalSeconds";
  char *id;

  if (connection == NULL)
    return NULL;
  id = weir_hub_store_new_id (store, 0);
  uuid = weir_hub_store_new_uuid (store);
  writer = begin_element (id, spec->name);
  add_raw_member (writer, "userId", connection);
  add_raw_member (writer, "tenantId", connection);
  weir_json_writer_add_string (writer, "connectionId", connection->id);
  add_raw_member (writer, "integrationId", connection);
  weir_json_writer_begin_object (writer, "config");
  weir_json_writer_add_string (writer, "type", spec->type);
  if (spec->collection != NULL)
    {
      weir_json_writer_begin_object (writer, "dataSource");
      weir_json_writer_add_string (writer, "collectionKey", spec->collection);
      if (spec->source != NULL)
        weir_json_writer_add_int (writer, interval, spec->interval);
      weir_json_writer_end_object (writer);
    }
  if (spec->event != NULL)
    weir_json_writer_add_string (writer, "eventKey", spec->event);
  weir_json_writer_end_object (writer);
  weir_json_writer_add_string (writer, "status", "subscribed");
  weir_json_writer_add_boolean (writer, "isRealTime", spec->source == NULL);
  weir_json_writer_add_boolean (writer, "requiresPull", spec->source != NULL && !spec->full_scan);
  weir_json_writer_add_boolean (writer, "requiresFullSync",
                                spec->source != NULL && spec->full_scan);
  weir_json_writer_add_boolean (writer, "isDeactivated", FALSE);
  weir_json_writer_add_time (writer, "createdAt", now);
  if (spec->source != NULL)
    {
      weir_json_writer_begin_object (writer, "stateData");
      weir_json_writer_add_int (writer, "position",
                                weir_hub_store_get_last_change (store, spec->source));
      weir_json_writer_end_object (writer);
      weir_json_writer_add_int (writer, interval, spec->interval);
      weir_json_writer_add_int (writer, "nextPullEventsTimestamp",
                                now / 1000 + spec->interval * 1000);
      weir_json_writer_add_string (writer, "_source", spec->source);
    }
  weir_json_writer_add_string (writer, "_webhookKey", uuid);
  if (spec->flow != NULL)
    weir_json_writer_add_string (writer, "_flow", spec->flow);
  end_element (store, writer, WEIR_HUB_EVENT_SUBSCRIPTION, id);
  return id;
}

/* A flow has no steps here: its run starts and is over at once, so that the link leads somewhere. */
static char *
launch_flow (WeirHubStore *store,
             WeirHubDocument *subscription,
             const char *flow,
             const char *event)
{
  gint64 now = weir_clock_now ();
  char *id = weir_hub_store_new_id (store, now);
  WeirJsonWriter *writer = begin_element (id, flow);

  add_raw_member (writer, "userId", subscription);
  add_raw_member (writer, "tenantId", subscription);
  add_raw_member (writer, "integrationId", subscription);
  add_raw_member (writer, "connectionId", subscription);
  weir_json_writer_add_string (writer, "connectionFlowId", subscription->id);
  weir_json_writer_add_string (writer, "startNodeKey", "trigger");
  weir_json_writer_add_string (writer, "state", "completed");
  weir_json_writer_add_time (writer, "startTime", now);
  weir_json_writer_add_time (writer, "endTime", now);
  weir_json_writer_begin_object (writer, "launchedBy");
  weir_json_writer_add_string (writer, "type", "external-event");
  weir_json_writer_begin_array (writer, "ids");
  weir_json_writer_add_string (writer, NULL, event);
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
  end_element (store, writer, WEIR_HUB_FLOW_RUN, id);
  return id;
}

/**
 * weir_hub_membrane_add_event:
 * @store: the store, with a transaction open
 * @subscription: the external event subscription that saw it
 * @pull: (nullable): id of the pull that found it; %NULL if it came by webhook
 * @payload: its JSON
 * @ids: (element-type utf8): the new record's id is added here
 *
 * Logs an external event, and launches the subscription's flow if it has one.
 */
void
weir_hub_membrane_add_event (WeirHubStore *store,
                             WeirHubDocument *subscription,
                             const char *pull,
                             const char *payload,
                             GPtrArray *ids)
{
  g_autofree char *flow = weir_hub_document_dup_string (subscription, "_flow");
  g_autofree char *name = weir_hub_document_dup_string (subscription, "name");
  char *id = weir_hub_store_new_id (store, weir_clock_now ());
  WeirJsonWriter *writer = begin_element (id, name);

  add_raw_member (writer, "userId", subscription);
  add_raw_member (writer, "tenantId", subscription);
  add_raw_member (writer, "integrationId", subscription);
  add_raw_member (writer, "connectionId", subscription);
  weir_json_writer_add_string (writer, "externalEventSubscriptionId", subscription->id);
  if (pull != NULL)
    weir_json_writer_add_string (writer, "_pull", pull);
  weir_json_writer_add_string (writer, "status", "success");
  weir_hub_json_add_text (writer, "payload", payload);
  weir_json_writer_begin_array (writer, "launchedFlowRunIds");
  if (flow != NULL)
    {
      g_autofree char *run = launch_flow (store, subscription, flow, id);

      weir_json_writer_add_string (writer, NULL, run);
    }
  weir_json_writer_end_array (writer);
  end_element (store, writer, WEIR_HUB_EVENT_LOG, id);
  g_ptr_array_add (ids, id);
}

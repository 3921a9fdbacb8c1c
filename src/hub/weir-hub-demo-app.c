/* weir-hub-demo-app.c: the company's own application, whose events the demo's tenants hear
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-demo.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-app-request.h"

#define HOOKS "/app/hooks"
#define PARTNER_HOOKS "/app/partner-hooks"

static const struct
{
  const char *key;
  const char *name;
  const char *description;
  const char *path; /* where a tenant's subscription is asked for */
  const char *example;
} types[] = {
  { "order-placed", "Order Placed", "A customer has placed an order in the portal", HOOKS,
    "{\"order\":\"BW-20417\",\"total\":86.40,\"currency\":\"EUR\"}" },
  { "member-joined", "Member Joined", "Somebody has accepted an invitation to the portal", HOOKS,
    "{\"member\":\"Hana Sato\",\"role\":\"Buyer\"}" },
  { "report-ready", "Report Ready", "A monthly report can be fetched", PARTNER_HOOKS,
    "{\"report\":\"Deliveries\",\"month\":\"2026-10\"}" },
};

static const struct
{
  guint type;
  const char *tenant;
} subscriptions[] = {
  { 0, "brightwater" },
  { 0, "halden" },
  { 1, "orchard-lane" },
  { 2, "brightwater" },
};

static char *
make_request (WeirHubDemo *self, guint type)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();
  g_autofree char *uri = g_strconcat (weir_hub_server_get_uri (self->server), self->face.prefix,
                                      types[type].path, NULL);

  weir_json_writer_add_string (writer, "uri", uri);
  weir_json_writer_add_string (writer, "method", "POST");
  weir_json_writer_begin_object (writer, "body");
  weir_json_writer_add_string (writer, "topic", types[type].key);
  weir_json_writer_begin_object (writer, "callback");
  weir_json_writer_add_string (writer, "$var", "$.webhookUri");
  weir_json_writer_end_object (writer);
  weir_json_writer_end_object (writer);
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

static char *
make_type (WeirHubDemo *self, guint i)
{
  char *id = weir_hub_store_new_id (self->store, 0);
  g_autofree char *uuid = weir_hub_store_new_uuid (self->store);
  g_autofree char *revision = weir_hub_store_new_uuid (self->store);
  g_autofree char *webhook = weir_hub_store_new_uuid (self->store);
  g_autofree char *request = make_request (self, i);
  g_autofree char *text = NULL;
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "id", id);
  weir_json_writer_add_string (writer, "name", types[i].name);
  weir_json_writer_add_string (writer, "key", types[i].key);
  weir_json_writer_add_string (writer, "description", types[i].description);
  weir_json_writer_add_string (writer, "uuid", uuid);
  weir_hub_json_add_text (writer, "subscribeRequest", request);
  weir_hub_json_add_text (writer, "example", types[i].example);
  weir_json_writer_add_string (writer, "webhookKey", webhook);
  weir_json_writer_add_string (writer, "state", "READY");
  weir_json_writer_add_boolean (writer, "isReadOnly", FALSE);
  weir_json_writer_add_boolean (writer, "isDeactivated", FALSE);
  weir_json_writer_add_time (writer, "createdAt", weir_clock_now ());
  weir_json_writer_add_time (writer, "updatedAt", weir_clock_now ());
  weir_json_writer_add_string (writer, "revision", revision);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  weir_hub_store_put (self->store, WEIR_HUB_APP_EVENT_TYPE, id, text, 0, NULL);
  return id;
}

static WeirHubDocument *
find_type (WeirHubDemo *self, const char *key)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_APP_EVENT_TYPE);

  weir_hub_query_add_equal (query, "key", key);
  weir_hub_query_add_absent (query, "archivedAt");
  return weir_hub_store_find (self->store, query);
}

static GPtrArray *
list_subscriptions (WeirHubDemo *self, const char *type)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_APP_EVENT_SUBSCRIPTION);

  weir_hub_query_add_equal (query, "appEventTypeId", type);
  weir_hub_query_add_absent (query, "archivedAt");
  return weir_hub_store_list (self->store, query);
}

/* The application's two ends: one takes a callback, the other takes known partners only. */
static void
hooks_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubDemo *self = user_data;
  g_autofree char *id = weir_hub_store_new_uuid (self->store);

  weir_hub_context_reply_json (
      context, SOUP_STATUS_CREATED,
      g_strdup_printf ("{\"subscription\":\"%s\",\"state\":\"active\"}", id));
}

static void
partner_hooks_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_context_reply_json (
      context, SOUP_STATUS_FORBIDDEN,
      g_strdup ("{\"error\":\"callback_not_allowed\",\"message\":"
                "\"127.0.0.1 is not on the list of callback hosts for report-ready\"}"));
}

/**
 * weir_hub_demo_make_app:
 * @self: the demo, at its first start
 */
void
weir_hub_demo_make_app (WeirHubDemo *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_ptr_array_add (ids, make_type (self, i));
  for (guint i = 0; i < G_N_ELEMENTS (subscriptions); i++)
    {
      g_autoptr (WeirHubDocument) type = weir_hub_store_get (self->store, WEIR_HUB_APP_EVENT_TYPE,
                                                             ids->pdata[subscriptions[i].type]);
      g_autofree char *customer =
          weir_hub_membrane_ensure_customer (self->store, subscriptions[i].tenant, NULL);
      g_autoptr (WeirHubDocument) made = weir_hub_membrane_make_app_subscription (
          self->membrane, type, customer, NULL, (WeirJson){ NULL, 0 });
    }
}

/**
 * weir_hub_demo_start_app:
 * @self: the demo, listening
 *
 * Puts the addresses right, which have another port today, and subscribes who never tried.
 */
void
weir_hub_demo_start_app (WeirHubDemo *self)
{
  weir_hub_server_add (self->server, &self->face, "POST", HOOKS, hooks_cb, self);
  weir_hub_server_add (self->server, &self->face, "POST", PARTNER_HOOKS, partner_hooks_cb, self);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (WeirHubDocument) type = find_type (self, types[i].key);
      g_autoptr (GPtrArray) list = type != NULL ? list_subscriptions (self, type->id) : NULL;
      g_autofree char *request = make_request (self, i);
      g_autofree char *patch = g_strdup_printf ("{\"subscribeRequest\":%s}", request);
      g_autofree char *own_patch = g_strdup_printf ("{\"subscriptionRequest\":%s}", request);

      if (type == NULL)
        continue;
      weir_hub_store_merge (self->store, WEIR_HUB_APP_EVENT_TYPE, type->id, patch, NULL);
      for (guint j = 0; j < list->len; j++)
        {
          WeirHubDocument *subscription = list->pdata[j];
          g_autofree char *path =
              g_strdup_printf ("/membrane/app-event-subscriptions/%s/subscribe", subscription->id);

          weir_hub_store_merge (self->store, WEIR_HUB_APP_EVENT_SUBSCRIPTION, subscription->id,
                                own_patch, NULL);
          if (!weir_hub_document_get_boolean (subscription, "isSubscribed")
              && !weir_hub_document_has (subscription, "errors"))
            weir_hub_demo_post (self, path, self->membrane->token, NULL);
        }
    }
}

/**
 * weir_hub_demo_fire_app_event:
 * @self: the demo
 *
 * Something happens in the application, and it posts it to a subscription's webhook.
 */
void
weir_hub_demo_fire_app_event (WeirHubDemo *self)
{
  static const char *const roles[] = { "Buyer", "Approver", "Viewer" };
  GRand *rand = weir_hub_demo_world_get_rand (self->world);
  guint i = (guint) g_rand_int_range (rand, 0, 2);
  guint number = (guint) g_rand_int_range (rand, 20000, 99999);
  g_autoptr (WeirHubDocument) type = find_type (self, types[i].key);
  g_autoptr (GPtrArray) list = type != NULL ? list_subscriptions (self, type->id) : NULL;
  g_autofree char *key = NULL;
  g_autofree char *path = NULL;
  g_autofree char *json = NULL;
  WeirHubDocument *subscription;

  if (list == NULL || list->len == 0)
    return;
  subscription = list->pdata[number % list->len];
  key = weir_hub_document_dup_string (subscription, "_webhookKey");
  path = g_strconcat ("/membrane/webhooks/", key, NULL);
  if (i == 0)
    json = g_strdup_printf ("{\"type\":\"order-placed\",\"order\":\"BW-%u\",\"total\":%u.%02u,"
                            "\"currency\":\"EUR\",\"items\":%u}",
                            number, number % 400 + 12, number % 100, number % 7 + 1);
  else
    json = g_strdup_printf ("{\"type\":\"member-joined\",\"invitation\":%u,\"role\":\"%s\"}",
                            number, roles[number % G_N_ELEMENTS (roles)]);
  if (weir_hub_document_get_boolean (subscription, "isSubscribed"))
    weir_hub_demo_post (self, path, NULL, json);
}

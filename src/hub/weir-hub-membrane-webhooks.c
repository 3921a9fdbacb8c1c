/* weir-hub-membrane-webhooks.c: what is posted to the hub becomes events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-app-request.h"

static WeirHubDocument *
find_by (WeirHubMembrane *self, const char *type, const char *member, const char *value)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (type);

  weir_hub_query_add_equal (query, member, value);
  weir_hub_query_add_absent (query, "archivedAt");
  return weir_hub_store_find (self->store, query);
}

static void
add_query_member (gpointer key, gpointer value, gpointer writer)
{
  weir_json_writer_add_string (writer, key, value);
}

/* The body if it is JSON; any other text as a string; without a body the query's parameters. */
static char *
dup_posted (WeirHubContext *context)
{
  gsize size;
  const char *data = g_bytes_get_data (context->body, &size);
  g_autofree char *text = NULL;
  WeirJsonWriter *writer;
  WeirJson root;

  if (size == 0)
    {
      writer = weir_hub_json_begin ();
      g_hash_table_foreach (context->query, add_query_member, writer);
      weir_json_writer_end_object (writer);
      return weir_json_writer_end (writer);
    }
  if (weir_json_parse (context->body, &root, NULL))
    return weir_json_dup_raw (root);
  text = g_utf8_make_valid (data, (gssize) size);
  return weir_hub_json_string (text);
}

/* An array is several events. */
static GPtrArray *
split_events (WeirJson posted)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_free);
  WeirJsonIter iter;
  WeirJson value;

  if (weir_json_get_type (posted) != WEIR_JSON_ARRAY)
    {
      g_ptr_array_add (events, weir_json_dup_raw (posted));
      return events;
    }
  weir_json_iter_init (&iter, posted);
  while (weir_json_iter_next (&iter, NULL, &value))
    g_ptr_array_add (events, weir_json_dup_raw (value));
  return events;
}

static void
log_webhook (WeirHubMembrane *self,
             WeirHubDocument *subscription,
             const char *uuid,
             const char *status,
             GPtrArray *ids)
{
  static const char *const same[] = { "name", "userId", "integrationId", "connectionId" };
  gint64 now = weir_clock_now ();
  g_autofree char *id = weir_hub_store_new_id (self->store, now);
  g_autofree char *text = NULL;
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "id", id);
  weir_json_writer_add_string (writer, "workspaceId", self->key);
  weir_json_writer_add_raw (writer, "customerId", weir_json_get (subscription->json, "userId"));
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (weir_hub_document_has (subscription, same[i]))
      weir_json_writer_add_raw (writer, same[i], weir_json_get (subscription->json, same[i]));
  weir_json_writer_add_string (writer, "subscriptionId", subscription->id);
  weir_json_writer_add_string (writer, "uuid", uuid);
  weir_json_writer_add_string (writer, "status", status);
  weir_json_writer_begin_array (writer, "collectedEventIds");
  for (guint i = 0; i < ids->len; i++)
    weir_json_writer_add_string (writer, NULL, ids->pdata[i]);
  weir_json_writer_end_array (writer);
  weir_json_writer_add_time (writer, "createdAt", now);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  weir_hub_store_put (self->store, WEIR_HUB_WEBHOOK, id, text, 0, NULL);
}

static void
reply_received (WeirHubContext *context, GPtrArray *ids)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "status", "success");
  weir_json_writer_begin_array (writer, "eventIds");
  for (guint i = 0; i < ids->len; i++)
    weir_json_writer_add_string (writer, NULL, ids->pdata[i]);
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (context, SOUP_STATUS_OK, weir_json_writer_end (writer));
}

/* Nothing is said to be received before it is on the disk. */
static void
commit_and_reply (WeirHubMembrane *self, WeirHubContext *context, GPtrArray *ids)
{
  g_autoptr (GError) error = NULL;

  if (weir_hub_store_commit (self->store, &error))
    reply_received (context, ids);
  else
    weir_hub_membrane_refuse (context, SOUP_STATUS_INTERNAL_SERVER_ERROR, "internal", NULL,
                              error->message);
}

static void
receive_external (WeirHubMembrane *self, WeirHubContext *context, WeirHubDocument *subscription)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *posted = dup_posted (context);
  g_autofree char *status = weir_hub_document_dup_string (subscription, "status");

  weir_hub_store_begin (self->store);
  if (g_strcmp0 (status, "unsubscribed") != 0)
    {
      g_autoptr (GPtrArray) events = split_events (weir_hub_json_view (posted));

      for (guint i = 0; i < events->len; i++)
        weir_hub_membrane_add_event (self->store, subscription, NULL, events->pdata[i], ids);
      log_webhook (self, subscription, context->ids[0], "success", ids);
    }
  else
    log_webhook (self, subscription, context->ids[0], "error", ids);
  commit_and_reply (self, context, ids);
}

static void
add_app_event (WeirHubMembrane *self,
               WeirHubDocument *subscription,
               const char *event,
               GPtrArray *ids)
{
  gint64 now = weir_clock_now ();
  char *id = weir_hub_store_new_id (self->store, now);
  g_autofree char *text = NULL;
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "id", id);
  weir_json_writer_add_raw (writer, "name", weir_json_get (subscription->json, "name"));
  weir_json_writer_add_raw (writer, "userId", weir_json_get (subscription->json, "userId"));
  weir_json_writer_add_raw (writer, "appEventTypeId",
                            weir_json_get (subscription->json, "appEventTypeId"));
  weir_json_writer_add_string (writer, "appEventSubscriptionId", subscription->id);
  weir_hub_json_add_text (writer, "event", event);
  weir_json_writer_add_time (writer, "datetime", now);
  weir_json_writer_begin_array (writer, "launchedFlowRunIds");
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  weir_hub_store_put (self->store, WEIR_HUB_APP_EVENT, id, text, 0, NULL);
  g_ptr_array_add (ids, id);
}

static void
receive_app (WeirHubMembrane *self, WeirHubContext *context, WeirHubDocument *subscription)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *posted = dup_posted (context);
  g_autoptr (GPtrArray) events = split_events (weir_hub_json_view (posted));

  weir_hub_store_begin (self->store);
  for (guint i = 0; i < events->len; i++)
    add_app_event (self, subscription, events->pdata[i], ids);
  commit_and_reply (self, context, ids);
}

static void
webhook_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) external =
      find_by (self, WEIR_HUB_EVENT_SUBSCRIPTION, "_webhookKey", context->ids[0]);
  g_autoptr (WeirHubDocument) app = NULL;

  if (external != NULL)
    {
      receive_external (self, context, external);
      return;
    }
  app = find_by (self, WEIR_HUB_APP_EVENT_SUBSCRIPTION, "_webhookKey", context->ids[0]);
  if (app != NULL)
    receive_app (self, context, app);
  else
    weir_hub_membrane_refuse_not_found (context, "Webhook");
}

/* Whose event it is: the token's tenant, or what the type's formula finds in the event. With
 * neither it is the hub's own tenant's. */
static char *
find_customer (WeirHubMembrane *self, WeirHubDocument *type, const char *tenant, const char *event)
{
  static const char *const formulas[] = { "tenantIdFormula", "userIdFormula" };

  if (tenant != NULL)
    return g_strdup (tenant);
  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      WeirJson formula = weir_json_get (type->json, formulas[i]);
      g_autofree char *filled = NULL;
      g_autofree char *key = NULL;

      if (!weir_json_is_set (formula))
        continue;
      filled = weir_hub_formula_fill (formula, weir_hub_json_view (event));
      key = weir_json_dup_text (weir_hub_json_view (filled));
      if (key == NULL || *key == '\0' || strcmp (key, "null") == 0)
        return NULL;
      return weir_hub_membrane_ensure_customer (self->store, key, NULL);
    }
  return weir_hub_membrane_ensure_customer (self->store, WEIR_HUB_DEFAULT_TENANT, NULL);
}

static gboolean
add_global_event (WeirHubMembrane *self,
                  WeirHubDocument *type,
                  const char *tenant,
                  const char *event,
                  GPtrArray *ids)
{
  g_autofree char *customer = find_customer (self, type, tenant, event);
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_APP_EVENT_SUBSCRIPTION);
  g_autoptr (GPtrArray) subscriptions = NULL;

  if (customer == NULL)
    return FALSE;
  weir_hub_query_add_equal (query, "appEventTypeId", type->id);
  weir_hub_query_add_equal (query, "userId", customer);
  weir_hub_query_add_absent (query, "archivedAt");
  subscriptions = weir_hub_store_list (self->store, query);
  if (subscriptions->len == 0)
    g_ptr_array_add (subscriptions, weir_hub_membrane_make_app_subscription (
                                        self, type, customer, NULL, (WeirJson){ NULL, 0 }));
  for (guint i = 0; i < subscriptions->len; i++)
    add_app_event (self, subscriptions->pdata[i], event, ids);
  return TRUE;
}

static void
global_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  const char *header = weir_hub_context_get_header (context, "Authorization");
  g_autoptr (WeirHubDocument) type =
      find_by (self, WEIR_HUB_APP_EVENT_TYPE, "webhookKey", context->ids[0]);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *posted = NULL;
  g_autofree char *tenant = NULL;

  if (type == NULL)
    {
      weir_hub_membrane_refuse_not_found (context, "Webhook");
      return;
    }
  if (header != NULL
      && (g_ascii_strncasecmp (header, "Bearer ", 7) != 0
          || !weir_hub_membrane_check_token (self, header + 7, &tenant)))
    {
      weir_hub_membrane_refuse (context, SOUP_STATUS_UNAUTHORIZED, "bad_request",
                                "not_authenticated", "The access token is not valid");
      return;
    }

  posted = dup_posted (context);
  events = split_events (weir_hub_json_view (posted));
  weir_hub_store_begin (self->store);
  for (guint i = 0; i < events->len; i++)
    if (!add_global_event (self, type, tenant, events->pdata[i], ids))
      {
        weir_hub_store_commit (self->store, NULL);
        weir_hub_membrane_refuse_request (context, "No tenant can be found for the event");
        return;
      }
  commit_and_reply (self, context, ids);
}

/**
 * weir_hub_membrane_add_webhooks:
 * @self: the face
 *
 * Adds the addresses that webhookUri and globalWebhookUri name. Whoever knows one may post to it,
 * by any method (api/membrane.md §2.5).
 */
void
weir_hub_membrane_add_webhooks (WeirHubMembrane *self)
{
  weir_hub_server_add_open (self->server, &self->face, NULL, "/webhooks/global/{uuid}", global_cb,
                            self);
  weir_hub_server_add_open (self->server, &self->face, NULL, "/webhooks/{uuid}", webhook_cb, self);
}

/* weir-hub-membrane-webhooks.c: what is posted to the hub becomes events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-app-request.h"

#define MAX_EVENTS 100000 /* in one request */
#define AT_ONCE 100       /* of them */

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

/* The body if it is JSON; any other text, and what is nested too deeply, as a string; without a body the query's parameters. */
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
  if (weir_json_parse (context->body, &root, NULL) && !weir_hub_json_is_deep (root))
    return weir_json_dup_raw (root);
  text = g_utf8_make_valid (data, (gssize) size);
  return weir_hub_json_string (text);
}

/* What was posted, on its way to the log: to a subscription, or to an app event type. */
typedef struct
{
  WeirHubMembrane *membrane;
  WeirHubContext *context;
  WeirHubDocument *external; /* (nullable) */
  WeirHubDocument *app;      /* (nullable) */
  WeirHubDocument *type;     /* (nullable) */
  char *tenant;              /* (nullable) of the sender */
  GPtrArray *events;         /* JSON of each */
  guint checked;             /* that there is a tenant for so many */
  guint next;
  GPtrArray *ids;
} Receiving;

static void
receiving_free (Receiving *self)
{
  weir_hub_context_unref (self->context);
  g_clear_pointer (&self->external, weir_hub_document_unref);
  g_clear_pointer (&self->app, weir_hub_document_unref);
  g_clear_pointer (&self->type, weir_hub_document_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_ptr_array_unref (self->ids);
  g_free (self->tenant);
  g_free (self);
}

static Receiving *
receiving_new (WeirHubMembrane *membrane, WeirHubContext *context)
{
  Receiving *self = g_new0 (Receiving, 1);

  self->membrane = membrane;
  self->context = weir_hub_context_ref (context);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* An array is several events. Returns NULL if they are too many. */
static GPtrArray *
split_events (WeirJson posted)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  WeirJsonIter iter;
  WeirJson value;

  if (weir_json_get_type (posted) != WEIR_JSON_ARRAY)
    {
      g_ptr_array_add (events, weir_json_dup_raw (posted));
      return g_steal_pointer (&events);
    }
  weir_json_iter_init (&iter, posted);
  while (weir_json_iter_next (&iter, NULL, &value))
    {
      if (events->len == MAX_EVENTS)
        return NULL;
      g_ptr_array_add (events, weir_json_dup_raw (value));
    }
  return g_steal_pointer (&events);
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

/* What the type's formula finds in the event; without one it is the hub's own tenant. NULL: it finds nothing. */
static char *
find_tenant (WeirHubDocument *type, const char *event)
{
  static const char *const formulas[] = { "tenantIdFormula", "userIdFormula" };

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
      return g_steal_pointer (&key);
    }
  return g_strdup (WEIR_HUB_DEFAULT_TENANT);
}

/* Whose event it is: the token's tenant's, or that of the one that is found. */
static char *
find_customer (WeirHubMembrane *self, WeirHubDocument *type, const char *tenant, const char *event)
{
  g_autofree char *key = NULL;

  if (tenant != NULL)
    return g_strdup (tenant);
  key = find_tenant (type, event);
  return key != NULL ? weir_hub_membrane_ensure_customer (self->store, key, NULL) : NULL;
}

static void
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
    return;
  weir_hub_query_add_equal (query, "appEventTypeId", type->id);
  weir_hub_query_add_equal (query, "userId", customer);
  weir_hub_query_add_absent (query, "archivedAt");
  subscriptions = weir_hub_store_list (self->store, query);
  if (subscriptions->len == 0)
    {
      WeirHubDocument *made = weir_hub_membrane_make_app_subscription (self, type, customer, NULL,
                                                                       (WeirJson){ NULL, 0 });

      if (made != NULL)
        g_ptr_array_add (subscriptions, made);
    }
  for (guint i = 0; i < subscriptions->len; i++)
    add_app_event (self, subscriptions->pdata[i], event, ids);
}

/* All or nothing is taken: before the first is written there is a tenant for each. */
static gboolean
check_step (Receiving *self, GError **error)
{
  g_autofree char *tenant = find_tenant (self->type, self->events->pdata[self->checked++]);

  if (tenant == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "No tenant can be found for the event");
  return tenant != NULL;
}

/* The next event; with the last one, what is to be said about the request as a whole. */
static gboolean
receive_step (gpointer user_data, GError **error)
{
  Receiving *self = user_data;
  WeirHubMembrane *membrane = self->membrane;

  if (self->external == NULL && self->app == NULL && self->tenant == NULL
      && self->checked < self->events->len)
    return check_step (self, error);
  if (self->next < self->events->len)
    {
      const char *event = self->events->pdata[self->next++];

      if (self->external != NULL)
        weir_hub_membrane_add_event (membrane->store, self->external, NULL, event, self->ids);
      else if (self->app != NULL)
        add_app_event (membrane, self->app, event, self->ids);
      else
        add_global_event (membrane, self->type, self->tenant, event, self->ids);
      return TRUE;
    }
  if (self->external != NULL)
    log_webhook (membrane, self->external, self->context->ids[0], "success", self->ids);
  return FALSE;
}

/* Nothing is said to be received before it is on the disk. */
static void
received_cb (gpointer user_data, const GError *error)
{
  Receiving *self = user_data;

  if (error == NULL)
    reply_received (self->context, self->ids);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    weir_hub_membrane_refuse_request (self->context, error->message);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    weir_hub_membrane_refuse (self->context, SOUP_STATUS_INTERNAL_SERVER_ERROR, "internal", NULL,
                              error->message);
  receiving_free (self);
}

/* A few events are one transaction; many are logged while the hub answers others. */
static void
receive (Receiving *self)
{
  WeirHubStore *store = self->membrane->store;
  g_autofree char *posted = dup_posted (self->context);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failure = NULL;

  self->events = split_events (weir_hub_json_view (posted));
  if (self->events == NULL)
    {
      weir_hub_membrane_refuse (self->context, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "bad_request",
                                NULL, "There are too many events in one request");
      receiving_free (self);
      return;
    }
  if (self->events->len > AT_ONCE)
    {
      weir_hub_store_add_work (store, receive_step, received_cb, self);
      return;
    }
  weir_hub_store_begin (store);
  while (receive_step (self, &error))
    ;
  weir_hub_store_fail (store, error);
  weir_hub_store_commit (store, &failure);
  received_cb (self, failure);
}

/* Who has unsubscribed is told that it was received all the same, as senders try again else. */
static void
receive_unwanted (Receiving *self)
{
  WeirHubStore *store = self->membrane->store;
  g_autoptr (GError) error = NULL;

  weir_hub_store_begin (store);
  log_webhook (self->membrane, self->external, self->context->ids[0], "error", self->ids);
  weir_hub_store_commit (store, &error);
  received_cb (self, error);
}

static void
webhook_cb (WeirHubContext *context, gpointer user_data)
{
  Receiving *receiving = receiving_new (user_data, context);
  g_autofree char *status = NULL;

  receiving->external =
      find_by (user_data, WEIR_HUB_EVENT_SUBSCRIPTION, "_webhookKey", context->ids[0]);
  if (receiving->external != NULL)
    {
      status = weir_hub_document_dup_string (receiving->external, "status");
      if (g_strcmp0 (status, "unsubscribed") != 0)
        receive (receiving);
      else
        receive_unwanted (receiving);
      return;
    }
  receiving->app =
      find_by (user_data, WEIR_HUB_APP_EVENT_SUBSCRIPTION, "_webhookKey", context->ids[0]);
  if (receiving->app != NULL)
    receive (receiving);
  else
    {
      weir_hub_membrane_refuse_not_found (context, "Webhook");
      receiving_free (receiving);
    }
}

static void
global_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  const char *header = weir_hub_context_get_header (context, "Authorization");
  g_autoptr (WeirHubDocument) type =
      find_by (self, WEIR_HUB_APP_EVENT_TYPE, "webhookKey", context->ids[0]);
  g_autofree char *tenant = NULL;
  Receiving *receiving;

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
  receiving = receiving_new (self, context);
  receiving->type = g_steal_pointer (&type);
  receiving->tenant = g_steal_pointer (&tenant);
  receive (receiving);
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

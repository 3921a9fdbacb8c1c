/* weir-hub-demo-systems.c: how the demo's systems answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-demo.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-time.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define SILENCE (30 * G_USEC_PER_SEC) /* longer than the hub waits for an answer */
/* A flapping system is out of order for the last two of every five minutes. */
#define FLAP_PERIOD (5 * MINUTE)
#define FLAP_GOOD (3 * MINUTE)

typedef struct
{
  WeirHubContext *context;
  gint64 until;
} Silent;

static const char html[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>Halden network: sign in</title></head>\n"
    "<body>\n<h1>Sign in to the Halden guest network</h1>\n"
    "<p>Your session has ended. Sign in again to reach kestrel-crm.</p>\n"
    "</body>\n</html>\n";

static char *
dup_reconnected_setting (const WeirHubDemoConnection *connection)
{
  return g_strconcat ("demo-reconnected-", connection->key, NULL);
}

static gboolean
is_out_of_order (WeirHubDemo *self, const WeirHubDemoConnection *connection)
{
  gint64 age = weir_clock_now () - self->born;
  g_autofree char *setting = NULL;
  g_autofree char *reconnected = NULL;

  if (connection->fault == WEIR_HUB_DEMO_WELL || age < -(gint64) connection->fault_age * MINUTE)
    return FALSE;
  if (connection->fault == WEIR_HUB_DEMO_FLAPPING)
    return ((age % FLAP_PERIOD) + FLAP_PERIOD) % FLAP_PERIOD >= FLAP_GOOD;
  if (connection->fault != WEIR_HUB_DEMO_EXPIRED)
    return TRUE;
  setting = dup_reconnected_setting (connection);
  reconnected = weir_hub_store_dup_setting (self->store, setting);
  return reconnected == NULL;
}

static void
refuse (WeirHubDemo *self, const WeirHubDemoConnection *connection, WeirHubDemoAnswer *answer)
{
  g_autofree char *expired = NULL;

  answer->type = "application/json";
  switch (connection->fault)
    {
    case WEIR_HUB_DEMO_EXPIRED:
      expired = weir_time_to_iso (self->born - (gint64) connection->fault_age * MINUTE);
      answer->status = SOUP_STATUS_UNAUTHORIZED;
      answer->reason = "Unauthorized";
      answer->text =
          g_strdup_printf ("{\"error\":\"invalid_token\",\"error_description\":"
                           "\"The access token expired on %s and the refresh token was revoked\"}",
                           expired);
      break;
    case WEIR_HUB_DEMO_SILENT:
      answer->status = SOUP_STATUS_GATEWAY_TIMEOUT;
      answer->reason = "Gateway Timeout";
      answer->text = g_strdup ("{\"error\":\"gateway_timeout\"}");
      answer->silent = TRUE;
      break;
    case WEIR_HUB_DEMO_HTML:
      answer->status = SOUP_STATUS_OK;
      answer->reason = "OK";
      answer->type = "text/html; charset=utf-8";
      answer->text = g_strdup (html);
      break;
    case WEIR_HUB_DEMO_FLAPPING:
    case WEIR_HUB_DEMO_WELL:
    default:
      answer->status = SOUP_STATUS_SERVICE_UNAVAILABLE;
      answer->reason = "Service Unavailable";
      answer->text = g_strdup ("{\"error\":\"replica_unavailable\","
                               "\"message\":\"Depot database is in recovery, try again shortly\"}");
    }
}

static char *
wrap_records (const char *pointer, char *records)
{
  g_autofree char *owned = records;

  if (*pointer == '\0')
    return g_steal_pointer (&owned);
  return g_strdup_printf ("{\"%s\":%s,\"has_more\":false}", pointer + 1, owned);
}

static void
silent_free (Silent *silent)
{
  weir_hub_context_unref (silent->context);
  g_free (silent);
}

static void
collection_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubDemo *self = user_data;
  const WeirHubDemoCollection *collection = weir_hub_demo_find_collection (context->path);
  g_auto (WeirHubDemoAnswer) answer = { 0 };

  if (collection == NULL)
    {
      weir_hub_context_fail (context, SOUP_STATUS_NOT_FOUND, "No such collection");
      return;
    }
  weir_hub_demo_ask (self, collection, &answer);
  if (answer.silent)
    {
      Silent *silent = g_new0 (Silent, 1);

      silent->context = weir_hub_context_ref (context);
      silent->until = weir_clock_now () + SILENCE;
      g_queue_push_tail (&self->silent, silent);
      return;
    }
  if (answer.status == SOUP_STATUS_UNAUTHORIZED)
    weir_hub_context_set_header (context, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
  if (answer.status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    weir_hub_context_set_header (context, "Retry-After", "60");
  weir_hub_context_reply (context, answer.status, answer.type, g_steal_pointer (&answer.text));
}

/* A person has connected it again: its token is good from now on. */
static void
element_cb (WeirHubStore *store, const char *type, const char *id, WeirHubDemo *self)
{
  g_autoptr (WeirHubDocument) document = NULL;
  g_autofree char *key = NULL;

  if (strcmp (type, WEIR_HUB_CONNECTION_REQUEST) == 0)
    {
      g_autoptr (WeirHubDocument) request = weir_hub_store_get (store, type, id);
      g_autofree char *status =
          request != NULL ? weir_hub_document_dup_string (request, "status") : NULL;
      g_autofree char *connection =
          request != NULL ? weir_hub_document_dup_string (request, "resultConnectionId") : NULL;

      if (g_strcmp0 (status, "success") == 0)
        document = weir_hub_store_get (store, WEIR_HUB_CONNECTION, connection);
    }
  if (document == NULL)
    return;
  key = weir_hub_document_dup_string (document, "key");
  for (guint i = 0; i < weir_hub_demo_n_connections; i++)
    if (g_strcmp0 (weir_hub_demo_connections[i].key, key) == 0)
      {
        g_autofree char *setting = dup_reconnected_setting (&weir_hub_demo_connections[i]);

        weir_hub_store_set_setting (store, setting, "1");
      }
}

/**
 * weir_hub_demo_answer_clear:
 * @self: an answer
 */
void
weir_hub_demo_answer_clear (WeirHubDemoAnswer *self)
{
  g_clear_pointer (&self->text, g_free);
}

/**
 * weir_hub_demo_ask:
 * @self: the demo
 * @collection: one of its collections
 * @answer: (out caller-allocates): what its system says to a GET now
 */
void
weir_hub_demo_ask (WeirHubDemo *self,
                   const WeirHubDemoCollection *collection,
                   WeirHubDemoAnswer *answer)
{
  const WeirHubDemoConnection *connection = &weir_hub_demo_connections[collection->connection];
  gboolean membrane = strcmp (collection->face, "membrane") == 0;

  if (membrane && is_out_of_order (self, connection))
    {
      refuse (self, connection, answer);
      return;
    }
  answer->status = SOUP_STATUS_OK;
  answer->reason = "OK";
  answer->type = "application/json";
  answer->text = wrap_records (membrane ? weir_hub_demo_items[connection->system] : "",
                               weir_hub_demo_world_dup_records (self->world, collection->path));
}

/**
 * weir_hub_demo_add_systems:
 * @self: the demo
 *
 * Adds /demo/{system}/{tenant}/{collection}, open to all: what is there is invented.
 */
void
weir_hub_demo_add_systems (WeirHubDemo *self)
{
  weir_hub_server_add (self->server, &self->face, "GET", "/{system}/{tenant}/{collection}",
                       collection_cb, self);
  self->element_handler = g_signal_connect (self->store, "element", G_CALLBACK (element_cb), self);
}

/**
 * weir_hub_demo_release_silent:
 * @self: the demo
 * @now: µs; G_MAXINT64 to give all up
 *
 * Answers those who have waited so long that they no longer listen.
 */
void
weir_hub_demo_release_silent (WeirHubDemo *self, gint64 now)
{
  Silent *silent;

  while ((silent = g_queue_peek_head (&self->silent)) != NULL && silent->until <= now)
    {
      g_queue_pop_head (&self->silent);
      if (now != G_MAXINT64)
        weir_hub_context_reply_json (silent->context, SOUP_STATUS_GATEWAY_TIMEOUT,
                                     g_strdup ("{\"error\":\"gateway_timeout\"}"));
      silent_free (silent);
    }
}

/**
 * weir_hub_demo_draw_webhook:
 * @self: the demo
 * @step: what happened
 * @subscription: (out) (transfer none): who is told
 * @payload: (out) (transfer full): what
 *
 * Returns: whether somebody is told
 */
gboolean
weir_hub_demo_draw_webhook (WeirHubDemo *self,
                            const WeirHubDemoStep *step,
                            const WeirHubDemoSubscription **subscription,
                            char **payload)
{
  GRand *rand = weir_hub_demo_world_get_rand (self->world);

  for (guint i = 0; i < weir_hub_demo_n_subscriptions; i++)
    {
      const WeirHubDemoSubscription *spec = &weir_hub_demo_subscriptions[i];
      WeirJsonWriter *writer;

      if (spec->interval != 0 || step->record == NULL || spec->action != step->action
          || strcmp (spec->path, step->collection) != 0)
        continue;
      if (g_rand_int_range (rand, 0, 3) == 0)
        return FALSE;
      writer = weir_hub_json_begin ();
      weir_json_writer_add_string (writer, "type", spec->event);
      weir_json_writer_add_time (writer, "occurred_at", weir_clock_now ());
      weir_hub_json_add_text (writer, "data", step->record);
      weir_json_writer_end_object (writer);
      *payload = weir_json_writer_end (writer);
      *subscription = spec;
      return TRUE;
    }
  return FALSE;
}

/**
 * weir_hub_demo_find_subscription:
 * @self: the demo
 * @subscription: a row of the table
 *
 * Returns: (transfer full) (nullable): its element, if nobody has archived it
 */
WeirHubDocument *
weir_hub_demo_find_subscription (WeirHubDemo *self, const WeirHubDemoSubscription *subscription)
{
  const WeirHubDemoCollection *collection = weir_hub_demo_find_collection (subscription->path);
  const char *key = weir_hub_demo_connections[collection->connection].key;
  g_autoptr (WeirHubQuery) connections = weir_hub_query_new (WEIR_HUB_CONNECTION);
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_EVENT_SUBSCRIPTION);
  g_autoptr (WeirHubDocument) connection = NULL;

  weir_hub_query_add_equal (connections, "key", key);
  connection = weir_hub_store_find (self->store, connections);
  if (connection == NULL)
    return NULL;
  weir_hub_query_add_equal (query, "connectionId", connection->id);
  weir_hub_query_add_equal (query, "name", subscription->name);
  weir_hub_query_add_absent (query, "archivedAt");
  return weir_hub_store_find (self->store, query);
}

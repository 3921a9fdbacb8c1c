/* weir-hub-demo.c: a small living company
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-demo.h"

#include <math.h>
#include <string.h>

#include "weir-clock.h"

#define BORN_SETTING "demo-born"
#define DEFAULT_RATE 0.6 /* changes a second */
#define TICK_MS 250
#define MAX_STEPS 5000  /* a tick */
#define MAX_WEBHOOKS 20 /* a tick */
#define APP_EVENT_EVERY (25 * G_USEC_PER_SEC)

static void
demo_free (gpointer data)
{
  WeirHubDemo *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_signal_handler (&self->element_handler, self->store);
  weir_hub_demo_release_silent (self, G_MAXINT64);
  g_clear_pointer (&self->world, weir_hub_demo_world_free);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->server);
  g_clear_object (&self->store);
  g_free (self);
}

static void
fail_cb (WeirHubContext *context, guint status, const char *message, gpointer user_data)
{
  g_autofree char *text = weir_hub_json_string (message);

  weir_hub_context_reply_json (context, status, g_strdup_printf ("{\"error\":%s}", text));
}

static void
posted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHttpResponse) response =
      weir_http_client_send_finish (WEIR_HTTP_CLIENT (object), result, &error);

  if (error != NULL)
    g_debug ("A post of the demo was not taken: %s", error->message);
}

static void
tell (WeirHubDemo *self, const WeirHubDemoStep *step, guint *n_webhooks)
{
  const WeirHubDemoSubscription *spec;
  g_autofree char *payload = NULL;
  g_autofree char *key = NULL;
  g_autofree char *path = NULL;
  g_autoptr (WeirHubDocument) subscription = NULL;

  if (!weir_hub_demo_draw_webhook (self, step, &spec, &payload) || *n_webhooks >= MAX_WEBHOOKS)
    return;
  subscription = weir_hub_demo_find_subscription (self, spec);
  if (subscription == NULL)
    return;
  ++*n_webhooks;
  key = weir_hub_document_dup_string (subscription, "_webhookKey");
  path = g_strconcat ("/membrane/webhooks/", key, NULL);
  weir_hub_demo_post (self, path, NULL, payload);
}

static gboolean
tick_cb (gpointer user_data)
{
  WeirHubDemo *self = user_data;
  gint64 now = weir_clock_now ();
  guint n_webhooks = 0;
  guint n;

  self->debt += self->rate * (double) (now - self->last_tick) / G_USEC_PER_SEC;
  self->debt = CLAMP (self->debt, 0, MAX_STEPS);
  self->last_tick = now;
  n = (guint) self->debt;
  self->debt -= n;
  if (n > 0)
    {
      weir_hub_store_begin (self->store);
      for (guint i = 0; i < n; i++)
        {
          WeirHubDemoStep step;

          weir_hub_demo_world_step (self->world, &step);
          tell (self, &step, &n_webhooks);
        }
      weir_hub_store_commit (self->store, NULL);
    }
  if (self->next_app_event <= now)
    {
      weir_hub_demo_fire_app_event (self);
      self->next_app_event = now + APP_EVENT_EVERY;
    }
  weir_hub_demo_release_silent (self, now);
  return G_SOURCE_CONTINUE;
}

/* The chances of a later start are others: the same ones would make the same ids again. */
static void
open_world (WeirHubDemo *self, const WeirHubOptions *options)
{
  gint64 starts = weir_hub_store_next_number (self->store, "demo-start");
  guint32 seed = options->seeded ? options->seed : g_random_int ();

  self->world = weir_hub_demo_world_new (self->store, seed + (guint32) starts - 1);
}

static void
start_over (WeirHubDemo *self)
{
  g_autofree char *born = NULL;

  self->born = weir_clock_now ();
  born = g_strdup_printf ("%" G_GINT64_FORMAT, self->born);
  weir_hub_store_set_setting (self->store, BORN_SETTING, born);
  weir_hub_demo_live_through_past (self);
  weir_hub_demo_make_clinic (self);
}

static void
go_on (WeirHubDemo *self, const char *born)
{
  self->born = g_ascii_strtoll (born, NULL, 10);
  for (guint i = 0; i < weir_hub_demo_n_collections; i++)
    {
      const WeirHubDemoCollection *collection = &weir_hub_demo_collections[i];

      weir_hub_demo_world_add (self->world, collection->path, collection->kind, collection->size,
                               collection->weight);
    }
  weir_hub_demo_make_sources (self->store, weir_hub_server_get_uri (self->server));
}

/**
 * weir_hub_demo_post:
 * @self: the demo
 * @path: below the hub's address
 * @token: (nullable): a bearer token
 * @json: (nullable): the body
 *
 * Posts to the hub over HTTP, as somebody outside would; nobody waits for the answer.
 */
void
weir_hub_demo_post (WeirHubDemo *self, const char *path, const char *token, const char *json)
{
  g_autofree char *uri = g_strconcat (weir_hub_server_get_uri (self->server), path, NULL);
  WeirHttpRequest *request = weir_http_request_new ("POST", uri);

  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      weir_http_request_add_header (request, "Authorization", value);
    }
  if (json != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));

      weir_http_request_set_json (request, bytes);
    }
  request->once = TRUE;
  weir_http_client_send_async (self->client, request, self->cancellable, posted_cb, NULL);
}

/**
 * weir_hub_demo_add:
 * @self: a hub that listens, and whose sources have not started yet
 *
 * Serves the demo's systems at /demo, lets them change all the time and, at the first start, fills
 * the store with connections, subscriptions and some hours of history.
 */
void
weir_hub_demo_add (WeirHub *self)
{
  const WeirHubOptions *options;
  WeirHubDemo *demo;
  g_autofree char *born = NULL;

  g_return_if_fail (WEIR_IS_HUB (self));

  options = weir_hub_get_options (self);
  demo = g_new0 (WeirHubDemo, 1);
  demo->membrane = g_object_get_data (G_OBJECT (self), "membrane");
  demo->oracle = g_object_get_data (G_OBJECT (self), "oracle");
  demo->store = g_object_ref (weir_hub_get_store (self));
  demo->server = g_object_ref (weir_hub_get_server (self));
  demo->client = weir_http_client_new (NULL);
  demo->cancellable = g_cancellable_new ();
  demo->rate = options->rate > 0 ? options->rate : DEFAULT_RATE;
  demo->face = (WeirHubFace){ "/demo", NULL, fail_cb, demo };
  g_queue_init (&demo->silent);
  g_object_set_data_full (G_OBJECT (self), "demo", demo, demo_free);

  born = weir_hub_store_dup_setting (demo->store, BORN_SETTING);
  weir_hub_store_begin (demo->store);
  open_world (demo, options);
  if (born != NULL)
    go_on (demo, born);
  else
    start_over (demo);
  weir_hub_store_commit (demo->store, NULL);

  weir_hub_server_add_face (demo->server, &demo->face);
  weir_hub_demo_start_app (demo);
  weir_hub_demo_start_clinic (demo);
  weir_hub_demo_add_systems (demo);
  demo->last_tick = weir_clock_now ();
  demo->next_app_event = demo->last_tick + APP_EVENT_EVERY / 5;
  demo->tick_source = g_timeout_add (TICK_MS, tick_cb, demo);
}

/* weir-hub-demo-past.c: the hours before the demo's first start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-demo.h"

#include <math.h>
#include <string.h>

#include "weir-clock.h"
#include "weir-hub-fetch.h"
#include "weir-hub-pull-result.h"
#include "weir-time.h"

/* The past is not invented: the systems changed, and the hub pulled them, with the very code that
 * does it live. Only the clock is turned, and no HTTP lies between. */
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define LENGTH (4 * 60 * MINUTE)
#define STEP (20 * G_USEC_PER_SEC)
/* Pulls are rarer than live, so that a first start takes no second. */
#define PULL_EVERY (15 * MINUTE)
#define OWN_PULL_EVERY (10 * MINUTE)

typedef struct
{
  char *id;
  const WeirHubDemoCollection *collection;
  gint64 due;
} Pulled;

static void
pulled_free (Pulled *pulled)
{
  g_free (pulled->id);
  g_free (pulled);
}

/* A quiet morning, a busy noon: changes a minute, by how much of the past has gone by. */
static double
get_rate (double progress)
{
  return 1.2 + 16.0 * pow (progress, 6);
}

static WeirHttpResponse *
make_response (const WeirHubDemoAnswer *answer)
{
  WeirHttpResponse *response = g_new0 (WeirHttpResponse, 1);

  response->status = answer->status;
  response->reason = g_strdup (answer->reason);
  response->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  soup_message_headers_append (response->headers, "Content-Type", answer->type);
  response->body = g_bytes_new (answer->text, strlen (answer->text));
  return response;
}

static WeirHubFetch *
fetch (WeirHubDemo *self, const WeirHubDemoCollection *collection, gboolean full)
{
  g_autofree char *name = weir_hub_demo_dup_source_name (collection);
  g_autoptr (WeirHubDocument) source = weir_hub_store_get (self->store, WEIR_HUB_SOURCE, name);
  g_auto (WeirHubDemoAnswer) answer = { 0 };
  g_autoptr (WeirHttpResponse) response = NULL;
  g_autoptr (GError) failure = NULL;
  GRand *rand = weir_hub_demo_world_get_rand (self->world);
  gint64 started_at = weir_clock_now ();
  gint64 duration = (gint64) (g_rand_double_range (rand, 0.15, 2.4) * G_USEC_PER_SEC);

  weir_hub_demo_ask (self, collection, &answer);
  if (answer.silent)
    {
      duration = 10 * G_USEC_PER_SEC;
      failure =
          g_error_new_literal (WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TIMEOUT, "No answer within 10 s");
    }
  else
    response = make_response (&answer);
  weir_clock_set_fake (started_at + duration);
  return weir_hub_fetch_new (self->store, source, full, started_at, response, failure);
}

static void
pull (WeirHubDemo *self, Pulled *pulled)
{
  g_autoptr (WeirHubDocument) subscription =
      weir_hub_store_get (self->store, WEIR_HUB_EVENT_SUBSCRIPTION, pulled->id);
  g_autoptr (WeirHubDocument) after = NULL;
  g_autoptr (WeirHubFetch) fetched = NULL;
  GRand *rand = weir_hub_demo_world_get_rand (self->world);
  gint64 now = weir_clock_now ();
  gint64 own;
  WeirHubPull *run = weir_hub_pull_new (self->membrane, subscription);

  weir_hub_pull_begin (self->membrane, run);
  fetched = fetch (self, pulled->collection, run->full);
  weir_hub_pull_end (self->membrane, run, fetched);
  weir_hub_pull_free (run);

  after = weir_hub_store_get (self->store, WEIR_HUB_EVENT_SUBSCRIPTION, pulled->id);
  own = weir_hub_document_get_int (after, "nextPullEventsTimestamp") * 1000;
  pulled->due =
      MAX (own, now + (gint64) (g_rand_double_range (rand, 0.8, 1.2) * (double) PULL_EVERY));
}

static void
change_world (WeirHubDemo *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      WeirHubDemoStep step;
      const WeirHubDemoSubscription *spec;
      g_autofree char *payload = NULL;
      g_autoptr (WeirHubDocument) subscription = NULL;
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

      weir_hub_demo_world_step (self->world, &step);
      if (!weir_hub_demo_draw_webhook (self, &step, &spec, &payload))
        continue;
      subscription = weir_hub_demo_find_subscription (self, spec);
      if (subscription != NULL)
        weir_hub_membrane_add_event (self->store, subscription, NULL, payload, ids);
    }
}

static GPtrArray *
list_pulled (WeirHubDemo *self, gint64 start)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) pulled_free);
  GRand *rand = weir_hub_demo_world_get_rand (self->world);

  for (guint i = 0; i < weir_hub_demo_n_subscriptions; i++)
    {
      const WeirHubDemoSubscription *spec = &weir_hub_demo_subscriptions[i];
      g_autoptr (WeirHubDocument) document = weir_hub_demo_find_subscription (self, spec);
      Pulled *pulled;

      if (spec->interval == 0 || document == NULL)
        continue;
      pulled = g_new0 (Pulled, 1);
      pulled->id = g_strdup (document->id);
      pulled->collection = weir_hub_demo_find_collection (spec->path);
      pulled->due = start + (gint64) (g_rand_double (rand) * (double) PULL_EVERY);
      g_ptr_array_add (list, pulled);
    }
  return list;
}

static void
fetch_all (WeirHubDemo *self, gboolean all_faces)
{
  gint64 now = weir_clock_now ();

  for (guint i = 0; i < weir_hub_demo_n_collections; i++)
    {
      const WeirHubDemoCollection *collection = &weir_hub_demo_collections[i];
      g_autoptr (WeirHubFetch) fetched = NULL;

      if (all_faces || !g_str_equal (collection->face, "membrane"))
        fetched = fetch (self, collection, TRUE);
      weir_clock_set_fake (now);
    }
}

/* Live, everybody is pulled within the first half minute, but not all at once. */
static void
spread_pulls (WeirHubDemo *self, GPtrArray *list)
{
  GRand *rand = weir_hub_demo_world_get_rand (self->world);
  gint64 now = weir_clock_now ();

  for (guint i = 0; i < list->len; i++)
    {
      Pulled *pulled = list->pdata[i];
      g_autoptr (WeirHubDocument) document =
          weir_hub_store_get (self->store, WEIR_HUB_EVENT_SUBSCRIPTION, pulled->id);
      gint64 next = weir_hub_document_get_int (document, "nextPullEventsTimestamp");
      gint64 soon = now / 1000 + g_rand_int_range (rand, 1000, 30000);
      g_autofree char *patch = NULL;

      if (next > now / 1000)
        continue;
      patch = g_strdup_printf ("{\"nextPullEventsTimestamp\":%" G_GINT64_FORMAT "}", soon);
      weir_hub_store_merge (self->store, WEIR_HUB_EVENT_SUBSCRIPTION, pulled->id, patch, NULL);
    }
}

/* And no connection's next try is over already. */
static void
renew_retries (WeirHubDemo *self)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_CONNECTION);
  g_autoptr (GPtrArray) list = NULL;
  gint64 now = weir_clock_now ();
  g_autofree char *soon = weir_time_to_iso (now + MINUTE / 2);
  g_autofree char *patch = g_strdup_printf ("{\"nextRetryTimestamp\":\"%s\"}", soon);

  weir_hub_query_add_present (query, "nextRetryTimestamp");
  list = weir_hub_store_list (self->store, query);
  for (guint i = 0; i < list->len; i++)
    {
      WeirHubDocument *connection = list->pdata[i];

      if (weir_json_get_time (weir_json_get (connection->json, "nextRetryTimestamp")) < now)
        weir_hub_store_merge (self->store, WEIR_HUB_CONNECTION, connection->id, patch, NULL);
    }
}

/* One that somebody has switched off, and why its row is grey. */
static void
unsubscribe_one (WeirHubDemo *self)
{
  for (guint i = 0; i < weir_hub_demo_n_subscriptions; i++)
    {
      const WeirHubDemoSubscription *spec = &weir_hub_demo_subscriptions[i];
      g_autoptr (WeirHubDocument) document = NULL;

      if (!g_str_equal (spec->name, "Article updated"))
        continue;
      document = weir_hub_demo_find_subscription (self, spec);
      weir_hub_store_merge (self->store, WEIR_HUB_EVENT_SUBSCRIPTION, document->id,
                            "{\"status\":\"unsubscribed\",\"nextPullEventsTimestamp\":null}", NULL);
    }
}

/**
 * weir_hub_demo_live_through_past:
 * @self: the demo, with a world that has no collections yet, and a transaction open
 *
 * Makes everything there is and lets it live from some hours ago until now.
 */
void
weir_hub_demo_live_through_past (WeirHubDemo *self)
{
  GRand *rand = weir_hub_demo_world_get_rand (self->world);
  gint64 start = self->born - LENGTH;
  g_autoptr (GPtrArray) connections = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gint64 own_due = start + OWN_PULL_EVERY;
  double debt = 0;

  weir_clock_set_fake (start);
  for (guint i = 0; i < weir_hub_demo_n_collections; i++)
    {
      const WeirHubDemoCollection *collection = &weir_hub_demo_collections[i];

      weir_hub_demo_world_add (self->world, collection->path, collection->kind, collection->size,
                               collection->weight);
    }
  weir_hub_demo_make_sources (self->store, weir_hub_server_get_uri (self->server));
  connections = weir_hub_demo_make_connections (self->membrane, start, rand);
  fetch_all (self, TRUE);
  weir_hub_demo_make_subscriptions (self->membrane, connections, start, rand);
  list = list_pulled (self, start);

  for (gint64 now = start; now < self->born; now += STEP)
    {
      weir_clock_set_fake (now);
      debt += get_rate ((double) (now - start) / (double) LENGTH) * STEP / (double) MINUTE;
      change_world (self, (guint) debt);
      debt -= floor (debt);
      if (own_due <= now)
        {
          fetch_all (self, FALSE);
          own_due += OWN_PULL_EVERY;
        }
      for (guint i = 0; i < list->len; i++)
        if (((Pulled *) list->pdata[i])->due <= now)
          {
            weir_clock_set_fake (now + (gint64) (g_rand_double (rand) * STEP / 2));
            pull (self, list->pdata[i]);
          }
    }
  weir_clock_set_fake (self->born);
  spread_pulls (self, list);
  renew_retries (self);
  unsubscribe_one (self);
  weir_hub_demo_make_app (self);
  weir_clock_set_fake (0);
}

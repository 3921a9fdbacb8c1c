/* weir-hub-demo-company.c: who and what the demo consists of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-demo-company.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-time.h"

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

static const struct
{
  const char *key;
  const char *name;
} tenants[] = {
  { "brightwater", "Brightwater Coffee Roasters" },
  { "halden", "Halden Cycles" },
  { "orchard-lane", "Orchard Lane Clinics" },
};

static const struct
{
  const char *key;
  const char *name;
} systems[] = {
  { "kestrel-crm", "Kestrel CRM" },
  { "quillbill", "Quillbill" },
  { "answerdesk", "Answerdesk" },
  { "palletside", "Palletside" },
};

const char *const weir_hub_demo_items[] = { "/results", "/data", "/items", "" };

enum
{
  BRIGHTWATER_CRM,
  BRIGHTWATER_BILLING,
  BRIGHTWATER_WAREHOUSE,
  HALDEN_DESK,
  HALDEN_CRM,
  HALDEN_WAREHOUSE,
  ORCHARD_DESK,
  ORCHARD_BILLING,
};

const WeirHubDemoConnection weir_hub_demo_connections[] = {
  { "brightwater-crm", "Brightwater sales", 0, 0, WEIR_HUB_DEMO_WELL, 0 },
  { "brightwater-billing", "Brightwater billing", 0, 1, WEIR_HUB_DEMO_WELL, 0 },
  { "brightwater-warehouse", "Brightwater warehouse", 0, 3, WEIR_HUB_DEMO_WELL, 0 },
  { "halden-desk", "Halden customer service", 1, 2, WEIR_HUB_DEMO_WELL, 0 },
  { "halden-crm", "Halden dealers", 1, 0, WEIR_HUB_DEMO_HTML, 24 },
  { "halden-warehouse", "Halden parts depot", 1, 3, WEIR_HUB_DEMO_FLAPPING, 600 },
  { "orchard-lane-desk", "Orchard Lane front desk", 2, 2, WEIR_HUB_DEMO_SILENT, 13 },
  { "orchard-lane-billing", "Orchard Lane accounts", 2, 1, WEIR_HUB_DEMO_EXPIRED, 38 },
};
const guint weir_hub_demo_n_connections = G_N_ELEMENTS (weir_hub_demo_connections);

#define CRM "/kestrel-crm/"
#define BILLING "/quillbill/"
#define DESK "/answerdesk/"
#define WAREHOUSE "/palletside/"

const WeirHubDemoCollection weir_hub_demo_collections[] = {
  { "membrane", BRIGHTWATER_CRM, CRM "brightwater/contacts", "contact", NULL, 40, 8, 60 },
  { "membrane", BRIGHTWATER_CRM, CRM "brightwater/companies", "company", NULL, 20, 3, 120 },
  { "membrane", BRIGHTWATER_CRM, CRM "brightwater/deals", "deal", NULL, 36, 12, 45 },
  { "membrane", BRIGHTWATER_BILLING, BILLING "brightwater/invoices", "invoice", NULL, 40, 8, 60 },
  { "membrane", BRIGHTWATER_BILLING, BILLING "brightwater/payments", "payment", NULL, 40, 8, 45 },
  { "membrane", BRIGHTWATER_WAREHOUSE, WAREHOUSE "brightwater/stock-levels", "stock-level", NULL,
    24, 14, 30 },
  { "membrane", BRIGHTWATER_WAREHOUSE, WAREHOUSE "brightwater/shipments", "shipment", NULL, 30, 10,
    45 },
  { "membrane", BRIGHTWATER_WAREHOUSE, WAREHOUSE "brightwater/purchase-orders", "purchase-order",
    NULL, 14, 3, 120 },
  { "membrane", HALDEN_DESK, DESK "halden/tickets", "ticket", NULL, 40, 12, 30 },
  { "membrane", HALDEN_DESK, DESK "halden/ratings", "rating", NULL, 20, 3, 90 },
  { "membrane", HALDEN_DESK, DESK "halden/articles", "article", NULL, 10, 2, 120 },
  { "membrane", HALDEN_CRM, CRM "halden/deals", "deal", NULL, 20, 4, 60 },
  { "membrane", HALDEN_CRM, CRM "halden/contacts", "contact", NULL, 24, 3, 90 },
  { "membrane", HALDEN_WAREHOUSE, WAREHOUSE "halden/shipments", "shipment", NULL, 20, 6, 45 },
  { "membrane", HALDEN_WAREHOUSE, WAREHOUSE "halden/stock-levels", "stock-level", NULL, 16, 6, 60 },
  { "membrane", ORCHARD_DESK, DESK "orchard-lane/tickets", "ticket", NULL, 24, 5, 90 },
  { "membrane", ORCHARD_BILLING, BILLING "orchard-lane/invoices", "invoice", NULL, 24, 4, 60 },
  { "membrane", ORCHARD_BILLING, BILLING "orchard-lane/payments", "payment", NULL, 20, 4, 60 },

  { "sequin", 0, "/stripe/brightwater/subscriptions", "subscription",
    "{\"sync\":\"Brightwater on Stripe\",\"provider\":\"stripe\","
    "\"collection\":\"stripe:subscription\"}",
    30, 4, 30 },
  { "sequin", 0, "/stripe/brightwater/stripe-invoices", "invoice",
    "{\"sync\":\"Brightwater on Stripe\",\"provider\":\"stripe\","
    "\"collection\":\"stripe:invoice\"}",
    30, 4, 30 },
  { "sequin", 0, "/salesforce/halden/opportunities", "deal",
    "{\"sync\":\"Halden on Salesforce\",\"provider\":\"salesforce\","
    "\"collection\":\"salesforce:opportunity\"}",
    24, 4, 30 },
  { "sequin", 0, "/salesforce/halden/salesforce-contacts", "contact",
    "{\"sync\":\"Halden on Salesforce\",\"provider\":\"salesforce\","
    "\"collection\":\"salesforce:contact\"}",
    24, 3, 45 },
  { "sequin", 0, "/shopify/brightwater/products", "product",
    "{\"sync\":\"Brightwater shop\",\"provider\":\"shopify\",\"collection\":\"shopify:product\"}",
    20, 5, 45 },
  { "sequin", 0, "/hubspot/orchard-lane/contacts", "contact",
    "{\"sync\":\"Orchard Lane on HubSpot\",\"provider\":\"hubspot\","
    "\"collection\":\"hubspot:contact\"}",
    24, 3, 60 },
  { "sequin", 0, "/github/halden/issues", "issue",
    "{\"sync\":\"Halden web team\",\"provider\":\"github\",\"collection\":\"github:issue\"}", 16, 3,
    60 },

  { "oracle", 0, "/clinic/orchard-lane/patients", "oracle-contact", "{\"class\":\"Contact\"}", 24,
    4, 20 },
  { "oracle", 0, "/clinic/orchard-lane/incidents", "oracle-incident", "{\"class\":\"Incident\"}",
    24, 5, 20 },
  { "oracle", 0, "/clinic/orchard-lane/organizations", "oracle-organization",
    "{\"class\":\"Organization\"}", 12, 2, 30 },
};
const guint weir_hub_demo_n_collections = G_N_ELEMENTS (weir_hub_demo_collections);

#define CREATED WEIR_HUB_DEMO_CREATE
#define UPDATED WEIR_HUB_DEMO_UPDATE
#define DELETED WEIR_HUB_DEMO_DELETE

const WeirHubDemoSubscription weir_hub_demo_subscriptions[] = {
  { CRM "brightwater/contacts", "Contact created", CREATED, 60, NULL, "Welcome new contacts" },
  { CRM "brightwater/contacts", "Contact updated", UPDATED, 60, NULL, NULL },
  { CRM "brightwater/contacts", "Contact deleted", DELETED, 240, NULL, NULL },
  { CRM "brightwater/companies", "Company created", CREATED, 120, NULL, NULL },
  { CRM "brightwater/companies", "Company updated", UPDATED, 120, NULL, NULL },
  { CRM "brightwater/deals", "Deal created", CREATED, 45, NULL, "Announce new deals" },
  { CRM "brightwater/deals", "Deal updated", UPDATED, 45, NULL, NULL },
  { CRM "brightwater/deals", "Deal deleted", DELETED, 180, NULL, NULL },
  { CRM "brightwater/deals", "Deal stage changed", UPDATED, 0, "deal-stage-changed",
    "Update the forecast" },
  { BILLING "brightwater/invoices", "Invoice created", CREATED, 60, NULL,
    "Copy invoices to books" },
  { BILLING "brightwater/invoices", "Invoice updated", UPDATED, 60, NULL, NULL },
  { BILLING "brightwater/invoices", "Invoice deleted", DELETED, 300, NULL, NULL },
  { BILLING "brightwater/payments", "Payment created", CREATED, 45, NULL, NULL },
  { BILLING "brightwater/payments", "Payment updated", UPDATED, 60, NULL, NULL },
  { BILLING "brightwater/payments", "Payment received", CREATED, 0, "payment-received", NULL },
  { WAREHOUSE "brightwater/stock-levels", "Stock level updated", UPDATED, 30, NULL,
    "Reorder when low" },
  { WAREHOUSE "brightwater/stock-levels", "Product added", CREATED, 120, NULL, NULL },
  { WAREHOUSE "brightwater/stock-levels", "Product removed", DELETED, 240, NULL, NULL },
  { WAREHOUSE "brightwater/shipments", "Shipment created", CREATED, 45, NULL, NULL },
  { WAREHOUSE "brightwater/shipments", "Shipment updated", UPDATED, 45, NULL, NULL },
  { WAREHOUSE "brightwater/purchase-orders", "Purchase order created", CREATED, 120, NULL, NULL },
  { WAREHOUSE "brightwater/purchase-orders", "Purchase order updated", UPDATED, 120, NULL, NULL },
  { WAREHOUSE "brightwater/shipments", "Parcel scanned", UPDATED, 0, "parcel-scanned",
    "Tell the customer" },
  { DESK "halden/tickets", "Ticket created", CREATED, 30, NULL, "Sort new tickets" },
  { DESK "halden/tickets", "Ticket updated", UPDATED, 30, NULL, NULL },
  { DESK "halden/tickets", "Ticket deleted", DELETED, 180, NULL, NULL },
  { DESK "halden/ratings", "Rating received", CREATED, 90, NULL, NULL },
  { DESK "halden/articles", "Article updated", UPDATED, 120, NULL, NULL },
  { DESK "halden/tickets", "Ticket escalated", UPDATED, 0, "ticket-escalated",
    "Page the workshop" },
  { CRM "halden/deals", "Deal created", CREATED, 60, NULL, NULL },
  { CRM "halden/deals", "Deal updated", UPDATED, 60, NULL, NULL },
  { CRM "halden/contacts", "Contact created", CREATED, 90, NULL, NULL },
  { WAREHOUSE "halden/shipments", "Shipment created", CREATED, 45, NULL, NULL },
  { WAREHOUSE "halden/shipments", "Shipment updated", UPDATED, 45, NULL, NULL },
  { WAREHOUSE "halden/stock-levels", "Stock level updated", UPDATED, 60, NULL, NULL },
  { DESK "orchard-lane/tickets", "Ticket created", CREATED, 90, NULL, NULL },
  { DESK "orchard-lane/tickets", "Ticket updated", UPDATED, 90, NULL, NULL },
  { BILLING "orchard-lane/invoices", "Invoice created", CREATED, 60, NULL, NULL },
  { BILLING "orchard-lane/invoices", "Invoice updated", UPDATED, 60, NULL, NULL },
  { BILLING "orchard-lane/payments", "Payment created", CREATED, 60, NULL, NULL },
};
const guint weir_hub_demo_n_subscriptions = G_N_ELEMENTS (weir_hub_demo_subscriptions);

/* A day of the past, so many days ago. */
static gint64
draw_day (gint64 now, GRand *rand, double least, double most)
{
  return now - (gint64) (g_rand_double_range (rand, least, most) * (double) DAY);
}

static void
merge_text (WeirHubStore *store, const char *type, const char *id, char *patch)
{
  weir_hub_store_merge (store, type, id, patch, NULL);
  g_free (patch);
}

static char *
dup_word (const char *path)
{
  return g_strdup (strrchr (path, '/') + 1);
}

/**
 * weir_hub_demo_dup_source_name:
 * @collection: a collection
 *
 * Returns: (transfer full): the name of its source
 */
char *
weir_hub_demo_dup_source_name (const WeirHubDemoCollection *collection)
{
  g_auto (GStrv) parts = g_strsplit (collection->path + 1, "/", -1);

  return g_strcmp0 (collection->face, "membrane") == 0
             ? g_strdup_printf ("%s-%s", parts[1], parts[2])
             : g_strdup_printf ("%s-%s-%s", parts[0], parts[1], parts[2]);
}

/**
 * weir_hub_demo_find_collection:
 * @path: what follows /demo
 *
 * Returns: (transfer none) (nullable): the collection
 */
const WeirHubDemoCollection *
weir_hub_demo_find_collection (const char *path)
{
  for (guint i = 0; i < weir_hub_demo_n_collections; i++)
    if (strcmp (weir_hub_demo_collections[i].path, path) == 0)
      return &weir_hub_demo_collections[i];
  return NULL;
}

/**
 * weir_hub_demo_make_connections:
 * @membrane: the face
 * @now: µs, the time at which the demo's story begins
 * @rand: random numbers
 *
 * Returns: (transfer full) (element-type utf8): the connections' ids
 */
GPtrArray *
weir_hub_demo_make_connections (WeirHubMembrane *membrane, gint64 now, GRand *rand)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < weir_hub_demo_n_connections; i++)
    {
      const WeirHubDemoConnection *spec = &weir_hub_demo_connections[i];
      g_autofree char *customer = NULL;
      g_autofree char *integration = NULL;

      weir_clock_set_fake (draw_day (now, rand, 90, 200));
      customer = weir_hub_membrane_ensure_customer (membrane->store, tenants[spec->tenant].key,
                                                    tenants[spec->tenant].name);
      integration = weir_hub_membrane_ensure_integration (
          membrane->store, systems[spec->system].key, systems[spec->system].name);
      weir_clock_set_fake (draw_day (now, rand, 60, 90));
      g_ptr_array_add (ids, weir_hub_membrane_make_connection (membrane->store, customer,
                                                               integration, spec->key, spec->name));
    }
  weir_clock_set_fake (now);
  return ids;
}

/**
 * weir_hub_demo_make_sources:
 * @store: the store
 * @hub_uri: where the hub listens this time
 */
void
weir_hub_demo_make_sources (WeirHubStore *store, const char *hub_uri)
{
  for (guint i = 0; i < weir_hub_demo_n_collections; i++)
    {
      const WeirHubDemoCollection *collection = &weir_hub_demo_collections[i];
      const WeirHubDemoConnection *connection = &weir_hub_demo_connections[collection->connection];
      gboolean membrane = strcmp (collection->face, "membrane") == 0;
      g_autofree char *name = weir_hub_demo_dup_source_name (collection);
      g_autofree char *url = g_strconcat (hub_uri, "/demo", collection->path, NULL);
      g_autoptr (WeirHubDocument) old = weir_hub_store_get (store, WEIR_HUB_SOURCE, name);
      WeirHubSourceSpec spec = {
        .name = name,
        .face = collection->face,
        .url = url,
        .items = membrane ? weir_hub_demo_items[connection->system] : "",
        .id = "/id",
        .updated = "/updated_at",
        .tenant = membrane ? tenants[connection->tenant].key : NULL,
        .meta = collection->meta,
        .interval = collection->interval,
      };

      if (old != NULL)
        merge_text (store, WEIR_HUB_SOURCE, name, g_strdup_printf ("{\"url\":\"%s\"}", url));
      else
        weir_hub_source_add (store, &spec, NULL);
    }
}

static char *
make_subscription (WeirHubMembrane *membrane,
                   const WeirHubDemoSubscription *subscription,
                   GPtrArray *connections)
{
  static const char *const types[] = { "data-record-created", "data-record-updated",
                                       "data-record-deleted" };
  const WeirHubDemoCollection *collection = weir_hub_demo_find_collection (subscription->path);
  g_autofree char *word = dup_word (subscription->path);
  g_autofree char *source = weir_hub_demo_dup_source_name (collection);
  gboolean real_time = subscription->interval == 0;
  WeirHubSubscriptionSpec spec = {
    .connection = connections->pdata[collection->connection],
    .name = subscription->name,
    .type = real_time ? "connector-event" : types[subscription->action],
    .collection = real_time ? NULL : word,
    .event = subscription->event,
    .source = real_time ? NULL : source,
    .flow = subscription->flow,
    .interval = subscription->interval,
    .full_scan = subscription->action == WEIR_HUB_DEMO_DELETE,
  };

  return weir_hub_membrane_make_subscription (membrane->store, &spec);
}

/**
 * weir_hub_demo_make_subscriptions:
 * @membrane: the face
 * @connections: (element-type utf8): ids of the connections
 * @now: µs, the time at which the demo's story begins
 * @rand: random numbers
 */
void
weir_hub_demo_make_subscriptions (WeirHubMembrane *membrane,
                                  GPtrArray *connections,
                                  gint64 now,
                                  GRand *rand)
{
  g_autofree char *until = weir_time_to_iso (now);

  for (guint i = 0; i < weir_hub_demo_n_subscriptions; i++)
    {
      const WeirHubDemoSubscription *subscription = &weir_hub_demo_subscriptions[i];
      g_autofree char *id = NULL;
      g_autofree char *state = NULL;
      g_autoptr (WeirHubDocument) made = NULL;

      weir_clock_set_fake (draw_day (now, rand, 5, 60));
      id = make_subscription (membrane, subscription, connections);
      if (subscription->interval == 0)
        continue;
      /* what was pulled before the story begins is not told */
      made = weir_hub_store_get (membrane->store, WEIR_HUB_EVENT_SUBSCRIPTION, id);
      state = g_strdup_printf ("{\"pulledUntil\":\"%s\"}", until);
      {
        g_autofree char *whole = weir_hub_json_merge (weir_json_get (made->json, "stateData"),
                                                      weir_hub_json_view (state));

        merge_text (membrane->store, WEIR_HUB_EVENT_SUBSCRIPTION, id,
                    g_strdup_printf ("{\"stateData\":%s}", whole));
      }
    }
  weir_clock_set_fake (now);
}

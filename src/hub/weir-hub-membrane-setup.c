/* weir-hub-membrane-setup.c: what a source brings into being on the Membrane face
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

static const struct
{
  const char *type;
  const char *word; /* for a person */
  gboolean full_scan;
} kinds[] = {
  { "data-record-created", "created", FALSE },
  { "data-record-updated", "updated", FALSE },
  { "data-record-deleted", "deleted", TRUE },
};

/* "Sales CRM" → "sales-crm" */
static char *
make_key (const char *name)
{
  GString *key = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (key, g_ascii_tolower (*c));
      else if (key->len > 0 && key->str[key->len - 1] != '-')
        g_string_append_c (key, '-');
    }
  while (key->len > 0 && key->str[key->len - 1] == '-')
    g_string_truncate (key, key->len - 1);
  if (key->len == 0)
    g_string_append (key, "source");
  return g_string_free (key, FALSE);
}

/* A name out of the source's "meta", or the source's own. */
static char *
dup_meta (WeirHubDocument *source, const char *member)
{
  char *value = weir_json_dup_string (weir_json_get (weir_json_get (source->json, "meta"), member));

  return value != NULL ? value : g_strdup (source->id);
}

static GPtrArray *
list_subscriptions (WeirHubMembrane *self, const char *source)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_EVENT_SUBSCRIPTION);

  if (source != NULL)
    weir_hub_query_add_equal (query, "_source", source);
  else
    weir_hub_query_add_present (query, "_source");
  weir_hub_query_add_absent (query, "archivedAt");
  return weir_hub_store_list (self->store, query);
}

/* Sources whose meta names the same connection share it. */
static char *
ensure_connection (WeirHubMembrane *self, WeirHubDocument *source)
{
  g_autofree char *tenant = weir_hub_document_dup_string (source, "tenant");
  g_autofree char *integration_name = dup_meta (source, "integration");
  g_autofree char *integration_key = make_key (integration_name);
  g_autofree char *name = dup_meta (source, "connection");
  g_autofree char *key = make_key (name);
  g_autofree char *customer = NULL;
  g_autofree char *integration = NULL;
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_CONNECTION);
  g_autoptr (WeirHubDocument) connection = NULL;

  customer = weir_hub_membrane_ensure_customer (
      self->store, tenant != NULL ? tenant : WEIR_HUB_DEFAULT_TENANT, NULL);
  integration =
      weir_hub_membrane_ensure_integration (self->store, integration_key, integration_name);
  weir_hub_query_add_equal (query, "key", key);
  weir_hub_query_add_equal (query, "userId", customer);
  weir_hub_query_add_equal (query, "integrationId", integration);
  weir_hub_query_add_absent (query, "archivedAt");
  connection = weir_hub_store_find (self->store, query);
  if (connection != NULL)
    return g_strdup (connection->id);
  return weir_hub_membrane_make_connection (self->store, customer, integration, key, name);
}

static void
added_cb (WeirHubSources *sources, WeirHubDocument *source, WeirHubMembrane *self)
{
  g_autoptr (GPtrArray) present = NULL;
  g_autofree char *face = weir_hub_document_dup_string (source, "face");
  g_autofree char *connection = NULL;
  g_autofree char *collection = NULL;
  g_autofree char *flow = NULL;

  if (g_strcmp0 (face, "membrane") != 0)
    return;
  present = list_subscriptions (self, source->id);
  if (present->len > 0)
    return;

  weir_hub_store_begin (self->store);
  connection = ensure_connection (self, source);
  collection = dup_meta (source, "collection");
  flow = weir_json_dup_string (weir_json_get (weir_json_get (source->json, "meta"), "flow"));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %s", collection, kinds[i].word);
      WeirHubSubscriptionSpec spec = {
        .connection = connection,
        .name = name,
        .type = kinds[i].type,
        .collection = collection,
        .source = source->id,
        .flow = flow,
        .interval = weir_hub_document_get_int (source, "interval"),
        .full_scan = kinds[i].full_scan,
      };
      g_autofree char *id = weir_hub_membrane_make_subscription (self->store, &spec);
    }
  weir_hub_store_commit (self->store, NULL);
}

static void
archive_subscription (WeirHubMembrane *self, WeirHubDocument *subscription)
{
  g_autofree char *connection = weir_hub_document_dup_string (subscription, "connectionId");
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_EVENT_SUBSCRIPTION);
  g_autoptr (WeirHubDocument) other = NULL;

  weir_hub_membrane_archive_subscription (self, subscription->id);
  weir_hub_query_add_equal (query, "connectionId", connection);
  weir_hub_query_add_absent (query, "archivedAt");
  other = weir_hub_store_find (self->store, query);
  if (other == NULL)
    weir_hub_membrane_archive_connection (self, connection);
}

static void
removed_cb (WeirHubSources *sources, const char *name, WeirHubMembrane *self)
{
  g_autoptr (GPtrArray) subscriptions = list_subscriptions (self, name);

  weir_hub_store_begin (self->store);
  for (guint i = 0; i < subscriptions->len; i++)
    archive_subscription (self, subscriptions->pdata[i]);
  weir_hub_store_commit (self->store, NULL);
}

/**
 * weir_hub_membrane_setup_start:
 * @self: the face
 *
 * From now on each Membrane source has an integration, a connection and three subscriptions
 * (created, updated and, by full scans, deleted); they are archived when it is removed, also if
 * that happened while no hub was running.
 */
void
weir_hub_membrane_setup_start (WeirHubMembrane *self)
{
  g_autoptr (GPtrArray) subscriptions = list_subscriptions (self, NULL);

  weir_hub_store_begin (self->store);
  for (guint i = 0; i < subscriptions->len; i++)
    {
      WeirHubDocument *subscription = subscriptions->pdata[i];
      g_autofree char *name = weir_hub_document_dup_string (subscription, "_source");
      g_autoptr (WeirHubDocument) source = weir_hub_store_get (self->store, WEIR_HUB_SOURCE, name);

      if (source == NULL)
        archive_subscription (self, subscription);
    }
  weir_hub_store_commit (self->store, NULL);
  g_signal_connect (self->sources, "added", G_CALLBACK (added_cb), self);
  g_signal_connect (self->sources, "removed", G_CALLBACK (removed_cb), self);
}

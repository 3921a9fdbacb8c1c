/* weir-hub-membrane-expand.c: a Membrane element as it is sent, with those it refers to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

/* Which elements come along (api/membrane.md §6); one level only, as there. */
static const struct
{
  const char *type;
  const char *member; /* holds the id */
  const char *name;   /* under which it is sent */
  const char *target;
} expansions[] = {
  { WEIR_HUB_EVENT_SUBSCRIPTION, "userId", "user", WEIR_HUB_CUSTOMER },
  { WEIR_HUB_EVENT_SUBSCRIPTION, "connectionId", "connection", WEIR_HUB_CONNECTION },
  { WEIR_HUB_EVENT_SUBSCRIPTION, "integrationId", "integration", WEIR_HUB_INTEGRATION },
  { WEIR_HUB_EVENT_PULL, "userId", "user", WEIR_HUB_CUSTOMER },
  { WEIR_HUB_EVENT_PULL, "externalEventSubscriptionId", "externalEventSubscription",
    WEIR_HUB_EVENT_SUBSCRIPTION },
  { WEIR_HUB_EVENT_PULL, "connectionId", "connection", WEIR_HUB_CONNECTION },
  { WEIR_HUB_EVENT_PULL, "integrationId", "integration", WEIR_HUB_INTEGRATION },
  { WEIR_HUB_EVENT_LOG, "userId", "user", WEIR_HUB_CUSTOMER },
  { WEIR_HUB_EVENT_LOG, "externalEventSubscriptionId", "externalEventSubscription",
    WEIR_HUB_EVENT_SUBSCRIPTION },
  { WEIR_HUB_EVENT_LOG, "connectionId", "connection", WEIR_HUB_CONNECTION },
  { WEIR_HUB_EVENT_LOG, "integrationId", "integration", WEIR_HUB_INTEGRATION },
  { WEIR_HUB_WEBHOOK, "customerId", "customer", WEIR_HUB_CUSTOMER },
  { WEIR_HUB_WEBHOOK, "connectionId", "connection", WEIR_HUB_CONNECTION },
  { WEIR_HUB_WEBHOOK, "subscriptionId", "subscription", WEIR_HUB_EVENT_SUBSCRIPTION },
  { WEIR_HUB_APP_EVENT_SUBSCRIPTION, "appEventTypeId", "appEventType", WEIR_HUB_APP_EVENT_TYPE },
  { WEIR_HUB_APP_EVENT_SUBSCRIPTION, "userId", "user", WEIR_HUB_CUSTOMER },
  { WEIR_HUB_APP_EVENT, "appEventTypeId", "appEventType", WEIR_HUB_APP_EVENT_TYPE },
  { WEIR_HUB_APP_EVENT, "appEventSubscriptionId", "appEventSubscription",
    WEIR_HUB_APP_EVENT_SUBSCRIPTION },
  { WEIR_HUB_APP_EVENT, "userId", "user", WEIR_HUB_CUSTOMER },
  { WEIR_HUB_CONNECTION, "userId", "user", WEIR_HUB_CUSTOMER },
  { WEIR_HUB_CONNECTION, "integrationId", "integration", WEIR_HUB_INTEGRATION },
  { WEIR_HUB_FLOW_RUN, "userId", "user", WEIR_HUB_CUSTOMER },
  { WEIR_HUB_FLOW_RUN, "connectionId", "connection", WEIR_HUB_CONNECTION },
  { WEIR_HUB_FLOW_RUN, "integrationId", "integration", WEIR_HUB_INTEGRATION },
};

struct _WeirHubExpander
{
  WeirHubMembrane *membrane;
  GHashTable
      *sent; /* "type id" → WeirHubDocument of what is sent; a page names few elements often */
};

/* Addresses are made when they are sent, since the port may be another one tomorrow. */
static void
write_address (WeirHubMembrane *self,
               WeirJsonWriter *writer,
               const char *name,
               const char *folder,
               const char *key)
{
  g_autofree char *uri = NULL;

  uri = g_strdup_printf ("%s%s/%s/%s", weir_hub_server_get_uri (self->server), self->face.prefix,
                         folder, key);
  weir_json_writer_add_string (writer, name, uri);
}

static void
write_client_action (WeirHubMembrane *self, WeirJsonWriter *writer, WeirJson action)
{
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_writer_begin_object (writer, "clientAction");
  weir_json_iter_init (&iter, action);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);
      g_autofree char *request = weir_json_dup_string (value);

      if (strcmp (name, "_request") == 0)
        write_address (self, writer, "uiUrl", "connect", request);
      else
        weir_json_writer_add_raw (writer, name, value);
    }
  weir_json_writer_end_object (writer);
}

static void
write_members (WeirHubMembrane *self, WeirJsonWriter *writer, const char *type, WeirJson element)
{
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_iter_init (&iter, element);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);

      if (strcmp (name, "clientAction") == 0)
        write_client_action (self, writer, value);
      else if (name[0] != '_')
        {
          weir_json_writer_add_raw (writer, name, value);
          if (strcmp (name, "webhookKey") == 0)
            {
              g_autofree char *uuid = weir_json_dup_string (value);

              write_address (self, writer, "globalWebhookUri", "webhooks/global", uuid);
            }
        }
      else if (strcmp (name, "_webhookKey") == 0)
        {
          g_autofree char *uuid = weir_json_dup_string (value);

          write_address (self, writer, "webhookUri", "webhooks", uuid);
        }
    }
}

static WeirHubDocument *
look_up (WeirHubExpander *self, const char *type, const char *id)
{
  g_autofree char *name = g_strconcat (type, " ", id, NULL);
  WeirHubDocument *sent = g_hash_table_lookup (self->sent, name);
  g_autoptr (WeirHubDocument) document = NULL;

  if (sent != NULL)
    return sent;
  document = weir_hub_store_get (self->membrane->store, type, id);
  if (document == NULL)
    return NULL;
  sent =
      weir_hub_document_new (0, id, weir_hub_membrane_dup_public (self->membrane, type, document));
  g_hash_table_insert (self->sent, g_steal_pointer (&name), sent);
  return sent;
}

/**
 * weir_hub_expander_new:
 * @membrane: the face
 *
 * Returns: (transfer full): writes the elements of one answer
 */
WeirHubExpander *
weir_hub_expander_new (WeirHubMembrane *membrane)
{
  WeirHubExpander *self = g_new0 (WeirHubExpander, 1);

  self->membrane = membrane;
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) weir_hub_document_unref);
  return self;
}

/**
 * weir_hub_expander_free:
 * @self: (transfer full): an expander
 */
void
weir_hub_expander_free (WeirHubExpander *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->sent);
  g_free (self);
}

/**
 * weir_hub_expander_write:
 * @self: an expander
 * @writer: in an array or at the root
 * @type: type of the element
 * @document: the element
 *
 * Writes the element and, within it, those it refers to.
 */
void
weir_hub_expander_write (WeirHubExpander *self,
                         WeirJsonWriter *writer,
                         const char *type,
                         WeirHubDocument *document)
{
  weir_json_writer_begin_object (writer, NULL);
  write_members (self->membrane, writer, type, document->json);
  for (guint i = 0; i < G_N_ELEMENTS (expansions); i++)
    {
      g_autofree char *id = NULL;
      WeirHubDocument *target;

      if (strcmp (expansions[i].type, type) != 0)
        continue;
      id = weir_hub_document_dup_string (document, expansions[i].member);
      target = id != NULL ? look_up (self, expansions[i].target, id) : NULL;
      if (target != NULL)
        weir_json_writer_add_raw (writer, expansions[i].name, target->json);
    }
  weir_json_writer_end_object (writer);
}

/**
 * weir_hub_membrane_dup_public:
 * @self: the face
 * @type: type of the element
 * @document: the element
 *
 * Returns: (transfer full): its JSON as it is sent, without those it refers to
 */
char *
weir_hub_membrane_dup_public (WeirHubMembrane *self, const char *type, WeirHubDocument *document)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();

  write_members (self, writer, type, document->json);
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

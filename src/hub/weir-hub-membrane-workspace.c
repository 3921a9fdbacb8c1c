/* weir-hub-membrane-workspace.c: integrations, customers and who one is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"

static const WeirHubFilter no_filters[] = { { NULL, NULL } };

static void
list_integrations_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_list (user_data, context, WEIR_HUB_INTEGRATION, no_filters);
}

static void
get_integration_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_reply_one (user_data, context, WEIR_HUB_INTEGRATION);
}

/* Integrations of the hub are never archived, so there is nothing to bring back. */
static void
restore_integration_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_reply_one (user_data, context, WEIR_HUB_INTEGRATION);
}

static void
list_customers_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_list (user_data, context, WEIR_HUB_CUSTOMER, no_filters);
}

static WeirHubDocument *
get_customer (WeirHubMembrane *self, WeirHubContext *context)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_CUSTOMER);
  g_autoptr (WeirHubDocument) by_key = NULL;

  weir_hub_query_add_equal (query, "internalId", context->ids[0]);
  by_key = weir_hub_store_find (self->store, query);
  return weir_hub_membrane_get (self, context, WEIR_HUB_CUSTOMER,
                                by_key != NULL ? by_key->id : context->ids[0]);
}

static void
get_customer_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) customer = get_customer (user_data, context);

  if (customer != NULL)
    weir_hub_membrane_reply_element (user_data, context, WEIR_HUB_CUSTOMER, customer->id);
}

static gboolean
check_admin (WeirHubContext *context)
{
  if (context->tenant == NULL)
    return TRUE;
  weir_hub_membrane_refuse (context, SOUP_STATUS_FORBIDDEN, "bad_request", "access_denied",
                            "Only an administrator may change customers");
  return FALSE;
}

static void
merge_customer (WeirHubMembrane *self, const char *id, WeirJson body)
{
  static const char *const settable[] = { "name", "fields", "meta" };
  g_autofree char *patch = NULL;
  WeirJsonWriter *writer = weir_hub_json_begin ();

  for (guint i = 0; i < G_N_ELEMENTS (settable); i++)
    {
      WeirJson value = weir_json_get (body, settable[i]);

      if (weir_json_is_set (value))
        weir_json_writer_add_raw (writer, settable[i], value);
    }
  weir_json_writer_end_object (writer);
  patch = weir_json_writer_end (writer);
  weir_hub_store_merge (self->store, WEIR_HUB_CUSTOMER, id, patch, NULL);
}

static void
create_customer_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  WeirJson body;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;

  if (!check_admin (context) || !weir_hub_context_get_json (context, &body)
      || !weir_hub_membrane_check_body (context, body))
    return;
  name = weir_json_dup_string (weir_json_get (body, "name"));
  key = weir_json_dup_string (weir_json_get (body, "internalId"));
  if (name == NULL)
    {
      weir_hub_membrane_refuse_request (context, "name is required");
      return;
    }
  if (key == NULL)
    key = weir_hub_store_new_uuid (self->store);
  id = weir_hub_membrane_ensure_customer (self->store, key, name);
  merge_customer (self, id, body);
  weir_hub_membrane_reply_element (self, context, WEIR_HUB_CUSTOMER, id);
}

static void
update_customer_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) customer = NULL;
  WeirJson body;

  if (!check_admin (context) || !weir_hub_context_get_json (context, &body)
      || !weir_hub_membrane_check_body (context, body))
    return;
  customer = get_customer (self, context);
  if (customer == NULL)
    return;
  merge_customer (self, customer->id, body);
  weir_hub_membrane_reply_element (self, context, WEIR_HUB_CUSTOMER, customer->id);
}

/* The token's tenant; an administrator's token is the hub's own tenant. The hub keeps no
 * credentials, so what PATCH brings is read and let go. */
static void
self_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autofree char *id = g_strdup (context->tenant);
  g_autoptr (WeirHubDocument) customer = NULL;
  g_autofree char *public = NULL;
  g_autofree char *extra = NULL;
  WeirJsonWriter *writer;

  if (id == NULL)
    id = weir_hub_membrane_ensure_customer (self->store, WEIR_HUB_DEFAULT_TENANT, NULL);
  customer = weir_hub_store_get (self->store, WEIR_HUB_CUSTOMER, id);
  if (customer == NULL)
    {
      weir_hub_membrane_reply_element (self, context, WEIR_HUB_CUSTOMER, id);
      return;
    }
  public = weir_hub_membrane_dup_public (self, WEIR_HUB_CUSTOMER, customer);
  writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "workspaceKey", self->key);
  weir_json_writer_end_object (writer);
  extra = weir_json_writer_end (writer);
  weir_hub_context_reply_json (
      context, SOUP_STATUS_OK,
      weir_hub_json_merge (weir_hub_json_view (public), weir_hub_json_view (extra)));
}

/**
 * weir_hub_membrane_add_workspace:
 * @self: the face
 *
 * Adds the routes of api/membrane.md §2.8 and §2.9.
 */
void
weir_hub_membrane_add_workspace (WeirHubMembrane *self)
{
  weir_hub_membrane_route (self, "GET", "/integrations", list_integrations_cb);
  weir_hub_membrane_route (self, "GET", "/integrations/{id}", get_integration_cb);
  weir_hub_membrane_route (self, "POST", "/integrations/{id}/restore", restore_integration_cb);
  weir_hub_membrane_route (self, "GET", "/customers", list_customers_cb);
  weir_hub_membrane_route (self, "POST", "/customers", create_customer_cb);
  weir_hub_membrane_route (self, "GET", "/customers/{id}", get_customer_cb);
  weir_hub_membrane_route (self, "PUT", "/customers/{id}", update_customer_cb);
  weir_hub_membrane_route (self, "PATCH", "/customers/{id}", update_customer_cb);
  weir_hub_membrane_route (self, "GET", "/self", self_cb);
  weir_hub_membrane_route (self, "PATCH", "/self", self_cb);
}

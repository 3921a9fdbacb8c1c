/* weir-hub-oracle-subscriptions.c: making, reading, changing and removing event subscriptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-oracle.h"

#include <string.h>

#include "weir-clock.h"

/* §B1: v1.4 and latest are one; no version means latest. */
static gboolean
check_version (WeirHubContext *context, guint n_own_ids)
{
  const char *version = g_strv_length (context->ids) > n_own_ids ? context->ids[0] : "latest";
  g_autofree char *detail = NULL;

  if (strcmp (version, "v1.4") == 0 || strcmp (version, "latest") == 0)
    return TRUE;
  detail = g_strdup_printf ("There is no version “%s”, only v1.4 and latest", version);
  weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_BAD_VERSION, detail);
  return FALSE;
}

/* What is meant: the method, or what a POST is to be taken for (§B1). */
static const char *
get_method (WeirHubContext *context)
{
  const char *override = weir_hub_context_get_header (context, "X-HTTP-Method-Override");

  if (override == NULL || strcmp (context->method, "POST") != 0)
    return context->method;
  return g_ascii_strcasecmp (override, "PATCH") == 0 ? "PATCH" : "";
}

static void
refuse_method (WeirHubContext *context)
{
  weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_BAD_METHOD, NULL);
}

static void
reply_options (WeirHubContext *context, const char *methods)
{
  weir_hub_context_set_header (context, "Allow", methods);
  weir_hub_context_reply (context, SOUP_STATUS_OK, NULL, NULL);
}

/* FALSE: answered. Clients differ in the Content-Type they send; it is not looked at (§B1). */
static gboolean
get_body (WeirHubContext *context, WeirJson *body)
{
  g_autoptr (GError) error = NULL;

  if (g_bytes_get_size (context->body) == 0)
    {
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_NO_BODY, NULL);
      return FALSE;
    }
  if (weir_json_parse (context->body, body, &error))
    return TRUE;
  weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_BAD_JSON, error->message);
  return FALSE;
}

static gboolean
wants_schema (WeirHubContext *context)
{
  const char *accept = weir_hub_context_get_header (context, "Accept");

  return accept != NULL && strstr (accept, "application/schema+json") != NULL;
}

static void
reply_subscription (WeirHubContext *context,
                    guint status,
                    WeirHubDocument *subscription,
                    const char *const *fields)
{
  WeirJsonWriter *writer = weir_json_writer_new ();

  weir_hub_oracle_write_subscription (context, writer, subscription, fields);
  weir_hub_context_reply_json (context, status, weir_json_writer_end (writer));
}

static void
create (WeirHubOracle *self, WeirHubContext *context)
{
  g_auto (WeirHubOracleError) error = { 0 };
  g_autoptr (WeirHubDocument) made = NULL;
  g_autofree char *id = NULL;
  g_autofree char *location = NULL;
  g_autofree char *rest = NULL;
  WeirJson body;

  if (!get_body (context, &body))
    return;
  id = weir_hub_oracle_make_subscription (self, body, &error);
  if (id == NULL)
    {
      weir_hub_oracle_refuse (context, error.code, error.detail);
      return;
    }
  made = weir_hub_store_get (self->store, WEIR_HUB_ORACLE_SUBSCRIPTION, id);
  rest = g_strconcat ("/v1.4/eventSubscriptions/", id, NULL);
  location = weir_hub_oracle_dup_href (context, rest);
  weir_hub_context_set_header (context, "Location", location);
  reply_subscription (context, SOUP_STATUS_CREATED, made, NULL);
}

static void
collection_cb (WeirHubContext *context, gpointer user_data)
{
  const char *method = get_method (context);

  if (!check_version (context, 0))
    return;
  if (strcmp (method, "GET") == 0 && wants_schema (context))
    weir_hub_oracle_reply_schema (context);
  else if (strcmp (method, "GET") == 0)
    weir_hub_oracle_reply_list (user_data, context);
  else if (strcmp (method, "POST") == 0)
    create (user_data, context);
  else if (strcmp (method, "OPTIONS") == 0)
    reply_options (context, "GET, POST, OPTIONS");
  else
    refuse_method (context);
}

/* NULL: answered, in the reference's words (§B3). */
static WeirHubDocument *
find (WeirHubOracle *self, WeirHubContext *context)
{
  const char *id = context->ids[g_strv_length (context->ids) - 1];
  g_autofree char *canonical = NULL;
  g_autofree char *detail = NULL;
  WeirHubDocument *found = NULL;
  gint64 number;

  if (g_ascii_string_to_signed (id, 10, 1, G_MAXINT64, &number, NULL))
    {
      canonical = g_strdup_printf ("%" G_GINT64_FORMAT, number);
      found = weir_hub_store_get (self->store, WEIR_HUB_ORACLE_SUBSCRIPTION, canonical);
    }
  if (found == NULL)
    {
      detail = g_strdup_printf ("Resource with id %s not found", id);
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_NOT_FOUND, detail);
    }
  return found;
}

static void
get (WeirHubContext *context, WeirHubDocument *subscription)
{
  g_auto (WeirHubOracleError) error = { 0 };
  g_auto (GStrv) fields = weir_hub_oracle_parse_fields (context, TRUE, &error);

  if (error.code != 0)
    weir_hub_oracle_refuse (context, error.code, error.detail);
  else
    reply_subscription (context, SOUP_STATUS_OK, subscription, (const char *const *) fields);
}

static void
patch (WeirHubOracle *self, WeirHubContext *context, WeirHubDocument *subscription)
{
  g_auto (WeirHubOracleError) error = { 0 };
  g_autofree char *checked = NULL;
  g_autofree char *own = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GError) failure = NULL;
  WeirJsonWriter *writer;
  WeirJson body, name;

  if (!get_body (context, &body))
    return;
  checked = weir_hub_oracle_check_body (self, body, subscription, &error);
  if (checked == NULL)
    {
      weir_hub_oracle_refuse (context, error.code, error.detail);
      return;
    }
  name = weir_json_get (weir_hub_json_view (checked), "name");
  writer = weir_hub_json_begin ();
  if (weir_json_is_set (name))
    weir_json_writer_add_raw (writer, "lookupName", name);
  weir_json_writer_add_time (writer, "updatedTime", weir_clock_now () / 1000 * 1000);
  weir_json_writer_end_object (writer);
  own = weir_json_writer_end (writer);
  whole = weir_hub_json_merge (weir_hub_json_view (checked), weir_hub_json_view (own));
  if (weir_hub_store_merge (self->store, WEIR_HUB_ORACLE_SUBSCRIPTION, subscription->id, whole,
                            &failure))
    weir_hub_context_reply (context, SOUP_STATUS_OK, NULL, NULL);
  else
    weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_INTERNAL, failure->message);
}

static void
remove_subscription (WeirHubOracle *self, WeirHubContext *context, WeirHubDocument *subscription)
{
  g_autoptr (GError) error = NULL;

  if (weir_hub_store_remove (self->store, WEIR_HUB_ORACLE_SUBSCRIPTION, subscription->id, &error))
    weir_hub_context_reply (context, SOUP_STATUS_OK, NULL, NULL);
  else
    weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_INTERNAL, error->message);
}

static void
item_cb (WeirHubContext *context, gpointer user_data)
{
  static const char *const known[] = { "GET", "PATCH", "DELETE", NULL };
  const char *method = get_method (context);
  g_autoptr (WeirHubDocument) subscription = NULL;

  if (!check_version (context, 1))
    return;
  if (strcmp (method, "OPTIONS") == 0)
    {
      reply_options (context, "GET, PATCH, DELETE, OPTIONS");
      return;
    }
  if (!g_strv_contains (known, method))
    {
      refuse_method (context);
      return;
    }
  subscription = find (user_data, context);
  if (subscription == NULL)
    return;
  if (strcmp (method, "PATCH") == 0)
    patch (user_data, context, subscription);
  else if (strcmp (method, "DELETE") == 0)
    remove_subscription (user_data, context, subscription);
  else if (wants_schema (context))
    weir_hub_oracle_reply_schema (context);
  else
    get (context, subscription);
}

/**
 * weir_hub_oracle_add_subscriptions:
 * @self: the face
 *
 * Adds the routes of api/sequin-and-oracle.md §B3.
 */
void
weir_hub_oracle_add_subscriptions (WeirHubOracle *self)
{
  weir_hub_oracle_route (self, "/eventSubscriptions", collection_cb);
  weir_hub_oracle_route (self, "/eventSubscriptions/{id}", item_cb);
}

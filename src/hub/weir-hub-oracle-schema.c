/* weir-hub-oracle-schema.c: what an event subscription is, as a JSON schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-oracle.h"

#include <string.h>

#define NAMED_ID(title)                                                                            \
  "{\"title\":\"" title "\",\"type\":\"object\",\"properties\":{"                                  \
  "\"id\":{\"type\":\"integer\",\"minimum\":0},"                                                   \
  "\"lookupName\":{\"type\":\"string\",\"maxLength\":255}}}"
#define TIME "{\"type\":\"string\",\"format\":\"date-time\",\"readOnly\":true}"

/* The reference page's limits. */
static const char schema[] =
    "{\"$schema\":\"http://json-schema.org/draft-04/schema#\","
    "\"title\":\"eventSubscriptions\",\"type\":\"object\",\"properties\":{"
    "\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9223372036854775807,"
    "\"readOnly\":true},"
    "\"lookupName\":{\"type\":\"string\",\"maxLength\":255,\"readOnly\":true},"
    "\"createdTime\":" TIME ","
    "\"updatedTime\":" TIME ","
    "\"class\":{\"type\":\"string\",\"maxLength\":256,"
    "\"pattern\":\"^(Contact|Organization|Incident)$\"},"
    "\"endPoint\":{\"type\":\"string\",\"maxLength\":1333},"
    "\"eventType\":" NAMED_ID (
        "eventType") ","
                     "\"integrationUser\":" NAMED_ID (
                         "integrationUser") ","
                                            "\"name\":{\"type\":\"string\",\"maxLength\":255,\"pattern\":\"^[^ ]*$\"},"
                                            "\"objectShapeXml\":{\"type\":\"string\",\"maxLength\":349525},"
                                            "\"objectVersion\":" NAMED_ID (
                                                "objectVersion") ","
                                                                 "\"status\":" NAMED_ID (
                                                                     "status") "}}";

static void
schema_cb (WeirHubContext *context, gpointer user_data)
{
  if (strcmp (context->method, "GET") == 0)
    weir_hub_oracle_reply_schema (context);
  else
    weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_BAD_METHOD, NULL);
}

static void
catalog_cb (WeirHubContext *context, gpointer user_data)
{
  g_autofree char *href =
      weir_hub_oracle_dup_href (context, "/latest/metadata-catalog/eventSubscriptions");

  if (strcmp (context->method, "GET") == 0)
    weir_hub_context_reply_json (
        context, SOUP_STATUS_OK,
        g_strdup_printf ("{\"items\":[{\"name\":\"eventSubscriptions\",\"links\":[{\"rel\":"
                         "\"canonical\",\"href\":\"%s\"}]}],\"hasMore\":false}",
                         href));
  else
    weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_BAD_METHOD, NULL);
}

/**
 * weir_hub_oracle_reply_schema:
 * @context: a request for the schema
 */
void
weir_hub_oracle_reply_schema (WeirHubContext *context)
{
  weir_hub_context_reply (context, SOUP_STATUS_OK, "application/schema+json", g_strdup (schema));
}

/**
 * weir_hub_oracle_add_schema:
 * @self: the face
 *
 * Adds metadata-catalog, to which "describedby" leads.
 */
void
weir_hub_oracle_add_schema (WeirHubOracle *self)
{
  weir_hub_oracle_route (self, "/metadata-catalog", catalog_cb);
  weir_hub_oracle_route (self, "/metadata-catalog/eventSubscriptions", schema_cb);
}

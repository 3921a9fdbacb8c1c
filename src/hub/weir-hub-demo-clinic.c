/* weir-hub-demo-clinic.c: who is told about the clinic's patients: the demo's Oracle subscriptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-demo.h"

#include <string.h>

#include "weir-clock.h"

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define RECEIVERS "/demo/receivers/"
#define BROKEN "archive"

static const struct
{
  const char *name;
  const char *class;
  guint event; /* type: 1 create, 2 update, 3 delete */
  const char *receiver;
  guint status; /* 1 active, 2 paused, 3 inactive */
  guint version;
  const char *children; /* of the template */
} subscriptions[] = {
  { "NewPatientToPortal", "Contact", 1, "portal", 1, 100300, "Name|Title|Notes" },
  { "PatientChangedToPortal", "Contact", 2, "portal", 1, 100300, "Name|Title|Notes" },
  { "PatientRemovedToArchive", "Contact", 3, BROKEN, 1, 100300, "Name" },
  { "IncidentOpenedToDesk", "Incident", 1, "desk", 1, 100300,
    "ReferenceNumber|Subject|Queue|Severity" },
  { "IncidentChangedToDesk", "Incident", 2, "desk", 1, 100300,
    "ReferenceNumber|StatusWithType|Queue" },
  { "IncidentSurvey", "Incident", 2, "survey", 2, 100300, "ReferenceNumber|Subject" },
  { "OrganizationChangedToBilling", "Organization", 2, "billing", 1, 100300,
    "Name|Industry|NumberOfEmployees|SalesSettings" },
  { "LegacyIncidentExport", "Incident", 1, "export", 3, 100200, "Subject" },
};

static char *
make_shape (const char *class, const char *children)
{
  g_auto (GStrv) names = g_strsplit (children, "|", -1);
  GString *shape = g_string_new (NULL);

  g_string_append_printf (shape,
                          "<n0:TriggeringObject xmlns:n0=\"urn:messages.ws.rightnow.com/v1_4\" "
                          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                          "xsi:type=\"n1:%s\" xmlns:n1=\"urn:objects.ws.rightnow.com/v1_4\">",
                          class);
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (shape, "<n1:%s></n1:%s>", names[i], names[i]);
  g_string_append (shape, "</n0:TriggeringObject>");
  return g_string_free (shape, FALSE);
}

static void
add_id (WeirJsonWriter *writer, const char *name, gint64 id)
{
  weir_json_writer_begin_object (writer, name);
  weir_json_writer_add_int (writer, "id", id);
  weir_json_writer_end_object (writer);
}

static char *
make_body (WeirHubDemo *self, guint i)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();
  g_autofree char *shape = make_shape (subscriptions[i].class, subscriptions[i].children);
  g_autofree char *end_point = g_strconcat (weir_hub_server_get_uri (self->server), RECEIVERS,
                                            subscriptions[i].receiver, NULL);

  weir_json_writer_add_string (writer, "class", subscriptions[i].class);
  weir_json_writer_add_string (writer, "endPoint", end_point);
  add_id (writer, "eventType", subscriptions[i].event);
  add_id (writer, "integrationUser", 1);
  weir_json_writer_add_string (writer, "name", subscriptions[i].name);
  weir_json_writer_add_string (writer, "objectShapeXml", shape);
  add_id (writer, "objectVersion", subscriptions[i].version);
  add_id (writer, "status", subscriptions[i].status);
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

/* One receiver is full; the others take everything. */
static void
receiver_cb (WeirHubContext *context, gpointer user_data)
{
  if (strcmp (context->ids[0], BROKEN) == 0)
    weir_hub_context_reply (context, SOUP_STATUS_INSUFFICIENT_STORAGE, "text/plain; charset=utf-8",
                            g_strdup ("The archive volume is full\n"));
  else
    weir_hub_context_reply (context, SOUP_STATUS_NO_CONTENT, NULL, NULL);
}

/**
 * weir_hub_demo_make_clinic:
 * @self: the demo, at its first start
 *
 * Makes the subscriptions; what changed before is not delivered.
 */
void
weir_hub_demo_make_clinic (WeirHubDemo *self)
{
  g_autofree char *position =
      g_strdup_printf ("%" G_GINT64_FORMAT, weir_hub_store_get_last_change (self->store, NULL));

  weir_hub_store_set_setting (self->store, WEIR_HUB_ORACLE_POSITION, position);
  for (guint i = 0; i < G_N_ELEMENTS (subscriptions); i++)
    {
      g_auto (WeirHubOracleError) error = { 0 };
      g_autofree char *body = make_body (self, i);
      g_autofree char *id = NULL;

      weir_clock_set_fake (self->born - (40 - 3 * (gint64) i) * DAY - (gint64) i * 1234567890);
      id = weir_hub_oracle_make_subscription (self->oracle, weir_hub_json_view (body), &error);
      g_warn_if_fail (id != NULL);
    }
  weir_clock_set_fake (0);
}

/**
 * weir_hub_demo_start_clinic:
 * @self: the demo, listening
 *
 * Adds the receivers, and puts the end points right, which have another port today.
 */
void
weir_hub_demo_start_clinic (WeirHubDemo *self)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_ORACLE_SUBSCRIPTION);
  g_autoptr (GPtrArray) all = weir_hub_store_list (self->store, query);

  weir_hub_server_add (self->server, &self->face, "POST", "/receivers/{name}", receiver_cb, self);
  for (guint i = 0; i < all->len; i++)
    {
      WeirHubDocument *subscription = all->pdata[i];
      g_autofree char *end_point = weir_hub_document_dup_string (subscription, "endPoint");
      const char *receiver = strstr (end_point, RECEIVERS);
      g_autofree char *today = NULL;
      g_autofree char *quoted = NULL;
      g_autofree char *patch = NULL;

      if (receiver == NULL || !g_str_has_prefix (end_point, "http://127.0.0.1:"))
        continue;
      today = g_strconcat (weir_hub_server_get_uri (self->server), receiver, NULL);
      quoted = weir_hub_json_string (today);
      patch = g_strdup_printf ("{\"endPoint\":%s}", quoted);
      if (strcmp (today, end_point) != 0)
        weir_hub_store_merge (self->store, WEIR_HUB_ORACLE_SUBSCRIPTION, subscription->id, patch,
                              NULL);
    }
}

/* weir-hub-membrane-health.c: what an exchange with its source makes of a connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include "weir-clock.h"

#define MIN_BACKOFF 15 /* s */
#define MAX_BACKOFF 3600

/* The interval or 15 seconds, then twice, four times… an hour at most; in µs */
static gint64
get_backoff (gint64 interval, gint64 attempts)
{
  gint64 seconds = CLAMP (interval, 1, MIN_BACKOFF) << CLAMP (attempts - 1, 0, 12);

  return MIN (seconds, MAX_BACKOFF) * G_USEC_PER_SEC;
}

/* What was in error need not wait any longer. */
static void
pull_again (WeirHubMembrane *self, const char *connection)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_EVENT_SUBSCRIPTION);
  g_autoptr (GPtrArray) subscriptions = NULL;
  g_autofree char *patch = g_strdup_printf ("{\"nextPullEventsTimestamp\":%" G_GINT64_FORMAT "}",
                                            weir_clock_now () / 1000);

  weir_hub_query_add_equal (query, "connectionId", connection);
  weir_hub_query_add_equal (query, "status", "error");
  weir_hub_query_add_absent (query, "archivedAt");
  subscriptions = weir_hub_store_list (self->store, query);
  for (guint i = 0; i < subscriptions->len; i++)
    weir_hub_store_merge (self->store, WEIR_HUB_EVENT_SUBSCRIPTION,
                          ((WeirHubDocument *) subscriptions->pdata[i])->id, patch, NULL);
}

/**
 * weir_hub_membrane_heal:
 * @self: the face
 * @connection: (nullable): id of a connection
 *
 * Its source answers as it should, or a person has connected it again.
 */
void
weir_hub_membrane_heal (WeirHubMembrane *self, const char *connection)
{
  g_autoptr (WeirHubDocument) document =
      weir_hub_store_get (self->store, WEIR_HUB_CONNECTION, connection);
  WeirJsonWriter *writer;
  g_autofree char *patch = NULL;

  if (document == NULL || weir_hub_document_has (document, "archivedAt")
      || (weir_hub_document_get_boolean (document, "connected")
          && !weir_hub_document_has (document, "requestError")
          && !weir_hub_document_has (document, "clientAction")))
    return;

  writer = weir_hub_json_begin ();

  weir_json_writer_add_boolean (writer, "connected", TRUE);
  weir_json_writer_add_boolean (writer, "disconnected", FALSE);
  weir_json_writer_add_string (writer, "state", "READY");
  weir_json_writer_add_int (writer, "retryAttempts", 0);
  weir_json_writer_add_null (writer, "requestError");
  weir_json_writer_add_null (writer, "nextRetryTimestamp");
  weir_json_writer_add_null (writer, "clientAction");
  weir_json_writer_add_time (writer, "updatedAt", weir_clock_now ());
  weir_json_writer_add_time (writer, "lastActiveAt", weir_clock_now ());
  weir_json_writer_end_object (writer);
  patch = weir_json_writer_end (writer);
  weir_hub_store_begin (self->store);
  weir_hub_store_merge (self->store, WEIR_HUB_CONNECTION, connection, patch, NULL);
  pull_again (self, connection);
  weir_hub_store_commit (self->store, NULL);
}

/**
 * weir_hub_membrane_hurt:
 * @self: the face
 * @connection: (nullable): id of a connection
 * @error: what went wrong, as ErrorData
 * @status: HTTP status of its source's answer; 0 without an answer
 * @interval: s, between pulls when all is well
 *
 * After 401 the connection waits for a person (a client action); after anything else only time
 * can help. Either way it is tried again, less and less often.
 *
 * Returns: µs of the next try
 */
gint64
weir_hub_membrane_hurt (WeirHubMembrane *self,
                        const char *connection,
                        const char *error,
                        guint status,
                        gint64 interval)
{
  g_autoptr (WeirHubDocument) document =
      weir_hub_store_get (self->store, WEIR_HUB_CONNECTION, connection);
  gint64 now = weir_clock_now ();
  gint64 attempts, next;
  WeirJsonWriter *writer;
  g_autofree char *patch = NULL;

  if (document == NULL)
    return now + get_backoff (interval, 0);
  attempts = weir_hub_document_get_int (document, "retryAttempts") + 1;
  next = now + get_backoff (interval, attempts);

  writer = weir_hub_json_begin ();

  weir_hub_json_add_text (writer, "requestError", error);
  weir_json_writer_add_int (writer, "retryAttempts", attempts);
  weir_json_writer_add_time (writer, "nextRetryTimestamp", next);
  weir_json_writer_add_time (writer, "updatedAt", now);
  if (status == SOUP_STATUS_UNAUTHORIZED && !weir_hub_document_has (document, "clientAction"))
    {
      g_autofree char *tenant = weir_hub_document_dup_string (document, "userId");
      g_autofree char *request =
          weir_hub_membrane_make_request (self, tenant, connection, (WeirJson){ NULL, 0 });

      weir_json_writer_add_boolean (writer, "connected", FALSE);
      weir_json_writer_add_boolean (writer, "disconnected", TRUE);
      weir_json_writer_add_string (writer, "state", "CLIENT_ACTION_REQUIRED");
      weir_json_writer_begin_object (writer, "clientAction");
      weir_json_writer_add_string (writer, "type", "connect");
      weir_json_writer_add_string (writer, "description",
                                   "The credentials are refused. Connect again.");
      weir_json_writer_add_string (writer, "_request", request);
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_object (writer);
  patch = weir_json_writer_end (writer);
  weir_hub_store_merge (self->store, WEIR_HUB_CONNECTION, connection, patch, NULL);
  return next;
}

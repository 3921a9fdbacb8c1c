/* weir-monitor-fixture.c: a monitor with one account, at a small Membrane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-monitor-fixture.h"

#include <stdlib.h>
#include <string.h>

#define JSON "application/json"

static char *
print_subscription (SmallMembrane *server, const char *id)
{
  return g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"Sub %s\",\"userId\":\"u\",\"connectionId\":\"c1\",\"integrationId\":"
      "\"i1\",\"status\":\"%s\",\"requiresPull\":true,\"config\":{\"type\":\"data-record-created\"}}",
      id, id, g_str_equal (id, "s1") ? server->s1_status : "subscribed");
}

static char *
print_pull (SmallMembrane *server, guint number)
{
  const char *status = number <= server->n_failed ? "error" : "success";

  if (number == server->n_pulls && server->n_looks < 2)
    status = server->n_looks == 0 ? "queued" : "running";

  return g_strdup_printf (
      "{\"id\":\"p%u\",\"userId\":\"u\",\"integrationId\":\"i1\",\"connectionId\":\"c1\","
      "\"externalEventSubscriptionId\":\"s1\",\"startDatetime\":\"2024-11-10T18:%02u:00Z\","
      "\"endDatetime\":\"2024-11-10T18:%02u:30Z\",\"status\":\"%s\",\"collectedEventIds\":[]%s}",
      number, number, number, status,
      g_str_equal (status, "error") ? ",\"error\":{\"message\":\"out of order\"}" : "");
}

void
small_membrane_answer (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, JSON, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
answer_events (SmallMembrane *server, SoupServerMessage *message)
{
  g_autoptr (GString) body = g_string_new ("{\"items\":[");

  for (guint i = 0; i < server->n_events; i++)
    g_string_append_printf (body,
                            "%s{\"id\":\"e%u\",\"userId\":\"u\",\"integrationId\":\"i1\","
                            "\"connectionId\":\"c1\",\"externalEventSubscriptionId\":\"s1\","
                            "\"status\":\"success\",\"createdAt\":\"2024-11-10T18:00:%02uZ\","
                            "\"payload\":{\"type\":\"created\"}}",
                            i > 0 ? "," : "", i, i);
  g_string_append (body, "]}");
  small_membrane_answer (message, 200, body->str);
}

static void
answer_subscriptions (SmallMembrane *server, SoupServerMessage *message)
{
  g_autofree char *one = print_subscription (server, "s1");
  g_autofree char *two = print_subscription (server, "s2");
  g_autofree char *text = g_strdup_printf ("{\"items\":[%s,%s]}", one, two);

  small_membrane_answer (message, 200, text);
}

static void
answer_pulls (SmallMembrane *server, SoupServerMessage *message)
{
  g_autoptr (GString) body = g_string_new ("{\"items\":[");

  for (guint i = server->n_pulls; i > 0; i--)
    {
      g_autofree char *pull = print_pull (server, i);

      g_string_append_printf (body, "%s%s", pull, i > 1 ? "," : "");
    }
  g_string_append (body, "]}");
  small_membrane_answer (message, 200, body->str);
}

void
small_membrane_let_go (SmallMembrane *server)
{
  server->holds = FALSE;
  for (guint i = 0; i < server->held->len; i++)
    soup_server_message_unpause (server->held->pdata[i]);
  g_ptr_array_set_size (server->held, 0);
}

static void
maybe_hold (SmallMembrane *server, SoupServerMessage *message)
{
  if (!server->holds)
    return;
  soup_server_message_pause (message);
  g_ptr_array_add (server->held, g_object_ref (message));
}

static void
answer_action (SmallMembrane *server, SoupServerMessage *message, const char *action)
{
  g_autofree char *text = NULL;

  if (server->refuses)
    {
      server->s1_status = "error";
      small_membrane_answer (message, 400,
                             "{\"message\":\"no such record\",\"type\":\"configuration\"}");
      return;
    }
  if (g_str_equal (action, "pull-events"))
    {
      server->n_pulls++;
      server->n_looks = 0;
      text = print_pull (server, server->n_pulls);
    }
  else
    {
      server->s1_status = g_str_equal (action, "subscribe") ? "subscribed" : "unsubscribed";
      text = print_subscription (server, "s1");
    }
  small_membrane_answer (message, 200, text);
}

static void
server_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  SmallMembrane *server = user_data;
  const char *method = soup_server_message_get_method (message);
  char *key = g_strdup_printf ("%s %s", method, path);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (server->counts, key));
  const char *subscriptions = "/external-event-subscriptions";
  g_autofree char *text = NULL;

  g_hash_table_replace (server->counts, key, GUINT_TO_POINTER (count + 1));

  if (server->status != 0)
    {
      if (server->retry_after != NULL)
        soup_message_headers_append (soup_server_message_get_response_headers (message),
                                     "Retry-After", server->retry_after);
      small_membrane_answer (message, server->status, "{\"message\":\"as told\"}");
    }
  else if (g_str_equal (path, subscriptions))
    {
      answer_subscriptions (server, message);
      maybe_hold (server, message);
    }
  else if (g_str_equal (path, "/external-event-subscriptions/s1"))
    {
      text = print_subscription (server, "s1");
      small_membrane_answer (message, 200, text);
    }
  else if (g_str_has_prefix (path, "/external-event-subscriptions/s1/"))
    {
      answer_action (server, message, strrchr (path, '/') + 1);
      maybe_hold (server, message);
    }
  else if (g_str_equal (path, "/external-event-pulls"))
    {
      answer_pulls (server, message);
    }
  else if (g_str_has_prefix (path, "/external-event-pulls/p"))
    {
      server->n_looks++;
      if (server->n_looks == 2)
        server->n_events += 3;
      text = print_pull (server, (guint) atoi (strrchr (path, 'p') + 1));
      small_membrane_answer (message, 200, text);
    }
  else if (g_str_equal (path, "/connections"))
    {
      small_membrane_answer (
          message, 200,
          "{\"items\":[{\"id\":\"c1\",\"name\":\"C\",\"userId\":\"u\",\"connected\":true}]}");
    }
  else if (g_str_equal (path, "/external-event-log-records"))
    {
      answer_events (server, message);
    }
  else if (g_str_equal (path, "/app-event-subscriptions") || g_str_equal (path, "/app-events"))
    {
      small_membrane_answer (message, 200, "{\"items\":[]}");
    }
  else
    {
      small_membrane_answer (message, 404, "{\"message\":\"not found\",\"statusCode\":404}");
    }
}

guint
monitor_fixture_count (MonitorFixture *fixture, const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (fixture->server.counts, key));
}

guint
monitor_fixture_count_all (MonitorFixture *fixture)
{
  GHashTableIter iter;
  gpointer value;
  guint sum = 0;

  g_hash_table_iter_init (&iter, fixture->server.counts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    sum += GPOINTER_TO_UINT (value);

  return sum;
}

static void
add_one_cb (gpointer source, gpointer record, guint *number)
{
  (*number)++;
}

static void
appended_cb (WeirMonitor *monitor, WeirAccount *account, guint added, MonitorFixture *fixture)
{
  g_assert_cmpstr (account->uuid, ==, fixture->account->uuid);
  fixture->appended += added;
}

char *
monitor_fixture_dup_uri (SoupServer *soup)
{
  GSList *uris = soup_server_get_uris (soup);
  char *uri = g_uri_to_string (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return uri;
}

WeirAccount *
monitor_fixture_make_account (const char *uuid,
                              const char *name,
                              const char *provider,
                              const char *uri,
                              gboolean ro)
{
  return weir_account_new (uuid, name, provider, uri, WEIR_AUTH_TOKEN, NULL, NULL, NULL, ro);
}

void
monitor_fixture_set_up (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *accounts = NULL;
  g_autofree char *history = NULL;

  fixture->folder = g_dir_make_tmp ("weir-monitor-XXXXXX", NULL);
  accounts = g_build_filename (fixture->folder, "accounts.json", NULL);
  history = g_build_filename (fixture->folder, "history.db", NULL);
  fixture->store = weir_account_store_new (accounts, &error);
  g_assert_no_error (error);
  fixture->history = weir_history_new (history, &error);
  g_assert_no_error (error);

  fixture->server.s1_status = "unsubscribed";
  fixture->server.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->server.held = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->server.soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server.soup, NULL, server_cb, &fixture->server, NULL);
  soup_server_listen_local (fixture->server.soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  fixture->uri = monitor_fixture_dup_uri (fixture->server.soup);

  fixture->account = monitor_fixture_make_account (NULL, "Acme", "membrane", fixture->uri, FALSE);
  weir_secrets_remember (fixture->account, "pat-1");
  fixture->monitor = weir_monitor_new (fixture->store, fixture->history);
  g_signal_connect (fixture->monitor, "record-changed", G_CALLBACK (add_one_cb),
                    &fixture->n_changed);
  g_signal_connect (fixture->monitor, "busy-changed", G_CALLBACK (add_one_cb), &fixture->n_busy);
  g_signal_connect (fixture->monitor, "appended", G_CALLBACK (appended_cb), fixture);
}

void
monitor_fixture_tear_down (MonitorFixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->monitor));
  small_membrane_let_go (&fixture->server);
  weir_test_drain ();
  weir_secrets_remember (fixture->account, NULL);
  g_clear_object (&fixture->account);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->history);
  soup_server_disconnect (fixture->server.soup);
  g_clear_object (&fixture->server.soup);
  g_hash_table_unref (fixture->server.counts);
  g_ptr_array_unref (fixture->server.held);
  weir_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->uri);
}

void
monitor_fixture_add (MonitorFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  weir_account_store_add (fixture->store, fixture->account, &error);
  g_assert_no_error (error);
}

WeirSession *
monitor_fixture_get_session (MonitorFixture *fixture)
{
  return weir_monitor_find_session (fixture->monitor, fixture->account);
}

WeirAccountState
monitor_fixture_get_state (MonitorFixture *fixture)
{
  return weir_session_get_state (monitor_fixture_get_session (fixture));
}

gboolean
monitor_fixture_is_loaded (MonitorFixture *fixture)
{
  WeirSession *session = monitor_fixture_get_session (fixture);

  return weir_session_get_state (session) == WEIR_ACCOUNT_ONLINE
         && weir_session_is_loaded (session, WEIR_RECORD_SUBSCRIPTION)
         && weir_session_is_loaded (session, WEIR_RECORD_PULL)
         && weir_session_is_loaded (session, WEIR_RECORD_CONNECTION);
}

WeirRecord *
monitor_fixture_find (MonitorFixture *fixture, WeirRecordKind kind, const char *id)
{
  return weir_record_set_find (weir_monitor_get_records (fixture->monitor, kind), fixture->account,
                               id);
}

const char *
monitor_fixture_get_s1_status (MonitorFixture *fixture)
{
  return WEIR_SUBSCRIPTION (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"))->status;
}

const char *
monitor_fixture_get_pull_status (MonitorFixture *fixture, const char *id)
{
  WeirRecord *pull = monitor_fixture_find (fixture, WEIR_RECORD_PULL, id);

  return pull != NULL ? WEIR_PULL_RUN (pull)->status : "unknown";
}

void
monitor_fixture_act (MonitorFixture *fixture, WeirAction action, GAsyncResult **result)
{
  weir_monitor_act_async (fixture->monitor, action,
                          monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"), NULL,
                          weir_test_keep_result_cb, result);
}

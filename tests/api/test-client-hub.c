/* test-client-hub.c: the providers with a real hub, each operation read back; nothing lost when it is killed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-follower.h"
#include "weir-hub-process.h"
#include "weir-provider-fixture.h"
#include "weir-registry.h"
#include "weir-test-loop.h"

typedef struct
{
  WeirHubProcess *hub;
  WeirProviderFixture f; /* of one provider; has no server of its own */
} Fixture;

static void
drop_provider (Fixture *fixture)
{
  WeirProviderFixture *f = &fixture->f;

  g_clear_error (&f->error);
  g_clear_pointer (&f->warning, g_free);
  g_clear_pointer (&f->text, g_free);
  g_clear_pointer (&f->records, g_ptr_array_unref);
  g_clear_object (&f->record);
  g_clear_object (&f->page);
  g_clear_object (&f->provider);
  g_clear_object (&f->journal);
  g_clear_object (&f->account);
  g_clear_object (&f->cancellable);
}

static void
use_auth (Fixture *fixture,
          const char *provider,
          const char *uri,
          WeirAuthKind auth,
          const char *username,
          const char *key,
          const char *tenant,
          const char *secret,
          gboolean read_only)
{
  g_autoptr (GError) error = NULL;

  drop_provider (fixture);
  fixture->f.account =
      weir_account_new (NULL, "acme", provider, uri, auth, username, key, tenant, read_only);
  fixture->f.provider = weir_registry_create (fixture->f.account, secret, &error);
  g_assert_no_error (error);
  fixture->f.journal = weir_test_journal_new ();
  weir_provider_set_journal (fixture->f.provider, WEIR_JOURNAL (fixture->f.journal));
  fixture->f.cancellable = g_cancellable_new ();
}

static void
use_provider (Fixture *fixture, const char *provider, gboolean read_only)
{
  WeirHubProcess *hub = fixture->hub;

  if (g_str_equal (provider, "membrane"))
    use_auth (fixture, provider, hub->membrane_uri, WEIR_AUTH_TOKEN, NULL, NULL, NULL,
              hub->membrane_token, read_only);
  else if (g_str_equal (provider, "sequin"))
    use_auth (fixture, provider, hub->sequin_uri, WEIR_AUTH_TOKEN, NULL, NULL, NULL,
              hub->sequin_token, read_only);
  else
    use_auth (fixture, provider, hub->oracle_uri, WEIR_AUTH_PASSWORD, hub->oracle_username, NULL,
              NULL, hub->oracle_password, read_only);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->hub = weir_hub_process_new (TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  drop_provider (fixture);
  weir_hub_process_free (fixture->hub);
}

/* The first subscription that the action is possible with, and that has the status (nullable). */
static WeirRecord *
find_subscription (Fixture *fixture, WeirAction action, const char *status)
{
  WeirProviderFixture *f = &fixture->f;

  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_no_error (f->error);
  g_assert_null (f->warning);
  for (guint i = 0; i < f->records->len; i++)
    {
      WeirSubscription *subscription = g_ptr_array_index (f->records, i);

      if (weir_provider_can (f->provider, action, WEIR_RECORD (subscription), NULL)
          && (status == NULL || g_str_equal (subscription->status, status)))
        return g_object_ref (WEIR_RECORD (subscription));
    }
  g_assert_not_reached ();
}

/* The request that was sent last is in the journal, and none of its secrets. */
static WeirJournalEntry *
check_journal (Fixture *fixture, const char *operation, const char *id, WeirJournalState state)
{
  GPtrArray *entries = fixture->f.journal->entries;
  const char *const secrets[] = { fixture->hub->membrane_token, fixture->hub->sequin_token,
                                  fixture->hub->oracle_password };
  g_autofree char *json = NULL;
  WeirJournalEntry *entry;

  g_assert_cmpuint (entries->len, >, 0);
  entry = entries->pdata[entries->len - 1];
  g_assert_cmpstr (entry->operation, ==, operation);
  g_assert_cmpstr (entry->record, ==, id);
  g_assert_cmpstr (entry->account, ==, "acme");
  g_assert_cmpint (weir_journal_entry_get_state (entry), ==, state);
  g_assert_cmpint (entry->outcomes[WEIR_JOURNAL_ANSWER].at, >=, entry->begun_at);
  g_assert_cmpuint (entry->outcomes[WEIR_JOURNAL_ANSWER].status, >=, 200);
  g_assert_cmpint (entry->outcomes[WEIR_JOURNAL_RESULT].at, >=,
                   entry->outcomes[WEIR_JOURNAL_ANSWER].at);
  json = weir_journal_entry_to_json (entry);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (json, secrets[i]));
  return entry;
}

/* Does it; the answer and what is read back say the same. */
static void
act (Fixture *fixture, WeirAction action, WeirRecord *record, const char *status)
{
  static const char *const words[] = {
    [WEIR_ACTION_SUBSCRIBE] = "subscribe",
    [WEIR_ACTION_UNSUBSCRIBE] = "unsubscribe",
    [WEIR_ACTION_RESUBSCRIBE] = "resubscribe",
    [WEIR_ACTION_PAUSE] = "pause",
  };
  WeirProviderFixture *f = &fixture->f;
  guint n_entries = f->journal->entries->len;

  weir_provider_fixture_act (f, action, record);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->journal->entries->len, >, n_entries);
  check_journal (fixture, words[action], weir_record_get_id (record), WEIR_JOURNAL_DONE);
  g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, status);
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, weir_record_get_id (record));
  if (f->error == NULL)
    {
      g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, status);
      return;
    }
  /* what is not read by itself is in the list */
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_no_error (f->error);
  for (guint i = 0; i < f->records->len; i++)
    {
      WeirRecord *now = g_ptr_array_index (f->records, i);

      if (weir_record_same (now, record))
        {
          g_assert_cmpstr (WEIR_SUBSCRIPTION (now)->status, ==, status);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_membrane (Fixture *fixture, gconstpointer data)
{
  static const WeirRecordKind kinds[] = {
    WEIR_RECORD_CONNECTION,     WEIR_RECORD_PULL,   WEIR_RECORD_INTEGRATION,
    WEIR_RECORD_APP_EVENT_TYPE, WEIR_RECORD_TENANT,
  };
  WeirProviderFixture *f = &fixture->f;
  g_autoptr (WeirRecord) subscription = NULL;
  g_autofree char *pull = NULL;

  use_provider (fixture, "membrane", FALSE);
  weir_provider_fixture_check (f);
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->text, !=, "");

  subscription = find_subscription (fixture, WEIR_ACTION_PULL, "subscribed");
  act (fixture, WEIR_ACTION_UNSUBSCRIBE, subscription, "unsubscribed");
  act (fixture, WEIR_ACTION_SUBSCRIBE, subscription, "subscribed");
  act (fixture, WEIR_ACTION_RESUBSCRIBE, subscription, "subscribed");

  weir_provider_fixture_act (f, WEIR_ACTION_PULL, subscription);
  g_assert_no_error (f->error);
  check_journal (fixture, "pull", weir_record_get_id (subscription), WEIR_JOURNAL_DONE);
  pull = g_strdup (weir_record_get_id (f->record));
  g_assert_cmpstr (WEIR_PULL_RUN (f->record)->subscription, ==, weir_record_get_id (subscription));
  for (guint i = 0; i < 200 && weir_pull_run_is_active (WEIR_PULL_RUN (f->record)); i++)
    {
      weir_test_run_for (50);
      weir_provider_fixture_get (f, WEIR_RECORD_PULL, pull);
      g_assert_no_error (f->error);
    }
  g_assert_cmpstr (WEIR_PULL_RUN (f->record)->status, ==, "success");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      weir_provider_fixture_list (f, kinds[i], NULL);
      g_assert_no_error (f->error);
      g_assert_cmpuint (f->records->len, >, 0);
    }
}

static void
test_membrane_app_events (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirRecord) subscription = NULL;
  WeirProviderFixture *f = &fixture->f;

  use_provider (fixture, "membrane", FALSE);
  /* the demo subscribes at its own application first */
  for (guint tries = 0; tries < 100 && subscription == NULL; tries++)
    {
      weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
      g_assert_no_error (f->error);
      for (guint i = 0; i < f->records->len && subscription == NULL; i++)
        {
          WeirSubscription *one = g_ptr_array_index (f->records, i);

          if (g_str_equal (one->kind, "app-event") && g_str_equal (one->status, "subscribed"))
            subscription = g_object_ref (WEIR_RECORD (one));
        }
      weir_test_run_for (100);
    }
  g_assert_nonnull (subscription);
  act (fixture, WEIR_ACTION_SUBSCRIBE, subscription, "subscribed");
  /* the platform has no way back */
  weir_provider_fixture_act (f, WEIR_ACTION_UNSUBSCRIBE, subscription);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
}

static void
test_connections (Fixture *fixture, gconstpointer data)
{
  WeirProviderFixture *f = &fixture->f;
  g_autoptr (GPtrArray) all = NULL;
  guint n_passed = 0;
  guint n_refused = 0;

  use_provider (fixture, "membrane", FALSE);
  weir_provider_fixture_list (f, WEIR_RECORD_CONNECTION, NULL);
  g_assert_no_error (f->error);
  all = g_ptr_array_ref (f->records);
  for (guint i = 0; i < all->len; i++)
    {
      WeirConnection *connection = g_ptr_array_index (all, i);

      /* one source of the demo does not answer for a long time */
      if (!weir_provider_can (f->provider, WEIR_ACTION_TEST, WEIR_RECORD (connection), NULL)
          || (connection->error != NULL && n_refused > 0))
        continue;
      weir_provider_fixture_act (f, WEIR_ACTION_TEST, WEIR_RECORD (connection));
      check_journal (fixture, "test", weir_record_get_id (WEIR_RECORD (connection)),
                     f->error == NULL ? WEIR_JOURNAL_DONE : WEIR_JOURNAL_FAILED);
      if (f->error == NULL)
        n_passed++;
      else
        n_refused++;
    }
  g_assert_cmpuint (n_passed, >, 0);
}

static void
test_sequin (Fixture *fixture, gconstpointer data)
{
  WeirProviderFixture *f = &fixture->f;
  g_autoptr (WeirRecord) sync = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = NULL;
  const char *stream;

  use_provider (fixture, "sequin", FALSE);
  weir_provider_fixture_check (f);
  g_assert_no_error (f->error);
  sync = find_subscription (fixture, WEIR_ACTION_UNSUBSCRIBE, "active");
  act (fixture, WEIR_ACTION_UNSUBSCRIBE, sync, "disabled");
  act (fixture, WEIR_ACTION_SUBSCRIBE, sync, "active");

  /* small pages: each event once */
  stream = weir_provider_get_streams (f->provider)[0];
  for (guint i = 0; i < 8; i++)
    {
      weir_provider_fixture_fetch (f, stream, cursor, 7);
      g_assert_no_error (f->error);
      g_assert_cmpuint (f->page->events->len, <=, 7);
      for (guint j = 0; j < f->page->events->len; j++)
        g_assert_true (g_hash_table_add (seen, g_strdup (f->page->events->rows[j].id)));
      if (f->page->next_cursor != NULL)
        {
          g_free (cursor);
          cursor = g_strdup (f->page->next_cursor);
        }
      if (f->page->end)
        break;
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 7);
}

static void
test_oracle (Fixture *fixture, gconstpointer data)
{
  static const char body[] =
      "{\"name\":\"ByClient\",\"class\":\"Contact\",\"eventType\":{\"id\":1},"
      "\"integrationUser\":{\"id\":1},\"objectVersion\":{\"id\":100300},"
      "\"endPoint\":\"https://hooks.example.com/x\",\"objectShapeXml\":"
      "\"<n0:TriggeringObject xmlns:n0=\\\"urn:messages.ws.rightnow.com/v1_4\\\" "
      "xmlns:xsi=\\\"http://www.w3.org/2001/XMLSchema-instance\\\" xsi:type=\\\"n1:Contact\\\" "
      "xmlns:n1=\\\"urn:objects.ws.rightnow.com/v1_4\\\"><n1:Name></n1:Name>"
      "</n0:TriggeringObject>\"}";
  WeirProviderFixture *f = &fixture->f;
  g_autoptr (WeirRecord) made = NULL;
  WeirJournalEntry *entry;
  guint n_before;

  use_provider (fixture, "oracle", FALSE);
  weir_provider_fixture_check (f);
  g_assert_no_error (f->error);
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_no_error (f->error);
  n_before = f->records->len;

  weir_provider_fixture_write (f, WEIR_ACTION_CREATE, NULL, body);
  g_assert_no_error (f->error);
  made = g_object_ref (f->record);
  entry = check_journal (fixture, "create", NULL, WEIR_JOURNAL_DONE);
  g_assert_cmpstr (entry->method, ==, "POST");
  g_assert_nonnull (strstr (entry->body, "ByClient"));
  g_assert_cmpstr (weir_record_get_name (made), ==, "ByClient");
  act (fixture, WEIR_ACTION_PAUSE, made, "paused");
  act (fixture, WEIR_ACTION_SUBSCRIBE, made, "active");
  act (fixture, WEIR_ACTION_UNSUBSCRIBE, made, "inactive");
  weir_provider_fixture_write (f, WEIR_ACTION_UPDATE, weir_record_get_id (made),
                               "{\"name\":\"Renamed\"}");
  g_assert_no_error (f->error);
  entry = check_journal (fixture, "update", weir_record_get_id (made), WEIR_JOURNAL_DONE);
  g_assert_nonnull (strstr (entry->outcomes[WEIR_JOURNAL_RESULT].body, "Renamed"));
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, weir_record_get_id (made));
  g_assert_no_error (f->error);
  g_assert_cmpstr (weir_record_get_name (f->record), ==, "Renamed");
  /* refused, and said why */
  weir_provider_fixture_write (f, WEIR_ACTION_UPDATE, weir_record_get_id (made), "{\"name\":\"\"}");
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_REFUSED);

  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_cmpuint (f->records->len, ==, n_before + 1);
  weir_provider_fixture_act (f, WEIR_ACTION_DELETE, made);
  g_assert_no_error (f->error);
  entry = check_journal (fixture, "delete", weir_record_get_id (made), WEIR_JOURNAL_DONE);
  g_assert_cmpstr (entry->method, ==, "DELETE");
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, weir_record_get_id (made));
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_NOT_FOUND);
}

/* What cannot be written down is not done. */
static void
test_no_journal (Fixture *fixture, gconstpointer data)
{
  static const char *const providers[] = { "membrane", "sequin", "oracle" };
  WeirProviderFixture *f = &fixture->f;

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr (WeirRecord) record = NULL;
      GListModel *log;
      guint n_sent;

      use_provider (fixture, providers[i], FALSE);
      record = find_subscription (fixture, WEIR_ACTION_UNSUBSCRIBE, NULL);
      log = G_LIST_MODEL (weir_http_client_get_log (weir_provider_get_client (f->provider)));
      n_sent = g_list_model_get_n_items (log);

      f->journal->refuses = TRUE;
      weir_provider_fixture_act (f, WEIR_ACTION_UNSUBSCRIBE, record);
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_NOT_JOURNALLED);
      g_assert_nonnull (strstr (f->error->message, "The disk is full"));
      weir_provider_set_journal (f->provider, NULL);
      weir_provider_fixture_act (f, WEIR_ACTION_UNSUBSCRIBE, record);
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_NOT_JOURNALLED);
      g_assert_cmpuint (g_list_model_get_n_items (log), ==, n_sent);
    }
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  static const char *const providers[] = { "membrane", "sequin", "oracle" };
  WeirProviderFixture *f = &fixture->f;

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr (WeirRecord) record = NULL;

      use_provider (fixture, providers[i], TRUE);
      weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
      g_assert_no_error (f->error);
      record = g_object_ref (g_ptr_array_index (f->records, 0));
      for (int action = WEIR_ACTION_SUBSCRIBE; action <= WEIR_ACTION_RESUBSCRIBE; action++)
        {
          g_assert_false (weir_provider_can (f->provider, (WeirAction) action, record, NULL));
          weir_provider_fixture_act (f, (WeirAction) action, record);
          weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
        }
    }
}

static char *
dup_member (const char *text, const char *name)
{
  g_autoptr (GError) error = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, &error));
  return weir_json_dup_string (weir_json_get (json, name));
}

/* A token that Weir makes by itself is one, and one made with another secret is none. */
static void
test_minted (Fixture *fixture, gconstpointer data)
{
  WeirProviderFixture *f = &fixture->f;
  g_autofree char *out =
      weir_hub_process_run (fixture->hub, (const char *const[]){ "workspace", NULL });
  g_autofree char *key = dup_member (out, "workspaceKey");
  g_autofree char *secret = dup_member (out, "workspaceSecret");
  guint n_all;

  use_auth (fixture, "membrane", fixture->hub->membrane_uri, WEIR_AUTH_WORKSPACE_KEY, NULL, key,
            NULL, secret, FALSE);
  weir_provider_fixture_check (f);
  g_assert_no_error (f->error);
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_no_error (f->error);
  n_all = f->records->len;
  use_provider (fixture, "membrane", FALSE);
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_cmpuint (f->records->len, ==, n_all);

  use_auth (fixture, "membrane", fixture->hub->membrane_uri, WEIR_AUTH_WORKSPACE_KEY, NULL, key,
            NULL, "another-secret", FALSE);
  weir_provider_fixture_check (f);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNAUTHORIZED);
}

/* All ids of a stream, from its beginning to its end, as pages of `limit` bring them. */
static GHashTable *
fetch_all (Fixture *fixture, const char *stream, guint limit)
{
  WeirProviderFixture *f = &fixture->f;
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      guint n_before = g_hash_table_size (ids);

      weir_provider_fixture_fetch (f, stream, cursor, limit);
      g_assert_no_error (f->error);
      for (guint j = 0; j < f->page->events->len; j++)
        g_hash_table_add (ids, g_strdup (f->page->events->rows[j].id));
      if (f->page->next_cursor != NULL)
        {
          g_free (cursor);
          cursor = g_strdup (f->page->next_cursor);
        }
      if (f->page->end || (f->page->known_is_end && g_hash_table_size (ids) == n_before))
        return ids;
    }
  g_assert_not_reached ();
}

/* The ids in the history; each must be there once. */
static GHashTable *
list_history (WeirHistory *history)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirQuery) query = weir_query_new (NULL, NULL);
  g_autoptr (WeirHistoryIndex) index = weir_history_query (history, query, 0, &error);
  guint n;

  g_assert_no_error (error);
  n = weir_history_index_get_length (index);
  for (guint i = 0; i < n; i++)
    {
      gint64 row = weir_history_index_get_id (index, i);
      g_autoptr (GPtrArray) events = weir_history_load (history, &row, 1, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (events->len, ==, 1);
      g_assert_true (
          g_hash_table_add (ids, g_strdup (weir_record_get_id (g_ptr_array_index (events, 0)))));
    }
  return ids;
}

/* A follower goes on while the hub is killed and started again; then the history has what the server has. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  const char *provider = data;
  g_autofree char *folder = g_dir_make_tmp ("weir-client-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (WeirHistory) history = NULL;
  g_autoptr (GPtrArray) followers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) here = NULL;
  const char *const *streams;
  GHashTableIter iter;
  gpointer id;
  guint n_events = 0;

  use_provider (fixture, provider, FALSE);
  weir_provider_set_background (fixture->f.provider, TRUE);
  history = weir_history_new (path, &error);
  g_assert_no_error (error);
  streams = weir_provider_get_streams (fixture->f.provider);
  for (guint i = 0; streams[i] != NULL; i++)
    {
      WeirFollower *follower = weir_follower_new (fixture->f.provider, history, streams[i]);

      g_ptr_array_add (followers, follower);
      weir_follower_set_interval (follower, 200);
      weir_follower_start (follower);
    }
  for (guint i = 0; i < 3; i++)
    {
      weir_test_run_for (1500);
      weir_hub_process_kill (fixture->hub);
      weir_test_run_for (300);
      weir_hub_process_start (fixture->hub);
      for (guint j = 0; j < followers->len; j++)
        {
          WeirFollower *follower = g_ptr_array_index (followers, j);

          weir_follower_retry (follower);
          WEIR_TEST_WAIT_UNTIL (weir_follower_get_state (follower) == WEIR_FOLLOWER_FOLLOWING);
        }
    }
  weir_test_run_for (1500);
  for (guint i = 0; i < followers->len; i++)
    weir_follower_stop (g_ptr_array_index (followers, i));
  weir_test_run_for (200);

  /* what came after the stop may be missing here, so the server is asked first, and the rest is fetched */
  for (guint i = 0; streams[i] != NULL; i++)
    {
      g_autoptr (GHashTable) there = fetch_all (fixture, streams[i], 100);
      g_autoptr (WeirFollower) last = weir_follower_new (fixture->f.provider, history, streams[i]);
      g_autoptr (GAsyncResult) result = NULL;
      guint64 added;

      g_test_message ("%s: %u events", streams[i], g_hash_table_size (there));
      n_events += g_hash_table_size (there);
      weir_follower_sync_async (last, NULL, weir_test_keep_result_cb, &result);
      WEIR_TEST_WAIT_UNTIL (result != NULL);
      weir_follower_sync_finish (last, result, &added, &error);
      g_assert_no_error (error);
      g_clear_pointer (&here, g_hash_table_unref);
      here = list_history (history);
      g_hash_table_iter_init (&iter, there);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        {
          if (!g_hash_table_contains (here, id))
            g_error ("%s: the event %s is lost", streams[i], (char *) id);
        }
    }
  g_assert_cmpuint (n_events, >, 20);
  g_ptr_array_set_size (followers, 0);
  g_clear_object (&history);
  weir_hub_process_remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)
  ADD ("/client-hub/membrane", NULL, test_membrane);
  ADD ("/client-hub/membrane/app-events", NULL, test_membrane_app_events);
  ADD ("/client-hub/membrane/connections", NULL, test_connections);
  ADD ("/client-hub/sequin", NULL, test_sequin);
  ADD ("/client-hub/oracle", NULL, test_oracle);
  ADD ("/client-hub/read-only", NULL, test_read_only);
  ADD ("/client-hub/no-journal", NULL, test_no_journal);
  ADD ("/client-hub/minted", NULL, test_minted);
  ADD ("/client-hub/killed/sequin", "sequin", test_killed);
  ADD ("/client-hub/killed/membrane", "membrane", test_killed);
  return g_test_run ();
}

/* weir-change.c: one operation that changes something, written into the journal as it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-change.h"

#include "weir-clock.h"
#include "weir-journal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHANGE_KEY "weir-change"

static const char *const words[] = {
  [WEIR_ACTION_SUBSCRIBE] = "subscribe",
  [WEIR_ACTION_UNSUBSCRIBE] = "unsubscribe",
  [WEIR_ACTION_RESUBSCRIBE] = "resubscribe",
  [WEIR_ACTION_PULL] = "pull",
  [WEIR_ACTION_SETUP] = "setup",
  [WEIR_ACTION_REFRESH_WEBHOOK] = "refresh-webhook",
  [WEIR_ACTION_PAUSE] = "pause",
  [WEIR_ACTION_CREATE] = "create",
  [WEIR_ACTION_UPDATE] = "update",
  [WEIR_ACTION_DELETE] = "delete",
  [WEIR_ACTION_TEST] = "test",
  [WEIR_ACTION_REFRESH_CREDENTIALS] = "refresh-credentials",
  [WEIR_ACTION_RECONNECT] = "reconnect",
};

typedef struct
{
  GTask *task; /* of who asked for it */
  WeirAction action;
  WeirRecordKind kind;
  char *id;   /* (nullable) */
  char *name; /* (nullable) */
  GDestroyNotify free_value;

  WeirJournal *journal; /* (nullable) in which the request sent last was begun */
  gint64 number;        /* of the request sent last; 0: none was */
  gboolean is_done;
  GBytes *answer; /* (nullable) to that */

  gpointer value; /* (nullable) what it came to */
  GError *error;  /* (nullable) */
} Change;

G_DEFINE_INTERFACE (WeirJournal, weir_journal, G_TYPE_OBJECT)

static void
weir_journal_default_init (WeirJournalInterface *iface)
{
}

static void
change_free (Change *self)
{
  g_clear_object (&self->task);
  g_clear_object (&self->journal);
  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->answer, g_bytes_unref);
  if (self->value != NULL)
    self->free_value (self->value);
  g_clear_error (&self->error);
  g_free (self);
}

static Change *
get_change (GTask *operation)
{
  return g_object_get_data (G_OBJECT (operation), CHANGE_KEY);
}

/* (nullable) without the token, which a server may repeat, and without what is a secret by its name */
static char *
dup_masked (WeirProvider *provider, GBytes *body, gint64 *size)
{
  WeirAuth *auth = weir_http_client_get_auth (weir_provider_get_client (provider));
  g_autofree char *text = NULL;
  g_autofree char *masked = NULL;
  gconstpointer bytes;
  gsize length;

  *size = body != NULL ? (gint64) g_bytes_get_size (body) : 0;
  if (*size == 0 || *size > WEIR_JOURNAL_LONGEST)
    return NULL;

  bytes = g_bytes_get_data (body, &length);
  text = g_utf8_make_valid (bytes, (gssize) length);
  masked = weir_mask_json (text);
  return auth != NULL ? weir_auth_mask (auth, masked) : g_steal_pointer (&masked);
}

static char *
dup_masked_text (WeirProvider *provider, const char *text)
{
  WeirAuth *auth = weir_http_client_get_auth (weir_provider_get_client (provider));

  return auth != NULL && text != NULL ? weir_auth_mask (auth, text) : g_strdup (text);
}

static WeirJournalEntry *
describe (Change *self, WeirProvider *provider, WeirHttpRequest *request)
{
  WeirJournalEntry *entry =
      weir_journal_entry_new (weir_provider_get_account (provider), words[self->action]);

  entry->kind = g_strdup (weir_record_kind_to_string (self->kind));
  entry->record = g_strdup (self->id);
  entry->name = g_strdup (self->name);
  entry->method = g_strdup (request->method);
  entry->uri = weir_mask_uri (request->uri);
  entry->body = dup_masked (provider, request->body, &entry->size);

  return entry;
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *self = get_change (g_task_get_source_object (task));
  g_autoptr (GError) error = NULL;

  self->number =
      WEIR_JOURNAL_GET_IFACE (source)->begin_finish (WEIR_JOURNAL (source), result, &error);
  if (self->number != 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (
        task, weir_provider_error_new (
                  WEIR_PROVIDER_ERROR_NOT_JOURNALLED,
                  /* Translators: the reason follows */
                  _ ("Nothing was changed, since it could not be written into the journal: %s"),
                  error->message));
}

/**
 * weir_change_set_name:
 * @operation: a task of weir_change_start(), of which nothing was sent yet
 * @name: the name that what it is done to will have
 *
 * Has the journal know what has no record yet.
 */
void
weir_change_set_name (GTask *operation, const char *name)
{
  Change *self = get_change (operation);

  g_return_if_fail (self != NULL && name != NULL);

  g_free (self->name);
  self->name = g_strdup (name);
}

/**
 * weir_change_begin_async:
 * @operation: a task of weir_change_start()
 * @request: what is about to be sent
 *
 * Writes it into the journal. It cannot be cancelled: an entry that is there is completed in any case.
 */
void
weir_change_begin_async (GTask *operation,
                         WeirHttpRequest *request,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  WeirProvider *provider = g_task_get_source_object (operation);
  WeirJournal *journal = weir_provider_get_journal (provider);
  Change *self = get_change (operation);
  GTask *task = g_task_new (operation, NULL, callback, user_data);
  g_autoptr (WeirJournalEntry) entry = NULL;

  g_task_set_source_tag (task, weir_change_begin_async);
  self->number = 0;
  self->is_done = FALSE;
  g_clear_pointer (&self->answer, g_bytes_unref);
  if (journal == NULL)
    {
      g_task_return_error (
          task, weir_provider_error_new (WEIR_PROVIDER_ERROR_NOT_JOURNALLED, "%s",
                                         _ ("Nothing was changed, since there is no journal to "
                                            "write it into.")));
      g_object_unref (task);
      return;
    }

  g_set_object (&self->journal, journal);
  entry = describe (self, provider, request);
  WEIR_JOURNAL_GET_IFACE (journal)->begin_async (journal, entry, begun_cb, task);
}

/**
 * weir_change_begin_finish:
 *
 * Returns: whether the request may be sent; else %WEIR_PROVIDER_ERROR_NOT_JOURNALLED
 */
gboolean
weir_change_begin_finish (GTask *operation, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, operation), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * weir_change_has_left:
 * @local: why there is no answer
 *
 * Returns: whether the request may have been carried out all the same
 */
gboolean
weir_change_has_left (const GError *local)
{
  return g_error_matches (local, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TIMEOUT)
         || g_error_matches (local, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT)
         || g_error_matches (local, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TOO_LARGE)
         || g_error_matches (local, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_REDIRECT);
}

/* What cannot be written here stays begun, which is shown as not known: that is true. */
static void
completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  WEIR_JOURNAL_GET_IFACE (source)->complete_finish (WEIR_JOURNAL (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
complete (GTask *operation,
          WeirJournalStep step,
          WeirJournalOutcome *outcome,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  Change *self = get_change (operation);

  outcome->at = weir_clock_now ();
  WEIR_JOURNAL_GET_IFACE (self->journal)
      ->complete_async (self->journal, self->number, step, outcome, completed_cb,
                        g_task_new (operation, NULL, callback, user_data));
}

/* Something on the way says that it knows no more of the request. */
static gboolean
is_lost (guint status)
{
  return status == SOUP_STATUS_BAD_GATEWAY || status == SOUP_STATUS_GATEWAY_TIMEOUT;
}

/**
 * weir_change_answer_async:
 * @operation: a task of weir_change_start(), whose request was begun
 * @response: (nullable): the answer
 * @local: (nullable): why there is none
 * @error: (nullable): what is told of either; %NULL: all is well
 * @callback: called when it is written, or could not be
 *
 * Writes into the journal what became of the request.
 */
void
weir_change_answer_async (GTask *operation,
                          WeirHttpResponse *response,
                          const GError *local,
                          const GError *error,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  WeirProvider *provider = g_task_get_source_object (operation);
  Change *self = get_change (operation);
  g_auto (WeirJournalOutcome) outcome = { 0 };

  if (response != NULL)
    {
      self->is_done = response->status / 100 == 2;
      self->answer = g_bytes_ref (response->body);
      outcome.status = response->status;
      outcome.state = self->is_done                ? WEIR_JOURNAL_DONE
                      : is_lost (response->status) ? WEIR_JOURNAL_UNKNOWN
                                                   : WEIR_JOURNAL_FAILED;
      outcome.body = dup_masked (provider, response->body, &outcome.size);
    }
  else
    {
      outcome.state =
          weir_change_has_left (local) || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
              ? WEIR_JOURNAL_UNKNOWN
              : WEIR_JOURNAL_FAILED;
    }
  if (error != NULL)
    outcome.message = dup_masked_text (provider, error->message);
  complete (operation, WEIR_JOURNAL_ANSWER, &outcome, callback, user_data);
}

static void
return_result (GTask *operation)
{
  Change *self = get_change (operation);
  GTask *task = self->task;
  const char *warning = weir_provider_result_get_warning (G_ASYNC_RESULT (operation));

  if (warning != NULL)
    weir_provider_task_set_warning (task, g_strdup (warning));
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&self->value), self->free_value);
}

static void
result_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_result (G_TASK (source));
}

static WeirJournalState
judge (const GError *error)
{
  if (error == NULL
      || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNCONFIRMED))
    return WEIR_JOURNAL_DONE;
  /* a test that ran, and failed */
  if (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_REFUSED))
    return WEIR_JOURNAL_FAILED;
  return WEIR_JOURNAL_UNKNOWN;
}

/* A deletion gives the record that was, one that could not be read back the one before; what the answer held stands
 * there. */
static void
describe_read_back (GTask *operation, const char *warning, WeirJournalOutcome *outcome)
{
  Change *self = get_change (operation);
  GBytes *raw;

  if (self->value == NULL || warning != NULL || self->action == WEIR_ACTION_DELETE
      || self->action == WEIR_ACTION_RECONNECT)
    return;
  raw = weir_record_get_raw (self->value);
  if (self->answer == NULL || !g_bytes_equal (raw, self->answer))
    outcome->body = dup_masked (g_task_get_source_object (operation), raw, &outcome->size);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *operation = G_TASK (result);
  WeirProvider *provider = WEIR_PROVIDER (source);
  Change *self = get_change (operation);
  const char *warning = weir_provider_result_get_warning (result);
  g_auto (WeirJournalOutcome) outcome = { 0 };

  self->value = g_task_propagate_pointer (operation, &self->error);
  if (self->number == 0 || !self->is_done
      || g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      return_result (operation);
      return;
    }

  outcome.state = judge (self->error);
  outcome.message =
      dup_masked_text (provider, self->error != NULL ? self->error->message : warning);
  describe_read_back (operation, warning, &outcome);
  complete (operation, WEIR_JOURNAL_RESULT, &outcome, result_written_cb, NULL);
}

/**
 * weir_change_start:
 * @task: (transfer full): returns what the operation returns, when the journal has it
 * @action: the operation
 * @record: (nullable): what it is done to
 * @id: (nullable): the id of what it is done to, where there is no record
 * @free_value: how to free what it returns
 *
 * Returns: (transfer full): the task to do it by: the only kind that weir_ask_change_async() takes
 */
GTask *
weir_change_start (GTask *task,
                   WeirAction action,
                   WeirRecord *record,
                   const char *id,
                   GDestroyNotify free_value)
{
  GTask *operation =
      g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), done_cb, NULL);
  Change *self = g_new0 (Change, 1);

  g_task_set_source_tag (operation, weir_change_start);
  self->task = task;
  self->action = action;
  self->kind = record != NULL ? weir_record_get_kind (record) : WEIR_RECORD_SUBSCRIPTION;
  self->id = g_strdup (record != NULL ? weir_record_get_id (record) : id);
  self->name = record != NULL ? g_strdup (weir_record_get_name (record)) : NULL;
  self->free_value = free_value;
  g_object_set_data_full (G_OBJECT (operation), CHANGE_KEY, self, (GDestroyNotify) change_free);

  return operation;
}

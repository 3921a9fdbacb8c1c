/* weir-oracle-provider.c: Oracle B2C Service, Connect REST v1.4
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-oracle-provider.h"

#include "weir-http-soup.h"
#include "weir-oracle-body.h"
#include "weir-oracle-list.h"
#include "weir-oracle-write.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Required, at most 40 ASCII characters; it is how the site's administrator finds our calls (api/sequin-and-oracle.md B1). */
#define CONTEXT_HEADER "OSvC-CREST-Application-Context"
#define CONTEXT "Weir " WEIR_VERSION
#define TOKEN_HEADER "osvc-crest-api-access-token"
#define NEXT_REQUEST_HEADER "osvc-crest-next-request-after"

G_STATIC_ASSERT (sizeof CONTEXT - 1 <= 40);

/* A longer wait than this is told and not sat out. */
#define PATIENCE (20 * G_TIME_SPAN_SECOND)
#define BACKGROUND_PATIENCE (60 * G_TIME_SPAN_SECOND)

/* How much of an error's body is looked through for the name of the token. */
#define LOOKED_THROUGH (64 * 1024)

struct _WeirOracleProvider
{
  WeirProvider parent_instance;

  char *access_token; /* (nullable) what the last answer gave, to be sent unchanged */
  gint64 not_before;  /* monotonic, 0: at any time */
  gboolean tunnel;
};

G_DEFINE_FINAL_TYPE (WeirOracleProvider, weir_oracle_provider, WEIR_TYPE_PROVIDER)

static gboolean
names_token (WeirHttpResponse *response)
{
  gsize size;
  const char *bytes = g_bytes_get_data (response->body, &size);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return FALSE;
  text = g_ascii_strdown (bytes, (gssize) MIN (size, LOOKED_THROUGH));
  return strstr (text, "access-token") != NULL || strstr (text, "access token") != NULL;
}

static gint64
weir_oracle_provider_prepare (WeirProvider *provider, WeirHttpRequest *request, GError **error)
{
  WeirOracleProvider *self = WEIR_ORACLE_PROVIDER (provider);
  gint64 wait = MAX (self->not_before - g_get_monotonic_time (), 0);

  request->wait_header = NEXT_REQUEST_HEADER;
  weir_http_request_add_header (request, CONTEXT_HEADER, CONTEXT);
  if (self->access_token != NULL)
    weir_http_request_add_header (request, TOKEN_HEADER, self->access_token);
  if (wait > (request->background ? BACKGROUND_PATIENCE : PATIENCE))
    {
      GError *made =
          weir_provider_error_new (WEIR_PROVIDER_ERROR_THROTTLED,
                                   ngettext ("Oracle asks not to be asked for another %d second.",
                                             "Oracle asks not to be asked for another %d seconds.",
                                             (gulong) (wait / G_TIME_SPAN_SECOND)),
                                   (int) (wait / G_TIME_SPAN_SECOND));

      weir_provider_error_set_retry_after (made, wait);
      g_propagate_error (error, made);
      return -1;
    }
  return wait;
}

static void
weir_oracle_provider_answered (WeirProvider *provider, WeirHttpResponse *response)
{
  WeirOracleProvider *self = WEIR_ORACLE_PROVIDER (provider);
  const char *token = weir_http_response_get_header (response, TOKEN_HEADER);
  gint64 wait = weir_http_read_milliseconds (response->headers, NEXT_REQUEST_HEADER);

  if (response->status >= 400 && names_token (response))
    g_clear_pointer (&self->access_token, g_free);
  else if (token != NULL && *token != '\0')
    {
      g_free (self->access_token);
      self->access_token = g_strdup (token);
    }
  if (wait > 0)
    self->not_before = g_get_monotonic_time () + wait;
}

static const char *const *
weir_oracle_provider_get_streams (WeirProvider *provider)
{
  static const char *const streams[] = { NULL };

  return streams;
}

static gboolean
weir_oracle_provider_can (WeirProvider *provider,
                          WeirAction action,
                          WeirRecord *record,
                          const char **reason)
{
  switch (action)
    {
    case WEIR_ACTION_SUBSCRIBE:
    case WEIR_ACTION_UNSUBSCRIBE:
    case WEIR_ACTION_PAUSE:
    case WEIR_ACTION_CREATE:
    case WEIR_ACTION_UPDATE:
    case WEIR_ACTION_DELETE:
      return TRUE;
    case WEIR_ACTION_PULL:
      *reason = _ ("Oracle B2C Service posts its notifications: there is nothing to pull.");
      return FALSE;
    case WEIR_ACTION_RESUBSCRIBE:
    case WEIR_ACTION_SETUP:
    case WEIR_ACTION_REFRESH_WEBHOOK:
      *reason = _ ("Oracle B2C Service only activates, pauses and deactivates subscriptions.");
      return FALSE;
    case WEIR_ACTION_TEST:
    case WEIR_ACTION_REFRESH_CREDENTIALS:
    case WEIR_ACTION_RECONNECT:
    default:
      *reason = _ ("Oracle B2C Service has no connections.");
      return FALSE;
    }
}

static gboolean
weir_oracle_provider_lists (WeirProvider *provider, WeirRecordKind kind, const char **reason)
{
  switch (kind)
    {
    case WEIR_RECORD_SUBSCRIPTION:
      return TRUE;
    case WEIR_RECORD_EVENT:
      *reason = _ ("Oracle B2C Service has no event feed: it posts notifications to each "
                   "subscription's endpoint.");
      return FALSE;
    case WEIR_RECORD_PULL:
      *reason = _ ("Oracle B2C Service has no pull runs: it posts notifications to each "
                   "subscription's endpoint.");
      return FALSE;
    case WEIR_RECORD_CONNECTION:
      *reason = _ ("Oracle B2C Service has no connections: a subscription's endpoint is all it "
                   "knows of the outside.");
      return FALSE;
    case WEIR_RECORD_INTEGRATION:
    case WEIR_RECORD_APP_EVENT_TYPE:
    case WEIR_RECORD_INCOMING_WEBHOOK:
    case WEIR_RECORD_FLOW_RUN:
    case WEIR_RECORD_TENANT:
    default:
      *reason = _ ("Oracle B2C Service has event subscriptions, and nothing else that Weir shows.");
      return FALSE;
    }
}

static void
weir_oracle_provider_check_async (WeirProvider *provider, GTask *task)
{
  weir_oracle_check (provider, task);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *warning = NULL;
  GPtrArray *records = weir_walk_finish (result, &warning, &error);

  weir_provider_task_set_warning (task, warning);
  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
weir_oracle_provider_list_async (WeirProvider *provider,
                                 WeirRecordKind kind,
                                 const WeirListFilter *filter,
                                 GTask *task)
{
  weir_oracle_list_async (provider, filter, g_task_get_cancellable (task), list_cb, task);
}

static void
weir_oracle_provider_get_async (WeirProvider *provider,
                                WeirRecordKind kind,
                                const char *id,
                                GTask *task)
{
  g_autofree char *path = NULL;

  if (!weir_oracle_check_id (id))
    {
      g_task_return_error (
          task, weir_provider_error_new (WEIR_PROVIDER_ERROR_NOT_FOUND,
                                         _ ("“%s” is no id: Oracle's are whole numbers."), id));
      g_object_unref (task);
      return;
    }
  path = weir_request_path (WEIR_ORACLE_ROOT, id, NULL, NULL);
  weir_ask_into (task, weir_request_new (provider, "GET", path), weir_oracle_read_one, NULL, NULL,
                 g_object_unref);
}

static void
weir_oracle_provider_act_async (WeirProvider *provider,
                                WeirAction action,
                                WeirRecord *record,
                                GTask *task)
{
  weir_oracle_act (provider, action, record, &WEIR_ORACLE_PROVIDER (provider)->tunnel, task);
}

static void
weir_oracle_provider_write_async (WeirProvider *provider,
                                  WeirAction action,
                                  const char *id,
                                  GBytes *json,
                                  GTask *task)
{
  weir_oracle_write (provider, action, id, json, &WEIR_ORACLE_PROVIDER (provider)->tunnel, task);
}

static char *
weir_oracle_provider_dup_path (WeirProvider *provider, WeirRecord *record)
{
  return weir_request_path (WEIR_ORACLE_ROOT, weir_record_get_id (record), NULL, NULL);
}

static void
weir_oracle_provider_finalize (GObject *object)
{
  g_free (WEIR_ORACLE_PROVIDER (object)->access_token);
  G_OBJECT_CLASS (weir_oracle_provider_parent_class)->finalize (object);
}

static void
weir_oracle_provider_class_init (WeirOracleProviderClass *klass)
{
  WeirProviderClass *provider_class = WEIR_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = weir_oracle_provider_finalize;
  provider_class->prepare = weir_oracle_provider_prepare;
  provider_class->answered = weir_oracle_provider_answered;
  provider_class->get_streams = weir_oracle_provider_get_streams;
  provider_class->can = weir_oracle_provider_can;
  provider_class->lists = weir_oracle_provider_lists;
  provider_class->check_async = weir_oracle_provider_check_async;
  provider_class->list_async = weir_oracle_provider_list_async;
  provider_class->get_async = weir_oracle_provider_get_async;
  provider_class->act_async = weir_oracle_provider_act_async;
  provider_class->dup_path = weir_oracle_provider_dup_path;
  provider_class->write_async = weir_oracle_provider_write_async;
}

static void
weir_oracle_provider_init (WeirOracleProvider *self)
{
}

/**
 * weir_oracle_provider_new:
 * @auth: user name and password, or a token
 *
 * Returns: (transfer full): the provider
 */
WeirProvider *
weir_oracle_provider_new (WeirAccount *account, WeirAuth *auth)
{
  return g_object_new (WEIR_TYPE_ORACLE_PROVIDER, "account", account, "auth", auth, NULL);
}

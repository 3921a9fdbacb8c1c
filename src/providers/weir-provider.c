/* weir-provider.c: what every platform can be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-provider.h"

#include "weir-ask.h"
#include "weir-change.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WeirAccount *account;
  WeirHttpClient *client;
  WeirJournal *journal; /* (nullable) */
  gboolean background;
} WeirProviderPrivate;

enum
{
  PROP_ACCOUNT = 1,
  PROP_AUTH,
  N_PROPS
};

enum
{
  SIGNAL_HINT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WeirProvider, weir_provider, G_TYPE_OBJECT)

static gboolean
is_for_connections (WeirAction action)
{
  return action == WEIR_ACTION_TEST || action == WEIR_ACTION_REFRESH_CREDENTIALS
         || action == WEIR_ACTION_RECONNECT;
}

/* Fails the task and returns FALSE if the action is not allowed. */
static gboolean
allow (WeirProvider *self, WeirAction action, WeirRecord *record, GTask *task)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (self);
  const char *reason = NULL;

  if (weir_provider_can (self, action, record, &reason))
    return TRUE;
  g_task_return_error (task, weir_provider_error_new (priv->account->read_only
                                                          ? WEIR_PROVIDER_ERROR_READ_ONLY
                                                          : WEIR_PROVIDER_ERROR_UNSUPPORTED,
                                                      "%s", reason));
  return FALSE;
}

static gboolean
allow_list (WeirProvider *self, WeirRecordKind kind, GTask *task)
{
  const char *reason = NULL;

  if (weir_provider_lists (self, kind, &reason))
    return TRUE;
  g_task_return_error (task,
                       weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s", reason));
  return FALSE;
}

static void
weir_provider_real_set_live (WeirProvider *self, gboolean live)
{
}

static gboolean
weir_provider_real_needs_seen (WeirProvider *self)
{
  return FALSE;
}

static void
weir_provider_real_write_async (WeirProvider *self,
                                WeirAction action,
                                const char *id,
                                GBytes *json,
                                GTask *task)
{
  g_task_return_error (task, weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
                                                      _ ("This platform does not let subscriptions "
                                                         "be created or edited.")));
  g_object_unref (task);
}

static void
weir_provider_real_fetch_async (WeirProvider *self,
                                const char *stream,
                                const char *cursor,
                                guint limit,
                                GTask *task)
{
  g_task_return_error (task, weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
                                                      _ ("This platform has no event feed.")));
  g_object_unref (task);
}

/* Nothing is known of how far the log goes back, so nothing is said to be missing. */
static void
weir_provider_real_reaches_async (WeirProvider *self, WeirEventPage *page, GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static char *
weir_provider_real_dup_cursor_since (WeirProvider *self, const char *stream, gint64 since)
{
  return NULL;
}

static void
weir_provider_dispose (GObject *object)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (WEIR_PROVIDER (object));

  g_clear_object (&priv->client);
  g_clear_object (&priv->journal);
  G_OBJECT_CLASS (weir_provider_parent_class)->dispose (object);
}

static void
weir_provider_finalize (GObject *object)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (WEIR_PROVIDER (object));

  g_clear_object (&priv->account);
  G_OBJECT_CLASS (weir_provider_parent_class)->finalize (object);
}

static void
weir_provider_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (WEIR_PROVIDER (object));

  switch (id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, priv->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
weir_provider_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (WEIR_PROVIDER (object));

  switch (id)
    {
    case PROP_ACCOUNT:
      priv->account = g_value_dup_object (value);
      break;
    case PROP_AUTH:
      priv->client = weir_http_client_new (g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
weir_provider_class_init (WeirProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_provider_dispose;
  object_class->finalize = weir_provider_finalize;
  object_class->get_property = weir_provider_get_property;
  object_class->set_property = weir_provider_set_property;
  klass->set_live = weir_provider_real_set_live;
  klass->needs_seen = weir_provider_real_needs_seen;
  klass->write_async = weir_provider_real_write_async;
  klass->fetch_async = weir_provider_real_fetch_async;
  klass->reaches_async = weir_provider_real_reaches_async;
  klass->dup_cursor_since = weir_provider_real_dup_cursor_since;

  properties[PROP_ACCOUNT] =
      g_param_spec_object ("account", NULL, NULL, WEIR_TYPE_ACCOUNT,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /* Writable only: nobody gets the secret back out of a provider. */
  properties[PROP_AUTH] =
      g_param_spec_object ("auth", NULL, NULL, WEIR_TYPE_AUTH,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_HINT] = g_signal_new ("hint", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
}

static void
weir_provider_init (WeirProvider *self)
{
}

/**
 * weir_provider_get_account:
 *
 * Returns: (transfer none): the account it was made for
 */
WeirAccount *
weir_provider_get_account (WeirProvider *self)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (self);

  g_return_val_if_fail (WEIR_IS_PROVIDER (self), NULL);
  return priv->account;
}

/**
 * weir_provider_get_client:
 *
 * Returns: (transfer none): what its requests go through, with the log of them
 */
WeirHttpClient *
weir_provider_get_client (WeirProvider *self)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (self);

  g_return_val_if_fail (WEIR_IS_PROVIDER (self), NULL);
  return priv->client;
}

/**
 * weir_provider_set_journal:
 * @journal: (nullable): where changes are written down
 *
 * Without one nothing can be changed: it fails with %WEIR_PROVIDER_ERROR_NOT_JOURNALLED.
 */
void
weir_provider_set_journal (WeirProvider *self, WeirJournal *journal)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (self);

  g_return_if_fail (WEIR_IS_PROVIDER (self));
  g_return_if_fail (journal == NULL || WEIR_IS_JOURNAL (journal));

  g_set_object (&priv->journal, journal);
}

/**
 * weir_provider_get_journal:
 *
 * Returns: (transfer none) (nullable): where changes are written down
 */
WeirJournal *
weir_provider_get_journal (WeirProvider *self)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (self);

  g_return_val_if_fail (WEIR_IS_PROVIDER (self), NULL);

  return priv->journal;
}

/**
 * weir_provider_get_token_expiry:
 *
 * Returns: when the token ends that the account was given, µs; 0 if it does not, or nobody can know
 */
gint64
weir_provider_get_token_expiry (WeirProvider *self)
{
  WeirAuth *auth;

  g_return_val_if_fail (WEIR_IS_PROVIDER (self), 0);

  auth = weir_http_client_get_auth (weir_provider_get_client (self));

  return auth != NULL ? weir_auth_get_expiry (auth) : 0;
}

/**
 * weir_provider_get_streams:
 *
 * Returns: (transfer none) (array zero-terminated=1): the streams that can be followed; may be empty
 */
const char *const *
weir_provider_get_streams (WeirProvider *self)
{
  g_return_val_if_fail (WEIR_IS_PROVIDER (self), NULL);
  return WEIR_PROVIDER_GET_CLASS (self)->get_streams (self);
}

/**
 * weir_provider_can:
 * @record: (nullable): what it would be done to; %NULL: is it ever possible here?
 * @reason: (out) (optional) (transfer none): why not, a translated sentence
 *
 * Returns: whether the action may be asked for. Asked all the same, it fails before anything is sent.
 */
gboolean
weir_provider_can (WeirProvider *self, WeirAction action, WeirRecord *record, const char **reason)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (self);
  const char *unused;

  g_return_val_if_fail (WEIR_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (record == NULL || WEIR_IS_RECORD (record), FALSE);

  if (reason == NULL)
    reason = &unused;
  *reason = NULL;
  if (priv->account->read_only)
    {
      *reason = _ ("This account is read-only: Weir only looks, it changes nothing.");
      return FALSE;
    }
  if (record != NULL && is_for_connections (action)
      && weir_record_get_kind (record) != WEIR_RECORD_CONNECTION)
    {
      *reason = _ ("Only connections can be tested, refreshed and reconnected.");
      return FALSE;
    }
  if (record != NULL && !is_for_connections (action)
      && weir_record_get_kind (record) != WEIR_RECORD_SUBSCRIPTION)
    {
      *reason = _ ("Only subscriptions can be asked this.");
      return FALSE;
    }
  return WEIR_PROVIDER_GET_CLASS (self)->can (self, action, record, reason);
}

/**
 * weir_provider_lists:
 * @reason: (out) (optional) (transfer none): why not, a translated sentence
 *
 * Returns: whether the platform has such records at all
 */
gboolean
weir_provider_lists (WeirProvider *self, WeirRecordKind kind, const char **reason)
{
  const char *unused;

  g_return_val_if_fail (WEIR_IS_PROVIDER (self), FALSE);

  if (reason == NULL)
    reason = &unused;
  *reason = NULL;
  return WEIR_PROVIDER_GET_CLASS (self)->lists (self, kind, reason);
}

/**
 * weir_provider_needs_seen:
 *
 * Returns: whether subscriptions have to be made from the events seen, as the server has no list
 */
gboolean
weir_provider_needs_seen (WeirProvider *self)
{
  g_return_val_if_fail (WEIR_IS_PROVIDER (self), FALSE);
  return WEIR_PROVIDER_GET_CLASS (self)->needs_seen (self);
}

/**
 * weir_provider_set_live:
 * @live: whether the server's hints are wanted
 *
 * Opens or closes the channel of hints, where the platform has one.
 */
void
weir_provider_set_live (WeirProvider *self, gboolean live)
{
  g_return_if_fail (WEIR_IS_PROVIDER (self));
  WEIR_PROVIDER_GET_CLASS (self)->set_live (self, live);
}

/**
 * weir_provider_set_background:
 * @background: whether nobody waits for the answers: GET is then tried again for longer
 */
void
weir_provider_set_background (WeirProvider *self, gboolean background)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (self);

  g_return_if_fail (WEIR_IS_PROVIDER (self));
  priv->background = background;
}

/**
 * weir_provider_get_background:
 *
 * Returns: what weir_provider_set_background() said
 */
gboolean
weir_provider_get_background (WeirProvider *self)
{
  WeirProviderPrivate *priv = weir_provider_get_instance_private (self);

  g_return_val_if_fail (WEIR_IS_PROVIDER (self), FALSE);
  return priv->background;
}

/**
 * weir_provider_emit_hint:
 * @id: (nullable): which one
 *
 * For subclasses: the server says that this changed.
 */
void
weir_provider_emit_hint (WeirProvider *self, WeirRecordKind kind, const char *id)
{
  g_return_if_fail (WEIR_IS_PROVIDER (self));
  g_signal_emit (self, signals[SIGNAL_HINT], 0, (int) kind, id);
}

/**
 * weir_provider_result_get_warning:
 * @result: what a callback of this class was given
 *
 * Returns: (transfer none) (nullable): a translated sentence about what was survived
 */
const char *
weir_provider_result_get_warning (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_object_get_data (G_OBJECT (result), "weir-warning");
}

/**
 * weir_provider_task_set_warning:
 * @task: a task that returns a provider's result
 * @warning: (transfer full) (nullable): what weir_provider_result_get_warning() is to say
 *
 * To be called before the task returns.
 */
void
weir_provider_task_set_warning (GTask *task, char *warning)
{
  g_return_if_fail (G_IS_TASK (task));
  g_object_set_data_full (G_OBJECT (task), "weir-warning", warning, g_free);
}

/**
 * weir_provider_check_async:
 *
 * Asks the server who we are, once and without retry.
 */
void
weir_provider_check_async (WeirProvider *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  gint64 started = g_get_monotonic_time ();
  GTask *task;

  g_return_if_fail (WEIR_IS_PROVIDER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_provider_check_async);
  g_object_set_data_full (G_OBJECT (task), "weir-started", g_memdup2 (&started, sizeof started),
                          g_free);
  WEIR_PROVIDER_GET_CLASS (self)->check_async (self, task);
}

/**
 * weir_provider_check_finish:
 * @latency_ms: (out) (optional): how long the answer took, in ms; set on success and on failure
 *
 * Returns: (transfer full): whose account it is, for display; %NULL and a %WEIR_PROVIDER_ERROR
 */
char *
weir_provider_check_finish (WeirProvider *self,
                            GAsyncResult *result,
                            gint64 *latency_ms,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (latency_ms != NULL)
    {
      gint64 *started = g_object_get_data (G_OBJECT (result), "weir-started");

      *latency_ms = (g_get_monotonic_time () - *started) / 1000;
    }
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_provider_list_async:
 * @filter: (nullable): what the list is narrowed to; copied
 */
void
weir_provider_list_async (WeirProvider *self,
                          WeirRecordKind kind,
                          const WeirListFilter *filter,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_PROVIDER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_provider_list_async);
  if (allow_list (self, kind, task))
    WEIR_PROVIDER_GET_CLASS (self)->list_async (self, kind, filter, g_steal_pointer (&task));
}

/**
 * weir_provider_list_finish:
 *
 * Returns: (transfer container) (element-type WeirRecord): the records; %NULL and a %WEIR_PROVIDER_ERROR
 */
GPtrArray *
weir_provider_list_finish (WeirProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_provider_get_async:
 * @id: which one
 */
void
weir_provider_get_async (WeirProvider *self,
                         WeirRecordKind kind,
                         const char *id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_PROVIDER (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_provider_get_async);
  if (allow_list (self, kind, task))
    WEIR_PROVIDER_GET_CLASS (self)->get_async (self, kind, id, g_steal_pointer (&task));
}

/**
 * weir_provider_get_finish:
 *
 * Returns: (transfer full): the record; %NULL and a %WEIR_PROVIDER_ERROR
 */
WeirRecord *
weir_provider_get_finish (WeirProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_provider_act_async:
 * @action: not %WEIR_ACTION_CREATE, %WEIR_ACTION_UPDATE or %WEIR_ACTION_RECONNECT, which have functions of their own
 * @record: what it is done to
 *
 * Does it, once. What weir_provider_can() refuses fails with %WEIR_PROVIDER_ERROR_UNSUPPORTED or
 * %WEIR_PROVIDER_ERROR_READ_ONLY and nothing is sent.
 */
void
weir_provider_act_async (WeirProvider *self,
                         WeirAction action,
                         WeirRecord *record,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_PROVIDER (self));
  g_return_if_fail (WEIR_IS_RECORD (record));
  g_return_if_fail (action != WEIR_ACTION_CREATE && action != WEIR_ACTION_UPDATE
                    && action != WEIR_ACTION_RECONNECT);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_provider_act_async);
  if (allow (self, action, record, task))
    WEIR_PROVIDER_GET_CLASS (self)->act_async (
        self, action, record,
        weir_change_start (g_steal_pointer (&task), action, record, NULL, g_object_unref));
}

/**
 * weir_provider_act_finish:
 *
 * Returns: (transfer full): the record as it is now (of a pull, the WeirPullRun; of a deletion, the record that was). If
 * it was done but could not be read back this is the record as it was, and weir_provider_result_get_warning() says so;
 * where there is none to give, the error is %WEIR_PROVIDER_ERROR_UNCONFIRMED.
 */
WeirRecord *
weir_provider_act_finish (WeirProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_provider_reconnect_async:
 * @connection: what to log in to again
 *
 * Asks for the address at which a person does that.
 */
void
weir_provider_reconnect_async (WeirProvider *self,
                               WeirConnection *connection,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_PROVIDER (self));
  g_return_if_fail (WEIR_IS_CONNECTION (connection));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_provider_reconnect_async);
  if (allow (self, WEIR_ACTION_RECONNECT, WEIR_RECORD (connection), task))
    WEIR_PROVIDER_GET_CLASS (self)->act_async (
        self, WEIR_ACTION_RECONNECT, WEIR_RECORD (connection),
        weir_change_start (g_steal_pointer (&task), WEIR_ACTION_RECONNECT, WEIR_RECORD (connection),
                           NULL, g_free));
}

/**
 * weir_provider_reconnect_finish:
 *
 * Returns: (transfer full): an http or https address to open; %NULL and a %WEIR_PROVIDER_ERROR
 */
char *
weir_provider_reconnect_finish (WeirProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_provider_write_async:
 * @action: %WEIR_ACTION_CREATE or %WEIR_ACTION_UPDATE
 * @id: (nullable): which one to update
 * @json: the members to set, as JSON text
 */
void
weir_provider_write_async (WeirProvider *self,
                           WeirAction action,
                           const char *id,
                           GBytes *json,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_PROVIDER (self));
  g_return_if_fail (action == WEIR_ACTION_CREATE || action == WEIR_ACTION_UPDATE);
  g_return_if_fail ((id != NULL) == (action == WEIR_ACTION_UPDATE));
  g_return_if_fail (json != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_provider_write_async);
  if (allow (self, action, NULL, task))
    WEIR_PROVIDER_GET_CLASS (self)->write_async (
        self, action, id, json,
        weir_change_start (g_steal_pointer (&task), action, NULL, id, g_object_unref));
}

/**
 * weir_provider_write_finish:
 *
 * Returns: (transfer full): the record as read back, with the same exceptions as weir_provider_act_finish()
 */
WeirRecord *
weir_provider_write_finish (WeirProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_provider_describe_read:
 * @self: a provider
 * @record: one of its records
 *
 * What a person needs to ask the server for the record by hand: weir_exchange_to_curl() makes a command of it.
 *
 * Returns: (transfer full) (nullable): the request that reads @record, not sent, its secrets masked; %NULL where the
 *   platform has none
 */
WeirExchange *
weir_provider_describe_read (WeirProvider *self, WeirRecord *record)
{
  WeirProviderClass *klass;
  WeirProviderPrivate *priv;
  g_autoptr (WeirHttpRequest) request = NULL;
  g_autoptr (GString) headers = NULL;
  g_autofree char *path = NULL;
  g_autofree char *authorization = NULL;
  WeirExchange *exchange;
  WeirAuth *auth;

  g_return_val_if_fail (WEIR_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (WEIR_IS_RECORD (record), NULL);

  klass = WEIR_PROVIDER_GET_CLASS (self);
  priv = weir_provider_get_instance_private (self);
  path = klass->dup_path != NULL ? klass->dup_path (self, record) : NULL;
  if (path == NULL)
    return NULL;

  request = weir_request_new (self, "GET", path);
  /* for its headers: a wait that the platform asks for is no matter here */
  if (klass->prepare != NULL)
    klass->prepare (self, request, NULL);
  auth = weir_http_client_get_auth (priv->client);
  authorization = auth != NULL ? weir_auth_dup_header (auth) : NULL;
  if (authorization != NULL)
    weir_http_request_add_header (request, "Authorization", authorization);

  headers = g_string_new (NULL);
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    {
      const char *name = g_ptr_array_index (request->headers, i);
      g_autofree char *value = weir_mask_header (name, g_ptr_array_index (request->headers, i + 1));

      g_string_append_printf (headers, "%s: %s\n", name, value);
    }
  exchange = g_object_new (WEIR_TYPE_EXCHANGE, NULL);
  exchange->method = g_strdup (request->method);
  exchange->uri = weir_mask_uri (request->uri);
  exchange->request_headers = g_strdup (headers->str);

  return exchange;
}

/* weir-provider.h: what every platform can be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-connection.h"
#include "weir-event-rows.h"
#include "weir-http-client.h"
#include "weir-journal.h"
#include "weir-pull-run.h"
#include "weir-subscription.h"

G_BEGIN_DECLS

#define WEIR_PROVIDER_ERROR (weir_provider_error_quark ())
GQuark weir_provider_error_quark (void);

typedef enum
{
  WEIR_PROVIDER_ERROR_UNAUTHORIZED, /* the token is wrong or has ended */
  WEIR_PROVIDER_ERROR_FORBIDDEN,
  WEIR_PROVIDER_ERROR_NOT_FOUND,
  WEIR_PROVIDER_ERROR_REFUSED, /* 400, 409, 422…: the server says why */
  WEIR_PROVIDER_ERROR_THROTTLED,
  WEIR_PROVIDER_ERROR_UNREACHABLE,    /* network, TLS, time-out, 502 to 504 */
  WEIR_PROVIDER_ERROR_SERVER,         /* other 5xx */
  WEIR_PROVIDER_ERROR_INVALID_ANSWER, /* 2xx that is not what was asked for */
  WEIR_PROVIDER_ERROR_UNSUPPORTED,    /* this platform cannot do it */
  WEIR_PROVIDER_ERROR_READ_ONLY,      /* the account is locked by the user */
  WEIR_PROVIDER_ERROR_UNCONFIRMED,    /* it WAS done, but there is nothing to show for it: what it
                                         made could not be read back. Not to be repeated */
  WEIR_PROVIDER_ERROR_UNTRUSTED,      /* who answers cannot prove to be the server */
  WEIR_PROVIDER_ERROR_NOT_JOURNALLED, /* nothing was sent: the journal could not be written */
} WeirProviderError;

/* (transfer none) (nullable): what the server said, whole; attached to errors of this domain */
WeirErrorData *weir_provider_error_get_data (const GError *error);
/* µs from the time of the answer until the server wants to be asked again; 0 if it did not say */
gint64 weir_provider_error_get_retry_after (const GError *error);
/* how the providers make one: from an answer that is no success, or from a local WEIR_HTTP_ERROR */
GError *weir_provider_error_new_from_response (WeirHttpResponse *response);
GError *weir_provider_error_new_from_local (const GError *error);
GError *weir_provider_error_new (WeirProviderError code, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

typedef enum
{
  WEIR_ACTION_SUBSCRIBE,
  WEIR_ACTION_UNSUBSCRIBE,
  WEIR_ACTION_RESUBSCRIBE,
  WEIR_ACTION_PULL, /* answers with a WeirPullRun */
  WEIR_ACTION_SETUP,
  WEIR_ACTION_REFRESH_WEBHOOK,
  WEIR_ACTION_PAUSE,  /* Oracle: Pause Delivery */
  WEIR_ACTION_CREATE, /* Oracle; for weir_provider_can() */
  WEIR_ACTION_UPDATE,
  WEIR_ACTION_DELETE,
  WEIR_ACTION_TEST, /* of a connection; a failed test is WEIR_PROVIDER_ERROR_REFUSED */
  WEIR_ACTION_REFRESH_CREDENTIALS,
  WEIR_ACTION_RECONNECT,
} WeirAction;

#define WEIR_TYPE_EVENT_PAGE (weir_event_page_get_type ())
G_DECLARE_FINAL_TYPE (WeirEventPage, weir_event_page, WEIR, EVENT_PAGE, GObject)

/* Whether a page goes on where what was known before it ends. */
typedef enum
{
  WEIR_JOIN_NONE,   /* there was nothing before, or it is not at its end yet: nothing to be said */
  WEIR_JOIN_SEEN,   /* it does */
  WEIR_JOIN_UNSEEN, /* nothing shows it: weir_provider_reaches_async() tells */
  WEIR_JOIN_CUT,    /* it does not: the list ended before it came to there */
  WEIR_JOIN_JUMPED, /* the server's cursor moved on, without an event */
} WeirPageJoin;

/* One page of a stream, to be kept with its cursor in one transaction. */
struct _WeirEventPage
{
  GObject parent_instance;

  char *stream;
  char *asked_with;      /* (nullable) the cursor the page was asked with */
  WeirEventRows *events; /* oldest first, as far as the server's order tells */
  char *next_cursor;     /* (nullable) what to keep and to ask with next; NULL: keep asked_with */
  char *
      known_cursor; /* (nullable) what to keep instead if the page brought nothing that was not known before */
  gboolean end;          /* caught up: there is nothing more now */
  gboolean known_is_end; /* caught up if the page brought nothing new */
  char *warning;         /* (nullable) a breach of the protocol that was survived, to be shown */
  WeirPageJoin join;
  gboolean
      goes_on;  /* with a walk that began with an earlier page: what came since then is not in it */
  gint64 since; /* µs: what is known before is known until then; 0: the cursor alone says it */
  gint64 oldest_at; /* µs: of the oldest event of the page, or of the walk it ends; 0: none */
};
WeirEventPage *weir_event_page_new (const char *stream, const char *asked_with);

#define WEIR_TYPE_PROVIDER (weir_provider_get_type ())
G_DECLARE_DERIVABLE_TYPE (WeirProvider, weir_provider, WEIR, PROVIDER, GObject)

/* What a list is narrowed to; all nullable. Kept by the provider where the server has the parameter, else by the provider itself. */
typedef struct
{
  const char *subscription;
  const char *connection;
  const char *integration; /* of Sequin the provider's slug */
  const char *collection;
  const char *status;
  const char *tenant;
  gint64 since; /* µs, 0 = no limit */
  guint limit;  /* at most so many, newest first where known; 0 = all */
} WeirListFilter;

WeirListFilter *weir_list_filter_copy (const WeirListFilter *filter); /* (nullable): an empty one */
void weir_list_filter_free (WeirListFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirListFilter, weir_list_filter_free)

/* The _async functions take the task over and return into it; what is not allowed has been refused before. */
struct _WeirProviderClass
{
  GObjectClass parent_class;

  /* before every request: adds the platform's headers; returns how long to wait (µs), -1 and an error: not now */
  gint64 (*prepare) (WeirProvider *self, WeirHttpRequest *request, GError **error);
  void (*answered) (WeirProvider *self, WeirHttpResponse *response);

  const char *const *(*get_streams) (WeirProvider *self); /* NULL-terminated; may be empty */
  gboolean (*can) (WeirProvider *self, WeirAction action, WeirRecord *record, const char **reason);
  gboolean (*lists) (WeirProvider *self, WeirRecordKind kind, const char **reason);
  gboolean (*needs_seen) (WeirProvider *self);
  void (*check_async) (WeirProvider *self,
                       GTask *task); /* task returns char *: whose account it is, for display */
  void (*list_async) (WeirProvider *self,
                      WeirRecordKind kind,
                      const WeirListFilter *filter,
                      GTask *task); /* GPtrArray of WeirRecord */
  void (*get_async) (WeirProvider *self,
                     WeirRecordKind kind,
                     const char *id,
                     GTask *task); /* WeirRecord */
  void (*act_async) (WeirProvider *self,
                     WeirAction action,
                     WeirRecord *record,
                     GTask *task); /* WeirRecord, as read back; RECONNECT: char * address to open */
  void (*write_async) (WeirProvider *self,
                       WeirAction action,
                       const char *id,
                       GBytes *json,
                       GTask *task); /* CREATE, UPDATE: WeirRecord as read back */
  void (*fetch_async) (WeirProvider *self,
                       const char *stream,
                       const char *cursor,
                       guint limit,
                       GTask *task);                                            /* WeirEventPage */
  void (*reaches_async) (WeirProvider *self, WeirEventPage *page, GTask *task); /* boolean */
  char *(*dup_cursor_since) (WeirProvider *self, const char *stream, gint64 since); /* (nullable) */
  /* (transfer full) (nullable): where the record is read, from the account's address on; NULL where it never is by itself */
  char *(*dup_path) (WeirProvider *self, WeirRecord *record);
  void (*set_live) (
      WeirProvider *self,
      gboolean live); /* opens or closes the channel of hints, if the platform has one */
};

/* Signal "hint" (WeirRecordKind kind, const char *id): the server says that this changed; ask again. */

WeirAccount *weir_provider_get_account (WeirProvider *self);
WeirHttpClient *weir_provider_get_client (WeirProvider *self);
/* µs: when the token ends that the account was given; 0: never, or nobody can know */
gint64 weir_provider_get_token_expiry (WeirProvider *self);
const char *const *weir_provider_get_streams (WeirProvider *self);
/* FALSE with a sentence (transfer none, translatable with gettext, already translated) saying why not. A read-only account, an archived
 * record and so on are answered here too: below the interface. record is nullable: "ever?" */
gboolean
weir_provider_can (WeirProvider *self, WeirAction action, WeirRecord *record, const char **reason);
gboolean weir_provider_lists (WeirProvider *self, WeirRecordKind kind, const char **reason);
/* TRUE once the server is known to have no list of subscriptions (Sequin without /v1/syncs): the list is empty then, and whoever
 * has the events makes one subscription of each sync and collection seen (weir_subscription_new_seen()). */
gboolean weir_provider_needs_seen (WeirProvider *self);
/* Where every change is written down before it is sent; a provider without one changes nothing. */
void weir_provider_set_journal (WeirProvider *self, WeirJournal *journal);
WeirJournal *weir_provider_get_journal (WeirProvider *self); /* (nullable) */
void weir_provider_set_live (WeirProvider *self, gboolean live);
void weir_provider_set_background (WeirProvider *self,
                                   gboolean background); /* patience of GET retries */
void weir_provider_emit_hint (WeirProvider *self, WeirRecordKind kind, const char *id);

void weir_provider_check_async (WeirProvider *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* for who returns such a result: a provider, and whoever hands one on */
void weir_provider_task_set_warning (GTask *task, char *warning);
/* (transfer none) (nullable): of any result below, before or after its finish: what was survived. Items of a list that could not be
 * read, half of a list that was refused; an action that was done, but whose record is the one known before it. */
const char *weir_provider_result_get_warning (GAsyncResult *result);
char *weir_provider_check_finish (WeirProvider *self,
                                  GAsyncResult *result,
                                  gint64 *latency_ms,
                                  GError **error);
void weir_provider_list_async (WeirProvider *self,
                               WeirRecordKind kind,
                               const WeirListFilter *filter,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *weir_provider_list_finish (WeirProvider *self, GAsyncResult *result, GError **error);
void weir_provider_get_async (WeirProvider *self,
                              WeirRecordKind kind,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
WeirRecord *weir_provider_get_finish (WeirProvider *self, GAsyncResult *result, GError **error);
void weir_provider_act_async (WeirProvider *self,
                              WeirAction action,
                              WeirRecord *record,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
WeirRecord *weir_provider_act_finish (WeirProvider *self, GAsyncResult *result, GError **error);
void weir_provider_reconnect_async (WeirProvider *self,
                                    WeirConnection *connection,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
char *weir_provider_reconnect_finish (WeirProvider *self, GAsyncResult *result, GError **error);
void weir_provider_write_async (WeirProvider *self,
                                WeirAction action,
                                const char *id,
                                GBytes *json,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
WeirRecord *weir_provider_write_finish (WeirProvider *self, GAsyncResult *result, GError **error);
void weir_provider_fetch_async (WeirProvider *self,
                                const char *stream,
                                const char *cursor,
                                guint limit,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
WeirEventPage *
weir_provider_fetch_finish (WeirProvider *self, GAsyncResult *result, GError **error);
/* whether the server's log still has something from before the page; FALSE: it begins with the page or after it */
void weir_provider_reaches_async (WeirProvider *self,
                                  WeirEventPage *page,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean weir_provider_reaches_finish (WeirProvider *self, GAsyncResult *result, GError **error);
/* (nullable) where to ask from for what happened since then, µs; NULL: there is no such place but the log's beginning */
char *weir_provider_dup_cursor_since (WeirProvider *self, const char *stream, gint64 since);

/* the request that reads the record, not sent, its secrets masked; NULL where there is none */
WeirExchange *weir_provider_describe_read (WeirProvider *self, WeirRecord *record);

G_END_DECLS

/* weir-event.h: one event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

/* Where an event's time was taken from: Membrane's log records carry none. */
typedef enum
{
  WEIR_TIME_FROM_PROVIDER, /* a field of the event */
  WEIR_TIME_FROM_ID,       /* the seconds in an ObjectId */
  WEIR_TIME_FROM_SIGHT,    /* when Weir first saw it */
} WeirTimeSource;

#define WEIR_TYPE_EVENT (weir_event_get_type ())
G_DECLARE_FINAL_TYPE (WeirEvent, weir_event, WEIR, EVENT, WeirRecord)

struct _WeirEvent
{
  WeirRecord parent_instance;

  char *stream;     /* never NULL: the provider's stream it came by */
  char *kind;       /* created, updated, deleted, …; (nullable) */
  char *collection; /* (nullable) */
  char *record;     /* the record's id at its source, (nullable) */
  char *subscription;
  char *subscription_name;
  char *connection;
  char *connection_name;
  char *tenant;
  char *status; /* (nullable) created, success, error */
  gint64 occurred_at;
  WeirTimeSource time_source;
  gint64 observed_at; /* when Weir first saw it */
  gboolean
      unreadable; /* what came was no readable event: kept raw (as a JSON string where it is no JSON) and flagged */
  WeirErrorData *error;
  WeirJson payload; /* a view into the raw bytes; may be absent */
  char **flow_runs; /* launchedFlowRunIds; never NULL */
};

/* observed_at is stamped by the caller, so that a reader of the history can give the stored one back. */
WeirEvent *weir_event_new_log_record (WeirAccount *account,
                                      WeirJson json,
                                      gint64 observed_at,
                                      GError **error); /* Membrane, stream "events" */
WeirEvent *weir_event_new_app_event (WeirAccount *account,
                                     WeirJson json,
                                     gint64 observed_at,
                                     GError **error); /* Membrane, stream "app-events" */
WeirEvent *weir_event_new_sequin (WeirAccount *account,
                                  WeirJson json,
                                  gint64 observed_at,
                                  GError **error); /* stream "events" */
WeirEvent *weir_event_new_unreadable (WeirAccount *account,
                                      const char *stream,
                                      GBytes *bytes,
                                      const char *reason,
                                      gint64 observed_at);
/* what the history uses: picks the constructor by the account's provider and the stream */
WeirEvent *weir_event_new (WeirAccount *account,
                           const char *stream,
                           WeirJson json,
                           gint64 observed_at,
                           GError **error);
const char *weir_time_source_to_string (WeirTimeSource source);

G_END_DECLS

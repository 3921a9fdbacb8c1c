/* weir-record.h: what all things a provider talks about have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account.h"
#include "weir-error-data.h"

G_BEGIN_DECLS

#define WEIR_RECORD_ERROR (weir_record_error_quark ())
GQuark weir_record_error_quark (void);

typedef enum
{
  WEIR_RECORD_ERROR_INVALID, /* what was sent, or entered, is no such thing; the message says why */
} WeirRecordError;

typedef enum
{
  WEIR_RECORD_SUBSCRIPTION,
  WEIR_RECORD_PULL,
  WEIR_RECORD_EVENT,
  WEIR_RECORD_CONNECTION,
  /* the rest have no class of their own: a name, an id and the raw JSON are enough */
  WEIR_RECORD_INTEGRATION,
  WEIR_RECORD_APP_EVENT_TYPE,
  WEIR_RECORD_INCOMING_WEBHOOK,
  WEIR_RECORD_FLOW_RUN,
  WEIR_RECORD_TENANT,
} WeirRecordKind;

#define WEIR_TYPE_RECORD (weir_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (WeirRecord, weir_record, WEIR, RECORD, GObject)

/* Records are immutable once a provider has made them: what changed is a new object with the same
 * account, kind and id. So their fields are public and read directly (and by any thread). */
struct _WeirRecordClass
{
  GObjectClass parent_class;

  void (*write) (WeirRecord *self, WeirJsonWriter *writer); /* members of the object CLI.md names */
  WeirErrorData *(*get_error) (WeirRecord *self);           /* transfer none, nullable */
};

/* Reads of the common fields. */
WeirRecordKind weir_record_get_kind (WeirRecord *self);
WeirAccount *weir_record_get_account (WeirRecord *self); /* transfer none */
const char *weir_record_get_id (WeirRecord *self);       /* never NULL */
const char *weir_record_get_name (
    WeirRecord *self); /* never NULL: falls back to something a person knows, last to the id */
GBytes *weir_record_get_raw (WeirRecord *self);   /* transfer none: valid JSON, exactly as sent */
WeirJson weir_record_get_json (WeirRecord *self); /* a view into the raw bytes */
WeirErrorData *weir_record_get_error (WeirRecord *self);            /* transfer none, nullable */
gboolean weir_record_same (WeirRecord *self, WeirRecord *other);    /* same account, kind and id */
gboolean weir_record_changed (WeirRecord *self, WeirRecord *other); /* raw bytes differ */

WeirRecord *weir_record_new (WeirRecordKind kind,
                             WeirAccount *account,
                             const char *id,
                             const char *name,
                             WeirJson json);
void weir_record_init_common (WeirRecord *self,
                              WeirRecordKind kind,
                              WeirAccount *account,
                              const char *id,
                              const char *name,
                              WeirJson json); /* copies json */
/* a view of json moved to the record's own copy of it */
WeirJson weir_record_keep_view (WeirRecord *self, WeirJson json, WeirJson view);
char *weir_record_to_json (WeirRecord *self, gboolean with_raw); /* one line, CLI.md */
const char *weir_record_kind_to_string (WeirRecordKind kind);

G_END_DECLS

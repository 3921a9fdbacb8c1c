/* weir-attention.h: what needs a hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-connection.h"
#include "weir-drift.h"
#include "weir-error-group.h"
#include "weir-error-lifecycle.h"
#include "weir-monitor.h"
#include "weir-subscription.h"

G_BEGIN_DECLS

/* In the order of the list. */
typedef enum
{
  WEIR_ATTENTION_ACCOUNT,
  WEIR_ATTENTION_TOKEN,
  WEIR_ATTENTION_CONNECTION,
  WEIR_ATTENTION_ERROR,
  WEIR_ATTENTION_CREDENTIALS,
  WEIR_ATTENTION_OVERDUE,
  WEIR_ATTENTION_SILENCE,
  WEIR_ATTENTION_DRIFT,
} WeirAttentionKind;

/* Immutable once it is in a list. */
#define WEIR_TYPE_ATTENTION (weir_attention_get_type ())
G_DECLARE_FINAL_TYPE (WeirAttention, weir_attention, WEIR, ATTENTION, GObject)

struct _WeirAttention
{
  GObject parent_instance;

  WeirAttentionKind kind;
  const char *icon_name;
  const char *css;
  char *title;
  char *subtitle;
  char *reason;    /* (nullable) what a connection waits for: the subtitle without where */
  gint64 at;       /* µs, 0 not known: since when, or when */
  gboolean due;    /* `at` is when something is due, not since when something is so */
  GObject *target; /* WeirAccount, WeirRecord or WeirErrorGroup */
  guint count;     /* how many there are of it in the target; 1 otherwise */
};

/* Each adds what needs a hand, and nothing if nothing does. items: (element-type WeirAttention) */
void weir_attention_add_account (GPtrArray *items,
                                 WeirAccount *account,
                                 WeirAccountState state,
                                 const GError *error,
                                 gint64 since);
void
weir_attention_add_token (GPtrArray *items, WeirAccount *account, gint64 expiry, gboolean always);
void weir_attention_add_connection (GPtrArray *items, WeirConnection *connection);
void weir_attention_add_refresh (GPtrArray *items, WeirConnection *connection, gboolean always);
void weir_attention_add_group (GPtrArray *items,
                               WeirErrorGroup *group,
                               WeirErrorLifecycle lifecycle); /* after the connections */
void
weir_attention_add_overdue (GPtrArray *items,
                            GPtrArray *subscriptions); /* those that are overdue, of any account */
/* target: a WeirSubscription, or a WeirAccount whose events have none */
void weir_attention_add_silence (GPtrArray *items, gpointer target, const WeirQuiet *quiet);
/* drift: (element-type WeirDrift) of all accounts, the latest first */
void weir_attention_add_drift (GPtrArray *items, GPtrArray *drift);

void weir_attention_sort (GPtrArray *items);
gboolean weir_attention_equal (WeirAttention *a, WeirAttention *b);
char *weir_attention_dup_time (WeirAttention *self);

G_END_DECLS

/* weir-subscription.h: something that makes events arrive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_SUBSCRIPTION_EXTERNAL_EVENT, /* Membrane */
  WEIR_SUBSCRIPTION_APP_EVENT,      /* Membrane */
  WEIR_SUBSCRIPTION_SYNC,           /* Sequin */
  WEIR_SUBSCRIPTION_NOTIFICATION,   /* Oracle */
} WeirSubscriptionVariant;

typedef enum
{
  WEIR_DELIVERY_UNKNOWN,
  WEIR_DELIVERY_REAL_TIME, /* "real-time" */
  WEIR_DELIVERY_PULL,      /* "pull" */
  WEIR_DELIVERY_FULL_SCAN, /* "full-scan" */
  WEIR_DELIVERY_STREAM,    /* "stream": Sequin */
  WEIR_DELIVERY_PUSH,      /* "push": Oracle posts to an endpoint */
} WeirDelivery;

#define WEIR_TYPE_SUBSCRIPTION (weir_subscription_get_type ())
G_DECLARE_FINAL_TYPE (WeirSubscription, weir_subscription, WEIR, SUBSCRIPTION, WeirRecord)

/* Every char * is nullable unless said; times are 0 and intervals -1 where not known. */
struct _WeirSubscription
{
  WeirRecord parent_instance;

  WeirSubscriptionVariant variant;
  char *kind;   /* never NULL: CLI.md */
  char *status; /* never NULL: the provider's word, lower case */
  WeirDelivery delivery;
  WeirErrorData *error; /* (nullable) the first of error, errors[] */
  gboolean deactivated;
  char *state;  /* lifecycle, as sent: READY, SETUP_FAILED… */
  char *health; /* Sequin's word */

  char *tenant; /* id */
  char *tenant_name;
  char *connection; /* id; of a Sequin sync its credential */
  char *connection_name;
  char *integration; /* id; of a Sequin sync its provider's slug */
  char *integration_name;
  char *
      collection; /* what records it is about: data source's collection, app event type, Oracle's class */

  gboolean requires_pull;
  gboolean requires_full_sync;
  gboolean real_time;
  gint64 next_pull_at;
  gint64 next_refresh_at;
  gint64 pull_interval;      /* s */
  gint64 full_sync_interval; /* s */
  gint64 created_at;
  gint64 updated_at;
  gint64 archived_at;
  char *webhook_uri; /* where events are posted: Membrane's webhookUri, Oracle's endPoint */

  /* Oracle's named ids, shown by name, sent back by id */
  char *event_type;
  char *integration_user;
  char *object_version;
  char *object_shape_xml;
  gint64 status_id;
  char **collection_ids; /* Sequin */
};

WeirSubscription *weir_subscription_new_external (WeirAccount *account,
                                                  WeirJson json,
                                                  GError **error); /* api/membrane.md §6 */
WeirSubscription *
weir_subscription_new_app_event (WeirAccount *account, WeirJson json, GError **error);
WeirSubscription *weir_subscription_new_sync (WeirAccount *account, WeirJson json, GError **error);
/* where the server has no /v1/syncs: one per sync and collection seen in events; id "SYNC/COLLECTION" */
WeirSubscription *
weir_subscription_new_seen (WeirAccount *account, const char *sync_id, const char *collection);
WeirSubscription *
weir_subscription_new_oracle (WeirAccount *account, WeirJson json, GError **error);
/* what is pulled later than that after its time is overdue: a platform's schedule is not that exact */
#define WEIR_SUBSCRIPTION_LATE (2 * G_TIME_SPAN_MINUTE)
gboolean weir_subscription_is_overdue (WeirSubscription *self);
const char *weir_delivery_to_string (WeirDelivery delivery);

G_END_DECLS

/* weir-hub-oracle.h: the Oracle face, from its inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub.h"

G_BEGIN_DECLS

#define WEIR_HUB_ORACLE_SUBSCRIPTION "event-subscription"

/* Settings: how long a delivery waits before its second try (ms), and how far the changes of the
 * sources have been looked at. */
#define WEIR_HUB_ORACLE_RETRY "oracle-retry-ms"
#define WEIR_HUB_ORACLE_POSITION "oracle-position"

typedef struct _WeirHubDeliverer WeirHubDeliverer;

typedef struct
{
  WeirHubStore *store;
  WeirHubSources *sources;
  WeirHubServer *server;
  WeirHubFace face;
  char *password;
  char *access_token;
  gint64 second;   /* the second in which… */
  guint in_second; /* …so many requests came */
  WeirHubDeliverer *deliverer;
} WeirHubOracle;

/* A refusal: one of Oracle's codes without "OSC-CREST-", and what is wrong. */
typedef struct
{
  guint code;
  char *detail;
} WeirHubOracleError;

void weir_hub_oracle_error_clear (WeirHubOracleError *self);
void weir_hub_oracle_error_set (WeirHubOracleError *self, guint code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WeirHubOracleError, weir_hub_oracle_error_clear)

/* weir-hub-oracle-errors.c */
#define WEIR_HUB_ORACLE_BAD_METHOD 2
#define WEIR_HUB_ORACLE_BAD_VERSION 3
#define WEIR_HUB_ORACLE_BAD_WRITE 6
#define WEIR_HUB_ORACLE_BAD_PARAMETER 7
#define WEIR_HUB_ORACLE_INTERNAL 8
#define WEIR_HUB_ORACLE_NO_BODY 10
#define WEIR_HUB_ORACLE_BAD_JSON 11
#define WEIR_HUB_ORACLE_NOT_CREATED 12
#define WEIR_HUB_ORACLE_NOT_FOUND 13
#define WEIR_HUB_ORACLE_NOT_AUTHORIZED 14
#define WEIR_HUB_ORACLE_UNSUPPORTED 16

void weir_hub_oracle_refuse (WeirHubContext *context, guint code, const char *detail);
void weir_hub_oracle_add_exceptions (WeirHubOracle *self);
/* ".../services/rest/connect" + rest, as an address */
char *weir_hub_oracle_dup_href (WeirHubContext *context, const char *rest);

/* weir-hub-oracle-body.c: what a client may write */
/* The members of `body`, checked and in full, as a patch; NULL: error is set. */
char *weir_hub_oracle_check_body (WeirHubOracle *self,
                                  WeirJson body,
                                  WeirHubDocument *old, /* (nullable): being created */
                                  WeirHubOracleError *error);
char *weir_hub_oracle_make_subscription (WeirHubOracle *self,
                                         WeirJson body,
                                         WeirHubOracleError *error); /* id */

/* weir-hub-oracle-roql.c: q=… */
gboolean weir_hub_oracle_roql_match (const char *condition,
                                     WeirJson item,
                                     gboolean *matches,
                                     WeirHubOracleError *error);
gboolean weir_hub_oracle_is_field (const char *name);
/* <0, 0, >0; as q and orderBy compare */
int weir_hub_oracle_compare (WeirJson one, WeirJson other);

/* weir-hub-oracle-list.c, -schema.c, -subscriptions.c: routes */
void weir_hub_oracle_reply_list (WeirHubOracle *self, WeirHubContext *context);
void weir_hub_oracle_write_subscription (WeirHubContext *context,
                                         WeirJsonWriter *writer,
                                         WeirHubDocument *subscription,
                                         const char *const *fields); /* (nullable): all */
char **weir_hub_oracle_parse_fields (WeirHubContext *context,
                                     gboolean dotted,
                                     WeirHubOracleError *error); /* NULL and no error: all */
void weir_hub_oracle_add_schema (WeirHubOracle *self);
void weir_hub_oracle_reply_schema (WeirHubContext *context);
void weir_hub_oracle_add_subscriptions (WeirHubOracle *self);
/* A route below /services/rest/connect, with a version and without. */
void weir_hub_oracle_route (WeirHubOracle *self, const char *pattern, WeirHubHandler handler);

/* weir-hub-oracle-shape.c: the filled template; NULL if it is not well-formed XML */
char *weir_hub_oracle_fill_shape (const char *shape, const char *id, WeirJson record);

/* weir-hub-oracle-delivery.c: a simulation, since what Oracle really sends is not documented */
WeirHubDeliverer *weir_hub_deliverer_new (WeirHubOracle *oracle);
void weir_hub_deliverer_free (WeirHubDeliverer *self);

G_END_DECLS

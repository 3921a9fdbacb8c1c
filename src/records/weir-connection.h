/* weir-connection.h: an account's link to an outside application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

#define WEIR_TYPE_CONNECTION (weir_connection_get_type ())
G_DECLARE_FINAL_TYPE (WeirConnection, weir_connection, WEIR, CONNECTION, WeirRecord)

struct _WeirConnection
{
  WeirRecord parent_instance;

  char *state; /* as sent; (nullable) */
  gboolean connected;
  gboolean defunct;
  gboolean deactivated;
  gboolean can_test;
  gboolean can_refresh;
  WeirErrorData *error; /* requestError, else the first of errors[], else the deprecated error */
  char *integration;
  char *integration_name;
  char *tenant;
  char *tenant_name;
  gint64 retry_attempts; /* -1 where not known */
  gint64 next_retry_at;
  gint64 next_refresh_at;
  gint64 created_at;
  gint64 last_active_at;
  gint64 archived_at;
  char *action_type; /* connect, provide-input; (nullable) */
  char *action_description;
  char *action_uri;
};

WeirConnection *weir_connection_new (WeirAccount *account, WeirJson json, GError **error);
gboolean weir_connection_needs_attention (WeirConnection *self);

G_END_DECLS

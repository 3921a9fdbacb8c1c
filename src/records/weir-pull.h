/* weir-pull.h: one pull run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

#define WEIR_TYPE_PULL (weir_pull_get_type ())
G_DECLARE_FINAL_TYPE (WeirPull, weir_pull, WEIR, PULL, WeirRecord)

struct _WeirPull
{
  WeirRecord parent_instance;

  char *subscription; /* id, (nullable) */
  char *subscription_name;
  char *connection;
  char *connection_name;
  char *integration;
  char *tenant;
  char *tenant_name;
  char *status; /* never NULL, as sent in lower case */
  gint64 start_at;
  gint64 end_at;
  gboolean full_scan;
  guint collected;
  char **collected_ids; /* never NULL */
  WeirErrorData *error; /* (nullable) */
};

WeirPull *weir_pull_new (WeirAccount *account, WeirJson json, GError **error);
gboolean weir_pull_is_active (WeirPull *self); /* queued or running */

G_END_DECLS

/* weir-pull-run.h: one pull run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

#define WEIR_TYPE_PULL_RUN (weir_pull_run_get_type ())
G_DECLARE_FINAL_TYPE (WeirPullRun, weir_pull_run, WEIR, PULL_RUN, WeirRecord)

struct _WeirPullRun
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

WeirPullRun *weir_pull_run_new (WeirAccount *account, WeirJson json, GError **error);
gboolean weir_pull_run_is_active (WeirPullRun *self); /* queued or running */
gint64 weir_pull_run_get_time (WeirPullRun *self);    /* when it ran, µs, 0 not known */

G_END_DECLS

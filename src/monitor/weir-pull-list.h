/* weir-pull-list.h: which of an account's pulls are known, asked for and looked at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-pull-run.h"
#include "weir-record-set.h"

G_BEGIN_DECLS

#define WEIR_PULL_LIST_KEPT 1000       /* in memory, of an account, */
#define WEIR_PULL_LIST_KEPT_MOST 10000 /* and when older ones are asked for */

/* adds those of the account that are known and were not listed, as only the newest are asked for */
void weir_pull_list_merge (WeirRecordSet *known,
                           WeirAccount *account,
                           GPtrArray *listed,
                           gboolean complete);
void weir_pull_list_add_kept (WeirRecordSet *known, WeirAccount *account, GPtrArray *kept);
gboolean weir_pull_list_keep_more (WeirRecordSet *known); /* FALSE: there are as many as may be */
gint64 weir_pull_list_find_oldest (WeirRecordSet *known, WeirAccount *account); /* µs, 0: none */
gint64 weir_pull_list_find_since (WeirRecordSet *known, WeirAccount *account);  /* µs, 0: all */
GPtrArray *weir_pull_list_find_active (WeirRecordSet *known, WeirAccount *account);
/* ms, to the next look at them */
guint weir_pull_list_get_interval (GPtrArray *active, GHashTable *first_looks);

G_END_DECLS

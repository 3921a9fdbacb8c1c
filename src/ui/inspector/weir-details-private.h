/* weir-details-private.h: what the makers of details share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-details.h"

G_BEGIN_DECLS

enum
{
  WEIR_GROUP_STATE,
  WEIR_GROUP_SCHEDULE,
  WEIR_GROUP_RELATED,
  WEIR_GROUP_DELIVERY,
  WEIR_GROUP_DATES,
  WEIR_GROUP_IDENTITY,
  WEIR_GROUP_OTHERS,
  WEIR_N_GROUPS
};

WeirDetail *
weir_details_add (WeirDetailGroup *group, WeirDetailType type, const char *label, const char *text);
void
weir_details_add_time (WeirDetailGroup *group, WeirDetailType type, const char *label, gint64 time);
void weir_details_add_record (WeirDetailGroup *group,
                              const char *label,
                              WeirRecordKind kind,
                              const char *id,
                              const char *name);
void weir_details_add_search (WeirDetailGroup *group,
                              const char *label,
                              const char *text,
                              const char *page,
                              const char *search);
/* the raw JSON's scalars below the root that no detail shows yet; known: a part that need not be gone through */
void weir_details_add_others (WeirDetailGroup *group,
                              WeirJson json,
                              const char *const *shown,
                              WeirJson known);
void weir_details_collect_record (WeirRecord *record, WeirDetailGroup **groups);

G_END_DECLS

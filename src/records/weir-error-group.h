/* weir-error-group.h: errors that have the same leaf cause
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ERROR_GROUP (weir_error_group_get_type ())
G_DECLARE_FINAL_TYPE (WeirErrorGroup, weir_error_group, WEIR, ERROR_GROUP, GObject)

struct _WeirErrorGroup
{
  GObject parent_instance;

  char *key_text;      /* identity: leaf type, key and message with digits and ids levelled */
  WeirErrorData *leaf; /* of the newest subject */
  GPtrArray *subjects; /* (element-type WeirRecord) never empty */
  gint64 last_seen_at; /* newest known time among the subjects, 0 unknown */
};

/* records: (element-type WeirRecord); those without an error are passed over. Most subjects first. */
GPtrArray *weir_error_groups_collect (GPtrArray *records);
char *weir_error_group_to_json (
    WeirErrorGroup *self); /* CLI.md: leaf message, type, key, count, subjects */

G_END_DECLS

/* weir-change-list.h: what changed, as rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-json-diff.h"

G_BEGIN_DECLS

/* A change, or what it is inside of. */
#define WEIR_TYPE_CHANGE (weir_change_get_type ())
G_DECLARE_FINAL_TYPE (WeirChange, weir_change, WEIR, CHANGE, GObject)

const WeirJsonChange *weir_change_get (WeirChange *self); /* as long as self */
guint weir_change_get_depth (WeirChange *self);
char *weir_change_dup_key (WeirChange *self); /* with those it alone is inside of: "address.city" */
char *weir_change_dup_text (
    WeirChange *self); /* one line: old → new; of what others are inside of its id or "" */
const char *weir_change_get_mark (WeirChange *self); /* "+", "−", "~", "↕"; "" */
char *weir_change_dup_label (WeirChange *self);      /* for a screen reader */

/* GListModel of WeirChange: a tree's rows, in its order */
#define WEIR_TYPE_CHANGE_LIST (weir_change_list_get_type ())
G_DECLARE_FINAL_TYPE (WeirChangeList, weir_change_list, WEIR, CHANGE_LIST, GObject)

WeirChangeList *weir_change_list_new (WeirJsonDiff *diff);

G_END_DECLS

/* weir-json-diff.h: what changed from one value to another, by structure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "weir-json.h"

G_BEGIN_DECLS

/* Beyond these a difference is not looked for any further, and says so (complete is FALSE): changes in the tree, and bytes
 * that are read to find them, those that are read again counted again: some seconds of work. */
#define WEIR_JSON_DIFF_MAX_CHANGES 10000
#define WEIR_JSON_DIFF_MAX_WORK (G_GUINT64_CONSTANT (1) << 30)
/* An object of more members is said to have changed as a whole; an array of more items is compared place by place. */
#define WEIR_JSON_DIFF_MAX_MEMBERS 250000

typedef enum
{
  WEIR_JSON_CHANGE_INSIDE, /* of an array or an object, a part of it */
  WEIR_JSON_CHANGE_ADDED,
  WEIR_JSON_CHANGE_REMOVED,
  WEIR_JSON_CHANGE_CHANGED, /* another value, or another type */
  WEIR_JSON_CHANGE_MOVED,   /* of an array's item the place alone */
} WeirJsonChangeKind;

typedef struct _WeirJsonChange WeirJsonChange;

struct _WeirJsonChange
{
  WeirJsonChangeKind kind;
  gboolean moved;         /* of an array's item the place too */
  WeirJsonChange *parent; /* (nullable) */
  WeirJson key;           /* in an object, as written; absent in an array and at the root */
  guint before_index;     /* in an array; G_MAXUINT: it was not there */
  guint after_index;      /* in an array; G_MAXUINT: it is not there */
  WeirJson before;        /* absent: it was not there */
  WeirJson after;         /* absent: it is not there */
  WeirJson id;            /* what an array's item is known by; may be absent */
  GPtrArray *children;    /* (nullable) (element-type WeirJsonChange): INSIDE only */
};

/* Immutable, any thread. What is the same is not in the tree. An array's items that the tree does not have stand in the
 * new array in their old order, in the places that are left. */
typedef struct
{
  WeirJsonChange *root; /* (nullable): the values are the same */
  guint n_added;
  guint n_removed;
  guint n_changed;
  guint n_moved; /* and otherwise the same */
  gboolean complete;

  /*< private >*/
  gatomicrefcount ref_count;
  GBytes *before;
  GBytes *after;
} WeirJsonDiff;

/* before, after: values inside of the bytes; NULL: cancelled */
WeirJsonDiff *weir_json_diff_new (GBytes *before_bytes,
                                  WeirJson before,
                                  GBytes *after_bytes,
                                  WeirJson after,
                                  GCancellable *cancellable);
WeirJsonDiff *weir_json_diff_ref (WeirJsonDiff *self);
void weir_json_diff_unref (WeirJsonDiff *self);
guint weir_json_diff_get_n_fields (WeirJsonDiff *self); /* added, removed and changed */

char *weir_json_change_dup_path (const WeirJsonChange *self); /* $.items[3].name */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirJsonDiff, weir_json_diff_unref)

G_END_DECLS

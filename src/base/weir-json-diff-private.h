/* weir-json-diff-private.h: what the files of weir-json-diff share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json-diff.h"

G_BEGIN_DECLS

typedef struct
{
  WeirJsonDiff *diff;
  GCancellable *cancellable; /* (nullable) */
  guint n_changes;
  guint64 work; /* bytes that may still be read */
  gboolean stop;
} WeirJsonDiffing;

/* Adds a change below parent; NULL once there are too many. */
WeirJsonChange *weir_json_diffing_add (WeirJsonDiffing *self,
                                       WeirJsonChangeKind kind,
                                       WeirJsonChange *parent,
                                       WeirJson before,
                                       WeirJson after);
/* Compares two members of parent, and adds what there is to say. indexes: in arrays, else G_MAXUINT */
void weir_json_diffing_compare (WeirJsonDiffing *self,
                                WeirJsonChange *parent,
                                const WeirJsonChange *place,
                                gboolean moved);
void weir_json_diffing_arrays (WeirJsonDiffing *self, WeirJsonChange *parent);
gboolean weir_json_diffing_spend (WeirJsonDiffing *self, gsize bytes); /* FALSE: no more */

G_END_DECLS

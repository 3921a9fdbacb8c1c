/* weir-history-shapes.h: models of payloads in the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-shape-model.h"
#include "weir-sqlite.h"

G_BEGIN_DECLS

/* A model with what it is of. */
typedef struct
{
  gint64 account; /* its number */
  char *collection;
  char *kind;
  WeirShapeModel *model;
} WeirKeptShape;

void weir_kept_shape_free (WeirKeptShape *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirKeptShape, weir_kept_shape_free)

/* where there is none yet, a new model */
WeirShapeModel *weir_history_shapes_load (WeirDatabase *db,
                                          gint64 account,
                                          const char *collection,
                                          const char *kind,
                                          GError **error);
gboolean weir_history_shapes_save (WeirDatabase *db,
                                   gint64 account,
                                   const char *collection,
                                   const char *kind,
                                   WeirShapeModel *model,
                                   GError **error);
GPtrArray *weir_history_shapes_list (WeirDatabase *db, GError **error); /* WeirKeptShape */

G_END_DECLS

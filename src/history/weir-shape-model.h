/* weir-shape-model.h: what is normal for the payloads of a collection, and what is not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WEIR_SHAPE_BEFORE 30      /* events that make a normal */
#define WEIR_SHAPE_AFTER 10       /* that something must be so in */
#define WEIR_SHAPE_FOLD 200       /* without a drift these become part of the normal */
#define WEIR_SHAPE_MAX_MODEL 1000 /* fields that are learned of a collection */

typedef enum
{
  WEIR_DRIFT_NONE,
  WEIR_DRIFT_APPEARED,
  WEIR_DRIFT_VANISHED,
  WEIR_DRIFT_TYPE, /* a type that the field had not */
} WeirDriftChange;

/* A path with one of its types. Events are counted from the end of the normal on: the first is 1. */
typedef struct
{
  gint64 id; /* where it is kept, 0 nowhere yet */
  char *path;
  char *type;
  guint base;           /* events of the normal that have it */
  guint since;          /* events since then that have it */
  guint first;          /* the first of these; 0 none */
  guint last;           /* the last of these */
  gint64 first_at;      /* µs: the first of these */
  gint64 last_at;       /* µs: the last at all */
  gint64 first_number;  /* an event: the first of these */
  gint64 before_number; /* the one before that, that has it not */
  gint64 last_number;   /* the last at all */
  gboolean touched;     /* not kept as it is now */
} WeirShapeField;

typedef struct
{
  gint64 id;
  guint base;  /* events of the normal */
  guint since; /* events since then */
  gint64 last_number;
  gint64 last_at;
  GPtrArray *fields; /* (element-type WeirShapeField) */
  GHashTable *table; /* the same by "path type" */
} WeirShapeModel;

WeirShapeModel *weir_shape_model_new (void);
void weir_shape_model_free (WeirShapeModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirShapeModel, weir_shape_model_free)

WeirShapeField *
weir_shape_model_add_field (WeirShapeModel *self, const char *path, const char *type);
/* fields: (element-type utf8) as weir_shape_list_fields() has them */
void weir_shape_model_learn (WeirShapeModel *self, gint64 number, gint64 time, GPtrArray *fields);
WeirDriftChange weir_shape_model_judge (WeirShapeModel *self, WeirShapeField *field);
/* (element-type WeirShapeField): those that drifted, without those inside of one that is told of; owned by the model */
GPtrArray *weir_shape_model_list_drift (WeirShapeModel *self);
double weir_shape_model_get_share (WeirShapeModel *self,
                                   WeirShapeField *field); /* since it is so */
/* what it is now is normal from now on; (element-type gint64-in-GArray): ids of fields that are to be forgotten */
void weir_shape_model_accept (WeirShapeModel *self, WeirShapeField *field, GArray *forgotten);

G_END_DECLS

/* weir-fields.h: a JSON object's members into a struct, by a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

G_BEGIN_DECLS

/* What a member becomes. A member that is absent, null or of another type leaves its field alone. */
typedef enum
{
  WEIR_FIELD_TEXT,    /* char *: a string that is not empty, or a number as written (ids) */
  WEIR_FIELD_WORD,    /* char *: a string that is not empty, in lower case */
  WEIR_FIELD_BOOLEAN, /* gboolean */
  WEIR_FIELD_COUNT,   /* gint64: a number that is not negative, its fraction dropped */
  WEIR_FIELD_TIME,    /* gint64: µs */
  WEIR_FIELD_TEXTS,   /* char **: strings and numbers of an array */
  WEIR_FIELD_ERROR,   /* WeirErrorData *: of an array the first */
  WEIR_FIELD_VALUE,   /* WeirJson: a view, in the struct of views */
} WeirFieldType;

typedef struct
{
  const char *name;
  WeirFieldType type;
  gsize offset;
} WeirField;

#define WEIR_FIELDS_MAX 40

WeirJson weir_fields_read (WeirJson object,
                           const WeirField *fields,
                           guint n_fields,
                           gpointer target, /* what the offsets are in, but for WEIR_FIELD_VALUE */
                           gpointer views); /* what those of WEIR_FIELD_VALUE are in; nullable */
char *weir_fields_dup_text (WeirJson value);
char *weir_fields_dup_id (WeirJson object,
                          WeirJson value,
                          const char *what,
                          const char *member,
                          GError **error);
void weir_fields_take_expansion (WeirJson expansion, char **id, char **name);
void weir_fields_take_tenant (WeirJson user_id, WeirJson user, char **id, char **name);
void weir_fields_take_type (WeirJson app_event_type, char **collection);

G_END_DECLS

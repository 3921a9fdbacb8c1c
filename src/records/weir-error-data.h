/* weir-error-data.h: what a provider says went wrong, with the chain of causes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "weir-json-writer.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ERROR_DATA (weir_error_data_get_type ())
G_DECLARE_FINAL_TYPE (WeirErrorData, weir_error_data, WEIR, ERROR_DATA, GObject)

/* Immutable. `data`, `stack` and `logs` are JSON exactly as sent. */
struct _WeirErrorData
{
  GObject parent_instance;

  char *message; /* never NULL, may be empty only if the provider sent nothing readable at all */
  char *type;    /* (nullable) */
  char *key;     /* (nullable) Membrane's key, Oracle's o:errorCode */
  GBytes *data;  /* (nullable) */
  GBytes *stack; /* (nullable) */
  GBytes *logs;  /* (nullable) */
  WeirErrorData *caused_by; /* (nullable) */
};

WeirErrorData *weir_error_data_new (const char *message, const char *type, const char *key);
WeirErrorData *
weir_error_data_new_from_json (WeirJson value); /* (nullable): NULL for null, absent */
WeirErrorData *weir_error_data_new_from_answer (guint status,
                                                const char *reason,
                                                const char *content_type,
                                                GBytes *body);
WeirErrorData *weir_error_data_get_leaf (WeirErrorData *self);
guint weir_error_data_get_depth (WeirErrorData *self);
void weir_error_data_write (WeirErrorData *self, WeirJsonWriter *writer, const char *key);
char *weir_error_data_to_text (WeirErrorData *self); /* the whole chain, for the clipboard */

G_END_DECLS

/* weir-json-writer.h: writes JSON, raw values included
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

G_BEGIN_DECLS

/* A library's tree of numbers and strings cannot hold a value exactly as it came; this writer can. A NULL key inside
 * an array (or at the root), a NULL string or an absent value is written as null. */
typedef struct _WeirJsonWriter WeirJsonWriter;

WeirJsonWriter *weir_json_writer_new (void);
void weir_json_writer_free (WeirJsonWriter *self);
char *weir_json_writer_end (WeirJsonWriter *self); /* frees self, returns the text */
void weir_json_writer_begin_object (WeirJsonWriter *self, const char *key);
void weir_json_writer_end_object (WeirJsonWriter *self);
void weir_json_writer_begin_array (WeirJsonWriter *self, const char *key);
void weir_json_writer_end_array (WeirJsonWriter *self);
void weir_json_writer_add_string (WeirJsonWriter *self, const char *key, const char *value);
void weir_json_writer_add_int (WeirJsonWriter *self, const char *key, gint64 value);
void weir_json_writer_add_boolean (WeirJsonWriter *self, const char *key, gboolean value);
void weir_json_writer_add_null (WeirJsonWriter *self, const char *key);
void weir_json_writer_add_time (WeirJsonWriter *self, const char *key, gint64 time);
void weir_json_writer_add_raw (WeirJsonWriter *self, const char *key, WeirJson value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirJsonWriter, weir_json_writer_free)

G_END_DECLS

/* weir-json.h: the one door for a stranger's bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WEIR_JSON_MAX_DEPTH 512
#define WEIR_JSON_MAX_SIZE (64u * 1024u * 1024u)

#define WEIR_JSON_ERROR (weir_json_error_quark ())
GQuark weir_json_error_quark (void);

typedef enum
{
  WEIR_JSON_ERROR_SYNTAX,
  WEIR_JSON_ERROR_UTF8,
  WEIR_JSON_ERROR_DEPTH,
  WEIR_JSON_ERROR_SIZE,
  WEIR_JSON_ERROR_POINTER,
} WeirJsonError;

typedef enum
{
  WEIR_JSON_ABSENT,
  WEIR_JSON_NULL,
  WEIR_JSON_BOOLEAN,
  WEIR_JSON_NUMBER,
  WEIR_JSON_STRING,
  WEIR_JSON_ARRAY,
  WEIR_JSON_OBJECT,
} WeirJsonType;

/* One value inside bytes that weir_json_parse() accepted: a view, never an owner. `text` is NULL
 * for an absent value, and every reader takes an absent or wrongly typed value without complaint. */
typedef struct
{
  const char *text;
  gsize length;
} WeirJson;

typedef struct
{
  WeirJson container;   /* may be too long: its end is found with that of the walk */
  const char *position; /* behind what it gave; can be set to where another iterator was */
  WeirJson known; /* may be set to a member that was found before: its end is not looked for */
} WeirJsonIter;

gboolean weir_json_parse (GBytes *bytes, WeirJson *root, GError **error);
gboolean weir_json_parse_text (const char *text, gssize length, WeirJson *root, GError **error);

WeirJsonType weir_json_get_type (WeirJson value);
gboolean weir_json_is_set (WeirJson value); /* neither absent nor null */

void weir_json_iter_init (WeirJsonIter *iter, WeirJson container);
gboolean weir_json_iter_next (WeirJsonIter *iter, WeirJson *key, WeirJson *value);
/* value: from there to the end of the container */
gboolean weir_json_iter_peek (WeirJsonIter *iter, WeirJson *key, WeirJson *value);
gboolean weir_json_key_equal (WeirJson key, const char *name);

WeirJson weir_json_get (WeirJson object, const char *name);
WeirJson weir_json_pointer (WeirJson root, const char *pointer, GError **error);
guint weir_json_count (WeirJson container);
gboolean weir_json_is_empty (WeirJson container); /* without a look at what follows the first */

char *weir_json_dup_string (WeirJson value);  /* strings only */
char *weir_json_dup_text (WeirJson value);    /* string decoded, null NULL, else as written */
char *weir_json_dup_raw (WeirJson value);     /* exactly as written */
GBytes *weir_json_dup_bytes (WeirJson value); /* exactly as written */
char *weir_json_dup_pretty (WeirJson value);  /* indented; numbers and order untouched */
char **weir_json_dup_strv (WeirJson value);   /* strings, and numbers as text; never NULL */
gboolean weir_json_get_int (WeirJson value, gint64 *number);
gboolean weir_json_get_double (WeirJson value, double *number);
gboolean weir_json_get_boolean (WeirJson value); /* FALSE unless true */
gint64 weir_json_get_time (WeirJson value);      /* ISO string, or number of ms; 0 if neither */

G_END_DECLS

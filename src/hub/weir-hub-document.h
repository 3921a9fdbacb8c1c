/* weir-hub-document.h: JSON documents as the hub keeps them: text, never trees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json-writer.h"

G_BEGIN_DECLS

/* A stored document. Immutable. Its text passed weir-json, `json` is a view of it; edits are made
 * text to text (weir_hub_json_merge), so that every number stays as its sender wrote it. */
typedef struct
{
  gatomicrefcount ref_count;
  gint64 sequence; /* order of creation over all types; also the list cursor */
  char *id;
  char *text;
  WeirJson json;
} WeirHubDocument;

WeirHubDocument *weir_hub_document_new (gint64 sequence, const char *id, char *text);
WeirHubDocument *weir_hub_document_ref (WeirHubDocument *self);
void weir_hub_document_unref (WeirHubDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHubDocument, weir_hub_document_unref)

char *weir_hub_document_dup_string (WeirHubDocument *self, const char *member);
gint64 weir_hub_document_get_int (WeirHubDocument *self, const char *member);
gboolean weir_hub_document_get_boolean (WeirHubDocument *self, const char *member);
gboolean weir_hub_document_has (WeirHubDocument *self, const char *member);

/* Members of `patch` replace those of `base` (whole values, first level only); a null removes. */
char *weir_hub_json_merge (WeirJson base, WeirJson patch);
#define WEIR_HUB_MAX_DEPTH 256
gboolean weir_hub_json_is_deep (WeirJson value);
WeirJson weir_hub_json_view (const char *text); /* absent if it is not JSON */
void weir_hub_json_add_text (WeirJsonWriter *writer, const char *key, const char *json);
WeirJsonWriter *weir_hub_json_begin (void);    /* within an object */
char *weir_hub_json_string (const char *text); /* quoted and escaped */

G_END_DECLS

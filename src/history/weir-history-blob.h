/* weir-history-blob.h: how a page of events is packed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a page keeps of an event beside its bytes. */
typedef struct
{
  gint64 time;
  guint32 facet; /* 0: gone */
} WeirPageColumn;

typedef struct
{
  guint64 id_hash;     /* weir_hash_text() of the provider's id */
  guint32 record_hash; /* of the record's, its low half; 0 where there is none */
  guint32 start;       /* in the page's bytes; not packed: the sum of the lengths before */
  guint32 length;
  guint32 payload_start; /* in the event's bytes */
  guint32 payload_length;
  gint64 observed_at;
  char *reason; /* (nullable): why it is unreadable */
} WeirPageDetail;

GBytes *weir_blob_pack_columns (const WeirPageColumn *columns, guint n);
gboolean
weir_blob_unpack_columns (gconstpointer data, gsize size, guint n, WeirPageColumn *columns);

GArray *weir_blob_new_details (guint n); /* (element-type WeirPageDetail) */
GBytes *weir_blob_pack_details (GArray *details);
GArray *weir_blob_unpack_details (gconstpointer data, gsize size, guint n);
/* the beginning of packed details: n 64-bit hashes, little endian, and n of 32 bits; NULL if damaged */
const guint8 *weir_blob_get_hashes (gconstpointer data, gsize size, guint n);

GBytes *weir_blob_pack_raw (const char *raw, gsize length);
/* (nullable): as long as the details say, NUL-terminated */
char *weir_blob_unpack_raw (gconstpointer data, gsize size, gsize length);

G_END_DECLS

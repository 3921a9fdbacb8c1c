/* weir-history-blob.c: how a page of events is packed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-blob.h"

#include "weir-hash.h"

#include <string.h>
#include <zstd.h>

/* Higher levels make events no shorter, most of which is chance, and take longer. */
#define LEVEL 1

#define CHECK_SIZE sizeof (guint32)
#define HASHES_SIZE(n) ((gsize) (n) * (sizeof (guint64) + sizeof (guint32)))

/* Bytes that are read with care: a damaged file must not be trusted with an offset. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean failed;
} Reader;

static void
put_number (GByteArray *bytes, guint64 number)
{
  guint8 packed[10];
  guint n = 0;

  while (number >= 0x80)
    {
      packed[n++] = (guint8) (number | 0x80);
      number >>= 7;
    }
  packed[n++] = (guint8) number;
  g_byte_array_append (bytes, packed, n);
}

/* Small either way of zero, as differences are. */
static void
put_difference (GByteArray *bytes, gint64 to, gint64 from)
{
  guint64 difference = (guint64) to - (guint64) from;

  put_number (bytes, (difference << 1) ^ (guint64) ((gint64) difference >> 63));
}

static guint64
take_number (Reader *reader)
{
  guint64 number = 0;

  for (guint shift = 0; shift < 64 && reader->at < reader->end; shift += 7)
    {
      guint8 byte = *reader->at++;

      number |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return number;
    }
  reader->failed = TRUE;
  return 0;
}

static gint64
take_difference (Reader *reader, gint64 from)
{
  guint64 packed = take_number (reader);

  return (gint64) ((guint64) from + ((packed >> 1) ^ -(packed & 1)));
}

static guint32
take_length (Reader *reader)
{
  guint64 number = take_number (reader);

  if (number > G_MAXUINT32)
    reader->failed = TRUE;
  return (guint32) number;
}

static guint32
get_check (gconstpointer data, gsize size)
{
  return GUINT32_TO_LE ((guint32) weir_hash_bytes (data, size));
}

static GBytes *
seal (GByteArray *bytes)
{
  guint32 check = get_check (bytes->data, bytes->len);

  g_byte_array_append (bytes, (const guint8 *) &check, CHECK_SIZE);
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
open_sealed (Reader *reader, gconstpointer data, gsize size)
{
  guint32 check;

  if (data == NULL || size < CHECK_SIZE)
    return FALSE;

  reader->at = data;
  reader->end = reader->at + size - CHECK_SIZE;
  reader->failed = FALSE;
  memcpy (&check, reader->end, CHECK_SIZE);
  return check == get_check (data, size - CHECK_SIZE);
}

static void
clear_detail (gpointer data)
{
  g_free (((WeirPageDetail *) data)->reason);
}

/**
 * weir_blob_pack_columns:
 * @columns: (array length=n): times and facets
 * @n: how many
 *
 * Returns: (transfer full): some five bytes an event
 */
GBytes *
weir_blob_pack_columns (const WeirPageColumn *columns, guint n)
{
  GByteArray *bytes = g_byte_array_sized_new (n * 8 + CHECK_SIZE);
  gint64 time = 0;

  for (guint i = 0; i < n; i++)
    {
      put_number (bytes, columns[i].facet);
      put_difference (bytes, columns[i].time, time);
      time = columns[i].time;
    }
  return seal (bytes);
}

/**
 * weir_blob_unpack_columns:
 * @data: what weir_blob_pack_columns() made
 * @size: its size
 * @n: how many there must be
 * @columns: (out caller-allocates) (array length=n): times and facets
 *
 * Returns: whether it is whole
 */
gboolean
weir_blob_unpack_columns (gconstpointer data, gsize size, guint n, WeirPageColumn *columns)
{
  Reader reader;
  gint64 time = 0;

  if (!open_sealed (&reader, data, size))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      columns[i].facet = take_length (&reader);
      columns[i].time = time = take_difference (&reader, time);
    }
  return !reader.failed && reader.at == reader.end;
}

/**
 * weir_blob_new_details:
 * @n: how many
 *
 * Returns: (transfer full) (element-type WeirPageDetail): so many, empty
 */
GArray *
weir_blob_new_details (guint n)
{
  GArray *details = g_array_sized_new (FALSE, TRUE, sizeof (WeirPageDetail), n);

  g_array_set_clear_func (details, clear_detail);
  g_array_set_size (details, n);
  return details;
}

/**
 * weir_blob_pack_details:
 * @details: (element-type WeirPageDetail): of a page's events
 *
 * Returns: (transfer full): some twenty bytes an event
 */
GBytes *
weir_blob_pack_details (GArray *details)
{
  GByteArray *bytes = g_byte_array_sized_new (details->len * 24 + CHECK_SIZE);
  gint64 observed_at = 0;

  for (guint i = 0; i < details->len; i++)
    {
      guint64 hash = GUINT64_TO_LE (g_array_index (details, WeirPageDetail, i).id_hash);

      g_byte_array_append (bytes, (const guint8 *) &hash, sizeof hash);
    }
  for (guint i = 0; i < details->len; i++)
    {
      guint32 hash = GUINT32_TO_LE (g_array_index (details, WeirPageDetail, i).record_hash);

      g_byte_array_append (bytes, (const guint8 *) &hash, sizeof hash);
    }

  for (guint i = 0; i < details->len; i++)
    {
      const WeirPageDetail *detail = &g_array_index (details, WeirPageDetail, i);
      gsize reason_length = detail->reason != NULL ? strlen (detail->reason) : 0;

      put_number (bytes, detail->length);
      put_number (bytes, detail->payload_start);
      put_number (bytes, detail->payload_length);
      put_difference (bytes, detail->observed_at, observed_at);
      put_number (bytes, detail->reason != NULL ? reason_length + 1 : 0);
      g_byte_array_append (bytes, (const guint8 *) detail->reason, (guint) reason_length);
      observed_at = detail->observed_at;
    }
  return seal (bytes);
}

static void
take_detail (Reader *reader, WeirPageDetail *detail, guint64 *start, gint64 *observed_at)
{
  guint64 reason;

  detail->start = (guint32) *start;
  detail->length = take_length (reader);
  detail->payload_start = take_length (reader);
  detail->payload_length = take_length (reader);
  detail->observed_at = *observed_at = take_difference (reader, *observed_at);

  *start += detail->length;
  if (*start > G_MAXUINT32
      || (guint64) detail->payload_start + detail->payload_length > detail->length)
    reader->failed = TRUE;

  reason = take_number (reader);
  if (reason > 0 && !reader->failed)
    {
      reason--;
      if (reason > (guint64) (reader->end - reader->at))
        reader->failed = TRUE;
      else
        {
          detail->reason = g_strndup ((const char *) reader->at, reason);
          reader->at += reason;
        }
    }
}

/**
 * weir_blob_unpack_details:
 * @data: what weir_blob_pack_details() made
 * @size: its size
 * @n: how many there must be
 *
 * Returns: (transfer full) (nullable) (element-type WeirPageDetail): the details, or %NULL if they are damaged
 */
GArray *
weir_blob_unpack_details (gconstpointer data, gsize size, guint n)
{
  g_autoptr (GArray) details = NULL;
  gint64 observed_at = 0;
  guint64 start = 0;
  Reader reader;

  if (!open_sealed (&reader, data, size) || (gsize) (reader.end - reader.at) < HASHES_SIZE (n))
    return NULL;

  details = weir_blob_new_details (n);
  for (guint i = 0; i < n; i++)
    {
      WeirPageDetail *detail = &g_array_index (details, WeirPageDetail, i);
      guint64 id_hash;
      guint32 record_hash;

      memcpy (&id_hash, reader.at + i * sizeof id_hash, sizeof id_hash);
      memcpy (&record_hash, reader.at + n * sizeof id_hash + i * sizeof record_hash,
              sizeof record_hash);
      detail->id_hash = GUINT64_FROM_LE (id_hash);
      detail->record_hash = GUINT32_FROM_LE (record_hash);
    }

  reader.at += HASHES_SIZE (n);
  for (guint i = 0; i < n && !reader.failed; i++)
    take_detail (&reader, &g_array_index (details, WeirPageDetail, i), &start, &observed_at);

  return reader.failed || reader.at != reader.end ? NULL : g_steal_pointer (&details);
}

/**
 * weir_blob_get_hashes:
 * @data: what weir_blob_pack_details() made
 * @size: its size
 * @n: how many there must be
 *
 * For who looks for an id in many pages.
 *
 * Returns: (transfer none) (nullable): the hashes of the ids, 64 bits each, little endian, not aligned,
 *   then those of the records, 32 bits each; %NULL if there cannot be so many
 */
const guint8 *
weir_blob_get_hashes (gconstpointer data, gsize size, guint n)
{
  return data != NULL && size >= HASHES_SIZE (n) + CHECK_SIZE ? data : NULL;
}

/**
 * weir_blob_pack_raw:
 * @raw: the bytes of a page's events
 * @length: how many
 *
 * Returns: (transfer full): the same, compressed, with a checksum
 */
GBytes *
weir_blob_pack_raw (const char *raw, gsize length)
{
  static GPrivate contexts = G_PRIVATE_INIT ((GDestroyNotify) ZSTD_freeCCtx);
  ZSTD_CCtx *context = g_private_get (&contexts);
  gsize room = ZSTD_compressBound (length);
  g_autofree char *packed = g_malloc (room);
  gsize size;

  if (context == NULL)
    {
      context = ZSTD_createCCtx ();
      g_private_set (&contexts, context);
      ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, LEVEL);
      ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, 1);
    }

  size = ZSTD_compress2 (context, packed, room, raw, length);
  /* it fails only for want of memory, which ends the program anyway */
  if (ZSTD_isError (size))
    g_error ("Cannot compress: %s", ZSTD_getErrorName (size));

  return g_bytes_new_take (g_realloc (g_steal_pointer (&packed), size), size);
}

/**
 * weir_blob_unpack_raw:
 * @data: what weir_blob_pack_raw() made
 * @size: its size
 * @length: how long it must be
 *
 * Returns: (transfer full) (nullable): the bytes and a NUL, or %NULL if they are damaged
 */
char *
weir_blob_unpack_raw (gconstpointer data, gsize size, gsize length)
{
  static GPrivate contexts = G_PRIVATE_INIT ((GDestroyNotify) ZSTD_freeDCtx);
  ZSTD_DCtx *context = g_private_get (&contexts);
  g_autofree char *raw = NULL;

  if (context == NULL)
    {
      context = ZSTD_createDCtx ();
      g_private_set (&contexts, context);
    }

  /* before room is made for what a damaged length says */
  if (data == NULL || ZSTD_getFrameContentSize (data, size) != length)
    return NULL;

  raw = g_try_malloc (length + 1);
  if (raw == NULL || ZSTD_decompressDCtx (context, raw, length, data, size) != length)
    return NULL;

  raw[length] = '\0';
  return g_steal_pointer (&raw);
}

/* weir-hub-sequin-events.c: Sequin's two streams, events and records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-sequin.h"

#include <string.h>

#include "weir-time.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 500

/* A cursor is the sequence of the last change seen, in base64 like the page's samples. */
static char *
make_cursor (gint64 sequence)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, sequence);

  return g_base64_encode ((const guchar *) text, strlen (text));
}

static gboolean
parse_cursor (const char *cursor, gint64 *sequence)
{
  gsize length;
  g_autofree guchar *bytes = NULL;
  g_autofree char *text = NULL;

  if (strspn (cursor, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
      != strlen (cursor))
    return FALSE;
  bytes = g_base64_decode (cursor, &length);
  text = g_strndup ((const char *) bytes, length);
  return strlen (text) == length && g_ascii_isdigit (*text)
         && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, sequence, NULL);
}

/* The names of the sources that pass the filters; NULL: all do. */
static char **
list_sources (WeirHubSequin *self, const char *sync, const char *provider, const char *collection)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  const char *name;
  const WeirHubFeed *feed;

  if (sync == NULL && provider == NULL && collection == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, self->feeds);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &feed))
    if ((sync == NULL || g_ascii_strcasecmp (sync, feed->sync) == 0)
        && (provider == NULL || strcmp (provider, feed->provider) == 0)
        && (collection == NULL || strcmp (collection, feed->collection) == 0))
      g_strv_builder_add (builder, name);
  return g_strv_builder_end (builder);
}

/* FALSE: answered 422. */
static gboolean
parse_parameters (WeirHubContext *context, WeirHubChangeQuery *query)
{
  const char *limit = weir_hub_context_get_query (context, "limit");
  const char *cursor = weir_hub_context_get_query (context, "after_cursor");
  const char *sync = weir_hub_context_get_query (context, "sync_id");
  guint64 number = DEFAULT_LIMIT;

  if (limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, MAX_LIMIT, &number, NULL))
    {
      weir_hub_sequin_refuse_value (context, "limit", "must be a whole number from 1 to 500");
      return FALSE;
    }
  if (cursor != NULL && !parse_cursor (cursor, &query->after))
    {
      weir_hub_sequin_refuse_value (context, "after_cursor", "is not a cursor of this stream");
      return FALSE;
    }
  if (sync != NULL && !g_uuid_string_is_valid (sync))
    {
      weir_hub_sequin_refuse_value (context, "sync_id", "is not a UUID");
      return FALSE;
    }
  query->limit = (guint) number;
  return TRUE;
}

/* §A1: always six digits of fraction. */
static char *
format_time (gint64 time)
{
  char *text = weir_time_to_iso (time);

  if (text != NULL && time % 1000 == 0)
    {
      char *whole = g_strdup_printf ("%.*s000Z", (int) strlen (text) - 1, text);

      g_free (text);
      return whole;
    }
  return text;
}

static gint64
get_updated (const WeirHubChange *change)
{
  gint64 time;

  return change->updated != NULL && weir_time_parse (change->updated, &time) ? time : change->time;
}

/* The same change has the same id for ever, so that who reads a page twice can tell. */
static char *
make_event_id (const WeirHubChange *change)
{
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s\n%s", change->sequence,
                       change->time, change->source, change->record);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("%.8s-%.4s-4%.3s-%c%.3s-%.12s", digest, digest + 8, digest + 12,
                          "89ab"[digest[15] % 4], digest + 16, digest + 19);
}

static void
write_common (WeirHubSequin *self, WeirJsonWriter *writer, const WeirHubChange *change)
{
  const WeirHubFeed *feed = g_hash_table_lookup (self->feeds, change->source);

  weir_json_writer_add_string (writer, "sync_id", feed != NULL ? feed->sync : NULL);
  weir_json_writer_add_string (writer, "collection_id",
                               feed != NULL ? feed->collection : change->source);
  weir_json_writer_add_string (writer, "upstream_id", change->record);
}

static void
write_event (WeirHubSequin *self, WeirJsonWriter *writer, const WeirHubChange *change)
{
  g_autofree char *updated = format_time (get_updated (change));
  g_autofree char *inserted = format_time (change->time);
  g_autofree char *id = make_event_id (change);

  weir_json_writer_begin_object (writer, NULL);
  write_common (self, writer, change);
  weir_json_writer_add_string (writer, "upstream_updated_at", updated);
  weir_hub_json_add_text (writer, "data", change->body);
  weir_json_writer_add_string (writer, "event", weir_hub_change_kind_to_string (change->kind));
  weir_json_writer_add_string (writer, "event_id", id);
  weir_json_writer_add_string (writer, "event_inserted_at", inserted);
  weir_json_writer_end_object (writer);
}

static void
write_record (WeirHubSequin *self, WeirJsonWriter *writer, const WeirHubChange *change)
{
  g_autofree char *updated = format_time (get_updated (change));
  g_autofree char *inserted = format_time (change->time);

  weir_json_writer_begin_object (writer, NULL);
  write_common (self, writer, change);
  weir_json_writer_add_int (writer, "updated_idx", change->sequence);
  weir_json_writer_add_string (writer, "upstream_updated_at", updated);
  weir_hub_json_add_text (writer, "data", change->body);
  weir_json_writer_add_boolean (writer, "deleted", change->kind == WEIR_HUB_DELETED);
  weir_json_writer_add_string (writer, "created_at", inserted);
  weir_json_writer_end_object (writer);
}

static int
compare_updated (gconstpointer a, gconstpointer b)
{
  const WeirHubChange *one = *(WeirHubChange *const *) a;
  const WeirHubChange *other = *(WeirHubChange *const *) b;
  gint64 one_time = get_updated (one);
  gint64 other_time = get_updated (other);

  if (one_time != other_time)
    return one_time < other_time ? -1 : 1;
  return one->sequence < other->sequence ? -1 : one->sequence > other->sequence;
}

/* §A1: an answer is in order of upstream_updated_at, while pages follow each other in order of
 * arrival; so a record that comes late is not missed. */
static void
reply_page (WeirHubSequin *self, WeirHubContext *context, gboolean records)
{
  WeirHubChangeQuery query = { .face = "sequin", .kind = -1, .latest = records };
  const char *collection = weir_hub_context_get_query (context, "collection");
  g_auto (GStrv) sources = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *cursor = g_strdup (weir_hub_context_get_query (context, "after_cursor"));
  WeirJsonWriter *writer;

  if (!parse_parameters (context, &query))
    return;
  if (collection == NULL)
    collection = weir_hub_context_get_query (context, "collection_id");
  sources = list_sources (self, weir_hub_context_get_query (context, "sync_id"),
                          weir_hub_context_get_query (context, "provider"), collection);
  query.sources = (const char *const *) sources;
  changes = weir_hub_store_list_changes (self->store, &query);
  if (changes->len > 0)
    {
      g_free (cursor);
      cursor = make_cursor (((WeirHubChange *) changes->pdata[changes->len - 1])->sequence);
    }
  else if (cursor == NULL)
    cursor = make_cursor (0);
  g_ptr_array_sort (changes, compare_updated);

  writer = weir_hub_json_begin ();
  weir_json_writer_begin_array (writer, records ? "records" : "events");
  for (guint i = 0; i < changes->len; i++)
    {
      if (records)
        write_record (self, writer, changes->pdata[i]);
      else
        write_event (self, writer, changes->pdata[i]);
    }
  weir_json_writer_end_array (writer);
  weir_json_writer_add_string (writer, "cursor", cursor);
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (context, SOUP_STATUS_OK, weir_json_writer_end (writer));
}

static void
events_cb (WeirHubContext *context, gpointer user_data)
{
  reply_page (user_data, context, FALSE);
}

static void
records_cb (WeirHubContext *context, gpointer user_data)
{
  reply_page (user_data, context, TRUE);
}

/**
 * weir_hub_sequin_add_events:
 * @self: the face
 *
 * Adds /v1/events (§A1) and /v1/records (§A4).
 */
void
weir_hub_sequin_add_events (WeirHubSequin *self)
{
  weir_hub_server_add (self->server, &self->face, "GET", "/v1/events", events_cb, self);
  weir_hub_server_add (self->server, &self->face, "GET", "/v1/records", records_cb, self);
}

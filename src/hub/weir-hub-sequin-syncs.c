/* weir-hub-sequin-syncs.c: Sequin's syncs: what the hub's sources are on this face
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-sequin.h"

#include <string.h>

#include "weir-clock.h"

/* What PATCH may set (§A4); credential, provider and stream_id never change. */
static const char *const settable[] = {
  "name", "metadata", "external_id", "max_age_days", "sync_frequency", "rate_limit",
};

static char *
dup_meta (WeirHubDocument *source, const char *member)
{
  return weir_json_dup_string (weir_json_get (weir_json_get (source->json, "meta"), member));
}

static WeirHubDocument *
find_by_name (WeirHubSequin *self, const char *name)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_SYNC);

  weir_hub_query_add_equal (query, "_key", name);
  return weir_hub_store_find (self->store, query);
}

static void
merge (WeirHubSequin *self, const char *id, WeirJsonWriter *writer)
{
  g_autofree char *patch = NULL;

  weir_json_writer_add_time (writer, "updated_at", weir_clock_now ());
  weir_json_writer_end_object (writer);
  patch = weir_json_writer_end (writer);
  weir_hub_store_merge (self->store, WEIR_HUB_SYNC, id, patch, NULL);
}

static char *
make_sync (WeirHubSequin *self, const char *name, const char *provider)
{
  char *id = weir_hub_store_new_uuid (self->store);
  g_autofree char *credential = weir_hub_store_new_uuid (self->store);
  g_autofree char *text = NULL;
  gint64 now = weir_clock_now ();
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "id", id);
  weir_json_writer_add_string (writer, "provider", provider);
  weir_json_writer_add_string (writer, "name", name);
  weir_json_writer_add_string (writer, "status", "active");
  weir_json_writer_begin_array (writer, "collection_ids");
  weir_json_writer_end_array (writer);
  weir_json_writer_add_string (writer, "credential_id", credential);
  weir_json_writer_add_null (writer, "max_age_days");
  weir_json_writer_add_string (writer, "sync_frequency", "continuous");
  weir_json_writer_add_null (writer, "initial_backfill_completed_at");
  weir_json_writer_begin_object (writer, "metadata");
  weir_json_writer_end_object (writer);
  weir_json_writer_add_null (writer, "external_id");
  weir_json_writer_add_time (writer, "created_at", now);
  weir_json_writer_add_time (writer, "updated_at", now);
  weir_json_writer_add_string (writer, "_key", name);
  weir_json_writer_begin_object (writer, "_sources");
  weir_json_writer_end_object (writer);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  weir_hub_store_put (self->store, WEIR_HUB_SYNC, id, text, 0, NULL);
  return id;
}

static void
learn_feed (WeirHubSequin *self,
            const char *source,
            const char *sync,
            const char *provider,
            const char *collection)
{
  WeirHubFeed *feed = g_new0 (WeirHubFeed, 1);

  feed->sync = g_strdup (sync);
  feed->provider = g_strdup (provider);
  feed->collection = g_strdup (collection);
  g_hash_table_replace (self->feeds, g_strdup (source), feed);
}

/* "_sources" of a sync: name of a source → id of its collection, also of those that are gone, since
 * their events stay. */
static void
learn_sync (WeirHubSequin *self, WeirHubDocument *sync)
{
  g_autofree char *provider = weir_hub_document_dup_string (sync, "provider");
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_iter_init (&iter, weir_json_get (sync->json, "_sources"));
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *source = weir_json_dup_string (key);
      g_autofree char *collection = weir_json_dup_string (value);

      learn_feed (self, source, sync->id, provider, collection);
    }
}

static gboolean
is_live (WeirHubSequin *self, const char *source)
{
  g_autoptr (WeirHubDocument) document = weir_hub_store_get (self->store, WEIR_HUB_SOURCE, source);

  return document != NULL;
}

static GPtrArray *
list_syncs (WeirHubSequin *self)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_SYNC);

  weir_hub_query_set_ascending (query, TRUE);
  return weir_hub_store_list (self->store, query);
}

static gboolean
is_disabled (WeirHubDocument *sync)
{
  g_autofree char *status = weir_hub_document_dup_string (sync, "status");

  return g_strcmp0 (status, "disabled") == 0;
}

/* A disabled sync sees nothing; what changed meanwhile it finds when it is active again. */
static void
pause_sources (WeirHubSequin *self, WeirHubDocument *sync)
{
  WeirJsonIter iter;
  WeirJson key;

  weir_json_iter_init (&iter, weir_json_get (sync->json, "_sources"));
  while (weir_json_iter_next (&iter, &key, NULL))
    {
      g_autofree char *source = weir_json_dup_string (key);

      weir_hub_sources_set_paused (self->sources, source, is_disabled (sync));
    }
}

static void
add_source (WeirHubSequin *self, WeirHubDocument *sync, const char *source, const char *collection)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();
  WeirJson sources = weir_json_get (sync->json, "_sources");
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_writer_begin_array (writer, "collection_ids");
  weir_json_iter_init (&iter, sources);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);
      g_autofree char *other = weir_json_dup_string (value);

      if (strcmp (name, source) != 0 && strcmp (other, collection) != 0 && is_live (self, name))
        weir_json_writer_add_raw (writer, NULL, value);
    }
  weir_json_writer_add_string (writer, NULL, collection);
  weir_json_writer_end_array (writer);
  weir_json_writer_begin_object (writer, "_sources");
  weir_json_iter_init (&iter, sources);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);

      if (strcmp (name, source) != 0)
        weir_json_writer_add_raw (writer, name, value);
    }
  weir_json_writer_add_string (writer, source, collection);
  weir_json_writer_end_object (writer);
  merge (self, sync->id, writer);
}

static void
added_cb (WeirHubSources *sources, WeirHubDocument *source, WeirHubSequin *self)
{
  g_autofree char *face = weir_hub_document_dup_string (source, "face");
  g_autofree char *name = dup_meta (source, "sync");
  g_autofree char *provider = dup_meta (source, "provider");
  g_autofree char *collection = dup_meta (source, "collection");
  g_autoptr (WeirHubDocument) sync = NULL;
  const WeirHubFeed *feed;

  if (g_strcmp0 (face, "sequin") != 0)
    return;
  if (name == NULL)
    name = g_strdup (source->id);
  if (provider == NULL)
    provider = g_strdup (source->id);
  if (collection == NULL)
    collection = g_strdup_printf ("%s:%s", provider, source->id);

  sync = find_by_name (self, name);
  if (sync == NULL)
    {
      g_autofree char *id = make_sync (self, name, provider);

      sync = weir_hub_store_get (self->store, WEIR_HUB_SYNC, id);
    }
  feed = g_hash_table_lookup (self->feeds, source->id);
  if (feed == NULL || strcmp (feed->sync, sync->id) != 0
      || strcmp (feed->collection, collection) != 0)
    {
      add_source (self, sync, source->id, collection);
      learn_feed (self, source->id, sync->id, provider, collection);
    }
  if (is_disabled (sync))
    weir_hub_sources_set_paused (self->sources, source->id, TRUE);
}

/* The innermost cause says it. */
static char *
dup_leaf (const char *error)
{
  WeirJson level = weir_hub_json_view (error);

  for (WeirJson next = weir_json_get (level, "causedByError"); weir_json_is_set (next);
       next = weir_json_get (next, "causedByError"))
    level = next;
  return weir_json_dup_string (weir_json_get (level, "message"));
}

static void
fetched_cb (WeirHubSources *sources,
            const char *source,
            const WeirHubFetch *fetch,
            WeirHubSequin *self)
{
  WeirHubFeed *feed = g_hash_table_lookup (self->feeds, source);
  g_autoptr (WeirHubDocument) sync = NULL;
  WeirJsonWriter *writer;

  if (feed == NULL)
    return;
  g_clear_pointer (&feed->error, g_free);
  if (fetch->error != NULL)
    {
      feed->error = dup_leaf (fetch->error);
      return;
    }
  sync = weir_hub_store_get (self->store, WEIR_HUB_SYNC, feed->sync);
  if (sync == NULL || weir_hub_document_has (sync, "initial_backfill_completed_at"))
    return;
  writer = weir_hub_json_begin ();
  weir_json_writer_add_time (writer, "initial_backfill_completed_at", fetch->ended_at);
  merge (self, sync->id, writer);
}

/* Both forms of health that were ever documented (§A4), in one object. */
static void
write_health (WeirHubSequin *self, WeirJsonWriter *writer, WeirHubDocument *sync)
{
  g_autoptr (GHashTable) notes = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  const WeirHubFeed *feed;
  const char *note;

  g_hash_table_iter_init (&iter, self->feeds);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &feed))
    if (strcmp (feed->sync, sync->id) == 0 && feed->error != NULL)
      g_hash_table_add (notes, feed->error);

  weir_json_writer_begin_object (writer, "health");
  weir_json_writer_add_string (writer, "status",
                               g_hash_table_size (notes) > 0 ? "error" : "healthy");
  weir_json_writer_add_string (writer, "sync_id", sync->id);
  if (g_hash_table_size (notes) > 0)
    {
      weir_json_writer_begin_object (writer, "provider");
      weir_json_writer_add_string (writer, "status", "error");
      weir_json_writer_begin_array (writer, "notes");
      g_hash_table_iter_init (&iter, notes);
      while (g_hash_table_iter_next (&iter, (gpointer *) &note, NULL))
        weir_json_writer_add_string (writer, NULL, note);
      weir_json_writer_end_array (writer);
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_object (writer);
}

static void
write_sync (WeirHubSequin *self, WeirJsonWriter *writer, WeirHubDocument *sync)
{
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_writer_begin_object (writer, NULL);
  weir_json_iter_init (&iter, sync->json);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);

      if (name[0] != '_')
        weir_json_writer_add_raw (writer, name, value);
    }
  write_health (self, writer, sync);
  weir_json_writer_end_object (writer);
}

static gboolean
has_live_source (WeirHubSequin *self, WeirHubDocument *sync)
{
  WeirJsonIter iter;
  WeirJson key;

  weir_json_iter_init (&iter, weir_json_get (sync->json, "_sources"));
  while (weir_json_iter_next (&iter, &key, NULL))
    {
      g_autofree char *source = weir_json_dup_string (key);

      if (is_live (self, source))
        return TRUE;
    }
  return FALSE;
}

/* Whether every member of `wanted` is in `metadata` too, with the same value. */
static gboolean
has_metadata (WeirJson metadata, WeirJson wanted)
{
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_iter_init (&iter, wanted);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);
      g_autofree char *expected = weir_json_dup_text (value);
      g_autofree char *found = weir_json_dup_text (weir_json_get (metadata, name));

      if (g_strcmp0 (found, expected) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
passes (WeirHubContext *context, WeirHubDocument *sync, WeirJson metadata)
{
  static const char *const names[] = { "provider", "stream_id", "name" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *wanted = weir_hub_context_get_query (context, names[i]);
      g_autofree char *value = weir_hub_document_dup_string (sync, names[i]);

      if (wanted != NULL && g_strcmp0 (wanted, value) != 0)
        return FALSE;
    }
  return weir_json_get_type (metadata) != WEIR_JSON_OBJECT
         || has_metadata (weir_json_get (sync->json, "metadata"), metadata);
}

static void
list_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubSequin *self = user_data;
  const char *wanted = weir_hub_context_get_query (context, "metadata");
  WeirJson metadata = weir_hub_json_view (wanted);
  g_autoptr (GPtrArray) syncs = list_syncs (self);
  WeirJsonWriter *writer;

  if (wanted != NULL && weir_json_get_type (metadata) != WEIR_JSON_OBJECT)
    {
      weir_hub_sequin_refuse_value (context, "metadata", "is not a JSON object");
      return;
    }
  writer = weir_hub_json_begin ();
  weir_json_writer_begin_array (writer, "data");
  for (guint i = 0; i < syncs->len; i++)
    if (has_live_source (self, syncs->pdata[i]) && passes (context, syncs->pdata[i], metadata))
      write_sync (self, writer, syncs->pdata[i]);
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (context, SOUP_STATUS_OK, weir_json_writer_end (writer));
}

static WeirHubDocument *
get_sync (WeirHubSequin *self, WeirHubContext *context)
{
  WeirHubDocument *sync = weir_hub_store_get (self->store, WEIR_HUB_SYNC, context->ids[0]);

  if (sync == NULL)
    weir_hub_sequin_refuse (context, SOUP_STATUS_NOT_FOUND,
                            "Not found: there is no sync with the given id");
  return sync;
}

static void
reply_sync (WeirHubSequin *self, WeirHubContext *context, const char *id)
{
  g_autoptr (WeirHubDocument) sync = weir_hub_store_get (self->store, WEIR_HUB_SYNC, id);
  WeirJsonWriter *writer = weir_json_writer_new ();

  write_sync (self, writer, sync);
  weir_hub_context_reply_json (context, SOUP_STATUS_OK, weir_json_writer_end (writer));
}

static void
get_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) sync = get_sync (user_data, context);

  if (sync != NULL)
    reply_sync (user_data, context, sync->id);
}

/* FALSE: answered 422. */
static gboolean
check_patch (WeirHubContext *context, WeirHubDocument *sync, WeirJson body)
{
  static const char *const fixed[] = { "id", "credential_id", "provider", "stream_id" };
  WeirJson status = weir_json_get (body, "status");
  WeirJson name = weir_json_get (body, "name");
  g_autofree char *word = weir_json_dup_string (status);

  if (weir_json_get_type (body) != WEIR_JSON_OBJECT)
    {
      weir_hub_sequin_refuse_value (context, "body", "must be a JSON object");
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      g_autofree char *wanted = weir_json_dup_text (weir_json_get (body, fixed[i]));
      g_autofree char *value = weir_hub_document_dup_string (sync, fixed[i]);

      if (wanted != NULL && g_strcmp0 (wanted, value) != 0)
        {
          weir_hub_sequin_refuse_value (context, fixed[i], "cannot be changed");
          return FALSE;
        }
    }
  if (weir_json_get_type (status) != WEIR_JSON_ABSENT && g_strcmp0 (word, "active") != 0
      && g_strcmp0 (word, "disabled") != 0)
    {
      weir_hub_sequin_refuse_value (context, "status", "must be active or disabled");
      return FALSE;
    }
  if (weir_json_get_type (name) != WEIR_JSON_ABSENT
      && weir_json_get_type (name) != WEIR_JSON_STRING)
    {
      weir_hub_sequin_refuse_value (context, "name", "must be a string");
      return FALSE;
    }
  return TRUE;
}

static void
patch_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubSequin *self = user_data;
  g_autoptr (WeirHubDocument) sync = get_sync (self, context);
  g_autoptr (WeirHubDocument) after = NULL;
  g_autoptr (GError) error = NULL;
  WeirJson body, status;
  WeirJsonWriter *writer;

  if (sync == NULL)
    return;
  /* whatever the Content-Type: curl sends a form's by itself */
  if (!weir_json_parse (context->body, &body, &error))
    {
      weir_hub_sequin_refuse (context, SOUP_STATUS_BAD_REQUEST, error->message);
      return;
    }
  if (!check_patch (context, sync, body))
    return;
  writer = weir_hub_json_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (settable); i++)
    if (weir_json_get_type (weir_json_get (body, settable[i])) != WEIR_JSON_ABSENT)
      weir_json_writer_add_raw (writer, settable[i], weir_json_get (body, settable[i]));
  status = weir_json_get (body, "status");
  if (weir_json_is_set (status))
    weir_json_writer_add_raw (writer, "status", status);
  merge (self, sync->id, writer);

  after = weir_hub_store_get (self->store, WEIR_HUB_SYNC, sync->id);
  if (is_disabled (sync) != is_disabled (after))
    pause_sources (self, after);
  reply_sync (self, context, sync->id);
}

static void
refuse_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_sequin_refuse (context, SOUP_STATUS_METHOD_NOT_ALLOWED,
                          "Syncs are made and removed with the hub's sources");
}

/**
 * weir_hub_feed_free:
 * @self: (transfer full): a feed
 */
void
weir_hub_feed_free (WeirHubFeed *self)
{
  g_free (self->sync);
  g_free (self->provider);
  g_free (self->collection);
  g_free (self->error);
  g_free (self);
}

/**
 * weir_hub_sequin_add_syncs:
 * @self: the face
 *
 * Adds /v1/syncs (§A4), and from now on a sync for the sources of this face. Sources whose meta
 * names the same sync share it; it also may name their provider and collection.
 */
void
weir_hub_sequin_add_syncs (WeirHubSequin *self)
{
  g_autoptr (GPtrArray) syncs = list_syncs (self);

  for (guint i = 0; i < syncs->len; i++)
    learn_sync (self, syncs->pdata[i]);
  g_signal_connect (self->sources, "added", G_CALLBACK (added_cb), self);
  g_signal_connect (self->sources, "fetched", G_CALLBACK (fetched_cb), self);
  weir_hub_server_add (self->server, &self->face, "GET", "/v1/syncs", list_cb, self);
  weir_hub_server_add (self->server, &self->face, "GET", "/v1/syncs/{id}", get_cb, self);
  weir_hub_server_add (self->server, &self->face, "PATCH", "/v1/syncs/{id}", patch_cb, self);
  weir_hub_server_add (self->server, &self->face, "POST", "/v1/syncs", refuse_cb, self);
  weir_hub_server_add (self->server, &self->face, "DELETE", "/v1/syncs/{id}", refuse_cb, self);
}

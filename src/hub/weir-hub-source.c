/* weir-hub-source.c: adding, listing and removing sources
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-sources.h"

#include <string.h>

static gboolean
refuse (GError **error, const char *message, const char *value)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s: “%s”", message, value);
  return FALSE;
}

static gboolean
check_pointer (const char *pointer, GError **error)
{
  WeirJson none = { NULL, 0 };
  g_autoptr (GError) local_error = NULL;

  weir_json_pointer (none, pointer, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_spec (const WeirHubSourceSpec *spec, GError **error)
{
  const char *face = spec->face != NULL ? spec->face : "membrane";
  g_autoptr (GUri) uri = g_uri_parse (spec->url, G_URI_FLAGS_NONE, NULL);

  if (*spec->name == '\0' || strlen (spec->name) > 255 || !g_utf8_validate (spec->name, -1, NULL))
    return refuse (error, "A source needs a name of 1 to 255 bytes", spec->name);
  /* GLib takes "http:///x" too: a host of no letters */
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || (strcmp (g_uri_get_scheme (uri), "http") != 0
          && strcmp (g_uri_get_scheme (uri), "https") != 0))
    return refuse (error, "Not an http or https address", spec->url);
  if (strcmp (face, "membrane") != 0 && strcmp (face, "sequin") != 0
      && strcmp (face, "oracle") != 0)
    return refuse (error, "A face is membrane, sequin or oracle", face);
  if (spec->interval < 1 || spec->interval > 31536000)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "The interval must be from 1 to 31536000 seconds");
      return FALSE;
    }
  return check_pointer (spec->items, error) && check_pointer (spec->id, error)
         && (spec->updated == NULL || check_pointer (spec->updated, error));
}

/**
 * weir_hub_source_add:
 * @store: the store
 * @spec: the source
 * @error: return location for an error: G_IO_ERROR_INVALID_ARGUMENT, G_IO_ERROR_EXISTS, or one of
 *   WEIR_SQLITE_ERROR
 *
 * Returns: whether it was added; a running hub notices by itself
 */
gboolean
weir_hub_source_add (WeirHubStore *store, const WeirHubSourceSpec *spec, GError **error)
{
  g_autoptr (WeirHubDocument) old = NULL;
  WeirJsonWriter *writer;
  g_autofree char *text = NULL;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (store), FALSE);
  g_return_val_if_fail (spec != NULL && spec->name != NULL && spec->url != NULL, FALSE);
  g_return_val_if_fail (spec->items != NULL && spec->id != NULL, FALSE);

  if (!check_spec (spec, error))
    return FALSE;
  old = weir_hub_store_get (store, WEIR_HUB_SOURCE, spec->name);
  if (old != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is a source “%s” already",
                   spec->name);
      return FALSE;
    }

  writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "name", spec->name);
  weir_json_writer_add_string (writer, "face", spec->face != NULL ? spec->face : "membrane");
  weir_json_writer_add_string (writer, "url", spec->url);
  weir_json_writer_add_string (writer, "items", spec->items);
  weir_json_writer_add_string (writer, "id", spec->id);
  if (spec->updated != NULL)
    weir_json_writer_add_string (writer, "updated", spec->updated);
  weir_json_writer_add_int (writer, "interval", spec->interval);
  if (spec->tenant != NULL)
    weir_json_writer_add_string (writer, "tenant", spec->tenant);
  weir_hub_json_add_text (writer, "meta", spec->meta);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  return weir_hub_store_put (store, WEIR_HUB_SOURCE, spec->name, text, 0, error);
}

/**
 * weir_hub_source_remove:
 * @store: the store
 * @name: name of a source
 * @error: return location for an error: G_IO_ERROR_NOT_FOUND, or one of WEIR_SQLITE_ERROR
 *
 * Returns: whether there was one and it is gone
 */
gboolean
weir_hub_source_remove (WeirHubStore *store, const char *name, GError **error)
{
  g_autoptr (WeirHubDocument) source = NULL;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (store), FALSE);

  source = weir_hub_store_get (store, WEIR_HUB_SOURCE, name);
  if (source == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no source “%s”", name);
      return FALSE;
    }
  weir_hub_store_begin (store);
  weir_hub_store_forget_source (store, name);
  weir_hub_store_remove (store, WEIR_HUB_SOURCE, name, NULL);
  return weir_hub_store_commit (store, error);
}

/**
 * weir_hub_source_list:
 * @store: the store
 * @face: (nullable): "membrane", "sequin" or "oracle"; %NULL for all
 *
 * Returns: (transfer full) (element-type WeirHubDocument): the sources, oldest first
 */
GPtrArray *
weir_hub_source_list (WeirHubStore *store, const char *face)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_SOURCE);

  weir_hub_query_add_equal (query, "face", face);
  weir_hub_query_set_ascending (query, TRUE);
  return weir_hub_store_list (store, query);
}

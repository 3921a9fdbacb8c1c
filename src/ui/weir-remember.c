/* weir-remember.c: what the window was like when it was last used
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-remember.h"

#include "weir-settings.h"

#define KEY "remembered"
#define DELAY 2 /* s: a column that is being dragged changes with each pixel */

static GHashTable *values; /* (nullable) key → GVariant, once it was asked for */
static guint timeout_id;

static GHashTable *
get_values (void)
{
  GSettings *settings = weir_settings_get ();

  if (values != NULL)
    return values;

  values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  if (settings != NULL)
    {
      g_autoptr (GVariant) all = g_settings_get_value (settings, KEY);
      GVariantIter iter;
      const char *key;
      GVariant *value;

      g_variant_iter_init (&iter, all);
      while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
        g_hash_table_insert (values, g_strdup (key), value);
    }

  return values;
}

static gboolean
timeout_cb (gpointer user_data)
{
  timeout_id = 0;
  weir_remember_flush ();

  return G_SOURCE_REMOVE;
}

/**
 * weir_remember_lookup:
 * @key: whose
 *
 * Returns: (transfer full) (nullable): what was kept, a dictionary of the type a{sv}
 */
GVariant *
weir_remember_lookup (const char *key)
{
  GVariant *value = g_hash_table_lookup (get_values (), key);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    return NULL;

  return g_variant_ref (value);
}

/**
 * weir_remember_keep:
 * @key: whose
 * @value: (transfer floating) (nullable): a dictionary of the type a{sv}, %NULL to forget it
 */
void
weir_remember_keep (const char *key, GVariant *value)
{
  GVariant *before;
  g_autoptr (GVariant) now = value != NULL ? g_variant_ref_sink (value) : NULL;

  g_return_if_fail (key != NULL);

  before = g_hash_table_lookup (get_values (), key);
  if (before == now || (before != NULL && now != NULL && g_variant_equal (before, now)))
    return;

  if (now != NULL)
    g_hash_table_insert (get_values (), g_strdup (key), g_steal_pointer (&now));
  else
    g_hash_table_remove (get_values (), key);
  if (timeout_id == 0)
    timeout_id = g_timeout_add_seconds (DELAY, timeout_cb, NULL);
}

/**
 * weir_remember_flush:
 *
 * Hands over what has changed to the settings now.
 */
void
weir_remember_flush (void)
{
  GSettings *settings = weir_settings_get ();
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_clear_handle_id (&timeout_id, g_source_remove);
  if (settings == NULL || values == NULL)
    return;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_variant_builder_add (&builder, "{sv}", key, value);
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

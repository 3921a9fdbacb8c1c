/* weir-hub-command.c: the words after "weir-hub" that do not serve
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-command.h"

#include "weir-hub.h"

static int
refuse (const GError *error)
{
  g_printerr ("weir-hub: %s\n", error->message);
  return 1;
}

/**
 * weir_hub_command_add_source:
 * @store: the store
 * @spec: the source as given on the command line
 *
 * Returns: the exit status
 */
int
weir_hub_command_add_source (WeirHubStore *store, const WeirHubSourceSpec *spec)
{
  g_autoptr (GError) error = NULL;

  if (!weir_hub_source_add (store, spec, &error))
    return refuse (error);
  g_printerr ("Added the source “%s”.\n", spec->name);
  return 0;
}

/**
 * weir_hub_command_remove_source:
 * @store: the store
 * @name: name of a source
 *
 * Returns: the exit status
 */
int
weir_hub_command_remove_source (WeirHubStore *store, const char *name)
{
  g_autoptr (GError) error = NULL;

  if (!weir_hub_source_remove (store, name, &error))
    return refuse (error);
  g_printerr ("Removed the source “%s”.\n", name);
  return 0;
}

/**
 * weir_hub_command_list_sources:
 * @store: the store
 * @json: whether to print an object a line, not a table
 *
 * Returns: the exit status
 */
int
weir_hub_command_list_sources (WeirHubStore *store, gboolean json)
{
  g_autoptr (GPtrArray) sources = weir_hub_source_list (store, NULL);

  for (guint i = 0; i < sources->len; i++)
    {
      WeirHubDocument *source = sources->pdata[i];
      g_autofree char *face = weir_hub_document_dup_string (source, "face");
      g_autofree char *url = weir_hub_document_dup_string (source, "url");

      if (json)
        g_print ("%s\n", source->text);
      else
        g_print ("%-24s %-9s %6" G_GINT64_FORMAT " s  %s\n", source->id, face,
                 weir_hub_document_get_int (source, "interval"), url);
    }
  return 0;
}

/**
 * weir_hub_command_workspace:
 * @store: the store
 *
 * Prints what a client needs to sign its own tokens for the Membrane face.
 *
 * Returns: the exit status
 */
int
weir_hub_command_workspace (WeirHubStore *store)
{
  g_autofree char *key = weir_hub_store_dup_secret (store, WEIR_HUB_WORKSPACE_KEY, "");
  g_autofree char *secret = weir_hub_store_dup_secret (store, WEIR_HUB_WORKSPACE_SECRET, "");

  g_print ("{\"workspaceKey\":\"%s\",\"workspaceSecret\":\"%s\"}\n", key, secret);
  return 0;
}

/* weir-hub.c: the whole hub: store, sources, server and its three faces
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub.h"

#include <string.h>

#include "weir-hub-retention.h"

#define PORT_SETTING "port"
#define TRIM_INTERVAL 600 /* s */

struct _WeirHub
{
  GObject parent_instance;

  WeirHubOptions options;
  char *path;
  char *host;
  char *token; /* (nullable) */
  WeirHubStore *store;
  WeirHubSources *sources;
  WeirHubServer *server;
  guint trim_source;
};

G_DEFINE_FINAL_TYPE (WeirHub, weir_hub, G_TYPE_OBJECT)

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* Secrets that the store draws at random and keeps. */
static const struct
{
  const char *key;
  const char *prefix;
  gboolean
      own; /* one of the user's choosing wins, for as long as it is given: it is never stored */
} secrets[] = {
  { WEIR_HUB_MEMBRANE_TOKEN, "pat-", TRUE }, { WEIR_HUB_SEQUIN_TOKEN, "", TRUE },
  { WEIR_HUB_ORACLE_PASSWORD, "", TRUE },    { WEIR_HUB_WORKSPACE_KEY, "", FALSE },
  { WEIR_HUB_WORKSPACE_SECRET, "", FALSE },
};

static gboolean
prepare_secrets (WeirHub *self, GError **error)
{
  weir_hub_store_begin (self->store);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_free (weir_hub_store_dup_secret (self->store, secrets[i].key, secrets[i].prefix));
  if (weir_hub_store_commit (self->store, error))
    return TRUE;
  g_prefix_error (error, "Cannot write to “%s”: ", self->path);
  return FALSE;
}

static gboolean
listen_somewhere (WeirHub *self, GError **error)
{
  g_autofree char *last = NULL;
  g_autofree char *now = NULL;
  guint64 port = self->options.port;
  const char *uri;

  if (self->options.keep_port && port == 0)
    last = weir_hub_store_dup_setting (self->store, PORT_SETTING);
  if (last != NULL && g_ascii_string_to_unsigned (last, 10, 1, G_MAXUINT16, &port, NULL)
      && weir_hub_server_listen (self->server, self->host, (guint16) port, NULL))
    return TRUE;
  if (!weir_hub_server_listen (self->server, self->host, self->options.port, error))
    return FALSE;
  uri = weir_hub_server_get_uri (self->server);
  now = g_strdup (strrchr (uri, ':') + 1);
  if (self->options.keep_port)
    weir_hub_store_set_setting (self->store, PORT_SETTING, now);
  return TRUE;
}

static gboolean
trim_cb (gpointer user_data)
{
  WeirHub *self = user_data;
  WeirHubKeep keep = { WEIR_HUB_KEEP_DAYS, WEIR_HUB_KEEP_EVENTS, WEIR_HUB_KEEP_PULLS };

  if (self->options.keep_days != 0)
    keep.days = self->options.keep_days;
  weir_hub_store_trim (self->store, &keep);
  return G_SOURCE_CONTINUE;
}

static void
weir_hub_dispose (GObject *object)
{
  WeirHub *self = WEIR_HUB (object);

  if (self->server != NULL)
    weir_hub_stop (self);
  g_clear_object (&self->server);
  g_clear_object (&self->sources);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (weir_hub_parent_class)->dispose (object);
}

static void
weir_hub_finalize (GObject *object)
{
  WeirHub *self = WEIR_HUB (object);

  g_free (self->path);
  g_free (self->host);
  g_free (self->token);

  G_OBJECT_CLASS (weir_hub_parent_class)->finalize (object);
}

static void
weir_hub_class_init (WeirHubClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_hub_dispose;
  object_class->finalize = weir_hub_finalize;
}

static void
weir_hub_init (WeirHub *self)
{
}

/**
 * weir_hub_new:
 * @options: how it is to be; copied
 * @error: return location for an error: of WEIR_SQLITE_ERROR, or G_IO_ERROR_PERMISSION_DENIED for
 *   an address off loopback without a token of the user's choosing
 *
 * Opens the store and puts the faces together.
 *
 * Returns: (transfer full) (nullable): a hub that does not listen yet
 */
WeirHub *
weir_hub_new (const WeirHubOptions *options, GError **error)
{
  g_autoptr (WeirHub) self = g_object_new (WEIR_TYPE_HUB, NULL);

  g_return_val_if_fail (options != NULL && options->path != NULL && options->host != NULL, NULL);

  self->options = *options;
  self->options.path = self->path = g_strdup (options->path);
  self->options.host = self->host = g_strdup (options->host);
  self->options.token = self->token = g_strdup (options->token);

  if (!is_loopback (self->host) && self->token == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   "%s can be reached from other machines: set WEIR_HUB_TOKEN to a token of at "
                   "least %d characters",
                   self->host, WEIR_HUB_MIN_TOKEN);
      return NULL;
    }
  if (self->token != NULL && g_utf8_strlen (self->token, -1) < WEIR_HUB_MIN_TOKEN)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   "WEIR_HUB_TOKEN must have at least %d characters", WEIR_HUB_MIN_TOKEN);
      return NULL;
    }

  self->store = weir_hub_store_new (self->path, error);
  if (self->store == NULL)
    return NULL;
  if (options->seeded)
    weir_hub_store_set_seed (self->store, options->seed);
  if (!prepare_secrets (self, error))
    return NULL;
  self->sources = weir_hub_sources_new (self->store);
  self->server = weir_hub_server_new ();
  weir_hub_membrane_face_add (self);
  weir_hub_sequin_face_add (self);
  weir_hub_oracle_face_add (self);
  return g_steal_pointer (&self);
}

/**
 * weir_hub_start:
 * @self: a hub
 * @error: return location for an error
 *
 * Returns: whether it accepts connections, and its sources live
 */
gboolean
weir_hub_start (WeirHub *self, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HUB (self), FALSE);

  if (!listen_somewhere (self, error))
    return FALSE;
  if (self->options.demo)
    weir_hub_demo_add (self);
  weir_hub_sources_start (self->sources);
  self->trim_source = g_timeout_add_seconds (TRIM_INTERVAL, trim_cb, self);
  trim_cb (self);
  return TRUE;
}

/**
 * weir_hub_stop:
 * @self: a hub
 */
void
weir_hub_stop (WeirHub *self)
{
  g_return_if_fail (WEIR_IS_HUB (self));

  g_clear_handle_id (&self->trim_source, g_source_remove);
  weir_hub_sources_stop (self->sources);
  weir_hub_server_stop (self->server);
}

/**
 * weir_hub_dup_greeting:
 * @self: a hub that listens
 *
 * Returns: (transfer full): the line that tells whoever started the hub how to reach it, as JSON
 */
char *
weir_hub_dup_greeting (WeirHub *self)
{
  static const struct
  {
    const char *face;
    const char *user;
    const char *name; /* of the secret */
    const char *key;
  } faces[] = {
    { "membrane", NULL, "token", WEIR_HUB_MEMBRANE_TOKEN },
    { "sequin", NULL, "token", WEIR_HUB_SEQUIN_TOKEN },
    { "oracle", WEIR_HUB_ORACLE_USER, "password", WEIR_HUB_ORACLE_PASSWORD },
  };
  WeirJsonWriter *writer;
  const char *uri;

  g_return_val_if_fail (WEIR_IS_HUB (self), NULL);

  uri = weir_hub_server_get_uri (self->server);
  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "uri", uri);
  for (guint i = 0; i < G_N_ELEMENTS (faces); i++)
    {
      g_autofree char *face_uri = g_strdup_printf ("%s/%s", uri, faces[i].face);
      g_autofree char *secret = weir_hub_dup_secret (self, faces[i].key);

      weir_json_writer_begin_object (writer, faces[i].face);
      weir_json_writer_add_string (writer, "uri", face_uri);
      if (faces[i].user != NULL)
        weir_json_writer_add_string (writer, "username", faces[i].user);
      weir_json_writer_add_string (writer, faces[i].name, secret);
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

/**
 * weir_hub_dup_secret:
 * @self: a hub
 * @key: under which a secret lives in the store
 *
 * Returns: (transfer full): the secret that is valid now
 */
char *
weir_hub_dup_secret (WeirHub *self, const char *key)
{
  g_return_val_if_fail (WEIR_IS_HUB (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (secrets[i].own && self->token != NULL && g_str_equal (secrets[i].key, key))
      return g_strconcat (g_str_has_prefix (self->token, secrets[i].prefix) ? ""
                                                                            : secrets[i].prefix,
                          self->token, NULL);
  return weir_hub_store_dup_setting (self->store, key);
}

/**
 * weir_hub_get_store:
 * @self: a hub
 *
 * Returns: (transfer none): its store
 */
WeirHubStore *
weir_hub_get_store (WeirHub *self)
{
  g_return_val_if_fail (WEIR_IS_HUB (self), NULL);

  return self->store;
}

/**
 * weir_hub_get_sources:
 * @self: a hub
 *
 * Returns: (transfer none): its sources
 */
WeirHubSources *
weir_hub_get_sources (WeirHub *self)
{
  g_return_val_if_fail (WEIR_IS_HUB (self), NULL);

  return self->sources;
}

/**
 * weir_hub_get_server:
 * @self: a hub
 *
 * Returns: (transfer none): its server
 */
WeirHubServer *
weir_hub_get_server (WeirHub *self)
{
  g_return_val_if_fail (WEIR_IS_HUB (self), NULL);

  return self->server;
}

/**
 * weir_hub_get_options:
 * @self: a hub
 *
 * Returns: (transfer none): how it was asked to be
 */
const WeirHubOptions *
weir_hub_get_options (WeirHub *self)
{
  g_return_val_if_fail (WEIR_IS_HUB (self), NULL);

  return &self->options;
}

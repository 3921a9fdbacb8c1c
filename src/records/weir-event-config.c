/* weir-event-config.c: what a Membrane subscription's config says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-event-config.h"

#include "weir-fields.h"

typedef struct
{
  char *collection;
  char *udm;
  char *key;
} DataSource;

/**
 * weir_event_config_read:
 * @self: (out caller-allocates): what is in it
 * @config: the member `config` of a subscription, often absent
 *
 * A collection key may be a formula, which is an object and no name (`api/membrane.md §7`): then
 * there is none.
 */
void
weir_event_config_read (WeirEventConfig *self, WeirJson config)
{
  static const WeirField FIELDS[] = {
    { "type", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirEventConfig, type) },
    { "eventKey", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (WeirEventConfig, subject) },
  };
  static const WeirField SOURCE_FIELDS[] = {
    { "collectionKey", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (DataSource, collection) },
    { "udm", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (DataSource, udm) },
    { "key", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (DataSource, key) },
  };
  DataSource source = { 0 };
  char **best;

  *self = (WeirEventConfig){ 0 };
  weir_fields_read (config, FIELDS, G_N_ELEMENTS (FIELDS), self, NULL);
  weir_fields_read (weir_json_get (config, "dataSource"), SOURCE_FIELDS,
                    G_N_ELEMENTS (SOURCE_FIELDS), &source, NULL);
  best = &source.key;
  if (source.udm != NULL)
    best = &source.udm;
  if (source.collection != NULL)
    best = &source.collection;
  if (*best != NULL)
    {
      g_free (self->subject);
      self->subject = g_steal_pointer (best);
    }
  g_free (source.collection);
  g_free (source.udm);
  g_free (source.key);
}

/**
 * weir_event_config_clear:
 * @self: what weir_event_config_read() filled
 */
void
weir_event_config_clear (WeirEventConfig *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->subject, g_free);
}

/**
 * weir_event_config_dup_title:
 * @self: a config
 * @otherwise: (nullable): what to name where the config names no collection or event
 *
 * Returns: (transfer full) (nullable): a name for a subscription that has none, made of what
 *   identifies it: "data-record-created · contacts"; %NULL where that would not tell it from others
 */
char *
weir_event_config_dup_title (WeirEventConfig *self, const char *otherwise)
{
  const char *subject = self->subject != NULL ? self->subject : otherwise;

  if (self->type == NULL || subject == NULL)
    return g_strdup (self->subject);
  return g_strdup_printf ("%s · %s", self->type, subject);
}

/**
 * weir_event_config_take_subscription:
 * @subscription: an expanded ExternalEventSubscription, often absent
 * @otherwise: (nullable): what to name where it has no name and its config no subject
 * @id: (inout): its id; filled in where it is not known
 * @name: (out) (nullable): set to the name a person knows it by
 */
void
weir_event_config_take_subscription (WeirJson subscription,
                                     const char *otherwise,
                                     char **id,
                                     char **name)
{
  g_auto (WeirEventConfig) config = { 0 };

  weir_fields_take_expansion (subscription, id, name);
  if (*name != NULL)
    return;
  weir_event_config_read (&config, weir_json_get (subscription, "config"));
  *name = weir_event_config_dup_title (&config, otherwise);
}

/* weir-hub-oracle-body.c: what a client may write into an event subscription
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-oracle.h"

#include <string.h>

#include "weir-clock.h"

/* Lengths are characters (api/sequin-and-oracle.md §B4). */
#define MAX_CLASS 256
#define MAX_END_POINT 1333
#define MAX_NAME 255
#define MAX_SHAPE 349525
#define MAX_LOOKUP_NAME 255
/* §B8 */
#define MAX_SUBSCRIPTIONS_PER_EVENT 20
/* Oracle's ids of these objects have five digits. */
#define FIRST_ID 10000

typedef struct
{
  gint64 id;
  const char *name;
} NamedId;

/* §B5. The names of the event types 2 and 3 are not documented. */
static const NamedId event_types[] = { { 1, "Create" }, { 2, "Update" }, { 3, "Delete" }, { 0 } };
static const NamedId statuses[] = { { 1, "Active" }, { 2, "Paused" }, { 3, "Inactive" }, { 0 } };
static const NamedId versions[] = { { 100300, "v1.4" }, { 100200, "v1.3" }, { 0 } };
/* Two have the same name, so that a name alone can be ambiguous here as it can there. */
static const NamedId users[] = { { 1, "ICS Integration" },
                                 { 2, "Partner Integration" },
                                 { 3, "Partner Integration" },
                                 { 0 } };

typedef struct
{
  const char *name;
  const NamedId *named; /* NULL: a string */
  glong max_length;
} Member;

/* In the order of the reference page; all must be given, but status is Active by itself. */
static const Member members[] = {
  { "class", NULL, MAX_CLASS },     { "endPoint", NULL, MAX_END_POINT },
  { "eventType", event_types, 0 },  { "integrationUser", users, 0 },
  { "name", NULL, MAX_NAME },       { "objectShapeXml", NULL, MAX_SHAPE },
  { "objectVersion", versions, 0 }, { "status", statuses, 0 },
};

/* Sent back by who changes a whole object; never written. */
static const char *const read_only[] = { "id",          "lookupName", "createdTime",
                                         "updatedTime", "links",      NULL };

static gboolean
is_known (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (members[i].name, name) == 0)
      return TRUE;
  return strcmp (name, "endpoint") == 0 || g_strv_contains (read_only, name);
}

static gboolean
check_names (WeirJson body, WeirHubOracleError *error)
{
  WeirJsonIter iter;
  WeirJson key;

  weir_json_iter_init (&iter, body);
  while (weir_json_iter_next (&iter, &key, NULL))
    {
      g_autofree char *name = weir_json_dup_string (key);

      if (!is_known (name))
        {
          weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_WRITE,
                                     "eventSubscriptions has no attribute “%s”", name);
          return FALSE;
        }
    }
  return TRUE;
}

/* The reference page's note spells it "endpoint". */
static WeirJson
get_member (WeirJson body, const char *name)
{
  WeirJson value = weir_json_get (body, name);

  if (weir_json_get_type (value) == WEIR_JSON_ABSENT && strcmp (name, "endPoint") == 0)
    value = weir_json_get (body, "endpoint");
  return value;
}

static gboolean
is_class (const char *text)
{
  return strcmp (text, "Contact") == 0 || strcmp (text, "Organization") == 0
         || strcmp (text, "Incident") == 0;
}

static gboolean
add_string (WeirJsonWriter *writer, const Member *member, WeirJson value, WeirHubOracleError *error)
{
  g_autofree char *text = weir_json_dup_string (value);
  guint code = WEIR_HUB_ORACLE_BAD_WRITE;

  if (text == NULL || *text == '\0')
    weir_hub_oracle_error_set (error, code, "%s must be a string, and not empty", member->name);
  else if (g_utf8_strlen (text, -1) > member->max_length)
    weir_hub_oracle_error_set (error, code, "%s is longer than %ld characters", member->name,
                               member->max_length);
  else if (strcmp (member->name, "class") == 0 && !is_class (text))
    weir_hub_oracle_error_set (error, code, "class must be Contact, Organization or Incident");
  else if (strcmp (member->name, "name") == 0 && strchr (text, ' ') != NULL)
    weir_hub_oracle_error_set (error, code, "name must not contain a blank");
  if (error->code != 0)
    return FALSE;
  weir_json_writer_add_raw (writer, member->name, value);
  return TRUE;
}

/* By id or by name; a name that fits twice is an error (§B4). */
static const NamedId *
resolve (const Member *member, WeirJson value, WeirHubOracleError *error)
{
  WeirJson id = weir_json_get (value, "id");
  g_autofree char *name = weir_json_dup_string (weir_json_get (value, "lookupName"));
  const NamedId *found = NULL;
  guint n_found = 0;
  gint64 number = -1;

  if (weir_json_is_set (id) && (!weir_json_get_int (id, &number) || number < 0))
    {
      weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_WRITE,
                                 "%s.id must be a whole number, 0 or more", member->name);
      return NULL;
    }
  if (name != NULL && g_utf8_strlen (name, -1) > MAX_LOOKUP_NAME)
    {
      weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_WRITE,
                                 "%s.lookupName is longer than 255 characters", member->name);
      return NULL;
    }
  if (number < 0 && name == NULL)
    {
      weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_WRITE,
                                 "%s must have an id or a lookupName", member->name);
      return NULL;
    }
  for (const NamedId *named = member->named; named->name != NULL; named++)
    if (number >= 0 ? named->id == number : g_ascii_strcasecmp (named->name, name) == 0)
      {
        found = named;
        n_found++;
      }
  if (n_found == 1)
    return found;
  if (number >= 0)
    weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_WRITE,
                               "%s has no value with id %" G_GINT64_FORMAT, member->name, number);
  else
    weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_WRITE,
                               n_found == 0 ? "%s has no value named “%s”"
                                            : "%s has more than one value named “%s”",
                               member->name, name);
  return NULL;
}

static void
write_named (WeirJsonWriter *writer, const char *name, const NamedId *named)
{
  weir_json_writer_begin_object (writer, name);
  weir_json_writer_add_int (writer, "id", named->id);
  weir_json_writer_add_string (writer, "lookupName", named->name);
  weir_json_writer_end_object (writer);
}

static gboolean
add_member (WeirJsonWriter *writer,
            const Member *member,
            WeirJson value,
            gboolean creating,
            WeirHubOracleError *error)
{
  const NamedId *named;

  if (creating && member->named == statuses && !weir_json_is_set (value))
    {
      write_named (writer, member->name, &statuses[0]);
      return TRUE;
    }
  if (weir_json_get_type (value) == WEIR_JSON_ABSENT && !creating)
    return TRUE;
  if (!weir_json_is_set (value))
    {
      weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_WRITE, "%s is required", member->name);
      return FALSE;
    }
  if (member->named == NULL)
    return add_string (writer, member, value, error);
  named = resolve (member, value, error);
  if (named == NULL)
    return FALSE;
  write_named (writer, member->name, named);
  return TRUE;
}

static gint64
get_event_type (WeirJson subscription)
{
  gint64 id = 0;

  weir_json_get_int (weir_json_pointer (subscription, "/eventType/id", NULL), &id);
  return id;
}

/* A name is unique, and an event has room for 20 (§B8). `whole` is the subscription to be. */
static gboolean
check_others (WeirHubOracle *self, WeirJson whole, WeirHubDocument *old, WeirHubOracleError *error)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_ORACLE_SUBSCRIPTION);
  g_autoptr (GPtrArray) all = weir_hub_store_list (self->store, query);
  g_autofree char *name = weir_json_dup_string (weir_json_get (whole, "name"));
  g_autofree char *class = weir_json_dup_string (weir_json_get (whole, "class"));
  guint n_same = 0;

  for (guint i = 0; i < all->len; i++)
    {
      WeirHubDocument *other = all->pdata[i];
      g_autofree char *other_name = weir_hub_document_dup_string (other, "name");
      g_autofree char *other_class = weir_hub_document_dup_string (other, "class");

      if (old != NULL && strcmp (other->id, old->id) == 0)
        continue;
      if (g_strcmp0 (name, other_name) == 0)
        {
          weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_WRITE,
                                     "There is an event subscription named “%s” already", name);
          return FALSE;
        }
      if (g_strcmp0 (class, other_class) == 0
          && get_event_type (whole) == get_event_type (other->json))
        n_same++;
    }
  if (n_same < MAX_SUBSCRIPTIONS_PER_EVENT)
    return TRUE;
  weir_hub_oracle_error_set (error,
                             old != NULL ? WEIR_HUB_ORACLE_BAD_WRITE : WEIR_HUB_ORACLE_NOT_CREATED,
                             "There are %d event subscriptions for this event of %s already",
                             MAX_SUBSCRIPTIONS_PER_EVENT, class);
  return FALSE;
}

/**
 * weir_hub_oracle_check_body:
 * @self: the face
 * @body: what a client has sent
 * @old: (nullable): the subscription to change; %NULL to make one
 * @error: set if it is refused
 *
 * Returns: (transfer full) (nullable): its writable members, names and ids both filled in, as a
 *   JSON object
 */
char *
weir_hub_oracle_check_body (WeirHubOracle *self,
                            WeirJson body,
                            WeirHubDocument *old,
                            WeirHubOracleError *error)
{
  g_autoptr (WeirJsonWriter) writer = NULL;
  g_autofree char *patch = NULL;
  g_autofree char *whole = NULL;

  if (weir_json_get_type (body) != WEIR_JSON_OBJECT)
    {
      weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_JSON, "The data must be a JSON object");
      return NULL;
    }
  if (!check_names (body, error))
    return NULL;
  writer = weir_hub_json_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (!add_member (writer, &members[i], get_member (body, members[i].name), old == NULL, error))
      return NULL;
  weir_json_writer_end_object (writer);
  patch = weir_json_writer_end (g_steal_pointer (&writer));
  whole =
      old != NULL ? weir_hub_json_merge (old->json, weir_hub_json_view (patch)) : g_strdup (patch);
  if (!check_others (self, weir_hub_json_view (whole), old, error))
    return NULL;
  return g_steal_pointer (&patch);
}

/**
 * weir_hub_oracle_make_subscription:
 * @self: the face
 * @body: what it is to be
 * @error: set if it is refused
 *
 * Returns: (transfer full) (nullable): its id
 */
char *
weir_hub_oracle_make_subscription (WeirHubOracle *self, WeirJson body, WeirHubOracleError *error)
{
  g_autofree char *checked = weir_hub_oracle_check_body (self, body, NULL, error);
  g_autofree char *base = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) failure = NULL;
  WeirJsonWriter *writer;
  gint64 number;

  if (checked == NULL)
    return NULL;
  weir_hub_store_begin (self->store);
  number = FIRST_ID + weir_hub_store_next_number (self->store, "oracle-id");
  id = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  name = weir_json_dup_string (weir_json_get (weir_hub_json_view (checked), "name"));
  writer = weir_hub_json_begin ();
  weir_json_writer_add_int (writer, "id", number);
  weir_json_writer_add_string (writer, "lookupName", name);
  weir_json_writer_add_time (writer, "createdTime", weir_clock_now () / 1000 * 1000);
  weir_json_writer_add_time (writer, "updatedTime", weir_clock_now () / 1000 * 1000);
  weir_json_writer_end_object (writer);
  base = weir_json_writer_end (writer);
  text = weir_hub_json_merge (weir_hub_json_view (base), weir_hub_json_view (checked));
  weir_hub_store_put (self->store, WEIR_HUB_ORACLE_SUBSCRIPTION, id, text, 0, NULL);
  if (weir_hub_store_commit (self->store, &failure))
    return g_steal_pointer (&id);
  weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_INTERNAL, "%s", failure->message);
  return NULL;
}

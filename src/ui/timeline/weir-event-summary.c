/* weir-event-summary.c: an event in one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-event-summary.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LENGTH 200
#define MAX_VALUE 60
#define MAX_DEPTH 6
/* A payload may begin with megabytes of nothing to say: so many are looked at, in each container and in all. */
#define MAX_MEMBERS 32
#define MAX_LOOKS 256

typedef struct
{
  GString *text;
  WeirEvent *event;
  guint n_looks;
} Summary;

static void
append_value (Summary *summary, WeirJson key, WeirJson value)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (value.length > 4096)
    return;

  text = weir_json_dup_text (value);
  /* what has a column of its own is not said again */
  if (text == NULL || text[0] == '\0' || g_strcmp0 (text, summary->event->kind) == 0
      || g_strcmp0 (text, summary->event->record) == 0)
    return;

  if (g_utf8_strlen (text, -1) > MAX_VALUE)
    {
      char *cut = g_utf8_substring (text, 0, MAX_VALUE);

      g_free (text);
      text = g_strconcat (cut, "…", NULL);
      g_free (cut);
    }
  g_strdelimit (text, "\n\r\t", ' ');
  if (summary->text->len > 0)
    g_string_append (summary->text, "  ");
  if (weir_json_get_type (key) == WEIR_JSON_STRING)
    {
      name = weir_json_dup_string (key);
      g_string_append_printf (summary->text, "%s: ", name);
    }
  g_string_append (summary->text, text);
}

/* The plain values of an object come before those inside of its members: they say more about it. */
static void
append_members (Summary *summary, WeirJson container, guint depth)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      WeirJsonIter iter;
      WeirJson key;
      WeirJson value;
      guint n_members = 0;

      weir_json_iter_init (&iter, container);
      while (summary->text->len < MAX_LENGTH && n_members++ < MAX_MEMBERS
             && summary->n_looks++ < MAX_LOOKS && weir_json_iter_next (&iter, &key, &value))
        {
          WeirJsonType type = weir_json_get_type (value);
          gboolean nested = type == WEIR_JSON_OBJECT || type == WEIR_JSON_ARRAY;

          if (pass == 0 && !nested)
            append_value (summary, key, value);
          else if (pass == 1 && nested && depth < MAX_DEPTH)
            append_members (summary, value, depth + 1);
        }
    }
}

/**
 * weir_event_dup_summary:
 * @event: an event
 *
 * Returns: (transfer full): the first plain values of its payload
 */
char *
weir_event_dup_summary (WeirEvent *event)
{
  Summary summary = { NULL, event, 0 };
  WeirJsonType type;

  g_return_val_if_fail (WEIR_IS_EVENT (event), NULL);

  if (event->unreadable)
    return g_strdup (_ ("Unreadable: kept as it came"));

  summary.text = g_string_new (NULL);
  type = weir_json_get_type (event->payload);
  if (type == WEIR_JSON_OBJECT || type == WEIR_JSON_ARRAY)
    append_members (&summary, event->payload, 0);
  else if (weir_json_is_set (event->payload))
    append_value (&summary, (WeirJson){ NULL, 0 }, event->payload);

  return g_string_free (summary.text, FALSE);
}

/**
 * weir_event_dup_kind_label:
 * @kind: (nullable): as sent
 *
 * Returns: (transfer full): as a person reads it; an unknown kind stays what it is
 */
char *
weir_event_dup_kind_label (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *label;
  } labels[] = {
    { "created", NC_ ("kind of event", "Created") },
    { "updated", NC_ ("kind of event", "Updated") },
    { "deleted", NC_ ("kind of event", "Deleted") },
    { "data-record-created", NC_ ("kind of event", "Created") },
    { "data-record-updated", NC_ ("kind of event", "Updated") },
    { "data-record-deleted", NC_ ("kind of event", "Deleted") },
  };

  if (kind == NULL)
    return g_strdup ("");
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (g_str_equal (kind, labels[i].kind))
        return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "kind of event", labels[i].label));
    }

  return g_strdup (kind);
}

/**
 * weir_event_dup_title:
 * @event: an event
 *
 * Returns: (transfer full): its name; one that begins with its kind, since nobody gave it any, with that as a person reads
 *   it: “Created · contacts · 42”
 */
char *
weir_event_dup_title (WeirEvent *event)
{
  const char *name;
  const char *rest;
  g_autofree char *label = NULL;

  g_return_val_if_fail (WEIR_IS_EVENT (event), NULL);

  name = weir_record_get_name (WEIR_RECORD (event));
  if (event->kind == NULL || !g_str_has_prefix (name, event->kind))
    return g_strdup (name);
  rest = name + strlen (event->kind);
  if (*rest != '\0' && !g_str_has_prefix (rest, " · "))
    return g_strdup (name);

  label = weir_event_dup_kind_label (event->kind);

  return g_strconcat (label, rest, NULL);
}

/**
 * weir_event_get_kind_icon:
 * @kind: (nullable): as sent
 *
 * Returns: the name of a symbolic icon
 */
const char *
weir_event_get_kind_icon (const char *kind)
{
  if (kind != NULL && strstr (kind, "create") != NULL)
    return "list-add-symbolic";
  if (kind != NULL && strstr (kind, "update") != NULL)
    return "document-edit-symbolic";
  if (kind != NULL && strstr (kind, "delete") != NULL)
    return "user-trash-symbolic";

  return "mail-unread-symbolic";
}

/* weir-status-look.c: how the providers' words for a state look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-status-look.h"

#include "weir-connection-columns.h"
#include "weir-event.h"

#include <glib/gi18n-lib.h>

/* A word that several things can have stands once for each: in many languages it takes the gender of the thing. */
static const struct
{
  WeirRecordKind kind;
  const char *word; /* lower case, as records have it */
  const char *label;
  const char *icon_name;
  const char *css;
} table[] = {
  { WEIR_RECORD_SUBSCRIPTION, "subscribed", NC_ ("state of a subscription", "Subscribed"),
    "weir-state-online-symbolic", "success" },
  { WEIR_RECORD_SUBSCRIPTION, "unsubscribed", NC_ ("state of a subscription", "Unsubscribed"),
    "action-unavailable-symbolic", "dim-label" },
  { WEIR_RECORD_SUBSCRIPTION, "active", NC_ ("state of a subscription", "Active"),
    "weir-state-online-symbolic", "success" },
  { WEIR_RECORD_SUBSCRIPTION, "inactive", NC_ ("state of a subscription", "Inactive"),
    "action-unavailable-symbolic", "dim-label" },
  { WEIR_RECORD_SUBSCRIPTION, "paused", NC_ ("state of a subscription", "Paused"),
    "media-playback-pause-symbolic", "warning" },
  { WEIR_RECORD_SUBSCRIPTION, "disabled", NC_ ("state of a subscription", "Disabled"),
    "action-unavailable-symbolic", "dim-label" },
  /* Translators: a subscription that Weir only knows from its events */
  { WEIR_RECORD_SUBSCRIPTION, "seen", NC_ ("state of a subscription", "Seen"),
    "view-reveal-symbolic", NULL },
  { WEIR_RECORD_SUBSCRIPTION, "error", NC_ ("state of a subscription", "Error"),
    "weir-errors-symbolic", "error" },
  { WEIR_RECORD_SUBSCRIPTION, "failed", NC_ ("state of a subscription", "Failed"),
    "weir-errors-symbolic", "error" },
  { WEIR_RECORD_SUBSCRIPTION, "pending", NC_ ("state of a subscription", "Pending"),
    "weir-queued-symbolic", NULL },
  { WEIR_RECORD_SUBSCRIPTION, "deactivated", NC_ ("state of a subscription", "Deactivated"),
    "action-unavailable-symbolic", "dim-label" },
  { WEIR_RECORD_SUBSCRIPTION, "archived", NC_ ("state of a subscription", "Archived"),
    "action-unavailable-symbolic", "dim-label" },
  { WEIR_RECORD_SUBSCRIPTION, "removed", NC_ ("state of a subscription", "Removed"),
    "edit-delete-symbolic", "dim-label" },
  /* Translators: how a sync is; the platform finds nothing wrong */
  { WEIR_RECORD_SUBSCRIPTION, "healthy", NC_ ("state of a subscription", "Healthy"),
    "weir-state-online-symbolic", "success" },
  /* Translators: how a sync is; the platform finds nothing wrong */
  { WEIR_RECORD_SUBSCRIPTION, "ok", NC_ ("state of a subscription", "OK"),
    "weir-state-online-symbolic", "success" },
  /* Translators: how a sync is; the platform warns of it */
  { WEIR_RECORD_SUBSCRIPTION, "warn", NC_ ("state of a subscription", "Warning"),
    "dialog-warning-symbolic", "warning" },
  { WEIR_RECORD_SUBSCRIPTION, "warning", NC_ ("state of a subscription", "Warning"),
    "dialog-warning-symbolic", "warning" },
  { WEIR_RECORD_SUBSCRIPTION, "initializing", NC_ ("state of a subscription", "Initializing"),
    "weir-running-symbolic", NULL },
  { WEIR_RECORD_SUBSCRIPTION, "waiting", NC_ ("state of a subscription", "Waiting"),
    "weir-queued-symbolic", NULL },
  { WEIR_RECORD_SUBSCRIPTION, "unknown", NC_ ("state of a subscription", "Unknown"),
    "weir-state-unknown-symbolic", "dim-label" },

  { WEIR_RECORD_PULL, "queued", NC_ ("state of a pull run", "Queued"), "weir-queued-symbolic",
    NULL },
  { WEIR_RECORD_PULL, "pending", NC_ ("state of a pull run", "Pending"), "weir-queued-symbolic",
    NULL },
  { WEIR_RECORD_PULL, "running", NC_ ("state of a pull run", "Running"), "weir-running-symbolic",
    "accent" },
  { WEIR_RECORD_PULL, "success", NC_ ("state of a pull run", "Success"),
    "weir-state-online-symbolic", "success" },
  { WEIR_RECORD_PULL, "error", NC_ ("state of a pull run", "Error"), "weir-errors-symbolic",
    "error" },
  { WEIR_RECORD_PULL, "failed", NC_ ("state of a pull run", "Failed"), "weir-errors-symbolic",
    "error" },
  { WEIR_RECORD_PULL, "removed", NC_ ("state of a pull run", "Removed"), "edit-delete-symbolic",
    "dim-label" },
  { WEIR_RECORD_PULL, "unknown", NC_ ("state of a pull run", "Unknown"),
    "weir-state-unknown-symbolic", "dim-label" },

  { WEIR_RECORD_EVENT, "created", NC_ ("state of an event", "Created"), "list-add-symbolic", NULL },
  { WEIR_RECORD_EVENT, "success", NC_ ("state of an event", "Success"),
    "weir-state-online-symbolic", "success" },
  { WEIR_RECORD_EVENT, "error", NC_ ("state of an event", "Error"), "weir-errors-symbolic",
    "error" },
  { WEIR_RECORD_EVENT, "failed", NC_ ("state of an event", "Failed"), "weir-errors-symbolic",
    "error" },

  { WEIR_RECORD_CONNECTION, "connected", NC_ ("state of a connection", "Connected"),
    "weir-state-online-symbolic", "success" },
  { WEIR_RECORD_CONNECTION, "disconnected", NC_ ("state of a connection", "Disconnected"),
    "weir-errors-symbolic", "error" },
  { WEIR_RECORD_CONNECTION, "failing", NC_ ("state of a connection", "Failing"),
    "dialog-warning-symbolic", "warning" },
  { WEIR_RECORD_CONNECTION, "error", NC_ ("state of a connection", "Error"), "weir-errors-symbolic",
    "error" },
  { WEIR_RECORD_CONNECTION, "defunct", NC_ ("state of a connection", "Defunct"),
    "weir-errors-symbolic", "error" },
  { WEIR_RECORD_CONNECTION, "deactivated", NC_ ("state of a connection", "Deactivated"),
    "action-unavailable-symbolic", "dim-label" },
  { WEIR_RECORD_CONNECTION, "archived", NC_ ("state of a connection", "Archived"),
    "action-unavailable-symbolic", "dim-label" },
  { WEIR_RECORD_CONNECTION, "removed", NC_ ("state of a connection", "Removed"),
    "edit-delete-symbolic", "dim-label" },
  { WEIR_RECORD_CONNECTION, "client_action_required",
    NC_ ("state of a connection", "Action required"), "dialog-warning-symbolic", "warning" },
  { WEIR_RECORD_CONNECTION, "configuration_error",
    NC_ ("state of a connection", "Configuration error"), "weir-errors-symbolic", "error" },
  { WEIR_RECORD_CONNECTION, "setup_failed", NC_ ("state of a connection", "Setup failed"),
    "weir-errors-symbolic", "error" },
  /* Translators: a connection that is being set up */
  { WEIR_RECORD_CONNECTION, "building", NC_ ("state of a connection", "Building"),
    "weir-running-symbolic", "accent" },
  { WEIR_RECORD_CONNECTION, "disconnecting", NC_ ("state of a connection", "Disconnecting"),
    "weir-running-symbolic", NULL },
  { WEIR_RECORD_CONNECTION, "unknown", NC_ ("state of a connection", "Unknown"),
    "weir-state-unknown-symbolic", "dim-label" },
};

/* The message context of the labels above. */
static const char *const contexts[] = {
  [WEIR_RECORD_SUBSCRIPTION] = "state of a subscription",
  [WEIR_RECORD_PULL] = "state of a pull run",
  [WEIR_RECORD_EVENT] = "state of an event",
  [WEIR_RECORD_CONNECTION] = "state of a connection",
};

/* The place of a word in the table, of another kind if its own does not have it; -1 for a word that nobody knows */
static int
find_word (WeirRecordKind kind, const char *status)
{
  int found = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_strcmp0 (status, table[i].word) != 0)
        continue;
      if (table[i].kind == kind)
        return (int) i;
      if (found < 0)
        found = (int) i;
    }

  return found;
}

/**
 * weir_status_look:
 * @status: the provider's word, lower case; any
 * @look: (out caller-allocates): icon and style class; an unknown word has neither colour nor meaning
 */
void
weir_status_look (const char *status, WeirCellLook *look)
{
  int found = find_word (WEIR_RECORD_SUBSCRIPTION, status);

  *look = (WeirCellLook){ "weir-state-unknown-symbolic", NULL, FALSE };
  if (found >= 0)
    {
      look->icon_name = table[found].icon_name;
      look->css = table[found].css;
    }
}

/**
 * weir_status_dup_label:
 * @kind: what the state is of
 * @status: the provider's word, lower case; any
 *
 * Returns: (transfer full): as a person reads it; an unknown word stays what it is, with a capital
 */
char *
weir_status_dup_label (WeirRecordKind kind, const char *status)
{
  g_autofree char *first = NULL;
  int found;

  if (status == NULL || status[0] == '\0')
    return g_strdup ("");

  found = find_word (kind, status);
  if (found >= 0)
    return g_strdup (
        g_dpgettext2 (GETTEXT_PACKAGE, contexts[table[found].kind], table[found].label));
  if (!g_utf8_validate (status, -1, NULL))
    return g_utf8_make_valid (status, -1);

  first = g_utf8_strup (status, g_utf8_next_char (status) - status);

  return g_strconcat (first, g_utf8_next_char (status), NULL);
}

static const char *
get_status (WeirRecord *record)
{
  if (WEIR_IS_SUBSCRIPTION (record))
    return WEIR_SUBSCRIPTION (record)->status;
  if (WEIR_IS_PULL_RUN (record))
    return WEIR_PULL_RUN (record)->status;
  if (WEIR_IS_EVENT (record))
    return WEIR_EVENT (record)->status;

  return NULL;
}

/**
 * weir_status_look_at_record:
 * @record: any record
 * @look: (out caller-allocates): icon and style class of its state
 *
 * Returns: (transfer full) (nullable): its state as a person reads it, the same everywhere; %NULL if it has none
 */
char *
weir_status_look_at_record (WeirRecord *record, WeirCellLook *look)
{
  const char *status = get_status (record);
  g_autofree char *word = NULL;

  *look = (WeirCellLook){ NULL, NULL, FALSE };
  if (WEIR_IS_CONNECTION (record))
    {
      weir_connection_look (WEIR_CONNECTION (record), look);
      return g_strdup (weir_connection_get_state_label (WEIR_CONNECTION (record)));
    }
  if (status == NULL)
    return NULL;

  word = g_ascii_strdown (status, -1);
  weir_status_look (word, look);

  return weir_status_dup_label (weir_record_get_kind (record), word);
}

/* weir-status-look.c: how the providers' words for a state look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-status-look.h"

#include "weir-connection-columns.h"
#include "weir-event.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *word; /* lower case, as records have it */
  const char *label;
  const char *icon_name;
  const char *css;
} table[] = {
  /* Translators: these are states of subscriptions, pull runs, events and connections */
  { "subscribed", N_ ("Subscribed"), "weir-state-online-symbolic", "success" },
  { "unsubscribed", N_ ("Unsubscribed"), "action-unavailable-symbolic", "dim-label" },
  { "active", N_ ("Active"), "weir-state-online-symbolic", "success" },
  { "inactive", N_ ("Inactive"), "action-unavailable-symbolic", "dim-label" },
  { "paused", N_ ("Paused"), "media-playback-pause-symbolic", "warning" },
  { "disabled", N_ ("Disabled"), "action-unavailable-symbolic", "dim-label" },
  /* Translators: a subscription that Weir only knows from its events */
  { "seen", N_ ("Seen"), "view-reveal-symbolic", NULL },
  { "error", N_ ("Error"), "weir-errors-symbolic", "error" },
  { "failed", N_ ("Failed"), "weir-errors-symbolic", "error" },
  { "queued", N_ ("Queued"), "weir-queued-symbolic", NULL },
  { "pending", N_ ("Pending"), "weir-queued-symbolic", NULL },
  { "running", N_ ("Running"), "weir-running-symbolic", "accent" },
  { "success", N_ ("Success"), "weir-state-online-symbolic", "success" },
  { "created", N_ ("Created"), "list-add-symbolic", NULL },
  { "connected", N_ ("Connected"), "weir-state-online-symbolic", "success" },
  { "disconnected", N_ ("Disconnected"), "weir-errors-symbolic", "error" },
  { "failing", N_ ("Failing"), "dialog-warning-symbolic", "warning" },
  { "defunct", N_ ("Defunct"), "weir-errors-symbolic", "error" },
  { "deactivated", N_ ("Deactivated"), "action-unavailable-symbolic", "dim-label" },
  { "archived", N_ ("Archived"), "action-unavailable-symbolic", "dim-label" },
  { "removed", N_ ("Removed"), "edit-delete-symbolic", "dim-label" },
  { "client_action_required", N_ ("Action required"), "dialog-warning-symbolic", "warning" },
  { "configuration_error", N_ ("Configuration error"), "weir-errors-symbolic", "error" },
  { "setup_failed", N_ ("Setup failed"), "weir-errors-symbolic", "error" },
  /* Translators: a connection that is being set up */
  { "building", N_ ("Building"), "weir-running-symbolic", "accent" },
  { "disconnecting", N_ ("Disconnecting"), "weir-running-symbolic", NULL },
  { "unknown", N_ ("Unknown"), "weir-state-unknown-symbolic", "dim-label" },
};

/**
 * weir_status_look:
 * @status: the provider's word, lower case; any
 * @look: (out caller-allocates): icon and style class; an unknown word has neither colour nor meaning
 */
void
weir_status_look (const char *status, WeirCellLook *look)
{
  *look = (WeirCellLook){ "weir-state-unknown-symbolic", NULL, FALSE };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_strcmp0 (status, table[i].word) == 0)
        {
          look->icon_name = table[i].icon_name;
          look->css = table[i].css;
        }
    }
}

/**
 * weir_status_dup_label:
 * @status: the provider's word, lower case; any
 *
 * Returns: (transfer full): as a person reads it; an unknown word stays what it is, with a capital
 */
char *
weir_status_dup_label (const char *status)
{
  g_autofree char *first = NULL;

  if (status == NULL || status[0] == '\0')
    return g_strdup ("");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_str_equal (status, table[i].word))
        return g_strdup (_ (table[i].label));
    }
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

  return weir_status_dup_label (word);
}

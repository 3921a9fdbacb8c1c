/* weir-connection-columns.c: what the connections' table shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-connection-columns.h"

#include "weir-clock.h"
#include "weir-format.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* A refresh that comes a little late is nothing to be alarmed at. */
#define OVERDUE_AFTER (60 * G_USEC_PER_SEC)

/* Of the states that are not simply “connected” or “not connected” (api/membrane.md §4). */
static const struct
{
  const char *state;
  const char *label;
  const char *icon_name;
  const char *css;
} states[] = {
  { "CLIENT_ACTION_REQUIRED", NC_ ("state of a connection", "Action required"),
    "dialog-warning-symbolic", "warning" },
  { "CONFIGURATION_ERROR", NC_ ("state of a connection", "Configuration error"),
    "weir-errors-symbolic", "error" },
  { "SETUP_FAILED", NC_ ("state of a connection", "Setup failed"), "weir-errors-symbolic",
    "error" },
  { "BUILDING", NC_ ("state of a connection", "Building"), "weir-running-symbolic", "accent" },
  { "DISCONNECTING", NC_ ("state of a connection", "Disconnecting"), "weir-running-symbolic",
    NULL },
};

static char *
dup_name (gpointer item, gpointer user_data)
{
  return g_strdup (weir_record_get_name (item));
}

static char *
dup_name_tooltip (gpointer item, gpointer user_data)
{
  return g_strdup_printf ("%s\n%s", weir_record_get_name (item), weir_record_get_id (item));
}

static char *
dup_account (gpointer item, gpointer user_data)
{
  return g_strdup (weir_record_get_account (item)->name);
}

static char *
dup_integration (gpointer item, gpointer user_data)
{
  WeirConnection *self = item;

  return g_strdup (self->integration_name != NULL ? self->integration_name : self->integration);
}

static char *
dup_tenant (gpointer item, gpointer user_data)
{
  WeirConnection *self = item;

  return g_strdup (self->tenant_name != NULL ? self->tenant_name : self->tenant);
}

static char *
dup_state (gpointer item, gpointer user_data)
{
  return g_strdup (weir_connection_get_state_label (item));
}

static char *
dup_state_tooltip (gpointer item, gpointer user_data)
{
  WeirConnection *self = item;
  GString *text = g_string_new (weir_connection_get_state_label (self));

  if (self->action_description != NULL)
    g_string_append_printf (text, "\n%s", self->action_description);
  /* that it is ready to be used says nothing beside how it is */
  if (self->state != NULL && g_ascii_strcasecmp (self->state, "READY") != 0)
    g_string_append_printf (text, "\n%s", self->state);

  return g_string_free (text, FALSE);
}

static void
look_at_state (gpointer item, gpointer user_data, WeirCellLook *look)
{
  weir_connection_look (item, look);
  look->spinning = weir_monitor_is_busy (user_data, item);
}

static char *
dup_error (gpointer item, gpointer user_data)
{
  WeirErrorData *error = weir_record_get_error (item);

  return error != NULL ? g_strdup (weir_error_data_get_leaf (error)->message) : NULL;
}

static char *
dup_error_tooltip (gpointer item, gpointer user_data)
{
  WeirErrorData *error = weir_record_get_error (item);

  return error != NULL ? weir_error_data_to_text (error) : NULL;
}

static void
look_at_error (gpointer item, gpointer user_data, WeirCellLook *look)
{
  if (weir_record_get_error (item) != NULL)
    look->css = "error";
}

static char *
dup_attempts (gpointer item, gpointer user_data)
{
  gint64 attempts = WEIR_CONNECTION (item)->retry_attempts;

  return attempts > 0 ? weir_format_number ((guint64) attempts) : NULL;
}

static double
number_attempts (gpointer item, gpointer user_data)
{
  gint64 attempts = WEIR_CONNECTION (item)->retry_attempts;

  return attempts > 0 ? (double) attempts : NAN;
}

static char *
dup_retry (gpointer item, gpointer user_data)
{
  return weir_format_countdown (WEIR_CONNECTION (item)->next_retry_at);
}

static char *
dup_retry_tooltip (gpointer item, gpointer user_data)
{
  return weir_format_absolute (WEIR_CONNECTION (item)->next_retry_at);
}

static double
number_time (gint64 time)
{
  return time > 0 ? (double) time : NAN;
}

static double
number_retry (gpointer item, gpointer user_data)
{
  return number_time (WEIR_CONNECTION (item)->next_retry_at);
}

static char *
dup_refresh (gpointer item, gpointer user_data)
{
  return weir_format_countdown (WEIR_CONNECTION (item)->next_refresh_at);
}

static char *
dup_refresh_tooltip (gpointer item, gpointer user_data)
{
  return weir_format_absolute (WEIR_CONNECTION (item)->next_refresh_at);
}

static void
look_at_refresh (gpointer item, gpointer user_data, WeirCellLook *look)
{
  if (weir_connection_is_refresh_due (item))
    *look = (WeirCellLook){ "dialog-warning-symbolic", "warning", FALSE };
}

static double
number_refresh (gpointer item, gpointer user_data)
{
  return number_time (WEIR_CONNECTION (item)->next_refresh_at);
}

static char *
dup_active (gpointer item, gpointer user_data)
{
  return weir_format_relative (WEIR_CONNECTION (item)->last_active_at);
}

static char *
dup_active_tooltip (gpointer item, gpointer user_data)
{
  return weir_format_absolute (WEIR_CONNECTION (item)->last_active_at);
}

static double
number_active (gpointer item, gpointer user_data)
{
  return number_time (WEIR_CONNECTION (item)->last_active_at);
}

static const WeirColumn columns[] = {
  { "name", N_ ("Name"), WEIR_COLUMN_MAIN, 15, 20, 0, dup_name, dup_name_tooltip },
  { "account", N_ ("Account"), WEIR_COLUMN_DIM | WEIR_COLUMN_APART, 9, 12, 860, dup_account },
  { "integration", N_ ("Integration"), WEIR_COLUMN_DIM, 9, 14, 760, dup_integration },
  { "tenant", N_ ("Tenant"), WEIR_COLUMN_DIM, 9, 20, 1120, dup_tenant },
  { "state", N_ ("State"), 0, 12, 13, 0, dup_state, dup_state_tooltip, look_at_state },
  { "attempts", N_ ("Retries"), WEIR_COLUMN_NUMERIC, 6, 6, 1060, dup_attempts, NULL, NULL, NULL,
    number_attempts },
  { "retry", N_ ("Next Retry"), WEIR_COLUMN_LIVE, 9, 10, 640, dup_retry, dup_retry_tooltip, NULL,
    NULL, number_retry },
  { "refresh", N_ ("Credentials Refresh"), WEIR_COLUMN_LIVE, 11, 14, 1000, dup_refresh,
    dup_refresh_tooltip, look_at_refresh, NULL, number_refresh },
  { "active", N_ ("Last Active"), WEIR_COLUMN_LIVE, 9, 10, 1220, dup_active, dup_active_tooltip,
    NULL, NULL, number_active },
  { "error", N_ ("Error"), WEIR_COLUMN_EXPAND, 14, 40, 460, dup_error, dup_error_tooltip,
    look_at_error },
};

/**
 * weir_connection_columns:
 * @n_columns: (out): their number
 *
 * Returns: (transfer none): the columns of the connections' table, whose user data is the #WeirMonitor
 */
const WeirColumn *
weir_connection_columns (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);

  return columns;
}

/**
 * weir_connection_get_state_label:
 * @self: a connection
 *
 * Returns: how it is, as a person reads it; a state that nobody knows is shown as sent
 */
const char *
weir_connection_get_state_label (WeirConnection *self)
{
  g_return_val_if_fail (WEIR_IS_CONNECTION (self), "");

  if (self->archived_at != 0)
    return C_ ("state of a connection", "Archived");
  if (self->deactivated)
    return C_ ("state of a connection", "Deactivated");
  for (gsize i = 0; self->state != NULL && i < G_N_ELEMENTS (states); i++)
    {
      if (g_ascii_strcasecmp (self->state, states[i].state) == 0)
        return g_dpgettext2 (GETTEXT_PACKAGE, "state of a connection", states[i].label);
    }
  if (self->defunct)
    return C_ ("state of a connection", "Defunct");
  if (!self->connected)
    return C_ ("state of a connection", "Disconnected");
  if (self->state != NULL && g_ascii_strcasecmp (self->state, "READY") != 0)
    return self->state;

  return self->error != NULL ? C_ ("state of a connection", "Failing")
                             : C_ ("state of a connection", "Connected");
}

/**
 * weir_connection_look:
 * @self: a connection
 * @look: (out caller-allocates): icon and style class of its state
 */
void
weir_connection_look (WeirConnection *self, WeirCellLook *look)
{
  g_return_if_fail (WEIR_IS_CONNECTION (self));

  if (self->archived_at != 0 || self->deactivated)
    {
      *look = (WeirCellLook){ "action-unavailable-symbolic", "dim-label", FALSE };
      return;
    }
  for (gsize i = 0; self->state != NULL && i < G_N_ELEMENTS (states); i++)
    {
      if (g_ascii_strcasecmp (self->state, states[i].state) == 0)
        {
          *look = (WeirCellLook){ states[i].icon_name, states[i].css, FALSE };
          return;
        }
    }
  if (self->defunct || !self->connected)
    *look = (WeirCellLook){ "weir-state-offline-symbolic", "error", FALSE };
  else if (self->error != NULL)
    *look = (WeirCellLook){ "dialog-warning-symbolic", "warning", FALSE };
  else if (self->state != NULL && g_ascii_strcasecmp (self->state, "READY") != 0)
    *look = (WeirCellLook){ "weir-state-unknown-symbolic", NULL, FALSE };
  else
    *look = (WeirCellLook){ "weir-state-online-symbolic", "success", FALSE };
}

/**
 * weir_connection_is_refresh_due:
 * @self: a connection
 *
 * Returns: whether its credentials should have been refreshed by now
 */
gboolean
weir_connection_is_refresh_due (WeirConnection *self)
{
  g_return_val_if_fail (WEIR_IS_CONNECTION (self), FALSE);

  return self->next_refresh_at > 0 && self->archived_at == 0 && !self->deactivated
         && weir_clock_now () - self->next_refresh_at > OVERDUE_AFTER;
}

/**
 * weir_connection_get_folded:
 * @self: a connection
 *
 * Returns: (transfer none): all that a search looks through, case-folded; made once, since records do not change
 */
const char *
weir_connection_get_folded (WeirConnection *self)
{
  static GQuark quark;
  char *folded;

  g_return_val_if_fail (WEIR_IS_CONNECTION (self), "");

  if (quark == 0)
    quark = g_quark_from_static_string ("weir-connection-folded");

  folded = g_object_get_qdata (G_OBJECT (self), quark);
  if (folded == NULL)
    {
      WeirRecord *record = WEIR_RECORD (self);
      g_autofree char *error = dup_error (self, NULL);
      g_autofree char *text =
          g_strjoin ("\n", weir_record_get_name (record), weir_record_get_id (record),
                     weir_record_get_account (record)->name, weir_connection_get_state_label (self),
                     self->state != NULL ? self->state : "",
                     self->integration_name != NULL ? self->integration_name : "",
                     self->tenant_name != NULL ? self->tenant_name : "",
                     self->tenant != NULL ? self->tenant : "", error != NULL ? error : "", NULL);

      folded = g_utf8_casefold (text, -1);
      g_object_set_qdata_full (G_OBJECT (self), quark, folded, g_free);
    }

  return folded;
}

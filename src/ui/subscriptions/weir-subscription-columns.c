/* weir-subscription-columns.c: what the subscriptions' table shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-subscription-columns.h"

#include "weir-clock.h"
#include "weir-format.h"
#include "weir-record-cells.h"
#include "weir-silence-text.h"
#include "weir-status-look.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* A pull that starts a few seconds late is nothing to be alarmed at. */
#define OVERDUE_AFTER (30 * G_USEC_PER_SEC)

static char *
dup_name (gpointer item, gpointer user_data)
{
  return g_strdup (weir_record_get_name (item));
}

static char *
dup_name_tooltip (gpointer item, gpointer user_data)
{
  WeirSubscription *self = item;
  GString *text = g_string_new (weir_record_get_name (item));

  if (self->connection_name != NULL)
    g_string_append_printf (text, "\n%s", self->connection_name);
  if (self->tenant_name != NULL)
    g_string_append_printf (text, "\n%s", self->tenant_name);
  g_string_append_printf (text, "\n%s", weir_record_get_id (item));

  return g_string_free (text, FALSE);
}

static char *
dup_kind (gpointer item, gpointer user_data)
{
  return weir_subscription_dup_kind (item);
}

static char *
dup_kind_tooltip (gpointer item, gpointer user_data)
{
  WeirSubscription *self = item;

  if (self->collection == NULL)
    return g_strdup (self->kind);

  return g_strdup_printf ("%s\n%s", self->kind, self->collection);
}

static const WeirQuiet *
get_quiet (gpointer item, WeirSubscriptionContext *context)
{
  return weir_silence_get (weir_monitor_get_silence (context->monitor), item);
}

/* One that is silent works as far as its platform knows. */
static char *
dup_status (gpointer item, gpointer user_data)
{
  if (get_quiet (item, user_data) != NULL)
    return g_strdup (C_ ("state of a subscription", "Quiet"));

  return weir_status_dup_label (WEIR_RECORD_SUBSCRIPTION, WEIR_SUBSCRIPTION (item)->status);
}

static char *
dup_status_tooltip (gpointer item, gpointer user_data)
{
  const WeirQuiet *quiet = get_quiet (item, user_data);

  return quiet != NULL ? weir_silence_text_long (quiet) : NULL;
}

static void
look_at_status (gpointer item, gpointer user_data, WeirCellLook *look)
{
  WeirSubscriptionContext *context = user_data;

  weir_status_look (WEIR_SUBSCRIPTION (item)->status, look);
  if (get_quiet (item, context) != NULL)
    {
      look->icon_name = "dialog-warning-symbolic";
      look->css = "warning";
    }
  look->spinning = weir_monitor_is_busy (context->monitor, item);
}

static char *
dup_delivery (gpointer item, gpointer user_data)
{
  return weir_subscription_dup_delivery (item);
}

static char *
dup_delivery_tooltip (gpointer item, gpointer user_data)
{
  WeirSubscription *self = item;
  GString *text = g_string_new (NULL);

  g_string_append (text, self->real_time       ? _ ("Events come in real time")
                         : self->requires_pull ? _ ("Events are pulled")
                                               : "");
  if (self->pull_interval > 0)
    {
      g_autofree char *interval = weir_format_interval (self->pull_interval);

      g_string_append_printf (text, "%s", text->len > 0 ? "\n" : "");
      /* Translators: %s is an interval such as “5 min”, “1 h 30 min” or “1 day” */
      g_string_append_printf (text, _ ("Pulls every %s"), interval);
    }
  if (self->full_sync_interval > 0)
    {
      g_autofree char *interval = weir_format_interval (self->full_sync_interval);

      g_string_append_printf (text, "%s", text->len > 0 ? "\n" : "");
      /* Translators: %s is an interval such as “5 min”, “1 h 30 min” or “1 day” */
      g_string_append_printf (text, _ ("Full scan every %s"), interval);
    }
  if (self->webhook_uri != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", self->webhook_uri);

  return g_string_free (text, FALSE);
}

static gboolean
is_scheduled (WeirSubscription *self)
{
  return self->next_pull_at > 0 && !self->deactivated
         && !g_str_equal (self->status, "unsubscribed");
}

/* Running wins over overdue. */
static char *
dup_next_pull (gpointer item, gpointer user_data)
{
  WeirSubscriptionContext *context = user_data;
  WeirSubscription *self = item;
  WeirPullRun *pull = weir_pull_index_get_active (context->pulls, item);

  if (pull != NULL)
    return g_strdup (g_str_equal (pull->status, "queued") ? C_ ("state of a pull run", "Queued")
                                                          : C_ ("state of a pull run", "Running…"));
  if (!is_scheduled (self))
    return NULL;

  return weir_format_countdown (self->next_pull_at);
}

static char *
dup_next_pull_tooltip (gpointer item, gpointer user_data)
{
  WeirSubscription *self = item;

  return is_scheduled (self) ? weir_format_absolute (self->next_pull_at) : NULL;
}

static void
look_at_next_pull (gpointer item, gpointer user_data, WeirCellLook *look)
{
  WeirSubscriptionContext *context = user_data;
  WeirSubscription *self = item;
  WeirPullRun *pull = weir_pull_index_get_active (context->pulls, item);

  if (pull != NULL)
    {
      look->icon_name = "weir-queued-symbolic";
      look->spinning = !g_str_equal (pull->status, "queued");
      look->css = "accent";
    }
  else if (is_scheduled (self) && weir_clock_now () - self->next_pull_at > OVERDUE_AFTER)
    {
      look->icon_name = "dialog-warning-symbolic";
      look->css = "warning";
    }
}

static double
number_next_pull (gpointer item, gpointer user_data)
{
  WeirSubscriptionContext *context = user_data;
  WeirSubscription *self = item;

  if (weir_pull_index_get_active (context->pulls, item) != NULL)
    return 0;

  return is_scheduled (self) ? (double) self->next_pull_at : NAN;
}

static char *
dup_last_event (gpointer item, gpointer user_data)
{
  WeirSubscriptionContext *context = user_data;
  const WeirQuiet *quiet = get_quiet (item, context);
  const WeirActivity *activity = weir_activity_cache_get (context->activity, item);

  if (quiet != NULL)
    return weir_silence_text_short (quiet);

  return activity != NULL ? weir_format_relative (activity->last_at) : NULL;
}

static void
look_at_last_event (gpointer item, gpointer user_data, WeirCellLook *look)
{
  if (get_quiet (item, user_data) == NULL)
    return;
  look->icon_name = "dialog-warning-symbolic";
  look->css = "warning";
}

static char *
dup_last_event_tooltip (gpointer item, gpointer user_data)
{
  WeirSubscriptionContext *context = user_data;
  const WeirActivity *activity = weir_activity_cache_get (context->activity, item);
  const WeirQuiet *quiet = get_quiet (item, context);
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  if (activity == NULL || activity->last_at == 0)
    return g_strdup (_ ("Weir has no event of this subscription"));

  time = weir_format_absolute (activity->last_at);
  if (quiet == NULL)
    return g_steal_pointer (&time);
  text = weir_silence_text_long (quiet);

  return g_strdup_printf ("%s\n%s", text, time);
}

static double
number_last_event (gpointer item, gpointer user_data)
{
  WeirSubscriptionContext *context = user_data;
  const WeirActivity *activity = weir_activity_cache_get (context->activity, item);

  return activity != NULL && activity->last_at > 0 ? (double) activity->last_at : NAN;
}

static guint
count_day (const WeirActivity *activity)
{
  guint count = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (activity->hours); i++)
    count += activity->hours[i];

  return count;
}

static char *
dup_day (gpointer item, gpointer user_data)
{
  WeirSubscriptionContext *context = user_data;
  const WeirActivity *activity = weir_activity_cache_get (context->activity, item);
  g_autofree char *number = NULL;
  guint count;

  if (activity == NULL)
    return NULL;

  count = count_day (activity);
  number = weir_format_number (count);

  return g_strdup_printf (
      ngettext ("%s event in the last 24 hours", "%s events in the last 24 hours", count), number);
}

static const guint16 *
get_hours (gpointer item, gpointer user_data)
{
  WeirSubscriptionContext *context = user_data;
  const WeirActivity *activity = weir_activity_cache_get (context->activity, item);

  return activity != NULL ? activity->hours : NULL;
}

static double
number_day (gpointer item, gpointer user_data)
{
  WeirSubscriptionContext *context = user_data;
  const WeirActivity *activity = weir_activity_cache_get (context->activity, item);

  return activity != NULL ? count_day (activity) : NAN;
}

static const WeirColumn columns[] = {
  { "name", N_ ("Name"), WEIR_COLUMN_MAIN, 15, 20, 0, dup_name, dup_name_tooltip },
  { "account", N_ ("Account"), WEIR_COLUMN_DIM | WEIR_COLUMN_APART, 12, 15, 760,
    weir_record_cell_account },
  { "kind", N_ ("Kind"), WEIR_COLUMN_DIM, 9, 15, 1160, dup_kind, dup_kind_tooltip },
  { "status", N_ ("Status"), 0, 10, 12, 0, dup_status, dup_status_tooltip, look_at_status },
  { "delivery", N_ ("Delivery"), 0, 11, 22, 700, dup_delivery, dup_delivery_tooltip },
  { "next-pull", N_ ("Next Pull"), WEIR_COLUMN_LIVE, 10, 12, 320, dup_next_pull,
    dup_next_pull_tooltip, look_at_next_pull, NULL, number_next_pull },
  { "last-event", N_ ("Last Event"), WEIR_COLUMN_LIVE, 9, 10, 600, dup_last_event,
    dup_last_event_tooltip, look_at_last_event, NULL, number_last_event },
  { "day", N_ ("24 h"), 0, 6, 8, 860, dup_day, dup_day, NULL, get_hours, number_day },
  { "error", N_ ("Error"), WEIR_COLUMN_EXPAND, 12, 40, 460, weir_record_cell_error,
    weir_record_cell_error_tooltip, weir_record_cell_error_look },
};

/**
 * weir_subscription_columns:
 * @n_columns: (out): their number
 *
 * Returns: (transfer none): the columns of the subscriptions' table, whose user data is a #WeirSubscriptionContext
 */
const WeirColumn *
weir_subscription_columns (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);

  return columns;
}

/**
 * weir_subscription_dup_delivery:
 * @self: a subscription
 *
 * Returns: (transfer full): how its events come, as a person reads it
 */
char *
weir_subscription_dup_delivery (WeirSubscription *self)
{
  g_autofree char *interval = NULL;

  g_return_val_if_fail (WEIR_IS_SUBSCRIPTION (self), NULL);

  switch (self->delivery)
    {
    case WEIR_DELIVERY_REAL_TIME:
      return g_strdup (_ ("Real time"));

    case WEIR_DELIVERY_PULL:
      if (self->pull_interval <= 0)
        /* Translators: how events come: they are pulled */
        return g_strdup (_ ("Pull"));
      interval = weir_format_interval (self->pull_interval);
      /* Translators: a pull every so often, %s is an interval such as “5 min” */
      return g_strdup_printf (_ ("Every %s"), interval);

    case WEIR_DELIVERY_FULL_SCAN:
      if (self->full_sync_interval <= 0)
        return g_strdup (_ ("Full scan"));
      interval = weir_format_interval (self->full_sync_interval);
      return g_strdup_printf (_ ("Full scan every %s"), interval);

    case WEIR_DELIVERY_STREAM:
      return g_strdup (_ ("Stream"));

    case WEIR_DELIVERY_PUSH:
      /* Translators: how events come: they are pushed to the subscription’s endpoint */
      return g_strdup (_ ("Push"));

    case WEIR_DELIVERY_UNKNOWN:
    default:
      return g_strdup ("");
    }
}

/**
 * weir_subscription_dup_kind:
 * @self: a subscription
 *
 * Returns: (transfer full): what it is about, as a person reads it; a kind that nobody knows is shown as sent
 */
char *
weir_subscription_dup_kind (WeirSubscription *self)
{
  static const struct
  {
    const char *word;
    const char *label;
  } kinds[] = {
    { "data-record-created", N_ ("Record created") },
    { "data-record-updated", N_ ("Record updated") },
    { "data-record-deleted", N_ ("Record deleted") },
    { "connector-event", N_ ("Connector event") },
    { "app-event", N_ ("App event") },
    { "sync", N_ ("Sync") },
  };

  g_return_val_if_fail (WEIR_IS_SUBSCRIPTION (self), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (self->kind, kinds[i].word))
        return g_strdup (_ (kinds[i].label));
    }

  return g_strdup (self->kind);
}

/**
 * weir_subscription_get_folded:
 * @self: a subscription
 *
 * Returns: (transfer none): all that a search looks through, case-folded; made once, since records do not change
 */
const char *
weir_subscription_get_folded (WeirSubscription *self)
{
  static GQuark quark;
  char *folded;

  g_return_val_if_fail (WEIR_IS_SUBSCRIPTION (self), "");

  if (quark == 0)
    quark = g_quark_from_static_string ("weir-subscription-folded");

  folded = g_object_get_qdata (G_OBJECT (self), quark);
  if (folded == NULL)
    {
      WeirRecord *record = WEIR_RECORD (self);
      WeirErrorData *error = weir_record_get_error (record);
      const char *parts[] = { weir_record_get_name (record),
                              weir_record_get_id (record),
                              weir_record_get_account (record)->name,
                              self->kind,
                              self->status,
                              self->collection,
                              self->connection_name,
                              self->integration_name,
                              self->tenant_name,
                              self->tenant,
                              self->webhook_uri,
                              error != NULL ? weir_error_data_get_leaf (error)->message : NULL };
      GString *text = g_string_new (NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          if (parts[i] != NULL)
            g_string_append_printf (text, "%s\n", parts[i]);
        }
      folded = g_utf8_casefold (text->str, (gssize) text->len);
      g_string_free (text, TRUE);
      g_object_set_qdata_full (G_OBJECT (self), quark, folded, g_free);
    }

  return folded;
}

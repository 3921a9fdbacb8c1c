/* weir-pull-columns.c: what the pull runs' table shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-pull-columns.h"

#include "weir-clock.h"
#include "weir-format.h"
#include "weir-record-cells.h"
#include "weir-status-look.h"
#include "weir-time.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* The duration that can be told: of an active run up to now; of one that ended, what lay between its creation and its
 * end where both are known. -1: unknown. */
static gint64
get_duration (WeirPullRun *self)
{
  gint64 started = weir_pull_run_get_started (self);
  gint64 end = weir_pull_run_is_active (self) ? weir_clock_now () : self->end_at;

  return started > 0 && end >= started ? end - started : -1;
}

static char *
dup_subscription (gpointer item, gpointer user_data)
{
  WeirPullRun *self = item;

  if (self->subscription_name != NULL)
    return g_strdup (self->subscription_name);

  return g_strdup (self->subscription != NULL ? self->subscription : weir_record_get_name (item));
}

static char *
dup_subscription_tooltip (gpointer item, gpointer user_data)
{
  WeirPullRun *self = item;
  g_autofree char *name = dup_subscription (item, user_data);
  GString *text = g_string_new (name);

  if (self->connection_name != NULL)
    g_string_append_printf (text, "\n%s", self->connection_name);
  if (self->tenant_name != NULL)
    g_string_append_printf (text, "\n%s", self->tenant_name);
  g_string_append_printf (text, "\n%s", weir_record_get_id (item));

  return g_string_free (text, FALSE);
}

static char *
dup_status (gpointer item, gpointer user_data)
{
  return weir_status_dup_label (WEIR_RECORD_PULL, WEIR_PULL_RUN (item)->status);
}

static void
look_at_status (gpointer item, gpointer user_data, WeirCellLook *look)
{
  weir_status_look (WEIR_PULL_RUN (item)->status, look);
  look->spinning = g_str_equal (WEIR_PULL_RUN (item)->status, "running");
}

static char *
dup_started (gpointer item, gpointer user_data)
{
  return weir_format_relative (weir_pull_run_get_started (item));
}

static char *
dup_started_tooltip (gpointer item, gpointer user_data)
{
  return weir_format_absolute (weir_pull_run_get_started (item));
}

static double
number_started (gpointer item, gpointer user_data)
{
  gint64 started = weir_pull_run_get_started (item);

  return started > 0 ? (double) started : NAN;
}

static char *
dup_window (gpointer item, gpointer user_data)
{
  return weir_format_window (WEIR_PULL_RUN (item)->start_at, WEIR_PULL_RUN (item)->end_at);
}

static char *
dup_window_tooltip (gpointer item, gpointer user_data)
{
  WeirPullRun *self = item;
  g_autofree char *from = weir_format_absolute (self->start_at);
  g_autofree char *to = weir_format_absolute (self->end_at);

  return weir_format_range (from, to);
}

static double
number_window (gpointer item, gpointer user_data)
{
  WeirPullRun *self = item;

  return self->start_at > 0 ? (double) self->start_at : NAN;
}

static char *
dup_duration (gpointer item, gpointer user_data)
{
  gint64 duration = get_duration (item);

  /* the beginning may be known to the second only */
  if (duration >= 0 && duration < G_USEC_PER_SEC)
    return g_strdup (_ ("< 1 s"));

  return weir_format_interval (duration >= 0 ? duration / G_USEC_PER_SEC : -1);
}

static double
number_duration (gpointer item, gpointer user_data)
{
  gint64 duration = get_duration (item);

  return duration >= 0 ? (double) duration : NAN;
}

static char *
dup_full_scan (gpointer item, gpointer user_data)
{
  return g_strdup (WEIR_PULL_RUN (item)->full_scan ? _ ("Full scan") : "");
}

static char *
dup_collected (gpointer item, gpointer user_data)
{
  /* nothing can be said before the end */
  if (weir_pull_run_is_active (item))
    return NULL;

  return weir_format_number (WEIR_PULL_RUN (item)->collected);
}

static double
number_collected (gpointer item, gpointer user_data)
{
  return WEIR_PULL_RUN (item)->collected;
}

static const WeirColumn columns[] = {
  { "subscription", N_ ("Subscription"), WEIR_COLUMN_MAIN, 15, 20, 0, dup_subscription,
    dup_subscription_tooltip },
  { "account", N_ ("Account"), WEIR_COLUMN_DIM | WEIR_COLUMN_APART, 12, 15, 760,
    weir_record_cell_account },
  { "status", N_ ("Status"), 0, 8, 10, 0, dup_status, NULL, look_at_status },
  { "started", N_ ("Started"), WEIR_COLUMN_LIVE, 10, 11, 320, dup_started, dup_started_tooltip,
    NULL, NULL, number_started },
  /* Translators: the span of time that a pull run asks for */
  { "window", N_ ("Window"), WEIR_COLUMN_DIM | WEIR_COLUMN_CLOCK, 15, 17, 660, dup_window,
    dup_window_tooltip, NULL, NULL, number_window },
  { "duration", N_ ("Duration"), WEIR_COLUMN_LIVE, 8, 10, 640, dup_duration, NULL, NULL, NULL,
    number_duration },
  { "full-scan", N_ ("Full Scan"), 0, 7, 9, 1200, dup_full_scan },
  /* Translators: the number of events that a pull run brought in */
  { "collected", N_ ("Collected"), WEIR_COLUMN_NUMERIC, 6, 8, 340, dup_collected, NULL, NULL, NULL,
    number_collected },
  { "error", N_ ("Error"), WEIR_COLUMN_EXPAND, 12, 40, 460, weir_record_cell_error,
    weir_record_cell_error_tooltip, weir_record_cell_error_look },
};

/**
 * weir_pull_columns:
 * @n_columns: (out): their number
 *
 * Returns: (transfer none): the columns of the pull runs' table
 */
const WeirColumn *
weir_pull_columns (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);

  return columns;
}

/**
 * weir_pull_run_get_started:
 * @self: a pull
 *
 * Membrane's runs say when the span begins that is pulled, not when the run began; that is in the id, which is an
 * ObjectId (api/membrane.md §2).
 *
 * Returns: when the run was created as far as is known, in µs, else 0
 */
gint64
weir_pull_run_get_started (WeirPullRun *self)
{
  gint64 created;

  g_return_val_if_fail (WEIR_IS_PULL_RUN (self), 0);

  created = weir_time_from_object_id (weir_record_get_id (WEIR_RECORD (self)));

  if (created == 0 || ABS (self->start_at - created) < 2 * G_USEC_PER_SEC)
    return self->start_at;

  return created;
}

/**
 * weir_pull_run_get_folded:
 * @self: a pull
 *
 * Returns: (transfer none): all that a search looks through, case-folded; made once, since records do not change
 */
const char *
weir_pull_run_get_folded (WeirPullRun *self)
{
  static GQuark quark;
  char *folded;

  g_return_val_if_fail (WEIR_IS_PULL_RUN (self), "");

  if (quark == 0)
    quark = g_quark_from_static_string ("weir-pull-folded");

  folded = g_object_get_qdata (G_OBJECT (self), quark);
  if (folded == NULL)
    {
      WeirRecord *record = WEIR_RECORD (self);
      WeirErrorData *error = weir_record_get_error (record);
      g_autofree char *text =
          g_strjoin ("\n", weir_record_get_name (record), weir_record_get_id (record),
                     weir_record_get_account (record)->name, self->status,
                     self->subscription_name != NULL ? self->subscription_name : "",
                     self->subscription != NULL ? self->subscription : "",
                     self->connection_name != NULL ? self->connection_name : "",
                     self->tenant_name != NULL ? self->tenant_name : "",
                     error != NULL ? weir_error_data_get_leaf (error)->message : "", NULL);

      folded = g_utf8_casefold (text, -1);
      g_object_set_qdata_full (G_OBJECT (self), quark, folded, g_free);
    }

  return folded;
}

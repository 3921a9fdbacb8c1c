/* weir-gap-text.c: a gap in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-gap-text.h"

#include "weir-format.h"

#include <glib/gi18n-lib.h>

/**
 * weir_gap_dup_span:
 * @self: a gap
 *
 * Returns: (transfer full): from when to when something may be missing
 */
char *
weir_gap_dup_span (WeirGap *self)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (WEIR_IS_GAP (self), NULL);

  from = weir_format_clock (self->from);
  to = weir_format_clock (self->to);
  if (self->from == 0 && self->to == 0)
    return g_strdup (_ ("At an unknown time"));
  if (self->from == 0)
    /* Translators: %s is a time */
    return g_strdup_printf (_ ("Before %s"), to);
  if (self->to == 0)
    /* Translators: %s is a time */
    return g_strdup_printf (_ ("Since %s"), from);

  return weir_format_range (from, to);
}

/**
 * weir_gap_find_subscription:
 * @self: a gap
 * @monitor: knows the subscriptions
 *
 * Returns: (transfer none) (nullable): the name of the subscription that the gap is of, also where its
 *   account cannot be asked; or its id where it is not known
 */
const char *
weir_gap_find_subscription (WeirGap *self, WeirMonitor *monitor)
{
  WeirRecordSet *set;
  WeirRecord *record;

  g_return_val_if_fail (WEIR_IS_GAP (self), NULL);

  set = weir_monitor_get_records (monitor, WEIR_RECORD_SUBSCRIPTION);
  record = self->subscription != NULL
               ? weir_record_set_find (set, self->account, self->subscription)
               : NULL;

  if (record != NULL)
    return weir_record_get_name (record);

  return self->subscription_name != NULL ? self->subscription_name : self->subscription;
}

/**
 * weir_gap_dup_title:
 * @self: a gap
 * @subscription: (nullable): the name of the one that it is of
 *
 * Returns: (transfer full): how long, and where
 */
char *
weir_gap_dup_title (WeirGap *self, const char *subscription)
{
  g_autofree char *duration = NULL;
  const char *where;

  g_return_val_if_fail (WEIR_IS_GAP (self), NULL);

  where = subscription != NULL ? subscription : self->account->name;
  if (self->from == 0 || self->to == 0)
    /* Translators: %s is a subscription or an account */
    return g_strdup_printf (_ ("Gap in %s"), where);

  duration = weir_format_duration (self->to - self->from);

  /* Translators: a duration such as “12 s” or “2 days”, then a subscription or an account */
  return g_strdup_printf (_ ("Gap of %s in %s"), duration, where);
}

/**
 * weir_gap_dup_line:
 * @self: a gap
 * @subscription: (nullable): the name of the one that it is of
 *
 * Returns: (transfer full): how long, where, from when to when, and why
 */
char *
weir_gap_dup_line (WeirGap *self, const char *subscription)
{
  g_autofree char *span = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (WEIR_IS_GAP (self), NULL);

  span = weir_gap_dup_span (self);
  what = weir_gap_dup_title (self, subscription);

  return weir_format_line (what, span, weir_gap_cause_get_text (self->cause), NULL);
}

/**
 * weir_gap_dup_details:
 * @self: a gap
 * @subscription: (nullable): the name of the one that it is of
 *
 * Returns: (transfer full): what is missing where and why, and since when that is known
 */
char *
weir_gap_dup_details (WeirGap *self, const char *subscription)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *noticed = NULL;
  GString *text;

  g_return_val_if_fail (WEIR_IS_GAP (self), NULL);

  from = weir_format_absolute (self->from);
  to = weir_format_absolute (self->to);
  noticed = weir_format_absolute (self->noticed_at);
  text = g_string_new (weir_gap_cause_get_text (self->cause));
  if (self->detail != NULL)
    g_string_append_printf (text, "\n%s", self->detail);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Account: %s"), self->account->name);
  if (subscription != NULL)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Subscription: %s"), subscription);
    }
  g_string_append_c (text, '\n');
  /* Translators: %s is a date and time */
  g_string_append_printf (text, _ ("From: %s"), self->from != 0 ? from : _ ("not known"));
  g_string_append_c (text, '\n');
  /* Translators: %s is a date and time */
  g_string_append_printf (text, _ ("To: %s"), self->to != 0 ? to : _ ("not known"));
  if (self->noticed_at != 0)
    {
      g_string_append_c (text, '\n');
      /* Translators: %s is a date and time */
      g_string_append_printf (text, _ ("Noticed: %s"), noticed);
    }

  return g_string_free (text, FALSE);
}

/* weir-limit-row.c: a limit of the history, to be chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-limit-row.h"

#include "weir-format.h"

#include <glib/gi18n-lib.h>

#define MEGABYTE G_GUINT64_CONSTANT (1000000)

struct _WeirLimitRow
{
  AdwComboRow parent_instance;

  WeirLimitKind kind;
  GArray *values; /* (element-type guint64) */
  gboolean quiet; /* chosen by us */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirLimitRow, weir_limit_row, ADW_TYPE_COMBO_ROW)

static const guint64 USUAL_BYTES[] = {
  0,
  100 * MEGABYTE,
  250 * MEGABYTE,
  500 * MEGABYTE,
  1000 * MEGABYTE,
  2000 * MEGABYTE,
  5000 * MEGABYTE,
  10000 * MEGABYTE,
  50000 * MEGABYTE,
};

static const guint64 USUAL_DAYS[] = { 0, 1, 7, 30, 90, 180, 365, 730 };

static char *
dup_label (WeirLimitKind kind, guint64 value)
{
  if (value == 0)
    return g_strdup (_ ("No Limit"));
  if (kind == WEIR_LIMIT_BYTES)
    return weir_format_size (value);
  if (value % 365 == 0)
    /* Translators: %u is a number */
    return g_strdup_printf (ngettext ("%u Year", "%u Years", (gulong) value / 365),
                            (guint) (value / 365));

  return g_strdup_printf (ngettext ("%u Day", "%u Days", (gulong) value), (guint) value);
}

/* The usual values, and the present one if it is none of them. */
static void
fill (WeirLimitRow *self, guint64 present)
{
  const guint64 *usual = self->kind == WEIR_LIMIT_BYTES ? USUAL_BYTES : USUAL_DAYS;
  gsize n = self->kind == WEIR_LIMIT_BYTES ? G_N_ELEMENTS (USUAL_BYTES) : G_N_ELEMENTS (USUAL_DAYS);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = G_MAXUINT;

  g_array_set_size (self->values, 0);
  for (gsize i = 0; i <= n; i++)
    {
      if (selected == G_MAXUINT && (i == n || usual[i] >= present) && present > 0)
        {
          selected = self->values->len;
          g_array_append_val (self->values, present);
        }
      if (i < n && (usual[i] != present || present == 0))
        g_array_append_val (self->values, usual[i]);
    }
  for (guint i = 0; i < self->values->len; i++)
    {
      g_autofree char *label = dup_label (self->kind, g_array_index (self->values, guint64, i));

      gtk_string_list_append (labels, label);
    }

  self->quiet = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected != G_MAXUINT ? selected : 0);
  self->quiet = FALSE;
}

static void
selected_cb (WeirLimitRow *self)
{
  if (!self->quiet)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
weir_limit_row_finalize (GObject *object)
{
  g_array_unref (WEIR_LIMIT_ROW (object)->values);

  G_OBJECT_CLASS (weir_limit_row_parent_class)->finalize (object);
}

static void
weir_limit_row_class_init (WeirLimitRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_limit_row_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_limit_row_init (WeirLimitRow *self)
{
  self->values = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

/**
 * weir_limit_row_new:
 * @kind: what is limited
 *
 * Returns: (transfer floating): a row without a limit
 */
GtkWidget *
weir_limit_row_new (WeirLimitKind kind)
{
  WeirLimitRow *self =
      g_object_new (WEIR_TYPE_LIMIT_ROW, "title",
                    kind == WEIR_LIMIT_BYTES ? _ ("Disk Space") : _ ("Age"), "subtitle",
                    kind == WEIR_LIMIT_BYTES ? _ ("The oldest events are deleted first")
                                             : _ ("Older events are deleted"),
                    NULL);

  self->kind = kind;
  fill (self, 0);

  return GTK_WIDGET (self);
}

/**
 * weir_limit_row_set_limits:
 * @self: a row
 * @limits: its own one of these is shown
 */
void
weir_limit_row_set_limits (WeirLimitRow *self, const WeirLimits *limits)
{
  g_return_if_fail (WEIR_IS_LIMIT_ROW (self));

  fill (self, self->kind == WEIR_LIMIT_BYTES ? limits->bytes : limits->days);
}

/**
 * weir_limit_row_get_limits:
 * @self: a row
 * @limits: its own one of these is set
 */
void
weir_limit_row_get_limits (WeirLimitRow *self, WeirLimits *limits)
{
  guint selected;
  guint64 value;

  g_return_if_fail (WEIR_IS_LIMIT_ROW (self));

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  value = selected < self->values->len ? g_array_index (self->values, guint64, selected) : 0;
  if (self->kind == WEIR_LIMIT_BYTES)
    limits->bytes = value;
  else
    limits->days = (guint) value;
}

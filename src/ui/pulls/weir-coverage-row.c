/* weir-coverage-row.c: a span of time that was not pulled, and the button for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-coverage-row.h"

#include "weir-accessible.h"
#include "weir-actions.h"
#include "weir-coverage-text.h"

struct _WeirCoverageRow
{
  GtkListBoxRow parent_instance;

  WeirCoverageSpan span;
  GtkWidget *button;
};

enum
{
  PULL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirCoverageRow, weir_coverage_row, GTK_TYPE_LIST_BOX_ROW)

static void
clicked_cb (WeirCoverageRow *self)
{
  g_signal_emit (self, signals[PULL], 0);
}

static void
weir_coverage_row_class_init (WeirCoverageRowClass *klass)
{
  signals[PULL] = g_signal_new ("pull", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
weir_coverage_row_init (WeirCoverageRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "weir-coverage-row");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);

  return label;
}

/**
 * weir_coverage_row_new:
 * @span: failed, or a hole
 * @pulls: (element-type WeirPullRun): all known runs of the subscription
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
weir_coverage_row_new (const WeirCoverageSpan *span, GPtrArray *pulls)
{
  WeirCoverageRow *self = g_object_new (WEIR_TYPE_COVERAGE_ROW, NULL);
  g_autoptr (GPtrArray) own = weir_coverage_find_pulls (pulls, span);
  g_autofree char *line = weir_coverage_dup_line (span);
  g_autofree char *cause = weir_coverage_dup_cause (span, own, 0);
  const char *label = weir_actions_get_label (WEIR_ACTION_PULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name (
      span->kind == WEIR_COVERAGE_FAILED ? "dialog-error-symbolic" : "weir-gap-symbolic");
  GtkWidget *detail = create_label (cause);

  self->span = *span;
  gtk_widget_add_css_class (icon, span->kind == WEIR_COVERAGE_FAILED ? "error" : "warning");
  /* a message may be long, and is read in full in the run's error */
  gtk_label_set_lines (GTK_LABEL (detail), 3);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (detail, cause);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), create_label (line));
  gtk_box_append (GTK_BOX (column), detail);
  self->button = gtk_button_new_with_label (label);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  weir_accessible_set_name (self->button, label);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, line,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, cause, -1);

  return GTK_WIDGET (self);
}

/**
 * weir_coverage_row_get_span:
 * @self: a row
 *
 * Returns: (transfer none): what it is about
 */
const WeirCoverageSpan *
weir_coverage_row_get_span (WeirCoverageRow *self)
{
  g_return_val_if_fail (WEIR_IS_COVERAGE_ROW (self), NULL);

  return &self->span;
}

/**
 * weir_coverage_row_set_can_pull:
 * @self: a row
 * @can: whether its subscription can be pulled now
 * @reason: (nullable): why not
 */
void
weir_coverage_row_set_can_pull (WeirCoverageRow *self, gboolean can, const char *reason)
{
  g_return_if_fail (WEIR_IS_COVERAGE_ROW (self));

  gtk_widget_set_sensitive (self->button, can);
  gtk_widget_set_tooltip_text (self->button, can ? NULL : reason);
}

/**
 * weir_coverage_row_focus:
 * @self: a row
 *
 * Makes its button what the next key presses, so that it takes one more to pull.
 */
void
weir_coverage_row_focus (WeirCoverageRow *self)
{
  g_return_if_fail (WEIR_IS_COVERAGE_ROW (self));

  if (!gtk_widget_grab_focus (self->button))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* weir-error-row.c: an error group in the list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-error-row.h"

#include "weir-accessible.h"
#include "weir-format.h"
#include "weir-tick.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

#define MESSAGE_CHARS 16

struct _WeirErrorRow
{
  AdwBin parent_instance;

  WeirErrorLedger *ledger;
  WeirRow *row; /* (nullable) */

  GtkImage *icon;
  GtkLabel *message;
  GtkLabel *type;
  GtkLabel *key;
  GtkLabel *where;
  GtkLabel *lifecycle;
  GtkLabel *seen;
  gboolean has_keys; /* large texts leave no room for them */
};

G_DEFINE_FINAL_TYPE (WeirErrorRow, weir_error_row, ADW_TYPE_BIN)

static const struct
{
  const char *icon_name;
  const char *css;
} looks[WEIR_ERROR_N_LIFECYCLES] = {
  [WEIR_ERROR_OPEN] = { "weir-errors-symbolic", "error" },
  [WEIR_ERROR_ACKNOWLEDGED] = { "view-reveal-symbolic", "warning" },
  [WEIR_ERROR_RESOLVED] = { "weir-state-online-symbolic", "success" },
  [WEIR_ERROR_IGNORED] = { "action-unavailable-symbolic", "dim-label" },
};

static void
set_chip (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

static void
update_seen (WeirErrorRow *self)
{
  WeirErrorGroup *group = self->row != NULL ? weir_row_get_item (self->row) : NULL;
  g_autofree char *seen = group != NULL ? weir_format_relative (group->last_seen_at) : NULL;

  if (g_strcmp0 (seen, gtk_label_get_label (self->seen)) != 0)
    gtk_label_set_label (self->seen, seen != NULL ? seen : "");
}

static void
update (WeirErrorRow *self)
{
  WeirErrorGroup *group;
  WeirErrorLifecycle lifecycle;
  g_autofree char *where = NULL;
  g_autofree char *tooltip = NULL;
  g_autofree char *name = NULL;
  g_autofree char *absolute = NULL;

  if (self->row == NULL)
    return;

  group = weir_row_get_item (self->row);
  lifecycle = weir_error_ledger_get_lifecycle (self->ledger, group);
  where = weir_error_row_dup_where (group);
  tooltip = weir_error_data_to_text (group->leaf);
  absolute = weir_format_absolute (group->last_seen_at);

  gtk_image_set_from_icon_name (self->icon, looks[lifecycle].icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon),
                              (const char *[]){ looks[lifecycle].css, NULL });
  gtk_label_set_label (self->message, group->leaf->message[0] != '\0'
                                          ? group->leaf->message
                                          : _ ("The server gave no message"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message), tooltip);
  set_chip (self->type, group->leaf->type);
  set_chip (self->key, self->has_keys ? group->leaf->key : NULL);
  gtk_label_set_label (self->where, where);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->where), where);
  gtk_label_set_label (self->lifecycle, weir_error_lifecycle_get_label (lifecycle));
  gtk_widget_set_css_classes (GTK_WIDGET (self->lifecycle),
                              (const char *[]){ "weir-chip", looks[lifecycle].css, NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->seen), absolute);
  if (lifecycle == WEIR_ERROR_RESOLVED || lifecycle == WEIR_ERROR_IGNORED)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "dim-label");
  update_seen (self);

  name = weir_format_list (gtk_label_get_label (self->message),
                           gtk_label_get_label (self->lifecycle), where, NULL);
  weir_accessible_name_row (GTK_WIDGET (self), name);
}

static void
weir_error_row_dispose (GObject *object)
{
  WeirErrorRow *self = WEIR_ERROR_ROW (object);

  weir_error_row_set_row (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), WEIR_TYPE_ERROR_ROW);
  g_clear_object (&self->ledger);

  G_OBJECT_CLASS (weir_error_row_parent_class)->dispose (object);
}

static void
weir_error_row_class_init (WeirErrorRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_error_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/weirhq/Weir/ui/weir-error-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WeirErrorRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WeirErrorRow, message);
  gtk_widget_class_bind_template_child (widget_class, WeirErrorRow, type);
  gtk_widget_class_bind_template_child (widget_class, WeirErrorRow, key);
  gtk_widget_class_bind_template_child (widget_class, WeirErrorRow, where);
  gtk_widget_class_bind_template_child (widget_class, WeirErrorRow, lifecycle);
  gtk_widget_class_bind_template_child (widget_class, WeirErrorRow, seen);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
weir_error_row_init (WeirErrorRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_width_chars (self->message, weir_width_for_text (MESSAGE_CHARS));
  self->has_keys = !weir_text_is_large ();
  weir_tick_connect (self, G_CALLBACK (update_seen));
}

/**
 * weir_error_row_new:
 * @ledger: knows what was decided about the groups
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
weir_error_row_new (WeirErrorLedger *ledger)
{
  WeirErrorRow *self;

  g_return_val_if_fail (WEIR_IS_ERROR_LEDGER (ledger), NULL);

  self = g_object_new (WEIR_TYPE_ERROR_ROW, NULL);
  self->ledger = g_object_ref (ledger);
  g_signal_connect_object (ledger, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * weir_error_row_set_row:
 * @self: the widget
 * @row: (nullable): what to show, a row of a #WeirErrorGroup
 */
void
weir_error_row_set_row (WeirErrorRow *self, WeirRow *row)
{
  g_return_if_fail (WEIR_IS_ERROR_ROW (self));

  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, update, self);
  g_set_object (&self->row, row);
  if (row != NULL)
    {
      g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      update (self);
    }
}

/* text: (transfer full) */
static void
append (GString *where, guint count, char *text)
{
  if (count > 0)
    weir_format_append (where, text);
  g_free (text);
}

/**
 * weir_error_row_dup_where:
 * @group: a group
 *
 * Returns: (transfer full): what it hits and at which accounts: “3 subscriptions · 12 pull runs · Work”
 */
char *
weir_error_row_dup_where (WeirErrorGroup *group)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GHashTable) accounts = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_subscriptions = 0;
  guint n_pulls = 0;
  guint n_connections = 0;
  g_autofree char *connections = NULL;
  g_autofree char *subscriptions = NULL;
  g_autofree char *pulls = NULL;

  for (guint i = 0; i < group->subjects->len; i++)
    {
      WeirRecord *record = g_ptr_array_index (group->subjects, i);

      n_subscriptions += WEIR_IS_SUBSCRIPTION (record);
      n_pulls += WEIR_IS_PULL_RUN (record);
      n_connections += WEIR_IS_CONNECTION (record);
    }
  connections = weir_format_number (n_connections);
  subscriptions = weir_format_number (n_subscriptions);
  pulls = weir_format_number (n_pulls);
  append (
      text, n_connections,
      g_strdup_printf (ngettext ("%s connection", "%s connections", n_connections), connections));
  append (text, n_subscriptions,
          g_strdup_printf (ngettext ("%s subscription", "%s subscriptions", n_subscriptions),
                           subscriptions));
  append (text, n_pulls,
          g_strdup_printf (ngettext ("%s pull run", "%s pull runs", n_pulls), pulls));

  for (guint i = 0; i < group->subjects->len; i++)
    {
      WeirAccount *account = weir_record_get_account (g_ptr_array_index (group->subjects, i));

      if (g_hash_table_add (accounts, account->uuid))
        weir_format_append (text, account->name);
    }

  return g_string_free (text, FALSE);
}

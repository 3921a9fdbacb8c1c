/* weir-inspector.c: everything that is known about the selected record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-inspector.h"

#include <glib/gi18n-lib.h>

struct _WeirInspector
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  GObject *object; /* (nullable) */
  AdwStatusPage *status;
};

G_DEFINE_FINAL_TYPE (WeirInspector, weir_inspector, ADW_TYPE_BIN)

static void
weir_inspector_dispose (GObject *object)
{
  WeirInspector *self = WEIR_INSPECTOR (object);

  g_clear_object (&self->object);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_inspector_parent_class)->dispose (object);
}

static void
weir_inspector_class_init (WeirInspectorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_inspector_dispose;
}

static void
weir_inspector_init (WeirInspector *self)
{
  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "compact");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->status));
  weir_inspector_set_object (self, NULL);
}

/**
 * weir_inspector_new:
 * @monitor: what the inspector asks about a record
 *
 * Returns: (transfer floating): an inspector that shows nothing yet
 */
WeirInspector *
weir_inspector_new (WeirMonitor *monitor)
{
  WeirInspector *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_INSPECTOR, NULL);
  self->monitor = g_object_ref (monitor);

  return self;
}

/**
 * weir_inspector_set_object:
 * @self: the inspector
 * @object: (nullable): a record or an error group
 */
void
weir_inspector_set_object (WeirInspector *self, gpointer object)
{
  g_return_if_fail (WEIR_IS_INSPECTOR (self));
  g_return_if_fail (object == NULL || G_IS_OBJECT (object));

  g_set_object (&self->object, object);
  if (WEIR_IS_RECORD (object))
    {
      adw_status_page_set_title (self->status, weir_record_get_name (object));
      adw_status_page_set_description (self->status, weir_record_get_id (object));
    }
  else
    {
      adw_status_page_set_title (self->status, _ ("Nothing Selected"));
      adw_status_page_set_description (self->status,
                                       _ ("Select a row to see all that is known about it."));
    }
}

/**
 * weir_inspector_get_object:
 * @self: the inspector
 *
 * Returns: (transfer none) (nullable): what is shown
 */
GObject *
weir_inspector_get_object (WeirInspector *self)
{
  g_return_val_if_fail (WEIR_IS_INSPECTOR (self), NULL);

  return self->object;
}

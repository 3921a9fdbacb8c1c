/* weir-inspector.c: everything that is known about the selected record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-inspector.h"

#include "weir-changes-view.h"
#include "weir-data-view.h"
#include "weir-details-view.h"
#include "weir-error-group.h"
#include "weir-error-view.h"
#include "weir-exchange-view.h"
#include "weir-inspector-header.h"
#include "weir-navigate.h"
#include "weir-row.h"
#include "weir-several.h"
#include "weir-timeline-item.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

/* Larger records are copied as they came: to indent them would take too long. */
#define MAX_PRETTY (1024 * 1024)
#define MIN_WIDTH 350 /* px */

struct _WeirInspector
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  GObject *object; /* (nullable) */
  GPtrArray *back; /* what was shown before, by links; the first is what was set from outside */
  char *wanted;    /* the page the reader chose last, though not every object has it */
  gboolean switching;
  gboolean shown;
  gboolean stale;            /* what is in it is not the object: nobody sees it */
  GCancellable *cancellable; /* (nullable) of the whole of a record that is known in part */

  GtkStack *outer; /* "empty", "several" or "object" */
  AdwStatusPage *several;
  WeirInspectorHeader *header;
  GtkWidget *switcher;
  GtkStack *stack;
  WeirDetailsView *details;
  WeirErrorView *error;
  WeirDataView *data;
  WeirChangesView *changes;
  WeirExchangeView *requests;
};

G_DEFINE_FINAL_TYPE (WeirInspector, weir_inspector, ADW_TYPE_BIN)

static WeirErrorData *
get_error (GObject *object)
{
  if (WEIR_IS_RECORD (object))
    return weir_record_get_error (WEIR_RECORD (object));

  if (WEIR_IS_ERROR_GROUP (object))
    {
      WeirErrorGroup *group = WEIR_ERROR_GROUP (object);

      /* the chain of the subject that the group took its leaf from */
      for (guint i = 0; i < group->subjects->len; i++)
        {
          WeirErrorData *error = weir_record_get_error (g_ptr_array_index (group->subjects, i));

          if (error != NULL && weir_error_data_get_leaf (error) == group->leaf)
            return error;
        }
      return group->leaf;
    }

  if (WEIR_IS_SESSION (object))
    {
      const GError *error = weir_session_get_error (WEIR_SESSION (object));

      if (error != NULL && error->domain == WEIR_PROVIDER_ERROR)
        return weir_provider_error_get_data (error);
    }

  return NULL;
}

static WeirSession *
get_session (WeirInspector *self)
{
  if (WEIR_IS_SESSION (self->object))
    return WEIR_SESSION (self->object);
  if (WEIR_IS_RECORD (self->object))
    return weir_monitor_find_session (self->monitor,
                                      weir_record_get_account (WEIR_RECORD (self->object)));
  if (WEIR_IS_TIMELINE_ITEM (self->object))
    return weir_monitor_find_session (self->monitor, WEIR_TIMELINE_ITEM (self->object)->account);

  return NULL;
}

static void
set_page_visible (WeirInspector *self, gpointer child, gboolean visible)
{
  gtk_stack_page_set_visible (gtk_stack_get_page (self->stack, GTK_WIDGET (child)), visible);
}

/* Where large texts make the names too wide for one line they stand below each other. */
static void
fit_switcher (WeirInspector *self)
{
  GtkOrientable *switcher;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean narrow;
  int minimum;

  if (self->switcher == NULL || width <= 0)
    return;

  switcher = GTK_ORIENTABLE (self->switcher);
  gtk_orientable_set_orientation (switcher, GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_measure (self->switcher, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  narrow = minimum > width;
  if (narrow)
    gtk_orientable_set_orientation (switcher, GTK_ORIENTATION_VERTICAL);
  weir_data_view_set_narrow (self->data, narrow);
}

static void
update (WeirInspector *self)
{
  WeirSession *session = get_session (self);
  WeirProvider *provider = session != NULL ? weir_session_get_provider (session) : NULL;
  WeirErrorData *error = get_error (self->object);
  GtkWidget *wanted;

  /* the window lays out what is folded away, too: this takes longer than all of a table's rows */
  self->stale = !self->shown;
  if (self->stale)
    return;

  weir_inspector_header_set_object (self->header, self->object, self->back->len > 0);
  weir_details_view_set_object (self->details, self->object);
  weir_error_view_set_error (self->error, error);
  weir_data_view_set_record (self->data,
                             WEIR_IS_RECORD (self->object) ? WEIR_RECORD (self->object) : NULL);
  weir_changes_view_set_event (self->changes,
                               WEIR_IS_EVENT (self->object) ? WEIR_EVENT (self->object) : NULL);
  weir_exchange_view_set_log (
      self->requests,
      provider != NULL ? weir_http_client_get_log (weir_provider_get_client (provider)) : NULL);

  self->switching = TRUE;
  set_page_visible (self, self->error, error != NULL);
  set_page_visible (self, self->data, WEIR_IS_RECORD (self->object));
  set_page_visible (self, self->changes, WEIR_IS_EVENT (self->object));
  set_page_visible (self, self->requests, session != NULL);
  gtk_stack_page_set_title (gtk_stack_get_page (self->stack, GTK_WIDGET (self->data)),
                            WEIR_IS_EVENT (self->object) ? _ ("Payload") : _ ("Attributes"));
  fit_switcher (self);
  wanted = gtk_stack_get_child_by_name (self->stack, self->wanted);
  if (!gtk_stack_page_get_visible (gtk_stack_get_page (self->stack, wanted)))
    wanted = GTK_WIDGET (self->details);
  gtk_stack_set_visible_child (self->stack, wanted);
  self->switching = FALSE;
}

static void show_object (WeirInspector *self, gpointer object);

static void
whole_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirInspector) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirRecord) record = weir_provider_get_finish (WEIR_PROVIDER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* what the list has is shown already; a failure is among the requests */
  if (record != NULL && self->object != NULL && weir_item_same (self->object, record))
    show_object (self, record);
}

/* Oracle's lists leave out the shape: it can be a third of a megabyte. */
static void
complete (WeirInspector *self)
{
  WeirSession *session = get_session (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!WEIR_IS_SUBSCRIPTION (self->object) || session == NULL
      || weir_session_get_provider (session) == NULL
      || WEIR_SUBSCRIPTION (self->object)->variant != WEIR_SUBSCRIPTION_NOTIFICATION
      || WEIR_SUBSCRIPTION (self->object)->object_shape_xml != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  weir_provider_get_async (weir_session_get_provider (session), WEIR_RECORD_SUBSCRIPTION,
                           weir_record_get_id (WEIR_RECORD (self->object)), self->cancellable,
                           whole_cb, g_object_ref (self));
}

static void
session_changed_cb (WeirInspector *self, WeirSession *session)
{
  if (G_OBJECT (session) == self->object)
    update (self);
}

static void
show_object (WeirInspector *self, gpointer object)
{
  if (WEIR_IS_SESSION (self->object))
    g_signal_handlers_disconnect_by_data (self->object, self);
  g_set_object (&self->object, object);
  if (WEIR_IS_SESSION (self->object))
    g_signal_connect_object (self->object, "changed", G_CALLBACK (session_changed_cb), self,
                             G_CONNECT_SWAPPED);

  if (WEIR_IS_SEVERAL (object))
    {
      g_autofree char *title = weir_several_dup_title (WEIR_SEVERAL (object));

      adw_status_page_set_title (self->several, title);
    }
  gtk_stack_set_visible_child_name (self->outer, object == NULL             ? "empty"
                                                 : WEIR_IS_SEVERAL (object) ? "several"
                                                                            : "object");
  if (object != NULL && !WEIR_IS_SEVERAL (object))
    {
      update (self);
      complete (self);
    }
  else
    {
      self->stale = FALSE;
      weir_details_view_set_object (self->details, NULL);
      weir_data_view_set_record (self->data, NULL);
      weir_changes_view_set_event (self->changes, NULL);
      weir_exchange_view_set_log (self->requests, NULL);
    }
}

static void
open_cb (WeirInspector *self, GObject *object)
{
  if (self->object != NULL)
    g_ptr_array_add (self->back, g_object_ref (self->object));
  show_object (self, object);
}

static void
page_cb (WeirInspector *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  if (self->switching || name == NULL)
    return;

  g_free (self->wanted);
  self->wanted = g_strdup (name);
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirInspector *self = WEIR_INSPECTOR (widget);
  g_autoptr (GObject) object = NULL;

  if (self->back->len == 0)
    return;

  object = g_ptr_array_steal_index (self->back, self->back->len - 1);
  show_object (self, object);
}

static void
show_in_list_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirInspector *self = WEIR_INSPECTOR (widget);
  g_autoptr (WeirRecord) record = NULL;

  if (!WEIR_IS_RECORD (self->object))
    return;

  record = g_object_ref (WEIR_RECORD (self->object));
  g_ptr_array_set_size (self->back, 0);
  weir_navigate_to_record (widget, record);
}

static void
copy_json_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirInspector *self = WEIR_INSPECTOR (widget);
  g_autofree char *text = NULL;
  WeirJson json;

  if (!WEIR_IS_RECORD (self->object))
    return;

  json = weir_record_get_json (WEIR_RECORD (self->object));
  text = json.length <= MAX_PRETTY ? weir_json_dup_pretty (json) : weir_json_dup_raw (json);
  weir_copy (widget, text, _ ("Copied as JSON"));
}

static void
copy_curl_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirInspector *self = WEIR_INSPECTOR (widget);
  WeirSession *session = get_session (self);
  g_autoptr (WeirExchange) exchange = NULL;
  g_autofree char *command = NULL;

  if (!WEIR_IS_RECORD (self->object) || session == NULL
      || weir_session_get_provider (session) == NULL)
    {
      weir_toast (widget, _ ("The account is not connected now"));
      return;
    }

  exchange =
      weir_provider_describe_read (weir_session_get_provider (session), WEIR_RECORD (self->object));
  if (exchange == NULL)
    {
      weir_toast (widget, _ ("The server has no request that reads this alone"));
      return;
    }
  command = weir_exchange_to_curl (exchange);
  weir_copy (widget, command, _ ("Copied as cURL, with $WEIR_TOKEN for the secret"));
}

static void
copy_id_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirInspector *self = WEIR_INSPECTOR (widget);

  if (WEIR_IS_RECORD (self->object))
    weir_copy (widget, weir_record_get_id (WEIR_RECORD (self->object)), _ ("Copied the ID"));
}

static void
pin_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirInspector *self = WEIR_INSPECTOR (widget);

  if (!WEIR_IS_EVENT (self->object))
    return;

  weir_changes_view_set_event (self->changes, WEIR_EVENT (self->object));
  weir_toast (widget, weir_changes_view_pin (self->changes) ? _ ("Pinned for comparison")
                                                            : _ ("No longer pinned"));
}

static void
weir_inspector_dispose (GObject *object)
{
  WeirInspector *self = WEIR_INSPECTOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_set_size (self->back, 0);
  g_clear_object (&self->object);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_inspector_parent_class)->dispose (object);
}

static void
weir_inspector_finalize (GObject *object)
{
  WeirInspector *self = WEIR_INSPECTOR (object);

  g_ptr_array_unref (self->back);
  g_free (self->wanted);

  G_OBJECT_CLASS (weir_inspector_parent_class)->finalize (object);
}

static void
weir_inspector_class_init (WeirInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_inspector_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_inspector_finalize;

  gtk_widget_class_install_action (widget_class, "inspector.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "inspector.show-in-list", NULL, show_in_list_cb);
  gtk_widget_class_install_action (widget_class, "inspector.copy-json", NULL, copy_json_cb);
  gtk_widget_class_install_action (widget_class, "inspector.copy-curl", NULL, copy_curl_cb);
  gtk_widget_class_install_action (widget_class, "inspector.copy-id", NULL, copy_id_cb);
  gtk_widget_class_install_action (widget_class, "inspector.pin", NULL, pin_cb);
}

static void
weir_inspector_init (WeirInspector *self)
{
  GtkWidget *empty = adw_status_page_new ();
  GtkWidget *bin;

  self->back = g_ptr_array_new_with_free_func (g_object_unref);
  self->wanted = g_strdup ("details");
  self->shown = TRUE;

  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing Selected"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _ ("Select a row to see all that is known about it."));
  gtk_widget_add_css_class (empty, "compact");

  self->outer = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->outer, FALSE);
  gtk_stack_set_vhomogeneous (self->outer, FALSE);
  gtk_stack_add_named (self->outer, empty, "empty");
  self->several = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->several), "compact");
  gtk_stack_add_named (self->outer, GTK_WIDGET (self->several), "several");

  bin = weir_width_bin_new (GTK_WIDGET (self->outer), MIN_WIDTH);
  g_signal_connect_swapped (bin, "width-changed", G_CALLBACK (fit_switcher), self);
  adw_bin_set_child (ADW_BIN (self), bin);
  /* what expands inside of it may not ask for all the window */
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
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
  GtkWidget *box;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_INSPECTOR, NULL);
  self->monitor = g_object_ref (monitor);

  self->header = WEIR_INSPECTOR_HEADER (weir_inspector_header_new (monitor));
  self->details = WEIR_DETAILS_VIEW (weir_details_view_new (monitor));
  self->error = WEIR_ERROR_VIEW (weir_error_view_new ());
  self->data = WEIR_DATA_VIEW (weir_data_view_new ());
  self->changes = WEIR_CHANGES_VIEW (weir_changes_view_new (weir_monitor_get_history (monitor)));
  self->requests = WEIR_EXCHANGE_VIEW (weir_exchange_view_new ());
  g_signal_connect_swapped (self->details, "open", G_CALLBACK (open_cb), self);

  self->stack = GTK_STACK (gtk_stack_new ());
  /* what is not seen is not measured: labels that wrap take long */
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->details), "details", _ ("Details"));
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->error), "error", _ ("Error"));
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->data), "data", _ ("Attributes"));
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->changes), "changes", _ ("Changes"));
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->requests), "requests", _ ("Requests"));
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (page_cb), self);
  self->switcher = gtk_stack_switcher_new ();
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (self->switcher), self->stack);
  gtk_widget_add_css_class (self->switcher, "weir-inspector-switcher");

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->header));
  gtk_box_append (GTK_BOX (box), self->switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_stack_add_named (self->outer, box, "object");

  return self;
}

/**
 * weir_inspector_set_shown:
 * @self: the inspector
 * @shown: whether a reader can see it; at first it is so
 */
void
weir_inspector_set_shown (WeirInspector *self, gboolean shown)
{
  g_return_if_fail (WEIR_IS_INSPECTOR (self));

  self->shown = !!shown;
  if (shown && self->stale)
    update (self);
}

/**
 * weir_inspector_set_object:
 * @self: the inspector
 * @object: (nullable): a record, an error group, a session, the timeline item of a gap or several rows
 */
void
weir_inspector_set_object (WeirInspector *self, gpointer object)
{
  g_return_if_fail (WEIR_IS_INSPECTOR (self));
  g_return_if_fail (object == NULL || G_IS_OBJECT (object));

  if (object != NULL && self->object != NULL && weir_item_same (self->object, object))
    {
      show_object (self, object);
      return;
    }
  /* news of what the reader came from: it waits there */
  if (object != NULL && self->back->len > 0
      && weir_item_same (g_ptr_array_index (self->back, 0), object))
    {
      g_object_unref (self->back->pdata[0]);
      self->back->pdata[0] = g_object_ref (object);
      return;
    }

  g_ptr_array_set_size (self->back, 0);
  show_object (self, object);
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

/**
 * weir_inspector_focus_search:
 * @self: the inspector
 *
 * Returns: whether what is shown can be searched in; then the search is open
 */
gboolean
weir_inspector_focus_search (WeirInspector *self)
{
  g_return_val_if_fail (WEIR_IS_INSPECTOR (self), FALSE);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->data)))
    return FALSE;

  weir_data_view_focus_search (self->data);

  return TRUE;
}

/**
 * weir_inspector_step_part:
 * @self: the inspector
 * @forward: which way
 *
 * Shows the next of the parts that there are of what is shown: details, error, …; after the last the first.
 */
void
weir_inspector_step_part (WeirInspector *self, gboolean forward)
{
  g_autoptr (GtkSelectionModel) pages = NULL;
  guint n;
  guint current = 0;

  g_return_if_fail (WEIR_IS_INSPECTOR (self));

  pages = gtk_stack_get_pages (self->stack);
  n = g_list_model_get_n_items (G_LIST_MODEL (pages));
  while (current < n && !gtk_selection_model_is_selected (pages, current))
    current++;
  for (guint i = 1; i < n; i++)
    {
      guint next = (current + (forward ? i : n - i)) % n;
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (pages), next);
      GtkStackPage *page = GTK_STACK_PAGE (item);

      if (gtk_stack_page_get_visible (page))
        {
          gtk_stack_set_visible_child (self->stack, gtk_stack_page_get_child (page));
          return;
        }
    }
}

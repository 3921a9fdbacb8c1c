/* weir-related-list.c: the records that belong to the one that is looked at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-related-list.h"

#include "weir-error-group.h"
#include "weir-error-text.h"
#include "weir-event-summary.h"
#include "weir-format.h"
#include "weir-inspector-header.h"
#include "weir-link-row.h"
#include "weir-row.h"
#include "weir-status-look.h"

#include <glib/gi18n-lib.h>

/* Rows are whole widgets here; what is beyond is counted. */
#define MAX_ROWS 100
#define MAX_PULLS 5
#define MAX_WEBHOOKS 10

struct _WeirRelatedList
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  GObject *object;    /* (nullable) */
  GPtrArray *records; /* (nullable) what is shown */
  GCancellable *cancellable;
  guint refresh_id;

  GtkLabel *heading;
  GtkListBox *list;
  GtkLabel *note;
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirRelatedList, weir_related_list, ADW_TYPE_BIN)

static void
set_note (WeirRelatedList *self, const char *text)
{
  gtk_label_set_label (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
}

/* among: records of several kinds, so each says what it is */
static char *
describe (WeirRecord *record, gboolean among, char **title, const char **status)
{
  const char *account = weir_record_get_account (record)->name;

  if (WEIR_IS_PULL_RUN (record) && !among)
    {
      WeirPullRun *pull = WEIR_PULL_RUN (record);
      g_autofree char *collected = weir_format_number (pull->collected);
      g_autofree char *window = weir_format_window (pull->start_at, pull->end_at);

      *status = pull->status;
      *title = weir_format_clock (pull->start_at != 0 ? pull->start_at : pull->end_at);
      if (**title == '\0')
        {
          g_free (*title);
          *title = g_strdup (weir_record_get_name (record));
        }

      /* Translators: a pull run: how many events, from when to when */
      return g_strdup_printf (ngettext ("%s event, %s", "%s events, %s", pull->collected),
                              collected, window);
    }
  if (WEIR_IS_EVENT (record))
    {
      WeirEvent *event = WEIR_EVENT (record);
      g_autofree char *time = weir_format_clock (event->occurred_at);
      g_autofree char *kind = weir_event_dup_kind_label (
          event->kind != NULL ? event->kind : C_ ("kind of event", "event"));

      *status = event->status;
      *title = g_strdup_printf (
          "%s %s", kind, event->record != NULL ? event->record : weir_record_get_id (record));

      return weir_format_line (time, event->collection != NULL ? event->collection : "", NULL);
    }

  if (weir_record_get_kind (record) == WEIR_RECORD_INCOMING_WEBHOOK)
    {
      WeirJson json = weir_record_get_json (record);
      g_autofree char *sent = weir_json_dup_string (weir_json_get (json, "status"));
      guint n = weir_json_count (weir_json_get (json, "collectedEventIds"));
      g_autofree char *number = weir_format_number (n);

      *title = weir_format_clock (weir_json_get_time (weir_json_get (json, "createdAt")));
      *status = g_intern_string (sent);

      /* Translators: how many events came by a webhook */
      return g_strdup_printf (ngettext ("%s event", "%s events", n), number);
    }

  *title = g_strdup (weir_record_get_name (record));
  *status = WEIR_IS_SUBSCRIPTION (record) ? WEIR_SUBSCRIPTION (record)->status
            : WEIR_IS_PULL_RUN (record)   ? WEIR_PULL_RUN (record)->status
                                          : NULL;
  if (WEIR_IS_PULL_RUN (record) && WEIR_PULL_RUN (record)->start_at != 0)
    {
      g_autofree char *time = weir_format_clock (WEIR_PULL_RUN (record)->start_at);

      /* Translators: a pull run’s time, and its account */
      return g_strdup_printf (_ ("Pull Run %s · %s"), time, account);
    }
  return weir_format_line (weir_record_kind_get_label (weir_record_get_kind (record)), account,
                           NULL);
}

static GtkWidget *
create_row (WeirRecord *record, gboolean among)
{
  GtkWidget *row;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  const char *status = NULL;

  subtitle = describe (record, among, &title, &status);
  row = weir_link_row_new (title, subtitle, G_OBJECT (record));
  if (status != NULL)
    {
      WeirCellLook look;
      g_autofree char *label = weir_status_dup_label (weir_record_get_kind (record), status);
      GtkWidget *icon;

      weir_status_look (status, &look);
      icon = gtk_image_new_from_icon_name (look.icon_name);
      if (look.css != NULL)
        gtk_widget_add_css_class (icon, look.css);
      gtk_widget_set_tooltip_text (icon, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));

  return row;
}

static gboolean
is_shown_already (WeirRelatedList *self, GPtrArray *records)
{
  if (self->records == NULL || self->records->len != records->len)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      WeirRecord *shown = g_ptr_array_index (self->records, i);
      WeirRecord *record = g_ptr_array_index (records, i);

      if (!weir_record_same (shown, record) || weir_record_changed (shown, record))
        return FALSE;
    }

  return TRUE;
}

static void
show_records (WeirRelatedList *self, const char *title, GPtrArray *records, guint total)
{
  g_autofree char *note = NULL;
  GtkListBoxRow *row;

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_label_set_label (self->heading, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  if (!is_shown_already (self, records))
    {
      while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
        gtk_list_box_remove (self->list, GTK_WIDGET (row));
      for (guint i = 0; i < MIN (records->len, MAX_ROWS); i++)
        gtk_list_box_append (self->list, create_row (g_ptr_array_index (records, i),
                                                     WEIR_IS_ERROR_GROUP (self->object)));
      g_clear_pointer (&self->records, g_ptr_array_unref);
      self->records = g_ptr_array_ref (records);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), records->len > 0);

  if (total > MIN (records->len, MAX_ROWS))
    {
      g_autofree char *shown = weir_format_number (MIN (records->len, MAX_ROWS));
      g_autofree char *all = weir_format_number (total);

      /* Translators: %s are numbers */
      note = g_strdup_printf (_ ("%s of %s are shown here."), shown, all);
    }
  set_note (self, note);
}

static void
show_note (WeirRelatedList *self, const char *title, const char *text)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  show_records (self, title, none, 0);
  set_note (self, text);
}

static void
find_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirRelatedList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = weir_history_find_finish (WEIR_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !WEIR_IS_PULL_RUN (self->object))
    return;

  if (events == NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);

      show_note (self, _ ("Collected Events"), sentence);
    }
  else if (events->len == 0)
    {
      show_note (self, _ ("Collected Events"),
                 _ ("None of them is in the history of this computer yet."));
    }
  else
    {
      show_records (self, _ ("Collected Events"), events, WEIR_PULL_RUN (self->object)->collected);
    }
}

static void
webhooks_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirRelatedList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) webhooks =
      weir_provider_list_finish (WEIR_PROVIDER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || !WEIR_IS_CONNECTION (self->object))
    return;

  if (webhooks == NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);

      show_note (self, _ ("Incoming Webhooks"), sentence);
    }
  else if (webhooks->len == 0)
    {
      show_note (self, _ ("Incoming Webhooks"), _ ("None has come."));
    }
  else
    {
      show_records (self, _ ("Incoming Webhooks"), webhooks, webhooks->len);
    }
}

static void
ask_webhooks (WeirRelatedList *self, gboolean same)
{
  WeirRecord *record = WEIR_RECORD (self->object);
  WeirSession *session =
      weir_monitor_find_session (self->monitor, weir_record_get_account (record));
  WeirProvider *provider = session != NULL ? weir_session_get_provider (session) : NULL;
  WeirListFilter filter = { .connection = weir_record_get_id (record), .limit = MAX_WEBHOOKS };

  if (provider == NULL || !weir_provider_lists (provider, WEIR_RECORD_INCOMING_WEBHOOK, NULL))
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  if (!same)
    show_note (self, _ ("Incoming Webhooks"), _ ("Loading…"));
  weir_provider_list_async (provider, WEIR_RECORD_INCOMING_WEBHOOK, &filter, self->cancellable,
                            webhooks_cb, g_object_ref (self));
}

static int
compare_pulls (gconstpointer a, gconstpointer b)
{
  const WeirPullRun *one = *(WeirPullRun *const *) a;
  const WeirPullRun *other = *(WeirPullRun *const *) b;

  return (other->start_at > one->start_at) - (other->start_at < one->start_at);
}

static void
show_pulls (WeirRelatedList *self, WeirSubscription *subscription)
{
  g_autoptr (GPtrArray) all =
      weir_record_set_list (weir_monitor_get_records (self->monitor, WEIR_RECORD_PULL));
  g_autoptr (GPtrArray) pulls = g_ptr_array_new_with_free_func (g_object_unref);
  const char *id = weir_record_get_id (WEIR_RECORD (subscription));
  const char *uuid = weir_record_get_account (WEIR_RECORD (subscription))->uuid;
  guint total;

  for (guint i = 0; i < all->len; i++)
    {
      WeirPullRun *pull = g_ptr_array_index (all, i);

      if (g_strcmp0 (pull->subscription, id) == 0
          && g_str_equal (weir_record_get_account (WEIR_RECORD (pull))->uuid, uuid))
        g_ptr_array_add (pulls, g_object_ref (pull));
    }
  total = pulls->len;
  g_ptr_array_sort (pulls, compare_pulls);
  if (total > MAX_PULLS)
    g_ptr_array_set_size (pulls, MAX_PULLS);

  if (total > 0)
    show_records (self, _ ("Latest Pull Runs"), pulls, total);
  else
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
refresh (WeirRelatedList *self, gboolean same)
{
  if (WEIR_IS_ERROR_GROUP (self->object))
    {
      GPtrArray *subjects = WEIR_ERROR_GROUP (self->object)->subjects;

      show_records (self, _ ("Subjects"), subjects, subjects->len);
    }
  else if (WEIR_IS_PULL_RUN (self->object))
    {
      WeirPullRun *pull = WEIR_PULL_RUN (self->object);

      if (pull->collected == 0)
        {
          gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
          return;
        }
      if (!same)
        show_note (self, _ ("Collected Events"), _ ("Looking into the history…"));
      weir_history_find_async (weir_monitor_get_history (self->monitor),
                               weir_record_get_account (WEIR_RECORD (pull)),
                               (const char *const *) pull->collected_ids, self->cancellable,
                               find_cb, g_object_ref (self));
    }
  else if (WEIR_IS_SUBSCRIPTION (self->object)
           && WEIR_SUBSCRIPTION (self->object)->variant == WEIR_SUBSCRIPTION_NOTIFICATION)
    {
      WeirSession *session = weir_monitor_find_session (
          self->monitor, weir_record_get_account (WEIR_RECORD (self->object)));
      const char *reason = NULL;

      if (session != NULL && weir_session_get_provider (session) != NULL)
        weir_provider_lists (weir_session_get_provider (session), WEIR_RECORD_EVENT, &reason);
      show_note (self, _ ("Events"),
                 reason != NULL ? reason
                                : _ ("Oracle has no event feed: events go to the endpoint alone."));
    }
  else if (WEIR_IS_SUBSCRIPTION (self->object))
    {
      show_pulls (self, WEIR_SUBSCRIPTION (self->object));
    }
  else if (WEIR_IS_CONNECTION (self->object))
    {
      ask_webhooks (self, same);
    }
  else
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    }
}

static gboolean
refresh_cb (gpointer user_data)
{
  WeirRelatedList *self = user_data;

  self->refresh_id = 0;
  refresh (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* A pull or an event has come that may belong here. */
static void
news_cb (WeirRelatedList *self)
{
  if (self->refresh_id == 0
      && ((WEIR_IS_SUBSCRIPTION (self->object)) || WEIR_IS_PULL_RUN (self->object)))
    self->refresh_id = g_timeout_add (500, refresh_cb, self);
}

static void
row_activated_cb (WeirRelatedList *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[OPEN], 0, weir_link_row_get_record (WEIR_LINK_ROW (row)));
}

static void
weir_related_list_dispose (GObject *object)
{
  WeirRelatedList *self = WEIR_RELATED_LIST (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->object);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_related_list_parent_class)->dispose (object);
}

static void
weir_related_list_class_init (WeirRelatedListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_related_list_dispose;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
}

static void
weir_related_list_init (WeirRelatedList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->heading = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->heading, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "weir-group-heading");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->note, 0);
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * weir_related_list_new:
 * @monitor: has the records
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
weir_related_list_new (WeirMonitor *monitor)
{
  WeirRelatedList *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_RELATED_LIST, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (weir_monitor_get_records (monitor, WEIR_RECORD_PULL), "items-changed",
                           G_CALLBACK (news_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "appended", G_CALLBACK (news_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * weir_related_list_set_object:
 * @self: the list
 * @object: (nullable): what the records belong to
 */
void
weir_related_list_set_object (WeirRelatedList *self, gpointer object)
{
  gboolean same;

  g_return_if_fail (WEIR_IS_RELATED_LIST (self));

  same = object != NULL && self->object != NULL && weir_item_same (self->object, object);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->object, object);
  refresh (self, same);
}

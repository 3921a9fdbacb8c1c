/* weir-keep-page.c: how much of the history is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-keep-page.h"

#include "weir-alert.h"
#include "weir-budget.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-limit-row.h"
#include "weir-zone.h"

#include <glib/gi18n-lib.h>

/* The figures are looked at so often, in ms. */
#define INTERVAL_MS 3000

struct _WeirKeepPage
{
  AdwPreferencesPage parent_instance;

  WeirMonitor *monitor;
  WeirBudget *budget;
  GCancellable *cancellable;
  guint timeout_id;
  gboolean counting;
  gboolean deleting;

  AdwPreferencesGroup *all;
  AdwPreferencesGroup *accounts;
  AdwPreferencesGroup *gone; /* accounts that are removed, of which there are events still */
  GPtrArray *rows;           /* (element-type Row) an account each */
  GHashTable *gone_rows;     /* uuid → Gone */
  GtkButton *delete;
};

/* An account's limits; account NULL: those of all that have none of their own. */
typedef struct
{
  WeirKeepPage *page;
  WeirAccount *account;     /* (nullable) */
  AdwExpanderRow *expander; /* (nullable) */
  WeirLimitRow *limits[2];
  gboolean quiet; /* changed by us */
} Row;

/* An account that is removed. */
typedef struct
{
  WeirKeepPage *page;
  WeirAccount *account;
  AdwActionRow *row;
  GtkWidget *button;
  gboolean deleting;
} Gone;

G_DEFINE_FINAL_TYPE (WeirKeepPage, weir_keep_page, ADW_TYPE_PREFERENCES_PAGE)

static void count (WeirKeepPage *self);

static void
row_free (Row *row)
{
  g_clear_object (&row->account);
  g_free (row);
}

static WeirPreferences *
get_preferences (WeirKeepPage *self)
{
  return weir_monitor_get_preferences (self->monitor);
}

static const char *
get_uuid (Row *row)
{
  return row->account != NULL ? row->account->uuid : NULL;
}

static void
say (WeirKeepPage *self, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (escaped));
}

static void
say_error (WeirKeepPage *self, const char *what, const GError *error)
{
  g_autofree char *sentence = weir_error_text_dup_sentence (error);
  g_autofree char *text = weir_format_labelled (what, sentence);

  say (self, text);
}

static void
show_limits (Row *row)
{
  WeirLimits limits;
  gboolean own = weir_limits_get (get_preferences (row->page), get_uuid (row), &limits);

  row->quiet = TRUE;
  for (guint i = 0; i < 2; i++)
    weir_limit_row_set_limits (row->limits[i], &limits);
  if (row->expander != NULL)
    {
      adw_expander_row_set_enable_expansion (row->expander, own);
      adw_expander_row_set_expanded (row->expander, own);
    }
  row->quiet = FALSE;
}

static void
save (Row *row, gboolean own)
{
  WeirLimits limits = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    weir_limit_row_get_limits (row->limits[i], &limits);
  if (!weir_limits_set (get_preferences (row->page), get_uuid (row), own ? &limits : NULL, &error))
    {
      say_error (row->page, _ ("The limits are as before"), error);
      show_limits (row);
    }
}

static void
chosen_cb (Row *row)
{
  if (!row->quiet)
    save (row, TRUE);
}

static void
own_cb (Row *row)
{
  if (row->quiet)
    return;

  save (row, adw_expander_row_get_enable_expansion (row->expander));
  show_limits (row);
}

static void
preferences_changed_cb (WeirKeepPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    show_limits (self->rows->pdata[i]);
}

static char *
describe (const WeirHistoryStats *stats)
{
  g_autofree char *number = weir_format_number (stats->n_events);
  g_autofree char *size = weir_format_size (stats->n_bytes);
  g_autoptr (GDateTime) oldest = weir_zone_to_date (stats->oldest);
  /* Translators: a date, as strftime() takes it */
  const char *format = _ ("%-d %b %Y");
  g_autofree char *date = oldest != NULL ? g_date_time_format (oldest, format) : NULL;

  if (stats->n_events == 0)
    return g_strdup (_ ("No events"));

  return g_strdup_printf (
      /* Translators: a number of events, their size, the date of the oldest */
      ngettext ("%s event, %s, since %s", "%s events, %s, since %s", (gulong) stats->n_events),
      number, size, date);
}

static void
gone_free (Gone *gone)
{
  g_object_unref (gone->account);
  g_free (gone);
}

/* What is asked about, and deleted, outlives its row. */
typedef struct
{
  WeirKeepPage *page;
  WeirAccount *account;
} Removal;

static Removal *
removal_new (WeirKeepPage *self, WeirAccount *account)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->page = g_object_ref (self);
  removal->account = g_object_ref (account);

  return removal;
}

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->page);
  g_object_unref (removal->account);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

/* A button that is taken away meanwhile would lose the focus. */
static void
set_deleting (WeirKeepPage *self, const char *uuid, gboolean deleting)
{
  Gone *gone = g_hash_table_lookup (self->gone_rows, uuid);

  if (gone != NULL)
    gone->deleting = deleting;
}

static void
gone_deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  WeirKeepPage *self = removal->page;
  g_autoptr (GError) error = NULL;
  gboolean done = weir_history_remove_account_finish (WEIR_HISTORY (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (done)
    {
      g_autofree char *text = g_strdup_printf (
          /* Translators: the name of an account */
          _ ("The history of “%s” is deleted"), removal->account->name);

      say (self, text);
    }
  else
    {
      set_deleting (self, removal->account->uuid, FALSE);
      say_error (self, _ ("Deleting failed"), error);
    }
  count (self);
}

static void
gone_response_cb (GtkWidget *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  WeirKeepPage *self = removal->page;
  const char *uuid = removal->account->uuid;

  /* it may have been added again, by another program, too */
  if (!g_str_equal (response, "delete")
      || weir_account_store_find_uuid (weir_monitor_get_store (self->monitor), uuid) != NULL)
    return;

  set_deleting (self, uuid, TRUE);
  /* once begun it ends, whether or not somebody looks on */
  weir_history_remove_account_async (weir_monitor_get_history (self->monitor), uuid, NULL,
                                     gone_deleted_cb, g_steal_pointer (&removal));
}

static void
delete_gone_cb (Gone *gone)
{
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  if (gone->deleting)
    return;

  /* Translators: the name of an account */
  heading = g_strdup_printf (_ ("Delete the History of “%s”?"), gone->account->name);
  dialog = weir_alert_new (
      heading,
      _ ("All events of the account are deleted from this computer. What a platform no longer keeps "
         "cannot be fetched again."),
      _ ("_Cancel"));

  weir_alert_add_response (dialog, "delete", _ ("_Delete"), ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect (dialog, "response", G_CALLBACK (gone_response_cb),
                    removal_new (gone->page, gone->account));
  weir_alert_present (dialog, GTK_WIDGET (gone->page));
}

static Gone *
add_gone (WeirKeepPage *self, WeirAccount *account)
{
  g_autofree char *title = g_markup_escape_text (account->name, -1);
  Gone *gone = g_new0 (Gone, 1);

  gone->page = self;
  gone->account = g_object_ref (account);
  gone->row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (gone->row), title);
  gone->button = gtk_button_new_with_label (_ ("Delete…"));
  gtk_widget_set_valign (gone->button, GTK_ALIGN_CENTER);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (gone->button),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, gone->row, NULL, -1);
  g_signal_connect_swapped (gone->button, "clicked", G_CALLBACK (delete_gone_cb), gone);
  adw_action_row_add_suffix (gone->row, gone->button);
  adw_preferences_group_add (self->gone, GTK_WIDGET (gone->row));
  g_hash_table_insert (self->gone_rows, account->uuid, gone);

  return gone;
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* The focus goes on to the next such row, or to what else deletes. */
static void
drop_gone (WeirKeepPage *self, GHashTable *found)
{
  GtkWidget *next = GTK_WIDGET (self->delete);
  gboolean focused = FALSE;
  GHashTableIter iter;
  gpointer uuid;
  gpointer value;

  g_hash_table_iter_init (&iter, self->gone_rows);
  while (g_hash_table_iter_next (&iter, &uuid, &value))
    {
      Gone *gone = value;

      if (g_hash_table_contains (found, uuid))
        {
          next = gone->button;
          continue;
        }
      focused |= has_focus (GTK_WIDGET (gone->row));
      adw_preferences_group_remove (self->gone, GTK_WIDGET (gone->row));
      g_hash_table_iter_remove (&iter);
    }
  if (focused)
    gtk_widget_grab_focus (next);
}

/* One row for each account with events that is not there any more, whoever removed it: a demo's end with their hub. */
static void
show_gone (WeirKeepPage *self, GArray *stats)
{
  WeirAccountStore *store = weir_monitor_get_store (self->monitor);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < stats->len; i++)
    {
      const WeirHistoryStats *item = &g_array_index (stats, WeirHistoryStats, i);
      g_autofree char *text = NULL;
      Gone *gone;

      if (item->account == NULL || item->n_events == 0
          || weir_account_store_find_uuid (store, item->account->uuid) != NULL)
        continue;
      gone = g_hash_table_lookup (self->gone_rows, item->account->uuid);
      if (gone == NULL)
        gone = add_gone (self, item->account);
      text = describe (item);
      adw_action_row_set_subtitle (gone->row, text);
      g_hash_table_add (found, gone->account->uuid);
    }

  drop_gone (self, found);
  gtk_widget_set_visible (GTK_WIDGET (self->gone), g_hash_table_size (self->gone_rows) > 0);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirKeepPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) stats = weir_history_get_stats_finish (WEIR_HISTORY (source), result, &error);

  self->counting = FALSE;
  if (stats == NULL)
    {
      g_debug ("The history is not counted: %s", error->message);
      return;
    }

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];
      g_autofree char *text = NULL;

      for (guint j = 0; j < stats->len && text == NULL; j++)
        {
          const WeirHistoryStats *item = &g_array_index (stats, WeirHistoryStats, j);

          if (row->account == NULL
                  ? item->account == NULL
                  : item->account != NULL && g_str_equal (item->account->uuid, row->account->uuid))
            text = describe (item);
        }
      if (text == NULL)
        text = g_strdup (_ ("No events"));
      if (row->expander != NULL)
        adw_expander_row_set_subtitle (row->expander, text);
      else
        adw_preferences_group_set_description (self->accounts, text);
    }
  if (!g_cancellable_is_cancelled (self->cancellable))
    show_gone (self, stats);
}

static void
count (WeirKeepPage *self)
{
  if (self->counting)
    return;

  self->counting = TRUE;
  weir_history_get_stats_async (weir_monitor_get_history (self->monitor), self->cancellable,
                                counted_cb, g_object_ref (self));
}

static gboolean
count_cb (gpointer user_data)
{
  count (user_data);

  return G_SOURCE_CONTINUE;
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirKeepPage) self = user_data;
  g_autoptr (GError) error = NULL;
  guint64 n_events;
  gboolean done = weir_budget_enforce_finish (WEIR_BUDGET (source), result, &n_events, &error);

  self->deleting = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self->delete), TRUE);
  if (!done)
    {
      say_error (self, _ ("Deleting failed"), error);
    }
  else
    {
      g_autofree char *number = weir_format_number (n_events);
      /* Translators: %s is a number */
      g_autofree char *text = g_strdup_printf (
          ngettext ("%s event deleted", "%s events deleted", (gulong) n_events), number);

      say (self, n_events > 0 ? text : _ ("Nothing is beyond the limits"));
    }
  count (self);
}

static void
response_cb (WeirKeepPage *self, const char *response)
{
  if (!g_str_equal (response, "delete") || self->deleting)
    return;

  self->deleting = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->delete), FALSE);
  weir_budget_enforce_async (self->budget, self->cancellable, deleted_cb, g_object_ref (self));
}

static void
delete_cb (WeirKeepPage *self)
{
  GtkWidget *dialog = weir_alert_new (
      _ ("Delete Older Events?"),
      _ ("All events beyond the limits are deleted from this computer, the oldest first. What a "
         "platform no longer keeps cannot be fetched again."),
      _ ("_Cancel"));

  weir_alert_add_response (dialog, "delete", _ ("_Delete"), ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  weir_alert_present (dialog, GTK_WIDGET (self));
}

static void
add_row (WeirKeepPage *self, WeirAccount *account)
{
  static const WeirLimitKind kinds[] = { WEIR_LIMIT_BYTES, WEIR_LIMIT_DAYS };
  Row *row = g_new0 (Row, 1);

  row->page = self;
  if (account != NULL)
    {
      g_autofree char *title = g_markup_escape_text (account->name, -1);

      row->account = g_object_ref (account);
      row->expander = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", title, "show-enable-switch",
                                    TRUE, "tooltip-text", _ ("Limits of its own"), NULL);
      adw_preferences_group_add (self->accounts, GTK_WIDGET (row->expander));
    }
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *limit = weir_limit_row_new (kinds[i]);

      row->limits[i] = WEIR_LIMIT_ROW (limit);
      g_signal_connect_swapped (limit, "chosen", G_CALLBACK (chosen_cb), row);
      if (row->expander != NULL)
        adw_expander_row_add_row (row->expander, limit);
      else
        adw_preferences_group_add (self->all, limit);
    }
  if (row->expander != NULL)
    g_signal_connect_swapped (row->expander, "notify::enable-expansion", G_CALLBACK (own_cb), row);
  g_ptr_array_add (self->rows, row);
  show_limits (row);
}

static void
weir_keep_page_dispose (GObject *object)
{
  WeirKeepPage *self = WEIR_KEEP_PAGE (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (get_preferences (self), self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      row->quiet = TRUE;
    }
  g_clear_object (&self->budget);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_keep_page_parent_class)->dispose (object);
}

static void
weir_keep_page_finalize (GObject *object)
{
  WeirKeepPage *self = WEIR_KEEP_PAGE (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->gone_rows);

  G_OBJECT_CLASS (weir_keep_page_parent_class)->finalize (object);
}

static void
weir_keep_page_class_init (WeirKeepPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_keep_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_keep_page_finalize;
}

static void
weir_keep_page_init (WeirKeepPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->gone_rows =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) gone_free);

  self->all = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->all, _ ("Keep of Each Account"));
  adw_preferences_group_set_description (
      self->all,
      _ ("What exceeds the limits is deleted half a minute after a change at the earliest."));
  self->delete = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Delete Older Now…")));
  gtk_widget_set_valign (GTK_WIDGET (self->delete), GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->delete, "clicked", G_CALLBACK (delete_cb), self);
  adw_preferences_group_set_header_suffix (self->all, GTK_WIDGET (self->delete));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->all);

  self->accounts = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->accounts, _ ("Accounts"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->accounts);

  self->gone = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->gone, _ ("Removed Accounts"));
  adw_preferences_group_set_description (self->gone, _ ("Their events are still in the history."));
  gtk_widget_set_visible (GTK_WIDGET (self->gone), FALSE);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->gone);
}

/**
 * weir_keep_page_new:
 * @monitor: has the accounts, their history and the preferences
 *
 * Returns: (transfer floating): the limits, and what is kept within them
 */
GtkWidget *
weir_keep_page_new (WeirMonitor *monitor)
{
  WeirKeepPage *self = g_object_new (WEIR_TYPE_KEEP_PAGE, "title", _ ("History"), "icon-name",
                                     "weir-timeline-symbolic", NULL);
  GListModel *store = G_LIST_MODEL (weir_monitor_get_store (monitor));

  self->monitor = g_object_ref (monitor);
  self->budget = weir_budget_new (weir_monitor_get_history (monitor), get_preferences (self));
  g_signal_connect_swapped (get_preferences (self), "changed", G_CALLBACK (preferences_changed_cb),
                            self);
  add_row (self, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (store); i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (store, i);

      add_row (self, account);
    }
  self->timeout_id = g_timeout_add (INTERVAL_MS, count_cb, self);
  count (self);

  return GTK_WIDGET (self);
}

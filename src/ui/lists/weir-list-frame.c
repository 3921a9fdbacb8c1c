/* weir-list-frame.c: a table, or why there is none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-list-frame.h"

#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-page.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  SHOW_TABLE,
  SHOW_NO_ACCOUNT,
  SHOW_LOADING,
  SHOW_UNREACHABLE,
  SHOW_EMPTY,
  SHOW_NO_MATCH,
} Show;

#define FOCUS_REST 300 /* ms */

struct _WeirListFrame
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  WeirRecordKind kind;
  WeirRecordList *list;
  WeirFilterBar *filter;
  char *icon_name;
  char *title;
  char *description;
  GPtrArray *sessions; /* (element-type WeirSession) whose changes are followed */

  GtkWidget *header; /* (nullable) weak: of the page, at the window's top */
  GtkLabel *notice;  /* whose rows are missing among those of others */
  GtkStack *stack;
  GtkWidget *loading;
  AdwStatusPage *status;
  GtkButton *primary;
  GtkButton *secondary;
  guint focus_id;
};

G_DEFINE_FINAL_TYPE (WeirListFrame, weir_list_frame, ADW_TYPE_BIN)

/* Why an account that is well does not tell what it has of this kind: its token may not see it. */
static const GError *
get_list_error (WeirListFrame *self, WeirSession *session)
{
  WeirAccountState state = weir_error_text_judge_state (weir_session_get_state (session),
                                                        weir_session_get_error (session));

  return state == WEIR_ACCOUNT_ONLINE ? weir_session_get_list_error (session, self->kind) : NULL;
}

/* Why nothing came, if no account at all could tell. */
static WeirSession *
find_trouble (WeirListFrame *self)
{
  WeirSession *trouble = NULL;

  for (guint i = 0; i < self->sessions->len; i++)
    {
      WeirSession *session = g_ptr_array_index (self->sessions, i);
      WeirAccountState state = weir_error_text_judge_state (weir_session_get_state (session),
                                                            weir_session_get_error (session));

      if (get_list_error (self, session) != NULL)
        return session;
      if (state == WEIR_ACCOUNT_ONLINE)
        return NULL;
      if (state != WEIR_ACCOUNT_UNKNOWN && trouble == NULL)
        trouble = session;
    }

  return trouble;
}

/* Whether an account may yet tell what it has. */
static gboolean
is_loading (WeirListFrame *self)
{
  for (guint i = 0; i < self->sessions->len; i++)
    {
      WeirSession *session = g_ptr_array_index (self->sessions, i);
      WeirProvider *provider = weir_session_get_provider (session);
      WeirAccountState state = weir_error_text_judge_state (weir_session_get_state (session),
                                                            weir_session_get_error (session));

      if (state == WEIR_ACCOUNT_UNKNOWN)
        return TRUE;
      if (state == WEIR_ACCOUNT_ONLINE && provider != NULL
          && weir_provider_lists (provider, self->kind, NULL)
          && get_list_error (self, session) == NULL
          && !weir_session_is_loaded (session, self->kind))
        return TRUE;
    }

  return FALSE;
}

static Show
choose (WeirListFrame *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    return SHOW_TABLE;
  if (weir_record_list_get_total (self->list) > 0)
    return SHOW_NO_MATCH;
  if (self->sessions->len == 0)
    return SHOW_NO_ACCOUNT;
  if (is_loading (self))
    return SHOW_LOADING;
  if (find_trouble (self) != NULL)
    return SHOW_UNREACHABLE;

  return SHOW_EMPTY;
}

static void
set_button (GtkButton *button, const char *label, const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label != NULL)
    {
      gtk_button_set_label (button, label);
      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (button)), TRUE);
      gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (button)), GTK_JUSTIFY_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
    }
}

static void
set_status (WeirListFrame *self, const char *icon_name, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->status, icon_name);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  set_button (self->primary, NULL, NULL);
  set_button (self->secondary, NULL, NULL);
}

static void
show_trouble (WeirListFrame *self)
{
  WeirSession *session = find_trouble (self);
  const GError *list_error = get_list_error (self, session);
  const GError *error = list_error != NULL ? list_error : weir_session_get_error (session);
  g_autofree char *sentence = NULL;
  g_autofree char *text = NULL;

  sentence =
      error != NULL
          ? weir_error_text_dup_sentence (error)
          : g_strdup (weir_error_text_describe_state (weir_session_get_state (session), NULL));
  text = g_strdup_printf ("%s\n%s", weir_session_get_account (session)->name, sentence);
  set_status (self, "weir-state-offline-symbolic", _ ("Nothing Could Be Loaded"), text);
  set_button (self->primary, _ ("Retry Now"), "frame.retry");
}

static void
update_notice (WeirListFrame *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->sessions->len; i++)
    {
      WeirSession *session = g_ptr_array_index (self->sessions, i);
      const GError *error = get_list_error (self, session);
      g_autofree char *sentence = error != NULL ? weir_error_text_dup_sentence (error) : NULL;

      if (error != NULL)
        {
          g_autofree char *line =
              weir_format_labelled (weir_session_get_account (session)->name, sentence);

          g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
        }
    }
  gtk_label_set_label (self->notice, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), text->len > 0);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirListFrame *self = WEIR_LIST_FRAME (widget);

  for (guint i = 0; i < self->sessions->len; i++)
    weir_session_retry (g_ptr_array_index (self->sessions, i));
}

static void
clear_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_filter_bar_clear (WEIR_LIST_FRAME (widget)->filter);
}

static void
sessions_changed_cb (WeirListFrame *self)
{
  GListModel *model = weir_monitor_get_sessions (self->monitor);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < self->sessions->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->sessions, i),
                                          weir_list_frame_update, self);
  g_ptr_array_set_size (self->sessions, 0);
  for (guint i = 0; i < n; i++)
    {
      WeirSession *session = g_list_model_get_item (model, i);

      g_signal_connect_object (session, "changed", G_CALLBACK (weir_list_frame_update), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->sessions, session);
    }
  weir_list_frame_update (self);
}

static void
weir_list_frame_dispose (GObject *object)
{
  WeirListFrame *self = WEIR_LIST_FRAME (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_handle_id (&self->focus_id, g_source_remove);
  g_clear_weak_pointer (&self->header);
  g_clear_object (&self->monitor);
  g_clear_object (&self->list);
  g_clear_pointer (&self->sessions, g_ptr_array_unref);

  G_OBJECT_CLASS (weir_list_frame_parent_class)->dispose (object);
}

static void
weir_list_frame_finalize (GObject *object)
{
  WeirListFrame *self = WEIR_LIST_FRAME (object);

  g_free (self->icon_name);
  g_free (self->title);
  g_free (self->description);

  G_OBJECT_CLASS (weir_list_frame_parent_class)->finalize (object);
}

static void
weir_list_frame_class_init (WeirListFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = weir_list_frame_dispose;
  object_class->finalize = weir_list_frame_finalize;

  gtk_widget_class_install_action (widget_class, "frame.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "frame.clear", NULL, clear_cb);
}

static GtkButton *
create_button (gboolean suggested)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");

  return GTK_BUTTON (button);
}

static GtkWidget *
create_loading (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *label = gtk_label_new (_ ("Loading…"));

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);

  return box;
}

static void
weir_list_frame_init (WeirListFrame *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  self->primary = create_button (TRUE);
  self->secondary = create_button (FALSE);
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->primary));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->secondary));

  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_child (self->status, buttons);
  self->loading = create_loading ();
  self->notice = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->notice, 0);
  gtk_label_set_wrap (self->notice, TRUE);
  gtk_label_set_wrap_mode (self->notice, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->notice, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->notice), "warning");
  gtk_widget_set_margin_start (GTK_WIDGET (self->notice), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->notice), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->notice), 6);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->status));
  gtk_stack_add_child (self->stack, self->loading);
}

/**
 * weir_list_frame_new:
 * @monitor: whose accounts tell why there is nothing
 * @kind: what the rows are
 * @list: the rows
 * @filter: narrows them; (transfer floating)
 * @view: shows them; (transfer floating)
 * @icon_name: when there are none
 * @title: likewise: “No Subscriptions”
 * @description: likewise, what would make some
 *
 * Returns: (transfer floating): the frame
 */
GtkWidget *
weir_list_frame_new (WeirMonitor *monitor,
                     WeirRecordKind kind,
                     WeirRecordList *list,
                     WeirFilterBar *filter,
                     GtkWidget *view,
                     const char *icon_name,
                     const char *title,
                     const char *description)
{
  WeirListFrame *self;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);
  g_return_val_if_fail (WEIR_IS_RECORD_LIST (list), NULL);

  self = g_object_new (WEIR_TYPE_LIST_FRAME, NULL);
  self->monitor = g_object_ref (monitor);
  self->kind = kind;
  self->list = g_object_ref (list);
  self->filter = filter;
  self->icon_name = g_strdup (icon_name);
  self->title = g_strdup (title);
  self->description = g_strdup (description);

  gtk_stack_add_named (self->stack, view, "table");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (filter));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);

  g_signal_connect_swapped (list, "updated", G_CALLBACK (weir_list_frame_update), self);
  g_signal_connect_object (weir_monitor_get_sessions (monitor), "items-changed",
                           G_CALLBACK (sessions_changed_cb), self, G_CONNECT_SWAPPED);
  sessions_changed_cb (self);

  return GTK_WIDGET (self);
}

static void
focus_cb (gpointer user_data)
{
  WeirListFrame *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->focus_id = 0;
  if (root != NULL && gtk_root_get_focus (root) == NULL && gtk_widget_get_mapped (GTK_WIDGET (self))
      && choose (self) != SHOW_TABLE)
    weir_page_enter_around (GTK_WIDGET (self));
}

/* A row that had the focus left it to nobody: if others come at once, the table gives it to them. */
static void
show_no_rows (WeirListFrame *self, GtkWidget *child)
{
  gtk_stack_set_visible_child (self->stack, child);
  if (self->focus_id == 0)
    self->focus_id = g_timeout_add_once (FOCUS_REST, focus_cb, self);
}

/**
 * weir_list_frame_set_header:
 * @self: the frame
 * @header: (nullable): what stands at the window's top for its rows
 *
 * It is not visible while there is no account, and so nothing to press it for.
 */
void
weir_list_frame_set_header (WeirListFrame *self, GtkWidget *header)
{
  g_return_if_fail (WEIR_IS_LIST_FRAME (self));

  g_set_weak_pointer (&self->header, header);
  weir_list_frame_update (self);
}

/**
 * weir_list_frame_update:
 * @self: the frame
 *
 * Looks again at what is to be shown; done by itself when rows or accounts change.
 */
void
weir_list_frame_update (WeirListFrame *self)
{
  Show show;

  g_return_if_fail (WEIR_IS_LIST_FRAME (self));

  show = choose (self);
  /* nothing is there to be searched or narrowed */
  gtk_widget_set_visible (GTK_WIDGET (self->filter), show != SHOW_NO_ACCOUNT);
  if (self->header != NULL)
    gtk_widget_set_visible (self->header, show != SHOW_NO_ACCOUNT);
  weir_filter_bar_set_counts (self->filter, g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                              weir_record_list_get_total (self->list));
  gtk_widget_set_visible (GTK_WIDGET (self->notice), FALSE);
  switch (show)
    {
    case SHOW_TABLE:
      update_notice (self);
      gtk_stack_set_visible_child_name (self->stack, "table");
      return;

    case SHOW_LOADING:
      show_no_rows (self, self->loading);
      return;

    case SHOW_NO_ACCOUNT:
      set_status (
          self, "weir-account-symbolic", _ ("No Accounts Yet"),
          _ ("Add an account at Membrane, Sequin or Oracle, or look around in the local hub "
             "that comes with Weir."));
      set_button (self->primary, _ ("Add Account…"), "win.add-account");
      set_button (self->secondary, _ ("Try the Built-in Hub"), "app.start-hub");
      break;

    case SHOW_UNREACHABLE:
      show_trouble (self);
      break;

    case SHOW_NO_MATCH:
      set_status (self, "system-search-symbolic", _ ("No Results"),
                  _ ("Nothing passes the search and the filters."));
      set_button (self->primary, _ ("Clear Filters"), "frame.clear");
      break;

    case SHOW_EMPTY:
    default:
      set_status (self, self->icon_name, self->title, self->description);
      break;
    }
  show_no_rows (self, GTK_WIDGET (self->status));
}

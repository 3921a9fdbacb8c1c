/* weir-timeline-status.c: why there are no rows in the timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-status.h"

#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-query-values.h"
#include "weir-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a query may ask for that no event has: a word that is written wrong. */
static const struct
{
  WeirQueryField field;
  const char *name;
  const char *sentence;
} VALUES[] = {
  /* Translators: %s is what was typed */
  { WEIR_QUERY_KIND, "kind", N_ ("No event has the kind “%s”.") },
  /* Translators: %s is what was typed */
  { WEIR_QUERY_STATUS, "status", N_ ("No event has the status “%s”.") },
  /* Translators: %s is what was typed */
  { WEIR_QUERY_PROVIDER, "provider", N_ ("No event is of the provider “%s”.") },
  /* Translators: %s is what was typed */
  { WEIR_QUERY_ACCOUNT, "account", N_ ("No event is of the account “%s”.") },
};

struct _WeirTimelineStatus
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  WeirTimelineModel *model;
  GHashTable *known;         /* (nullable) field → WeirQueryValue array, of all events */
  WeirQuery *counted;        /* (nullable) for which query they were counted last */
  GCancellable *cancellable; /* (nullable) while they are counted */

  GtkStack *stack;
  AdwStatusPage *status; /* (nullable) until there is something to say */
  GtkSpinner *spinner;
  GtkButton *remedy;
};

G_DEFINE_FINAL_TYPE (WeirTimelineStatus, weir_timeline_status, ADW_TYPE_BIN)

static void
add_status (WeirTimelineStatus *self)
{
  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "compact");
  self->remedy = GTK_BUTTON (gtk_button_new_with_label (""));
  gtk_widget_set_halign (GTK_WIDGET (self->remedy), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->remedy), "pill");
  adw_status_page_set_child (self->status, GTK_WIDGET (self->remedy));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
}

static void
show_status (WeirTimelineStatus *self,
             const char *icon_name,
             const char *title,
             const char *description,
             const char *remedy,
             const char *action)
{
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  if (self->status == NULL)
    add_status (self);
  gtk_stack_set_visible_child_name (self->stack, "status");
  gtk_spinner_stop (self->spinner);
  adw_status_page_set_icon_name (self->status, icon_name);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->remedy), remedy != NULL);
  if (remedy != NULL)
    gtk_button_set_label (self->remedy, remedy);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->remedy), action);
}

/* Why there may never be an event: the only accounts are such that have no feed. */
static const char *
find_reason (WeirTimelineStatus *self, gboolean *reachable)
{
  GListModel *sessions = weir_monitor_get_sessions (self->monitor);
  const char *reason = NULL;
  gboolean any = FALSE;

  *reachable = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirProvider *provider = weir_session_get_provider (session);
      WeirAccountState state = weir_session_get_state (session);

      if (provider != NULL && !weir_provider_lists (provider, WEIR_RECORD_EVENT, &reason))
        continue;
      any = TRUE;
      if (state == WEIR_ACCOUNT_ONLINE || state == WEIR_ACCOUNT_UNKNOWN
          || state == WEIR_ACCOUNT_THROTTLED)
        *reachable = TRUE;
    }

  return any ? NULL : reason;
}

static gboolean
is_known (GPtrArray *values, const char *value)
{
  for (guint i = 0; i < values->len; i++)
    {
      const WeirQueryValue *known = values->pdata[i];

      if (weir_text_compare (known->value, strlen (known->value), value, strlen (value)) == 0)
        return TRUE;
    }

  return FALSE;
}

/* (nullable) a sentence about the first value that no event has */
static char *
dup_unknown (WeirTimelineStatus *self)
{
  guint n_terms;
  const WeirQueryTerm *terms =
      weir_query_get_terms (weir_timeline_model_get_query (self->model), &n_terms);

  for (guint i = 0; i < n_terms; i++)
    for (gsize j = 0; self->known != NULL && j < G_N_ELEMENTS (VALUES); j++)
      {
        GPtrArray *values = g_hash_table_lookup (self->known, VALUES[j].name);

        if (terms[i].field != VALUES[j].field || terms[i].negated || values == NULL
            || is_known (values, terms[i].value))
          continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        return g_strdup_printf (_ (VALUES[j].sentence), terms[i].value);
#pragma GCC diagnostic pop
      }

  return NULL;
}

/* There are events, but none of them matches the query. */
static void
show_nothing (WeirTimelineStatus *self)
{
  guint n_gaps = weir_timeline_model_get_gaps (self->model)->len;
  g_autofree char *gaps = g_strdup_printf (
      ngettext ("There may be some in %u gap.", "There may be some in %u gaps.", n_gaps), n_gaps);
  g_autofree char *unknown = dup_unknown (self);
  g_autofree char *total = NULL;
  g_autofree char *text = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *all = NULL;
  WeirBalance balance;

  weir_timeline_model_get_balance (self->model, &balance);
  total = weir_format_number (balance.received);
  /* Translators: %s is a number */
  text = g_strdup_printf (ngettext ("None of the %s events in the history matches the query.",
                                    "None of the %s events in the history matches the query.",
                                    (gulong) balance.received),
                          total);
  reason = weir_format_sentences (text, unknown);
  all = weir_format_sentences (reason, n_gaps > 0 ? gaps : NULL);
  show_status (self, "system-search-symbolic", _ ("No Events Found"), all, _ ("Clear the Query"),
               "page.clear-filters");
}

/* whether there are events, but not for the query */
static gboolean
has_nothing (WeirTimelineStatus *self)
{
  WeirBalance balance;

  weir_timeline_model_get_balance (self->model, &balance);

  return weir_timeline_model_get_error (self->model) == NULL
         && !weir_timeline_model_is_loading (self->model)
         && weir_timeline_model_get_query (self->model) != NULL && balance.received > 0
         && balance.shown == 0;
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirTimelineStatus) self = user_data;
  g_autoptr (GHashTable) known = weir_query_values_count_finish (result, NULL);

  g_clear_object (&self->cancellable);
  if (known == NULL || self->model == NULL)
    return;

  g_clear_pointer (&self->known, g_hash_table_unref);
  self->known = g_steal_pointer (&known);
  if (has_nothing (self))
    show_nothing (self);
}

/* Which values there are, once for each query: while nothing matches it events go on coming in. */
static void
count_values (WeirTimelineStatus *self)
{
  const char *fields[G_N_ELEMENTS (VALUES) + 1] = { NULL };

  if (self->cancellable != NULL
      || !g_set_object (&self->counted, weir_timeline_model_get_query (self->model)))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (VALUES); i++)
    fields[i] = VALUES[i].name;
  self->cancellable = g_cancellable_new ();
  weir_query_values_count_async (weir_monitor_get_history (self->monitor), "", NULL, fields,
                                 self->cancellable, count_cb, g_object_ref (self));
}

static void
weir_timeline_status_dispose (GObject *object)
{
  WeirTimelineStatus *self = WEIR_TIMELINE_STATUS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_object (&self->counted);
  g_clear_object (&self->monitor);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (weir_timeline_status_parent_class)->dispose (object);
}

static void
weir_timeline_status_class_init (WeirTimelineStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_timeline_status_dispose;
}

static void
weir_timeline_status_init (WeirTimelineStatus *self)
{
  GtkWidget *loading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_widget_set_valign (loading, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (loading), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (loading), gtk_label_new (_ ("Reading the history…")));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, loading, "loading");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * weir_timeline_status_new:
 * @monitor: has the accounts
 * @model: has no rows
 *
 * Returns: (transfer floating): what stands in their place
 */
GtkWidget *
weir_timeline_status_new (WeirMonitor *monitor, WeirTimelineModel *model)
{
  WeirTimelineStatus *self = g_object_new (WEIR_TYPE_TIMELINE_STATUS, NULL);

  self->monitor = g_object_ref (monitor);
  self->model = g_object_ref (model);

  return GTK_WIDGET (self);
}

/**
 * weir_timeline_status_update:
 * @self: the status
 *
 * Looks again what there is to say. To be called while there are no rows.
 */
void
weir_timeline_status_update (WeirTimelineStatus *self)
{
  const GError *error = weir_timeline_model_get_error (self->model);
  guint n_accounts = g_list_model_get_n_items (weir_monitor_get_sessions (self->monitor));
  const char *reason;
  gboolean reachable;
  WeirBalance balance;

  g_return_if_fail (WEIR_IS_TIMELINE_STATUS (self));

  weir_timeline_model_get_balance (self->model, &balance);
  reason = find_reason (self, &reachable);
  if (error != NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);

      show_status (self, "weir-errors-symbolic", _ ("The History Does Not Answer"), sentence,
                   _ ("Try Again"), "win.refresh");
    }
  else if (weir_timeline_model_is_loading (self->model))
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
      gtk_spinner_start (self->spinner);
    }
  else if (weir_timeline_model_get_query (self->model) != NULL && balance.received > 0)
    {
      show_nothing (self);
      count_values (self);
    }
  else if (n_accounts == 0)
    {
      show_status (self, "weir-account-symbolic", _ ("No Accounts Yet"),
                   _ ("Events of your accounts appear here as they arrive."), _ ("Add Account…"),
                   "win.add-account");
    }
  else if (reason != NULL)
    {
      show_status (self, "weir-timeline-symbolic", _ ("No Event Feed"), reason, NULL, NULL);
    }
  else if (!reachable)
    {
      show_status (self, "weir-state-offline-symbolic", _ ("No Account Can Be Reached"),
                   _ ("Nothing is in the history of this computer yet. Weir keeps trying."),
                   _ ("Try Again"), "win.refresh");
    }
  else
    {
      show_status (self, "weir-timeline-symbolic", _ ("No Events Yet"),
                   _ ("They appear here as they arrive."), NULL, NULL);
    }
}

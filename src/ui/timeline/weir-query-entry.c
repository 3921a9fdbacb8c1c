/* weir-query-entry.c: an entry that knows the language of queries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-query-entry.h"

#include "weir-accessible.h"
#include "weir-query-popover.h"
#include "weir-query-values.h"
#include "weir-saved-views.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many of the queries asked last are offered where nothing is typed. */
#define N_RECENT 5
#define MAX_CHARS 120 /* a wider entry is no easier to read */

struct _WeirQueryEntry
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  WeirHistoryIndex *index; /* (nullable) */
  gboolean quiet;          /* the text is changed by us */
  char *entered;           /* (nullable) what it was at the last Enter */

  char *count_key;                 /* (nullable) what was counted, or is being */
  GHashTable *counted;             /* (nullable) field → WeirQueryValue array */
  GCancellable *count_cancellable; /* (nullable) */
  GHashTable *sampled;             /* (nullable) path → WeirQueryValue array */
  gboolean sample_stale;
  GCancellable *sample_cancellable; /* (nullable) */

  GtkEntry *entry;
  WeirQueryPopover *popover;
};

enum
{
  CHANGED,
  ACTIVATE,
  LEFT,
  ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirQueryEntry, weir_query_entry, ADW_TYPE_BIN)

static void complete (WeirQueryEntry *self, gboolean asked);

static void
hide_popover (WeirQueryEntry *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry),
                                 GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static void
set_text (WeirQueryEntry *self, const char *text, gsize cursor)
{
  self->quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry),
                             (int) g_utf8_pointer_to_offset (text, text + cursor));
  self->quiet = FALSE;
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     text[0] != '\0' ? "edit-clear-symbolic" : NULL);
}

/* Where the word begins, so that the list stands under it. */
static void
find_place (WeirQueryEntry *self, gsize start, GdkRectangle *place)
{
  const char *text = weir_query_entry_get_text (self);
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  graphene_rect_t strong;
  double x = 0;
  double y = 0;

  gtk_text_compute_cursor_extents (
      GTK_TEXT (delegate), (gsize) g_utf8_pointer_to_offset (text, text + start), &strong, NULL);
  gtk_widget_translate_coordinates (GTK_WIDGET (delegate), GTK_WIDGET (self),
                                    MAX (strong.origin.x, 0), 0, &x, &y);
  place->x = (int) CLAMP (x - 12, 0, gtk_widget_get_width (GTK_WIDGET (self)));
  place->y = gtk_widget_get_height (GTK_WIDGET (self));
  place->width = 1;
  place->height = 1;
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirQueryEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) counted = weir_query_values_count_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->count_cancellable);
  g_clear_pointer (&self->counted, g_hash_table_unref);
  self->counted = counted != NULL ? g_steal_pointer (&counted)
                                  : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  complete (self, FALSE);
}

/* Counts the values in the answer to the rest of the text; where that is no query, in all events. */
static void
count (WeirQueryEntry *self, const WeirQueryCompletion *completion)
{
  const char *const fields[] = { completion->field, NULL };
  const char *text = weir_query_entry_get_text (self);
  g_autofree char *before = g_strndup (text, completion->part.start);
  g_autofree char *rest = g_strconcat (before, text + completion->part.end, NULL);
  g_autoptr (WeirQuery) query = weir_query_new (rest, NULL);
  g_autofree char *key = g_strdup_printf ("%s\n%s", completion->field, query != NULL ? rest : "");

  if (!g_strv_contains (weir_query_values_list_fields (), completion->field)
      || g_strcmp0 (self->count_key, key) == 0)
    return;

  g_cancellable_cancel (self->count_cancellable);
  g_set_object (&self->count_cancellable, NULL);
  g_clear_pointer (&self->counted, g_hash_table_unref);
  g_free (self->count_key);
  self->count_key = g_steal_pointer (&key);
  self->count_cancellable = g_cancellable_new ();
  weir_query_values_count_async (weir_monitor_get_history (self->monitor),
                                 query != NULL ? rest : "", NULL, fields, self->count_cancellable,
                                 count_cb, g_object_ref (self));
}

static void
sample_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirQueryEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) sampled = weir_query_values_sample_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->sample_cancellable);
  if (sampled == NULL)
    return;
  g_clear_pointer (&self->sampled, g_hash_table_unref);
  self->sampled = g_steal_pointer (&sampled);
  complete (self, FALSE);
}

static void
sample (WeirQueryEntry *self)
{
  if (self->index == NULL || self->sample_cancellable != NULL
      || (self->sampled != NULL && !self->sample_stale))
    return;

  self->sample_stale = FALSE;
  self->sample_cancellable = g_cancellable_new ();
  weir_query_values_sample_async (weir_monitor_get_history (self->monitor), self->index,
                                  self->sample_cancellable, sample_cb, g_object_ref (self));
}

static void
add_recent (WeirQueryEntry *self, GPtrArray *list)
{
  g_auto (GStrv) recent = weir_recent_queries_list (weir_monitor_get_preferences (self->monitor));

  for (guint i = MIN (N_RECENT, g_strv_length (recent)); i-- > 0;)
    {
      WeirQueryCandidate *candidate = g_new0 (WeirQueryCandidate, 1);

      candidate->term = g_strdup (recent[i]);
      candidate->title = g_strdup (recent[i]);
      candidate->detail = g_strdup (_ ("Asked before"));
      candidate->number = -1;
      g_ptr_array_insert (list, 0, candidate);
    }
}

/* asked: by a key, where nothing is typed as well */
static void
complete (WeirQueryEntry *self, gboolean asked)
{
  const char *text = weir_query_entry_get_text (self);
  g_autoptr (WeirQueryCompletion) completion = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GdkRectangle place;

  if ((gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    return;

  completion = weir_query_completion_new (text, weir_query_entry_get_cursor (self));
  if (completion->kind == WEIR_QUERY_COMPLETE_NOTHING
      || (completion->part.start == completion->part.end && !asked))
    {
      hide_popover (self);
      return;
    }

  if (completion->kind == WEIR_QUERY_COMPLETE_VALUE)
    count (self, completion);
  if (completion->kind == WEIR_QUERY_COMPLETE_PATH
      || (completion->field != NULL && g_str_has_prefix (completion->field, "data.")))
    sample (self);
  list = weir_query_completion_list (completion, self->counted, self->sampled,
                                     weir_query_values_dup_label, self->monitor);
  if (text[0] == '\0')
    add_recent (self, list);

  /* what is written already need not be offered */
  if (list->len == 1)
    {
      const WeirQueryCandidate *only = list->pdata[0];
      gsize length = completion->part.end - completion->part.start;

      if (strlen (only->term) == length
          && strncmp (only->term, text + completion->part.start, length) == 0)
        g_ptr_array_set_size (list, 0);
    }
  find_place (self, completion->part.field, &place);
  weir_query_popover_set_candidates (self->popover, list, &place);
}

static void
take (WeirQueryEntry *self, const WeirQueryCandidate *candidate)
{
  const char *text = weir_query_entry_get_text (self);
  g_autoptr (WeirQueryCompletion) completion =
      weir_query_completion_new (text, weir_query_entry_get_cursor (self));
  gsize cursor;
  g_autofree char *edited =
      weir_query_edit_replace (text, &completion->part, candidate->term, &cursor);

  hide_popover (self);
  set_text (self, edited, cursor);
  g_signal_emit (self, signals[CHANGED], 0);
  /* a field wants its value */
  if (edited[cursor - 1] == ':')
    complete (self, FALSE);
}

static void
chosen_cb (WeirQueryEntry *self)
{
  const WeirQueryCandidate *candidate = weir_query_popover_get_selected (self->popover);

  if (candidate != NULL)
    take (self, candidate);
}

static void
changed_cb (WeirQueryEntry *self)
{
  const char *text = weir_query_entry_get_text (self);

  if (self->quiet)
    return;

  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     text[0] != '\0' ? "edit-clear-symbolic" : NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The text's own signal comes before the cursor has moved behind what was typed. */
static void
cursor_cb (WeirQueryEntry *self)
{
  if (!self->quiet)
    complete (self, FALSE);
}

static void
activate_cb (WeirQueryEntry *self)
{
  g_autofree char *text = g_strdup (weir_query_entry_get_text (self));
  gboolean again = g_str_equal (text, self->entered != NULL ? self->entered : "");

  hide_popover (self);
  g_free (self->entered);
  self->entered = g_steal_pointer (&text);
  g_signal_emit (self, signals[ACTIVATE], 0);
  if (again)
    g_signal_emit (self, signals[ENTERED], 0);
}

static void
icon_cb (WeirQueryEntry *self, GtkEntryIconPosition position)
{
  if (position != GTK_ENTRY_ICON_SECONDARY)
    return;

  set_text (self, "", 0);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
select_row (WeirQueryEntry *self, int step)
{
  weir_query_popover_move (self->popover, step);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT,
                                  weir_query_popover_get_row (self->popover), -1);
}

/* Keys of the list while it is there. */
static gboolean
handle_list_key (WeirQueryEntry *self, guint keyval)
{
  const WeirQueryCandidate *selected = weir_query_popover_get_selected (self->popover);

  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      select_row (self, 1);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      select_row (self, -1);
      return TRUE;
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      take (self, selected != NULL ? selected : weir_query_popover_get_first (self->popover));
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (selected == NULL)
        return FALSE;
      take (self, selected);
      return TRUE;
    case GDK_KEY_Escape:
      hide_popover (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
key_cb (WeirQueryEntry *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (weir_query_entry_is_completing (self))
    return handle_list_key (self, keyval) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    {
      complete (self, TRUE);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Escape && weir_query_entry_get_text (self)[0] != '\0')
    {
      icon_cb (self, GTK_ENTRY_ICON_SECONDARY);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
leave_cb (WeirQueryEntry *self)
{
  hide_popover (self);
  g_signal_emit (self, signals[LEFT], 0);
}

static gboolean
weir_query_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WEIR_QUERY_ENTRY (widget)->entry));
}

static void
weir_query_entry_dispose (GObject *object)
{
  WeirQueryEntry *self = WEIR_QUERY_ENTRY (object);

  g_cancellable_cancel (self->count_cancellable);
  g_clear_object (&self->count_cancellable);
  g_cancellable_cancel (self->sample_cancellable);
  g_clear_object (&self->sample_cancellable);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_pointer (&self->counted, g_hash_table_unref);
  g_clear_pointer (&self->sampled, g_hash_table_unref);
  g_clear_pointer (&self->count_key, g_free);
  g_clear_pointer (&self->entered, g_free);
  g_clear_object (&self->index);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_query_entry_parent_class)->dispose (object);
}

static void
weir_query_entry_class_init (WeirQueryEntryClass *klass)
{
  static const char *const names[N_SIGNALS] = { "changed", "activate", "left", "entered" };

  G_OBJECT_CLASS (klass)->dispose = weir_query_entry_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = weir_query_entry_grab_focus;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_query_entry_init (WeirQueryEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), weir_text_is_large () ? 5 : 12);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), MAX_CHARS);
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_PRIMARY, "system-search-symbolic");
  gtk_entry_set_icon_activatable (self->entry, GTK_ENTRY_ICON_PRIMARY, FALSE);
  gtk_entry_set_icon_tooltip_text (self->entry, GTK_ENTRY_ICON_SECONDARY, _ ("Clear the Query"));
  gtk_entry_set_placeholder_text (self->entry, _ ("Words, kind:updated, data.name:value"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Query"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "notify::cursor-position", G_CALLBACK (cursor_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "icon-release", G_CALLBACK (icon_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);

  self->popover = WEIR_QUERY_POPOVER (weir_query_popover_new ());
  g_signal_connect_swapped (self->popover, "chosen", G_CALLBACK (chosen_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->entry));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

/**
 * weir_query_entry_new:
 * @monitor: has the history and the names of records
 *
 * Returns: (transfer floating): an empty entry
 */
GtkWidget *
weir_query_entry_new (WeirMonitor *monitor)
{
  WeirQueryEntry *self = g_object_new (WEIR_TYPE_QUERY_ENTRY, NULL);

  self->monitor = g_object_ref (monitor);

  return GTK_WIDGET (self);
}

/**
 * weir_query_entry_get_text:
 * @self: the entry
 *
 * Returns: (transfer none): what is typed
 */
const char *
weir_query_entry_get_text (WeirQueryEntry *self)
{
  g_return_val_if_fail (WEIR_IS_QUERY_ENTRY (self), "");

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * weir_query_entry_set_text:
 * @self: the entry
 * @text: what is to stand in it; the cursor goes to its end
 */
void
weir_query_entry_set_text (WeirQueryEntry *self, const char *text)
{
  g_return_if_fail (WEIR_IS_QUERY_ENTRY (self));
  g_return_if_fail (text != NULL);

  hide_popover (self);
  set_text (self, text, strlen (text));
}

/**
 * weir_query_entry_get_cursor:
 * @self: the entry
 *
 * Returns: where the cursor is, bytes
 */
gsize
weir_query_entry_get_cursor (WeirQueryEntry *self)
{
  const char *text = weir_query_entry_get_text (self);

  g_return_val_if_fail (WEIR_IS_QUERY_ENTRY (self), 0);

  return (gsize) (g_utf8_offset_to_pointer (text,
                                            gtk_editable_get_position (GTK_EDITABLE (self->entry)))
                  - text);
}

/**
 * weir_query_entry_is_completing:
 * @self: the entry
 *
 * Returns: whether the list of what may come next is shown
 */
gboolean
weir_query_entry_is_completing (WeirQueryEntry *self)
{
  g_return_val_if_fail (WEIR_IS_QUERY_ENTRY (self), FALSE);

  return self->popover != NULL && gtk_widget_get_visible (GTK_WIDGET (self->popover));
}

/**
 * weir_query_entry_set_index:
 * @self: the entry
 * @index: (nullable): the answer to the query; paths and values of payloads are taken from it
 */
void
weir_query_entry_set_index (WeirQueryEntry *self, WeirHistoryIndex *index)
{
  g_return_if_fail (WEIR_IS_QUERY_ENTRY (self));

  if (!g_set_object (&self->index, index))
    return;

  /* what was counted of other events */
  self->sample_stale = TRUE;
  if (!weir_query_entry_is_completing (self))
    g_clear_pointer (&self->count_key, g_free);
}

/**
 * weir_query_entry_set_problem:
 * @self: the entry
 * @message: (nullable): what is wrong; %NULL: nothing is
 * @is_error: whether it is no query; else it is one, but hardly what was meant
 * @start: where the word to blame begins, bytes
 * @end: where it ends; with 0 no word is underlined
 */
void
weir_query_entry_set_problem (WeirQueryEntry *self,
                              const char *message,
                              gboolean is_error,
                              gsize start,
                              gsize end)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  g_return_if_fail (WEIR_IS_QUERY_ENTRY (self));

  if (message != NULL && is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  weir_accessible_set_note (GTK_WIDGET (self->entry), message, is_error);
  if (message != NULL && end > start)
    {
      PangoAttribute *underline = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

      underline->start_index = (guint) start;
      underline->end_index = (guint) end;
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, underline);
    }
  gtk_entry_set_attributes (self->entry, attributes);
}

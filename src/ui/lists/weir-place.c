/* weir-place.c: where somebody was in a table of records, from one start to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-place.h"

#define PATIENCE (30 * G_TIME_SPAN_SECOND) /* a list that jumps later would surprise */
#define MAX_SELECTED 100

typedef struct
{
  char *account; /* uuid */
  char *id;
} Name;

struct _WeirPlace
{
  WeirMonitor *monitor;
  WeirRecordKind kind;
  gint64 until;     /* monotonic, µs */
  GArray *selected; /* (element-type Name) */
  Name top;         /* .id is NULL: none, or it was found */
};

static void
name_clear (Name *name)
{
  g_clear_pointer (&name->account, g_free);
  g_clear_pointer (&name->id, g_free);
}

static GVariant *
to_variant (WeirRecord *record)
{
  return g_variant_new ("(ss)", weir_record_get_account (record)->uuid,
                        weir_record_get_id (record));
}

static WeirRecord *
find (WeirPlace *self, const Name *name)
{
  WeirAccount *account =
      weir_account_store_find_uuid (weir_monitor_get_store (self->monitor), name->account);

  if (account == NULL)
    return NULL;

  return weir_record_set_find (weir_monitor_get_records (self->monitor, self->kind), account,
                               name->id);
}

/**
 * weir_place_save:
 * @table: a table of records
 * @list: its rows
 * @state: a dictionary
 *
 * Puts what is selected and what is on top into @state.
 */
void
weir_place_save (WeirTable *table, WeirRecordList *list, GVariantDict *state)
{
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (list);
  gpointer top = weir_table_get_top (table);
  GVariantBuilder names;

  g_variant_builder_init (&names, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < MIN (selected->len, MAX_SELECTED); i++)
    g_variant_builder_add_value (&names, to_variant (selected->pdata[i]));
  g_variant_dict_insert_value (state, "selected", g_variant_builder_end (&names));
  if (top != NULL)
    g_variant_dict_insert_value (state, "top", to_variant (top));
}

/**
 * weir_place_restore:
 * @monitor: has the records
 * @kind: of the records
 * @state: of weir_place_save()
 *
 * Returns: (transfer full): what is to be looked for
 */
WeirPlace *
weir_place_restore (WeirMonitor *monitor, WeirRecordKind kind, GVariantDict *state)
{
  WeirPlace *self = g_new0 (WeirPlace, 1);
  g_autoptr (GVariant) selected =
      g_variant_dict_lookup_value (state, "selected", G_VARIANT_TYPE ("a(ss)"));
  GVariantIter iter;
  Name name;

  self->monitor = g_object_ref (monitor);
  self->kind = kind;
  self->until = g_get_monotonic_time () + PATIENCE;
  self->selected = g_array_new (FALSE, FALSE, sizeof (Name));
  g_array_set_clear_func (self->selected, (GDestroyNotify) name_clear);
  if (selected != NULL)
    {
      g_variant_iter_init (&iter, selected);
      while (g_variant_iter_next (&iter, "(ss)", &name.account, &name.id))
        g_array_append_val (self->selected, name);
    }
  g_variant_dict_lookup (state, "top", "(ss)", &self->top.account, &self->top.id);

  return self;
}

static gboolean
select_all (WeirPlace *self, WeirRecordList *list)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (list);

  for (guint i = self->selected->len; i-- > 0;)
    {
      WeirRecord *record = find (self, &g_array_index (self->selected, Name, i));
      guint position = record != NULL ? weir_record_list_find (list, record) : G_MAXUINT;

      if (position == G_MAXUINT)
        continue;
      gtk_selection_model_select_item (model, position, FALSE);
      g_array_remove_index_fast (self->selected, i);
    }

  return self->selected->len == 0;
}

/**
 * weir_place_look:
 * @self: what is looked for
 * @table: a table of records
 * @list: its rows
 *
 * Returns: %FALSE if there is nothing more to look for
 */
gboolean
weir_place_look (WeirPlace *self, WeirTable *table, WeirRecordList *list)
{
  gboolean selected = select_all (self, list);

  if (self->top.id != NULL)
    {
      WeirRecord *record = find (self, &self->top);

      if (record != NULL && weir_record_list_find (list, record) != G_MAXUINT)
        {
          weir_table_put_on_top (table, record);
          name_clear (&self->top);
        }
    }

  return (!selected || self->top.id != NULL) && g_get_monotonic_time () < self->until;
}

/**
 * weir_place_free:
 * @self: (transfer full): what was looked for
 */
void
weir_place_free (WeirPlace *self)
{
  g_object_unref (self->monitor);
  g_array_unref (self->selected);
  name_clear (&self->top);
  g_free (self);
}

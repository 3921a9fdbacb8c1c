/* weir-line-model.c: JSON's lines as a list, with a run of them selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line is made when the list asks for its row. GtkMultiSelection would walk over all the lines that are selected, and
 * make each: the run here is two numbers.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-line-model.h"

struct _WeirLine
{
  GObject parent_instance;

  guint number;
  char *text;
};

G_DEFINE_FINAL_TYPE (WeirLine, weir_line, G_TYPE_OBJECT)

struct _WeirLineModel
{
  GObject parent_instance;

  WeirJsonLines *lines;
  guint first; /* of the selected ones */
  guint count;
};

static void
weir_line_finalize (GObject *object)
{
  g_free (WEIR_LINE (object)->text);

  G_OBJECT_CLASS (weir_line_parent_class)->finalize (object);
}

static void
weir_line_class_init (WeirLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_line_finalize;
}

static void
weir_line_init (WeirLine *self)
{
}

static GType
weir_line_model_get_item_type (GListModel *list)
{
  return WEIR_TYPE_LINE;
}

static guint
weir_line_model_get_n_items (GListModel *list)
{
  return weir_json_lines_get_length (WEIR_LINE_MODEL (list)->lines);
}

static gpointer
weir_line_model_get_item (GListModel *list, guint position)
{
  WeirLineModel *self = WEIR_LINE_MODEL (list);
  WeirLine *line;
  gboolean whole;

  if (position >= weir_json_lines_get_length (self->lines))
    return NULL;

  line = g_object_new (WEIR_TYPE_LINE, NULL);
  line->number = position;
  line->text = weir_json_lines_dup (self->lines, position, WEIR_LINE_MAX_BYTES, &whole);
  if (!whole)
    {
      char *cut = g_strconcat (line->text, "…", NULL);

      g_free (line->text);
      line->text = cut;
    }

  return line;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = weir_line_model_get_item_type;
  iface->get_n_items = weir_line_model_get_n_items;
  iface->get_item = weir_line_model_get_item;
}

static gboolean
weir_line_model_is_selected (GtkSelectionModel *model, guint position)
{
  WeirLineModel *self = WEIR_LINE_MODEL (model);

  return position >= self->first && position - self->first < self->count;
}

static GtkBitset *
weir_line_model_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  WeirLineModel *self = WEIR_LINE_MODEL (model);
  GtkBitset *selected = gtk_bitset_new_empty ();

  if (self->count > 0)
    gtk_bitset_add_range (selected, self->first, self->count);

  return selected;
}

static void
set_selected (WeirLineModel *self, guint first, guint count)
{
  guint begin = MIN (first, self->first);
  guint end = MAX (first + count, self->first + self->count);

  if (self->first == first && self->count == count)
    return;
  if (count == 0 || self->count == 0)
    {
      begin = count > 0 ? first : self->first;
      end = count > 0 ? first + count : self->first + self->count;
    }
  self->first = first;
  self->count = count;
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), begin, end - begin);
}

static gboolean
weir_line_model_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  WeirLineModel *self = WEIR_LINE_MODEL (model);
  guint end = self->first + self->count;

  if (unselect_rest || self->count == 0)
    set_selected (self, position, 1);
  else if (position < self->first)
    set_selected (self, position, end - position);
  else if (position >= end)
    set_selected (self, self->first, position - self->first + 1);

  return TRUE;
}

static gboolean
weir_line_model_unselect_item (GtkSelectionModel *model, guint position)
{
  if (weir_line_model_is_selected (model, position))
    set_selected (WEIR_LINE_MODEL (model), position, 0);

  return TRUE;
}

static gboolean
weir_line_model_select_range (GtkSelectionModel *model,
                              guint position,
                              guint n_items,
                              gboolean unselect_rest)
{
  set_selected (WEIR_LINE_MODEL (model), position, n_items);

  return TRUE;
}

static gboolean
weir_line_model_select_all (GtkSelectionModel *model)
{
  set_selected (WEIR_LINE_MODEL (model), 0, weir_line_model_get_n_items (G_LIST_MODEL (model)));

  return TRUE;
}

static gboolean
weir_line_model_unselect_all (GtkSelectionModel *model)
{
  set_selected (WEIR_LINE_MODEL (model), 0, 0);

  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = weir_line_model_is_selected;
  iface->get_selection_in_range = weir_line_model_get_selection_in_range;
  iface->select_item = weir_line_model_select_item;
  iface->unselect_item = weir_line_model_unselect_item;
  iface->select_range = weir_line_model_select_range;
  iface->select_all = weir_line_model_select_all;
  iface->unselect_all = weir_line_model_unselect_all;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirLineModel,
                               weir_line_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_init))

static void
weir_line_model_finalize (GObject *object)
{
  weir_json_lines_unref (WEIR_LINE_MODEL (object)->lines);

  G_OBJECT_CLASS (weir_line_model_parent_class)->finalize (object);
}

static void
weir_line_model_class_init (WeirLineModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_line_model_finalize;
}

static void
weir_line_model_init (WeirLineModel *self)
{
}

/**
 * weir_line_get_text:
 * @self: a line
 *
 * Returns: (transfer none): its text, or the beginning and "…"
 */
const char *
weir_line_get_text (WeirLine *self)
{
  g_return_val_if_fail (WEIR_IS_LINE (self), NULL);

  return self->text;
}

/**
 * weir_line_get_number:
 * @self: a line
 *
 * Returns: its place, from 0 on
 */
guint
weir_line_get_number (WeirLine *self)
{
  g_return_val_if_fail (WEIR_IS_LINE (self), 0);

  return self->number;
}

/**
 * weir_line_model_new:
 * @lines: what is listed
 *
 * Returns: (transfer full): a list of #WeirLine, none of them selected
 */
WeirLineModel *
weir_line_model_new (WeirJsonLines *lines)
{
  WeirLineModel *self;

  g_return_val_if_fail (lines != NULL, NULL);

  self = g_object_new (WEIR_TYPE_LINE_MODEL, NULL);
  self->lines = weir_json_lines_ref (lines);

  return self;
}

/**
 * weir_line_model_get_lines:
 * @self: the list
 *
 * Returns: (transfer none): what is listed
 */
WeirJsonLines *
weir_line_model_get_lines (WeirLineModel *self)
{
  g_return_val_if_fail (WEIR_IS_LINE_MODEL (self), NULL);

  return self->lines;
}

/**
 * weir_line_model_get_selected:
 * @self: the list
 * @first: (out): the first of the selected lines
 * @count: (out): how many they are
 *
 * Returns: whether any is selected
 */
gboolean
weir_line_model_get_selected (WeirLineModel *self, guint *first, guint *count)
{
  g_return_val_if_fail (WEIR_IS_LINE_MODEL (self), FALSE);

  *first = self->first;
  *count = self->count;

  return self->count > 0;
}

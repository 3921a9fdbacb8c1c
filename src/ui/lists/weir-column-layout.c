/* weir-column-layout.c: which columns a table shows, in which order, and how wide
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-column-layout.h"

#include "weir-cell.h"
#include "weir-column-titles.h"
#include "weir-remember.h"
#include "weir-width-bin.h"

#define MOST_TRIES 8
/* px, where rows of one name have to be told apart */
#define APART_BELOW 440

struct _WeirColumnLayout
{
  GObject parent_instance;

  GtkColumnView *view; /* not owned: it goes with whoever owns us */
  const WeirColumn *columns;
  GPtrArray *views;   /* (element-type GtkColumnViewColumn) in the order of columns */
  GPtrArray *titles;  /* (element-type GtkWidget) theirs */
  GPtrArray *fits;    /* (element-type WeirColumnFit) theirs */
  GHashTable *hidden; /* ids of columns, by the user */
  char *id;           /* (nullable) until it is known where it is kept */
  char *sort;         /* (nullable) a column's id */
  gboolean descending;
  GListModel *accounts; /* (nullable) whose rows there are */
  gboolean refit;       /* other rows were asked for since texts were seen */
  gboolean quiet;       /* changed by us */
  int width;            /* px, -1 not known */
  int unforeseen;       /* px that columns were wider than reckoned */
  int dpi;              /* of texts, when they were seen */
  guint idle_id;        /* texts need more room */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirColumnLayout, weir_column_layout, G_TYPE_OBJECT)

static char *
dup_key (WeirColumnLayout *self)
{
  return g_strconcat ("table.", self->id, NULL);
}

/* The place of @id in the array of columns, or G_MAXUINT. */
static guint
find_id (WeirColumnLayout *self, const char *id)
{
  for (guint i = 0; i < self->views->len; i++)
    if (g_str_equal (self->columns[i].id, id))
      return i;

  return G_MAXUINT;
}

/* Of the column that stands at @position. */
static guint
get_index (WeirColumnLayout *self, guint position)
{
  g_autoptr (GtkColumnViewColumn) view =
      g_list_model_get_item (gtk_column_view_get_columns (self->view), position);
  guint index = 0;

  g_ptr_array_find (self->views, view, &index);

  return index;
}

static gboolean
is_usual_order (WeirColumnLayout *self)
{
  for (guint i = 0; i < self->views->len; i++)
    if (get_index (self, i) != i)
      return FALSE;

  return TRUE;
}

static void
keep (WeirColumnLayout *self)
{
  g_autofree char *key = NULL;
  GVariantDict dict;
  GVariantBuilder order;
  GVariantBuilder hidden;
  GVariantBuilder widths;

  if (self->id == NULL || self->quiet)
    return;

  key = dup_key (self);
  g_variant_dict_init (&dict, NULL);
  g_variant_builder_init (&order, G_VARIANT_TYPE_STRING_ARRAY);
  g_variant_builder_init (&hidden, G_VARIANT_TYPE_STRING_ARRAY);
  g_variant_builder_init (&widths, G_VARIANT_TYPE ("a{si}"));
  for (guint i = 0; i < self->views->len; i++)
    {
      guint index = get_index (self, i);
      const char *id = self->columns[index].id;
      int width = gtk_column_view_column_get_fixed_width (self->views->pdata[index]);

      g_variant_builder_add (&order, "s", id);
      if (g_hash_table_contains (self->hidden, id))
        g_variant_builder_add (&hidden, "s", id);
      if (width > 0)
        g_variant_builder_add (&widths, "{si}", id, width);
    }
  /* a later Weir may have a better order */
  if (is_usual_order (self))
    g_variant_builder_clear (&order);
  else
    g_variant_dict_insert_value (&dict, "order", g_variant_builder_end (&order));
  g_variant_dict_insert_value (&dict, "hidden", g_variant_builder_end (&hidden));
  g_variant_dict_insert_value (&dict, "widths", g_variant_builder_end (&widths));
  if (self->sort != NULL)
    g_variant_dict_insert (&dict, "sort", "(sb)", self->sort, self->descending);
  weir_remember_keep (key, g_variant_dict_end (&dict));
}

/* GTK 4.8 moves where titles are drawn, but neither keys nor screen readers come to them in that order. */
static void
order_titles (WeirColumnLayout *self)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < self->titles->len; i++)
    {
      GtkWidget *title = self->titles->pdata[get_index (self, i)];

      gtk_widget_insert_after (title, gtk_widget_get_parent (title), before);
      before = title;
    }
}

/* What somebody has made wide is scrolled to. */
static gboolean
has_own_width (WeirColumnLayout *self)
{
  for (guint i = 0; i < self->views->len; i++)
    if (gtk_column_view_column_get_fixed_width (self->views->pdata[i]) > 0)
      return TRUE;

  return FALSE;
}

/* How many px the columns need more than there are; less than 0: none. */
static int
measure_excess (WeirColumnLayout *self)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);

  return weir_width_for_text (minimum) - self->width;
}

static gboolean
has_several_accounts (WeirColumnLayout *self)
{
  return self->accounts != NULL && g_list_model_get_n_items (self->accounts) > 1;
}

/* The px below which there is no room for a column. */
static guint
get_hide_below (WeirColumnLayout *self, guint i)
{
  const WeirColumn *column = &self->columns[i];

  return (column->flags & WEIR_COLUMN_APART) && has_several_accounts (self)
             ? MIN (column->hide_below, APART_BELOW)
             : column->hide_below;
}

/* What can be spared first, of what a table may be without that is @width px wide. */
static guint
find_spare (WeirColumnLayout *self, const gboolean *shown, int width)
{
  guint spare = G_MAXUINT;
  guint most = 0;

  for (guint i = 0; i < self->views->len; i++)
    {
      guint below = get_hide_below (self, i);

      /* says the same in every row */
      if ((self->columns[i].flags & WEIR_COLUMN_APART) && self->accounts != NULL
          && !has_several_accounts (self))
        below = G_MAXINT;
      if (shown[i] && below > most && (int) below >= width)
        {
          most = below;
          spare = i;
        }
    }

  return spare;
}

static int
measure_column (WeirColumnLayout *self, guint i, WeirFitLevel level)
{
  int text = weir_column_fit_measure (self->fits->pdata[i], level, GTK_WIDGET (self->view));
  int title = weir_column_title_measure (self->titles->pdata[i], self->views->pdata[i]);

  return MAX (title, text);
}

/* Which columns there is room for. For what is to be whole columns give way that there is hardly room for anyhow; so that
 * nothing is cut off at the end of the rows, all that may. */
static gboolean
choose_columns (WeirColumnLayout *self, WeirFitLevel level, gboolean *shown)
{
  int needed = self->unforeseen;

  for (guint i = 0; i < self->views->len; i++)
    {
      shown[i] = !g_hash_table_contains (self->hidden, self->columns[i].id)
                 && (self->width < 0 || (guint) self->width >= get_hide_below (self, i));
      if (shown[i])
        needed += measure_column (self, i, level);
    }
  if (self->width <= 0 || has_own_width (self))
    return TRUE;

  while (weir_width_for_text (needed) > self->width)
    {
      guint spare =
          level < WEIR_FIT_ALL
              ? find_spare (self, shown, level == WEIR_FIT_MAIN ? self->width * 95 / 100 : 0)
              : G_MAXUINT;

      if (spare == G_MAXUINT)
        return FALSE;
      shown[spare] = FALSE;
      needed -= measure_column (self, spare, level);
    }

  return TRUE;
}

/* The row of titles was not measured since the last one went and says nothing of it: the table would seem as wide as
 * before, and all would go. */
static void
set_visible (WeirColumnLayout *self, guint i, gboolean visible)
{
  if (gtk_column_view_column_get_visible (self->views->pdata[i]) == visible)
    return;

  gtk_column_view_column_set_visible (self->views->pdata[i], visible);
  gtk_widget_queue_resize (GTK_WIDGET (self->view));
}

/* A column asks its cells for their size once and keeps it, until it has another width of its own. */
static void
forget_sizes (WeirColumnLayout *self)
{
  gboolean was_quiet = self->quiet;

  self->quiet = TRUE;
  for (guint i = 0; i < self->views->len; i++)
    {
      GtkColumnViewColumn *view = self->views->pdata[i];
      int width = gtk_column_view_column_get_fixed_width (view);

      gtk_column_view_column_set_fixed_width (view, width + 1);
      gtk_column_view_column_set_fixed_width (view, width);
    }
  self->quiet = was_quiet;
  gtk_widget_queue_resize (GTK_WIDGET (self->view));
}

static void
set_level (WeirColumnLayout *self, WeirFitLevel level, gboolean grown)
{
  for (guint i = 0; i < self->fits->len; i++)
    grown = weir_column_fit_set_level (self->fits->pdata[i], level) || grown;
  if (!grown)
    return;

  weir_cells_fit (GTK_WIDGET (self->view), FALSE);
  forget_sizes (self);
}

/* Columns that are not shown have no texts to be seen. */
static void
see_again (WeirColumnLayout *self)
{
  self->unforeseen = 0;
  for (guint i = 0; i < self->fits->len; i++)
    {
      if (gtk_column_view_column_get_visible (self->views->pdata[i]))
        weir_column_fit_forget (self->fits->pdata[i]);
    }
  weir_cells_fit (GTK_WIDGET (self->view), TRUE);
  g_clear_handle_id (&self->idle_id, g_source_remove);
}

/* @grown: the texts need more room than before. What is reckoned is not what it is to the pixel; then it is reckoned again. */
static void
update_visible (WeirColumnLayout *self, gboolean grown)
{
  g_autofree gboolean *shown = g_new0 (gboolean, self->views->len);
  gboolean done = FALSE;

  for (guint i = 0; i < MOST_TRIES && !done; i++)
    {
      WeirFitLevel level = WEIR_FIT_ALL;
      int excess;

      if (self->refit && !choose_columns (self, level, shown))
        {
          see_again (self);
          self->refit = FALSE;
          grown = TRUE;
        }
      while (!choose_columns (self, level, shown) && level > WEIR_FIT_NOTHING)
        level--;
      set_level (self, level, grown);
      for (guint j = 0; j < self->views->len; j++)
        set_visible (self, j, shown[j]);
      grown = FALSE;

      if (self->width <= 0 || has_own_width (self))
        return;
      excess = measure_excess (self);
      done = excess <= 0 || (level == WEIR_FIT_NOTHING && find_spare (self, shown, 0) == G_MAXUINT);
      if (!done)
        self->unforeseen += weir_width_from_text (excess) + 1;
    }
}

static gboolean
grown_cb (gpointer user_data)
{
  WeirColumnLayout *self = user_data;

  self->idle_id = 0;
  update_visible (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* Rows get their texts while they are laid out, which is no time for asking for another size. */
static void
fit_changed_cb (WeirColumnLayout *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, grown_cb, self, NULL);
}

static void
changed (WeirColumnLayout *self)
{
  /* one that moves is gone for a moment */
  if (self->quiet
      || g_list_model_get_n_items (gtk_column_view_get_columns (self->view)) != self->views->len)
    return;

  order_titles (self);
  keep (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A column that is in the table already is moved. */
static void
put (WeirColumnLayout *self, GtkColumnViewColumn *view, guint position)
{
  gboolean was_quiet = self->quiet;

  self->quiet = TRUE;
  gtk_column_view_insert_column (self->view, position, view);
  self->quiet = was_quiet;
}

static void
restore_order (WeirColumnLayout *self, GVariant *order)
{
  GVariantIter iter;
  const char *id;
  guint position = 0;

  g_variant_iter_init (&iter, order);
  while (g_variant_iter_next (&iter, "&s", &id))
    {
      guint index = find_id (self, id);

      /* what a newer Weir has besides stays behind these */
      if (index != G_MAXUINT)
        put (self, self->views->pdata[index], position++);
    }
}

static void
restore (WeirColumnLayout *self, GVariant *value)
{
  g_autoptr (GVariant) order = g_variant_lookup_value (value, "order", G_VARIANT_TYPE_STRING_ARRAY);
  g_autoptr (GVariant) hidden =
      g_variant_lookup_value (value, "hidden", G_VARIANT_TYPE_STRING_ARRAY);
  g_autoptr (GVariant) widths = g_variant_lookup_value (value, "widths", G_VARIANT_TYPE ("a{si}"));
  GVariantIter iter;
  const char *id;
  int width;

  if (order != NULL)
    restore_order (self, order);
  for (gsize i = 0; hidden != NULL && i < g_variant_n_children (hidden); i++)
    {
      guint index;

      g_variant_get_child (hidden, i, "&s", &id);
      index = find_id (self, id);
      if (index != G_MAXUINT && !(self->columns[index].flags & WEIR_COLUMN_MAIN))
        g_hash_table_add (self->hidden, g_strdup (id));
    }
  if (widths != NULL)
    {
      g_variant_iter_init (&iter, widths);
      while (g_variant_iter_next (&iter, "{&si}", &id, &width))
        {
          guint index = find_id (self, id);

          if (index != G_MAXUINT && width > 0)
            gtk_column_view_column_set_fixed_width (self->views->pdata[index], width);
        }
    }
  if (g_variant_lookup (value, "sort", "(&sb)", &id, &self->descending)
      && find_id (self, id) != G_MAXUINT)
    self->sort = g_strdup (id);
}

static void
weir_column_layout_dispose (GObject *object)
{
  WeirColumnLayout *self = WEIR_COLUMN_LAYOUT (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  for (guint i = 0; i < self->fits->len; i++)
    g_signal_handlers_disconnect_by_data (self->fits->pdata[i], self);
  for (guint i = 0; self->views != NULL && i < self->views->len; i++)
    g_signal_handlers_disconnect_by_data (self->views->pdata[i], self);
  g_clear_pointer (&self->views, g_ptr_array_unref);

  G_OBJECT_CLASS (weir_column_layout_parent_class)->dispose (object);
}

static void
weir_column_layout_finalize (GObject *object)
{
  WeirColumnLayout *self = WEIR_COLUMN_LAYOUT (object);

  g_hash_table_unref (self->hidden);
  g_clear_object (&self->accounts);
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->fits);
  g_free (self->id);
  g_free (self->sort);

  G_OBJECT_CLASS (weir_column_layout_parent_class)->finalize (object);
}

static void
weir_column_layout_class_init (WeirColumnLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_column_layout_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_column_layout_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_column_layout_init (WeirColumnLayout *self)
{
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->titles = g_ptr_array_new ();
  self->fits = g_ptr_array_new_with_free_func (g_object_unref);
  self->width = -1;
}

/**
 * weir_column_layout_new:
 * @view: a table that has all its columns, and outlives the layout
 * @columns: what they are
 * @views: (element-type GtkColumnViewColumn): the same in the same order
 *
 * Returns: (transfer full): the layout, which is the usual one
 */
WeirColumnLayout *
weir_column_layout_new (GtkColumnView *view, const WeirColumn *columns, GPtrArray *views)
{
  WeirColumnLayout *self;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);

  self = g_object_new (WEIR_TYPE_COLUMN_LAYOUT, NULL);
  self->view = view;
  self->columns = columns;
  self->views = g_ptr_array_ref (views);
  for (GtkWidget *title =
           gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));
       title != NULL && self->titles->len < views->len; title = gtk_widget_get_next_sibling (title))
    g_ptr_array_add (self->titles, title);
  for (guint i = 0; i < views->len; i++)
    {
      WeirColumnFit *fit = weir_column_fit_new (&columns[i]);

      weir_column_fit_set_level (fit, WEIR_FIT_MAIN);
      g_signal_connect_swapped (fit, "changed", G_CALLBACK (fit_changed_cb), self);
      g_ptr_array_add (self->fits, fit);
      g_signal_connect_swapped (views->pdata[i], "notify::fixed-width", G_CALLBACK (keep), self);
    }
  /* titles can be dragged */
  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed",
                           G_CALLBACK (changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * weir_column_layout_set_id:
 * @self: a layout
 * @id: whose it is; only once
 *
 * Has it as it was last under this id, and keeps it there from now on.
 */
void
weir_column_layout_set_id (WeirColumnLayout *self, const char *id)
{
  g_autoptr (GVariant) value = NULL;
  g_autofree char *key = NULL;

  g_return_if_fail (WEIR_IS_COLUMN_LAYOUT (self));
  g_return_if_fail (self->id == NULL && id != NULL);

  self->id = g_strdup (id);
  key = dup_key (self);
  value = weir_remember_lookup (key);
  if (value == NULL)
    return;

  self->quiet = TRUE;
  restore (self, value);
  self->quiet = FALSE;
  order_titles (self);
  update_visible (self, FALSE);
}

/**
 * weir_column_layout_set_width:
 * @self: a layout
 * @width: how much room the table has, px
 *
 * What a narrow table has no room for is not shown, whatever was chosen.
 */
void
weir_column_layout_set_width (WeirColumnLayout *self, int width)
{
  gboolean again;
  int dpi = -1;

  g_return_if_fail (WEIR_IS_COLUMN_LAYOUT (self));

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  again = self->dpi != dpi;
  if (again)
    {
      for (guint i = 0; i < self->fits->len; i++)
        weir_column_fit_forget (self->fits->pdata[i]);
      see_again (self);
    }
  self->dpi = dpi;
  self->width = width;
  update_visible (self, again);
}

static void
accounts_changed_cb (WeirColumnLayout *self)
{
  for (guint i = 0; i < self->fits->len; i++)
    weir_column_fit_set_apart (self->fits->pdata[i], (self->columns[i].flags & WEIR_COLUMN_APART)
                                                         && has_several_accounts (self));
  fit_changed_cb (self);
}

/**
 * weir_column_layout_set_accounts:
 * @self: a layout
 * @accounts: one item an account; only once
 *
 * Where there are several, that column is among the last to go which tells whose a row is; where there is one, it is the
 * first.
 */
void
weir_column_layout_set_accounts (WeirColumnLayout *self, GListModel *accounts)
{
  g_return_if_fail (WEIR_IS_COLUMN_LAYOUT (self));
  g_return_if_fail (G_IS_LIST_MODEL (accounts) && self->accounts == NULL);

  self->accounts = g_object_ref (accounts);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  accounts_changed_cb (self);
}

/**
 * weir_column_layout_refit:
 * @self: a layout
 *
 * Somebody asked for other rows: if there is too little room for all texts, those of rows that are gone need none.
 */
void
weir_column_layout_refit (WeirColumnLayout *self)
{
  g_return_if_fail (WEIR_IS_COLUMN_LAYOUT (self));

  self->refit = TRUE;
  fit_changed_cb (self);
}

/**
 * weir_column_layout_get_fit:
 * @self: a layout
 * @column: one of its columns
 *
 * Returns: (transfer none): how much room the column's texts need
 */
WeirColumnFit *
weir_column_layout_get_fit (WeirColumnLayout *self, const WeirColumn *column)
{
  g_return_val_if_fail (WEIR_IS_COLUMN_LAYOUT (self), NULL);
  g_return_val_if_fail (column >= self->columns && column < self->columns + self->fits->len, NULL);

  return self->fits->pdata[column - self->columns];
}

/**
 * weir_column_layout_get_n_columns:
 * @self: a layout
 *
 * Returns: how many columns there are, with those that are not shown
 */
guint
weir_column_layout_get_n_columns (WeirColumnLayout *self)
{
  g_return_val_if_fail (WEIR_IS_COLUMN_LAYOUT (self), 0);

  return self->views->len;
}

/**
 * weir_column_layout_get_column:
 * @self: a layout
 * @position: a place
 *
 * Returns: the column that stands there
 */
const WeirColumn *
weir_column_layout_get_column (WeirColumnLayout *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_COLUMN_LAYOUT (self), NULL);
  g_return_val_if_fail (position < self->views->len, NULL);

  return &self->columns[get_index (self, position)];
}

/**
 * weir_column_layout_get_shown:
 * @self: a layout
 * @position: a place
 *
 * Returns: whether the column there is wanted
 */
gboolean
weir_column_layout_get_shown (WeirColumnLayout *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_COLUMN_LAYOUT (self), FALSE);

  return !g_hash_table_contains (self->hidden, weir_column_layout_get_column (self, position)->id);
}

/**
 * weir_column_layout_set_shown:
 * @self: a layout
 * @position: a place
 * @shown: whether the column there is wanted; the main one always is
 */
void
weir_column_layout_set_shown (WeirColumnLayout *self, guint position, gboolean shown)
{
  const WeirColumn *column;

  g_return_if_fail (WEIR_IS_COLUMN_LAYOUT (self));

  column = weir_column_layout_get_column (self, position);
  if (shown == weir_column_layout_get_shown (self, position)
      || (!shown && (column->flags & WEIR_COLUMN_MAIN)))
    return;

  if (shown)
    g_hash_table_remove (self->hidden, column->id);
  else
    g_hash_table_add (self->hidden, g_strdup (column->id));
  update_visible (self, FALSE);
  changed (self);
}

/**
 * weir_column_layout_move:
 * @self: a layout
 * @from: a place
 * @to: the place where the column is to stand
 */
void
weir_column_layout_move (WeirColumnLayout *self, guint from, guint to)
{
  g_return_if_fail (WEIR_IS_COLUMN_LAYOUT (self));
  g_return_if_fail (from < self->views->len && to < self->views->len);

  if (from == to)
    return;
  put (self, self->views->pdata[get_index (self, from)], to);
  changed (self);
}

/**
 * weir_column_layout_reset:
 * @self: a layout
 *
 * All columns, of their own widths and in the usual order.
 */
void
weir_column_layout_reset (WeirColumnLayout *self)
{
  g_return_if_fail (WEIR_IS_COLUMN_LAYOUT (self));

  self->quiet = TRUE;
  g_hash_table_remove_all (self->hidden);
  for (guint i = 0; i < self->views->len; i++)
    {
      put (self, self->views->pdata[i], i);
      gtk_column_view_column_set_fixed_width (self->views->pdata[i], -1);
    }
  self->quiet = FALSE;
  update_visible (self, FALSE);
  changed (self);
}

/**
 * weir_column_layout_get_sort:
 * @self: a layout
 * @descending: (out): which way
 *
 * Returns: (nullable): the id of the column it was sorted by last
 */
const char *
weir_column_layout_get_sort (WeirColumnLayout *self, gboolean *descending)
{
  g_return_val_if_fail (WEIR_IS_COLUMN_LAYOUT (self), NULL);

  *descending = self->descending;

  return self->sort;
}

/**
 * weir_column_layout_keep_sort:
 * @self: a layout
 * @column: (nullable): a column's id
 * @descending: which way
 */
void
weir_column_layout_keep_sort (WeirColumnLayout *self, const char *column, gboolean descending)
{
  g_return_if_fail (WEIR_IS_COLUMN_LAYOUT (self));

  if (g_strcmp0 (column, self->sort) == 0 && descending == self->descending)
    return;

  g_free (self->sort);
  self->sort = g_strdup (column);
  self->descending = descending;
  keep (self);
}

/* test-ui-table.c: the columns share the room by what is in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-record-set.h"
#include "weir-table.h"
#include "weir-test-loop.h"

#include <adwaita.h>
#include <locale.h>

#define NAME "Brightwater warehouse"
#define TIME "22. Okt 2025, 13:36"
#define SPARE "in 26 s"
#define FILLED "Full scan every 30 min"
#define REST "Request failed with status 503, and that is not all there is to say of it"

typedef struct
{
  WeirAccount *account;
  WeirRecordSet *set;
  WeirRecordList *list;
  GtkWindow *window;
  GtkWidget *table;
  int dpi;
} Fixture;

typedef struct
{
  const WeirColumn *columns;
  guint n_columns;
} Kind;

static char *
dup_name (gpointer item, gpointer user_data)
{
  return g_strdup (weir_record_get_name (item));
}

static char *
dup_time (gpointer item, gpointer user_data)
{
  return g_strdup (TIME);
}

static char *
dup_spare (gpointer item, gpointer user_data)
{
  return g_strdup (SPARE);
}

static char *
dup_rest (gpointer item, gpointer user_data)
{
  return g_strdup (REST);
}

static const WeirColumn columns[] = {
  { .id = "name",
    .title = "Name",
    .flags = WEIR_COLUMN_MAIN,
    .min_chars = 8,
    .nat_chars = 26,
    .text = dup_name },
  { .id = "time",
    .title = "Time",
    .flags = WEIR_COLUMN_WHOLE,
    .min_chars = 6,
    .nat_chars = 24,
    .text = dup_time },
  { .id = "spare",
    .title = "Credentials Refresh",
    .min_chars = 6,
    .nat_chars = 30,
    .hide_below = 480,
    .text = dup_spare },
  { .id = "rest",
    .title = "Error",
    .flags = WEIR_COLUMN_EXPAND,
    .min_chars = 6,
    .nat_chars = 40,
    .text = dup_rest },
};

static void
add (Fixture *fixture, const char *name)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\"}", name);
  g_autoptr (WeirRecord) record = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));
  record = weir_record_new (WEIR_RECORD_TENANT, fixture->account, name, name, json);
  weir_record_set_put (fixture->set, record);
}

static char *
dup_account (gpointer item, gpointer user_data)
{
  return g_strdup (weir_record_get_account (item)->name);
}

static gboolean
is_name (gpointer item, gpointer user_data)
{
  return g_str_equal (weir_record_get_name (item), NAME);
}

static char *
dup_filled (gpointer item, gpointer user_data)
{
  return is_name (item, NULL) ? NULL : g_strdup (FILLED);
}

static const WeirColumn accounts_columns[] = {
  { .id = "name",
    .title = "Name",
    .flags = WEIR_COLUMN_MAIN,
    .min_chars = 8,
    .nat_chars = 26,
    .text = dup_name },
  { .id = "account",
    .title = "Account",
    .flags = WEIR_COLUMN_APART,
    .min_chars = 12,
    .nat_chars = 20,
    .hide_below = 760,
    .text = dup_account },
  { .id = "spare",
    .title = "Credentials Refresh",
    .min_chars = 6,
    .nat_chars = 30,
    .hide_below = 480,
    .text = dup_spare },
  { .id = "rest",
    .title = "Error",
    .flags = WEIR_COLUMN_EXPAND,
    .min_chars = 10,
    .nat_chars = 40,
    .text = dup_rest },
};

/* What is in the second one depends on the rows. */
static const WeirColumn rows_columns[] = {
  { .id = "name",
    .title = "Name",
    .flags = WEIR_COLUMN_MAIN,
    .min_chars = 8,
    .nat_chars = 8,
    .text = dup_name },
  { .id = "filled", .title = "Filled", .min_chars = 18, .nat_chars = 18, .text = dup_filled },
};

static const Kind usual = { columns, G_N_ELEMENTS (columns) };
static const Kind accounts_kind = { accounts_columns, G_N_ELEMENTS (accounts_columns) };
static const Kind rows_kind = { rows_columns, G_N_ELEMENTS (rows_columns) };

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  const Kind *kind = user_data;
  static const char *const names[] = { "Halden dealers", NAME };

  fixture->account = weir_account_new (NULL, "Demo Membrane", "membrane", "http://127.0.0.1:1",
                                       WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  fixture->set = weir_record_set_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    add (fixture, names[i]);
  fixture->list = weir_record_list_new (G_LIST_MODEL (fixture->set));
  fixture->table =
      GTK_WIDGET (weir_table_new (fixture->list, kind->columns, kind->n_columns, NULL, "Rows"));
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_decorated (fixture->window, FALSE);
  gtk_window_set_child (fixture->window, fixture->table);
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &fixture->dpi, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", fixture->dpi, NULL);
  gtk_window_destroy (fixture->window);
  g_clear_object (&fixture->list);
  g_clear_object (&fixture->set);
  g_clear_object (&fixture->account);
}

static void
show (Fixture *fixture, int width)
{
  gtk_window_set_default_size (fixture->window, width, 300);
  gtk_window_present (fixture->window);
  weir_test_run_for (600);
}

static GtkWidget *
find_cell (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_INSCRIPTION (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_cell (child, text);

  return found;
}

static gboolean
is_seen (Fixture *fixture, const char *text)
{
  GtkWidget *cell = find_cell (fixture->table, text);
  graphene_rect_t bounds;

  return cell != NULL && gtk_widget_compute_bounds (cell, fixture->table, &bounds)
         && bounds.origin.y >= 0
         && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (fixture->table);
}

static gboolean
is_whole (Fixture *fixture, const char *text)
{
  GtkWidget *cell = find_cell (fixture->table, text);
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  g_assert_nonnull (cell);
  layout = gtk_widget_create_pango_layout (cell, text);
  pango_layout_get_pixel_size (layout, &width, NULL);
  g_test_message ("“%s”: %d px of %d", text, gtk_widget_get_width (cell), width);

  return gtk_widget_get_width (cell) >= width;
}

typedef struct
{
  guint from;
  guint to; /* those of them that have no number of seven are left out */
} Left;

static gboolean
filter (gpointer item, gpointer user_data)
{
  const Left *left = user_data;
  guint number = (guint) g_ascii_strtoull (weir_record_get_id (item), NULL, 10);

  return number < left->from || number >= left->to || number % 7 == 0;
}

/* GTK has widgets for the first rows, as one is selected, and for those that are seen, but for none between: rows that begin
 * there and go are the ones that it takes away, and each row is there once. */
static void
test_removal (Fixture *fixture, gconstpointer unused)
{
  Left left = { 0, 0 };
  GtkAdjustment *adjustment;

  for (guint i = 1000; i < 1300; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      add (fixture, name);
    }
  weir_record_list_set_filter (fixture->list, filter, &left);
  show (fixture, 600);
  weir_table_reveal (WEIR_TABLE (fixture->table), 0);
  adjustment = weir_table_get_vadjustment (WEIR_TABLE (fixture->table));
  for (guint i = 0; i < 3; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
      weir_test_run_for (300);
      left = (Left){ 1004 + i, 1200 };
      weir_record_list_refilter (fixture->list);
      weir_test_run_for (300);
      gtk_adjustment_set_value (adjustment, 0);
      weir_test_run_for (300);
      g_assert_nonnull (find_cell (fixture->table, "1002"));
      g_assert_nonnull (find_cell (fixture->table, "1003"));
      g_assert_null (find_cell (fixture->table, "1198"));
      left = (Left){ 0, 0 };
      weir_record_list_refilter (fixture->list);
      weir_test_run_for (300);
    }
}

/* At the top one sees what comes to the top, as long as the row that has the focus is seen, too; then that one stays. */
static void
test_focus_seen (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 3000; i < 3040; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      add (fixture, name);
    }
  weir_table_sort_by (WEIR_TABLE (fixture->table), "name", GTK_SORT_ASCENDING);
  show (fixture, 600);
  gtk_widget_grab_focus (fixture->table);
  weir_test_run_for (300);
  g_assert_true (is_seen (fixture, "3000"));
  for (guint i = 1000; i < 1030; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      add (fixture, name);
      weir_test_run_for (150);
      g_assert_true (is_seen (fixture, "3000"));
      if (i == 1000)
        g_assert_true (is_seen (fixture, "1000"));
    }
}

/* A column that asks for much and has little in it leaves the room to those whose texts would be cut. */
static void
test_share (Fixture *fixture, gconstpointer unused)
{
  show (fixture, 700);
  g_assert_true (is_whole (fixture, NAME));
  g_assert_true (is_whole (fixture, TIME));
  g_assert_true (is_whole (fixture, SPARE));
  g_assert_false (is_whole (fixture, REST));
}

/* Where there is hardly room for it, it goes. */
static void
test_spare (Fixture *fixture, gconstpointer unused)
{
  show (fixture, 500);
  g_assert_true (is_whole (fixture, NAME));
  g_assert_true (is_whole (fixture, TIME));
  g_assert_null (find_cell (fixture->table, SPARE));
}

/* A name may be cut where nothing can be spared, the time is not. */
static void
test_narrow (Fixture *fixture, gconstpointer unused)
{
  show (fixture, 330);
  g_assert_true (is_whole (fixture, TIME));
  g_assert_false (is_whole (fixture, NAME));
}

/* Larger texts have their room at once. */
static void
test_text_scale (Fixture *fixture, gconstpointer unused)
{
  int before;

  show (fixture, 900);
  before = gtk_widget_get_width (find_cell (fixture->table, TIME));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  weir_test_run_for (600);
  g_assert_true (is_whole (fixture, NAME));
  g_assert_true (is_whole (fixture, TIME));

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
  weir_test_run_for (600);
  g_assert_cmpint (gtk_widget_get_width (find_cell (fixture->table, TIME)), ==, before);
}

/* Whose a row is is seen before other things where there are several accounts, and goes first where there is one. */
static void
test_apart (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GListStore) accounts = g_list_store_new (WEIR_TYPE_ACCOUNT);

  g_list_store_append (accounts, fixture->account);
  weir_table_set_accounts (WEIR_TABLE (fixture->table), G_LIST_MODEL (accounts));
  show (fixture, 500);
  g_assert_null (find_cell (fixture->table, "Demo Membrane"));
  g_assert_nonnull (find_cell (fixture->table, SPARE));

  g_list_store_append (accounts, fixture->account);
  weir_test_run_for (600);
  g_assert_true (is_whole (fixture, "Demo Membrane"));
  g_assert_true (is_whole (fixture, NAME));
  g_assert_null (find_cell (fixture->table, SPARE));

  g_list_store_remove (accounts, 0);
  weir_test_run_for (600);
  g_assert_null (find_cell (fixture->table, "Demo Membrane"));
  g_assert_nonnull (find_cell (fixture->table, SPARE));
}

/* When somebody asks for other rows, a column they leave empty gives its room to those whose texts are cut; when rows
 * only come and go, all stays where it is. */
static void
test_refit (Fixture *fixture, gconstpointer unused)
{
  show (fixture, 330);
  g_assert_false (is_whole (fixture, NAME));

  weir_record_list_set_filter (fixture->list, is_name, NULL);
  weir_test_run_for (600);
  g_assert_false (is_whole (fixture, NAME));

  weir_table_refit (WEIR_TABLE (fixture->table));
  weir_test_run_for (600);
  g_assert_true (is_whole (fixture, NAME));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/table/share", Fixture, &usual, set_up, test_share, tear_down);
  g_test_add ("/ui/table/spare", Fixture, &usual, set_up, test_spare, tear_down);
  g_test_add ("/ui/table/narrow", Fixture, &usual, set_up, test_narrow, tear_down);
  g_test_add ("/ui/table/focus-seen", Fixture, &usual, set_up, test_focus_seen, tear_down);
  g_test_add ("/ui/table/removal", Fixture, &usual, set_up, test_removal, tear_down);
  g_test_add ("/ui/table/text-scale", Fixture, &usual, set_up, test_text_scale, tear_down);
  g_test_add ("/ui/table/apart", Fixture, &accounts_kind, set_up, test_apart, tear_down);
  g_test_add ("/ui/table/refit", Fixture, &rows_kind, set_up, test_refit, tear_down);

  return g_test_run ();
}

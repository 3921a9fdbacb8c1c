/* test-ui-rows.c: rows of a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-account-form.h"
#include "weir-changes-view.h"
#include "weir-scroll.h"
#include "weir-radio-row.h"
#include "weir-secret-row.h"
#include "weir-test-loop.h"
#include "weir-zone-dialog.h"

#include <locale.h>
#include <string.h>

/* of weir-resources.h, which is made while Weir is built */
GResource *weir_get_resource (void);

static void
fail_cb (void)
{
  g_test_fail_printf ("Somebody was told what is written");
}

/* What a program on the accessibility bus is told is the row's text, and the text of its field's signals. */
static void
test_secret (void)
{
  WeirSecretRow *row = g_object_ref_sink (g_object_new (WEIR_TYPE_SECRET_ROW, NULL));
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  gulong inserts = g_signal_connect_after (text, "insert-text", G_CALLBACK (fail_cb), NULL);
  gulong deletes = g_signal_connect (text, "delete-text", G_CALLBACK (fail_cb), NULL);
  int position = 3;

  gtk_editable_set_text (GTK_EDITABLE (row), "höl");
  gtk_editable_insert_text (text, "le", -1, &position);
  g_assert_cmpint (position, ==, 5);
  gtk_editable_delete_text (text, 0, 1);
  g_assert_cmpstr (weir_secret_row_get_secret (row), ==, "ölle");
  g_assert_cmpint (g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (row)), -1), ==, 4);
  g_assert_null (strpbrk (gtk_editable_get_text (GTK_EDITABLE (row)), "le"));

  /* shown, it is no secret */
  gtk_text_set_visibility (GTK_TEXT (text), TRUE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "ölle");
  g_signal_handler_disconnect (text, inserts);
  g_signal_handler_disconnect (text, deletes);
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  g_assert_cmpstr (weir_secret_row_get_secret (row), ==, "");
  g_object_unref (row);
}

/* Whichever way one is chosen, the focus goes with it; it would choose where it stayed. */
static void
test_radio (void)
{
  GtkWidget *one = weir_radio_row_new ("One", "The first", NULL);
  GtkWidget *other = weir_radio_row_new ("Other", "The second", WEIR_RADIO_ROW (one));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *window = gtk_window_new ();

  gtk_list_box_append (GTK_LIST_BOX (list), one);
  gtk_list_box_append (GTK_LIST_BOX (list), other);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  weir_radio_row_set_active (WEIR_RADIO_ROW (one), TRUE);
  gtk_widget_grab_focus (one);
  weir_test_run_for (200);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == one);

  weir_radio_row_set_active (WEIR_RADIO_ROW (other), TRUE);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == other);
  weir_test_run_for (200);
  g_assert_true (weir_radio_row_get_active (WEIR_RADIO_ROW (other)));
  g_assert_false (gtk_widget_child_focus (list, GTK_DIR_TAB_BACKWARD));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

/* Where the token is found is read where it was opened, also at the lower end of what is seen. */
static void
test_help (void)
{
  g_autoptr (WeirAccountStore) store = weir_account_store_new ("/nowhere/accounts.json", NULL);
  WeirAccountForm *form = g_object_new (WEIR_TYPE_ACCOUNT_FORM, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *help;
  graphene_rect_t bounds;

  weir_account_form_set_up (form, store, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (form));
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 560);
  gtk_window_present (GTK_WINDOW (window));
  weir_test_run_for (300);

  help = find (GTK_WIDGET (form), ADW_TYPE_EXPANDER_ROW);
  gtk_widget_grab_focus (help);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (help), TRUE);
  weir_test_run_for (1000);
  g_assert_true (gtk_widget_compute_bounds (help, scroller, &bounds));
  g_assert_cmpfloat (bounds.size.height, >, 100);
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What has just been shown has no place yet. */
static void
test_scroll (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *before = gtk_label_new ("Before");
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *window = gtk_window_new ();
  graphene_rect_t bounds;

  gtk_widget_set_size_request (before, -1, 900);
  gtk_widget_set_visible (entry, FALSE);
  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 300);
  gtk_window_present (GTK_WINDOW (window));
  weir_test_run_for (300);

  gtk_widget_set_visible (entry, TRUE);
  gtk_widget_grab_focus (entry);
  weir_scroll_to (entry);
  weir_test_run_for (700);
  g_assert_true (gtk_widget_compute_bounds (entry, scroller, &bounds));
  g_assert_cmpfloat (bounds.size.height, >, 10);
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Two buttons stand in a row where there is room for what they say, and otherwise below each other: neither wraps. */
static void
test_buttons (void)
{
  g_autoptr (WeirHistory) history = weir_history_new (NULL, NULL);
  GtkWidget *view = weir_changes_view_new (history);
  GtkWidget *pin = find (view, GTK_TYPE_BUTTON);
  GtkWidget *compare = gtk_widget_get_next_sibling (pin);
  GtkWidget *window = gtk_window_new ();
  int height = 0;

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), view);
  for (guint i = 0; i < 3; i++)
    {
      gboolean wide = i != 1;
      graphene_rect_t one;
      graphene_rect_t other;

      gtk_window_set_default_size (GTK_WINDOW (window), wide ? 500 : 220, 400);
      gtk_window_present (GTK_WINDOW (window));
      weir_test_run_for (400);
      g_assert_true (gtk_widget_compute_bounds (pin, window, &one));
      g_assert_true (gtk_widget_compute_bounds (compare, window, &other));
      g_assert_cmpint (other.origin.y < one.origin.y + one.size.height, ==, wide);
      if (i == 0)
        height = gtk_widget_get_height (compare);
      g_assert_cmpint (gtk_widget_get_height (pin), ==, height);
      g_assert_cmpint (gtk_widget_get_height (compare), ==, height);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
chosen_cb (const char *zone, GtkWidget *parent)
{
}

/* GTK has no widgets for most rows of a long list; of those that go when somebody searches none stays. */
static void
test_zones (void)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (GtkWindow) dialog = NULL;
  GtkWidget *view;
  GtkAdjustment *adjustment;
  guint n_rows = 0;

  gtk_window_present (GTK_WINDOW (window));
  weir_zone_dialog_present (window, "Pacific/Wallis", chosen_cb);
  weir_test_run_for (500);
  for (guint i = 0; !WEIR_IS_ZONE_DIALOG (dialog); i++)
    {
      g_clear_object (&dialog);
      dialog = g_list_model_get_item (gtk_window_get_toplevels (), i);
    }
  view = find (GTK_WIDGET (dialog), GTK_TYPE_LIST_VIEW);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  weir_test_run_for (300);

  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY)), "th");
  weir_test_run_for (500);
  for (GtkWidget *row = gtk_widget_get_first_child (view); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      const char *name = gtk_label_get_label (GTK_LABEL (find (row, GTK_TYPE_LABEL)));

      if (strstr (name, "th") == NULL && strstr (name, "Th") == NULL)
        g_test_fail_printf ("There is %s", name);
      n_rows++;
    }
  g_assert_cmpuint (n_rows, >, 5);
  gtk_window_destroy (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  adw_init ();
  weir_get_resource ();

  g_test_add_func ("/ui/rows/secret", test_secret);
  g_test_add_func ("/ui/rows/radio", test_radio);
  g_test_add_func ("/ui/rows/help", test_help);
  g_test_add_func ("/ui/rows/scroll", test_scroll);
  g_test_add_func ("/ui/rows/buttons", test_buttons);
  g_test_add_func ("/ui/rows/zones", test_zones);

  return g_test_run ();
}

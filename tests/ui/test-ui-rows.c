/* test-ui-rows.c: rows of a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-secret-row.h"

#include <locale.h>
#include <string.h>

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  adw_init ();

  g_test_add_func ("/ui/rows/secret", test_secret);

  return g_test_run ();
}

/* test-weir-preferences.c: saved views, recent queries and limits, and the file they share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-digest.h"
#include "weir-limits.h"
#include "weir-saved-views.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *path;
  WeirPreferences *preferences;
  guint n_changes;
} Fixture;

static void
changed_cb (Fixture *self)
{
  self->n_changes++;
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("weir-preferences-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "preferences.json", NULL);
  self->preferences = weir_preferences_new (self->path);
  g_signal_connect_swapped (self->preferences, "changed", G_CALLBACK (changed_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);

  g_object_unref (self->preferences);
  g_unlink (self->path);
  g_unlink (lock);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
save (WeirPreferences *preferences, const char *name, const char *query)
{
  g_autoptr (WeirSavedView) view = weir_saved_view_new (name, query, NULL);
  g_autoptr (GError) error = NULL;

  weir_saved_views_save (preferences, view, FALSE, &error);
  g_assert_no_error (error);
}

/* "name=query" of each view */
static char *
describe (WeirPreferences *preferences)
{
  g_autoptr (GPtrArray) views = weir_saved_views_list (preferences);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < views->len; i++)
    {
      WeirSavedView *view = views->pdata[i];

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "|" : "", view->name, view->query);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_views (WeirPreferences *preferences, const char *expected)
{
  g_autofree char *text = describe (preferences);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_views (Fixture *self, gconstpointer unused)
{
  g_autoptr (WeirPreferences) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirSavedView) paid =
      weir_saved_view_new ("Paid \"now\"", "status:error -kind:\"a b\"", "kind");
  g_autoptr (WeirSavedView) found = NULL;

  assert_views (self->preferences, "");
  g_assert_null (weir_saved_views_find (self->preferences, "x"));
  save (self->preferences, "One", "kind:created");
  save (self->preferences, "Two", "");
  g_assert_true (weir_saved_views_save (self->preferences, paid, FALSE, &error));
  assert_views (self->preferences, "One=kind:created|Two=|Paid \"now\"=status:error -kind:\"a b\"");
  g_assert_cmpuint (self->n_changes, ==, 3);

  /* all of it is there when it is read again */
  other = weir_preferences_new (self->path);
  found = weir_saved_views_find (other, "PAID \"now\"");
  g_assert_nonnull (found);
  g_assert_cmpstr (found->stack, ==, "kind");

  /* what one process changes does not undo what another has */
  save (other, "Three", "x");
  save (self->preferences, "Four", "y");
  assert_views (self->preferences,
                "One=kind:created|Two=|Paid \"now\"=status:error -kind:\"a b\"|Three=x|Four=y");
}

static void
test_change_views (Fixture *self, gconstpointer unused)
{
  g_autoptr (WeirSavedView) view = weir_saved_view_new ("one", "b", NULL);
  g_autoptr (WeirSavedView) blank = weir_saved_view_new (" one", "b", NULL);
  g_autoptr (GError) error = NULL;

  save (self->preferences, "One", "a");
  save (self->preferences, "Two", "");

  g_assert_false (weir_saved_views_save (self->preferences, view, FALSE, &error));
  g_assert_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_false (weir_saved_views_save (self->preferences, blank, FALSE, &error));
  g_assert_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (weir_saved_views_save (self->preferences, view, TRUE, &error));
  assert_views (self->preferences, "one=b|Two=");

  g_assert_false (weir_saved_views_rename (self->preferences, "one", "Two", &error));
  g_assert_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_false (weir_saved_views_rename (self->preferences, "none", "x", &error));
  g_assert_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_true (weir_saved_views_rename (self->preferences, "one", "ONE", &error));
  assert_views (self->preferences, "ONE=b|Two=");

  g_assert_true (weir_saved_views_remove (self->preferences, "one", &error));
  g_assert_no_error (error);
  g_assert_false (weir_saved_views_remove (self->preferences, "one", &error));
  g_assert_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_MISSING);
  assert_views (self->preferences, "Two=");
}

/* A worker writes it: the caller has gone on before. */
static void
add_recent (Fixture *self, const char *query)
{
  guint n_changes = self->n_changes;

  weir_recent_queries_add (self->preferences, query);
  g_assert_cmpuint (self->n_changes, ==, n_changes);
  while (self->n_changes == n_changes)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_recent (Fixture *self, gconstpointer unused)
{
  g_auto (GStrv) queries = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *query = g_strdup_printf ("word%u", i);

      add_recent (self, query);
    }
  add_recent (self, "word28");
  queries = weir_recent_queries_list (self->preferences);
  g_assert_cmpuint (g_strv_length (queries), ==, 15);
  g_assert_cmpstr (queries[0], ==, "word28");
  g_assert_cmpstr (queries[1], ==, "word29");
  g_assert_cmpstr (queries[2], ==, "word27");
}

static void
test_limits (Fixture *self, gconstpointer unused)
{
  WeirLimits all = { .bytes = 1 << 30, .days = 90 };
  WeirLimits own = { .bytes = 5, .days = 0 };
  WeirLimits limits;

  g_assert_false (weir_limits_get (self->preferences, "a", &limits));
  g_assert_cmpuint (limits.bytes, ==, 0);
  g_assert_cmpuint (limits.days, ==, 0);

  g_assert_true (weir_limits_set (self->preferences, NULL, &all, NULL));
  g_assert_true (weir_limits_set (self->preferences, "a", &own, NULL));
  g_assert_true (weir_limits_get (self->preferences, NULL, &limits));
  g_assert_cmpuint (limits.days, ==, 90);
  g_assert_true (weir_limits_get (self->preferences, "a", &limits));
  g_assert_cmpuint (limits.bytes, ==, 5);
  g_assert_cmpuint (limits.days, ==, 0);
  g_assert_false (weir_limits_get (self->preferences, "b", &limits));
  g_assert_cmpuint (limits.bytes, ==, 1 << 30);

  g_assert_true (weir_limits_set (self->preferences, "a", NULL, NULL));
  g_assert_false (weir_limits_get (self->preferences, "a", &limits));
  g_assert_cmpuint (limits.days, ==, 90);
  g_assert_true (weir_limits_set (self->preferences, NULL, NULL, NULL));
  weir_limits_get (self->preferences, NULL, &limits);
  g_assert_cmpuint (limits.bytes, ==, 0);
}

static void
test_file (Fixture *self, gconstpointer unused)
{
  static const char *const DAMAGED[] = { "{", "[]", "{\"version\":2}", "" };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  /* a part that nobody here knows is kept */
  g_assert_true (g_file_set_contents (self->path, "{\"version\":1,\"zone\":\"UTC\"}", -1, NULL));
  save (self->preferences, "One", "a");
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"zone\": \"UTC\""));

  for (gsize i = 0; i < G_N_ELEMENTS (DAMAGED); i++)
    {
      g_autoptr (WeirPreferences) preferences = NULL;
      g_autofree char *left = NULL;

      g_assert_true (g_file_set_contents (self->path, DAMAGED[i], -1, NULL));
      preferences = weir_preferences_new (self->path);
      assert_views (preferences, "");
      g_assert_false (weir_digest_set_last_seen (preferences, 7, &error));
      g_assert_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_FILE);
      g_clear_error (&error);
      /* nobody hears of it, and it is left all the same */
      weir_recent_queries_add (preferences, "x");
      for (guint j = 0; j < 20; j++)
        {
          g_usleep (2000);
          g_main_context_iteration (NULL, FALSE);
        }
      g_assert_true (g_file_get_contents (self->path, &left, NULL, NULL));
      g_assert_cmpstr (left, ==, DAMAGED[i]);
    }
}

static void
failed_cb (GError **failure, const GError *why)
{
  *failure = g_error_copy (why);
}

/* Changes are seen at once; they are in the file in their order, or undone and told of. */
static void
test_background (Fixture *self, gconstpointer unused)
{
  g_autoptr (WeirPreferences) other = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;

  weir_preferences_set_background (self->preferences, TRUE);
  g_signal_connect_swapped (self->preferences, "failed", G_CALLBACK (failed_cb), &failure);
  save (self->preferences, "one", "kind:a");
  save (self->preferences, "two", "kind:b");
  assert_views (self->preferences, "one=kind:a|two=kind:b");
  weir_preferences_flush (self->preferences);
  other = weir_preferences_new (self->path);
  assert_views (other, "one=kind:a|two=kind:b");

  /* another program changes the same just before: that is not lost */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  save (other, "three", "kind:c");
  save (self->preferences, "four", "kind:d");
  while (failure == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (failure, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_FILE);
  assert_views (self->preferences, "one=kind:a|two=kind:b|three=kind:c");

  /* what cannot be written is undone */
  g_clear_error (&failure);
  g_assert_true (g_file_set_contents (self->path, "{", -1, &error));
  save (self->preferences, "five", "kind:e");
  assert_views (self->preferences, "one=kind:a|two=kind:b|three=kind:c|five=kind:e");
  while (failure == NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_views (self->preferences, "one=kind:a|two=kind:b|three=kind:c");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/preferences/views", test_views);
  ADD ("/preferences/change-views", test_change_views);
  ADD ("/preferences/recent", test_recent);
  ADD ("/preferences/limits", test_limits);
  ADD ("/preferences/file", test_file);
  ADD ("/preferences/background", test_background);
  return g_test_run ();
}

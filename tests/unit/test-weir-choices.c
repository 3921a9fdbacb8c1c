/* test-weir-choices.c: what was chosen for all accounts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-choices.h"
#include "weir-query.h"
#include "weir-time.h"
#include "weir-zone.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *path;
  WeirPreferences *preferences;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->folder = g_dir_make_tmp ("weir-choices-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "preferences.json", NULL);
  self->preferences = weir_preferences_new (self->path);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);

  weir_zone_set (NULL);
  g_object_unref (self->preferences);
  g_unlink (self->path);
  g_unlink (lock);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

/* As the next start reads it. */
static WeirPreferences *
read_again (Fixture *self)
{
  return weir_preferences_new (self->path);
}

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_zone (Fixture *self, gconstpointer unused)
{
  g_autoptr (WeirPreferences) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 time = 0;

  assert_text (weir_choices_dup_time_zone (self->preferences), "local");
  g_assert_true (weir_choices_set_time_zone (self->preferences, "Asia/Tokyo", &error));
  g_assert_no_error (error);
  again = read_again (self);
  assert_text (weir_choices_dup_time_zone (again), "Asia/Tokyo");

  g_assert_false (weir_choices_set_time_zone (self->preferences, "Nowhere/Land", &error));
  g_assert_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_INVALID);
  assert_text (weir_choices_dup_time_zone (self->preferences), "Asia/Tokyo");

  /* the dates of a query are in it, too */
  weir_choices_apply (self->preferences);
  assert_text (weir_zone_dup_name (), "Asia/Tokyo");
  g_assert_true (weir_query_parse_time ("2026-01-31", 0, NULL, &time));
  assert_text (weir_time_to_iso (time), "2026-01-30T15:00:00.000Z");
  /* but not what names its own */
  g_assert_true (weir_query_parse_time ("2026-01-31T00:00Z", 0, NULL, &time));
  assert_text (weir_time_to_iso (time), "2026-01-31T00:00:00.000Z");
}

static void
test_proxy (Fixture *self, gconstpointer unused)
{
  static const char *const wrong[] = {
    "",           "proxy:3128",         "ftp://proxy", "http://", "http://u:p@proxy:1",
    "http://a b", "javascript:alert(1)"
  };
  g_autoptr (WeirPreferences) again = NULL;

  assert_text (weir_choices_dup_proxy (self->preferences), "system");
  g_assert_false (weir_choices_apply (self->preferences));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (weir_choices_set_proxy (self->preferences, wrong[i], &error));
      g_assert_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_INVALID);
      assert_text (weir_choices_dup_proxy (self->preferences), "system");
    }

  g_assert_true (weir_choices_set_proxy (self->preferences, "http://proxy:3128", NULL));
  again = read_again (self);
  assert_text (weir_choices_dup_proxy (again), "http://proxy:3128");
  g_assert_true (weir_choices_apply (again));
  g_assert_false (weir_choices_apply (again));
  g_assert_true (weir_choices_set_proxy (again, "none", NULL));
  g_assert_true (weir_choices_apply (again));
  g_assert_true (weir_choices_set_proxy (again, "system", NULL));
  g_assert_true (weir_choices_apply (again));
}

static void
test_refresh (Fixture *self, gconstpointer unused)
{
  WeirRefresh refresh;

  weir_choices_get_refresh (self->preferences, &refresh);
  g_assert_cmpuint (refresh.watched, ==, WEIR_REFRESH_WATCHED);
  g_assert_cmpuint (refresh.unwatched, ==, WEIR_REFRESH_UNWATCHED);
  refresh = (WeirRefresh){ 60, 900 };
  g_assert_true (weir_choices_set_refresh (self->preferences, &refresh, NULL));
  refresh = (WeirRefresh){ 0, 0 };
  weir_choices_get_refresh (self->preferences, &refresh);
  g_assert_cmpuint (refresh.watched, ==, 60);
  g_assert_cmpuint (refresh.unwatched, ==, 900);
}

/* A file that a person has edited. */
static void
test_damaged (Fixture *self, gconstpointer unused)
{
  static const char text[] = "{\"version\":1,\"timeZone\":7,\"proxy\":[\"x\"],"
                             "\"refresh\":{\"watched\":0,\"unwatched\":1e9}}";
  g_autoptr (WeirPreferences) again = NULL;
  WeirRefresh refresh;

  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  again = read_again (self);
  assert_text (weir_choices_dup_time_zone (again), "local");
  assert_text (weir_choices_dup_proxy (again), "system");
  weir_choices_get_refresh (again, &refresh);
  g_assert_cmpuint (refresh.watched, ==, WEIR_REFRESH_MIN);
  g_assert_cmpuint (refresh.unwatched, >=, WEIR_REFRESH_MIN);
  g_assert_cmpuint (refresh.unwatched, <=, WEIR_REFRESH_MAX);
}

static void
test_notify (Fixture *self, gconstpointer unused)
{
  g_autoptr (WeirPreferences) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (weir_choices_get_notify (self->preferences), ==, WEIR_NOTIFY_ALL);
  g_assert_false (weir_choices_get_background (self->preferences));
  g_assert_true (weir_choices_set_notify (self->preferences, WEIR_NOTIFY_FAILURES, &error));
  g_assert_no_error (error);
  g_assert_true (weir_choices_set_background (self->preferences, TRUE, &error));
  g_assert_no_error (error);

  again = read_again (self);
  g_assert_cmpint (weir_choices_get_notify (again), ==, WEIR_NOTIFY_FAILURES);
  g_assert_true (weir_choices_get_background (again));
  g_assert_true (weir_choices_set_background (again, FALSE, &error));
  g_assert_false (weir_choices_get_background (again));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/choices/zone", Fixture, NULL, set_up, test_zone, tear_down);
  g_test_add ("/choices/proxy", Fixture, NULL, set_up, test_proxy, tear_down);
  g_test_add ("/choices/refresh", Fixture, NULL, set_up, test_refresh, tear_down);
  g_test_add ("/choices/notify", Fixture, NULL, set_up, test_notify, tear_down);
  g_test_add ("/choices/damaged", Fixture, NULL, set_up, test_damaged, tear_down);

  return g_test_run ();
}

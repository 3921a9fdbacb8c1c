/* test-weirctl-drift.c: weirctl tells what events have become, and accepts it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ctl-fixture.h"
#include "weir-history-fixture.h"

#include <string.h>

static void
add (WeirHistory *history, WeirAccount *account, guint first, guint n, const char *payload)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *cursor = NULL;
  WeirAppendResult result;

  weir_history_get_cursor (history, account, "events", &cursor, NULL);
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);

      g_ptr_array_add (events, history_make_event (account, id, "updated", "s1", "stripe:customer",
                                                   (int) i, payload));
    }
  result = history_append (history, account, cursor, events, "next", NULL);
  g_assert_cmpuint (result.added, ==, n);
  g_free (result.cursor);
}

static WeirHistory *
open_history (WeirCtlFixture *f)
{
  g_autofree char *path = g_build_filename (f->folder, "ctl", "history.db", NULL);
  g_autoptr (GError) error = NULL;
  WeirHistory *history = weir_history_new (path, &error);

  g_assert_no_error (error);
  return history;
}

static void
test_drift (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirAccount) account = history_make_account ("uuid-1", "Acme");
  g_autofree char *id = NULL;
  WeirHistory *history;

  weir_ctl_fixture_run (f, 0, NULL, "drift --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);

  history = open_history (f);
  add (history, account, 0, 30, "{\"a\":1}");
  add (history, account, 30, 15, "{\"a\":1,\"b\":true}");
  g_assert_finalize_object (history);

  weir_ctl_fixture_run (f, 0, NULL, "drift --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_assert (f, 0, "/account", "Acme");
  weir_ctl_fixture_assert (f, 0, "/collection", "stripe:customer");
  weir_ctl_fixture_assert (f, 0, "/kind", "updated");
  weir_ctl_fixture_assert (f, 0, "/path", "b");
  weir_ctl_fixture_assert (f, 0, "/change", "appeared");
  weir_ctl_fixture_assert (f, 0, "/before", "null");
  weir_ctl_fixture_assert (f, 0, "/after", "boolean");
  weir_ctl_fixture_assert (f, 0, "/percent", "100");
  weir_ctl_fixture_assert (f, 0, "/events", "15");
  id = weir_ctl_fixture_dup (f, 0, "/id");
  weir_ctl_fixture_run (f, 0, NULL, "drift");
  g_assert_nonnull (strstr (f->out, "appeared"));

  weir_ctl_fixture_run (f, 1, NULL, "drift --accept nothing");
  weir_ctl_assert_says (f, "nothing");
  weir_ctl_fixture_runf (f, 0, "drift --accept %s --json", id);
  weir_ctl_fixture_assert (f, 0, "/path", "b");
  weir_ctl_fixture_run (f, 0, NULL, "drift --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
  weir_ctl_fixture_runf (f, 1, "drift --accept %s", id);
  weir_ctl_fixture_run (f, 2, NULL, "drift something");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/weirctl/drift", WeirCtlFixture, NULL, weir_ctl_fixture_set_up, test_drift,
              weir_ctl_fixture_tear_down);

  return g_test_run ();
}

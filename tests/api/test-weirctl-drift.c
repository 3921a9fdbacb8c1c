/* test-weirctl-drift.c: weirctl tells what events have become, and accepts it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ctl-fixture.h"
#include "weir-history-fixture.h"

#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

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

/* The state folder as on a CD, for the programs started here; FALSE where that cannot be had. */
static gboolean
make_read_only (WeirCtlFixture *f)
{
  g_autofree char *folder = g_build_filename (f->folder, "ctl", NULL);

  if (unshare (geteuid () == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return FALSE;
  return mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
         && mount (folder, folder, NULL, MS_BIND, NULL) == 0
         && mount (NULL, folder, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL) == 0;
}

/* Nothing can be learned then, but what is known is told. */
static void
test_read_only (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirAccount) account = history_make_account ("uuid-1", "Acme");
  g_autofree char *folder = g_build_filename (f->folder, "ctl", NULL);
  WeirHistory *history;

  weir_ctl_fixture_run (f, 0, NULL, "drift --json");
  history = open_history (f);
  add (history, account, 0, 30, "{\"a\":1}");
  g_assert_finalize_object (history);
  weir_ctl_fixture_run (f, 0, NULL, "drift --json");
  history = open_history (f);
  add (history, account, 30, 15, "{\"a\":1,\"b\":true}");
  g_assert_finalize_object (history);

  if (!make_read_only (f))
    {
      g_test_skip ("no file system of its own is to be had");
      return;
    }
  weir_ctl_fixture_run (f, 0, NULL, "drift --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
  umount2 (folder, MNT_DETACH);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/weirctl/drift/accept", WeirCtlFixture, NULL, weir_ctl_fixture_set_up, test_drift,
              weir_ctl_fixture_tear_down);
  g_test_add ("/weirctl/drift/read-only", WeirCtlFixture, NULL, weir_ctl_fixture_set_up,
              test_read_only, weir_ctl_fixture_tear_down);

  return g_test_run ();
}

/* test-weir-status-look.c: of what a word for a state is said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-status-look.h"

/* In place of GLib's: what a translator is asked. */
const char *
g_dpgettext2 (const char *domain, const char *context, const char *message)
{
  g_autofree char *text = g_strdup_printf ("%s of %s", message, context);

  g_assert_cmpstr (domain, ==, "weir");

  return g_intern_string (text);
}

static void
assert_label (WeirRecordKind kind, const char *word, const char *expected)
{
  g_autofree char *label = weir_status_dup_label (kind, word);

  g_assert_cmpstr (label, ==, expected);
}

/* Many languages give a word the gender of the thing. */
static void
test_context (void)
{
  assert_label (WEIR_RECORD_SUBSCRIPTION, "error", "Error of state of a subscription");
  assert_label (WEIR_RECORD_PULL, "error", "Error of state of a pull run");
  assert_label (WEIR_RECORD_EVENT, "error", "Error of state of an event");
  assert_label (WEIR_RECORD_CONNECTION, "disconnected", "Disconnected of state of a connection");
}

/* A word that its own kind does not have is that of another; one that nobody knows stays as it is. */
static void
test_others (void)
{
  assert_label (WEIR_RECORD_INCOMING_WEBHOOK, "success", "Success of state of a pull run");
  assert_label (WEIR_RECORD_EVENT, "queued", "Queued of state of a pull run");
  assert_label (WEIR_RECORD_PULL, "exploded", "Exploded");
  assert_label (WEIR_RECORD_PULL, "", "");
  assert_label (WEIR_RECORD_PULL, NULL, "");
}

static void
test_look (void)
{
  WeirCellLook look;

  weir_status_look ("queued", &look);
  g_assert_cmpstr (look.icon_name, ==, "weir-queued-symbolic");
  g_assert_null (look.css);
  weir_status_look ("error", &look);
  g_assert_cmpstr (look.css, ==, "error");
  weir_status_look ("exploded", &look);
  g_assert_cmpstr (look.icon_name, ==, "weir-state-unknown-symbolic");
  g_assert_null (look.css);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/status-look/context", test_context);
  g_test_add_func ("/status-look/others", test_others);
  g_test_add_func ("/status-look/look", test_look);

  return g_test_run ();
}

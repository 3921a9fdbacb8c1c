/* weir-tour.c: walks the main job by itself, prints what happened and takes pictures
 *
 *   weir-tour PROGRAM OUTPUT-FOLDER SCHEME
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-tour"

#include "weir-driver.h"

#include <locale.h>

typedef struct
{
  WeirDriver *driver;
  const char *folder;
  const char *scheme;
} Tour;

G_GNUC_PRINTF (1, 2)
static void
tell (const char *format, ...)
{
  va_list list;
  g_autofree char *text = NULL;

  va_start (list, format);
  text = g_strdup_vprintf (format, list);
  va_end (list);
  g_print ("  %s\n", text);
}

static gboolean
picture (Tour *self, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s-%s.png", name, self->scheme);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);

  /* animations, and what a new selection loads */
  weir_driver_settle (self->driver, 800);
  if (weir_driver_picture (self->driver, path))
    return TRUE;
  tell ("%s could not be saved", path);
  return FALSE;
}

/* A table's row that says `text`, selected; its name. */
static char *
select_row (Tour *self, const char *table, const char *text)
{
  g_autoptr (WeirThing) row = weir_driver_wait_row (self->driver, table, NULL, text);

  return weir_driver_select (self->driver, row, FALSE) ? g_strdup (row->name) : NULL;
}

static gboolean
go_online (Tour *self)
{
  static const char *const accounts[] = { "Demo Membrane", "Demo Sequin", "Demo Oracle" };

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s, Online*", accounts[i]);
      g_autoptr (WeirThing) row = weir_driver_wait (self->driver, NULL, "list item", name);

      if (row == NULL)
        return FALSE;
      tell ("%s", row->name);
    }
  return TRUE;
}

static gboolean
look_at_subscriptions (Tour *self)
{
  g_autoptr (WeirThing) row = NULL;
  g_autoptr (WeirThing) count = NULL;

  if (!weir_driver_page (self->driver, "Subscriptions"))
    return FALSE;
  row = weir_driver_wait_row (self->driver, "Subscriptions", NULL, NULL);
  count = weir_driver_wait (self->driver, NULL, "label", "* of *");
  if (row == NULL || count == NULL)
    return FALSE;
  tell ("Subscriptions: %s are shown", count->name);
  return picture (self, "subscriptions");
}

static gboolean
subscribe (Tour *self)
{
  g_autofree char *name = select_row (self, "Subscriptions", "Unsubscribed");
  g_autoptr (WeirThing) row = NULL;

  if (name == NULL || !picture (self, "inspector-subscription")
      || !weir_driver_click (self->driver, "Subscribe"))
    return FALSE;
  row = weir_driver_wait_selected (self->driver, "Subscriptions", "Subscribed");
  if (row == NULL || !g_str_equal (row->name, name))
    return FALSE;
  tell ("Subscribed “%s”: unsubscribed → subscribed", name);
  return TRUE;
}

/* The text of the selected run, "Ticket updated · Success · 3 s ago · 2", as a sentence. */
static char *
describe_pull (const char *text)
{
  g_auto (GStrv) cells = g_strsplit (text, " · ", -1);
  guint n = g_strv_length (cells);

  if (n < 3)
    return g_strdup (text);
  return g_strdup_printf ("%s, %s collected", cells[1], cells[n - 1]);
}

static gboolean
pull (Tour *self)
{
  /* one that is well, and has a next pull */
  g_autofree char *name = select_row (self, "Subscriptions", "Subscribed*in ");
  g_autoptr (WeirThing) row = NULL;
  g_autofree char *text = NULL;
  g_autofree char *ended = NULL;

  /* the message's button leads to the very run */
  if (name == NULL || !weir_driver_click (self->driver, "Pull Now")
      || !weir_driver_click (self->driver, "Show"))
    return FALSE;
  row = weir_driver_wait_selected (self->driver, "Pull Runs", "Success");
  if (row == NULL)
    return FALSE;
  text = weir_driver_read (self->driver, row);
  ended = describe_pull (text);
  tell ("Pulled “%s”: %s", name, ended);
  return picture (self, "pull-runs") && picture (self, "inspector-pull-run");
}

/* The newest event is in the first row; while it is followed, that changes. */
static gboolean
wait_for_news (Tour *self, const char *first)
{
  for (guint i = 0; i < 300 && weir_driver_is_alive (self->driver); i++)
    {
      g_autoptr (WeirThing) row = weir_driver_find_row (self->driver, "Events", NULL, NULL);
      g_autofree char *text = row != NULL ? weir_driver_read (self->driver, row) : NULL;

      if (text != NULL && !g_str_equal (text, first))
        {
          tell ("Followed: %s", text);
          return TRUE;
        }
      weir_driver_settle (self->driver, 100);
    }
  return FALSE;
}

static gboolean
follow (Tour *self)
{
  g_autoptr (WeirThing) row = NULL;
  g_autoptr (WeirThing) held = NULL;
  g_autoptr (WeirThing) facet = NULL;
  g_autofree char *text = NULL;

  if (!weir_driver_page (self->driver, "Timeline"))
    return FALSE;
  row = weir_driver_wait_row (self->driver, "Events", NULL, NULL);
  /* the facets are counted last */
  facet = weir_driver_wait (self->driver, NULL, "label", "Provider");
  if (row == NULL || facet == NULL || !picture (self, "timeline"))
    return FALSE;
  text = weir_driver_read (self->driver, row);
  if (!wait_for_news (self, text) || !weir_driver_click (self->driver, "Pause"))
    return FALSE;
  held = weir_driver_wait (self->driver, NULL, "label", "*event* held back");
  g_clear_pointer (&row, weir_thing_free);
  row = weir_driver_wait_row (self->driver, "Events", NULL, NULL);
  if (held == NULL || !weir_driver_select (self->driver, row, FALSE)
      || !picture (self, "inspector-event"))
    return FALSE;
  tell ("Paused: %s", held->name);
  return weir_driver_click (self->driver, "Follow")
         && weir_driver_wait_gone (self->driver, NULL, "label", "*event* held back");
}

static gboolean
look_at_an_error (Tour *self)
{
  g_autoptr (WeirThing) row = NULL;
  g_autoptr (WeirThing) leaf = NULL;
  g_autofree char *text = NULL;

  if (!weir_driver_page (self->driver, "Errors"))
    return FALSE;
  row = weir_driver_wait_row (self->driver, "Errors", NULL, NULL);
  text = row != NULL ? weir_driver_read (self->driver, row) : NULL;
  if (row == NULL || !picture (self, "errors") || !weir_driver_select (self->driver, row, FALSE)
      || !weir_driver_click (self->driver, "Error"))
    return FALSE;
  leaf = weir_driver_wait (self->driver, NULL, "label", "Leaf cause*");
  if (leaf == NULL)
    return FALSE;
  tell ("Opened the error %s: %s", text, leaf->name);
  return picture (self, "inspector-error");
}

static gboolean
test_a_connection (Tour *self)
{
  g_autofree char *name = NULL;
  g_autoptr (WeirThing) passed = NULL;

  if (!weir_driver_page (self->driver, "Connections"))
    return FALSE;
  name = select_row (self, "Connections", "Connected");
  if (name == NULL || !picture (self, "inspector-connection")
      || !weir_driver_click (self->driver, "Test"))
    return FALSE;
  passed = weir_driver_wait (self->driver, NULL, "label", "The test of “*” passed");
  if (passed == NULL)
    return FALSE;
  tell ("Tested “%s”: passed", name);
  return picture (self, "connections");
}

static gboolean
look_at_requests (Tour *self)
{
  if (!weir_driver_click (self->driver, "Requests") || !picture (self, "inspector-requests"))
    return FALSE;
  return weir_driver_click (self->driver, "Details");
}

static gboolean
look_at_overview (Tour *self)
{
  g_autoptr (WeirThing) row = NULL;

  if (!weir_driver_page (self->driver, "Overview"))
    return FALSE;
  row = weir_driver_wait_row (self->driver, "Needs Attention", NULL, NULL);
  if (row == NULL)
    return FALSE;
  tell ("Needs attention first: %s", row->name);
  return picture (self, "overview");
}

static gboolean
open_account_dialog (Tour *self)
{
  g_autoptr (WeirThing) entry = NULL;

  if (!weir_driver_click (self->driver, "Add Account…"))
    return FALSE;
  entry = weir_driver_wait (self->driver, NULL, "text", "Account Name");
  if (entry == NULL || !picture (self, "add-account")
      || !weir_driver_click (self->driver, "Cancel"))
    return FALSE;
  tell ("Opened the account dialog and left it");
  return weir_driver_wait_gone (self->driver, NULL, "text", "Account Name");
}

static gboolean
quit (Tour *self)
{
  weir_driver_key (self->driver, "ctrl+q");
  for (guint i = 0; i < 100 && weir_driver_is_alive (self->driver); i++)
    weir_driver_settle (self->driver, 100);
  return !weir_driver_is_alive (self->driver);
}

static const struct
{
  const char *what;
  gboolean (*walk) (Tour *self);
} steps[] = {
  { "the accounts come online", go_online },
  { "the overview shows what needs attention", look_at_overview },
  { "the subscriptions are listed", look_at_subscriptions },
  { "a subscription is subscribed", subscribe },
  { "a subscription is pulled", pull },
  { "new events are followed", follow },
  { "an error's cause is shown", look_at_an_error },
  { "a connection is tested", test_a_connection },
  { "the requests are shown", look_at_requests },
  { "the account dialog opens", open_account_dialog },
};

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirDriver) driver = NULL;
  g_autoptr (GPtrArray) failed = g_ptr_array_new ();
  Tour tour = { 0 };

  setlocale (LC_ALL, "");
  if (argc != 4)
    {
      g_printerr ("Usage: weir-tour PROGRAM OUTPUT-FOLDER SCHEME\n");
      return 2;
    }
  driver = weir_driver_start ((const char *[]){ argv[1], "--demo", NULL }, &error);
  if (driver == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  /* nobody is there to point at anything: no tooltip in a picture */
  g_spawn_command_line_sync ("xdotool mousemove 0 0", NULL, NULL, NULL, NULL);

  g_print ("Weir, %s:\n", argv[3]);
  tour = (Tour){ .driver = driver, .folder = argv[2], .scheme = argv[3] };
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!steps[i].walk (&tour))
        g_ptr_array_add (failed, (gpointer) steps[i].what);
      if (!weir_driver_is_alive (driver))
        break;
    }
  if (!weir_driver_is_alive (driver))
    g_ptr_array_add (failed, (gpointer) "the program runs to the end");
  else if (!quit (&tour))
    g_ptr_array_add (failed, (gpointer) "the program ends when it is asked to");

  for (guint i = 0; i < failed->len; i++)
    g_printerr ("Did not work: %s\n", (const char *) g_ptr_array_index (failed, i));
  return failed->len > 0 ? 1 : 0;
}

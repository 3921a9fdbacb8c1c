/* test-ui-keyboard.c: the main job by keyboard alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys go to whatever has the focus, as a person's do; the accessibility tree is only looked at.
 */

#include "weir-ui-fixture.h"

#include <string.h>

static void
keys (WeirUi *ui, const char *some)
{
  g_auto (GStrv) each = g_strsplit (some, " ", -1);

  for (guint i = 0; each[i] != NULL; i++)
    weir_driver_key (ui->driver, each[i]);
}

static gboolean
has_focus (WeirUi *ui, const char *role, const char *name)
{
  g_autoptr (WeirThing) focus = weir_driver_find_focus (ui->driver);

  return focus != NULL && (role == NULL || g_str_equal (focus->role, role))
         && g_pattern_match_simple (name, focus->name);
}

static void
see_focus (WeirUi *ui, const char *role, const char *name)
{
  g_autoptr (WeirThing) focus = NULL;

  for (guint i = 0; i < 100; i++)
    {
      if (has_focus (ui, role, name))
        return;
      weir_driver_settle (ui->driver, 100);
    }
  focus = weir_driver_find_focus (ui->driver);
  g_error ("Not the %s “%s” has the focus but the %s “%s”", role, name,
           focus != NULL ? focus->role : "nothing", focus != NULL ? focus->name : "");
}

/* What a screen reader says of it after its name. */
static void
see_spoken (WeirUi *ui, const char *part)
{
  g_autoptr (WeirThing) focus = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_clear_pointer (&focus, weir_thing_free);
      focus = weir_driver_find_focus (ui->driver);
      if (focus != NULL && g_pattern_match_simple (part, focus->description))
        return;
      weir_driver_settle (ui->driver, 100);
    }
  g_error ("“%s” is not said of “%s” but “%s”", part, focus != NULL ? focus->name : "",
           focus != NULL ? focus->description : "");
}

/* Nobody counts how often. */
static void
go (WeirUi *ui, const char *key, const char *role, const char *name)
{
  for (guint i = 0; i < 40 && !has_focus (ui, role, name); i++)
    weir_driver_key (ui->driver, key);
  see_focus (ui, role, name);
}

static void
see_end (WeirUi *ui)
{
  for (guint i = 0; i < 100 && weir_driver_is_alive (ui->driver); i++)
    weir_driver_settle (ui->driver, 100);
  g_assert_false (weir_driver_is_alive (ui->driver));
  g_clear_pointer (&ui->driver, weir_driver_stop);
}

/* Opened for the first time: the hub, its events, and the end. */
static void
test_first_start (WeirUi *ui, gconstpointer unused)
{
  weir_ui_start (ui);
  weir_ui_see (ui, "push button", "Try the Built-in Hub");
  /* nothing can be done with, or searched in, what is not there */
  keys (ui, "alt+6");
  weir_ui_see (ui, "label", "No Accounts Yet");
  weir_ui_see_gone (ui, "push button", "Reconnect");
  weir_ui_see_gone (ui, "label", "0 of 0");
  keys (ui, "alt+1");
  weir_ui_see (ui, "push button", "Try the Built-in Hub");
  go (ui, "Tab", "push button", "Try the Built-in Hub");
  keys (ui, "Return");
  weir_ui_see (ui, "list item", "Demo Membrane, Online*");
  /* what was pressed is gone */
  see_focus (ui, "push button", "Subscriptions: *");
  keys (ui, "alt+4");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  keys (ui, "ctrl+q");
  see_end (ui);
}

/* A subscription is subscribed and pulled, and its pull run seen. */
static void
test_subscription (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) row = NULL;
  g_autofree char *list = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  keys (ui, "alt+2");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Unsubscribed");

  keys (ui, "ctrl+f");
  see_focus (ui, NULL, "Search subscriptions");
  weir_driver_write (ui->driver, "unsubscribed");
  weir_ui_see_gone (ui, "label", "44 of *");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Unsubscribed");
  /* its page's key leads from the search into the rows */
  keys (ui, "alt+2");
  go (ui, "Down", "table row", "*");
  keys (ui, "space");
  row = weir_driver_wait_selected (ui->driver, "Subscriptions", "Unsubscribed");
  g_assert_nonnull (row);
  weir_ui_see (ui, "label", "Subscription · membrane");

  /* without the search it stays selected when it changes */
  keys (ui, "ctrl+f ctrl+a BackSpace");
  keys (ui, "ctrl+shift+s");
  weir_ui_see_selected (ui, "Subscriptions", "Subscribed");
  list = weir_ui_weirctl (ui, NULL, "subscriptions --status unsubscribed");
  g_assert_null (strstr (list, row->name));

  keys (ui, "ctrl+p");
  weir_ui_see (ui, "label", "Pulling *");
  keys (ui, "alt+3");
  weir_ui_see_row (ui, "Pull Runs", row->name, NULL);
  keys (ui, "ctrl+q");
  see_end (ui);
}

/* All that stands in a row, and what happens to it, and not its first cell alone. */
static void
test_spoken (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) first = NULL;
  g_autoptr (WeirThing) again = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  keys (ui, "alt+2");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Subscribed");
  keys (ui, "alt+2");
  go (ui, "Down", "table row", "*");
  see_spoken (ui, "*,*");
  first = weir_driver_find_focus (ui->driver);
  /* only where the focus is, and next to it */
  keys (ui, "Down Down Down");
  for (guint i = 0; i < 100 && (again == NULL || again->description[0] != '\0'); i++)
    {
      weir_driver_settle (ui->driver, 100);
      g_clear_pointer (&again, weir_thing_free);
      again = weir_driver_find (ui->driver, NULL, "table row", first->name);
    }
  g_assert_nonnull (again);
  g_assert_cmpstr (again->description, ==, "");
  see_spoken (ui, "?*");

  keys (ui, "ctrl+f");
  weir_driver_write (ui->driver, "unsubscribed");
  weir_ui_see_gone (ui, "label", "44 of *");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Unsubscribed");
  keys (ui, "alt+2");
  go (ui, "Down", "table row", "*");
  keys (ui, "space ctrl+f ctrl+a BackSpace alt+2");
  see_spoken (ui, "*Unsubscribed*");
  keys (ui, "ctrl+shift+s");
  see_spoken (ui, "*Subscribed,*");

  keys (ui, "alt+5");
  see_focus (ui, NULL, "*, Open, *subscription*");
  keys (ui, "ctrl+q");
  see_end (ui);
}

/* In the window's title, and in the inspector, where no record is any more. */
static void
see_several (WeirUi *ui, const char *text)
{
  weir_ui_see (ui, NULL, text);
  weir_ui_see_gone (ui, "label", "Subscription · membrane");
}

/* Into a list and out of its search and its menu: each time to a row, and what is done then is done to that. */
static void
test_lists (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) edit = NULL;
  g_autoptr (WeirThing) row = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  keys (ui, "alt+2");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Error");
  keys (ui, "alt+2");
  see_focus (ui, "table row", "*");

  keys (ui, "ctrl+f");
  see_focus (ui, NULL, "Search subscriptions");
  keys (ui, "Return");
  see_focus (ui, "table row", "*");
  keys (ui, "Return");
  weir_ui_see_selected (ui, "Subscriptions", NULL);
  weir_ui_see (ui, "label", "Subscription · membrane");

  /* of more rows it is said how many they are, in the inspector and beneath the page's name, and no one of them is shown */
  keys (ui, "shift+Down");
  see_several (ui, "2 selected");
  keys (ui, "shift+Down");
  see_several (ui, "3 selected");
  keys (ui, "ctrl+a");
  see_several (ui, "44 selected");
  keys (ui, "Up");
  weir_ui_see_gone (ui, "label", "* selected");
  weir_ui_see (ui, "label", "Subscription · membrane");

  /* a search does not take them for ever */
  row = weir_driver_wait_selected (ui->driver, "Subscriptions", NULL);
  keys (ui, "ctrl+f");
  weir_driver_write (ui->driver, "nothing is called so");
  weir_ui_see (ui, "label", "0 of *");
  keys (ui, "Escape");
  weir_ui_see_row (ui, "Subscriptions", row->name, NULL);
  weir_ui_see_selected (ui, "Subscriptions", row->name);
  weir_ui_see (ui, "label", "Subscription · membrane");
  keys (ui, "ctrl+f Escape");
  weir_ui_see_gone (ui, NULL, "Search subscriptions");
  see_focus (ui, "table row", "*");
  keys (ui, "shift+F10");
  see_focus (ui, "menu item", "Show Events");
  weir_ui_see (ui, "menu item", "Copy ID");
  /* this platform has no such thing */
  edit = weir_driver_find (ui->driver, NULL, "menu item", "Edit…");
  g_assert_null (edit);
  keys (ui, "Escape");
  see_focus (ui, "table row", "*");

  /* nor does the inspector take the focus with it when it is closed */
  keys (ui, "F6");
  for (guint i = 0; i < 100 && has_focus (ui, "table row", "*"); i++)
    weir_driver_settle (ui->driver, 100);
  g_assert_false (has_focus (ui, "table row", "*"));
  keys (ui, "F9");
  see_focus (ui, "table row", "*");

  keys (ui, "alt+5");
  weir_ui_see_row (ui, "Errors", NULL, NULL);
  keys (ui, "alt+5");
  see_focus (ui, "list item", "*");
  keys (ui, "Down shift+F10");
  see_focus (ui, "menu item", "Acknowledge");
  keys (ui, "Escape");
  see_focus (ui, "list item", "*");

  keys (ui, "alt+4");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  see_focus (ui, "text", "Query");
  keys (ui, "Return");
  see_focus (ui, "table row", "*");
  /* where it is left it is entered */
  keys (ui, "alt+2 alt+4");
  see_focus (ui, "table row", "*");
  keys (ui, "alt+4");
  see_focus (ui, "text", "Query");

  /* the first Enter is for what was written, and watched from there; the second leads on */
  weir_driver_write (ui->driver, "account:membrane");
  keys (ui, "Return");
  weir_driver_settle (ui->driver, 500);
  see_focus (ui, "text", "Query");
  keys (ui, "Return");
  see_focus (ui, "table row", "*");
}

/* An event is asked for, looked into, and everything on the way is closed by a key. */
static void
test_timeline (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  keys (ui, "alt+4");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  keys (ui, "ctrl+shift+p");
  weir_ui_see (ui, "push button", "Follow");
  keys (ui, "ctrl+f");
  weir_driver_write (ui->driver, "kind:created ");
  weir_ui_see_gone (ui, "push button", "0 filtered out");

  go (ui, "Tab", "push button", "* received");
  keys (ui, "Return");
  weir_ui_see (ui, "label", "The oldest event kept is from*");
  keys (ui, "Escape");
  weir_ui_see_gone (ui, "label", "The oldest event kept is from*");
  see_focus (ui, "push button", "* received");

  go (ui, "shift+Tab", "table row", "*");
  keys (ui, "Down");
  /* where the key would fill it */
  for (guint i = 0; i < 20 && has_focus (ui, "table row", "Gap *"); i++)
    keys (ui, "Down");
  keys (ui, "Return");
  weir_ui_see (ui, "label", "Event · membrane");
  keys (ui, "Menu");
  see_focus (ui, "menu item", "Pin for Comparison*");
  keys (ui, "Escape");
  see_focus (ui, "table row", "*");
  /* from the inspector, which closes there, into the list */
  keys (ui, "F6");
  weir_driver_settle (ui->driver, 500);
  g_assert_false (has_focus (ui, "table row", "*"));
  keys (ui, "alt+5");
  see_focus (ui, "list item", "*, Open, *");
  keys (ui, "alt+4");
  weir_ui_see (ui, "label", "Event · membrane");
  keys (ui, "F6 F6");
  keys (ui, "alt+Page_Down");
  keys (ui, "F9");
  weir_ui_see_gone (ui, "label", "Event · membrane");
}

/* From far down to the newest: the row goes, the focus does not. */
static void
test_newest (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  keys (ui, "alt+4");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  keys (ui, "Return");
  see_focus (ui, "table row", "*");
  for (guint i = 0; i < 3; i++)
    {
      keys (ui, i == 1 ? "Page_Down Page_Down" : "End");
      see_focus (ui, "table row", "*");
      if (i == 2)
        weir_ui_see (ui, "push button", "*new event*");
      keys (ui, "alt+Home");
      see_focus (ui, "table row", "*");
      weir_driver_settle (ui->driver, 1000);
      see_focus (ui, "table row", "*");
    }
}

/* Tab passes the values of a field as one, however many there are; arrow keys go from one to the next. */
static void
test_facets (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) focus = NULL;
  g_autoptr (WeirThing) next = NULL;
  guint n_tabs = 0;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  keys (ui, "alt+4");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  weir_ui_see (ui, "check box", "*");

  keys (ui, "ctrl+f");
  go (ui, "Tab", "check box", "*");
  focus = weir_driver_find_focus (ui->driver);
  keys (ui, "Down");
  weir_driver_settle (ui->driver, 500);
  next = weir_driver_find_focus (ui->driver);
  g_assert_nonnull (next);
  g_assert_cmpstr (next->role, ==, "check box");
  g_assert_cmpstr (next->name, !=, focus->name);

  while (!has_focus (ui, "table row", "*"))
    {
      keys (ui, "Tab");
      g_assert_cmpuint (n_tabs++, <, 20);
    }
}

/* Tab leaves the list of pages at the one that is shown, arrow keys go on to the accounts; F6 comes back to that page's row,
 * and in the timeline to the events, too. */
static void
test_sidebar (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  keys (ui, "alt+2");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Error");
  keys (ui, "alt+2");
  see_focus (ui, "table row", "*");
  keys (ui, "F6");
  see_focus (ui, "list item", "Subscriptions");

  keys (ui, "alt+4");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  see_focus (ui, "text", "Query");
  keys (ui, "F6");
  see_focus (ui, "table row", "*");
  keys (ui, "F6");
  see_focus (ui, "list item", "Timeline");
  keys (ui, "Tab");
  see_focus (ui, "list item", "membrane, *");
  keys (ui, "shift+Tab");
  see_focus (ui, "list item", "Timeline");
  keys (ui, "shift+F6");
  see_focus (ui, "table row", "*");
  keys (ui, "shift+F6");
  see_focus (ui, "text", "Query");

  keys (ui, "F6 F6");
  see_focus (ui, "list item", "Timeline");
  keys (ui, "Down Down");
  see_focus (ui, "list item", "Connections");
  keys (ui, "Down");
  see_focus (ui, "list item", "membrane, *");
  keys (ui, "Down");
  see_focus (ui, "list item", "Add Account…");
  keys (ui, "Up Up");
  see_focus (ui, "list item", "Connections");
}

/* Only one platform says that it is. */
static void
see_chosen (WeirUi *ui, const char *name)
{
  static const char *const platforms[] = { "Membrane", "Sequin", "Oracle B2C Service" };

  for (guint i = 0; i < G_N_ELEMENTS (platforms); i++)
    {
      g_autoptr (WeirThing) row = weir_driver_wait (ui->driver, NULL, "radio button", platforms[i]);

      g_assert_nonnull (row);
      g_assert_cmpint (row->checked, ==, g_str_equal (platforms[i], name));
    }
}

/* The platforms are one stop. The focus stays at what was pressed while that is under way, and Shift+Tab leaves out no entry. */
static void
test_account_dialog (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) read_only = NULL;

  weir_ui_start (ui);
  keys (ui, "ctrl+n");
  weir_ui_see (ui, "text", "Account Name");
  /* what is written goes where the focus is: of entries in rows nobody tells that they have it */
  see_focus (ui, "radio button", "Membrane");
  keys (ui, "Down Down");
  see_focus (ui, "radio button", "Oracle B2C Service");
  see_chosen (ui, "Oracle B2C Service");
  keys (ui, "Tab shift+Tab");
  see_focus (ui, "radio button", "Oracle B2C Service");
  keys (ui, "Up Up");
  see_focus (ui, "radio button", "Membrane");
  see_chosen (ui, "Membrane");
  /* past what is said of the empty name */
  keys (ui, "Tab ctrl+a BackSpace");
  weir_ui_see (ui, "label", "An account needs a name");
  keys (ui, "Tab ctrl+a");
  weir_driver_write (ui->driver, "nowhere");
  weir_ui_see (ui, "label", "The address must begin with https:// or http://");
  go (ui, "Tab", "combo box", "Sign In With");
  keys (ui, "shift+Tab ctrl+a");
  weir_driver_write (ui->driver, "elsewhere");
  weir_ui_see (ui, "label", "The address must begin with https:// or http://");
  keys (ui, "shift+Tab");
  weir_driver_write (ui->driver, "One");
  keys (ui, "Tab ctrl+a");
  weir_driver_write (ui->driver, ui->hub->membrane_uri);
  weir_ui_see_gone (ui, "label", "The address must begin with https:// or http://");
  go (ui, "Tab", "combo box", "Sign In With");
  keys (ui, "Tab");
  weir_driver_write (ui->driver, "certainly-wrong");
  /* one stop for what is chosen, one for what is switched */
  go (ui, "Tab", NULL, "Certificate Authority");
  keys (ui, "Tab");
  see_focus (ui, "check box", "Read-Only");
  keys (ui, "space");
  read_only = weir_driver_wait (ui->driver, NULL, "check box", "Read-Only");
  g_assert_nonnull (read_only);
  g_assert_true (read_only->checked);
  keys (ui, "Tab");
  weir_driver_settle (ui->driver, 500);
  g_assert_false (has_focus (ui, NULL, "Read-Only"));
  go (ui, "Tab", "push button", "Test Connection");
  keys (ui, "Return");
  weir_ui_see (ui, "label", "*refused*");
  see_focus (ui, "push button", "Test Connection");
  /* Enter does what the row is for, and saves nothing */
  go (ui, "shift+Tab", NULL, "Where Do I Find This?");
  keys (ui, "Return");
  weir_ui_see (ui, "label", "Tokens are made in the Membrane console*");
  go (ui, "shift+Tab", "radio button", "Membrane");
  keys (ui, "Return");
  weir_driver_settle (ui->driver, 1000);
  see_focus (ui, "radio button", "Membrane");
}

static void
fill_in_account (WeirUi *ui, const char *uri, const char *token)
{
  keys (ui, "ctrl+n");
  weir_ui_see (ui, "text", "Account Name");
  see_focus (ui, "radio button", "Membrane");
  keys (ui, "Tab Tab ctrl+a");
  weir_driver_write (ui->driver, uri);
  go (ui, "Tab", "combo box", "Sign In With");
  keys (ui, "Tab");
  weir_driver_write (ui->driver, token);
}

static void
go_back (WeirUi *ui)
{
  keys (ui, "Return");
  see_focus (ui, "push button", "Back");
  keys (ui, "Return");
  weir_ui_see_gone (ui, "push button", "Back");
  weir_driver_focus_window (ui->driver, "Add Account");
}

/* What did not pass the test leads back to the field to blame, ready to be mended: an address at its end, a token to be
 * replaced. */
static void
test_blame (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *wrong = g_strconcat (ui->hub->membrane_uri, "/x", NULL);

  weir_ui_start (ui);
  /* Enter leads to what is still missing */
  fill_in_account (ui, wrong, "");
  keys (ui, "shift+Tab shift+Tab Return");
  weir_driver_write (ui->driver, "some token");
  weir_ui_see_gone (ui, "label", "Still to be filled in: Token");
  weir_ui_see (ui, "label", "Not tested yet");
  /* what was entered is not lost by a key */
  keys (ui, "Escape");
  see_focus (ui, "push button", "Keep Editing");
  go (ui, "Tab", "push button", "Discard");
  keys (ui, "Return");
  weir_ui_see_gone (ui, "text", "Account Name");
  weir_driver_focus_window (ui->driver, "Weir|Overview");

  fill_in_account (ui, wrong, ui->hub->membrane_token);
  go_back (ui);
  keys (ui, "BackSpace BackSpace Return");
  weir_ui_see_gone (ui, "text", "Account Name");
  weir_ui_see (ui, "list item", "Membrane, *");

  weir_driver_focus_window (ui->driver, "Weir|Overview");
  fill_in_account (ui, ui->hub->membrane_uri, "certainly-wrong");
  keys (ui, "shift+Tab shift+Tab");
  go_back (ui);
  weir_driver_write (ui->driver, ui->hub->membrane_token);
  keys (ui, "Return");
  weir_ui_see_gone (ui, "text", "Account Name");
  weir_ui_see (ui, "list item", "Membrane 2, *");
}

/* What cannot be undone takes more than Enter. */
static void
test_remove (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  keys (ui, "alt+0");
  see_focus (ui, "list item", "Overview");
  keys (ui, "Tab");
  see_focus (ui, "list item", "membrane, *");
  keys (ui, "shift+F10");
  see_focus (ui, "menu item", "*");
  go (ui, "Up", "menu item", "Remove…");
  keys (ui, "Return");
  weir_ui_see (ui, NULL, "Remove “membrane”?");
  see_focus (ui, "push button", "Cancel");
  weir_ui_see (ui, "check box", "Also delete its history");
  keys (ui, "Return");
  weir_ui_see_gone (ui, NULL, "Remove “membrane”?");
  weir_ui_see (ui, "list item", "membrane, Online*");
}

/* The help opens at what one does, and goes away again; so do the keys. */
static void
test_help (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  keys (ui, "alt+3");
  weir_ui_see_row (ui, "Pull Runs", NULL, NULL);
  keys (ui, "F1");
  weir_ui_see (ui, "label", "What was pulled, when, and with what result*");
  see_focus (ui, "list item", "Pull Runs");
  keys (ui, "Down");
  weir_ui_see (ui, "label", "What is happening now*");

  /* Escape ends the search first */
  keys (ui, "ctrl+f");
  see_focus (ui, NULL, "Search in the help");
  weir_driver_write (ui->driver, "hatched");
  weir_ui_see_gone (ui, "list item", "Accounts and Tokens");
  keys (ui, "Escape");
  weir_ui_see (ui, "list item", "Accounts and Tokens");
  keys (ui, "Escape");
  weir_ui_see_gone (ui, "list item", "Accounts and Tokens");

  /* out of a text, too, which knows the key itself; and from the search to what is found, not back into the text */
  keys (ui, "F1");
  see_focus (ui, "list item", "Pull Runs");
  keys (ui, "Tab Tab ctrl+f");
  see_focus (ui, NULL, "Search in the help");
  weir_driver_write (ui->driver, "hatched");
  weir_ui_see_gone (ui, "list item", "Accounts and Tokens");
  keys (ui, "Down");
  see_focus (ui, "list item", "Timeline");
  weir_ui_see (ui, "label", "What is happening now*");
  keys (ui, "ctrl+w");
  weir_ui_see_gone (ui, "label", "What is happening now*");

  keys (ui, "ctrl+question");
  /* later GTK tells nobody the window's name, and says the key in the label, too */
  weir_ui_see (ui, "label", "*Help for this page");
  keys (ui, "Escape");
  weir_ui_see_gone (ui, "label", "*Help for this page");
}

/* To what another page has of it, also if that is nothing. */
static void
test_elsewhere (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) row = NULL;
  g_autofree char *reading = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  keys (ui, "alt+2");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Active");
  keys (ui, "ctrl+f");
  weir_driver_write (ui->driver, "sequin");
  weir_ui_see_gone (ui, "label", "57 of 57");
  keys (ui, "Return");
  see_focus (ui, "table row", "*");
  keys (ui, "Down");
  weir_ui_see_selected (ui, "Subscriptions", NULL);
  keys (ui, "ctrl+3");
  weir_ui_see (ui, "label", "No Results");
  see_focus (ui, NULL, "Search pull runs");
  keys (ui, "alt+2");
  see_focus (ui, "table row", "*");
  row = weir_driver_wait_selected (ui->driver, "Subscriptions", NULL);
  keys (ui, "ctrl+4");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  see_focus (ui, NULL, "Query");
  /* it asks for an id; what is read of it is the name */
  keys (ui, "ctrl+shift+e");
  reading = g_strdup_printf ("*sub is “%s” — *", row->name);
  weir_ui_see (ui, "label", reading);
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/keyboard/first-start", test_first_start);
  weir_ui_add ("/ui/keyboard/subscription", test_subscription);
  weir_ui_add ("/ui/keyboard/spoken", test_spoken);
  weir_ui_add ("/ui/keyboard/lists", test_lists);
  weir_ui_add ("/ui/keyboard/elsewhere", test_elsewhere);
  weir_ui_add ("/ui/keyboard/timeline", test_timeline);
  weir_ui_add ("/ui/keyboard/newest", test_newest);
  weir_ui_add ("/ui/keyboard/facets", test_facets);
  weir_ui_add ("/ui/keyboard/sidebar", test_sidebar);
  weir_ui_add ("/ui/keyboard/account-dialog", test_account_dialog);
  weir_ui_add ("/ui/keyboard/blame", test_blame);
  weir_ui_add ("/ui/keyboard/remove", test_remove);
  weir_ui_add ("/ui/keyboard/help", test_help);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}

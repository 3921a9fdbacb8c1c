/* weir-driver.c: starts the application and works it through the accessibility tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-driver"

#include "weir-driver-tree.h"

#include <signal.h>
#include <stdlib.h>

#define ROOT "/org/a11y/atspi/accessible/root"

struct _WeirDriver
{
  GSubprocess *process;
  GDBusConnection *bus; /* the accessibility bus */
  char *owner;          /* the program's name on it */
  char *root;           /* and its root */
  char *name;
};

static gint64
get_end (void)
{
  const char *text = g_getenv ("WEIR_DRIVER_PATIENCE");
  double seconds = text != NULL ? g_ascii_strtod (text, NULL) : 0;

  return g_get_monotonic_time ()
         + (gint64) ((seconds > 0 ? seconds : WEIR_DRIVER_PATIENCE) * G_USEC_PER_SEC);
}

static void
sleep_while_serving (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (5000);
    }
  while (g_get_monotonic_time () < end);
}

/* Between two looks; FALSE when it is time to give up. */
static gboolean
wait_a_little (WeirDriver *self, gint64 end)
{
  sleep_while_serving (100);
  return g_get_monotonic_time () < end && weir_driver_is_alive (self);
}

/* Whoever reads a failed test's log wants to know what there was instead. */
static void
complain (WeirDriver *self, const char *what, const char *name)
{
  const char *folder = g_getenv ("WEIR_DRIVER_PICTURES");
  g_autofree char *tree = weir_driver_dump (self);

  if (!weir_driver_is_alive (self) && g_subprocess_get_if_signaled (self->process))
    g_printerr ("The program has ended by signal %d.\n", g_subprocess_get_term_sig (self->process));
  else if (!weir_driver_is_alive (self))
    g_printerr ("The program has ended with status %d.\n",
                g_subprocess_get_exit_status (self->process));
  g_printerr ("%s: “%s”. What there is:\n%s\n", what, name, tree);
  if (folder != NULL)
    {
      g_autofree char *program = g_path_get_basename (g_get_prgname ());
      g_autofree char *file = g_strconcat (program, ".png", NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);

      if (weir_driver_picture (self, path))
        g_printerr ("A picture of it: %s\n", path);
    }
}

/* "*" stands for anything. */
static gboolean
name_matches (const char *name, const char *pattern)
{
  return g_pattern_match_simple (pattern, name);
}

static WeirNode *
read_tree (WeirDriver *self, WeirThing *root, gboolean rows)
{
  return weir_node_read (self->bus, self->owner, root != NULL ? root->path : self->root, rows);
}

static WeirThing *
search (WeirDriver *self, WeirThing *root, WeirNodeAccept accept, gpointer user_data)
{
  g_autoptr (WeirNode) tree = read_tree (self, root, FALSE);
  WeirNode *found = weir_node_search (tree, accept, user_data);

  return found != NULL ? weir_thing_copy (&found->thing) : NULL;
}

typedef struct
{
  const char *role;
  const char *name;
} Wanted;

static guint
accept_wanted (WeirNode *node, gpointer user_data)
{
  const Wanted *wanted = user_data;

  return (wanted->role == NULL || g_str_equal (node->thing.role, wanted->role))
         && name_matches (node->thing.name, wanted->name);
}

typedef struct
{
  WeirDriver *driver;
  const char *name;
  gboolean done;
} Press;

/* Presses what it accepts: of a menu's button only the inner one has an action. */
static guint
accept_press (WeirNode *node, gpointer user_data)
{
  static const char *const roles[] = { "push button",  "toggle button", "menu item", "check box",
                                       "radio button", "page tab",      "list item" };
  Press *press = user_data;

  if (press->done || !node->thing.sensitive || !name_matches (node->thing.name, press->name))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (roles) && !press->done; i++)
    {
      if (g_str_equal (node->thing.role, roles[i]))
        press->done = weir_driver_press (press->driver, &node->thing);
    }
  return press->done;
}

static guint
accept_entry (WeirNode *node, gpointer user_data)
{
  if (!name_matches (node->thing.name, user_data) || g_str_equal (node->thing.role, "label"))
    return 0;
  return g_str_equal (node->thing.role, "text") ? 1 : 2;
}

static guint
accept_text (WeirNode *node, gpointer user_data)
{
  return g_str_equal (node->thing.role, "text");
}

typedef struct
{
  WeirDriver *driver;
  const char *table;
  const char *name;
  const char *text;
  gboolean selected;
  gboolean found;
} WantedRow;

static gboolean
is_in_table (WeirNode *node, const char *table)
{
  for (WeirNode *up = node->parent; up != NULL; up = up->parent)
    {
      if ((g_str_equal (up->thing.role, "tree table") || g_str_equal (up->thing.role, "list"))
          && g_str_equal (up->thing.name, table))
        return TRUE;
    }
  return FALSE;
}

static guint
accept_row (WeirNode *node, gpointer user_data)
{
  WantedRow *wanted = user_data;
  g_autofree char *text = NULL;
  g_autofree char *pattern = NULL;

  /* each row costs a trip */
  if (wanted->found)
    return 0;
  if (!g_str_equal (node->thing.role, "table row") && !g_str_equal (node->thing.role, "list item"))
    return 0;
  /* the titles of the columns are a row too */
  if (node->parent == NULL || g_str_equal (node->parent->thing.role, "tree table"))
    return 0;
  if (wanted->selected && !node->thing.selected)
    return 0;
  if ((wanted->name != NULL && !name_matches (node->thing.name, wanted->name))
      || !is_in_table (node, wanted->table))
    return 0;
  if (wanted->text != NULL)
    {
      text = weir_driver_read (wanted->driver, &node->thing);
      pattern = g_strdup_printf ("*%s*", wanted->text);
    }
  wanted->found = text == NULL || name_matches (text, pattern);
  return wanted->found;
}

static WeirThing *
wait_row (WeirDriver *self, WantedRow *wanted)
{
  gint64 end = get_end ();
  g_autofree char *what = NULL;

  do
    {
      WeirThing *row;

      wanted->found = FALSE;
      row = search (self, NULL, accept_row, wanted);
      if (row != NULL)
        return row;
    }
  while (wait_a_little (self, end));

  what = g_strdup_printf ("%s / %s / %s", wanted->table, wanted->name != NULL ? wanted->name : "*",
                          wanted->text != NULL ? wanted->text : "*");
  complain (self, wanted->selected ? "No such selected row" : "No such row", what);
  return NULL;
}

static GVariant *
call (WeirDriver *self,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer =
      g_dbus_connection_call_sync (self->bus, self->owner, path, interface, method, parameters,
                                   NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  sleep_while_serving (50);
  return answer;
}

static gboolean
call_for_yes (WeirDriver *self,
              const char *path,
              const char *interface,
              const char *method,
              GVariant *parameters)
{
  g_autoptr (GVariant) answer = call (self, path, interface, method, parameters);
  gboolean yes = FALSE;

  if (answer != NULL && g_variant_is_of_type (answer, G_VARIANT_TYPE ("(b)")))
    g_variant_get (answer, "(b)", &yes);
  return yes;
}

static GDBusConnection *
connect_to_bus (GError **error)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  g_autoptr (GVariant) answer = NULL;
  const char *address;

  if (session == NULL)
    return NULL;
  answer = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                        "GetAddress", NULL, G_VARIANT_TYPE ("(s)"),
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);
  if (answer == NULL)
    return NULL;
  g_variant_get (answer, "(&s)", &address);
  return g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, error);
}

/* The program, once it has a window. */
static gboolean
find_application (WeirDriver *self)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) list = NULL;
  GVariantIter iter;
  const char *owner;
  const char *path;

  answer = g_dbus_connection_call_sync (
      self->bus, "org.a11y.atspi.Registry", ROOT, "org.a11y.atspi.Accessible", "GetChildren", NULL,
      G_VARIANT_TYPE ("(a(so))"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  if (answer == NULL)
    return FALSE;
  list = g_variant_get_child_value (answer, 0);
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&o)", &owner, &path))
    {
      g_autoptr (WeirNode) tree = weir_node_read (self->bus, owner, path, FALSE);

      if (g_str_equal (tree->thing.name, self->name) && tree->children->len > 0)
        {
          self->owner = g_strdup (owner);
          self->root = g_strdup (path);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * weir_driver_start:
 * @argv: program and arguments
 * @error: return location for an error
 *
 * Starts the program and waits until its window is in the accessibility tree.
 *
 * Returns: (transfer full): the driver, or %NULL
 */
WeirDriver *
weir_driver_start (const char *const *argv, GError **error)
{
  g_autoptr (WeirDriver) self = g_new0 (WeirDriver, 1);
  gint64 end = get_end ();

  g_return_val_if_fail (argv != NULL && argv[0] != NULL, NULL);

  self->name = g_path_get_basename (argv[0]);
  self->bus = connect_to_bus (error);
  if (self->bus == NULL)
    return NULL;
  self->process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, error);
  if (self->process == NULL)
    return NULL;

  while (!find_application (self))
    {
      if (!wait_a_little (self, end))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                       "%s showed no window on the accessibility bus", self->name);
          return NULL;
        }
    }
  weir_driver_focus_window (self, ".");
  return g_steal_pointer (&self);
}

/**
 * weir_driver_stop:
 * @self: (transfer full): a driver
 *
 * Ends the program, kindly first.
 */
void
weir_driver_stop (WeirDriver *self)
{
  if (self->process != NULL)
    {
      g_subprocess_send_signal (self->process, SIGTERM);
      for (int i = 0; i < 100 && weir_driver_is_alive (self); i++)
        sleep_while_serving (50);
      g_subprocess_force_exit (self->process);
      g_subprocess_wait (self->process, NULL, NULL);
    }
  g_clear_object (&self->process);
  if (self->bus != NULL)
    g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_free (self->owner);
  g_free (self->root);
  g_free (self->name);
  g_free (self);
}

/**
 * weir_driver_is_alive:
 * @self: a driver
 *
 * Returns: whether the program still runs
 */
gboolean
weir_driver_is_alive (WeirDriver *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  sleep_while_serving (1);
  return g_subprocess_get_identifier (self->process) != NULL;
}

/**
 * weir_driver_find:
 * @self: a driver
 * @root: (nullable): where to look, or in all windows
 * @role: (nullable): a role's name, or %NULL for any
 * @name: the name; "*" stands for anything
 *
 * Looks for something that can be seen now.
 *
 * Returns: (transfer full) (nullable): it
 */
WeirThing *
weir_driver_find (WeirDriver *self, WeirThing *root, const char *role, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return search (self, root, accept_wanted, &(Wanted){ .role = role, .name = name });
}

/**
 * weir_driver_wait:
 * @self: a driver
 * @root: (nullable): where to look, or in all windows
 * @role: (nullable): a role's name, or %NULL for any
 * @name: the name; "*" stands for anything
 *
 * Waits for something to be there.
 *
 * Returns: (transfer full) (nullable): it, or %NULL when the patience has ended
 */
WeirThing *
weir_driver_wait (WeirDriver *self, WeirThing *root, const char *role, const char *name)
{
  gint64 end = get_end ();

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  do
    {
      WeirThing *thing = weir_driver_find (self, root, role, name);

      if (thing != NULL)
        return thing;
    }
  while (wait_a_little (self, end));

  complain (self, "Not found", name);
  return NULL;
}

static guint
accept_focused (WeirNode *node, gpointer unused)
{
  return node->thing.focused ? 1 : 0;
}

/**
 * weir_driver_find_focus:
 * @self: a driver
 *
 * Returns: (transfer full) (nullable): what keys go to
 */
WeirThing *
weir_driver_find_focus (WeirDriver *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return search (self, NULL, accept_focused, NULL);
}

/**
 * weir_driver_wait_gone:
 * @self: a driver
 * @root: (nullable): where to look, or in all windows
 * @role: (nullable): a role's name, or %NULL for any
 * @name: the name; "*" stands for anything
 *
 * Returns: whether it went away in time
 */
gboolean
weir_driver_wait_gone (WeirDriver *self, WeirThing *root, const char *role, const char *name)
{
  gint64 end = get_end ();

  g_return_val_if_fail (self != NULL, FALSE);

  do
    {
      g_autoptr (WeirThing) thing = weir_driver_find (self, root, role, name);

      if (thing == NULL)
        return TRUE;
    }
  while (wait_a_little (self, end));

  complain (self, "Still there", name);
  return FALSE;
}

/**
 * weir_driver_read:
 * @self: a driver
 * @thing: (nullable): anything; %NULL for all windows
 *
 * Returns: (transfer full): the texts that can be read inside it, as “Ticket updated · Subscribed”
 */
char *
weir_driver_read (WeirDriver *self, WeirThing *thing)
{
  GString *text = g_string_new (NULL);
  g_autoptr (WeirNode) tree = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  tree = read_tree (self, thing, TRUE);
  weir_node_append_labels (tree, text);
  return g_string_free (text, FALSE);
}

/**
 * weir_driver_press:
 * @self: a driver
 * @thing: (nullable): a button, row, …
 *
 * Returns: whether it is there, has an action and took it
 */
gboolean
weir_driver_press (WeirDriver *self, WeirThing *thing)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return thing != NULL
         && call_for_yes (self, thing->path, "org.a11y.atspi.Action", "DoAction",
                          g_variant_new ("(i)", 0));
}

/**
 * weir_driver_click:
 * @self: a driver
 * @name: the name of something that can be pressed
 *
 * Waits for a thing of that name that is sensitive and lets itself be pressed: a button, a tab, a row, …
 *
 * Returns: whether that happened
 */
gboolean
weir_driver_click (WeirDriver *self, const char *name)
{
  gint64 end = get_end ();
  Press press = { .driver = self, .name = name };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  do
    {
      g_autoptr (WeirThing) thing = search (self, NULL, accept_press, &press);

      if (thing != NULL)
        return TRUE;
    }
  while (wait_a_little (self, end));

  complain (self, "Cannot be pressed", name);
  return FALSE;
}

/**
 * weir_driver_type:
 * @self: a driver
 * @name: the name of an entry
 * @text: what is to stand in it
 *
 * Returns: whether there is such an entry and it took the text
 */
gboolean
weir_driver_type (WeirDriver *self, const char *name, const char *text)
{
  gint64 end = get_end ();

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL && text != NULL, FALSE);

  do
    {
      g_autoptr (WeirThing) thing = search (self, NULL, accept_entry, (gpointer) name);
      g_autoptr (WeirThing) inner = NULL;

      if (thing == NULL)
        continue;
      /* what can be written to is inside a row or a search entry */
      inner = search (self, thing, accept_text, NULL);
      if (call_for_yes (self, inner != NULL ? inner->path : thing->path,
                        "org.a11y.atspi.EditableText", "SetTextContents",
                        g_variant_new ("(s)", text)))
        return TRUE;
    }
  while (wait_a_little (self, end));

  complain (self, "No entry", name);
  return FALSE;
}

/**
 * weir_driver_page:
 * @self: a driver
 * @page: the name of a page
 *
 * Goes to a page by its row in the sidebar.
 *
 * Returns: whether there is such a row
 */
gboolean
weir_driver_page (WeirDriver *self, const char *page)
{
  g_autoptr (WeirThing) row = weir_driver_wait (self, NULL, "list item", page);

  return weir_driver_press (self, row);
}

/**
 * weir_driver_find_row:
 * @self: a driver
 * @table: the name of a table or list
 * @name: (nullable): the row's name; "*" stands for anything
 * @text: (nullable): a part of what is written in the row
 *
 * Returns: (transfer full) (nullable): the first such row
 */
WeirThing *
weir_driver_find_row (WeirDriver *self, const char *table, const char *name, const char *text)
{
  g_return_val_if_fail (self != NULL, NULL);

  return search (self, NULL, accept_row,
                 &(WantedRow){ .driver = self, .table = table, .name = name, .text = text });
}

/**
 * weir_driver_wait_row:
 * @self: a driver
 * @table: the name of a table or list
 * @name: (nullable): the row's name; "*" stands for anything
 * @text: (nullable): a part of what is written in the row
 *
 * Like weir_driver_find_row(), with patience.
 *
 * Returns: (transfer full) (nullable): the first such row
 */
WeirThing *
weir_driver_wait_row (WeirDriver *self, const char *table, const char *name, const char *text)
{
  g_return_val_if_fail (self != NULL, NULL);

  return wait_row (self,
                   &(WantedRow){ .driver = self, .table = table, .name = name, .text = text });
}

/**
 * weir_driver_wait_selected:
 * @self: a driver
 * @table: the name of a table or list
 * @text: (nullable): a part of what is to be written in the row
 *
 * Waits until a selected row says that.
 *
 * Returns: (transfer full) (nullable): the row
 */
WeirThing *
weir_driver_wait_selected (WeirDriver *self, const char *table, const char *text)
{
  g_return_val_if_fail (self != NULL, NULL);

  return wait_row (self,
                   &(WantedRow){ .driver = self, .table = table, .text = text, .selected = TRUE });
}

/**
 * weir_driver_select:
 * @self: a driver
 * @row: (nullable): a row of a table or list
 * @more: whether what is selected stays so
 *
 * Returns: whether the row is there and its list took it
 */
gboolean
weir_driver_select (WeirDriver *self, WeirThing *row, gboolean more)
{
  static const char interface[] = "org.a11y.atspi.Selection";

  g_return_val_if_fail (self != NULL, FALSE);

  if (row == NULL || row->parent == NULL)
    return FALSE;
  if (!more)
    call_for_yes (self, row->parent, interface, "ClearSelection", NULL);
  if (!call_for_yes (self, row->parent, interface, "SelectChild",
                     g_variant_new ("(i)", (int) row->index)))
    return FALSE;
  sleep_while_serving (100);
  return TRUE;
}

/**
 * weir_driver_picture:
 * @self: a driver
 * @path: where to save it, a PNG
 *
 * Takes a picture of the screen.
 *
 * Returns: whether it was saved
 */
gboolean
weir_driver_picture (WeirDriver *self, const char *path)
{
  const char *argv[] = { "import", "-window", "root", path, NULL };
  int status = 1;

  g_return_val_if_fail (self != NULL, FALSE);

  return g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                       &status, NULL)
         && status == 0;
}

/**
 * weir_driver_settle:
 * @self: a driver
 * @milliseconds: how long
 *
 * Lets the program go on for a while.
 */
void
weir_driver_settle (WeirDriver *self, guint milliseconds)
{
  g_return_if_fail (self != NULL);

  sleep_while_serving (milliseconds);
}

/**
 * weir_driver_dump:
 * @self: a driver
 *
 * Returns: (transfer full): what can be seen, as an indented text
 */
char *
weir_driver_dump (WeirDriver *self)
{
  GString *text = g_string_new (NULL);
  g_autoptr (WeirNode) tree = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  tree = read_tree (self, NULL, TRUE);
  weir_node_dump (tree, 0, text);
  return g_string_free (text, FALSE);
}

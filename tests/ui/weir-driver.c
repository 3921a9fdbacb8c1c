/* weir-driver.c: starts the application and works it through the accessibility tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-driver"

#include "weir-driver.h"

#include <signal.h>
#include <stdlib.h>

struct _WeirDriver
{
  GSubprocess *process;
  AtspiAccessible *application;
  char *name;
};

static double
get_patience (void)
{
  const char *text = g_getenv ("WEIR_DRIVER_PATIENCE");
  double seconds = text != NULL ? g_ascii_strtod (text, NULL) : 0;

  return seconds > 0 ? seconds : WEIR_DRIVER_PATIENCE;
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

static gboolean
name_matches (const char *name, const char *pattern)
{
  gsize length = strlen (pattern);

  if (name == NULL)
    return FALSE;
  if (length > 0 && pattern[length - 1] == '*')
    return strncmp (name, pattern, length - 1) == 0;
  return g_str_equal (name, pattern);
}

static gboolean
has_state (AtspiAccessible *thing, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (thing);

  return states != NULL && atspi_state_set_contains (states, state);
}

/* Breadth first, so that what is nearest to the root is found first. */
static AtspiAccessible *
search (AtspiAccessible *root, AtspiRole role, const char *name)
{
  g_autoptr (GPtrArray) queue = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (queue, g_object_ref (root));
  for (guint i = 0; i < queue->len; i++)
    {
      AtspiAccessible *thing = g_ptr_array_index (queue, i);
      int n_children;

      if (i > 0)
        {
          g_autofree char *own_name = NULL;

          /* A hidden page of the stack is in the tree, but nobody can see it. */
          if (!has_state (thing, ATSPI_STATE_VISIBLE))
            continue;
          own_name = atspi_accessible_get_name (thing, NULL);
          if (name_matches (own_name, name)
              && (role == ATSPI_ROLE_INVALID || atspi_accessible_get_role (thing, NULL) == role))
            return g_object_ref (thing);
        }

      n_children = atspi_accessible_get_child_count (thing, NULL);
      for (int child = 0; child < n_children; child++)
        {
          AtspiAccessible *next = atspi_accessible_get_child_at_index (thing, child, NULL);

          if (next != NULL)
            g_ptr_array_add (queue, next);
        }
    }
  return NULL;
}

static AtspiAccessible *
find_application (const char *name)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int n_children = atspi_accessible_get_child_count (desktop, NULL);

  for (int i = 0; i < n_children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *own_name = NULL;

      if (child == NULL)
        continue;
      own_name = atspi_accessible_get_name (child, NULL);
      if (g_strcmp0 (own_name, name) == 0 && atspi_accessible_get_child_count (child, NULL) > 0)
        return g_steal_pointer (&child);
    }
  return NULL;
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
  g_autofree char *output = NULL;
  gint64 end;

  g_return_val_if_fail (argv != NULL && argv[0] != NULL, NULL);

  atspi_init ();
  self->name = g_path_get_basename (argv[0]);
  self->process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, error);
  if (self->process == NULL)
    return NULL;

  end = g_get_monotonic_time () + (gint64) (get_patience () * G_USEC_PER_SEC);
  while ((self->application = find_application (self->name)) == NULL)
    {
      if (g_get_monotonic_time () > end || g_subprocess_get_identifier (self->process) == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                       "%s showed no window on the accessibility bus", self->name);
          return NULL;
        }
      sleep_while_serving (50);
    }
  /* There is no window manager that would give the window the keyboard. */
  g_spawn_command_line_sync ("xdotool search --sync --onlyvisible --limit 1 --name . windowfocus",
                             &output, NULL, NULL, NULL);
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
      for (int i = 0; i < 100 && g_subprocess_get_identifier (self->process) != NULL; i++)
        sleep_while_serving (50);
      g_subprocess_force_exit (self->process);
      g_subprocess_wait (self->process, NULL, NULL);
    }
  g_clear_object (&self->process);
  g_clear_object (&self->application);
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
 * weir_driver_get_application:
 * @self: a driver
 *
 * Returns: (transfer none): the root of the program's tree
 */
AtspiAccessible *
weir_driver_get_application (WeirDriver *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->application;
}

/**
 * weir_driver_find:
 * @self: a driver
 * @root: (nullable): where to look, or the whole application
 * @role: a role, or %ATSPI_ROLE_INVALID for any
 * @name: the name; with a final "*", its beginning
 *
 * Looks for something that can be seen now.
 *
 * Returns: (transfer full) (nullable): it
 */
AtspiAccessible *
weir_driver_find (WeirDriver *self, AtspiAccessible *root, AtspiRole role, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  atspi_accessible_clear_cache (root != NULL ? root : self->application);
  return search (root != NULL ? root : self->application, role, name);
}

/**
 * weir_driver_wait:
 * @self: a driver
 * @root: (nullable): where to look, or the whole application
 * @role: a role, or %ATSPI_ROLE_INVALID for any
 * @name: the name; with a final "*", its beginning
 *
 * Waits for something to be there. What there is instead is printed when the patience ends.
 *
 * Returns: (transfer full) (nullable): it, or %NULL when the patience has ended
 */
AtspiAccessible *
weir_driver_wait (WeirDriver *self, AtspiAccessible *root, AtspiRole role, const char *name)
{
  gint64 end = g_get_monotonic_time () + (gint64) (get_patience () * G_USEC_PER_SEC);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  do
    {
      AtspiAccessible *thing = weir_driver_find (self, root, role, name);

      if (thing != NULL)
        return thing;
      sleep_while_serving (100);
    }
  while (g_get_monotonic_time () < end && weir_driver_is_alive (self));

  {
    g_autofree char *tree = weir_driver_dump (self);

    g_printerr ("Not found: “%s”. What there is:\n%s\n", name, tree);
  }
  return NULL;
}

/**
 * weir_driver_wait_gone:
 * @self: a driver
 * @root: (nullable): where to look, or the whole application
 * @role: a role, or %ATSPI_ROLE_INVALID for any
 * @name: the name; with a final "*", its beginning
 *
 * Returns: whether it went away in time
 */
gboolean
weir_driver_wait_gone (WeirDriver *self, AtspiAccessible *root, AtspiRole role, const char *name)
{
  gint64 end = g_get_monotonic_time () + (gint64) (get_patience () * G_USEC_PER_SEC);

  g_return_val_if_fail (self != NULL, FALSE);

  do
    {
      g_autoptr (AtspiAccessible) thing = weir_driver_find (self, root, role, name);

      if (thing == NULL)
        return TRUE;
      sleep_while_serving (100);
    }
  while (g_get_monotonic_time () < end);
  return FALSE;
}

/**
 * weir_driver_press:
 * @self: a driver
 * @thing: a button, row, …
 *
 * Returns: whether it has an action and took it
 */
gboolean
weir_driver_press (WeirDriver *self, AtspiAccessible *thing)
{
  g_autoptr (AtspiAction) action = NULL;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);

  if (thing == NULL || (action = atspi_accessible_get_action_iface (thing)) == NULL)
    return FALSE;
  done = atspi_action_do_action (action, 0, NULL);
  sleep_while_serving (50);
  return done;
}

/**
 * weir_driver_click:
 * @self: a driver
 * @name: the name of something that can be pressed
 *
 * Waits for a thing of that name that is sensitive, and presses it: a button, or else anything.
 *
 * Returns: whether that happened
 */
gboolean
weir_driver_click (WeirDriver *self, const char *name)
{
  static const AtspiRole roles[] = { ATSPI_ROLE_PUSH_BUTTON, ATSPI_ROLE_TOGGLE_BUTTON,
                                     ATSPI_ROLE_MENU_ITEM,   ATSPI_ROLE_CHECK_BOX,
                                     ATSPI_ROLE_LIST_ITEM,   ATSPI_ROLE_INVALID };
  gint64 end = g_get_monotonic_time () + (gint64) (get_patience () * G_USEC_PER_SEC);

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  do
    {
      for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
        {
          g_autoptr (AtspiAccessible) thing = weir_driver_find (self, NULL, roles[i], name);

          if (thing != NULL && weir_driver_is_sensitive (thing) && weir_driver_press (self, thing))
            return TRUE;
        }
      sleep_while_serving (100);
    }
  while (g_get_monotonic_time () < end && weir_driver_is_alive (self));

  {
    g_autofree char *tree = weir_driver_dump (self);

    g_printerr ("Cannot be pressed: “%s”. What there is:\n%s\n", name, tree);
  }
  return FALSE;
}

/**
 * weir_driver_is_sensitive:
 * @thing: anything
 *
 * Returns: whether it reacts to a person
 */
gboolean
weir_driver_is_sensitive (AtspiAccessible *thing)
{
  return thing != NULL && has_state (thing, ATSPI_STATE_SENSITIVE);
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
  static const AtspiRole roles[] = { ATSPI_ROLE_TEXT, ATSPI_ROLE_ENTRY, ATSPI_ROLE_PASSWORD_TEXT,
                                     ATSPI_ROLE_INVALID };
  gint64 end = g_get_monotonic_time () + (gint64) (get_patience () * G_USEC_PER_SEC);

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL && text != NULL, FALSE);

  do
    {
      for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
        {
          g_autoptr (AtspiAccessible) thing = weir_driver_find (self, NULL, roles[i], name);
          g_autoptr (AtspiEditableText) entry = NULL;

          if (thing == NULL)
            continue;
          entry = atspi_accessible_get_editable_text_iface (thing);
          if (entry == NULL)
            {
              /* A row's entry is inside it. */
              g_autoptr (AtspiAccessible) inner = search (thing, ATSPI_ROLE_TEXT, "*");

              if (inner != NULL)
                entry = atspi_accessible_get_editable_text_iface (inner);
            }
          if (entry != NULL && atspi_editable_text_set_text_contents (entry, text, NULL))
            {
              sleep_while_serving (50);
              return TRUE;
            }
        }
      sleep_while_serving (100);
    }
  while (g_get_monotonic_time () < end && weir_driver_is_alive (self));

  {
    g_autofree char *tree = weir_driver_dump (self);

    g_printerr ("No entry: “%s”. What there is:\n%s\n", name, tree);
  }
  return FALSE;
}

/**
 * weir_driver_key:
 * @self: a driver
 * @keys: a combination as xdotool writes it, "ctrl+f"
 *
 * Presses keys as the keyboard would.
 */
void
weir_driver_key (WeirDriver *self, const char *keys)
{
  const char *argv[] = { "xdotool", "key", "--clearmodifiers", keys, NULL };

  g_return_if_fail (self != NULL);

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  sleep_while_serving (150);
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
  g_autoptr (AtspiAccessible) row = weir_driver_wait (self, NULL, ATSPI_ROLE_LIST_ITEM, page);
  g_autoptr (AtspiAccessible) list = NULL;
  g_autoptr (AtspiSelection) selection = NULL;

  if (row == NULL)
    return FALSE;
  if (weir_driver_press (self, row))
    return TRUE;
  list = atspi_accessible_get_parent (row, NULL);
  selection = list != NULL ? atspi_accessible_get_selection_iface (list) : NULL;
  if (selection == NULL)
    return FALSE;
  return atspi_selection_select_child (selection, atspi_accessible_get_index_in_parent (row, NULL),
                                       NULL);
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

static void
dump (AtspiAccessible *thing, guint depth, guint *budget, GString *text)
{
  g_autofree char *name = atspi_accessible_get_name (thing, NULL);
  g_autofree char *role = atspi_accessible_get_role_name (thing, NULL);
  int n_children;

  if (*budget == 0 || (depth > 0 && !has_state (thing, ATSPI_STATE_VISIBLE)))
    return;
  (*budget)--;
  g_string_append_printf (text, "%*s%s “%s”%s\n", (int) depth * 2, "", role, name,
                          has_state (thing, ATSPI_STATE_SENSITIVE) ? "" : " (insensitive)");
  n_children = atspi_accessible_get_child_count (thing, NULL);
  for (int i = 0; i < n_children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (thing, i, NULL);

      if (child != NULL)
        dump (child, depth + 1, budget, text);
    }
}

/**
 * weir_driver_dump:
 * @self: a driver
 *
 * Returns: (transfer full): what can be seen, as an indented text of at most 600 lines
 */
char *
weir_driver_dump (WeirDriver *self)
{
  GString *text = g_string_new (NULL);
  guint budget = 600;

  g_return_val_if_fail (self != NULL, NULL);

  dump (self->application, 0, &budget, text);
  return g_string_free (text, FALSE);
}

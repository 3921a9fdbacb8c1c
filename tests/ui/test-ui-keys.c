/* test-ui-keys.c: whatever can be done has a key, and the tooltips, menus and windows that tell it agree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the program itself, not through the accessibility tree: only from inside all actions can be seen.
 */

#include "weir-application.h"
#include "weir-hub-process.h"
#include "weir-keys.h"
#include "weir-page.h"
#include "weir-paths.h"
#include "weir-test-loop.h"
#include "weir-window.h"

#include <locale.h>
#include <string.h>

static WeirApplication *application;
static WeirWindow *window;

typedef void (*WidgetFunc) (GtkWidget *widget, gpointer user_data);

static void
walk (GtkWidget *widget, WidgetFunc function, gpointer user_data)
{
  function (widget, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, function, user_data);
}

static void
check_action (const char *action, const char *where)
{
  const WeirKey *key = weir_keys_find (action);

  if (key == NULL)
    g_test_message ("%s: “%s” has no line in the table of keys", where, action);
  else if (key->place != WEIR_KEY_INTERNAL && key->place != WEIR_KEY_BUTTON && key->keys[0] == NULL)
    g_test_message ("%s: “%s” is reached by no key", where, action);
  else
    return;

  g_test_fail ();
}

static void
check_class (GtkWidget *widget, gpointer unused)
{
  GType owner;
  const char *name;
  const GVariantType *type;
  const char *property;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (widget), i, &owner, &name,
                                                   &type, &property);
       i++)
    if (g_str_has_prefix (g_type_name (owner), "Weir"))
      check_action (name, g_type_name (owner));
}

static void
check_group (GActionGroup *group, const char *prefix)
{
  g_auto (GStrv) names = g_action_group_list_actions (group);

  g_assert_cmpuint (g_strv_length (names), >, 0);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *action = g_strconcat (prefix, ".", names[i], NULL);

      check_action (action, prefix);
    }
}

static void
check_page (GtkWidget *widget, gpointer n_pages)
{
  if (!WEIR_IS_PAGE (widget))
    return;

  ++*(guint *) n_pages;
  weir_window_show_page (window, weir_page_get_id (WEIR_PAGE (widget)));
  weir_test_run_for (300);
  if (weir_page_get_actions (WEIR_PAGE (widget)) != NULL)
    check_group (weir_page_get_actions (WEIR_PAGE (widget)), "page");
}

static void
test_actions (void)
{
  guint n_pages = 0;

  walk (GTK_WIDGET (window), check_page, &n_pages);
  g_assert_cmpuint (n_pages, ==, 6);
  walk (GTK_WIDGET (window), check_class, NULL);
  check_group (G_ACTION_GROUP (application), "app");
}

/* What does an action tells its key; what is only an icon tells what it does. */
static void
check_tooltip (GtkWidget *widget, gpointer n_checked)
{
  const char *action =
      GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  const WeirKey *key = action != NULL ? weir_keys_find (action) : NULL;
  guint keyval;
  GdkModifierType modifiers;
  g_autofree char *label = NULL;

  if (!GTK_IS_BUTTON (widget) || key == NULL || key->place > WEIR_KEY_BUILT_IN
      || !gtk_widget_get_sensitive (widget) || !gtk_widget_get_visible (widget))
    return;
  /* an item of a menu shows its key itself, and the buttons of the window are the toolkit’s */
  if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "GtkModelButton")
      || g_str_has_prefix (action, "window.") || !gtk_widget_get_mapped (widget))
    return;

  ++*(guint *) n_checked;
  g_assert_true (gtk_accelerator_parse (key->keys[0], &keyval, &modifiers));
  label = gtk_accelerator_get_label (keyval, modifiers);
  if (tooltip == NULL || strstr (tooltip, label) == NULL)
    {
      g_test_message ("The button of “%s” says “%s” and not %s", action,
                      tooltip != NULL ? tooltip : "", label);
      g_test_fail ();
    }
}

static void
test_tooltips (void)
{
  static const char *const pages[] = { "overview", "subscriptions", "pulls",
                                       "timeline", "errors",        "connections" };
  guint n_checked = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      weir_window_show_page (window, pages[i]);
      weir_test_run_for (100);
      walk (GTK_WIDGET (window), check_tooltip, &n_checked);
    }
  g_assert_cmpuint (n_checked, >=, 10);
}

static gboolean
is_same_key (const char *one, const char *other)
{
  guint keyval;
  guint other_keyval;
  GdkModifierType modifiers;
  GdkModifierType other_modifiers;

  g_assert_nonnull (one);
  g_assert_nonnull (other);
  g_assert_true (gtk_accelerator_parse (one, &keyval, &modifiers));
  g_assert_true (gtk_accelerator_parse (other, &other_keyval, &other_modifiers));

  return keyval == other_keyval && modifiers == other_modifiers;
}

/* Every accelerator of the program is one of the table’s, and the other way round. */
static void
test_accelerators (void)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (application));
  guint n_keys;
  const WeirKey *keys = weir_keys_get (&n_keys);

  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      g_autofree char *printed = NULL;
      g_autofree char *action = NULL;

      g_assert_true (g_action_parse_detailed_name (actions[i], &name, &target, NULL));
      printed = target != NULL ? g_variant_print (target, FALSE) : NULL;
      action = printed != NULL ? g_strdup_printf ("%s(%s)", name, printed) : g_strdup (name);
      g_assert_nonnull (weir_keys_find (action));
    }
  for (guint i = 0; i < n_keys; i++)
    {
      g_auto (GStrv) accels = NULL;

      if (keys[i].place != WEIR_KEY_WINDOW)
        continue;
      accels =
          gtk_application_get_accels_for_action (GTK_APPLICATION (application), keys[i].action);
      for (guint j = 0; keys[i].keys[j] != NULL || accels[j] != NULL; j++)
        g_assert_true (is_same_key (accels[j], keys[i].keys[j]));
    }
}

static gboolean
is_page (const char *group)
{
  static const char *const pages[] = { "subscriptions", "pulls", "timeline", "errors",
                                       "connections" };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (group, pages[i]))
      return TRUE;

  return FALSE;
}

/* Whether the two can be meant at the same time: actions of two pages cannot. */
static gboolean
is_together (const WeirKey *one, const WeirKey *other)
{
  const char *group = g_str_equal (one->group, "query") ? "timeline" : one->group;
  const char *other_group = g_str_equal (other->group, "query") ? "timeline" : other->group;

  return g_str_equal (group, other_group) || !is_page (group) || !is_page (other_group);
}

static void
test_collisions (void)
{
  /* GtkText, GtkSearchEntry, GtkIMContextSimple and GtkWindow: what they do with a key must stay theirs, since
   * an accelerator comes before them */
  static const char *const taken[] = {
    "<Control>a",
    "<Control>slash",
    "<Control><Shift>a",
    "<Control>backslash",
    "<Control>c",
    "<Control>v",
    "<Control>x",
    "<Control>z",
    "<Control><Shift>z",
    "<Control>y",
    "<Control>u",
    "<Control>period",
    "<Control>semicolon",
    "<Control>BackSpace",
    "<Control>Delete",
    "<Control>Insert",
    "<Shift>Insert",
    "<Shift>Delete",
    "<Control>Left",
    "<Control>Right",
    "<Control>Home",
    "<Control>End",
    "<Shift>Home",
    "<Shift>End",
    "<Control>g",
    "<Control><Shift>g",
    "<Control><Shift>u",
    "<Control><Shift>i",
    "<Control><Shift>d",
    "<Control><Shift>Delete",
    "F10",
    "<Shift>F10",
    "Menu",
    "Tab",
    "<Shift>Tab",
    "<Control>Tab",
    "Return",
    "space",
    "Escape",
    "Delete",
    "BackSpace",
    "Home",
    "End",
    "<Control><Shift>Home",
  };
  guint n_keys;
  const WeirKey *keys = weir_keys_get (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    {
      if (keys[i].place != WEIR_KEY_WINDOW)
        continue;
      for (guint k = 0; keys[i].keys[k] != NULL; k++)
        {
          guint keyval;
          GdkModifierType modifiers;

          g_assert_true (gtk_accelerator_parse (keys[i].keys[k], &keyval, &modifiers));
          /* a letter or a digit alone is written */
          g_assert_true ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0
                         || gdk_keyval_to_unicode (keyval) == 0);
          for (gsize j = 0; j < G_N_ELEMENTS (taken); j++)
            if (is_same_key (keys[i].keys[k], taken[j]))
              {
                g_test_message ("“%s” takes %s away", keys[i].action, taken[j]);
                g_test_fail ();
              }
          for (guint j = 0; j < i; j++)
            for (guint l = 0; keys[j].place == WEIR_KEY_WINDOW && keys[j].keys[l] != NULL; l++)
              if (is_together (&keys[i], &keys[j])
                  && is_same_key (keys[i].keys[k], keys[j].keys[l]))
                {
                  g_test_message ("“%s” and “%s” have one key", keys[i].action, keys[j].action);
                  g_test_fail ();
                }
        }
    }
}

static void
count_shortcut (GtkWidget *widget, gpointer titles)
{
  g_autofree char *title = NULL;

  if (!g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkShortcutsShortcut"))
    return;
  g_object_get (widget, "title", &title, NULL);
  g_hash_table_add (titles, g_steal_pointer (&title));
}

/* of one widget: "json.menu" and "json.copy" */
static gboolean
is_one_widget (const WeirKey *one, const WeirKey *other)
{
  const char *dot = one->action != NULL ? strchr (one->action, '.') : NULL;

  return dot != NULL && other->action != NULL
         && strncmp (one->action, other->action, (gsize) (dot - one->action) + 1) == 0;
}

/* A key is told once; what a menu offers is in the menu, not beside the menu's key. */
static void
test_told_once (void)
{
  guint n_keys;
  const WeirKey *keys = weir_keys_get (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    for (guint j = 0; weir_key_is_told (&keys[i]) && j < i; j++)
      for (guint k = 0; weir_key_is_told (&keys[j]) && keys[i].keys[k] != NULL; k++)
        for (guint l = 0; keys[j].keys[l] != NULL; l++)
          if (g_str_equal (keys[i].group, keys[j].group) && is_one_widget (&keys[i], &keys[j])
              && is_same_key (keys[i].keys[k], keys[j].keys[l]))
            {
              g_test_message ("%s: %s is both “%s” and “%s”", keys[i].group, keys[i].keys[k],
                              keys[j].title, keys[i].title);
              g_test_fail ();
            }
}

static void
test_window (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GtkWindow) shortcuts = weir_keys_create_window ();
  guint n_keys;
  const WeirKey *keys = weir_keys_get (&n_keys);

  walk (GTK_WIDGET (shortcuts), count_shortcut, titles);
  for (guint i = 0; i < n_keys; i++)
    if (keys[i].place <= WEIR_KEY_BUILT_IN)
      g_assert_true (g_hash_table_contains (titles, weir_key_get_title (&keys[i])));
  gtk_window_destroy (shortcuts);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("weir-keys-XXXXXX", &error);
  g_assert_no_error (error);
  weir_paths_set_state_dir (folder);
  application = weir_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_application_activate (G_APPLICATION (application));
  window = WEIR_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  weir_test_run_for (500);

  g_test_add_func ("/ui/keys/actions", test_actions);
  g_test_add_func ("/ui/keys/tooltips", test_tooltips);
  g_test_add_func ("/ui/keys/accelerators", test_accelerators);
  g_test_add_func ("/ui/keys/collisions", test_collisions);
  g_test_add_func ("/ui/keys/window", test_window);
  g_test_add_func ("/ui/keys/told-once", test_told_once);
  status = g_test_run ();

  gtk_window_destroy (GTK_WINDOW (window));
  weir_test_run_for (200);
  g_object_unref (application);
  weir_hub_process_remove_tree (folder);

  return status;
}

/* test-ui-look.c: nothing is cut, covered or lost, in other languages, narrow, in high contrast, with large text
 *
 *   test-ui-look LOCALE [dark] [high-contrast] [text-SCALE] [very-wide]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Weir runs in this process, goes through everything that it has to show at three widths, and each time all widgets are
 * looked at. With WEIR_DRIVER_PICTURES set, pictures are left there; colours do not depend on the language, so those in
 * dark are only made where they are asked for.
 */

#define G_LOG_DOMAIN "weir-look"

#include "weir-account-dialog.h"
#include "weir-inspector.h"
#include "weir-legend.h"
#include "weir-look-check.h"
#include "weir-look-locale.h"
#include "weir-oracle-dialog.h"
#include "weir-page.h"
#include "weir-paths.h"
#include "weir-ui-fixture.h"
#include "weir-window.h"

#include <glib/gstdio.h>

/* A text below this is hard to read (WCAG 2.1, 1.4.3), or not what high contrast is for (1.4.6). */
#define CONTRAST 4.5
#define HIGH_CONTRAST 7.0
#define HEIGHT 760
/* µs without an event after which there is none to be waited for */
#define QUIET 25000

typedef struct
{
  const char *locale;
  gboolean dark;
  gboolean high_contrast;
  double text_scale;
  gboolean very_wide;
  int width;
  const char *page; /* that is to be seen */

  WeirUi ui;
  WeirApplication *application;
  GtkWindow *window;
  GPtrArray *faults;
  GHashTable *known; /* faults of the other widths */
  guint pictures;
} Look;

static Look look;

/* Until nothing happens any more; and no longer than that, since something always does with accounts that go on. */
static void
settle (guint ms)
{
  gint64 now = g_get_monotonic_time ();
  gint64 end = now + ms * 1000;
  gint64 quiet_since = now;

  for (; now < end && now < quiet_since + QUIET; now = g_get_monotonic_time ())
    {
      if (g_main_context_iteration (NULL, FALSE))
        quiet_since = g_get_monotonic_time ();
      else
        g_usleep (1000);
    }
}

typedef struct
{
  GtkWidget *root;
  guint frames_left;
  GdkTexture *texture;
} Painting;

/* Only now everything has its place: a widget that is to be laid out again has no picture. */
static void
painted_cb (Painting *self)
{
  if (self->texture == NULL && self->frames_left-- <= 1)
    self->texture = weir_look_take_picture (self->root);
}

/* A picture of ROOT after it was laid out and drawn anew, twice: the first may ask for the second. */
static GdkTexture *
paint (GtkWidget *root)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (root);
  Painting painting = { root, 3, NULL };
  gulong id;

  if (clock == NULL)
    return NULL;
  id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &painting);
  while (painting.texture == NULL && gtk_widget_get_mapped (root))
    {
      gtk_widget_queue_draw (root);
      g_main_context_iteration (NULL, FALSE);
    }
  g_signal_handler_disconnect (clock, id);

  return painting.texture;
}

static void
wait_until (gboolean (*done) (void), const char *what)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!done ())
    {
      if (g_get_monotonic_time () > end)
        g_error ("%s: waited too long", what);
      settle (20);
    }
}

static void
set_dark (gboolean dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
save (GdkTexture *texture, const char *name, const char *scheme)
{
  const char *folder = g_getenv ("WEIR_DRIVER_PICTURES");
  char scale[12];
  g_autofree char *language = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  g_snprintf (scale, sizeof scale, "-%d", (int) (100 * look.text_scale));
  language = g_strdup_printf ("%.2s%s%s", look.locale, look.high_contrast ? "-contrast" : "",
                              look.text_scale > 1 ? scale : "");
  dir = g_build_filename (folder, "look", language, NULL);
  g_mkdir_with_parents (dir, 0755);
  path = g_strdup_printf ("%s/%d-%s-%s.png", dir, look.width, name, scheme);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  look.pictures++;
}

static void
add_faults (GPtrArray *found, const char *name, const char *scheme)
{
  for (guint i = 0; i < found->len; i++)
    {
      if (!g_hash_table_add (look.known, g_strdup (found->pdata[i])))
        continue;
      if (g_getenv ("WEIR_LOOK_VERBOSE") != NULL)
        g_printerr ("%s, %s: %s\n", name, scheme, (char *) found->pdata[i]);
      g_ptr_array_add (look.faults, g_strdup_printf ("%d px, %s, %s: %s", look.width, name, scheme,
                                                     (char *) found->pdata[i]));
    }
}

static void
picture (GtkWidget *root, GdkTexture *texture, const char *name, const char *scheme)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  weir_look_check_contrast (root, texture, look.high_contrast ? HIGH_CONTRAST : CONTRAST, found);
  add_faults (found, name, scheme);
  save (texture, name, scheme);
}

/* What ROOT, a window or a popover, looks like now. */
static void
see (GtkWidget *root, const char *name)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GdkTexture) light = NULL;
  g_autoptr (GdkTexture) dark = NULL;

  if (g_getenv ("WEIR_LOOK_VERBOSE") != NULL)
    g_printerr ("%d %s\n", look.width, name);
  settle (60);
  light = paint (root);
  if (light == NULL)
    return;
  weir_look_check_layout (root, found);
  add_faults (found, name, "layout");
  picture (root, light, name, "light");
  if (GTK_IS_POPOVER (root) || !look.dark)
    return;
  set_dark (TRUE);
  dark = paint (root);
  if (dark != NULL)
    picture (root, dark, name, "dark");
  set_dark (FALSE);
}

static void
see_popover (GtkPopover *popover, const char *name)
{
  settle (60);
  if (popover != NULL && gtk_widget_get_mapped (GTK_WIDGET (popover)))
    see (GTK_WIDGET (popover), name);
  else
    g_test_message ("%s does not open", name);
}

static GtkPopover *
find_popover (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_POPOVER (child))
        return GTK_POPOVER (child);
    }

  return NULL;
}

/* Scrolls to WIDGET. What is popped up from where no screen is has no monitor to be on, and GTK 4.8 asks that for its size.
 * Nobody can press what is out of sight. */
static gboolean
bring_into_sight (GtkWidget *widget, GtkWidget *root)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (root));
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return FALSE;
  gtk_widget_grab_focus (widget);
  settle (30);

  return gtk_widget_compute_bounds (widget, window, &bounds)
         && graphene_rect_contains_rect (
             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (window),
                                  (float) gtk_widget_get_height (window)),
             &bounds);
}

/* All that menu buttons and drop-downs in ROOT open, each once. */
static void
see_popovers (GtkWidget *root, const char *name)
{
  g_autoptr (GPtrArray) buttons = weir_look_find (root, GTK_TYPE_MENU_BUTTON);
  g_autoptr (GPtrArray) choices = weir_look_find (root, GTK_TYPE_DROP_DOWN);

  for (guint i = 0; i < buttons->len; i++)
    {
      GtkMenuButton *button = buttons->pdata[i];
      g_autofree char *which = g_strdup_printf ("%s-menu-%u", name, i);

      if (!bring_into_sight (GTK_WIDGET (button), root))
        continue;
      gtk_menu_button_popup (button);
      see_popover (gtk_menu_button_get_popover (button), which);
      gtk_menu_button_popdown (button);
      settle (30);
    }
  for (guint i = 0; i < choices->len; i++)
    {
      GtkWidget *choice = choices->pdata[i];
      g_autofree char *which = g_strdup_printf ("%s-choice-%u", name, i);

      if (!bring_into_sight (choice, root))
        continue;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_first_child (choice)), TRUE);
      see_popover (find_popover (choice), which);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_first_child (choice)), FALSE);
      settle (30);
    }
}

static GtkWidget *
get_page (void)
{
  return weir_look_find_first (GTK_WIDGET (look.window), WEIR_TYPE_PAGE);
}

static gboolean
has_page (void)
{
  GtkWidget *page = get_page ();

  return page != NULL && g_str_equal (weir_page_get_id (WEIR_PAGE (page)), look.page);
}

static void
show_page (const char *id)
{
  look.page = id;
  weir_window_show_page (WEIR_WINDOW (look.window), id);
  wait_until (has_page, id);
  settle (200);
}

static GtkWidget *
find_list (void)
{
  GtkWidget *page = get_page ();
  GtkWidget *list = page != NULL ? weir_look_find_first (page, GTK_TYPE_COLUMN_VIEW) : NULL;

  return list != NULL || page == NULL ? list : weir_look_find_first (page, GTK_TYPE_LIST_VIEW);
}

static GtkSelectionModel *
get_rows (void)
{
  GtkWidget *list = find_list ();

  if (list == NULL)
    return NULL;
  return GTK_IS_COLUMN_VIEW (list) ? gtk_column_view_get_model (GTK_COLUMN_VIEW (list))
                                   : gtk_list_view_get_model (GTK_LIST_VIEW (list));
}

static gboolean
has_rows (void)
{
  return get_rows () != NULL && g_list_model_get_n_items (G_LIST_MODEL (get_rows ())) > 0;
}

static void
set_inspector_shown (gboolean shown)
{
  GtkWidget *flap = weir_look_find_first (GTK_WIDGET (look.window), ADW_TYPE_FLAP);

  if (flap != NULL)
    adw_flap_set_reveal_flap (ADW_FLAP (flap), shown);
  settle (60);
}

static gboolean
has_inspector (void)
{
  GtkWidget *inspector = weir_look_find_first (GTK_WIDGET (look.window), WEIR_TYPE_INSPECTOR);

  return inspector != NULL && weir_look_find_first (inspector, GTK_TYPE_STACK_SWITCHER) != NULL;
}

/* Each page of the inspector, of the row at POSITION. */
static void
see_inspector (const char *id, guint position)
{
  GtkWidget *inspector;
  GtkWidget *stack;
  GListModel *pages;

  if (get_rows () == NULL || position >= g_list_model_get_n_items (G_LIST_MODEL (get_rows ())))
    return;
  gtk_selection_model_select_item (get_rows (), position, TRUE);
  settle (150);
  set_inspector_shown (TRUE);
  wait_until (has_inspector, "inspector");
  inspector = weir_look_find_first (GTK_WIDGET (look.window), WEIR_TYPE_INSPECTOR);
  stack = weir_look_find_first (inspector, GTK_TYPE_STACK_SWITCHER);
  if (stack == NULL)
    return;
  stack = GTK_WIDGET (gtk_stack_switcher_get_stack (GTK_STACK_SWITCHER (stack)));
  pages = G_LIST_MODEL (gtk_stack_get_pages (GTK_STACK (stack)));
  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (pages, i);
      GtkStackPage *page = GTK_STACK_PAGE (item);
      g_autofree char *name =
          g_strdup_printf ("%s-%u-%s", id, position, gtk_stack_page_get_name (page));

      if (!gtk_stack_page_get_visible (page))
        continue;
      gtk_stack_set_visible_child (GTK_STACK (stack), gtk_stack_page_get_child (page));
      see (GTK_WIDGET (look.window), name);
      if (position > 0)
        break;
      see_popovers (inspector, name);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "details");
  set_inspector_shown (FALSE);
}

/* The window's own frame, which it has without a compositor, is not counted. */
static void
set_width (int width)
{
  int asked = width;

  for (guint i = 0; i < 20 && gtk_widget_get_width (GTK_WIDGET (look.window)) != width; i++)
    {
      gtk_window_set_default_size (look.window, asked, HEIGHT);
      settle (300);
      asked = CLAMP (asked + width - gtk_widget_get_width (GTK_WIDGET (look.window)), width,
                     width + 100);
    }
  settle (200);
}

/* Some pages may let it be as narrow, and others not. */
static void
check_width (const char *where)
{
  g_autofree char *who = NULL;

  if (gtk_widget_get_width (GTK_WIDGET (look.window)) == look.width)
    return;
  set_width (look.width);
  if (gtk_widget_get_width (GTK_WIDGET (look.window)) == look.width)
    return;
  who = weir_look_describe (weir_look_find_widest (GTK_WIDGET (look.window)));
  g_ptr_array_add (look.faults,
                   g_strdup_printf ("%d px, %s: the window is %d px wide for %s", look.width, where,
                                    gtk_widget_get_width (GTK_WIDGET (look.window)), who));
}

static void
see_pages (void)
{
  static const char *const ids[] = { "overview", "subscriptions", "pulls",
                                     "timeline", "errors",        "connections" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *name = g_strdup (ids[i]);

      show_page (ids[i]);
      set_inspector_shown (FALSE);
      if (weir_page_can_search (WEIR_PAGE (get_page ())))
        {
          wait_until (has_rows, ids[i]);
          weir_page_set_search_mode (WEIR_PAGE (get_page ()), TRUE);
          settle (300);
        }
      check_width (name);
      see (GTK_WIDGET (look.window), name);
      see_popovers (get_page (), name);
      if (weir_page_is_summary (WEIR_PAGE (get_page ())))
        continue;
      for (guint j = 0; j < 3; j++)
        see_inspector (ids[i], j);
    }
}

static void
see_timeline (void)
{
  static const char *const actions[] = { "page.toggle-facets", "page.explain-query",
                                         "page.saved-views" };

  show_page ("timeline");
  weir_window_search (WEIR_WINDOW (look.window), "timeline", "account:membrane is:error");
  settle (300);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GPtrArray) popovers = NULL;

      gtk_widget_activate_action (GTK_WIDGET (look.window), actions[i], NULL);
      settle (200);
      see (GTK_WIDGET (look.window), actions[i]);
    }
  gtk_widget_activate_action (GTK_WIDGET (look.window), "page.toggle-facets", NULL);
  weir_window_search (WEIR_WINDOW (look.window), "timeline", "");
  gtk_widget_activate_action (GTK_WIDGET (look.window), "page.toggle-follow", NULL);
  settle (1500);
  see (GTK_WIDGET (look.window), "timeline-paused");
  gtk_widget_activate_action (GTK_WIDGET (look.window), "page.toggle-follow", NULL);
}

static void
see_sidebar (void)
{
  GtkWidget *leaflet = weir_look_find_first (GTK_WIDGET (look.window), ADW_TYPE_LEAFLET);

  adw_leaflet_navigate (ADW_LEAFLET (leaflet), ADW_NAVIGATION_DIRECTION_BACK);
  settle (400);
  see (GTK_WIDGET (look.window), "sidebar");
  see_popovers (GTK_WIDGET (look.window), "sidebar");
}

/* The window that is in front of Weir's own, if any. */
static GtkWindow *
find_dialog (void)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (look.application)); l != NULL;
       l = l->next)
    {
      if (l->data != look.window && gtk_widget_get_mapped (l->data))
        return l->data;
    }
  for (guint i = 0; i < g_list_model_get_n_items (gtk_window_get_toplevels ()); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (gtk_window_get_toplevels (), i);

      if (window != look.window && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }

  return NULL;
}

static void
see_dialog (const char *name)
{
  GtkWindow *dialog;

  settle (300);
  dialog = find_dialog ();
  if (dialog == NULL)
    {
      g_ptr_array_add (look.faults, g_strdup_printf ("%d px: no %s", look.width, name));
      return;
    }
  if (look.width < 800)
    {
      gtk_window_set_default_size (dialog, look.width, 640);
      settle (200);
    }
  see (GTK_WIDGET (dialog), name);
  see_popovers (GTK_WIDGET (dialog), name);
}

static void
close_dialog (void)
{
  GtkWindow *dialog = find_dialog ();

  if (dialog != NULL)
    gtk_window_destroy (dialog);
  settle (100);
}

static void
see_account_dialog (void)
{
  GtkWidget *combo;

  gtk_widget_activate_action (GTK_WIDGET (look.window), "win.add-account", NULL);
  see_dialog ("add-account");
  combo = weir_look_find_first (GTK_WIDGET (find_dialog ()), ADW_TYPE_COMBO_ROW);
  for (guint i = 1; combo != NULL && i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("add-account-%u", i);

      adw_combo_row_set_selected (ADW_COMBO_ROW (combo), i);
      see_dialog (name);
    }
  close_dialog ();
}

static WeirSubscription *
find_notification (void)
{
  WeirRecordSet *set = weir_monitor_get_records (
      weir_window_get_monitor (WEIR_WINDOW (look.window)), WEIR_RECORD_SUBSCRIPTION);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (set)); i++)
    {
      g_autoptr (WeirSubscription) subscription = g_list_model_get_item (G_LIST_MODEL (set), i);

      if (subscription->variant == WEIR_SUBSCRIPTION_NOTIFICATION)
        return g_steal_pointer (&subscription);
    }

  return NULL;
}

static void
see_dialogs (void)
{
  static const struct
  {
    const char *action;
    const char *page;
    const char *name;
  } dialogs[] = {
    { "win.preferences", "overview", "preferences" },
    { "win.schema-drift", "overview", "schema-drift" },
    { "win.journal", "overview", "journal" },
    { "page.export", "timeline", "export" },
    { "page.pull", "subscriptions", "bulk" },
  };
  g_autoptr (WeirSubscription) notification = find_notification ();

  see_account_dialog ();
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      show_page (dialogs[i].page);
      /* many at once are asked about before */
      if (g_str_equal (dialogs[i].name, "bulk"))
        {
          gtk_selection_model_select_all (get_rows ());
          settle (200);
          see (GTK_WIDGET (look.window), "subscriptions-selected");
        }
      gtk_widget_activate_action (GTK_WIDGET (look.window), dialogs[i].action, NULL);
      see_dialog (dialogs[i].name);
      close_dialog ();
      if (g_str_equal (dialogs[i].name, "bulk"))
        gtk_selection_model_unselect_all (get_rows ());
    }
  if (notification == NULL)
    g_error ("There is no subscription of Oracle's");
  weir_oracle_dialog_present (look.window, weir_window_get_monitor (WEIR_WINDOW (look.window)),
                              notification);
  see_dialog ("oracle");
  close_dialog ();
}

static void
report (void)
{
  for (guint i = 0; i < look.faults->len; i++)
    g_test_message ("%s", (char *) look.faults->pdata[i]);
  g_test_message ("%u faults, %u pictures", look.faults->len, look.pictures);
  if (look.faults->len > 0)
    g_test_fail ();
  g_ptr_array_set_size (look.faults, 0);
}

static void
test_width (gconstpointer user_data)
{
  look.width = GPOINTER_TO_INT (user_data);
  /* as GNOME has it, also on telephones; other desktops have more of them, on screens that are wider */
  if (look.width < 500)
    g_object_set (gtk_settings_get_default (), "gtk-decoration-layout", ":close", NULL);
  set_width (look.width);

  see_pages ();
  see_timeline ();
  see_dialogs ();
  see_sidebar ();
  report ();
}

/* Bars are told from the ground by 3 to 1 (WCAG 2.1, 1.4.11). */
static void
test_palette (void)
{
  static const char *const grounds[] = { "#fafafa", "#242424" };

  for (guint i = 0; i < WEIR_PALETTE_SIZE * G_N_ELEMENTS (grounds); i++)
    {
      GdkRGBA color;
      GdkRGBA ground;

      weir_palette_get (i / G_N_ELEMENTS (grounds), &color);
      gdk_rgba_parse (&ground, grounds[i % G_N_ELEMENTS (grounds)]);
      g_assert_cmpfloat (weir_look_get_contrast (&color, &ground), >=, 3);
    }
}

static gboolean
is_online (void)
{
  GListModel *sessions =
      weir_monitor_get_sessions (weir_window_get_monitor (WEIR_WINDOW (look.window)));

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      if (weir_session_get_state (session) != WEIR_ACCOUNT_ONLINE)
        return FALSE;
    }

  return g_list_model_get_n_items (sessions) == 3;
}

static void
start (void)
{
  static const char *const providers[] = { "membrane", "sequin", "oracle" };
  g_autoptr (GError) error = NULL;

  weir_ui_set_up (&look.ui, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    weir_ui_add_account (&look.ui, providers[i]);

  weir_paths_set_state_dir (look.ui.folder);
  look.application = weir_application_new ();
  g_application_set_flags (G_APPLICATION (look.application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (look.application), NULL, &error));
  g_assert_no_error (error);
  if (look.text_scale > 1)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * look.text_scale),
                  NULL);
  /* what moves is not what is looked at */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  set_dark (FALSE);
  g_application_activate (G_APPLICATION (look.application));
  look.window = gtk_application_get_active_window (GTK_APPLICATION (look.application));
  g_assert_nonnull (look.window);
  wait_until (is_online, "accounts");
}

static void
stop (void)
{
  gtk_window_destroy (look.window);
  settle (100);
  g_signal_emit_by_name (look.application, "shutdown");
  g_clear_object (&look.application);
  settle (100);
  weir_ui_tear_down (&look.ui, NULL);
}

/* GTK only gives the address of what it complains about. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer unused)
{
  const char *message = "";
  const char *address;
  gpointer widget = NULL;
  g_autofree char *who = NULL;

  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) == 0)
    return g_log_writer_default (level, fields, n_fields, NULL);
  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE"))
        message = fields[i].value;
    }
  address = strstr (message, "Gtk");
  if (address != NULL && sscanf (address, "%*s %p", &widget) == 1)
    who = weir_look_describe (widget);
  if (look.faults != NULL)
    g_ptr_array_add (look.faults, g_strdup_printf ("%d px: %s: %s", look.width, message,
                                                   who != NULL ? who : ""));

  return g_log_writer_default (level, fields, n_fields, NULL);
}

/* TAP's word for a test that cannot be run here */
static int
skip (const char *why)
{
  g_print ("1..0 # SKIP %s\n", why);

  return 0;
}

int
main (int argc, char **argv)
{
  g_autofree char *problem = NULL;
  int status;

  look.text_scale = 1;
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "high-contrast"))
        look.high_contrast = TRUE;
      else if (g_str_has_prefix (argv[i], "text-"))
        look.text_scale = g_ascii_strtod (argv[i] + strlen ("text-"), NULL);
      else if (g_str_equal (argv[i], "very-wide"))
        look.very_wide = TRUE;
      else if (g_str_equal (argv[i], "dark"))
        look.dark = TRUE;
      else if (argv[i][0] != '-' && look.locale == NULL)
        look.locale = argv[i];
    }
  g_assert_nonnull (look.locale);
  if (look.high_contrast)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  problem = weir_look_make_locale (look.locale);
  if (problem == NULL && !weir_look_has_font ())
    problem = g_strdup (
        "no font has the letters of the language; Debian’s packages are fonts-noto-core and -cjk");
  if (problem != NULL)
    return skip (problem);

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_writer_func (write_log, NULL, NULL);
  look.faults = g_ptr_array_new_with_free_func (g_free);
  look.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  start ();
  g_test_add_func ("/ui/look/palette", test_palette);
  if (look.very_wide)
    {
      g_test_add_data_func ("/ui/look/very-wide/2560", GINT_TO_POINTER (2560), test_width);
      g_test_add_data_func ("/ui/look/very-wide/3440", GINT_TO_POINTER (3440), test_width);
      g_test_add_data_func ("/ui/look/very-wide/5120", GINT_TO_POINTER (5120), test_width);
    }
  g_test_add_data_func ("/ui/look/wide", GINT_TO_POINTER (1280), test_width);
  g_test_add_data_func ("/ui/look/half", GINT_TO_POINTER (800), test_width);
  g_test_add_data_func ("/ui/look/narrow", GINT_TO_POINTER (360), test_width);
  status = g_test_run ();
  stop ();

  return status;
}

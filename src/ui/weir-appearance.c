/* weir-appearance.c: how everything is shown: in which time zone, and how densely
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-appearance.h"

#include "weir-clock.h"
#include "weir-settings.h"
#include "weir-tick.h"
#include "weir-width-bin.h"
#include "weir-zone.h"

#include <glib/gi18n-lib.h>

#define KEY "density"

#define WEIR_TYPE_APPEARANCE (weir_appearance_get_type ())
G_DECLARE_FINAL_TYPE (WeirAppearance, weir_appearance, WEIR, APPEARANCE, GObject)

struct _WeirAppearance
{
  GObject parent_instance;

  char *zone; /* what was shown last */
  WeirDensity density;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirAppearance, weir_appearance, G_TYPE_OBJECT)

/* As in the settings, and with "weir-" as style classes. */
static const char *const words[WEIR_N_DENSITIES] = { "compact", "standard", "comfortable" };

static WeirDensity
read_density (void)
{
  GSettings *settings = weir_settings_get ();
  g_autofree char *word = settings != NULL ? g_settings_get_string (settings, KEY) : NULL;

  for (guint i = 0; i < WEIR_N_DENSITIES; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return (WeirDensity) i;

  return WEIR_DENSITY_STANDARD;
}

static void
look (WeirAppearance *self)
{
  g_autofree char *zone = weir_zone_dup_name ();
  WeirDensity density = read_density ();

  if (g_strcmp0 (zone, self->zone) == 0 && density == self->density)
    return;

  g_free (self->zone);
  self->zone = g_steal_pointer (&zone);
  self->density = density;
  g_signal_emit (self, signals[CHANGED], 0);
  weir_tick_now ();
}

static void
text_scaled_cb (WeirAppearance *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
weir_appearance_finalize (GObject *object)
{
  g_free (WEIR_APPEARANCE (object)->zone);

  G_OBJECT_CLASS (weir_appearance_parent_class)->finalize (object);
}

static void
weir_appearance_class_init (WeirAppearanceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_appearance_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_appearance_init (WeirAppearance *self)
{
  self->zone = weir_zone_dup_name ();
  self->density = read_density ();
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (text_scaled_cb), self, G_CONNECT_SWAPPED);
}

static WeirAppearance *
get_default (void)
{
  static WeirAppearance *appearance;

  if (appearance == NULL)
    {
      GSettings *settings = weir_settings_get ();

      appearance = g_object_new (WEIR_TYPE_APPEARANCE, NULL);
      if (settings != NULL)
        g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (look), appearance,
                                 G_CONNECT_SWAPPED);
    }

  return appearance;
}

/**
 * weir_appearance_watch:
 * @preferences: have the time zone, which whoever owns them has the process use
 */
void
weir_appearance_watch (WeirPreferences *preferences)
{
  WeirAppearance *self = get_default ();

  g_return_if_fail (WEIR_IS_PREFERENCES (preferences));

  g_signal_connect_object (preferences, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
}

/**
 * weir_appearance_connect:
 * @object: who wants to know; passed to @callback as its only argument
 * @callback: called after each change while @object lives
 */
void
weir_appearance_connect (gpointer object, GCallback callback)
{
  g_return_if_fail (G_IS_OBJECT (object));
  g_return_if_fail (callback != NULL);

  g_signal_connect_object (get_default (), "changed", callback, object, G_CONNECT_SWAPPED);
}

/**
 * weir_appearance_get_density:
 *
 * Returns: how high rows are
 */
WeirDensity
weir_appearance_get_density (void)
{
  return get_default ()->density;
}

/**
 * weir_appearance_set_density:
 * @density: how high rows are to be
 */
void
weir_appearance_set_density (WeirDensity density)
{
  GSettings *settings = weir_settings_get ();

  g_return_if_fail (density < WEIR_N_DENSITIES);

  if (settings != NULL)
    g_settings_set_string (settings, KEY, words[density]);
}

/**
 * weir_appearance_apply:
 * @window: a window with lists
 */
void
weir_appearance_apply (GtkWidget *window)
{
  for (guint i = 0; i < WEIR_N_DENSITIES; i++)
    {
      g_autofree char *css = g_strconcat ("weir-", words[i], NULL);

      if (i == weir_appearance_get_density ())
        gtk_widget_add_css_class (window, css);
      else
        gtk_widget_remove_css_class (window, css);
    }
  if (weir_text_is_large ())
    gtk_widget_add_css_class (window, "weir-large");
  else
    gtk_widget_remove_css_class (window, "weir-large");
}

/**
 * weir_appearance_dup_zone_title:
 * @title: the title of a column of times
 *
 * Returns: (transfer full): the same with the zone's present abbreviation
 */
char *
weir_appearance_dup_zone_title (const char *title)
{
  g_autofree char *zone = weir_zone_dup_abbreviation (weir_clock_now ());

  /* Translators: the title of a column, then the time zone its times are in: “Time (CET)” */
  return g_strdup_printf (_ ("%s (%s)"), title, zone);
}

/**
 * weir_appearance_dup_zone_note:
 *
 * Returns: (transfer full) (nullable): in which zone times are, if that is not this machine's
 */
char *
weir_appearance_dup_zone_note (void)
{
  g_autofree char *zone = weir_zone_dup_name ();

  if (weir_zone_is_local ())
    return NULL;

  /* Translators: a note: all times of the page are those of a zone, such as “UTC” or “Asia/Tokyo” */
  return g_strdup_printf (_ ("Times in %s"), zone);
}

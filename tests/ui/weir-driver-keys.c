/* weir-driver-keys.c: the keyboard of a driver
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-driver"

#include "weir-driver.h"

/**
 * weir_driver_focus_window:
 * @self: a driver
 * @title: a pattern that its title matches
 *
 * Gives a window the keyboard, as there is no window manager that would do it.
 */
void
weir_driver_focus_window (WeirDriver *self, const char *title)
{
  const char *argv[] = { "timeout", "20", "xdotool", "search", "--sync",      "--onlyvisible",
                         "--limit", "1",  "--name",  title,    "windowfocus", NULL };

  g_return_if_fail (self != NULL);

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, NULL, NULL);
  weir_driver_settle (self, 500);
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
  weir_driver_settle (self, 150);
}

/**
 * weir_driver_write:
 * @self: a driver
 * @text: what the keyboard is to write where the focus is
 *
 * Presses a key a character, as a person who types.
 */
void
weir_driver_write (WeirDriver *self, const char *text)
{
  const char *argv[] = { "xdotool", "type", "--delay", "25", text, NULL };

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  weir_driver_settle (self, 150);
}

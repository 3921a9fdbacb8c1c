/* weir-desktop.h: what shows notifications, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Owns org.freedesktop.Notifications on the session bus, and the name of the portals, of which it has those of the
 * background and of the network. */
typedef struct _WeirDesktop WeirDesktop;

/* As it was sent. */
typedef struct
{
  guint id;
  char *title;
  char *body;
  char **actions; /* key, label, key, label… */
  gboolean closed;
} WeirDesktopNote;

WeirDesktop *weir_desktop_new (void);
void weir_desktop_free (WeirDesktop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirDesktop, weir_desktop_free)

/* whether a program has said that it goes on in the background, waited for at most so many seconds */
gboolean weir_desktop_wait_background (WeirDesktop *self, guint seconds);
guint weir_desktop_count (WeirDesktop *self); /* all that were sent */
/* (transfer none) (nullable): the latest of that title ("*" stands for anything), waited for at most so many seconds */
const WeirDesktopNote *weir_desktop_wait (WeirDesktop *self, const char *title, guint seconds);
gboolean weir_desktop_wait_closed (WeirDesktop *self, const WeirDesktopNote *note, guint seconds);
const char *weir_desktop_find_action (const WeirDesktopNote *note, const char *label); /* its key */
void weir_desktop_press (WeirDesktop *self, const WeirDesktopNote *note, const char *key);

G_END_DECLS

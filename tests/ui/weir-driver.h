/* weir-driver.h: starts the application and works it through the accessibility tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* libatspi of Debian 12 defines none. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiSelection, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)

/* What a person with a screen reader does: looks for things by role and name, presses, types, reads. Everything that
 * waits gives up after WEIR_DRIVER_PATIENCE seconds (WEIR_DRIVER_PATIENCE in the environment says otherwise). */
#define WEIR_DRIVER_PATIENCE 30

typedef struct _WeirDriver WeirDriver;

WeirDriver *weir_driver_start (const char *const *argv, GError **error);
void weir_driver_stop (WeirDriver *self); /* asks the window to close; kills what does not end */
gboolean weir_driver_is_alive (WeirDriver *self);
AtspiAccessible *weir_driver_get_application (WeirDriver *self); /* transfer none */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirDriver, weir_driver_stop)

/* The first showing thing below `root` (NULL: all of the application) with that name; role ATSPI_ROLE_INVALID: any.
 * A name that ends in "*" matches by its beginning. */
AtspiAccessible *
weir_driver_find (WeirDriver *self, AtspiAccessible *root, AtspiRole role, const char *name);
AtspiAccessible *
weir_driver_wait (WeirDriver *self, AtspiAccessible *root, AtspiRole role, const char *name);
gboolean
weir_driver_wait_gone (WeirDriver *self, AtspiAccessible *root, AtspiRole role, const char *name);

gboolean weir_driver_press (WeirDriver *self, AtspiAccessible *thing); /* its first action */
gboolean weir_driver_click (WeirDriver *self, const char *name);       /* wait for it, then press */
gboolean weir_driver_is_sensitive (AtspiAccessible *thing);
gboolean weir_driver_type (WeirDriver *self,
                           const char *name,
                           const char *text);              /* into the entry of that name */
void weir_driver_key (WeirDriver *self, const char *keys); /* as xdotool writes them: "ctrl+f" */
gboolean weir_driver_page (WeirDriver *self, const char *page); /* by its sidebar row */

gboolean weir_driver_picture (WeirDriver *self, const char *path);
void weir_driver_settle (WeirDriver *self, guint milliseconds);
char *weir_driver_dump (WeirDriver *self); /* the tree as text, for a failed test's log */

G_END_DECLS

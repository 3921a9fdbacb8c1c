/* weir-driver.h: starts the application and works it through the accessibility tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a person with a screen reader does: looks for things by role and name, presses, types, reads. Everything that
 * waits gives up after WEIR_DRIVER_PATIENCE seconds (WEIR_DRIVER_PATIENCE in the environment says otherwise) and prints
 * what there was instead. Roles are AT-SPI's names: "push button", "list item", "label"; NULL is any. In names and texts "*"
 * stands for anything. What is hidden is not there. */
#define WEIR_DRIVER_PATIENCE 30

typedef struct _WeirDriver WeirDriver;

/* A thing as it was when it was looked at. Rows are used again for other records: look again after each change. */
typedef struct
{
  char *path; /* its object on the bus */
  char *parent;
  guint index; /* among the parent's children */
  char *role;
  char *name;
  char *description; /* as why a button is insensitive */
  gboolean sensitive;
  gboolean selected;
  gboolean checked;
  gboolean focused;
} WeirThing;

void weir_thing_free (WeirThing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirThing, weir_thing_free)

WeirDriver *weir_driver_start (const char *const *argv, GError **error);
void weir_driver_stop (WeirDriver *self); /* asks the program to end; kills what does not */
gboolean weir_driver_is_alive (WeirDriver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirDriver, weir_driver_stop)

/* below `root`; NULL: in all windows */
WeirThing *weir_driver_find (WeirDriver *self, WeirThing *root, const char *role, const char *name);
WeirThing *weir_driver_wait (WeirDriver *self, WeirThing *root, const char *role, const char *name);
gboolean
weir_driver_wait_gone (WeirDriver *self, WeirThing *root, const char *role, const char *name);
WeirThing *weir_driver_find_focus (WeirDriver *self); /* NULL: nothing that can be seen has it */
char *weir_driver_read (WeirDriver *self, WeirThing *thing); /* its labels: "Name · Subscribed" */

gboolean weir_driver_press (WeirDriver *self, WeirThing *thing); /* its first action */
gboolean weir_driver_click (WeirDriver *self, const char *name); /* waits until it is sensitive */
gboolean weir_driver_type (WeirDriver *self, const char *name, const char *text); /* an entry */
gboolean weir_driver_page (WeirDriver *self, const char *page); /* by its row in the sidebar */
void weir_driver_focus_window (WeirDriver *self, const char *title);
void weir_driver_key (WeirDriver *self, const char *keys);   /* as xdotool says: "ctrl+f" */
void weir_driver_write (WeirDriver *self, const char *text); /* as the keyboard does */

/* Rows of the table or list of that name; `name` and `text`, a part of what is written in it, may be NULL. */
WeirThing *
weir_driver_find_row (WeirDriver *self, const char *table, const char *name, const char *text);
WeirThing *
weir_driver_wait_row (WeirDriver *self, const char *table, const char *name, const char *text);
WeirThing *weir_driver_wait_selected (WeirDriver *self, const char *table, const char *text);
gboolean weir_driver_select (WeirDriver *self, WeirThing *row, gboolean more);

gboolean weir_driver_picture (WeirDriver *self, const char *path);
void weir_driver_settle (WeirDriver *self, guint milliseconds);
char *weir_driver_dump (WeirDriver *self); /* the tree as text, for a failed test's log */

G_END_DECLS

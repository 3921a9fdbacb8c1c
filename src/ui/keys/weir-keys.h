/* weir-keys.h: every key there is, and every action that is reached without one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The one table of keys: accelerators, tooltips, menus, the shortcuts window and the help are made of it, and
 * tests/ui/test-ui-keys.c looks that no action is missing in it. */
typedef enum
{
  WEIR_KEY_WINDOW, /* an accelerator: works wherever the focus is */
  WEIR_KEY_WIDGET, /* bound by the class of a widget: works where that, or what is in it, has the focus */
  WEIR_KEY_BUILT_IN, /* the toolkit’s, or handled by a widget itself: told here, bound there */
  WEIR_KEY_MENU,     /* no key of its own: in the menu that is opened by `keys` */
  WEIR_KEY_BUTTON,   /* no key of its own: a button that is reached by Tab */
  WEIR_KEY_INTERNAL, /* nothing a person asks for: what assistive technology presses, actions of actions */
} WeirKeyPlace;

typedef struct
{
  const char *group; /* where it is told: a page’s id or another word of weir_keys_get_groups() */
  WeirKeyPlace place;
  const char *action;  /* (nullable) with its target: "win.show-page('pulls')" */
  const char *keys[4]; /* as GTK writes them: "<Control>p"; up to the first NULL */
  const char *title;   /* marked, in the context "shortcut window" */
} WeirKey;

const WeirKey *weir_keys_get (guint *n_keys);
const char *const *weir_keys_get_groups (void); /* in the order they are told; ended by NULL */
const char *weir_keys_get_group_title (const char *group);
const char *weir_key_get_title (const WeirKey *self);
gboolean weir_key_is_told (const WeirKey *self); /* in the shortcuts window and the help */
const WeirKey *weir_keys_find (const char *action);

void weir_keys_set_accels (GtkApplication *application);
/* all keys of the actions that begin so, "json." */
void weir_keys_bind (GtkWidgetClass *klass, const char *prefix);

/* “Inspector (F9)”; the name stays “Inspector”. NULL for no tooltip. */
void weir_keys_set_tooltip (GtkWidget *widget, const char *action, const char *text);
const char *
weir_keys_get_plain_tooltip (GtkWidget *widget); /* without the key; NULL: none was set so */
/* an item whose key is shown, also where that is no accelerator */
void weir_keys_append (GMenu *menu, const char *label, const char *action);

GtkWindow *weir_keys_create_window (void); /* the shortcuts window */
void weir_keys_present (GtkWindow *parent);
void weir_keys_install_action (GtkWidgetClass *window_class);

G_END_DECLS

/* weir-ui-fixture.h: a hub, a state folder, and Weir's window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-driver.h"
#include "weir-hub-process.h"

G_BEGIN_DECLS

typedef struct
{
  WeirHubProcess *hub; /* as in `weir --demo`, but nobody's child */
  char *folder;        /* Weir's state */
  WeirDriver *driver;  /* after weir_ui_start() */
} WeirUi;

void weir_ui_set_up (WeirUi *self, gconstpointer unused);
void weir_ui_tear_down (WeirUi *self, gconstpointer unused);
/* with weirctl; its name is `provider`, and Weir finds the token in the environment */
void weir_ui_add_account (WeirUi *self, const char *provider);
char *weir_ui_weirctl (WeirUi *self, const char *input, const char *words); /* its output */
void weir_ui_start (WeirUi *self); /* and waits for the accounts that were added */
void weir_ui_start_as (WeirUi *self, const char *state); /* "Not reachable" */
void weir_ui_stop (WeirUi *self);

/* Each waits, and fails the test if it does not come to be. */
void weir_ui_see (WeirUi *self, const char *role, const char *name);
void weir_ui_see_gone (WeirUi *self, const char *role, const char *name);
void weir_ui_see_row (WeirUi *self, const char *table, const char *name, const char *text);
void weir_ui_see_selected (WeirUi *self, const char *table, const char *text);
/* of the columns that a table shows, in their order: "*Account*Status*" */
void weir_ui_see_titles (WeirUi *self, const char *pattern);
void weir_ui_page (WeirUi *self, const char *page);
void weir_ui_click (WeirUi *self, const char *name);
void weir_ui_type (WeirUi *self, const char *name, const char *text);
char *weir_ui_select (WeirUi *self,
                      const char *table,
                      const char *name,
                      const char *text); /* the row's name */
void weir_ui_insensitive (WeirUi *self, const char *button, const char *reason);
guint weir_ui_count (WeirUi *self); /* N of the page's "N of M" */

int weir_ui_run (int argc, char **argv, void (*add) (void));
#define weir_ui_add(path, function)                                                                \
  g_test_add ((path), WeirUi, NULL, weir_ui_set_up, (function), weir_ui_tear_down)

G_END_DECLS

/* weir-page.h: what every page of the window has in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_PAGE (weir_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WeirPage, weir_page, WEIR, PAGE, AdwBin)

/* A page fills in the fields in its class_init; all functions but `build` are optional, and none is called before it. The
 * monitor is there in `build`.
 *
 * Signal "record-selected" (GObject *, nullable): what the inspector is to show, a WeirRecord, a WeirErrorGroup or
 * the WeirTimelineItem of a gap. */
struct _WeirPageClass
{
  AdwBinClass parent_class;

  const char *id;    /* "pulls": its name in the stack, in settings and in win.show-page */
  const char *title; /* N_("Pull Runs"): translated by the reader */
  const char *icon_name;
  WeirRecordKind *kinds; /* (nullable) kinds of records that have their rows here, ended by -1 */
  gboolean can_search;   /* has a filter row behind the search button */
  gboolean is_summary;   /* has no rows of its own to inspect: the inspector stays away */

  /* fills the page, once; before it is shown for the first time, and not while the window is made */
  void (*build) (WeirPage *self);
  /* a widget for the header bar; its buttons may use the page's actions as "page.name" */
  GtkWidget *(*get_header_widget) (WeirPage *self);
  /* becomes group "page" of the window while the page is shown */
  GActionGroup *(*get_actions) (WeirPage *self);
  /* the search mode was switched on by the user: move the focus to the entry */
  void (*focus_search) (WeirPage *self);
  /* narrows the page to what another page points at */
  void (*set_search) (WeirPage *self, const char *text);
  /* narrows it further: by one more term of the query */
  void (*add_term) (WeirPage *self, const char *field, const char *value);
  /* selects the record's row and scrolls to it; FALSE: it has none */
  gboolean (*reveal) (WeirPage *self, WeirRecord *record);
  /* moves the focus to what matters; FALSE: to the first that takes it */
  gboolean (*enter) (WeirPage *self);
  /* (nullable) a part of it that F6 leads to as well, and not only to the one where the focus was */
  GtkWidget *(*get_rows) (WeirPage *self);
  void (*refresh) (WeirPage *self); /* F5 */
  /* puts what the page is like into a dictionary, and after `build` what it was like last time back out of it */
  void (*save) (WeirPage *self, GVariantDict *state);
  void (*restore) (WeirPage *self, GVariantDict *state);
  void (*shown) (WeirPage *self);
  void (*hidden) (WeirPage *self);
};

WeirMonitor *weir_page_get_monitor (WeirPage *self);
const char *weir_page_get_id (WeirPage *self);
const char *weir_page_get_title (WeirPage *self);
const char *weir_page_get_icon_name (WeirPage *self);
gboolean weir_page_can_search (WeirPage *self);
gboolean weir_page_is_summary (WeirPage *self);
gboolean weir_page_shows_kind (WeirPage *self, WeirRecordKind kind);
gboolean weir_page_is_shown (WeirPage *self);

/* the badge in the sidebar; attention: something needs a hand */
guint weir_page_get_count (WeirPage *self);
gboolean weir_page_get_attention (WeirPage *self);
void weir_page_set_count (WeirPage *self, guint count, gboolean attention);

void weir_page_set_search_mode (WeirPage *self, gboolean search_mode);

/* the window has little room: what is in a menu as well need not have a button */
void weir_page_set_narrow (WeirPage *self, gboolean narrow);

/* the width that can be expected before it is laid out, px */
int weir_page_get_room (WeirPage *self);
void weir_page_set_room (WeirPage *self, int room);

/* for the pages: FALSE in `build` until what they are there for can be seen; a new window waits for it a moment */
gboolean weir_page_get_ready (WeirPage *self);
void weir_page_set_ready (WeirPage *self, gboolean ready);

/* for the pages: says what the inspector shall show */
void weir_page_select (WeirPage *self, gpointer object);
GObject *weir_page_get_selected (WeirPage *self);

/* for the window */
GtkWidget *weir_page_get_header_widget (WeirPage *self);
GActionGroup *weir_page_get_actions (WeirPage *self);
void weir_page_focus_search (WeirPage *self);
void weir_page_set_search (WeirPage *self, const char *text);
void weir_page_add_term (WeirPage *self, const char *field, const char *value);
gboolean weir_page_reveal (WeirPage *self, WeirRecord *record);
void weir_page_refresh (WeirPage *self);
gboolean weir_page_build (WeirPage *self);
void weir_page_keep (WeirPage *self); /* what it is like, for the next start */
void weir_page_enter (WeirPage *self);
GtkWidget *weir_page_get_rows (WeirPage *self);
void weir_page_enter_around (GtkWidget *widget); /* the page that it is in */
void weir_page_set_shown (WeirPage *self, gboolean shown);

G_END_DECLS

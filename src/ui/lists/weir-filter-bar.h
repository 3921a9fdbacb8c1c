/* weir-filter-bar.h: what narrows a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A search entry, drop-downs and "n of m", shown and hidden as the page's search mode says. Signal "changed". */
#define WEIR_TYPE_FILTER_BAR (weir_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (WeirFilterBar, weir_filter_bar, WEIR, FILTER_BAR, AdwBin)

GtkWidget *weir_filter_bar_new (const char *placeholder);
/* all: what the drop-down says when it narrows nothing: "All Accounts" */
void weir_filter_bar_add_choice (WeirFilterBar *self,
                                 const char *id,
                                 const char *label,
                                 const char *all);
/* values and labels: of one length; the choice stays on its value, and a drop-down without values is hidden */
void weir_filter_bar_set_values (WeirFilterBar *self,
                                 const char *id,
                                 GPtrArray *values,
                                 GPtrArray *labels);
/* the same from records: get_value NULL or empty is passed over; get_label (transfer full) is asked once a value */
void weir_filter_bar_collect (WeirFilterBar *self,
                              const char *id,
                              GPtrArray *items,
                              const char *(*get_value) (gpointer item),
                              char *(*get_label) (gpointer item));
const char *weir_filter_bar_get_choice (WeirFilterBar *self, const char *id); /* NULL: all */
void weir_filter_bar_choose (WeirFilterBar *self, const char *id, const char *value);
const char *weir_filter_bar_get_text (WeirFilterBar *self);
void weir_filter_bar_set_text (WeirFilterBar *self, const char *text);
void weir_filter_bar_focus (WeirFilterBar *self);
gboolean weir_filter_bar_is_active (WeirFilterBar *self);
void weir_filter_bar_clear (WeirFilterBar *self);
void weir_filter_bar_set_counts (WeirFilterBar *self, guint shown, guint total);
const char *weir_filter_bar_get_counts (WeirFilterBar *self);

/* texts and choices of last time; a value that is not there yet is chosen when it comes */
void weir_filter_bar_save (WeirFilterBar *self, GVariantDict *state);
void weir_filter_bar_restore (WeirFilterBar *self, GVariantDict *state);

gboolean weir_filter_matches (const char *const *words, const char *folded);
char **weir_filter_split_words (const char *text);

G_END_DECLS

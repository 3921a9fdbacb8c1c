/* weir-saved-views.h: queries with names, and those asked last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-preferences.h"

G_BEGIN_DECLS

/* What the timeline shows. */
typedef struct
{
  char *name;
  char *query; /* its text; "" is everything */
  char *stack; /* (nullable) what the chart is stacked by */
} WeirSavedView;

WeirSavedView *weir_saved_view_new (const char *name, const char *query, const char *stack);
void weir_saved_view_free (WeirSavedView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirSavedView, weir_saved_view_free)

GPtrArray *weir_saved_views_list (WeirPreferences *preferences); /* WeirSavedView, as saved */
WeirSavedView *weir_saved_views_find (WeirPreferences *preferences,
                                      const char *name); /* nullable */
/* replace: the view of that name, if there is one; otherwise that is an error */
gboolean weir_saved_views_save (WeirPreferences *preferences,
                                const WeirSavedView *view,
                                gboolean replace,
                                GError **error);
gboolean weir_saved_views_rename (WeirPreferences *preferences,
                                  const char *name,
                                  const char *new_name,
                                  GError **error);
gboolean weir_saved_views_remove (WeirPreferences *preferences, const char *name, GError **error);

char **weir_recent_queries_list (WeirPreferences *preferences); /* the latest first */
void weir_recent_queries_add (WeirPreferences *preferences, const char *query); /* soon */

G_END_DECLS

/* weir-preferences.h: what the user has chosen for all programs of Weir
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "weir-json.h"

G_BEGIN_DECLS

#define WEIR_PREFERENCES_ERROR (weir_preferences_error_quark ())
GQuark weir_preferences_error_quark (void);

typedef enum
{
  WEIR_PREFERENCES_ERROR_FILE, /* cannot be read or written, or is damaged: then it is left as it is */
  WEIR_PREFERENCES_ERROR_TAKEN,   /* there is something of that name */
  WEIR_PREFERENCES_ERROR_MISSING, /* there is nothing of that name */
  WEIR_PREFERENCES_ERROR_INVALID, /* it cannot be called or set so */
} WeirPreferencesError;

/* A JSON object in the configuration folder; each of its members has readers and writers of its own (weir-saved-views.h,
 * weir-limits.h), and one that nobody here knows is kept. Signals: "changed": by this process or by another; "failed"
 * (GError *why): a change that was made in the background is undone. */
#define WEIR_TYPE_PREFERENCES (weir_preferences_get_type ())
G_DECLARE_FINAL_TYPE (WeirPreferences, weir_preferences, WEIR, PREFERENCES, GObject)

/* old: the member as the file has it by now; returns (transfer full) its JSON, or NULL with the error set */
typedef char *(*WeirPreferencesEdit) (WeirJson old, gpointer user_data, GError **error);

WeirPreferences *
weir_preferences_new (const char *path); /* NULL: weir_paths_dup_config_dir()/preferences.json */
WeirJson weir_preferences_get (WeirPreferences *self,
                               const char *member); /* valid until the next change; maybe absent */
gboolean weir_preferences_edit (WeirPreferences *self,
                                const char *member,
                                WeirPreferencesEdit edit,
                                gpointer user_data,
                                GError **error);
/* TRUE: the main loop does not wait for the disk */
void weir_preferences_set_background (WeirPreferences *self, gboolean background);
void weir_preferences_flush (WeirPreferences *self); /* waits until all is written */
/* by a worker, soon; free_data is called in any thread */
void weir_preferences_edit_later (WeirPreferences *self,
                                  const char *member,
                                  WeirPreferencesEdit edit,
                                  gpointer user_data,
                                  GDestroyNotify free_data);

G_END_DECLS

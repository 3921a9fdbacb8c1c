/* weir-digest.h: what happened while nobody looked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-preferences.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 from; /* µs */
  gint64 to;   /* µs */
  guint n_events;
  guint n_errors; /* of them */
  guint n_state_changes;
  guint n_gaps; /* that are open, and of that time or noticed in it */
} WeirDigest;

/* µs; 0: never. Kept with the preferences. */
gint64 weir_digest_get_last_seen (WeirPreferences *preferences);
gboolean weir_digest_set_last_seen (WeirPreferences *preferences, gint64 time, GError **error);
void weir_digest_note_seen (WeirPreferences *preferences, gint64 time); /* soon */

/* From the history alone: it works offline. */
void weir_digest_make_async (WeirHistory *history,
                             gint64 from,
                             gint64 to,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
WeirDigest *
weir_digest_make_finish (WeirHistory *history, GAsyncResult *result, GError **error); /* g_free() */

G_END_DECLS

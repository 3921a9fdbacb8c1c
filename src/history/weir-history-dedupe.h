/* weir-history-dedupe.h: whether an event may be known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WeirDedupe WeirDedupe;

WeirDedupe *weir_dedupe_new (guint n_events);
void weir_dedupe_free (WeirDedupe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirDedupe, weir_dedupe_free)

/* what an event is known by; the id's hash is weir_hash_text() of it */
guint64 weir_dedupe_make_key (guint account_number, const char *stream, guint64 id_hash);
void weir_dedupe_add (WeirDedupe *self, guint64 key);
void weir_dedupe_remove (WeirDedupe *self, guint64 key);
void weir_dedupe_prefetch (const WeirDedupe *self, guint64 key);
gboolean weir_dedupe_may_have (const WeirDedupe *self, guint64 key);

G_END_DECLS

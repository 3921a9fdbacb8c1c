/* weir-membrane-stream.h: Membrane's event lists, followed as streams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-membrane-list.h"

G_BEGIN_DECLS

/* What a provider remembers of one stream between pages, in memory only: which server cursors this walk has met, each with the one
 * that led to it. */
typedef struct
{
  char *walk;
  GHashTable *led;
} WeirMembraneTrail;

void weir_membrane_trail_clear (WeirMembraneTrail *trail);
/* trail: lives as long as the provider */
void weir_membrane_fetch (WeirProvider *provider,
                          const WeirMembraneList *list,
                          const char *stream,
                          const char *cursor,
                          guint limit,
                          WeirMembraneTrail *trail,
                          GTask *task);
void weir_membrane_reach (WeirProvider *provider,
                          const WeirMembraneList *list,
                          WeirEventPage *page,
                          GTask *task);
char *weir_membrane_dup_cursor_since (gint64 since);

G_END_DECLS

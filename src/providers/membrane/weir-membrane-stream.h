/* weir-membrane-stream.h: Membrane's event lists, followed as streams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-membrane-list.h"

G_BEGIN_DECLS

/* What a provider remembers of one stream between pages, in memory only: which server cursors this walk has asked with. */
typedef struct
{
  char *walk;
  GHashTable *asked;
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

G_END_DECLS

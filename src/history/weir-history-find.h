/* weir-history-find.h: events looked up by the provider's id
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-pages.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 id_hash;
  guint account_number;
  const char *stream; /* (nullable): any */
  gint64 time;        /* where to look first; µs */
  guint32 number;     /* 0 until it is found */
} WeirWanted;

/* An event with the hash, the account and the stream: TRUE if it is the one. page: NULL if it is damaged */
typedef gboolean (*WeirFoundFunc) (guint wanted, const WeirPage *page, guint slot, gpointer data);

gboolean weir_history_find_wanted (WeirMemory *memory,
                                   WeirDatabase *db,
                                   GArray *wanted, /* WeirWanted */
                                   WeirFoundFunc found,
                                   gpointer data,
                                   GError **error);

G_END_DECLS

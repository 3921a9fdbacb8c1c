/* weir-facet.h: what many events have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_FACET_LATE = 1 << 0, /* came when newer ones of its stream were there already */
  WEIR_FACET_UNREADABLE = 1 << 1,
} WeirFacetFlags;

/* One combination of what is the same for many events. A history has some hundreds of them at most
 * times, so a query looks at each facet once and then only at numbers. Immutable, any thread, lives as
 * long as the history. Texts are never NULL: "" is none. */
typedef struct
{
  guint number;         /* from 1 */
  guint account_number; /* small, from 1: for stacking in charts */
  WeirAccount
      *account; /* as it was described when the facet was read: for its name now ask the index */
  const char *stream;
  const char *kind;
  const char *collection;
  const char *subscription;
  const char *status;
  const char *connection;
  const char *tenant;
  WeirFacetFlags flags;
  WeirTimeSource time_source;
} WeirFacet;

G_END_DECLS

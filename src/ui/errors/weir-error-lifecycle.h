/* weir-error-lifecycle.h: what the user has decided about an error, and whether that still holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_ERROR_OPEN,         /* nobody has looked at it yet, or it has come back */
  WEIR_ERROR_ACKNOWLEDGED, /* somebody is at it */
  WEIR_ERROR_RESOLVED,     /* it is believed to be mended, until it is seen again */
  WEIR_ERROR_IGNORED,      /* not to be shown as trouble, whatever comes */
} WeirErrorLifecycle;
#define WEIR_ERROR_N_LIFECYCLES (WEIR_ERROR_IGNORED + 1)

/* mark: (nullable) what was kept; last_seen_at: of the newest error of the group, µs, 0 unknown */
WeirErrorLifecycle weir_error_lifecycle_get (const WeirErrorMark *mark, gint64 last_seen_at);
/* whether a mark is to be forgotten once its group has no errors any more, so that the next one is a new one */
gboolean weir_error_lifecycle_ends (const WeirErrorMark *mark);
const char *weir_error_lifecycle_to_word (WeirErrorLifecycle lifecycle);   /* of the history */
const char *weir_error_lifecycle_get_label (WeirErrorLifecycle lifecycle); /* for a person */

G_END_DECLS

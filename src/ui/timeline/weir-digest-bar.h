/* weir-digest-bar.h: what happened while nobody looked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-digest.h"
#include "weir-monitor.h"

G_BEGIN_DECLS

/* Shown after an absence, until it is dismissed. Signals: "events" (gint64 from, gint64 to), "errors" and "gaps" with the same:
 * a number was clicked. State changes are told on the spot. */
#define WEIR_TYPE_DIGEST_BAR (weir_digest_bar_get_type ())
G_DECLARE_FINAL_TYPE (WeirDigestBar, weir_digest_bar, WEIR, DIGEST_BAR, AdwBin)

GtkWidget *weir_digest_bar_new (WeirMonitor *monitor);
void weir_digest_bar_set_narrow (WeirDigestBar *self, gboolean narrow);

G_END_DECLS

/* weir-pull-watch.h: keeps the gaps that an account's pull runs leave
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-provider.h"
#include "weir-record-set.h"

G_BEGIN_DECLS

#define WEIR_TYPE_PULL_WATCH (weir_pull_watch_get_type ())
G_DECLARE_FINAL_TYPE (WeirPullWatch, weir_pull_watch, WEIR, PULL_WATCH, GObject)

/* Looks at one subscription after the other: what of the time from its first known run on has failed or was left out becomes a gap,
 * and what is covered closes one. That no run was for a span is only said when the server has been asked for those of that time. */
WeirPullWatch *
weir_pull_watch_new (WeirProvider *provider, WeirHistory *history, WeirRecordSet *pulls);
void weir_pull_watch_look (WeirPullWatch *self, const char *subscription);
void weir_pull_watch_look_at_all (WeirPullWatch *self);
void weir_pull_watch_stop (WeirPullWatch *self); /* for ever */
gboolean weir_pull_watch_is_looking_at (WeirPullWatch *self, const char *subscription);
gboolean weir_pull_watch_is_idle (WeirPullWatch *self);

G_END_DECLS

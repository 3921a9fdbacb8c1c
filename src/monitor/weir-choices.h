/* weir-choices.h: what was chosen for all accounts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-preferences.h"

G_BEGIN_DECLS

#define WEIR_PROXY_SYSTEM "system"
#define WEIR_PROXY_NONE "none"

/* How often lists are asked for, seconds. What a server asks for (Retry-After, limits) comes first. */
typedef struct
{
  guint watched;   /* while somebody looks */
  guint unwatched; /* while nobody does */
} WeirRefresh;

#define WEIR_REFRESH_WATCHED 10
#define WEIR_REFRESH_UNWATCHED 30
#define WEIR_REFRESH_MIN 5
#define WEIR_REFRESH_MAX 3600

/* "local" (see weir-zone.h), also where another machine's choice is not known on this one */
char *weir_choices_dup_time_zone (WeirPreferences *preferences);
gboolean
weir_choices_set_time_zone (WeirPreferences *preferences, const char *zone, GError **error);

/* WEIR_PROXY_SYSTEM, WEIR_PROXY_NONE or an address */
char *weir_choices_dup_proxy (WeirPreferences *preferences);
gboolean weir_choices_set_proxy (WeirPreferences *preferences, const char *proxy, GError **error);

void weir_choices_get_refresh (WeirPreferences *preferences, WeirRefresh *refresh);
gboolean
weir_choices_set_refresh (WeirPreferences *preferences, const WeirRefresh *refresh, GError **error);

/* what is told by notifications of the desktop */
typedef enum
{
  WEIR_NOTIFY_ALL,
  WEIR_NOTIFY_FAILURES, /* not what recovers, is overdue, silent or missing */
  WEIR_NOTIFY_NOTHING,
} WeirNotify;

WeirNotify weir_choices_get_notify (WeirPreferences *preferences);
gboolean weir_choices_set_notify (WeirPreferences *preferences, WeirNotify notify, GError **error);

/* whether the application goes on watching when its window is closed; not unless told */
gboolean weir_choices_get_background (WeirPreferences *preferences);
gboolean
weir_choices_set_background (WeirPreferences *preferences, gboolean background, GError **error);

/* has the whole process use zone and proxy; TRUE: the proxy is another one, so connections are to be made anew */
gboolean weir_choices_apply (WeirPreferences *preferences);

G_END_DECLS

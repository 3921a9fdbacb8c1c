/* weir-quota.h: how much was asked of a server, and how much more it allows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define WEIR_TYPE_QUOTA (weir_quota_get_type ())
G_DECLARE_FINAL_TYPE (WeirQuota, weir_quota, WEIR, QUOTA, GObject)

typedef struct
{
  guint requests;       /* in the last hour */
  guint limited;        /* times that the server asked for fewer in the last 24 hours */
  gint64 limited_until; /* µs: it asked to be left alone until then; 0: it does not */
  /* as the server says, with what it tells of: -1 it does not */
  gint64 left;
  gint64 limit;
  gint64 renews_at; /* µs; 0: it does not say */
} WeirQuotaState;

WeirQuota *weir_quota_new (void);
/* (transfer none): the one of all clients for what the key names, as long as the process lives */
WeirQuota *weir_quota_get_shared (const char *key);
/* headers: (nullable): there is no answer */
void
weir_quota_note (WeirQuota *self, guint status, SoupMessageHeaders *headers, gint64 retry_after);
void weir_quota_get_state (WeirQuota *self, WeirQuotaState *state);
gboolean weir_quota_is_scarce (WeirQuota *self);

G_END_DECLS

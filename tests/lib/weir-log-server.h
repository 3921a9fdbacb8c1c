/* weir-log-server.h: a platform's log of events that grows, forgets and misbehaves as it is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A log of events 0, 1, 2…, one a second, of which `first` to `total` are there. */
typedef struct
{
  SoupServer *soup;
  char *uri;
  gint64 begin; /* µs: when event 0 came */
  guint first;
  guint total;
  gboolean is_membrane; /* the list is newest first and asked by time */

  gboolean refuses_cursor;
  gboolean jumps;         /* an empty answer has another cursor */
  gboolean refuses_reach; /* the question how far back the log reaches */
  guint late;             /* this one's own time is a day before it came; 0: none */
  guint timeless;         /* this one has no time at all; 0: none (of Sequin) */
  gboolean has_no_cursor; /* a page is all there is */
  guint n_reaches;
  guint n_requests;
} WeirLogServer;

/* Answers in the main context of the caller. The members may be changed at any time. */
void weir_log_server_start (WeirLogServer *self);
void weir_log_server_stop (WeirLogServer *self);
gint64 weir_log_server_get_time (const WeirLogServer *self, guint i); /* when event i came, µs */

G_END_DECLS

/* weir-announce.h: what a screen reader is told of without anybody going there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Each kind is damped for itself: see weir_announce(). */
typedef enum
{
  WEIR_ANNOUNCE_RESULTS,  /* of a query or a filter */
  WEIR_ANNOUNCE_SELECTED, /* rows */
  WEIR_ANNOUNCE_NEW,      /* events that wait to be shown */
  WEIR_N_ANNOUNCE_KINDS
} WeirAnnounceKind;

void weir_announce (GtkWidget *from, WeirAnnounceKind kind, const char *text);

/* The damping alone. */
typedef struct _WeirAnnouncer WeirAnnouncer;
typedef void (*WeirAnnounceFunc) (const char *text, gpointer user_data);

WeirAnnouncer *
weir_announcer_new (guint settle_ms, guint interval_ms, WeirAnnounceFunc say, gpointer user_data);
void weir_announcer_free (WeirAnnouncer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirAnnouncer, weir_announcer_free)
void weir_announcer_tell (WeirAnnouncer *self, const char *text);

G_END_DECLS

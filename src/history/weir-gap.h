/* weir-gap.h: a span of time of a stream of which not everything may be known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account.h"
#include "weir-json-writer.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_GAP_OFF, /* Weir was off, asleep or cut off, and the log does not reach back to before that */
  WEIR_GAP_NO_OVERLAP,     /* a full page, newest first, did not reach what is known */
  WEIR_GAP_CURSOR_REFUSED, /* the server no longer takes the place Weir had come to */
  WEIR_GAP_CURSOR_JUMPED,  /* the server's place moved on without events */
  WEIR_GAP_PULL_FAILED,    /* a pull run ended in error, and none since has covered its window */
  WEIR_GAP_PULL_UNCOVERED, /* no pull run has had this window */
  WEIR_GAP_DELETED,        /* Weir itself removed events, for the budget's sake */
} WeirGapCause;

#define WEIR_TYPE_GAP (weir_gap_get_type ())
G_DECLARE_FINAL_TYPE (WeirGap, weir_gap, WEIR, GAP, GObject)

/* Immutable. */
struct _WeirGap
{
  GObject parent_instance;

  gint64 id; /* 0: not kept yet */
  WeirAccount *account;
  char *stream;            /* never NULL; WEIR_GAP_PULLS for what pull runs have missed */
  char *subscription;      /* id, (nullable) */
  char *subscription_name; /* (nullable) as it was last known, of one that the history has listed */
  WeirGapCause cause;
  gint64 from; /* µs; 0 = not known: since ever */
  gint64 to;   /* µs; 0 = not known: until now */
  gint64 noticed_at;
  gint64 filled_at; /* 0: it is open */
  char *detail;     /* (nullable) the server's words, an id… for people */
};

#define WEIR_GAP_PULLS "pulls" /* no stream of events, but one of windows */

WeirGap *weir_gap_new (WeirAccount *account,
                       const char *stream,
                       const char *subscription,
                       WeirGapCause cause,
                       gint64 from,
                       gint64 to,
                       const char *detail);
WeirGap *weir_gap_new_full (gint64 id,
                            WeirAccount *account,
                            const char *stream,
                            const char *subscription,
                            WeirGapCause cause,
                            gint64 from,
                            gint64 to,
                            gint64 noticed_at,
                            gint64 filled_at,
                            const char *detail);
gboolean weir_gap_is_open (WeirGap *self);
gboolean weir_gap_same (WeirGap *a, WeirGap *b); /* versions of one: it grows and shrinks */
gboolean weir_gap_is_among (WeirGap *self, GPtrArray *open); /* (element-type WeirGap) */
void weir_gap_write (WeirGap *self, WeirJsonWriter *writer); /* members of an open object */
const char *weir_gap_cause_to_string (WeirGapCause cause);   /* "off", "no-overlap"… */
gboolean weir_gap_cause_from_string (const char *text, WeirGapCause *cause);
const char *weir_gap_cause_get_text (WeirGapCause cause); /* a sentence for people */

G_END_DECLS

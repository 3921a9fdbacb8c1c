/* weir-drift.h: a field that is not what it was in a collection's events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account.h"
#include "weir-shape-model.h"

G_BEGIN_DECLS

#define WEIR_TYPE_DRIFT (weir_drift_get_type ())
G_DECLARE_FINAL_TYPE (WeirDrift, weir_drift, WEIR, DRIFT, GObject)

/* Immutable; any thread. */
struct _WeirDrift
{
  GObject parent_instance;

  gint64 id;
  WeirAccount *account;
  char *collection; /* "" where the events have none */
  char *kind;
  char *path; /* in the payload: "items[].price" */
  WeirDriftChange change;
  char *before;        /* types of the normal: "number, null"; "" where it was not there */
  char *after;         /* what there is now; "" where it is gone */
  double share;        /* in so many of the events since it is so */
  double share_before; /* in so many of those before */
  guint events;        /* looked at since it is so */
  guint events_before;
  gint64 since; /* µs: the first event that has it so; of what vanished the last that had it */
  gint64 before_number; /* a sample: an event before, 0 none */
  gint64 after_number;  /* and one after */
};

const char *weir_drift_change_to_string (WeirDriftChange change);
void weir_drift_write (WeirDrift *self, WeirJsonWriter *writer); /* members, CLI.md */

G_END_DECLS

/* weir-shape-learner.h: has the history learn from events that came
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"

G_BEGIN_DECLS

#define WEIR_TYPE_SHAPE_LEARNER (weir_shape_learner_get_type ())
G_DECLARE_FINAL_TYPE (WeirShapeLearner, weir_shape_learner, WEIR, SHAPE_LEARNER, GObject)

/* Learns in a thread of its own, behind ingest and not all the time. Signal "learned": drift may be another. */
WeirShapeLearner *weir_shape_learner_new (WeirHistory *history);
void weir_shape_learner_poke (WeirShapeLearner *self); /* events have come */
void weir_shape_learner_stop (WeirShapeLearner *self); /* for ever */
/* a drift was accepted: tells others */
void weir_shape_learner_tell (WeirShapeLearner *self);

G_END_DECLS

/* weir-recorder.h: keeps in the history what becomes of the records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-record-set.h"

G_BEGIN_DECLS

#define WEIR_TYPE_RECORDER (weir_recorder_get_type ())
G_DECLARE_FINAL_TYPE (WeirRecorder, weir_recorder, WEIR, RECORDER, GObject)

/* Watches sets: subscriptions and connections by their states, pull runs in full. Signals: "recorded":
 * something was kept; "named": it knows what subscriptions were called before. */
WeirRecorder *weir_recorder_new (WeirHistory *history);
void weir_recorder_watch (WeirRecorder *self, WeirRecordSet *records);
/* a list of the kind has come and is in the set: from now on a change is one that happened since */
void weir_recorder_note_listed (WeirRecorder *self, WeirAccount *account, WeirRecordKind kind);
/* the account goes, and its records leave their sets: nothing of that is a change; NULL: they have left */
void weir_recorder_forget (WeirRecorder *self, WeirAccount *account);
/* (nullable) what a subscription was called before the program was started, for while its server cannot be asked */
const char *weir_recorder_find_name (WeirRecorder *self, const char *id);

G_END_DECLS

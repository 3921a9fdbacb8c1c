/* weir-lister.h: keeps the records of one kind of one account as the server has them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-provider.h"
#include "weir-record-set.h"

G_BEGIN_DECLS

#define WEIR_TYPE_LISTER (weir_lister_get_type ())
G_DECLARE_FINAL_TYPE (WeirLister, weir_lister, WEIR, LISTER, GObject)

/* Signals: "answered" (GError *, NULL: it went well) after each list; "ended" (WeirPullRun *): a pull is no longer active.
 * It begins paused, and does nothing while it is. What is put by hand is not undone by an answer that is older. */
WeirLister *weir_lister_new (WeirProvider *provider,
                             WeirHistory *history,
                             WeirRecordSet *records,
                             WeirRecordKind kind);
void weir_lister_resume (WeirLister *self); /* and asks at once */
void weir_lister_pause (WeirLister *self);
void weir_lister_stop (WeirLister *self); /* for ever */
void weir_lister_set_interval (WeirLister *self, guint milliseconds);
void weir_lister_refresh (WeirLister *self);              /* now */
void weir_lister_hint (WeirLister *self, const char *id); /* soon; id (nullable): any of them */
void weir_lister_put (WeirLister *self, WeirRecord *record);
void weir_lister_drop (WeirLister *self, WeirRecord *record);
gboolean weir_lister_is_loaded (WeirLister *self);
const GError *weir_lister_get_error (WeirLister *self); /* (nullable) of the last list */
gint64 weir_lister_get_next_try (WeirLister *self);

G_END_DECLS

/* weir-record-set.h: the records of one kind that are known now, over all accounts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

/* A GListModel of WeirRecord in no particular order (lists/ in ui sorts its own index). Replacing a record emits
 * items-changed (position, 1, 1); a whole refresh emits only for the runs that differ.
 * Signals: "removed" (WeirRecord *): one that is in the set no more, as it was; "watched". */
#define WEIR_TYPE_RECORD_SET (weir_record_set_get_type ())
G_DECLARE_FINAL_TYPE (WeirRecordSet, weir_record_set, WEIR, RECORD_SET, GObject)

WeirRecordSet *weir_record_set_new (void);
WeirRecord *weir_record_set_find (WeirRecordSet *self,
                                  WeirAccount *account,
                                  const char *id); /* transfer none, nullable */
void weir_record_set_put (WeirRecordSet *self, WeirRecord *record);
void weir_record_set_remove (WeirRecordSet *self, WeirRecord *record);
/* records: what the account has now; the others of that account go */
void weir_record_set_refresh (WeirRecordSet *self, WeirAccount *account, GPtrArray *records);
/* whether somebody looks at them now: where a server allows little, the other kinds wait. TRUE until it is said */
void weir_record_set_set_watched (WeirRecordSet *self, gboolean watched);
gboolean weir_record_set_is_watched (WeirRecordSet *self);
GPtrArray *weir_record_set_list (WeirRecordSet *self); /* transfer container+elements: a copy */

G_END_DECLS

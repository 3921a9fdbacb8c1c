/* weir-samples.h: one of each record with every attribute set, and ways to spoil it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

/* Texts are kept to the end of the program, so that views into them are good that long. */
WeirJson weir_samples_parse (const char *text);
WeirJson weir_samples_load (const char *name); /* tests/lib/samples/NAME.json */
WeirAccount *weir_samples_account (const char *provider);

/* Calls use for the sample with each of its values, at any depth, replaced by one of another type,
 * and with each of its members missing. Returns how often that was. */
typedef void (*WeirSamplesUse) (WeirJson json, gpointer user_data);
guint weir_samples_spoil (WeirJson sample, WeirSamplesUse use, gpointer user_data);

/* What must hold of any record, or of the error there is instead of one. */
void weir_samples_check_record (WeirRecord *record, const GError *error);

/* The text of the part of a JSON text that a JSON pointer names, as written; "" if there is none. */
const char *weir_samples_at (const char *json, const char *pointer);

G_END_DECLS

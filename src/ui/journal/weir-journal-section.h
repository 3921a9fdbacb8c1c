/* weir-journal-section.h: what Weir did with a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* Hidden where Weir did nothing. */
#define WEIR_TYPE_JOURNAL_SECTION (weir_journal_section_get_type ())
G_DECLARE_FINAL_TYPE (WeirJournalSection, weir_journal_section, WEIR, JOURNAL_SECTION, AdwBin)

GtkWidget *weir_journal_section_new (WeirMonitor *monitor);
void weir_journal_section_set_object (WeirJournalSection *self, gpointer object);

G_END_DECLS

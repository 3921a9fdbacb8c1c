/* weir-record-life.h: what happened to the record of an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* The latest events of the same record; hidden for anything but an event that names one. Signal "open" (GObject *). */
#define WEIR_TYPE_RECORD_LIFE (weir_record_life_get_type ())
G_DECLARE_FINAL_TYPE (WeirRecordLife, weir_record_life, WEIR, RECORD_LIFE, AdwBin)

GtkWidget *weir_record_life_new (WeirMonitor *monitor);
void weir_record_life_set_object (WeirRecordLife *self, gpointer object);

G_END_DECLS

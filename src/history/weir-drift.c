/* weir-drift.c: a field that is not what it was in a collection's events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-drift.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (WeirDrift, weir_drift, G_TYPE_OBJECT)

static void
weir_drift_finalize (GObject *object)
{
  WeirDrift *self = WEIR_DRIFT (object);

  g_clear_object (&self->account);
  g_free (self->collection);
  g_free (self->kind);
  g_free (self->path);
  g_free (self->before);
  g_free (self->after);

  G_OBJECT_CLASS (weir_drift_parent_class)->finalize (object);
}

static void
weir_drift_class_init (WeirDriftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_drift_finalize;
}

static void
weir_drift_init (WeirDrift *self)
{
}

/**
 * weir_drift_change_to_string:
 * @change: what became of a field
 *
 * Returns: (transfer none): its word, for JSON; not translated
 */
const char *
weir_drift_change_to_string (WeirDriftChange change)
{
  switch (change)
    {
    case WEIR_DRIFT_APPEARED:
      return "appeared";
    case WEIR_DRIFT_VANISHED:
      return "vanished";
    case WEIR_DRIFT_TYPE:
      return "type";
    case WEIR_DRIFT_NONE:
    default:
      return "none";
    }
}

static void
add_number (WeirJsonWriter *writer, const char *key, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  weir_json_writer_add_string (writer, key, number > 0 ? text : NULL);
}

/* In per cent: a writer of JSON has no fractions. */
static gint64
get_percent (double share)
{
  return (gint64) llround (share * 100);
}

/**
 * weir_drift_write:
 * @self: a drift
 * @writer: inside an object
 *
 * Writes the members that CLI.md names.
 */
void
weir_drift_write (WeirDrift *self, WeirJsonWriter *writer)
{
  g_return_if_fail (WEIR_IS_DRIFT (self));

  add_number (writer, "id", self->id);
  weir_json_writer_add_string (writer, "account", self->account->name);
  weir_json_writer_add_string (writer, "collection",
                               *self->collection != '\0' ? self->collection : NULL);
  weir_json_writer_add_string (writer, "kind", *self->kind != '\0' ? self->kind : NULL);
  weir_json_writer_add_string (writer, "path", self->path);
  weir_json_writer_add_string (writer, "change", weir_drift_change_to_string (self->change));
  weir_json_writer_add_string (writer, "before", *self->before != '\0' ? self->before : NULL);
  weir_json_writer_add_string (writer, "after", *self->after != '\0' ? self->after : NULL);
  weir_json_writer_add_time (writer, "since", self->since);
  weir_json_writer_add_int (writer, "percent", get_percent (self->share));
  weir_json_writer_add_int (writer, "percent_before", get_percent (self->share_before));
  weir_json_writer_add_int (writer, "events", self->events);
  weir_json_writer_add_int (writer, "events_before", self->events_before);
  add_number (writer, "sample_before", self->before_number);
  add_number (writer, "sample_after", self->after_number);
}

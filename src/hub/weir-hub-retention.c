/* weir-hub-retention.c: how long what happened is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-retention.h"

#include "weir-clock.h"
#include "weir-hub-store-private.h"

#define STEP 100 /* rows */

/* Logs of elements, then the change log of each face. What is still under way is not over. */
static const struct
{
  const char *of;
  gboolean is_change;
  gboolean is_pull;
} logs[] = {
  { WEIR_HUB_EVENT_PULL, FALSE, TRUE },
  { WEIR_HUB_EVENT_LOG, FALSE, FALSE },
  { WEIR_HUB_WEBHOOK, FALSE, FALSE },
  { WEIR_HUB_APP_EVENT, FALSE, FALSE },
  { WEIR_HUB_FLOW_RUN, FALSE, FALSE },
  { "membrane", TRUE, FALSE },
  { "sequin", TRUE, FALSE },
  { "oracle", TRUE, FALSE },
};

static const char last_kept_element[] =
    "SELECT sequence FROM element WHERE type = ? ORDER BY sequence DESC LIMIT 1 OFFSET ?";
static const char last_kept_change[] =
    "SELECT sequence FROM change WHERE face = ? ORDER BY sequence DESC LIMIT 1 OFFSET ?";

static const char next_elements[] =
    "SELECT max (sequence), min (time), count (*) FROM (SELECT sequence, time FROM element"
    " WHERE type = ? AND sequence > ? ORDER BY sequence LIMIT ?)";
static const char next_changes[] =
    "SELECT max (sequence), min (time), count (*) FROM (SELECT sequence, time FROM change"
    " WHERE face = ? AND sequence > ? ORDER BY sequence LIMIT ?)";

static const char drop_elements[] =
    "DELETE FROM element WHERE type = ? AND sequence > ? AND sequence <= ?"
    " AND (time < ? OR sequence <= ?)";
static const char drop_pulls[] =
    "DELETE FROM element WHERE type = ? AND sequence > ? AND sequence <= ?"
    " AND (time < ? OR sequence <= ?)"
    " AND json_extract (body, '$.status') NOT IN ('queued', 'running')";
/* Sequin's /v1/records lists what is there by the newest change of each record. */
static const char drop_changes[] =
    "DELETE FROM change WHERE face = ? AND sequence > ? AND sequence <= ?"
    " AND (time < ? OR sequence <= ?)"
    " AND (face <> 'sequin'"
    "  OR EXISTS (SELECT 1 FROM change AS later WHERE later.source = change.source"
    "   AND later.record = change.record AND later.sequence > change.sequence)"
    "  OR NOT EXISTS (SELECT 1 FROM snapshot WHERE snapshot.source = change.source"
    "   AND snapshot.record = change.record))";

typedef struct
{
  WeirHubStore *store;
  WeirHubKeep keep;
  guint log;
  gboolean begun;  /* with this log */
  gint64 after;    /* how far it is */
  gint64 too_many; /* everything up to this sequence goes */
} Trimming;

static gboolean
begin_log (Trimming *self, GError **error)
{
  gboolean is_change = logs[self->log].is_change;
  guint keep = logs[self->log].is_pull ? self->keep.pulls : self->keep.events;
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      self->store->db, error, is_change ? last_kept_change : last_kept_element, "si",
      logs[self->log].of, (gint64) keep);

  if (statement == NULL)
    return FALSE;
  self->after = 0;
  self->too_many =
      weir_statement_step (statement, error) ? weir_statement_get_int (statement, 0) : 0;
  self->begun = TRUE;
  return TRUE;
}

/* The next rows, oldest first, until one is neither too old nor one too many. */
static gboolean
trim_some (Trimming *self, gboolean *more, GError **error)
{
  gboolean is_change = logs[self->log].is_change;
  const char *of = logs[self->log].of;
  gint64 oldest = weir_clock_now () - (gint64) self->keep.days * G_TIME_SPAN_DAY;
  const char *drop = is_change                 ? drop_changes
                     : logs[self->log].is_pull ? drop_pulls
                                               : drop_elements;
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (self->store->db, error, is_change ? next_changes : next_elements,
                             "sii", of, self->after, (gint64) STEP);
  gint64 last, first_time;

  *more = FALSE;
  if (statement == NULL || !weir_statement_step (statement, error))
    return FALSE;
  last = weir_statement_get_int (statement, 0);
  first_time = weir_statement_get_int (statement, 1);
  *more = weir_statement_get_int (statement, 2) == STEP;
  g_clear_pointer (&statement, weir_statement_finalize);
  if (last == 0 || (first_time >= oldest && self->after >= self->too_many))
    {
      *more = FALSE;
      return TRUE;
    }
  if (!weir_database_run (self->store->db, error, drop, "siiii", of, self->after, last, oldest,
                          self->too_many))
    return FALSE;
  self->after = last;
  return TRUE;
}

static gboolean
trim_step (gpointer user_data, GError **error)
{
  Trimming *self = user_data;
  gboolean more;

  if (!self->begun)
    return begin_log (self, error);
  if (!trim_some (self, &more, error))
    return FALSE;
  if (!more)
    {
      self->begun = FALSE;
      self->log++;
    }
  return self->log < G_N_ELEMENTS (logs);
}

static void
trimmed_cb (gpointer user_data, const GError *error)
{
  g_free (user_data);
}

/**
 * weir_hub_store_trim:
 * @self: a store
 * @keep: how much is kept
 *
 * Drops what is too old, and the oldest of what is too much. Nobody is told: it happened all the
 * same, and a cursor that stands before what is left goes on from there.
 */
void
weir_hub_store_trim (WeirHubStore *self, const WeirHubKeep *keep)
{
  Trimming *trimming;

  g_return_if_fail (WEIR_IS_HUB_STORE (self));
  g_return_if_fail (keep != NULL);

  trimming = g_new0 (Trimming, 1);
  trimming->store = self;
  trimming->keep = *keep;
  weir_hub_store_add_work (self, trim_step, trimmed_cb, trimming);
}

/* weir-error-lifecycle.c: what the user has decided about an error, and whether that still holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-error-lifecycle.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *word;
  const char *label;
} lifecycles[WEIR_ERROR_N_LIFECYCLES] = {
  [WEIR_ERROR_OPEN] = { "open", NC_ ("state of an error", "Open") },
  [WEIR_ERROR_ACKNOWLEDGED] = { "acknowledged", NC_ ("state of an error", "Acknowledged") },
  [WEIR_ERROR_RESOLVED] = { "resolved", NC_ ("state of an error", "Resolved") },
  [WEIR_ERROR_IGNORED] = { "ignored", NC_ ("state of an error", "Ignored") },
};

/* A word that a newer Weir has written is no decision that this one could follow. */
static WeirErrorLifecycle
read_word (const char *word)
{
  for (guint i = 0; i < WEIR_ERROR_N_LIFECYCLES; i++)
    {
      if (g_strcmp0 (word, lifecycles[i].word) == 0)
        return (WeirErrorLifecycle) i;
    }

  return WEIR_ERROR_OPEN;
}

/**
 * weir_error_lifecycle_get:
 * @mark: (nullable): what was kept when the user decided, %NULL if nothing was
 * @last_seen_at: when the newest error of the group was, µs, 0 unknown
 *
 * A resolved group whose newest error is newer than the newest known at that time was not resolved. The two times come
 * from the same server, so that clocks need not agree.
 *
 * Returns: the state of the group now
 */
WeirErrorLifecycle
weir_error_lifecycle_get (const WeirErrorMark *mark, gint64 last_seen_at)
{
  WeirErrorLifecycle kept;

  if (mark == NULL)
    return WEIR_ERROR_OPEN;

  kept = read_word (mark->state);
  if (kept == WEIR_ERROR_RESOLVED && last_seen_at > mark->seen_at)
    return WEIR_ERROR_OPEN;

  return kept;
}

/**
 * weir_error_lifecycle_ends:
 * @mark: what was kept
 *
 * Returns: whether to forget it once the group has no errors any more: the next error is then a new one. What is ignored
 *   stays so.
 */
gboolean
weir_error_lifecycle_ends (const WeirErrorMark *mark)
{
  WeirErrorLifecycle kept;

  g_return_val_if_fail (mark != NULL, FALSE);

  kept = read_word (mark->state);

  return kept == WEIR_ERROR_ACKNOWLEDGED || kept == WEIR_ERROR_RESOLVED;
}

/**
 * weir_error_lifecycle_to_word:
 * @lifecycle: a state
 *
 * Returns: the history's word for it
 */
const char *
weir_error_lifecycle_to_word (WeirErrorLifecycle lifecycle)
{
  g_return_val_if_fail ((guint) lifecycle < WEIR_ERROR_N_LIFECYCLES, "open");

  return lifecycles[lifecycle].word;
}

/**
 * weir_error_lifecycle_get_label:
 * @lifecycle: a state
 *
 * Returns: the state as a person reads it
 */
const char *
weir_error_lifecycle_get_label (WeirErrorLifecycle lifecycle)
{
  g_return_val_if_fail ((guint) lifecycle < WEIR_ERROR_N_LIFECYCLES, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "state of an error", lifecycles[lifecycle].label);
}

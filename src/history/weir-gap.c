/* weir-gap.c: a span of time of a stream of which not everything may be known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-gap.h"

#include "weir-clock.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WeirGap, weir_gap, G_TYPE_OBJECT)

/* The words stand in the history's file and in what weirctl prints: they stay. */
static const struct
{
  const char *word;
  const char *text;
} causes[] = {
  [WEIR_GAP_OFF] = { "off", N_ ("Weir was not running or not connected, and the server’s log does "
                                "not reach back to when it last was") },
  [WEIR_GAP_NO_OVERLAP] = { "no-overlap",
                            N_ ("The server’s list was full before it came to what is known already") },
  [WEIR_GAP_CURSOR_REFUSED] = { "cursor-refused",
                                N_ ("The server no longer accepts the place in its stream that Weir had come to") },
  [WEIR_GAP_CURSOR_JUMPED] = { "cursor-jumped",
                               N_ ("The server’s place in the stream moved on without any events") },
  [WEIR_GAP_PULL_FAILED] = { "pull-failed", N_ ("A pull run failed, and none has succeeded for "
                                                "this time since") },
  [WEIR_GAP_PULL_UNCOVERED] = { "pull-uncovered", N_ ("No pull run was for this time") },
  [WEIR_GAP_DELETED] = { "deleted", N_ ("Weir removed events to stay within its limits") },
};

static void
weir_gap_finalize (GObject *object)
{
  WeirGap *self = WEIR_GAP (object);

  g_clear_object (&self->account);
  g_free (self->stream);
  g_free (self->subscription);
  g_free (self->subscription_name);
  g_free (self->detail);

  G_OBJECT_CLASS (weir_gap_parent_class)->finalize (object);
}

static void
weir_gap_class_init (WeirGapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_gap_finalize;
}

static void
weir_gap_init (WeirGap *self)
{
}

/**
 * weir_gap_new:
 * @account: whose stream
 * @stream: one of weir_provider_get_streams(), or #WEIR_GAP_PULLS
 * @subscription: (nullable): the id of the only subscription that it is about
 * @cause: why it is not known to be complete
 * @from: µs; 0 for not known
 * @to: µs; 0 for not known
 * @detail: (nullable): more, for people
 *
 * Returns: (transfer full): a gap that is noticed now and kept nowhere yet
 */
WeirGap *
weir_gap_new (WeirAccount *account,
              const char *stream,
              const char *subscription,
              WeirGapCause cause,
              gint64 from,
              gint64 to,
              const char *detail)
{
  return weir_gap_new_full (0, account, stream, subscription, cause, from, to, weir_clock_now (), 0,
                            detail);
}

/**
 * weir_gap_new_full:
 * @id: its number in the history; 0 for none
 * @noticed_at: µs
 * @filled_at: µs; 0 if it is open
 *
 * See weir_gap_new().
 *
 * Returns: (transfer full): the gap
 */
WeirGap *
weir_gap_new_full (gint64 id,
                   WeirAccount *account,
                   const char *stream,
                   const char *subscription,
                   WeirGapCause cause,
                   gint64 from,
                   gint64 to,
                   gint64 noticed_at,
                   gint64 filled_at,
                   const char *detail)
{
  WeirGap *self;

  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (stream != NULL, NULL);

  self = g_object_new (WEIR_TYPE_GAP, NULL);
  self->id = id;
  self->account = g_object_ref (account);
  self->stream = g_strdup (stream);
  self->subscription = g_strdup (subscription);
  self->cause = cause;
  self->from = from;
  self->to = to;
  self->noticed_at = noticed_at;
  self->filled_at = filled_at;
  self->detail = g_strdup (detail);

  return self;
}

/**
 * weir_gap_is_open:
 *
 * Returns: whether it is not filled yet
 */
gboolean
weir_gap_is_open (WeirGap *self)
{
  g_return_val_if_fail (WEIR_IS_GAP (self), FALSE);

  return self->filled_at == 0;
}

/**
 * weir_gap_same:
 * @a: a gap
 * @b: another
 *
 * One that grows may get another number; what it begins at stays.
 *
 * Returns: whether both are versions of the same gap
 */
gboolean
weir_gap_same (WeirGap *a, WeirGap *b)
{
  g_return_val_if_fail (WEIR_IS_GAP (a), FALSE);
  g_return_val_if_fail (WEIR_IS_GAP (b), FALSE);

  if (a->id != 0 && a->id == b->id)
    return TRUE;

  return a->from == b->from && g_str_equal (a->account->uuid, b->account->uuid)
         && g_str_equal (a->stream, b->stream) && g_strcmp0 (a->subscription, b->subscription) == 0;
}

static gboolean
overlaps (WeirGap *a, WeirGap *b)
{
  return (a->to == 0 || b->from < a->to) && (b->to == 0 || a->from < b->to);
}

/**
 * weir_gap_is_among:
 * @self: a gap, as it once was
 * @open: (element-type WeirGap): those that are open
 *
 * What Weir itself removed is no part of what a platform did not give.
 *
 * Returns: whether anything of it is open still, as itself or as a part of one that has grown
 */
gboolean
weir_gap_is_among (WeirGap *self, GPtrArray *open)
{
  g_return_val_if_fail (WEIR_IS_GAP (self), FALSE);
  g_return_val_if_fail (open != NULL, FALSE);

  for (guint i = 0; i < open->len; i++)
    {
      WeirGap *gap = g_ptr_array_index (open, i);

      if (g_str_equal (gap->account->uuid, self->account->uuid)
          && g_str_equal (gap->stream, self->stream)
          && g_strcmp0 (gap->subscription, self->subscription) == 0
          && (gap->cause == WEIR_GAP_DELETED) == (self->cause == WEIR_GAP_DELETED)
          && overlaps (gap, self))
        return TRUE;
    }

  return FALSE;
}

/**
 * weir_gap_write:
 * @writer: in an object
 *
 * Writes the gap's members as weirctl prints them.
 */
void
weir_gap_write (WeirGap *self, WeirJsonWriter *writer)
{
  g_autofree char *id = NULL;

  g_return_if_fail (WEIR_IS_GAP (self));

  id = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);
  weir_json_writer_add_string (writer, "id", id);
  weir_json_writer_add_string (writer, "account", self->account->name);
  weir_json_writer_add_string (writer, "provider", self->account->provider);
  weir_json_writer_add_string (writer, "stream", self->stream);
  weir_json_writer_add_string (writer, "subscription", self->subscription);
  weir_json_writer_add_string (writer, "cause", weir_gap_cause_to_string (self->cause));
  weir_json_writer_add_time (writer, "from", self->from);
  weir_json_writer_add_time (writer, "to", self->to);
  weir_json_writer_add_time (writer, "noticed_at", self->noticed_at);
  weir_json_writer_add_boolean (writer, "filled", self->filled_at != 0);
  weir_json_writer_add_time (writer, "filled_at", self->filled_at);
  weir_json_writer_add_string (writer, "detail", self->detail);
}

/**
 * weir_gap_cause_to_string:
 *
 * Returns: (transfer none): the cause's word
 */
const char *
weir_gap_cause_to_string (WeirGapCause cause)
{
  g_return_val_if_fail (cause < G_N_ELEMENTS (causes), "");

  return causes[cause].word;
}

/**
 * weir_gap_cause_from_string:
 * @text: a cause's word
 * @cause: (out): the cause
 *
 * Returns: whether there is such a cause
 */
gboolean
weir_gap_cause_from_string (const char *text, WeirGapCause *cause)
{
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_strcmp0 (causes[i].word, text) == 0)
      {
        *cause = (WeirGapCause) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * weir_gap_cause_get_text:
 *
 * Returns: (transfer none): the cause as a sentence, translated
 */
const char *
weir_gap_cause_get_text (WeirGapCause cause)
{
  g_return_val_if_fail (cause < G_N_ELEMENTS (causes), "");

  return _ (causes[cause].text);
}

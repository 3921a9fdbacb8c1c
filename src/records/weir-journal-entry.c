/* weir-journal-entry.c: one request by which Weir changed something, and what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-journal-entry.h"

#include "weir-clock.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* No request is waited for longer (weir-http-client). */
#define LONGEST_REQUEST (150 * G_TIME_SPAN_SECOND)

static const char *const states[] = {
  [WEIR_JOURNAL_UNDER_WAY] = "under-way",
  [WEIR_JOURNAL_DONE] = "done",
  [WEIR_JOURNAL_FAILED] = "failed",
  [WEIR_JOURNAL_UNKNOWN] = "unknown",
};

G_DEFINE_FINAL_TYPE (WeirJournalEntry, weir_journal_entry, G_TYPE_OBJECT)

static void
weir_journal_entry_finalize (GObject *object)
{
  WeirJournalEntry *self = WEIR_JOURNAL_ENTRY (object);

  g_free (self->program);
  g_free (self->account_uuid);
  g_free (self->account);
  g_free (self->provider);
  g_free (self->operation);
  g_free (self->kind);
  g_free (self->record);
  g_free (self->name);
  g_free (self->method);
  g_free (self->uri);
  g_free (self->body);
  for (guint i = 0; i < WEIR_JOURNAL_N_STEPS; i++)
    weir_journal_outcome_clear (&self->outcomes[i]);

  G_OBJECT_CLASS (weir_journal_entry_parent_class)->finalize (object);
}

static void
weir_journal_entry_class_init (WeirJournalEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_journal_entry_finalize;
}

static void
weir_journal_entry_init (WeirJournalEntry *self)
{
}

/**
 * weir_journal_entry_new:
 * @account: where something is to be changed
 * @operation: a word for it
 *
 * Returns: (transfer full): an entry that begins now; who makes it fills in the rest
 */
WeirJournalEntry *
weir_journal_entry_new (WeirAccount *account, const char *operation)
{
  WeirJournalEntry *self;

  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (operation != NULL, NULL);

  self = g_object_new (WEIR_TYPE_JOURNAL_ENTRY, NULL);
  self->begun_at = weir_clock_now ();
  self->process = getpid ();
  self->program = g_strdup (g_get_prgname ());
  self->account_uuid = g_strdup (account->uuid);
  self->account = g_strdup (account->name);
  self->provider = g_strdup (account->provider);
  self->operation = g_strdup (operation);

  return self;
}

/* Of another sandbox it may be wrong for as long as a request takes, and then only says too soon that nothing is known. */
static gboolean
is_running (gint64 process)
{
  return kill ((pid_t) process, 0) == 0 || errno != ESRCH;
}

/**
 * weir_journal_entry_get_state:
 *
 * What the operation came to counts more than what the server answered. An entry that nobody completed is under way as
 * long as the request can be; after that, and when the program has ended, nobody knows.
 *
 * Returns: what became of it
 */
WeirJournalState
weir_journal_entry_get_state (WeirJournalEntry *self)
{
  g_return_val_if_fail (WEIR_IS_JOURNAL_ENTRY (self), WEIR_JOURNAL_UNKNOWN);

  for (int step = WEIR_JOURNAL_N_STEPS - 1; step >= 0; step--)
    if (self->outcomes[step].at != 0)
      return self->outcomes[step].state;

  return weir_clock_now () - self->begun_at < LONGEST_REQUEST && is_running (self->process)
             ? WEIR_JOURNAL_UNDER_WAY
             : WEIR_JOURNAL_UNKNOWN;
}

/**
 * weir_journal_entry_get_message:
 *
 * Returns: (nullable): what is to be said of its outcome; in the language that it was written in
 */
const char *
weir_journal_entry_get_message (WeirJournalEntry *self)
{
  g_return_val_if_fail (WEIR_IS_JOURNAL_ENTRY (self), NULL);

  for (int step = WEIR_JOURNAL_N_STEPS - 1; step >= 0; step--)
    if (self->outcomes[step].message != NULL)
      return self->outcomes[step].message;

  return NULL;
}

/**
 * weir_journal_entry_matches:
 * @text: words, in lower case (g_utf8_casefold()); an empty text is everywhere
 *
 * Returns: whether @text is in what a person reads of the entry
 */
gboolean
weir_journal_entry_matches (WeirJournalEntry *self, const char *text)
{
  const char *const parts[] = { self->operation, self->account,
                                self->name,      self->record,
                                self->uri,       weir_journal_entry_get_message (self) };

  if (*text == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *folded = parts[i] != NULL ? g_utf8_casefold (parts[i], -1) : NULL;

      if (folded != NULL && strstr (folded, text) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
add_body (WeirJsonWriter *writer, const char *key, const char *body)
{
  WeirJson json;

  if (body != NULL && weir_json_parse_text (body, -1, &json, NULL))
    weir_json_writer_add_raw (writer, key, json);
  else
    weir_json_writer_add_string (writer, key, body);
}

/**
 * weir_journal_entry_write:
 * @writer: in an object
 *
 * Writes the entry's members as weirctl prints them. A body that is JSON is given as such.
 */
void
weir_journal_entry_write (WeirJournalEntry *self, WeirJsonWriter *writer)
{
  const WeirJournalOutcome *answer = &self->outcomes[WEIR_JOURNAL_ANSWER];
  const WeirJournalOutcome *result = &self->outcomes[WEIR_JOURNAL_RESULT];

  g_return_if_fail (WEIR_IS_JOURNAL_ENTRY (self));

  weir_json_writer_add_int (writer, "number", self->number);
  weir_json_writer_add_time (writer, "at", self->begun_at);
  weir_json_writer_add_string (writer, "program", self->program);
  weir_json_writer_add_string (writer, "account", self->account);
  weir_json_writer_add_string (writer, "provider", self->provider);
  weir_json_writer_add_string (writer, "operation", self->operation);
  weir_json_writer_add_string (writer, "kind", self->kind);
  weir_json_writer_add_string (writer, "record", self->record);
  weir_json_writer_add_string (writer, "name", self->name);
  weir_json_writer_add_string (writer, "state",
                               weir_journal_state_to_string (weir_journal_entry_get_state (self)));
  weir_json_writer_add_string (writer, "message", weir_journal_entry_get_message (self));
  weir_json_writer_add_string (writer, "method", self->method);
  weir_json_writer_add_string (writer, "uri", self->uri);
  add_body (writer, "body", self->body);
  weir_json_writer_add_time (writer, "answered_at", answer->at);
  if (answer->status != 0)
    weir_json_writer_add_int (writer, "status", answer->status);
  else
    weir_json_writer_add_null (writer, "status");
  add_body (writer, "answer", answer->body);
  weir_json_writer_add_time (writer, "ended_at", result->at);
  add_body (writer, "read_back", result->body);
}

/**
 * weir_journal_entry_to_json:
 *
 * Returns: (transfer full): the entry as one object, on one line
 */
char *
weir_journal_entry_to_json (WeirJournalEntry *self)
{
  WeirJsonWriter *writer;

  g_return_val_if_fail (WEIR_IS_JOURNAL_ENTRY (self), NULL);

  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  weir_journal_entry_write (self, writer);
  weir_json_writer_end_object (writer);

  return weir_json_writer_end (writer);
}

/**
 * weir_journal_state_to_string:
 *
 * Returns: (transfer none): the state's word
 */
const char *
weir_journal_state_to_string (WeirJournalState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), "");

  return states[state];
}

/**
 * weir_journal_state_from_string:
 * @text: a state's word
 * @state: (out): the state
 *
 * Returns: whether there is such a state
 */
gboolean
weir_journal_state_from_string (const char *text, WeirJournalState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i], text) == 0)
      {
        *state = (WeirJournalState) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * weir_journal_outcome_copy:
 * @to: (out caller-allocates): cleared by weir_journal_outcome_clear()
 */
void
weir_journal_outcome_copy (const WeirJournalOutcome *from, WeirJournalOutcome *to)
{
  *to = *from;
  to->message = g_strdup (from->message);
  to->body = g_strdup (from->body);
}

/**
 * weir_journal_outcome_clear:
 *
 * Frees what it holds.
 */
void
weir_journal_outcome_clear (WeirJournalOutcome *self)
{
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->body, g_free);
}

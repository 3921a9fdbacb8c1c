/* weir-journal-entry.h: one request by which Weir changed something, and what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record.h"

G_BEGIN_DECLS

/* What is longer is not kept: its size is. */
#define WEIR_JOURNAL_LONGEST (64 * 1024) /* bytes */

typedef enum
{
  WEIR_JOURNAL_UNDER_WAY,
  WEIR_JOURNAL_DONE,
  WEIR_JOURNAL_FAILED,  /* refused, or it never got there */
  WEIR_JOURNAL_UNKNOWN, /* it was sent, and nobody has seen what became of it */
} WeirJournalState;

/* The two things that are told of an entry, each at most once. */
typedef enum
{
  WEIR_JOURNAL_ANSWER, /* what the server said, or why it did not */
  WEIR_JOURNAL_RESULT, /* what the operation came to: the record read back, where that was done */
  WEIR_JOURNAL_N_STEPS,
} WeirJournalStep;

typedef struct
{
  gint64 at; /* µs; 0: this has not happened */
  WeirJournalState state;
  guint status;  /* of HTTP; 0: none */
  char *message; /* (nullable) for people */
  char *body;    /* (nullable) masked */
  gint64 size;   /* bytes of the body, kept or not */
} WeirJournalOutcome;

#define WEIR_TYPE_JOURNAL_ENTRY (weir_journal_entry_get_type ())
G_DECLARE_FINAL_TYPE (WeirJournalEntry, weir_journal_entry, WEIR, JOURNAL_ENTRY, GObject)

/* Immutable once it is written. Nothing in here is secret: it is masked before. */
struct _WeirJournalEntry
{
  GObject parent_instance;

  gint64 number;   /* in the history; 0: it is not there yet */
  gint64 begun_at; /* µs: before anything was sent */
  gint64 process;  /* which wrote it */
  char *program;
  char *account_uuid;
  char *account; /* its name then */
  char *provider;
  char *operation; /* a word, such as subscribe */
  char *kind;      /* of the record */
  char *record;    /* (nullable) its id; NULL: there was none yet */
  char *name;      /* (nullable) */
  char *method;
  char *uri;
  char *body; /* (nullable) */
  gint64 size;
  WeirJournalOutcome outcomes[WEIR_JOURNAL_N_STEPS];
};

WeirJournalEntry *weir_journal_entry_new (WeirAccount *account, const char *operation);
WeirJournalState weir_journal_entry_get_state (WeirJournalEntry *self);
const char *weir_journal_entry_get_message (WeirJournalEntry *self); /* (nullable) */
gboolean weir_journal_entry_matches (WeirJournalEntry *self, const char *text);
void weir_journal_entry_write (WeirJournalEntry *self, WeirJsonWriter *writer);
char *weir_journal_entry_to_json (WeirJournalEntry *self); /* one line */

const char *weir_journal_state_to_string (WeirJournalState state);
gboolean weir_journal_state_from_string (const char *text, WeirJournalState *state);

void weir_journal_outcome_copy (const WeirJournalOutcome *from, WeirJournalOutcome *to);
void weir_journal_outcome_clear (WeirJournalOutcome *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WeirJournalOutcome, weir_journal_outcome_clear)

G_END_DECLS

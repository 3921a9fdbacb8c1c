/* weir-cli-quiet.c: which subscriptions are silent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-quiet.h"

#include "weir-history-gaps.h"
#include "weir-history-states.h"
#include "weir-paths.h"
#include "weir-silence.h"

/* Of an account. */
typedef struct
{
  gint64 seen_to; /* µs; 0: nothing is known */
  GHashTable *rhythms;
  GPtrArray *gaps;
  GPtrArray *changes;
} Known;

struct _WeirCliQuiet
{
  WeirHistory *history; /* (nullable) */
  GPtrArray *targets;   /* (element-type WeirCliTarget) */
  GHashTable *known;    /* uuid → Known */
};

static void
known_free (gpointer data)
{
  Known *known = data;

  g_clear_pointer (&known->rhythms, g_hash_table_unref);
  g_clear_pointer (&known->gaps, g_ptr_array_unref);
  g_clear_pointer (&known->changes, g_ptr_array_unref);
  g_free (known);
}

/* Without one the servers' answers are as good; so nothing is made, and nothing complained of. */
static WeirHistory *
peek_history (WeirCli *self)
{
  g_autofree char *folder = weir_paths_dup_data_dir ();
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);

  if (self->history == NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    self->history = weir_history_new (NULL, NULL);

  return self->history;
}

/**
 * weir_cli_quiet_new:
 * @self: the program
 * @targets: (element-type WeirCliTarget): the accounts asked about
 *
 * Returns: (transfer full): what tells who is silent, if there is a history
 */
WeirCliQuiet *
weir_cli_quiet_new (WeirCli *self, GPtrArray *targets)
{
  WeirCliQuiet *quiet = g_new0 (WeirCliQuiet, 1);
  WeirHistory *history = peek_history (self);

  quiet->history = history != NULL ? g_object_ref (history) : NULL;
  quiet->targets = g_ptr_array_ref (targets);
  quiet->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);

  return quiet;
}

/**
 * weir_cli_quiet_free:
 * @self: (transfer full): what is not needed any more
 */
void
weir_cli_quiet_free (WeirCliQuiet *self)
{
  g_clear_object (&self->history);
  g_ptr_array_unref (self->targets);
  g_hash_table_unref (self->known);
  g_free (self);
}

static const char *const *
find_streams (WeirCliQuiet *self, WeirAccount *account)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      WeirCliTarget *target = self->targets->pdata[i];

      if (target->provider != NULL && g_str_equal (target->account->uuid, account->uuid))
        return weir_provider_get_streams (target->provider);
    }

  return NULL;
}

/* The time up to which all of the account's streams have been seen: silence is not counted while nobody looked. */
static gint64
get_seen_to (WeirCliQuiet *self, WeirAccount *account)
{
  const char *const *streams = find_streams (self, account);
  gint64 seen_to = G_MAXINT64;

  for (guint i = 0; streams != NULL && streams[i] != NULL; i++)
    {
      g_autoptr (WeirStreamPlace) place =
          weir_history_get_place (self->history, account, streams[i], NULL);

      seen_to = MIN (seen_to, place != NULL ? place->seen_end : 0);
    }

  return seen_to != G_MAXINT64 ? seen_to : 0;
}

static Known *
get_known (WeirCliQuiet *self, WeirAccount *account)
{
  Known *known = g_hash_table_lookup (self->known, account->uuid);

  if (known != NULL)
    return known;

  known = g_new0 (Known, 1);
  g_hash_table_insert (self->known, g_strdup (account->uuid), known);
  known->rhythms = weir_history_list_rhythms (self->history, account, NULL);
  known->gaps = weir_history_list_gaps (self->history, account, TRUE, NULL);
  known->changes = weir_history_list_state_changes (self->history, account,
                                                    WEIR_RECORD_SUBSCRIPTION, NULL, 0, 0, NULL);
  if (known->rhythms != NULL && known->gaps != NULL && known->changes != NULL)
    known->seen_to = get_seen_to (self, account);

  return known;
}

static gboolean
judge (WeirCliQuiet *self, WeirSubscription *subscription, WeirQuiet *quiet)
{
  const WeirRhythm *rhythm;
  Known *known;

  if (self->history == NULL)
    return FALSE;

  known = get_known (self, weir_record_get_account (WEIR_RECORD (subscription)));
  if (known->seen_to == 0)
    return FALSE;
  rhythm = g_hash_table_lookup (known->rhythms, weir_record_get_id (WEIR_RECORD (subscription)));

  return rhythm != NULL
         && weir_silence_judge (subscription, rhythm, known->gaps, known->changes, known->seen_to,
                                quiet);
}

/**
 * weir_cli_quiet_describe:
 * @self: what tells who is silent
 * @subscription: a subscription
 *
 * Returns: (transfer full): its JSON object, on one line
 */
char *
weir_cli_quiet_describe (WeirCliQuiet *self, WeirSubscription *subscription)
{
  g_autofree char *plain = weir_record_to_json (WEIR_RECORD (subscription), FALSE);
  g_autoptr (WeirJsonWriter) writer = NULL;
  WeirJsonIter iter;
  WeirJson object, key, value;
  WeirQuiet quiet;

  if (!weir_json_parse_text (plain, -1, &object, NULL))
    return g_steal_pointer (&plain);

  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  weir_json_iter_init (&iter, object);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);

      weir_json_writer_add_raw (writer, name, value);
    }
  if (judge (self, subscription, &quiet))
    {
      weir_json_writer_begin_object (writer, "quiet");
      weir_json_writer_add_time (writer, "since", quiet.since);
      weir_json_writer_add_int (writer, "usual_s", quiet.usual / G_USEC_PER_SEC);
      weir_json_writer_end_object (writer);
    }
  else
    {
      weir_json_writer_add_string (writer, "quiet", NULL);
    }
  weir_json_writer_end_object (writer);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

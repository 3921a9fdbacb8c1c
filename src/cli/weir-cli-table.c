/* weir-cli-table.c: the commands of weirctl and their options
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const WeirCliCommand weir_cli_commands[] = {
  { "account add",
    "NAME --provider membrane|sequin|oracle --uri URI [--read-only] [--ca FILE]\n"
    "(--token-stdin | --workspace-key K [--tenant T] --secret-stdin | --username U --password-stdin)",
    N_ ("Add an account; its secret is a line on standard input"),
    "provider uri read-only ca token-stdin workspace-key tenant secret-stdin username password-stdin",
    WEIR_CLI_WORD_NEW, 1, 1, weir_cli_account_add },
  { "account edit", "NAME (--ca FILE | --no-ca)",
    N_ ("Change whose signature an account's server needs"), "ca no-ca", WEIR_CLI_WORD_ACCOUNT, 1,
    1, weir_cli_account_edit },
  { "account list", "", N_ ("List the accounts"), "", WEIR_CLI_WORD_NONE, 0, 0,
    weir_cli_account_list },
  { "account check", "NAME", N_ ("Ask an account's server whether all is well"), "",
    WEIR_CLI_WORD_ACCOUNT, 1, 1, weir_cli_account_check },
  { "account remove", "NAME [--history]", N_ ("Remove an account and its secret"), "history",
    WEIR_CLI_WORD_ACCOUNT, 1, 1, weir_cli_account_remove },
  { "subscriptions", "[--account A] [--status S]", N_ ("List subscriptions"), "account status",
    WEIR_CLI_WORD_NONE, 0, 0, weir_cli_subscriptions },
  { "subscription show", "ID", N_ ("Show one subscription, and what the server sent for it"), "",
    WEIR_CLI_WORD_ID, 1, 1, weir_cli_subscription_show },
  { "subscribe", "ID…", N_ ("Subscribe"), "", WEIR_CLI_WORD_ID, 1, G_MAXUINT, weir_cli_subscribe },
  { "unsubscribe", "ID…", N_ ("Unsubscribe"), "", WEIR_CLI_WORD_ID, 1, G_MAXUINT,
    weir_cli_unsubscribe },
  { "resubscribe", "ID…", N_ ("Unsubscribe and subscribe again"), "", WEIR_CLI_WORD_ID, 1,
    G_MAXUINT, weir_cli_resubscribe },
  { "pull", "ID… [--wait [--timeout S]]", N_ ("Pull a subscription's events now"), "wait timeout",
    WEIR_CLI_WORD_ID, 1, G_MAXUINT, weir_cli_pull },
  { "pulls", "[--subscription ID] [--status S]", N_ ("List pull runs"), "subscription status",
    WEIR_CLI_WORD_NONE, 0, 0, weir_cli_pulls },
  { "connections", "[--account A]", N_ ("List connections"), "account", WEIR_CLI_WORD_NONE, 0, 0,
    weir_cli_connections },
  { "connection test", "ID", N_ ("Test a connection"), "", WEIR_CLI_WORD_ID, 1, 1,
    weir_cli_connection_test },
  { "errors", "", N_ ("List what is wrong, by its cause"), "", WEIR_CLI_WORD_NONE, 0, 0,
    weir_cli_errors },
  { "sync", "[--account A]", N_ ("Fetch everything new into the history"), "account",
    WEIR_CLI_WORD_NONE, 0, 0, weir_cli_sync },
  { "events", "[--query Q] [--limit N] [--follow]", N_ ("List the newest events of the history"),
    "query limit follow", WEIR_CLI_WORD_NONE, 0, 0, weir_cli_events },
  { "gaps", "[--account A] [--all] [--fill]",
    N_ ("List what is known to be missing, with its cause and time"), "account all fill",
    WEIR_CLI_WORD_NONE, 0, 0, weir_cli_gaps },
  { "drift", "[--accept ID]", N_ ("List fields of events that are not what they were"), "accept",
    WEIR_CLI_WORD_NONE, 0, 0, weir_cli_drift },
  { "export", "[--query Q] --format jsonl|csv [--output FILE]",
    N_ ("Write all events that a query finds, the oldest first"), "query format output",
    WEIR_CLI_WORD_NONE, 0, 0, weir_cli_export },
  { "history", "[--account A]", N_ ("Show how much is kept of each account, and since when"),
    "account", WEIR_CLI_WORD_NONE, 0, 0, weir_cli_history },
  { "journal", "[--account A] [--limit N]",
    N_ ("List what Weir changed at the servers, and what became of it"), "account limit",
    WEIR_CLI_WORD_NONE, 0, 0, weir_cli_journal },
  { "preferences", "[--time-zone ZONE] [--proxy PROXY]",
    N_ ("Show what is chosen for all accounts, and change it"), "time-zone proxy",
    WEIR_CLI_WORD_NONE, 0, 0, weir_cli_preferences },
  { "oracle create", "--account A",
    N_ ("Create an event subscription of the JSON on standard input"), "account",
    WEIR_CLI_WORD_NONE, 0, 0, weir_cli_oracle_create },
  { "oracle update", "[--account A] ID", N_ ("Set the members of the JSON on standard input"),
    "account", WEIR_CLI_WORD_ID, 1, 1, weir_cli_oracle_update },
  { "oracle delete", "[--account A] ID", N_ ("Delete an event subscription"), "account",
    WEIR_CLI_WORD_ID, 1, 1, weir_cli_oracle_delete },
  { "oracle pause", "[--account A] ID", N_ ("Pause the delivery of an event subscription"),
    "account", WEIR_CLI_WORD_ID, 1, 1, weir_cli_oracle_pause },
  { NULL },
};

const char weir_cli_global_options[] = "json state-dir help version";

/* What stands for a value has the message context “argument”, as it is looked for in the lines of usage, too. */

/**
 * weir_cli_get_entries:
 * @o: where the values go
 * @words: where all other words go
 * @entries: (out caller-allocates): #WEIR_CLI_OPTIONS_MAX of them
 *
 * All options of all commands, so that they may stand anywhere; which of them a command takes is looked at afterwards. Values
 * are taken as they come (FILENAME), as GLib would have them in the locale's encoding, and Weir has UTF-8 everywhere.
 */
void
weir_cli_get_entries (WeirCliOptions *o, char ***words, GOptionEntry *entries)
{
  const GOptionEntry all[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &o->json, N_ ("Print one JSON object a line"), NULL },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &o->state_dir,
      N_ ("Folder of the accounts and the history"), NC_ ("argument", "DIR") },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &o->help, N_ ("Print help, also on one command"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &o->version, N_ ("Print the version"), NULL },
    { "account", 0, 0, G_OPTION_ARG_FILENAME, &o->account, N_ ("Only this account"),
      NC_ ("argument", "NAME") },
    { "provider", 0, 0, G_OPTION_ARG_FILENAME, &o->provider, N_ ("membrane, sequin or oracle"),
      NC_ ("argument", "PROVIDER") },
    { "uri", 0, 0, G_OPTION_ARG_FILENAME, &o->uri, N_ ("Where the platform's API is"),
      NC_ ("argument", "URI") },
    { "read-only", 0, 0, G_OPTION_ARG_NONE, &o->read_only, N_ ("Never change anything there"),
      NULL },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &o->ca,
      N_ ("Certificates (PEM) of an authority to be trusted there besides the system's"),
      NC_ ("argument", "FILE") },
    { "no-ca", 0, 0, G_OPTION_ARG_NONE, &o->no_ca, N_ ("Trust the system's authorities only"),
      NULL },
    { "token-stdin", 0, 0, G_OPTION_ARG_NONE, &o->token_stdin,
      N_ ("Read a token from standard input"), NULL },
    { "workspace-key", 0, 0, G_OPTION_ARG_FILENAME, &o->workspace_key,
      N_ ("Membrane: key of the workspace"), NC_ ("argument", "KEY") },
    { "tenant", 0, 0, G_OPTION_ARG_FILENAME, &o->tenant, N_ ("Membrane: only this tenant"),
      NC_ ("argument", "KEY") },
    { "secret-stdin", 0, 0, G_OPTION_ARG_NONE, &o->secret_stdin,
      N_ ("Membrane: read the workspace's secret from standard input"), NULL },
    { "username", 0, 0, G_OPTION_ARG_FILENAME, &o->username, N_ ("Oracle: name of the user"),
      NC_ ("argument", "NAME") },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &o->password_stdin,
      N_ ("Oracle: read the user's password from standard input"), NULL },
    { "history", 0, 0, G_OPTION_ARG_NONE, &o->history, N_ ("Also what was stored of its events"),
      NULL },
    { "status", 0, 0, G_OPTION_ARG_FILENAME, &o->status, N_ ("Only those with this status"),
      NC_ ("argument", "STATUS") },
    { "subscription", 0, 0, G_OPTION_ARG_FILENAME, &o->subscription,
      N_ ("Only those of this subscription"), NC_ ("argument", "ID") },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &o->wait, N_ ("Wait until it has ended"), NULL },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &o->timeout, N_ ("But not longer than this"),
      NC_ ("argument", "SECONDS") },
    { "query", 0, 0, G_OPTION_ARG_FILENAME, &o->query,
      N_ ("Words, and fields such as kind:created; “weirctl events --help” has them all"),
      NC_ ("argument", "QUERY") },
    { "limit", 0, 0, G_OPTION_ARG_FILENAME, &o->limit, N_ ("At most so many (100 if left out)"),
      NC_ ("argument", "NUMBER") },
    { "follow", 0, 0, G_OPTION_ARG_NONE, &o->follow,
      N_ ("Fetch new events and print them as they come"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &o->all, N_ ("Also those that are filled"), NULL },
    { "fill", 0, 0, G_OPTION_ARG_NONE, &o->fill,
      N_ ("Ask the servers’ logs once more for what is missing, first"), NULL },
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &o->format,
      N_ ("jsonl: an object a line; csv: RFC 4180, UTF-8, the payload as JSON in one cell, and no "
          "cell altered"),
      NC_ ("argument", "FORMAT") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &o->output,
      N_ ("File that is written whole or not at all"), NC_ ("argument", "FILE") },
    { "time-zone", 0, 0, G_OPTION_ARG_FILENAME, &o->time_zone,
      N_ ("Zone of what is shown, and of a query's dates: local, UTC or a name such as Asia/Tokyo"),
      NC_ ("argument", "ZONE") },
    { "proxy", 0, 0, G_OPTION_ARG_FILENAME, &o->proxy,
      N_ ("Which way requests leave: system, none or an address"), NC_ ("argument", "PROXY") },
    { "accept", 0, 0, G_OPTION_ARG_FILENAME, &o->accept,
      N_ ("From now on what this one is now is normal"), NC_ ("argument", "ID") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (all) <= WEIR_CLI_OPTIONS_MAX);
  memcpy (entries, all, sizeof all);
}

/**
 * weir_cli_find_command:
 * @words: at least one word
 * @n_used: (out): how many words its name has
 *
 * Returns: (transfer none) (nullable): the command that @words begin with
 */
const WeirCliCommand *
weir_cli_find_command (char **words, guint *n_used)
{
  for (const WeirCliCommand *command = weir_cli_commands; command->name != NULL; command++)
    {
      g_auto (GStrv) name = g_strsplit (command->name, " ", 2);

      if (!g_str_equal (words[0], name[0])
          || (name[1] != NULL && g_strcmp0 (words[1], name[1]) != 0))
        continue;
      *n_used = g_strv_length (name);
      return command;
    }
  return NULL;
}

/**
 * weir_cli_is_in_group:
 * @command: a command
 * @group: a word
 *
 * Returns: whether @command has two words, and @group is the first of them
 */
gboolean
weir_cli_is_in_group (const WeirCliCommand *command, const char *group)
{
  gsize length = strlen (group);

  return strncmp (command->name, group, length) == 0 && command->name[length] == ' ';
}

/**
 * weir_cli_is_one_of:
 * @word: a word
 * @list: words with blanks between them
 *
 * Returns: whether @word is one of them
 */
gboolean
weir_cli_is_one_of (const char *word, const char *list)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  return g_strv_contains ((const char *const *) words, word);
}

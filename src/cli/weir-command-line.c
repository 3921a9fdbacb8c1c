/* weir-command-line.c: the words after "weirctl"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-command-line.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-cli-commands.h"
#include "weir-cli-query.h"
#include "weir-config.h"
#include "weir-paths.h"

#define ANY_NUMBER G_MAXUINT
#define INDENT 2
#define OPTIONS_MAX 40

typedef struct
{
  const char *name;    /* one word, or two: a group and what is in it */
  const char *usage;   /* what stands behind the name */
  const char *summary; /* to be translated */
  const char *options; /* those it takes, with blanks between them */
  guint min_words;
  guint max_words;
  WeirCliRun run;
} Command;

static const Command commands[] = {
  { "account add",
    "NAME --provider membrane|sequin|oracle --uri URI [--read-only] [--ca FILE]\n"
    "(--token-stdin | --workspace-key K [--tenant T] --secret-stdin | --username U --password-stdin)",
    N_ ("Add an account; its secret is a line on standard input"),
    "provider uri read-only ca token-stdin workspace-key tenant secret-stdin username password-stdin",
    1, 1, weir_cli_account_add },
  { "account edit", "NAME (--ca FILE | --no-ca)",
    N_ ("Change whose signature an account's server needs"), "ca no-ca", 1, 1,
    weir_cli_account_edit },
  { "account list", "", N_ ("List the accounts"), "", 0, 0, weir_cli_account_list },
  { "account check", "NAME", N_ ("Ask an account's server whether all is well"), "", 1, 1,
    weir_cli_account_check },
  { "account remove", "NAME [--history]", N_ ("Remove an account and its secret"), "history", 1, 1,
    weir_cli_account_remove },
  { "subscriptions", "[--account A] [--status S]", N_ ("List subscriptions"), "account status", 0,
    0, weir_cli_subscriptions },
  { "subscription show", "ID", N_ ("Show one subscription, and what the server sent for it"), "", 1,
    1, weir_cli_subscription_show },
  { "subscribe", "ID…", N_ ("Subscribe"), "", 1, ANY_NUMBER, weir_cli_subscribe },
  { "unsubscribe", "ID…", N_ ("Unsubscribe"), "", 1, ANY_NUMBER, weir_cli_unsubscribe },
  { "resubscribe", "ID…", N_ ("Unsubscribe and subscribe again"), "", 1, ANY_NUMBER,
    weir_cli_resubscribe },
  { "pull", "ID… [--wait [--timeout S]]", N_ ("Pull a subscription's events now"), "wait timeout",
    1, ANY_NUMBER, weir_cli_pull },
  { "pulls", "[--subscription ID] [--status S]", N_ ("List pull runs"), "subscription status", 0, 0,
    weir_cli_pulls },
  { "connections", "[--account A]", N_ ("List connections"), "account", 0, 0,
    weir_cli_connections },
  { "connection test", "ID", N_ ("Test a connection"), "", 1, 1, weir_cli_connection_test },
  { "errors", "", N_ ("List what is wrong, by its cause"), "", 0, 0, weir_cli_errors },
  { "sync", "[--account A]", N_ ("Fetch everything new into the history"), "account", 0, 0,
    weir_cli_sync },
  { "events", "[--query Q] [--limit N] [--follow]", N_ ("List the newest events of the history"),
    "query limit follow", 0, 0, weir_cli_events },
  { "gaps", "[--account A] [--all] [--fill]",
    N_ ("List what is known to be missing, with its cause and time"), "account all fill", 0, 0,
    weir_cli_gaps },
  { "drift", "[--accept ID]", N_ ("List fields of events that are not what they were"), "accept", 0,
    0, weir_cli_drift },
  { "export", "[--query Q] --format jsonl|csv [--output FILE]",
    N_ ("Write all events that a query finds, the oldest first"), "query format output", 0, 0,
    weir_cli_export },
  { "history", "[--account A]", N_ ("Show how much is kept of each account, and since when"),
    "account", 0, 0, weir_cli_history },
  { "preferences", "[--time-zone ZONE] [--proxy PROXY]",
    N_ ("Show what is chosen for all accounts, and change it"), "time-zone proxy", 0, 0,
    weir_cli_preferences },
  { "oracle create", "--account A",
    N_ ("Create an event subscription of the JSON on standard input"), "account", 0, 0,
    weir_cli_oracle_create },
  { "oracle update", "[--account A] ID", N_ ("Set the members of the JSON on standard input"),
    "account", 1, 1, weir_cli_oracle_update },
  { "oracle delete", "[--account A] ID", N_ ("Delete an event subscription"), "account", 1, 1,
    weir_cli_oracle_delete },
  { "oracle pause", "[--account A] ID", N_ ("Pause the delivery of an event subscription"),
    "account", 1, 1, weir_cli_oracle_pause },
};

static const char global_options[] = "json state-dir help version";

static void
clear_options (WeirCliOptions *options)
{
  g_free (options->state_dir);
  g_free (options->accept);
  g_free (options->account);
  g_free (options->ca);
  g_free (options->limit);
  g_free (options->provider);
  g_free (options->proxy);
  g_free (options->query);
  g_free (options->status);
  g_free (options->subscription);
  g_free (options->tenant);
  g_free (options->time_zone);
  g_free (options->timeout);
  g_free (options->uri);
  g_free (options->username);
  g_free (options->workspace_key);
  g_free (options->format);
  g_free (options->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WeirCliOptions, clear_options)

/* All options of all commands, so that they may stand anywhere; which of them a command takes is looked at afterwards. Values
 * are taken as they come (FILENAME), as GLib would have them in the locale's encoding, and Weir has UTF-8 everywhere. */
static void
get_entries (WeirCliOptions *o, char ***words, GOptionEntry *entries)
{
  const GOptionEntry all[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &o->json, N_ ("Print one JSON object a line"), NULL },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &o->state_dir,
      N_ ("Folder of the accounts and the history"), "DIR" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &o->help, N_ ("Print help, also on one command"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &o->version, N_ ("Print the version"), NULL },
    { "account", 0, 0, G_OPTION_ARG_FILENAME, &o->account, N_ ("Only this account"), "NAME" },
    { "provider", 0, 0, G_OPTION_ARG_FILENAME, &o->provider, N_ ("membrane, sequin or oracle"),
      "PROVIDER" },
    { "uri", 0, 0, G_OPTION_ARG_FILENAME, &o->uri, N_ ("Where the platform's API is"), "URI" },
    { "read-only", 0, 0, G_OPTION_ARG_NONE, &o->read_only, N_ ("Never change anything there"),
      NULL },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &o->ca,
      N_ ("Certificates (PEM) of an authority to be trusted there besides the system's"), "FILE" },
    { "no-ca", 0, 0, G_OPTION_ARG_NONE, &o->no_ca, N_ ("Trust the system's authorities only"),
      NULL },
    { "token-stdin", 0, 0, G_OPTION_ARG_NONE, &o->token_stdin,
      N_ ("Read a token from standard input"), NULL },
    { "workspace-key", 0, 0, G_OPTION_ARG_FILENAME, &o->workspace_key,
      N_ ("Membrane: key of the workspace"), "KEY" },
    { "tenant", 0, 0, G_OPTION_ARG_FILENAME, &o->tenant, N_ ("Membrane: only this tenant"), "KEY" },
    { "secret-stdin", 0, 0, G_OPTION_ARG_NONE, &o->secret_stdin,
      N_ ("Membrane: read the workspace's secret from standard input"), NULL },
    { "username", 0, 0, G_OPTION_ARG_FILENAME, &o->username, N_ ("Oracle: name of the user"),
      "NAME" },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &o->password_stdin,
      N_ ("Oracle: read the user's password from standard input"), NULL },
    { "history", 0, 0, G_OPTION_ARG_NONE, &o->history, N_ ("Also what was stored of its events"),
      NULL },
    { "status", 0, 0, G_OPTION_ARG_FILENAME, &o->status, N_ ("Only those with this status"),
      "STATUS" },
    { "subscription", 0, 0, G_OPTION_ARG_FILENAME, &o->subscription,
      N_ ("Only those of this subscription"), "ID" },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &o->wait, N_ ("Wait until it has ended"), NULL },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &o->timeout, N_ ("But not longer than this"),
      "SECONDS" },
    { "query", 0, 0, G_OPTION_ARG_FILENAME, &o->query,
      N_ ("Words, and fields such as kind:created; “weirctl events --help” has them all"),
      "QUERY" },
    { "limit", 0, 0, G_OPTION_ARG_FILENAME, &o->limit, N_ ("At most so many (100 if left out)"),
      "NUMBER" },
    { "follow", 0, 0, G_OPTION_ARG_NONE, &o->follow,
      N_ ("Fetch new events and print them as they come"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &o->all, N_ ("Also those that are filled"), NULL },
    { "fill", 0, 0, G_OPTION_ARG_NONE, &o->fill,
      N_ ("Ask the servers’ logs once more for what is missing, first"), NULL },
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &o->format,
      N_ ("jsonl: an object a line; csv: RFC 4180, UTF-8, the payload as JSON in one cell, and no "
          "cell altered"),
      "FORMAT" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &o->output,
      N_ ("File that is written whole or not at all"), "FILE" },
    { "time-zone", 0, 0, G_OPTION_ARG_FILENAME, &o->time_zone,
      N_ ("Zone of what is shown, and of a query's dates: local, UTC or a name such as Asia/Tokyo"),
      "ZONE" },
    { "proxy", 0, 0, G_OPTION_ARG_FILENAME, &o->proxy,
      N_ ("Which way requests leave: system, none or an address"), "PROXY" },
    { "accept", 0, 0, G_OPTION_ARG_FILENAME, &o->accept,
      N_ ("From now on what this one is now is normal"), "ID" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (all) <= OPTIONS_MAX);
  memcpy (entries, all, sizeof all);
}

static gboolean
is_one_of (const char *word, const char *list)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  return g_strv_contains ((const char *const *) words, word);
}

static gboolean
is_given (const GOptionEntry *entry)
{
  if (entry->arg == G_OPTION_ARG_NONE)
    return *(gboolean *) entry->arg_data;
  return *(char **) entry->arg_data != NULL;
}

static int misuse (const char *format, ...) G_GNUC_PRINTF (1, 2);

static int
misuse (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *printable = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strchomp (g_strdup_vprintf (format, arguments));
  va_end (arguments);
  printable = weir_cli_dup_printable (text);
  g_printerr ("weirctl: %s\n%s\n", printable, _ ("Try “weirctl --help”."));
  return 2;
}

/* A sentence's width is the person's matter; what stands before it is aligned. */
static void
print_options (const char *heading, const char *names)
{
  WeirCliOptions none = { 0 };
  GOptionEntry entries[OPTIONS_MAX];
  char **words = NULL;

  if (*names == '\0')
    return;
  get_entries (&none, &words, entries);
  g_print ("\n%s\n", heading);
  for (const GOptionEntry *entry = entries; *entry->long_name != '\0'; entry++)
    {
      g_autofree char *option =
          g_strdup_printf ("%s--%s%s%s", entry->short_name != 0 ? "-h, " : "", entry->long_name,
                           entry->arg_description != NULL ? " " : "",
                           entry->arg_description != NULL ? entry->arg_description : "");

      if (is_one_of (entry->long_name, names))
        g_print ("%*s%-20s  %s\n", INDENT, "", option, _ (entry->description));
    }
}

static void
print_usage (const Command *command)
{
  g_auto (GStrv) lines = g_strsplit (command->usage, "\n", -1);

  g_print ("%*sweirctl %s%s%s\n", INDENT, "", command->name, *command->usage != '\0' ? " " : "",
           lines[0] != NULL ? lines[0] : "");
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    g_print ("%*s%s\n", INDENT + 8, "", lines[i]);
}

static gboolean
is_in_group (const Command *command, const char *group)
{
  gsize length = strlen (group);

  return strncmp (command->name, group, length) == 0 && command->name[length] == ' ';
}

/* group: (nullable): only its commands */
static int
print_help (const char *group)
{
  g_print ("%s\n", _ ("Usage:"));
  g_print ("%*sweirctl [--json] [--state-dir DIR] %s\n", INDENT, "", _ ("COMMAND"));
  if (group == NULL)
    g_print ("\n%s\n", _ ("Watches and runs the event subscriptions of integration platforms."));
  g_print ("\n%s\n", _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (group == NULL || is_in_group (&commands[i], group))
      {
        print_usage (&commands[i]);
        g_print ("%*s%s\n", INDENT + 4, "", _ (commands[i].summary));
      }
  print_options (_ ("Options of all commands:"), global_options);
  g_print ("\n%s\n", _ ("An ID may be written ACCOUNT/ID. Each command has its own --help."));
  return 0;
}

static int
print_command_help (const Command *command)
{
  g_print ("%s\n", _ ("Usage:"));
  print_usage (command);
  g_print ("\n%s\n", _ (command->summary));
  print_options (_ ("Options:"), command->options);
  print_options (_ ("Options of all commands:"), global_options);
  if (is_one_of ("query", command->options))
    weir_cli_print_query_help ();
  return 0;
}

/* n_used: how many words its name has */
static const Command *
find_command (char **words, guint *n_used)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) name = g_strsplit (commands[i].name, " ", 2);

      if (!g_str_equal (words[0], name[0])
          || (name[1] != NULL && g_strcmp0 (words[1], name[1]) != 0))
        continue;
      *n_used = g_strv_length (name);
      return &commands[i];
    }
  return NULL;
}

static gboolean
is_group (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (is_in_group (&commands[i], word))
      return TRUE;
  return FALSE;
}

static int
refuse_words (char **words)
{
  g_autoptr (GString) choice = g_string_new (NULL);

  if (!is_group (words[0]))
    return misuse (_ ("There is no command “%s”"), words[0]);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (is_in_group (&commands[i], words[0]))
      g_string_append_printf (choice, "%s%s", choice->len > 0 ? ", " : "",
                              commands[i].name + strlen (words[0]) + 1);
  /* Translators: a command, the words that may follow it */
  return misuse (_ ("“%s” wants one of: %s"), words[0], choice->str);
}

/* Options that the command does not take, and bytes that are no text. */
static int
check_given (const Command *command, const GOptionEntry *entries, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (!g_utf8_validate (words[i], -1, NULL))
      return misuse (_ ("“%s” is not UTF-8"), words[i]);
  for (const GOptionEntry *entry = entries; *entry->long_name != '\0'; entry++)
    {
      if (!is_given (entry) || g_str_equal (entry->long_name, "state-dir"))
        continue;
      if (!is_one_of (entry->long_name, global_options)
          && !is_one_of (entry->long_name, command->options))
        return misuse (_ ("“%s” has no option --%s"), command->name, entry->long_name);
      if (entry->arg == G_OPTION_ARG_FILENAME
          && !g_utf8_validate (*(char **) entry->arg_data, -1, NULL))
        return misuse (_ ("“%s” is not UTF-8"), *(char **) entry->arg_data);
    }
  return 0;
}

static int
run_command (const Command *command, const WeirCliOptions *options, char **words)
{
  g_autoptr (WeirCli) cli = NULL;

  weir_paths_set_state_dir (options->state_dir);
  cli = weir_cli_new (options);
  command->run (cli, words);
  return weir_cli_end (cli);
}

/**
 * weir_command_line_run:
 *
 * Does what the command line says.
 *
 * Returns: 0, 1 if it failed, 2 if the command line is wrong
 */
int
weir_command_line_run (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (WeirCliOptions) options = { 0 };
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  GOptionEntry entries[OPTIONS_MAX];
  const Command *command;
  guint n_words, n_used;
  int status;

  get_entries (&options, &words, entries);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return misuse ("%s", error->message);
  if (options.version)
    {
      g_print ("weirctl %s\n", WEIR_VERSION);
      return 0;
    }
  if (words == NULL)
    return options.help ? print_help (NULL) : misuse (_ ("A command is missing"));
  if (options.help && is_group (words[0]) && words[1] == NULL)
    return print_help (words[0]);

  command = find_command (words, &n_used);
  if (command == NULL)
    return refuse_words (words);
  status = check_given (command, entries, words);
  if (status != 0)
    return status;
  if (options.help)
    return print_command_help (command);

  n_words = g_strv_length (words) - n_used;
  if (n_words < command->min_words || n_words > command->max_words)
    {
      g_auto (GStrv) usage = g_strsplit (command->usage, "\n", 2);

      return misuse (_ ("Usage: weirctl %s %s"), command->name, usage[0] != NULL ? usage[0] : "");
    }
  if (options.state_dir != NULL && *options.state_dir == '\0')
    return misuse (_ ("--state-dir wants a folder"));
  return run_command (command, &options, words + n_used);
}

/* weir-command-line.c: the words after "weirctl"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-command-line.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-cli-complete.h"
#include "weir-cli-query.h"
#include "weir-cli-table.h"
#include "weir-config.h"
#include "weir-paths.h"

#define INDENT 2
#define OPTION_WIDTH 20

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

static const char *
translate_argument (const char *word)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "argument", word);
}

/* What stands for a value is in capitals, and called as it is among the options; all else is typed to the letter. */
static char *
dup_usage (const char *usage)
{
  GString *text = g_string_new (NULL);

  for (const char *at = usage; *at != '\0';)
    {
      gsize length = strspn (at, G_CSET_A_2_Z);

      if (length > 1)
        {
          g_autofree char *word = g_strndup (at, length);

          g_string_append (text, translate_argument (word));
        }
      else
        {
          length = MAX (length, 1);
          g_string_append_len (text, at, (gssize) length);
        }
      at += length;
    }

  return g_string_free (text, FALSE);
}

/* A sentence's width is the person's matter; what stands before it is aligned. */
static void
print_options (const char *heading, const char *names)
{
  WeirCliOptions none = { 0 };
  GOptionEntry entries[WEIR_CLI_OPTIONS_MAX];
  char **words = NULL;

  if (*names == '\0')
    return;
  weir_cli_get_entries (&none, &words, entries);
  g_print ("\n%s\n", heading);
  for (const GOptionEntry *entry = entries; *entry->long_name != '\0'; entry++)
    {
      g_autofree char *option = g_strdup_printf (
          "%s--%s%s%s", entry->short_name != 0 ? "-h, " : "", entry->long_name,
          entry->arg_description != NULL ? " " : "",
          entry->arg_description != NULL ? translate_argument (entry->arg_description) : "");
      int rest = OPTION_WIDTH - (int) weir_cli_get_text_width (option);

      if (weir_cli_is_one_of (entry->long_name, names))
        g_print ("%*s%s%*s  %s\n", INDENT, "", option, MAX (rest, 0), "", _ (entry->description));
    }
}

static void
print_usage (const WeirCliCommand *command)
{
  g_autofree char *usage = dup_usage (command->usage);
  g_auto (GStrv) lines = g_strsplit (usage, "\n", -1);

  g_print ("%*sweirctl %s%s%s\n", INDENT, "", command->name, *command->usage != '\0' ? " " : "",
           lines[0] != NULL ? lines[0] : "");
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    g_print ("%*s%s\n", INDENT + 8, "", lines[i]);
}

/* group: (nullable): only its commands */
static int
print_help (const char *group)
{
  g_autofree char *usage = dup_usage ("[--json] [--state-dir DIR] ");

  g_print ("%s\n", _ ("Usage:"));
  g_print ("%*sweirctl %s%s\n", INDENT, "", usage, C_ ("argument", "COMMAND"));
  if (group == NULL)
    g_print ("\n%s\n", _ ("Watches and runs the event subscriptions of integration platforms."));
  g_print ("\n%s\n", _ ("Commands:"));
  for (const WeirCliCommand *command = weir_cli_commands; command->name != NULL; command++)
    if (group == NULL || weir_cli_is_in_group (command, group))
      {
        print_usage (command);
        g_print ("%*s%s\n", INDENT + 4, "", _ (command->summary));
      }
  print_options (_ ("Options of all commands:"), weir_cli_global_options);
  g_print ("\n%s\n", _ ("An ID may be written ACCOUNT/ID. Each command has its own --help."));
  return 0;
}

static int
print_command_help (const WeirCliCommand *command)
{
  g_print ("%s\n", _ ("Usage:"));
  print_usage (command);
  g_print ("\n%s\n", _ (command->summary));
  print_options (_ ("Options:"), command->options);
  print_options (_ ("Options of all commands:"), weir_cli_global_options);
  if (weir_cli_is_one_of ("query", command->options))
    weir_cli_print_query_help ();
  return 0;
}

static gboolean
is_group (const char *word)
{
  for (const WeirCliCommand *command = weir_cli_commands; command->name != NULL; command++)
    if (weir_cli_is_in_group (command, word))
      return TRUE;
  return FALSE;
}

static int
refuse_words (char **words)
{
  g_autoptr (GString) choice = g_string_new (NULL);

  if (!is_group (words[0]))
    return misuse (_ ("There is no command “%s”"), words[0]);
  for (const WeirCliCommand *command = weir_cli_commands; command->name != NULL; command++)
    if (weir_cli_is_in_group (command, words[0]))
      g_string_append_printf (choice, "%s%s", choice->len > 0 ? ", " : "",
                              command->name + strlen (words[0]) + 1);
  /* Translators: a command, the words that may follow it */
  return misuse (_ ("“%s” wants one of: %s"), words[0], choice->str);
}

/* Options that the command does not take, and bytes that are no text. */
static int
check_given (const WeirCliCommand *command, const GOptionEntry *entries, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (!g_utf8_validate (words[i], -1, NULL))
      return misuse (_ ("“%s” is not UTF-8"), words[i]);
  for (const GOptionEntry *entry = entries; *entry->long_name != '\0'; entry++)
    {
      if (!is_given (entry) || g_str_equal (entry->long_name, "state-dir"))
        continue;
      if (!weir_cli_is_one_of (entry->long_name, weir_cli_global_options)
          && !weir_cli_is_one_of (entry->long_name, command->options))
        return misuse (_ ("“%s” has no option --%s"), command->name, entry->long_name);
      if (entry->arg == G_OPTION_ARG_FILENAME
          && !g_utf8_validate (*(char **) entry->arg_data, -1, NULL))
        return misuse (_ ("“%s” is not UTF-8"), *(char **) entry->arg_data);
    }
  return 0;
}

static int
run_command (const WeirCliCommand *command, const WeirCliOptions *options, char **words)
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
  GOptionEntry entries[WEIR_CLI_OPTIONS_MAX];
  const WeirCliCommand *command;
  guint n_words, n_used;
  int status;

  if (argc > 1 && g_str_equal (argv[1], "complete"))
    return weir_cli_complete (argv + 2);

  weir_cli_get_entries (&options, &words, entries);
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

  command = weir_cli_find_command (words, &n_used);
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
      g_autofree char *all = dup_usage (command->usage);
      g_auto (GStrv) usage = g_strsplit (all, "\n", 2);

      return misuse (_ ("Usage: weirctl %s %s"), command->name, usage[0] != NULL ? usage[0] : "");
    }
  if (options.state_dir != NULL && *options.state_dir == '\0')
    return misuse (_ ("--state-dir wants a folder"));
  return run_command (command, &options, words + n_used);
}

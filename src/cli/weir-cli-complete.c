/* weir-cli-complete.c: what may come next on a command line, for shells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-complete.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-cli-table.h"
#include "weir-paths.h"
#include "weir-query.h"
#include "weir-registry.h"
#include "weir-saved-views.h"

typedef struct
{
  const GOptionEntry *entries;
  const WeirCliCommand *command; /* (nullable): it is not whole yet */
  GPtrArray *words;    /* (element-type utf8) those that are no options, before the last */
  GPtrArray *given;    /* (element-type utf8) options before the last word, without dashes */
  guint n_used;        /* words of the command's name */
  gboolean only_words; /* after "--" */
} Line;

static gboolean
takes_value (const GOptionEntry *entry)
{
  return entry->arg != G_OPTION_ARG_NONE;
}

/* option: with its dashes, perhaps with "=VALUE" */
static const GOptionEntry *
find_entry (const GOptionEntry *entries, const char *option)
{
  gsize length = strcspn (option, "=");

  if (!g_str_has_prefix (option, "--"))
    return NULL;
  for (const GOptionEntry *entry = entries; *entry->long_name != '\0'; entry++)
    {
      if (strlen (entry->long_name) == length - 2
          && strncmp (entry->long_name, option + 2, length - 2) == 0)
        return entry;
    }
  return NULL;
}

/* A line each, what it is behind a tab. Whatever holds a control character cannot be typed. */
static void
offer (const char *typed, const char *before, const char *candidate, const char *meaning)
{
  g_autofree char *whole = g_strconcat (before, candidate, NULL);

  if (!g_str_has_prefix (whole, typed) || !g_utf8_validate (whole, -1, NULL))
    return;
  for (const char *c = whole; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return;
  g_print ("%s\t%s\n", whole, meaning);
}

/* after: "/" where an ID goes on */
static void
offer_accounts (const char *typed, const char *before, const char *after)
{
  g_autoptr (WeirAccountStore) store = weir_account_store_new (NULL, NULL);
  guint n = store != NULL ? g_list_model_get_n_items (G_LIST_MODEL (store)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);
      g_autofree char *name = g_strconcat (account->name, after, NULL);

      offer (typed, before, name, account->provider);
    }
}

static void
offer_query (const char *typed, const char *before)
{
  g_autoptr (WeirPreferences) preferences = weir_preferences_new (NULL);
  g_autoptr (GPtrArray) views = weir_saved_views_list (preferences);

  for (guint i = 0; i < views->len; i++)
    {
      const WeirSavedView *view = views->pdata[i];
      g_autofree char *name = g_strconcat ("@", view->name, NULL);

      offer (typed, before, name, view->query);
    }
  for (const WeirQueryFieldInfo *info = weir_query_list_fields (); info->name != NULL; info++)
    offer (typed, before, info->name, _ (info->help));
}

/* before: what stands before the value in the same word, "" or "--account=" */
static void
offer_values (const GOptionEntry *entry, const char *typed, const char *before)
{
  const char *name = entry->long_name;

  if (g_str_equal (name, "account"))
    offer_accounts (typed, before, "");
  else if (g_str_equal (name, "subscription"))
    offer_accounts (typed, before, "/");
  else if (g_str_equal (name, "query"))
    offer_query (typed, before);
  else if (g_str_equal (name, "provider"))
    for (const WeirProviderInfo *const *info = weir_registry_list (); *info != NULL; info++)
      offer (typed, before, (*info)->id, (*info)->name);
  else if (g_str_equal (name, "format"))
    {
      offer (typed, before, "jsonl", _ ("One JSON object a line"));
      offer (typed, before, "csv", _ ("A table"));
    }
  else if (g_str_equal (name, "time-zone"))
    {
      /* Translators: a time zone: the one of this computer */
      offer (typed, before, "local", C_ ("time zone", "That of this computer"));
      offer (typed, before, "UTC", C_ ("time zone", "Universal time"));
    }
  else if (g_str_equal (name, "proxy"))
    {
      offer (typed, before, "system", C_ ("proxy", "As the desktop has it"));
      offer (typed, before, "none", C_ ("proxy", "Straight to the server"));
    }
  else if (g_str_equal (name, "output") || g_str_equal (name, "ca"))
    g_print (":files\n");
  else if (g_str_equal (name, "state-dir"))
    g_print (":folders\n");
}

static void
offer_options (const Line *line, const char *typed)
{
  for (const GOptionEntry *entry = line->entries; *entry->long_name != '\0'; entry++)
    {
      g_autofree char *option = g_strconcat ("--", entry->long_name, NULL);
      gboolean fits = weir_cli_is_one_of (entry->long_name, weir_cli_global_options)
                      || (line->command != NULL
                          && weir_cli_is_one_of (entry->long_name, line->command->options));

      if (fits
          && !g_ptr_array_find_with_equal_func (line->given, entry->long_name, g_str_equal, NULL))
        offer (typed, "", option, _ (entry->description));
    }
}

/* The first words of all commands, each once, or the second ones of a group. */
static void
offer_commands (const Line *line, const char *typed)
{
  const char *group = line->words->len > 0 ? line->words->pdata[0] : NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (line->words->len > 1)
    return;
  for (const WeirCliCommand *command = weir_cli_commands; command->name != NULL; command++)
    {
      const char *blank = strchr (command->name, ' ');

      if (group != NULL && weir_cli_is_in_group (command, group))
        offer (typed, "", blank + 1, _ (command->summary));
      else if (group == NULL && blank == NULL)
        offer (typed, "", command->name, _ (command->summary));
      else if (group == NULL)
        {
          char *first = g_strndup (command->name, (gsize) (blank - command->name));

          if (g_hash_table_add (seen, first))
            offer (typed, "", first, "…");
        }
    }
}

static void
offer_words (const Line *line, const char *typed)
{
  const WeirCliCommand *command = line->command;

  if (command == NULL)
    offer_commands (line, typed);
  else if (line->words->len - line->n_used >= command->max_words)
    offer_options (line, typed);
  else if (command->word == WEIR_CLI_WORD_ACCOUNT)
    offer_accounts (typed, "", "");
  else if (command->word == WEIR_CLI_WORD_ID)
    offer_accounts (typed, "", "/");
}

/* Everything before the last word; returns the option whose value the last one is, or NULL. */
static const GOptionEntry *
read_line (Line *line, char **words, guint n)
{
  const GOptionEntry *wanting = NULL;

  for (guint i = 0; i + 1 < n; i++)
    {
      const GOptionEntry *entry = line->only_words ? NULL : find_entry (line->entries, words[i]);
      const char *value = entry != NULL ? strchr (words[i], '=') : NULL;

      if (wanting != NULL)
        {
          if (g_str_equal (wanting->long_name, "state-dir"))
            weir_paths_set_state_dir (words[i]);
          wanting = NULL;
        }
      else if (entry != NULL)
        {
          if (value != NULL && g_str_equal (entry->long_name, "state-dir"))
            weir_paths_set_state_dir (value + 1);
          g_ptr_array_add (line->given, g_strdup (entry->long_name));
          wanting = value == NULL && takes_value (entry) ? entry : NULL;
        }
      else if (!line->only_words && g_str_equal (words[i], "--"))
        line->only_words = TRUE;
      else if (line->only_words || words[i][0] != '-')
        g_ptr_array_add (line->words, g_strdup (words[i]));
    }

  g_ptr_array_add (line->words, NULL);
  if (line->words->len > 1)
    line->command = weir_cli_find_command ((char **) line->words->pdata, &line->n_used);
  g_ptr_array_set_size (line->words, (int) line->words->len - 1);
  return wanting;
}

/**
 * weir_cli_complete:
 * @words: (array zero-terminated): the words after `weirctl`, the last being typed, perhaps empty
 *
 * Prints what the last word may become, a line each, with what it is behind a tab; `:files` or `:folders` where the
 * shell knows better. No server is asked. Shells call this at each Tab, so nothing is ever complained of.
 *
 * Returns: 0
 */
int
weir_cli_complete (char **words)
{
  WeirCliOptions options = { 0 };
  GOptionEntry entries[WEIR_CLI_OPTIONS_MAX];
  char **rest = NULL;
  g_autoptr (GPtrArray) plain = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (g_free);
  Line line = { .entries = entries, .words = plain, .given = given };
  guint n = g_strv_length (words);
  const char *typed = n > 0 ? words[n - 1] : "";
  const char *equals = strchr (typed, '=');
  const GOptionEntry *wanting;

  weir_cli_get_entries (&options, &rest, entries);
  wanting = read_line (&line, words, n);

  if (wanting != NULL)
    offer_values (wanting, typed, "");
  else if (!line.only_words && equals != NULL && find_entry (entries, typed) != NULL)
    {
      g_autofree char *before = g_strndup (typed, (gsize) (equals + 1 - typed));

      offer_values (find_entry (entries, typed), typed, before);
    }
  else if (!line.only_words && typed[0] == '-')
    offer_options (&line, typed);
  else
    offer_words (&line, typed);
  return 0;
}

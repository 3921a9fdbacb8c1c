/* weir-cli-table.h: the commands of weirctl and their options
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-cli-commands.h"

G_BEGIN_DECLS

#define WEIR_CLI_OPTIONS_MAX 40

/* What the words behind a command are, for whoever completes them */
typedef enum
{
  WEIR_CLI_WORD_NONE,
  WEIR_CLI_WORD_NEW, /* something that is not there yet */
  WEIR_CLI_WORD_ACCOUNT,
  WEIR_CLI_WORD_ID, /* perhaps ACCOUNT/ID */
} WeirCliWord;

typedef struct
{
  const char *name;    /* one word, or two: a group and what is in it */
  const char *usage;   /* what stands behind the name */
  const char *summary; /* to be translated */
  const char *options; /* those it takes, with blanks between them */
  WeirCliWord word;
  guint min_words;
  guint max_words;
  WeirCliRun run;
} WeirCliCommand;

extern const WeirCliCommand weir_cli_commands[]; /* the last has no name */
extern const char weir_cli_global_options[];     /* with blanks between them */

void weir_cli_get_entries (WeirCliOptions *options, char ***words, GOptionEntry *entries);
const WeirCliCommand *weir_cli_find_command (char **words, guint *n_used);
gboolean weir_cli_is_in_group (const WeirCliCommand *command, const char *group);
gboolean weir_cli_is_one_of (const char *word, const char *list);

G_END_DECLS

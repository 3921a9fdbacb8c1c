/* weir-cli.h: one run of weirctl
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account-store.h"
#include "weir-cli-output.h"
#include "weir-history.h"
#include "weir-preferences.h"
#include "weir-provider.h"

G_BEGIN_DECLS

/* The options as given; NULL or FALSE: not given. Which command takes which is in weir-command-line.c. */
typedef struct
{
  gboolean json;
  char *state_dir;
  gboolean help;
  gboolean version;

  char *accept;
  char *account;
  gboolean all;
  char *ca;
  gboolean fill;
  gboolean follow;
  gboolean history;
  char *limit;
  gboolean no_ca;
  gboolean password_stdin;
  char *provider;
  char *proxy;
  char *query;
  gboolean read_only;
  gboolean secret_stdin;
  char *status;
  char *subscription;
  char *tenant;
  char *time_zone;
  char *timeout;
  gboolean token_stdin;
  char *uri;
  char *username;
  gboolean wait;
  char *workspace_key;
  char *format;
  char *output;
} WeirCliOptions;

/* An account that is asked. */
typedef struct
{
  WeirAccount *account;
  WeirProvider *provider; /* (nullable) NULL: there is an error */
  GError *error;          /* (nullable) why it is not asked any more */
  gboolean told;          /* that error was told */
  GAsyncResult *result;   /* (nullable) the answer to what it was asked last */
} WeirCliTarget;

typedef struct
{
  const WeirCliOptions *options;
  WeirCliOutput *output;
  GCancellable *cancellable; /* cancelled by SIGINT and SIGTERM */
  int status;                /* what the program ends with */

  WeirAccountStore *store;      /* (nullable) until it was asked for */
  WeirHistory *history;         /* (nullable) until it was asked for */
  WeirPreferences *preferences; /* the same */
  GPtrArray *targets;           /* (element-type WeirCliTarget) all that were connected */
  guint signals[2];
  gboolean told_interrupted;
} WeirCli;

WeirCli *weir_cli_new (const WeirCliOptions *options);
void weir_cli_free (WeirCli *self);
int weir_cli_end (WeirCli *self);

/* Standard error, and the status that the program ends with. */
void weir_cli_note (WeirCli *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void weir_cli_fail (WeirCli *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* account: (nullable) */
void weir_cli_fail_error (WeirCli *self, WeirAccount *account, const GError *error);
/* (nullable) what can be done about it from the command line */
const char *weir_cli_get_advice (const GError *error);
void weir_cli_tell_interrupted (WeirCli *self);
void weir_cli_misuse (WeirCli *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *weir_cli_dup_masked (WeirCli *self, const char *text);

/* The async functions of other rooms, run to their end: the callback puts the result into the slot that is its user_data. */
void weir_cli_answer_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *weir_cli_wait (WeirCli *self, GAsyncResult **slot);
gboolean weir_cli_sleep (guint milliseconds, GCancellable *cancellable);
GBytes *weir_cli_read_input (WeirCli *self, gboolean one_line, GError **error);

gboolean weir_cli_read_limit (WeirCli *self, guint *limit);

/* NULL: it cannot be opened, and that has been told */
WeirAccountStore *weir_cli_get_store (WeirCli *self);
WeirHistory *weir_cli_get_history (WeirCli *self);
WeirPreferences *weir_cli_get_preferences (WeirCli *self); /* and does as they say */
GPtrArray *weir_cli_connect (WeirCli *self, const char *name, const char *provider);
void weir_cli_tell_lost (WeirCli *self, GPtrArray *targets, gboolean fails);

void weir_cli_print_record (WeirCli *self, WeirRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirCli, weir_cli_free)

G_END_DECLS

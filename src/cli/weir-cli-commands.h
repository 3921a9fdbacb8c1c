/* weir-cli-commands.h: what each command does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-cli.h"

G_BEGIN_DECLS

/* words: what stands behind the command, as many as it takes; what fails is told and kept in the run's status */
typedef void (*WeirCliRun) (WeirCli *self, char **words);

void weir_cli_account_add (WeirCli *self, char **words);
void weir_cli_account_edit (WeirCli *self, char **words);
void weir_cli_account_list (WeirCli *self, char **words);
void weir_cli_account_check (WeirCli *self, char **words);
void weir_cli_account_remove (WeirCli *self, char **words);

void weir_cli_subscriptions (WeirCli *self, char **words);
void weir_cli_subscription_show (WeirCli *self, char **words);
void weir_cli_subscribe (WeirCli *self, char **words);
void weir_cli_unsubscribe (WeirCli *self, char **words);
void weir_cli_resubscribe (WeirCli *self, char **words);

void weir_cli_pull (WeirCli *self, char **words);
void weir_cli_pulls (WeirCli *self, char **words);

void weir_cli_connections (WeirCli *self, char **words);
void weir_cli_connection_test (WeirCli *self, char **words);
void weir_cli_errors (WeirCli *self, char **words);

void weir_cli_sync (WeirCli *self, char **words);
void weir_cli_events (WeirCli *self, char **words);
void weir_cli_drift (WeirCli *self, char **words);
void weir_cli_export (WeirCli *self, char **words);

void weir_cli_gaps (WeirCli *self, char **words);

void weir_cli_history (WeirCli *self, char **words);

void weir_cli_journal (WeirCli *self, char **words);

void weir_cli_preferences (WeirCli *self, char **words);

void weir_cli_oracle_create (WeirCli *self, char **words);
void weir_cli_oracle_update (WeirCli *self, char **words);
void weir_cli_oracle_delete (WeirCli *self, char **words);
void weir_cli_oracle_pause (WeirCli *self, char **words);

G_END_DECLS

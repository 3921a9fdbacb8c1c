/* weir-cli-find.h: records by list and by id
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-cli.h"

G_BEGIN_DECLS

/* (element-type WeirRecord): what all of them have; what one of them says against it is told and fails the run */
GPtrArray *weir_cli_list (WeirCli *self,
                          GPtrArray *targets,
                          WeirRecordKind kind,
                          const WeirListFilter *filter);
/* ID or ACCOUNT/ID; NULL: there is none, or more than one, which has been told */
WeirRecord *
weir_cli_find (WeirCli *self, WeirRecordKind kind, const char *word, WeirCliTarget **target);
WeirRecord *weir_cli_find_in (WeirCli *self,
                              GPtrArray *targets,
                              WeirRecordKind kind,
                              const char *id,
                              WeirCliTarget **target);
/* the account that the word names before a slash, NULL if it names none; *id is what stands behind it, or all */
WeirAccount *weir_cli_split_id (WeirCli *self, const char *word, const char **id);

G_END_DECLS

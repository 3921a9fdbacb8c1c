/* weir-membrane-list.h: the lists Membrane has, and how to walk them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-walk.h"

G_BEGIN_DECLS

/* As many as one page may hold: api/membrane.md §3. */
#define WEIR_MEMBRANE_PAGE 1000

/* One list of the server: where it is, what its parameters are called, what its items become. */
typedef struct
{
  WeirRecordKind kind;
  const char *path; /* without the leading slash */
  const char *subscription;
  const char *connection;
  const char *integration;
  const char *status;
  const char *tenant;
  const char *since;
  const char *until;
  WeirRecord *(*make) (WeirAccount *account, WeirRecordKind kind, WeirJson json, GError **error);
} WeirMembraneList;

extern const WeirMembraneList weir_membrane_external_subscriptions;
extern const WeirMembraneList weir_membrane_app_subscriptions;
extern const WeirMembraneList weir_membrane_pulls;
extern const WeirMembraneList weir_membrane_log_records;
extern const WeirMembraneList weir_membrane_app_events;
extern const WeirMembraneList weir_membrane_connections;

const WeirMembraneList *weir_membrane_list_find (WeirRecordKind kind, guint nth);
const WeirMembraneList *weir_membrane_list_find_record (WeirRecord *record);
gboolean weir_membrane_read_items (WeirHttpResponse *response,
                                   WeirJson *items,
                                   char **cursor,
                                   GError **error);

void weir_membrane_walk_async (WeirProvider *provider,
                               const WeirMembraneList *list,
                               const WeirListFilter *filter,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

void weir_membrane_list (WeirProvider *provider,
                         WeirRecordKind kind,
                         const WeirListFilter *filter,
                         GTask *task);
void weir_membrane_get (WeirProvider *provider, WeirRecordKind kind, const char *id, GTask *task);

/* one record of one list by its id */
void weir_membrane_get_one_async (WeirProvider *provider,
                                  const WeirMembraneList *list,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
WeirRecord *weir_membrane_get_one_finish (GAsyncResult *result, GError **error);

G_END_DECLS

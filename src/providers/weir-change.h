/* weir-change.h: one operation that changes something, written into the journal as it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-provider.h"

G_BEGIN_DECLS

/* For the providers alone. The task that an operation is done by carries it. */

GTask *weir_change_start (GTask *task, /* transfer full */
                          WeirAction action,
                          WeirRecord *record,
                          const char *id,
                          GDestroyNotify free_value);
void weir_change_set_name (GTask *operation, const char *name); /* of what has no record yet */
void weir_change_begin_async (GTask *operation,
                              WeirHttpRequest *request,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean weir_change_begin_finish (GTask *operation, GAsyncResult *result, GError **error);
void weir_change_answer_async (GTask *operation,
                               WeirHttpResponse *response,
                               const GError *local,
                               const GError *error,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean weir_change_has_left (const GError *local);

G_END_DECLS

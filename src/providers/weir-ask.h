/* weir-ask.h: one question of a provider and its answer, read off the main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-provider.h"

G_BEGIN_DECLS

/* For the providers alone: the rest of Weir includes weir-provider.h. */

/* Makes what was asked for out of a 2xx answer. Runs on any thread, so it works on what it is given and on immutable records;
 * returns NULL with an error, or a pointer. */
typedef gpointer (*WeirReadFunc) (WeirAccount *account,
                                  WeirHttpResponse *response,
                                  gpointer data,
                                  GError **error);

void weir_ask_async (WeirProvider *provider,
                     WeirHttpRequest *request,
                     WeirReadFunc read,
                     gpointer data,
                     GDestroyNotify free_data,
                     GDestroyNotify free_result,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
void weir_ask_change_async (GTask *operation,
                            WeirHttpRequest *request,
                            WeirReadFunc read,
                            gpointer data,
                            GDestroyNotify free_data,
                            GDestroyNotify free_result,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gpointer weir_ask_finish (GAsyncResult *result, GError **error);
void weir_ask_into (GTask *outer,
                    WeirHttpRequest *request,
                    WeirReadFunc read,
                    gpointer data,
                    GDestroyNotify free_data,
                    GDestroyNotify free_result);

gboolean
weir_read_json (WeirHttpResponse *response, const char *expected, WeirJson *root, GError **error);
void weir_read_refuse (WeirHttpResponse *response, const char *expected, GError **error);
gboolean weir_read_is_page (WeirHttpResponse *response); /* HTML, where JSON should be */
gint64 weir_read_date (WeirHttpResponse *response);
char *weir_read_root_cursor (GBytes *body);

WeirHttpRequest *weir_request_new (WeirProvider *provider, const char *method, const char *path);
char *weir_request_path (const char *collection, const char *id, const char *verb, GError **error);
void weir_request_add_query (GString *path, const char *name, const char *value);

gboolean weir_list_filter_matches (const WeirListFilter *filter, WeirRecord *record);
gboolean weir_provider_get_background (WeirProvider *self);
GError *weir_provider_error_new_from_data (WeirProviderError code,
                                           WeirErrorData *data,
                                           const char *message);
guint weir_provider_error_get_status (const GError *error);
void weir_provider_error_set_retry_after (GError *error, gint64 retry_after);

G_END_DECLS

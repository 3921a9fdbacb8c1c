/* weir-query-values.h: which values a field has, and how often
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"

G_BEGIN_DECLS

typedef struct
{
  char *value;
  guint count;
} WeirQueryValue;

/* The fields whose values can be counted, NULL-terminated: "account", "kind"… */
const char *const *weir_query_values_list_fields (void);

/* For each of the fields: what the answer to text would have in it if text asked for nothing in that field; so the values
 * that could be asked for as well are there with their counts. On a worker. */
void weir_query_values_count_async (WeirHistory *history,
                                    const char *text,
                                    WeirHistoryIndex *index, /* nullable: the answer to text */
                                    const char *const *fields,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* field → (element-type WeirQueryValue) GPtrArray, the most frequent first */
GHashTable *weir_query_values_count_finish (GAsyncResult *result, GError **error);

/* Paths in the payloads of the newest events of an answer ("data.name"), and at each the values there: the same as above. */
void weir_query_values_sample_async (WeirHistory *history,
                                     WeirHistoryIndex *index,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GHashTable *weir_query_values_sample_finish (GAsyncResult *result, GError **error);

/* what a person calls it, if that is another word: a subscription's name; nullable. A WeirQueryLabel with a WeirMonitor */
char *weir_query_values_dup_label (const char *field, const char *value, gpointer monitor);

/* for the sample and for tests: adds what a payload has to path → (value → count) */
void weir_query_values_add_payload (GHashTable *paths, WeirJson payload);

G_END_DECLS

/* weir-hub-error.h: ErrorData, the form in which the hub says what went wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-document.h"
#include "weir-http-client.h"

G_BEGIN_DECLS

/* type and key: api/membrane.md §4; data and cause: JSON text. All but message may be NULL. */
char *weir_hub_error_new (const char *type,
                          const char *key,
                          const char *message,
                          const char *data,
                          const char *cause);

/* What an exchange with somebody else's server was, for an error's data:
 * {"request":{"url","method"},"response":{"status","headers","data"}} */
char *
weir_hub_error_describe_exchange (const char *method, const char *uri, WeirHttpResponse *response);

/* NULL for an answer that is a success; else an error of type "connection" with its cause. Takes
 * either an answer or the reason why there is none. */
char *weir_hub_error_from_exchange (const char *method,
                                    const char *uri,
                                    WeirHttpResponse *response,
                                    const GError *failure);

G_END_DECLS

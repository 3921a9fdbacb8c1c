/* weir-exchange.h: one request and its answer, as remembered for a person to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WEIR_TYPE_EXCHANGE (weir_exchange_get_type ())
G_DECLARE_FINAL_TYPE (WeirExchange, weir_exchange, WEIR, EXCHANGE, GObject)

/* Immutable. Nothing in here is secret: it is masked before it is remembered. */
struct _WeirExchange
{
  GObject parent_instance;

  gint64 started_at;
  char *method;
  char *uri;             /* masked (?token=, userinfo) */
  guint status;          /* 0: no answer */
  char *outcome;         /* (nullable) what went wrong, when status is 0 */
  guint attempt;         /* 1, 2… of the same request */
  gint64 duration;       /* ms */
  gsize sent, received;  /* bytes of body */
  char *request_headers; /* "Name: value" lines, masked */
  char *response_headers;
};

char *weir_exchange_to_curl (WeirExchange *self);

/* The last WEIR_EXCHANGE_LOG_SIZE exchanges, oldest first; a GListModel of WeirExchange. */
#define WEIR_EXCHANGE_LOG_SIZE 200
#define WEIR_TYPE_EXCHANGE_LOG (weir_exchange_log_get_type ())
G_DECLARE_FINAL_TYPE (WeirExchangeLog, weir_exchange_log, WEIR, EXCHANGE_LOG, GObject)

WeirExchangeLog *weir_exchange_log_new (void);
void weir_exchange_log_add (WeirExchangeLog *self, WeirExchange *exchange);

/* What stands where a secret was. */
#define WEIR_MASK "•••"
char *weir_mask_uri (const char *uri);
char *weir_mask_header (const char *name, const char *value);
char *weir_mask_text (const char *text, const char *secret);
char *weir_mask_json (const char *text);
GPtrArray *weir_mask_find_in_uri (const char *uri); /* the secrets that weir_mask_uri() masks */

G_END_DECLS

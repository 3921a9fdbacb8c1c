/* weir-token-watch.h: tokens that end soon
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"

G_BEGIN_DECLS

/* µs before its end: a token takes a person and some mails to be replaced. */
#define WEIR_TOKEN_SOON (7 * G_TIME_SPAN_DAY)

/* Notifies once of each token that ends soon, and of each that has ended, until there is another. */
#define WEIR_TYPE_TOKEN_WATCH (weir_token_watch_get_type ())
G_DECLARE_FINAL_TYPE (WeirTokenWatch, weir_token_watch, WEIR, TOKEN_WATCH, GObject)

WeirTokenWatch *weir_token_watch_new (GApplication *application, WeirMonitor *monitor);
gint64 weir_token_get_expiry (WeirSession *session); /* µs; 0: never, or nobody can know */
char *
weir_token_dup_state (gint64 expiry); /* (nullable) "Token expires in 3 days"; NULL: not soon */

G_END_DECLS

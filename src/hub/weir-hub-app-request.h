/* weir-hub-app-request.h: the request that subscribes at an app
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-membrane.h"

G_BEGIN_DECLS

/* Sends it, keeps the answer, and then answers `context`. */
void weir_hub_app_request_send (WeirHubMembrane *self,
                                WeirHubContext *context,
                                WeirHubDocument *subscription);

/* A value with its formulas filled in from `scope` (an object): {"$var": "$.path"} becomes what
 * the path names, and {{path}} within a string its text. */
char *weir_hub_formula_fill (WeirJson value, WeirJson scope);

G_END_DECLS

/* weir-search.h: finds bytes without regard to the case of ASCII letters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is looked for, made ready. Immutable, any thread. */
typedef struct _WeirSearch WeirSearch;

WeirSearch *weir_search_new (const char *bytes, gsize length);
void weir_search_free (WeirSearch *self);
/* the first place from `at` on that it begins at; NULL: none before end */
const char *weir_search_find (const WeirSearch *self, const char *at, const char *end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirSearch, weir_search_free)

G_END_DECLS

/* weir-sequin-page.h: one page of /v1/events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-ask.h"

G_BEGIN_DECLS

/* What a page is asked with; becomes the question's data. */
typedef struct
{
  char *after_cursor; /* (nullable) */
  guint limit;
} WeirSequinQuestion;

WeirSequinQuestion *weir_sequin_question_new (const char *after_cursor, guint limit);
void weir_sequin_question_free (WeirSequinQuestion *question);
/* a WeirReadFunc that makes a WeirEventPage; data: a WeirSequinQuestion */
gpointer weir_sequin_page_read (WeirAccount *account,
                                WeirHttpResponse *response,
                                gpointer data,
                                GError **error);

G_END_DECLS

/* weir-several.h: more than one selected row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-page.h"
#include "weir-record-list.h"

G_BEGIN_DECLS

/* What a page has selected instead of a record while there are several. Immutable. */
#define WEIR_TYPE_SEVERAL (weir_several_get_type ())
G_DECLARE_FINAL_TYPE (WeirSeveral, weir_several, WEIR, SEVERAL, GObject)

struct _WeirSeveral
{
  GObject parent_instance;
  guint n;
};

char *weir_several_dup_title (WeirSeveral *self); /* "3 selected" */
/* the page selects the one item that is selected in the list, or how many they are, and says so */
void weir_several_select (WeirPage *page, WeirRecordList *list);

G_END_DECLS

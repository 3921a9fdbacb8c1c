/* weir-attention-list.h: rows for what needs a hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-attention.h"

G_BEGIN_DECLS

/* Signal "activate" (WeirAttention *): a row was chosen. */
#define WEIR_TYPE_ATTENTION_LIST (weir_attention_list_get_type ())
G_DECLARE_FINAL_TYPE (WeirAttentionList, weir_attention_list, WEIR, ATTENTION_LIST, AdwBin)

GtkWidget *weir_attention_list_new (guint limit, const char *accessible_name);
void weir_attention_list_set_items (WeirAttentionList *self, GPtrArray *items);

G_END_DECLS

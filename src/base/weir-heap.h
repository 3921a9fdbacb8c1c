/* weir-heap.h: memory that is given back to the system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gpointer weir_heap_new_block (gsize size);
void weir_heap_free_block (gpointer block, gsize size);
void weir_heap_empty_block (gpointer block, gsize offset, gsize size);
void weir_heap_set_up (void);
void weir_heap_trim (void);

G_END_DECLS

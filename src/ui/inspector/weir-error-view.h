/* weir-error-view.h: an error from its leaf cause up the chain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-error-data.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ERROR_VIEW (weir_error_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirErrorView, weir_error_view, WEIR, ERROR_VIEW, AdwBin)

GtkWidget *weir_error_view_new (void);
/* error (nullable): the outermost; the same error again changes nothing that the reader has opened */
void weir_error_view_set_error (WeirErrorView *self, WeirErrorData *error);

G_END_DECLS

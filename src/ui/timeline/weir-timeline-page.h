/* weir-timeline-page.h: what is happening now?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-page.h"

G_BEGIN_DECLS

#define WEIR_TYPE_TIMELINE_PAGE (weir_timeline_page_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelinePage, weir_timeline_page, WEIR, TIMELINE_PAGE, WeirPage)

G_END_DECLS

/* weir-timeline-news.h: says what came in where nobody looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-timeline-model.h"
#include "weir-timeline-view.h"

G_BEGIN_DECLS

#define WEIR_TYPE_TIMELINE_NEWS (weir_timeline_news_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelineNews, weir_timeline_news, WEIR, TIMELINE_NEWS, AdwBin)

GtkWidget *weir_timeline_news_new (WeirTimelineModel *model, WeirTimelineView *view);
void weir_timeline_news_forget (WeirTimelineNews *self);
void weir_timeline_news_show (WeirTimelineNews *self);

G_END_DECLS

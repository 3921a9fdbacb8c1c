/* weir-timeline-page.c: what is happening now?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-page.h"

#include <glib/gi18n-lib.h>

struct _WeirTimelinePage
{
  WeirPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WeirTimelinePage, weir_timeline_page, WEIR_TYPE_PAGE)

static void
weir_timeline_page_class_init (WeirTimelinePageClass *klass)
{
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  static WeirRecordKind kinds[] = { WEIR_RECORD_EVENT, -1 };
  page_class->kinds = kinds;
  page_class->id = "timeline";
  page_class->title = N_ ("Timeline");
  page_class->icon_name = "weir-timeline-symbolic";
}

static void
weir_timeline_page_init (WeirTimelinePage *self)
{
  GtkWidget *status;

  status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "weir-timeline-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Timeline"));
  adw_bin_set_child (ADW_BIN (self), status);
}

/* weir-overview-page.c: is anything wrong?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-overview-page.h"

#include <glib/gi18n-lib.h>

struct _WeirOverviewPage
{
  WeirPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WeirOverviewPage, weir_overview_page, WEIR_TYPE_PAGE)

static void
weir_overview_page_class_init (WeirOverviewPageClass *klass)
{
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  page_class->id = "overview";
  page_class->title = N_ ("Overview");
  page_class->icon_name = "weir-overview-symbolic";
}

static void
weir_overview_page_init (WeirOverviewPage *self)
{
  GtkWidget *status;

  status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "weir-overview-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Overview"));
  adw_bin_set_child (ADW_BIN (self), status);
}

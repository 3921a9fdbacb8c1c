/* weir-pulls-page.c: what was pulled, when, with what result?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-pulls-page.h"

#include <glib/gi18n-lib.h>

struct _WeirPullsPage
{
  WeirPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WeirPullsPage, weir_pulls_page, WEIR_TYPE_PAGE)

static void
weir_pulls_page_class_init (WeirPullsPageClass *klass)
{
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  static WeirRecordKind kinds[] = { WEIR_RECORD_PULL, -1 };
  page_class->kinds = kinds;
  page_class->id = "pulls";
  page_class->title = N_ ("Pull Runs");
  page_class->icon_name = "weir-pulls-symbolic";
}

static void
weir_pulls_page_init (WeirPullsPage *self)
{
  GtkWidget *status;

  status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "weir-pulls-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Pull Runs"));
  adw_bin_set_child (ADW_BIN (self), status);
}

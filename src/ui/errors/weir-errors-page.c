/* weir-errors-page.c: what is broken, and what is the cause?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-errors-page.h"

#include <glib/gi18n-lib.h>

struct _WeirErrorsPage
{
  WeirPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WeirErrorsPage, weir_errors_page, WEIR_TYPE_PAGE)

static void
weir_errors_page_class_init (WeirErrorsPageClass *klass)
{
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  page_class->id = "errors";
  page_class->title = N_ ("Errors");
  page_class->icon_name = "weir-errors-symbolic";
}

static void
weir_errors_page_init (WeirErrorsPage *self)
{
  GtkWidget *status;

  status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "weir-errors-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Errors"));
  adw_bin_set_child (ADW_BIN (self), status);
}

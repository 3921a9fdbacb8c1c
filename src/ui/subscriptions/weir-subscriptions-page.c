/* weir-subscriptions-page.c: which are alive, which are sick?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-subscriptions-page.h"

#include <glib/gi18n-lib.h>

struct _WeirSubscriptionsPage
{
  WeirPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WeirSubscriptionsPage, weir_subscriptions_page, WEIR_TYPE_PAGE)

static void
weir_subscriptions_page_class_init (WeirSubscriptionsPageClass *klass)
{
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  static WeirRecordKind kinds[] = { WEIR_RECORD_SUBSCRIPTION, -1 };
  page_class->kinds = kinds;
  page_class->id = "subscriptions";
  page_class->title = N_ ("Subscriptions");
  page_class->icon_name = "weir-subscriptions-symbolic";
}

static void
weir_subscriptions_page_init (WeirSubscriptionsPage *self)
{
  GtkWidget *status;

  status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "weir-subscriptions-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Subscriptions"));
  adw_bin_set_child (ADW_BIN (self), status);
}

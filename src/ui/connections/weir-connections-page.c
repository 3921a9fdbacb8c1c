/* weir-connections-page.c: who needs a hand?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-connections-page.h"

#include <glib/gi18n-lib.h>

struct _WeirConnectionsPage
{
  WeirPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WeirConnectionsPage, weir_connections_page, WEIR_TYPE_PAGE)

static void
weir_connections_page_class_init (WeirConnectionsPageClass *klass)
{
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  static WeirRecordKind kinds[] = { WEIR_RECORD_CONNECTION, -1 };
  page_class->kinds = kinds;
  page_class->id = "connections";
  page_class->title = N_ ("Connections");
  page_class->icon_name = "weir-connections-symbolic";
}

static void
weir_connections_page_init (WeirConnectionsPage *self)
{
  GtkWidget *status;

  status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "weir-connections-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Connections"));
  adw_bin_set_child (ADW_BIN (self), status);
}

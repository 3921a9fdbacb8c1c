/* weir-several.c: more than one selected row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-several.h"

#include "weir-announce.h"
#include "weir-format.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WeirSeveral, weir_several, G_TYPE_OBJECT)

static void
weir_several_class_init (WeirSeveralClass *klass)
{
}

static void
weir_several_init (WeirSeveral *self)
{
}

static char *
dup_title (guint n)
{
  g_autofree char *number = weir_format_number (n);

  return g_strdup_printf (ngettext ("%s selected", "%s selected", n), number);
}

/**
 * weir_several_dup_title:
 * @self: several rows
 *
 * Returns: (transfer full): how many they are, as a title
 */
char *
weir_several_dup_title (WeirSeveral *self)
{
  g_return_val_if_fail (WEIR_IS_SEVERAL (self), NULL);

  return dup_title (self->n);
}

/**
 * weir_several_select:
 * @page: a page
 * @list: its rows, whose selection may have changed
 *
 * One item is shown; of several, which an action would meet, it is only said how many they are.
 */
void
weir_several_select (WeirPage *page, WeirRecordList *list)
{
  g_autoptr (WeirSeveral) several = NULL;
  g_autofree char *text = NULL;
  GObject *before;
  guint n_before;
  guint n;

  g_return_if_fail (WEIR_IS_PAGE (page));
  g_return_if_fail (WEIR_IS_RECORD_LIST (list));

  before = weir_page_get_selected (page);
  n_before = WEIR_IS_SEVERAL (before) ? WEIR_SEVERAL (before)->n : 0;
  n = weir_record_list_count_selected (list);
  if (n <= 1)
    {
      weir_page_select (page, weir_record_list_get_single (list));
    }
  else if (n != n_before)
    {
      several = g_object_new (WEIR_TYPE_SEVERAL, NULL);
      several->n = n;
      weir_page_select (page, several);
    }

  /* one row is read itself when it is selected */
  if (n > 1 || n_before > 1)
    text = dup_title (n);
  weir_announce (GTK_WIDGET (page), WEIR_ANNOUNCE_SELECTED, text);
}

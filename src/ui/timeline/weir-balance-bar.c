/* weir-balance-bar.c: what became of everything that was received
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-balance-bar.h"

#include "weir-accessible.h"
#include "weir-format.h"

#include <glib/gi18n-lib.h>

#define NARROW 520 /* px */
#define TIGHT 300  /* px */

struct _WeirBalanceBar
{
  AdwBin parent_instance;

  WeirBalance balance;
  gboolean is_set;

  GtkWidget *buttons[WEIR_N_BALANCE_PARTS];
  GtkBox *boxes[WEIR_N_BALANCE_PARTS];
  GtkLabel *numbers[WEIR_N_BALANCE_PARTS];
  GtkWidget *captions[WEIR_N_BALANCE_PARTS];
};

enum
{
  CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirBalanceBar, weir_balance_bar, ADW_TYPE_BIN)

static const struct
{
  const char *sign; /* before it */
  const char *caption;
  const char *tooltip;
} parts[] = {
  /* Translators: after numbers of events: 12 received = 9 shown + 2 filtered out + 1 held back */
  [WEIR_BALANCE_RECEIVED] = { NULL, NC_ ("number of events", "received"),
                              N_ ("What is in the history, since when") },
  [WEIR_BALANCE_SHOWN] = { "=", NC_ ("number of events", "shown"), N_ ("Go to the newest") },
  [WEIR_BALANCE_FILTERED_OUT] = { "+", NC_ ("number of events", "filtered out"),
                                  N_ ("The query that leaves them out") },
  [WEIR_BALANCE_HELD_BACK] = { "+", NC_ ("number of events", "held back"),
                               N_ ("Bring in what came while paused") },
};

static const char *
get_caption (guint part)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "number of events", parts[part].caption);
}

static guint64
get_number (const WeirBalance *balance, guint part)
{
  switch ((WeirBalancePart) part)
    {
    case WEIR_BALANCE_RECEIVED:
      return balance->received;

    case WEIR_BALANCE_SHOWN:
      return balance->shown;

    case WEIR_BALANCE_FILTERED_OUT:
      return balance->filtered_out;

    case WEIR_BALANCE_HELD_BACK:
    case WEIR_N_BALANCE_PARTS:
    default:
      return balance->held_back;
    }
}

static void
clicked_cb (WeirBalanceBar *self, GtkWidget *button)
{
  for (guint i = 0; i < WEIR_N_BALANCE_PARTS; i++)
    {
      if (self->buttons[i] == button)
        g_signal_emit (self, signals[CLICKED], 0, i, button);
    }
}

static void
weir_balance_bar_class_init (WeirBalanceBarClass *klass)
{
  signals[CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, GTK_TYPE_WIDGET);
}

static GtkWidget *
create_button (WeirBalanceBar *self, guint part)
{
  GtkWidget *caption = gtk_label_new (get_caption (part));

  self->numbers[part] = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->numbers[part]), "numeric");
  self->captions[part] = caption;
  gtk_widget_add_css_class (caption, "weir-balance-caption");
  self->boxes[part] = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4));
  gtk_box_append (self->boxes[part], GTK_WIDGET (self->numbers[part]));
  gtk_box_append (self->boxes[part], caption);

  self->buttons[part] = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->buttons[part]), GTK_WIDGET (self->boxes[part]));
  gtk_widget_set_tooltip_text (self->buttons[part], _ (parts[part].tooltip));
  gtk_widget_add_css_class (self->buttons[part], "flat");
  g_signal_connect_swapped (self->buttons[part], "clicked", G_CALLBACK (clicked_cb), self);

  return self->buttons[part];
}

static void
weir_balance_bar_init (WeirBalanceBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "weir-balance");
  for (guint i = 0; i < WEIR_N_BALANCE_PARTS; i++)
    {
      if (parts[i].sign != NULL)
        {
          GtkWidget *sign = gtk_label_new (parts[i].sign);

          gtk_widget_add_css_class (sign, "dim-label");
          gtk_box_append (GTK_BOX (box), sign);
        }
      gtk_box_append (GTK_BOX (box), create_button (self, i));
    }
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * weir_balance_bar_new:
 *
 * Returns: (transfer floating): a bar of zeros
 */
GtkWidget *
weir_balance_bar_new (void)
{
  WeirBalanceBar *self = g_object_new (WEIR_TYPE_BALANCE_BAR, NULL);
  WeirBalance none = { 0, 0, 0, 0 };

  weir_balance_bar_set (self, &none);

  return GTK_WIDGET (self);
}

/**
 * weir_balance_bar_set:
 * @self: the bar
 * @balance: the numbers
 */
void
weir_balance_bar_set (WeirBalanceBar *self, const WeirBalance *balance)
{
  g_return_if_fail (WEIR_IS_BALANCE_BAR (self));

  for (guint i = 0; i < WEIR_N_BALANCE_PARTS; i++)
    {
      guint64 count = get_number (balance, i);
      g_autofree char *number = NULL;
      g_autofree char *name = NULL;

      if (self->is_set && count == get_number (&self->balance, i))
        continue;

      number = weir_format_number (count);
      gtk_label_set_label (self->numbers[i], number);
      /* Translators: a number, and what is said of so many events: “12 received” */
      name = g_strdup_printf (C_ ("number of events", "%s %s"), number, get_caption (i));
      weir_accessible_set_name (self->buttons[i], name);
      if (i == WEIR_BALANCE_HELD_BACK && count > 0)
        gtk_widget_add_css_class (self->buttons[i], "weir-balance-some");
      else
        gtk_widget_remove_css_class (self->buttons[i], "weir-balance-some");
    }
  self->balance = *balance;
  self->is_set = TRUE;
}

/**
 * weir_balance_bar_set_width:
 * @self: the bar
 * @width: the room that it has, px
 *
 * The captions stand below the numbers where there is little room. With large texts there may be none for them; what each
 * number is says its tooltip.
 */
void
weir_balance_bar_set_width (WeirBalanceBar *self, int width)
{
  gboolean narrow = width < NARROW;

  g_return_if_fail (WEIR_IS_BALANCE_BAR (self));

  for (guint i = 0; i < WEIR_N_BALANCE_PARTS; i++)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->boxes[i]),
                                      narrow ? GTK_ORIENTATION_VERTICAL
                                             : GTK_ORIENTATION_HORIZONTAL);
      gtk_box_set_spacing (self->boxes[i], narrow ? 0 : 4);
      gtk_widget_set_visible (self->captions[i], width >= TIGHT);
    }
}

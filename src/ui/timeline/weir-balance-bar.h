/* weir-balance-bar.h: what became of everything that was received
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* received = shown + filtered_out + held_back, always */
typedef struct
{
  guint64 received;
  guint64 shown;
  guint64 filtered_out; /* known, and not asked for */
  guint64 held_back;    /* asked for, and came while paused */
} WeirBalance;

typedef enum
{
  WEIR_BALANCE_RECEIVED,
  WEIR_BALANCE_SHOWN,
  WEIR_BALANCE_FILTERED_OUT,
  WEIR_BALANCE_HELD_BACK,
  WEIR_N_BALANCE_PARTS,
} WeirBalancePart;

/* The numbers as an equation; each is a button. Signal "clicked" (guint part, GtkWidget *button). */
#define WEIR_TYPE_BALANCE_BAR (weir_balance_bar_get_type ())
G_DECLARE_FINAL_TYPE (WeirBalanceBar, weir_balance_bar, WEIR, BALANCE_BAR, AdwBin)

GtkWidget *weir_balance_bar_new (void);
void weir_balance_bar_set (WeirBalanceBar *self, const WeirBalance *balance);
void weir_balance_bar_set_width (WeirBalanceBar *self, int width);

G_END_DECLS

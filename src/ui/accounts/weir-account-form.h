/* weir-account-form.h: the fields of an account
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-account-store.h"

G_BEGIN_DECLS

/* What may be to blame if the test does not pass. */
typedef enum
{
  WEIR_ACCOUNT_FIELD_FIRST,   /* none: what is filled in first */
  WEIR_ACCOUNT_FIELD_MISSING, /* what is empty, or cannot be so */
  WEIR_ACCOUNT_FIELD_ADDRESS,
  WEIR_ACCOUNT_FIELD_SECRET,
  WEIR_ACCOUNT_FIELD_AUTHORITY
} WeirAccountField;

/* Signals: "changed": something was entered; "activated": Enter was pressed in a field. */
#define WEIR_TYPE_ACCOUNT_FORM (weir_account_form_get_type ())
G_DECLARE_FINAL_TYPE (WeirAccountForm, weir_account_form, WEIR, ACCOUNT_FORM, AdwBin)

/* account NULL: a new one */
void
weir_account_form_set_up (WeirAccountForm *self, WeirAccountStore *store, WeirAccount *account);
void weir_account_form_set_expiry (WeirAccountForm *self, gint64 expiry);
void weir_account_form_focus (WeirAccountForm *self, WeirAccountField field);
gboolean weir_account_form_is_edited (WeirAccountForm *self);
gboolean weir_account_form_is_valid (WeirAccountForm *self);
char *weir_account_form_dup_missing (WeirAccountForm *self);
WeirAccount *weir_account_form_dup_account (WeirAccountForm *self);
char *weir_account_form_dup_secret (WeirAccountForm *self); /* NULL: the stored one is kept */

G_END_DECLS

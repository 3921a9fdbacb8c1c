/* weir-oracle-form.h: what may stand in an Oracle event subscription
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-subscription.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_ORACLE_NAME,
  WEIR_ORACLE_CLASS,
  WEIR_ORACLE_EVENT_TYPE,
  WEIR_ORACLE_END_POINT,
  WEIR_ORACLE_INTEGRATION_USER,
  WEIR_ORACLE_OBJECT_VERSION,
  WEIR_ORACLE_STATUS,
  WEIR_ORACLE_SHAPE,
  WEIR_ORACLE_N_FIELDS
} WeirOracleField;

typedef struct
{
  char *values[WEIR_ORACLE_N_FIELDS];
} WeirOracleForm;

WeirOracleForm *weir_oracle_form_new (WeirSubscription *subscription); /* nullable */
void weir_oracle_form_free (WeirOracleForm *self);
void weir_oracle_form_set (WeirOracleForm *self, WeirOracleField field, const char *value);
/* what typed has else than original goes into self */
void weir_oracle_form_take_over (WeirOracleForm *self,
                                 const WeirOracleForm *typed,
                                 const WeirOracleForm *original);
/* (transfer full) (nullable): why it cannot be sent; *warning: it can, but think twice */
char *weir_oracle_form_check (WeirOracleForm *self, WeirOracleField field, char **warning);
/* what differs from original (nullable: all), as the server takes it; NULL: nothing differs */
GBytes *weir_oracle_form_to_json (WeirOracleForm *self, WeirOracleForm *original);
char *weir_oracle_form_dup_template (const char *class_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirOracleForm, weir_oracle_form_free)

G_END_DECLS

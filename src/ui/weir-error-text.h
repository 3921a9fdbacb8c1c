/* weir-error-text.h: from an error to a sentence and a remedy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"

G_BEGIN_DECLS

/* What a person can do about it. */
typedef enum
{
  WEIR_REMEDY_NONE,
  WEIR_REMEDY_RETRY,        /* it may work now */
  WEIR_REMEDY_EDIT_ACCOUNT, /* address, token or permissions of the account */
  WEIR_REMEDY_UNLOCK,       /* the account is read-only in Weir */
} WeirRemedy;

char *weir_error_text_dup_sentence (const GError *error);
const char *weir_error_text_get_advice (const GError *error);
WeirRemedy weir_error_text_get_remedy (const GError *error);
/* an account's state as a person sees it; error: (nullable) the session's */
WeirAccountState weir_error_text_judge_state (WeirAccountState state, const GError *error);
const char *weir_error_text_describe_state (WeirAccountState state, const GError *error);

G_END_DECLS

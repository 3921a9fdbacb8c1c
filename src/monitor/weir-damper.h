/* weir-damper.h: what has gone wrong for long enough to be told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_TROUBLE_SUBSCRIPTION, /* it has an error */
  WEIR_TROUBLE_CONNECTION,   /* it is disconnected, or fails */
  WEIR_TROUBLE_ACCOUNT,      /* its platform cannot be asked */
  WEIR_TROUBLE_PULL,         /* of a subscription: its last pull run failed */
  WEIR_TROUBLE_OVERDUE,      /* of a subscription: its pull should have begun */
  WEIR_TROUBLE_GAP,          /* events may be missing */
  WEIR_TROUBLE_SILENCE,      /* of a subscription: it is quiet against its own rhythm */
} WeirTroubleKind;

#define WEIR_N_TROUBLES (WEIR_TROUBLE_SILENCE + 1)

/* Something that may go wrong; owned by the damper. */
typedef struct
{
  WeirTroubleKind kind;
  WeirAccount *account;
  char *id;
  GObject *about; /* (nullable) as it was last noted */
} WeirTrouble;

#define WEIR_DAMPER_LASTING (10 * G_TIME_SPAN_SECOND)  /* a state that is shorter is not told */
#define WEIR_DAMPER_LASTING_ACCOUNT G_TIME_SPAN_MINUTE /* nor one of the network */
#define WEIR_DAMPER_REST G_TIME_SPAN_MINUTE            /* after telling of the same kind */
#define WEIR_DAMPER_REPEAT (10 * G_TIME_SPAN_MINUTE)   /* after telling of the same thing */

/* Signals, the arrays (element-type WeirTrouble), of one kind, valid during the emission:
 * "tell" (const char *id, GPtrArray *): has gone wrong, to be told as one, in place of what was told with the same id;
 * "withdraw" (const char *id): all of it is over;
 * "recovered" (GPtrArray *): of what was told, this is over. */
#define WEIR_TYPE_DAMPER (weir_damper_get_type ())
G_DECLARE_FINAL_TYPE (WeirDamper, weir_damper, WEIR, DAMPER, GObject)

WeirDamper *weir_damper_new (void);
/* at: since when it is so, µs; 0 not known: then what is bad when it is first noted was so before */
void weir_damper_note (WeirDamper *self,
                       WeirTroubleKind kind,
                       WeirAccount *account,
                       const char *id,
                       gpointer about,
                       gboolean bad,
                       gint64 at);
void
weir_damper_forget (WeirDamper *self, WeirTroubleKind kind, WeirAccount *account, const char *id);
/* all of accounts that are not in the list (of WeirAccount) */
void weir_damper_forget_strangers (WeirDamper *self, GListModel *accounts);
/* of a kind of which only what is bad is noted: what is not noted from the first call to the second is over */
void weir_damper_begin (WeirDamper *self, WeirTroubleKind kind);
void weir_damper_end (WeirDamper *self, WeirTroubleKind kind);
void weir_damper_look (WeirDamper *self); /* by itself each second while something is to come */

G_END_DECLS

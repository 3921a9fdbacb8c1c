/* weir-help-text.h: what the help says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *term;    /* (nullable) marked: a state, a button; without a text it is a heading */
  const char *text;    /* (nullable) marked */
  const char *code;    /* (nullable) instead of the term, to the letter: a piece of a query */
  const char *context; /* (nullable) of the message that the term is */
} WeirHelpBlock;

typedef struct
{
  const char *id;
  const char *title;           /* marked */
  const WeirHelpBlock *blocks; /* ended by one that is empty */
  const char *keys[4];         /* groups of keys */
} WeirHelpTopic;

const WeirHelpTopic *weir_help_topics (guint *n_topics);
guint weir_help_find (const char *id); /* 0, the first, for one that is not known */

G_END_DECLS

/* weir-json-node-private.h: what nodes and their lists share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json-node.h"

G_BEGIN_DECLS

/* Below this a container is indexed, and its members are counted, where it is asked for: 1 ms at most. */
#define WEIR_JSON_SMALL (256 * 1024)
/* A list longer than this is one of groups: GtkTreeListModel makes something for each row of an opened list. */
#define WEIR_JSON_GROUP 1000

#define WEIR_JSON_COUNT_UNKNOWN G_MAXUINT

struct _WeirJsonNode
{
  GObject parent_instance;

  GBytes *bytes;
  WeirJson value;       /* of a group the container's */
  WeirJson key;         /* absent in an array and at the root */
  guint index;          /* in an array; of a group the first one's */
  guint count;          /* of the members, or UNKNOWN */
  WeirJsonNode *parent; /* (nullable) the container that has it, never a group */

  /* a group: so many members of the container from here on */
  const char *start; /* (nullable) */
  gsize span;        /* bytes */
};

G_END_DECLS

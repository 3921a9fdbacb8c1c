/* weir-history-dedupe.c: whether an event may be known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-dedupe.h"

#include "weir-hash.h"

/* Of each known event a tag of 32 bits in one of 4,096 tables: 44 bits that tell it from others. With
 * ten million events one new event in a million looks known and is looked for in vain. Small tables
 * grow by a quarter and one at a time, so that there is no moment with twice the memory. A tag's place
 * in its table goes by its value, so a table is nearly sorted and a longer one is filled in order. */
#define N_TABLES 4096u
#define FIRST_CAPACITY 8u

typedef struct
{
  guint32 *tags; /* 0: free */
  guint capacity;
  guint used;
} Table;

struct _WeirDedupe
{
  Table tables[N_TABLES];
};

static guint
get_place (const Table *table, guint32 tag)
{
  return (guint) (((guint64) tag * table->capacity) >> 32);
}

static guint
step (const Table *table, guint place)
{
  return place + 1 < table->capacity ? place + 1 : 0;
}

static guint32
get_tag (guint64 key)
{
  guint32 tag = (guint32) (key >> 32);

  return tag != 0 ? tag : 1;
}

static void
insert (Table *table, guint32 tag)
{
  guint place = get_place (table, tag);

  while (table->tags[place] != 0)
    place = step (table, place);
  table->tags[place] = tag;
  table->used++;
}

static void
grow (Table *table)
{
  Table grown = { NULL, MAX (table->capacity + table->capacity / 4, FIRST_CAPACITY), 0 };

  grown.tags = g_new0 (guint32, grown.capacity);
  for (guint i = 0; i < table->capacity; i++)
    {
      if (table->tags[i] != 0)
        insert (&grown, table->tags[i]);
    }
  g_free (table->tags);
  *table = grown;
}

/* Moves on to the tag's place, or to the free one that ends the search. */
static gboolean
find (const Table *table, guint32 tag, guint *place)
{
  if (table->capacity == 0)
    return FALSE;

  *place = get_place (table, tag);
  while (table->tags[*place] != 0)
    {
      if (table->tags[*place] == tag)
        return TRUE;
      *place = step (table, *place);
    }
  return FALSE;
}

/**
 * weir_dedupe_new:
 *
 * Returns: (transfer full): a table of no event
 */
WeirDedupe *
weir_dedupe_new (void)
{
  return g_new0 (WeirDedupe, 1);
}

/**
 * weir_dedupe_free:
 * @self: (transfer full): a table
 */
void
weir_dedupe_free (WeirDedupe *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    g_free (self->tables[i].tags);
  g_free (self);
}

/**
 * weir_dedupe_make_key:
 * @account_number: whose event
 * @stream: the stream it came by
 * @id_hash: weir_hash_text() of the provider's id
 *
 * Returns: what stands for the event
 */
guint64
weir_dedupe_make_key (guint account_number, const char *stream, guint64 id_hash)
{
  const guint64 parts[] = { account_number, weir_hash_text (stream), id_hash };

  return weir_hash_bytes (parts, sizeof parts);
}

/**
 * weir_dedupe_add:
 * @self: a table
 * @key: an event's
 */
void
weir_dedupe_add (WeirDedupe *self, guint64 key)
{
  Table *table = &self->tables[key % N_TABLES];

  /* an eighth stays free */
  if (table->used + 1 > table->capacity - table->capacity / 8)
    grow (table);
  insert (table, get_tag (key));
}

/**
 * weir_dedupe_remove:
 * @self: a table
 * @key: that of an event that is gone
 */
void
weir_dedupe_remove (WeirDedupe *self, guint64 key)
{
  Table *table = &self->tables[key % N_TABLES];
  guint hole, next;

  if (!find (table, get_tag (key), &hole))
    return;

  /* whatever stands behind and would not be found any more moves into the hole */
  for (next = step (table, hole); table->tags[next] != 0; next = step (table, next))
    {
      guint home = get_place (table, table->tags[next]);
      guint behind = (next + table->capacity - home) % table->capacity;
      guint distance = (next + table->capacity - hole) % table->capacity;

      if (behind >= distance)
        {
          table->tags[hole] = table->tags[next];
          hole = next;
        }
    }
  table->tags[hole] = 0;
  table->used--;
}

/**
 * weir_dedupe_may_have:
 * @self: a table
 * @key: an event's
 *
 * Returns: %FALSE if the event was never added; %TRUE if it must be looked for
 */
gboolean
weir_dedupe_may_have (const WeirDedupe *self, guint64 key)
{
  guint place;

  return find (&self->tables[key % N_TABLES], get_tag (key), &place);
}

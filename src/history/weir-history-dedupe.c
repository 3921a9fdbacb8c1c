/* weir-history-dedupe.c: whether an event may be known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-dedupe.h"

#include "weir-hash.h"

/* Of each known event a tag of 32 bits in one of 256 tables: 40 bits that tell it from others. With ten
 * million events one new event in 100,000 looks known and is looked for in vain. Tables grow by an
 * eighth and one at a time, so that there is no moment with twice the memory. A tag's place in its
 * table goes by its value, so a table is nearly sorted and another one is filled in order. The first
 * ones are of different sizes, or all would be full at once. */
#define N_TABLES 256u
#define FIRST_CAPACITY 512u

typedef struct
{
  guint32 *tags; /* 0: free */
  guint capacity;
  guint used;
} Table;

struct _WeirDedupe
{
  guint capacity; /* of the first tables, about */
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
resize (Table *table, guint capacity)
{
  Table resized = { g_new0 (guint32, capacity), capacity, 0 };

  for (guint i = 0; i < table->capacity; i++)
    {
      if (table->tags[i] != 0)
        insert (&resized, table->tags[i]);
    }
  g_free (table->tags);
  *table = resized;
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
 * @n_events: about so many will be added soon
 *
 * Returns: (transfer full): a table of no event
 */
WeirDedupe *
weir_dedupe_new (guint n_events)
{
  WeirDedupe *self = g_new0 (WeirDedupe, 1);

  self->capacity = MAX (n_events / N_TABLES / 11 * 12, FIRST_CAPACITY);
  return self;
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
  guint i = (guint) (key % N_TABLES);
  Table *table = &self->tables[i];

  /* a twelfth stays free */
  if (table->capacity == 0)
    resize (table, self->capacity + self->capacity / 8 * i / N_TABLES);
  else if (table->used + 1 > table->capacity - table->capacity / 12)
    resize (table, table->capacity + table->capacity / 8);
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
  if (table->used < table->capacity / 2 && table->capacity > 2 * FIRST_CAPACITY)
    resize (table, table->capacity - table->capacity / 3);
}

/**
 * weir_dedupe_prefetch:
 * @self: a table
 * @key: an event's
 *
 * It will be looked for or added after some others: its place is nowhere near theirs in memory, and on the way by then.
 */
void
weir_dedupe_prefetch (const WeirDedupe *self, guint64 key)
{
  const Table *table = &self->tables[key % N_TABLES];

  if (table->capacity > 0)
    __builtin_prefetch (table->tags + get_place (table, get_tag (key)), 1);
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

/* weir-history-facets.c: the facets and accounts of a history in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-facets.h"

#include "weir-hash.h"
#include "weir-heap.h"

/* As many as a number with WEIR_COLUMNS_GONE has room for. What is not used of the table takes no memory. */
#define BLOCK 1024u
#define N_BLOCKS (0x80000000u / BLOCK)
#define BLOCKS_SIZE (N_BLOCKS * sizeof (WeirFacet **))
#define MAX_ACCOUNTS 65536u

/* What was handed out once stays until the history goes: a facet described anew is a new object, and
 * accounts are few. */
struct _WeirFacets
{
  WeirFacet ***blocks; /* read without a lock */
  int end;             /* atomic */
  WeirAccount *accounts[MAX_ACCOUNTS];
  guint8 gone[MAX_ACCOUNTS];
  int accounts_end; /* atomic */

  /* of who writes */
  GHashTable *by_content; /* WeirFacet → itself */
  GStringChunk *texts;
  GPtrArray *all_facets;
  GPtrArray *all_accounts;
};

/**
 * weir_facet_hash:
 * @key: a #WeirFacet
 *
 * Returns: a hash of what it says, but for its number and its account's description
 */
guint
weir_facet_hash (gconstpointer key)
{
  const WeirFacet *facet = key;
  const guint64 parts[] = {
    weir_hash_text (facet->kind),          weir_hash_text (facet->collection),
    weir_hash_text (facet->subscription),  weir_hash_text (facet->status),
    weir_hash_text (facet->connection),    weir_hash_text (facet->tenant),
    weir_hash_text (facet->stream),        facet->account_number,
    facet->flags * 8 + facet->time_source,
  };

  return (guint) weir_hash_bytes (parts, sizeof parts);
}

/**
 * weir_facet_equal:
 * @a: a #WeirFacet
 * @b: another
 *
 * Returns: whether they say the same, but for their number and their account's description
 */
gboolean
weir_facet_equal (gconstpointer a, gconstpointer b)
{
  const WeirFacet *one = a;
  const WeirFacet *other = b;

  return one->account_number == other->account_number && one->flags == other->flags
         && one->time_source == other->time_source && g_str_equal (one->kind, other->kind)
         && g_str_equal (one->collection, other->collection)
         && g_str_equal (one->subscription, other->subscription)
         && g_str_equal (one->status, other->status)
         && g_str_equal (one->connection, other->connection)
         && g_str_equal (one->tenant, other->tenant) && g_str_equal (one->stream, other->stream);
}

/**
 * weir_facets_new:
 *
 * Returns: (transfer full): no facets
 */
WeirFacets *
weir_facets_new (void)
{
  WeirFacets *self = g_new0 (WeirFacets, 1);

  self->blocks = weir_heap_new_block (BLOCKS_SIZE);
  self->end = 1;
  self->accounts_end = 1;
  self->by_content = g_hash_table_new (weir_facet_hash, weir_facet_equal);
  self->texts = g_string_chunk_new (4096);
  self->all_facets = g_ptr_array_new_with_free_func (g_free);
  self->all_accounts = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/**
 * weir_facets_free:
 * @self: (transfer full): facets
 */
void
weir_facets_free (WeirFacets *self)
{
  g_hash_table_unref (self->by_content);
  g_ptr_array_unref (self->all_facets);
  g_ptr_array_unref (self->all_accounts);
  g_string_chunk_free (self->texts);
  for (guint i = 0; i <= (guint) (self->end - 1) / BLOCK; i++)
    g_free (self->blocks[i]);
  weir_heap_free_block (self->blocks, BLOCKS_SIZE);
  g_free (self);
}

/**
 * weir_facets_get:
 * @self: facets
 * @number: a number
 *
 * Returns: (transfer none) (nullable): the facet
 */
const WeirFacet *
weir_facets_get (WeirFacets *self, guint number)
{
  WeirFacet **block;

  if (number / BLOCK >= N_BLOCKS)
    return NULL;
  block = g_atomic_pointer_get (&self->blocks[number / BLOCK]);
  return block != NULL ? g_atomic_pointer_get (&block[number % BLOCK]) : NULL;
}

/**
 * weir_facets_get_end:
 * @self: facets
 *
 * Returns: one more than the highest number
 */
guint
weir_facets_get_end (WeirFacets *self)
{
  return (guint) g_atomic_int_get (&self->end);
}

/**
 * weir_facets_get_account:
 * @self: facets
 * @account_number: an account's number
 *
 * Returns: (transfer none) (nullable): the account as it is described now, or was when it was removed
 */
WeirAccount *
weir_facets_get_account (WeirFacets *self, guint account_number)
{
  if (account_number >= MAX_ACCOUNTS)
    return NULL;
  return g_atomic_pointer_get (&self->accounts[account_number]);
}

/**
 * weir_facets_get_accounts_end:
 * @self: facets
 *
 * Returns: one more than the highest account number
 */
guint
weir_facets_get_accounts_end (WeirFacets *self)
{
  return (guint) g_atomic_int_get (&self->accounts_end);
}

/**
 * weir_facets_is_account_gone:
 * @self: facets
 * @account_number: an account's number
 *
 * Returns: whether there is no such account (any more)
 */
gboolean
weir_facets_is_account_gone (WeirFacets *self, guint account_number)
{
  return weir_facets_get_account (self, account_number) == NULL || self->gone[account_number];
}

static WeirFacet *
describe_anew (WeirFacets *self, const WeirFacet *facet, WeirAccount *account)
{
  WeirFacet *anew = g_memdup2 (facet, sizeof *facet);

  anew->account = account;
  g_ptr_array_add (self->all_facets, anew);
  return anew;
}

static void
publish (WeirFacets *self, WeirFacet *facet)
{
  WeirFacet **block = self->blocks[facet->number / BLOCK];

  if (block == NULL)
    {
      block = g_new0 (WeirFacet *, BLOCK);
      g_atomic_pointer_set (&self->blocks[facet->number / BLOCK], block);
    }
  g_atomic_pointer_set (&block[facet->number % BLOCK], facet);
  g_hash_table_replace (self->by_content, facet, facet);
  if ((int) facet->number >= self->end)
    g_atomic_int_set (&self->end, (int) facet->number + 1);
}

/**
 * weir_facets_put_account:
 * @self: facets
 * @account_number: its number, below 65,536
 * @account: the account
 *
 * Its facets are described anew.
 *
 * Returns: whether there is room for it
 */
gboolean
weir_facets_put_account (WeirFacets *self, guint account_number, WeirAccount *account)
{
  if (account_number == 0 || account_number >= MAX_ACCOUNTS)
    return FALSE;

  g_ptr_array_add (self->all_accounts, g_object_ref (account));
  g_atomic_pointer_set (&self->accounts[account_number], account);
  if ((int) account_number >= self->accounts_end)
    g_atomic_int_set (&self->accounts_end, (int) account_number + 1);

  for (guint i = 1; i < weir_facets_get_end (self); i++)
    {
      const WeirFacet *facet = weir_facets_get (self, i);

      if (facet != NULL && facet->account_number == account_number)
        publish (self, describe_anew (self, facet, account));
    }
  return TRUE;
}

/**
 * weir_facets_remove_account:
 * @self: facets
 * @account_number: that of an account that was removed
 *
 * Its facets can still be looked at, for who shows its last events, but are not found any more.
 */
void
weir_facets_remove_account (WeirFacets *self, guint account_number)
{
  self->gone[account_number] = TRUE;
  for (guint i = 1; i < weir_facets_get_end (self); i++)
    {
      const WeirFacet *facet = weir_facets_get (self, i);

      if (facet != NULL && facet->account_number == account_number)
        g_hash_table_remove (self->by_content, facet);
    }
}

/**
 * weir_facets_put:
 * @self: facets
 * @facet: a facet; copied
 *
 * Returns: whether its number is one that can be, and its account known
 */
gboolean
weir_facets_put (WeirFacets *self, const WeirFacet *facet)
{
  WeirAccount *account = weir_facets_get_account (self, facet->account_number);
  WeirFacet *own;

  if (facet->number == 0 || facet->number >= G_MAXINT || account == NULL)
    return FALSE;
  if (weir_facets_get (self, facet->number) != NULL)
    return TRUE;

  own = describe_anew (self, facet, account);
  own->stream = g_string_chunk_insert_const (self->texts, facet->stream);
  own->kind = g_string_chunk_insert_const (self->texts, facet->kind);
  own->collection = g_string_chunk_insert_const (self->texts, facet->collection);
  own->subscription = g_string_chunk_insert_const (self->texts, facet->subscription);
  own->status = g_string_chunk_insert_const (self->texts, facet->status);
  own->connection = g_string_chunk_insert_const (self->texts, facet->connection);
  own->tenant = g_string_chunk_insert_const (self->texts, facet->tenant);
  publish (self, own);
  return TRUE;
}

/**
 * weir_facets_find:
 * @self: facets
 * @facet: what it must be like, but for its number and its account's description
 *
 * Returns: the number of the facet that is the same, or 0
 */
guint
weir_facets_find (WeirFacets *self, const WeirFacet *facet)
{
  const WeirFacet *found = g_hash_table_lookup (self->by_content, facet);

  return found != NULL ? found->number : 0;
}

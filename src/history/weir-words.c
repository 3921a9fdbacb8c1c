/* weir-words.c: which words the texts of a page may have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-words.h"

#include <string.h>

#include "weir-letter.h"

/* A filter is a Bloom filter: a byte for the version, one for the number of bits an entry sets, then the bits.
 * Its entries are beginnings of words of so many letters that a search for the beginning of a word can ask
 * for the longest of them that it knows. Short ones say little: the first is of four letters, or of five
 * where a digit is among these (four digits are a year, or any four of a uuid). Of scripts without blanks
 * each two letters that stand together are one. */
#define VERSION 1
#define HEADER 2
#define BITS_PER_ENTRY 12
#define MAX_SHARE 34 /* the filter is at most so small a part of the text: 2.9 % */
#define LEAST_SIZE 64
#define MAX_HASHES 8

#define FIRST_LENGTH 4
#define FIRST_LENGTH_WITH_DIGITS 5
#define MAX_LENGTH 32
#define LENGTHS (1ull << 8 | 1ull << 12 | 1ull << 16 | 1ull << 24 | 1ull << MAX_LENGTH)

#define SEED G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define PRIME G_GUINT64_CONSTANT (0x00000100000001b3)
#define MULTIPLIER G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9)

/* What a beginning is made into; never 0. */
typedef void (*EntryFunc) (guint64 entry, gpointer user_data);

/* Distinct entries: open addressing, 0 is free. */
typedef struct
{
  guint64 *slots;
  gsize n_slots; /* a power of two */
  gsize n_entries;
} Entries;

static guint64
finish (guint64 hash)
{
  hash ^= hash >> 32;
  hash *= MULTIPLIER;
  hash ^= hash >> 29;
  return hash != 0 ? hash : 1;
}

static inline guint64
add_letter (guint64 hash, gunichar c)
{
  return (hash ^ c) * PRIME;
}

static inline gboolean
is_length (guint n_letters, gboolean has_digit)
{
  if (n_letters < 8)
    return n_letters == (has_digit ? FIRST_LENGTH_WITH_DIGITS : FIRST_LENGTH);
  return (LENGTHS >> n_letters & 1) != 0;
}

/* A text's words, letter after letter. */
typedef struct
{
  EntryFunc func;
  gpointer user_data;
  guint64 hash;
  guint n_letters;    /* of the word so far, 0: none */
  gboolean has_digit; /* among its first letters */
  gunichar alone;     /* the letter before, if it is of a script without blanks */
} Reader;

static G_ALWAYS_INLINE inline void
take_word_letter (Reader *reader, gunichar c, gboolean is_digit)
{
  if (reader->n_letters == MAX_LENGTH)
    return;
  if (reader->n_letters == 0)
    {
      reader->hash = SEED;
      reader->has_digit = FALSE;
    }
  reader->n_letters++;
  if (reader->n_letters <= FIRST_LENGTH)
    reader->has_digit |= is_digit;
  reader->hash = add_letter (reader->hash, c);
  if (reader->n_letters >= FIRST_LENGTH && is_length (reader->n_letters, reader->has_digit))
    reader->func (finish (reader->hash), reader->user_data);
}

static void
take_other_letter (Reader *reader, gunichar c)
{
  gboolean is_word = weir_letter_is_word (c);
  gboolean is_alone = is_word && weir_letter_is_alone (c);
  gunichar folded = is_word ? weir_letter_fold (c) : 0;

  if (is_word && reader->alone != 0)
    reader->func (finish (add_letter (add_letter (~SEED, reader->alone), folded)),
                  reader->user_data);
  if (is_word && !is_alone)
    take_word_letter (reader, folded, g_unichar_isdigit (c));
  else
    reader->n_letters = 0;
  reader->alone = is_alone ? folded : 0;
}

/* A text ends, or something stands there that is of no word. */
static inline void
take_gap (Reader *reader)
{
  reader->n_letters = 0;
  reader->alone = 0;
}

/* Made twice, for entries that are kept and for those that are asked for: a call for each would be slow.
 * @escapes: whether a backslash is JSON's */
static G_ALWAYS_INLINE inline void
read_text (Reader *reader, const char *at, const char *end, gboolean escapes)
{
  take_gap (reader);
  while (at < end)
    {
      guchar byte = (guchar) *at;
      gunichar c;

      if (byte < 0x80 && (byte != '\\' || !escapes) && reader->alone == 0)
        {
          if (g_ascii_isalnum ((char) byte))
            take_word_letter (reader, byte >= 'A' ? byte | 0x20 : byte, byte <= '9');
          else
            reader->n_letters = 0;
          at++;
        }
      else if (byte == '\\' && !escapes)
        {
          take_gap (reader);
          at++;
        }
      else
        {
          at = weir_letter_read (at, end, &c);
          take_other_letter (reader, c);
        }
    }
}

static void
insert (Entries *entries, guint64 entry)
{
  gsize mask = entries->n_slots - 1;
  gsize i = (gsize) entry & mask;

  while (entries->slots[i] != 0 && entries->slots[i] != entry)
    i = (i + 1) & mask;
  entries->n_entries += entries->slots[i] == 0;
  entries->slots[i] = entry;
}

static void
grow (Entries *entries)
{
  Entries grown = { g_new0 (guint64, entries->n_slots * 2), entries->n_slots * 2, 0 };

  for (gsize i = 0; i < entries->n_slots; i++)
    if (entries->slots[i] != 0)
      insert (&grown, entries->slots[i]);
  g_free (entries->slots);
  *entries = grown;
}

static void
keep_entry (guint64 entry, gpointer user_data)
{
  Entries *entries = user_data;

  insert (entries, entry);
  if (entries->n_entries * 2 > entries->n_slots)
    grow (entries);
}

static void
append_entry (guint64 entry, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, entry);
}

/* The bit that an entry's nth hash names. */
static inline guint64
get_bit (guint64 entry, guint n, guint64 n_bits)
{
  guint32 hash = (guint32) entry + n * ((guint32) (entry >> 32) | 1);

  return (hash * n_bits) >> 32;
}

static GBytes *
make_filter (const Entries *entries, gsize text_size)
{
  gsize size =
      MAX (LEAST_SIZE, MIN (entries->n_entries * BITS_PER_ENTRY / 8, text_size / MAX_SHARE));
  guint8 *filter = g_malloc0 (HEADER + size);
  guint64 n_bits = size * 8;
  guint n_hashes = (guint) CLAMP (n_bits * 7 / 10 / MAX (entries->n_entries, 1), 1, MAX_HASHES);

  filter[0] = VERSION;
  filter[1] = (guint8) n_hashes;
  for (gsize i = 0; i < entries->n_slots; i++)
    for (guint n = 0; entries->slots[i] != 0 && n < n_hashes; n++)
      {
        guint64 bit = get_bit (entries->slots[i], n, n_bits);

        filter[HEADER + bit / 8] |= (guint8) (1 << bit % 8);
      }
  return g_bytes_new_take (filter, HEADER + size);
}

/**
 * weir_words_filter_new:
 * @texts: (array length=n_texts): the events of a page, JSON
 * @n_texts: how many
 *
 * Returns: (transfer full): a filter of at most 3 % of the texts' size (64 bytes at least)
 */
GBytes *
weir_words_filter_new (const WeirJson *texts, guint n_texts)
{
  Entries entries = { g_new0 (guint64, 1024), 1024, 0 };
  Reader reader = { .func = keep_entry, .user_data = &entries };
  gsize size = 0;
  GBytes *filter;

  for (guint i = 0; i < n_texts; i++)
    {
      read_text (&reader, texts[i].text, texts[i].text + texts[i].length, TRUE);
      size += texts[i].length;
    }
  filter = make_filter (&entries, size);
  g_free (entries.slots);
  return filter;
}

/**
 * weir_words_collect:
 * @term: what is looked for, UTF-8: its first letter stands where a word begins
 *
 * Returns: (transfer full) (element-type guint64): what a filter is to be asked; empty if none can tell
 */
GArray *
weir_words_collect (const char *term)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (guint64));
  Reader reader = { .func = append_entry, .user_data = words };

  g_return_val_if_fail (term != NULL, words);

  read_text (&reader, term, term + strlen (term), FALSE);
  return words;
}

/**
 * weir_words_filter_may_have:
 * @filter: of weir_words_filter_new()
 * @size: its size in bytes
 * @words: (array length=n_words): of weir_words_collect()
 * @n_words: how many
 *
 * Returns: %FALSE if no text of the page has all of the words
 */
gboolean
weir_words_filter_may_have (const guint8 *filter, gsize size, const guint64 *words, guint n_words)
{
  guint64 n_bits;

  if (filter == NULL || size <= HEADER || size > G_MAXUINT32 / 8 || filter[0] != VERSION)
    return TRUE;
  n_bits = (size - HEADER) * 8;
  for (guint i = 0; i < n_words; i++)
    for (guint n = 0; n < filter[1]; n++)
      {
        guint64 bit = get_bit (words[i], n, n_bits);

        if ((filter[HEADER + bit / 8] & (1 << bit % 8)) == 0)
          return FALSE;
      }
  return TRUE;
}

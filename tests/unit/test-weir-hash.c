/* test-weir-hash.c: the hash that the history keeps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hash.h"

#include <string.h>

/* They stand in files: another value would make every known event a new one. */
static void
test_stable (void)
{
  static const struct
  {
    const char *text;
    guint64 hash;
  } CASES[] = {
    { "", G_GUINT64_CONSTANT (0x0000000000000000) },
    { "a", G_GUINT64_CONSTANT (0xd15a951e49a0a149) },
    { "evt_0001", G_GUINT64_CONSTANT (0x2e4975bbcda9bff6) },
    { "9c5b94b1-35ad-49bb-b118-8e8fc24abf80", G_GUINT64_CONSTANT (0xd8be5acd3c2b2a14) },
    { "Größe", G_GUINT64_CONSTANT (0x274e42f1b4fec0af) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_test_message ("%s: 0x%016" G_GINT64_MODIFIER "x", CASES[i].text,
                      weir_hash_text (CASES[i].text));
      g_assert_cmphex (weir_hash_text (CASES[i].text), ==, CASES[i].hash);
    }
}

/* A million ids that differ little: about one pair of equal low halves in 8,600 is chance. */
static void
test_spread (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n_low = 0;
  guint bits[64] = { 0 };

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *text = g_strdup_printf ("evt_%06u", i);
      guint64 hash = weir_hash_text (text);

      n_low += !g_hash_table_add (seen, GUINT_TO_POINTER ((guint) hash));
      for (guint bit = 0; bit < 64; bit++)
        bits[bit] += (hash >> bit) & 1;
    }

  g_assert_cmpuint (n_low, <, 10);
  for (guint bit = 0; bit < 64; bit++)
    {
      g_assert_cmpuint (bits[bit], >, 49000);
      g_assert_cmpuint (bits[bit], <, 51000);
    }
}

static void
test_length (void)
{
  static const char ZEROS[20] = { 0 };

  for (gsize i = 0; i < sizeof ZEROS; i++)
    for (gsize j = 0; j < i; j++)
      g_assert_cmphex (weir_hash_bytes (ZEROS, i), !=, weir_hash_bytes (ZEROS, j));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hash/stable", test_stable);
  g_test_add_func ("/hash/spread", test_spread);
  g_test_add_func ("/hash/length", test_length);

  return g_test_run ();
}

/* bench-weir-json.c: how fast a page of events is checked, beside json-glib
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-bench"

#include "weir-json-writer.h"
#include "weir-json.h"

#include <json-glib/json-glib.h>

#define EVENTS 4000
#define TRIES 5

/* A page as a provider sends it: short names, long and short strings, some of them not ASCII. */
static GBytes *
make_page (void)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  char *text;

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_begin_array (writer, "items");
  for (gint64 i = 0; i < EVENTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("65a1b2c3d4e5f60718%06d", (int) i);

      weir_json_writer_begin_object (writer, NULL);
      weir_json_writer_add_string (writer, "id", id);
      weir_json_writer_add_string (writer, "status", "success");
      weir_json_writer_add_time (writer, "createdAt",
                                 G_GINT64_CONSTANT (1767323045678000) + i * G_USEC_PER_SEC);
      weir_json_writer_begin_object (writer, "payload");
      weir_json_writer_add_string (writer, "type", "data-record-updated");
      weir_json_writer_add_int (writer, "revision", G_GINT64_CONSTANT (9007199254740993) + i);
      weir_json_writer_begin_object (writer, "fields");
      weir_json_writer_add_string (writer, "name", "Zoë Ångström");
      weir_json_writer_add_string (writer, "email", "zoe@example.com");
      weir_json_writer_add_boolean (writer, "active", i % 2 == 0);
      weir_json_writer_add_null (writer, "owner");
      weir_json_writer_add_string (writer, "note",
                                   "Called about the \"spring\" offer; wants an answer by Friday.\n"
                                   "Prefers to be written to, and asks for a copy of the invoice.");
      weir_json_writer_end_object (writer);
      weir_json_writer_end_object (writer);
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
check_with_weir (GBytes *page)
{
  return weir_json_parse (page, NULL, NULL);
}

static gboolean
check_with_json_glib (GBytes *page)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text = g_bytes_get_data (page, &size);

  return json_parser_load_from_data (parser, text, (gssize) size, NULL);
}

/* The best of several tries, in MB/s. */
static double
measure (GBytes *page, gboolean (*check) (GBytes *page))
{
  gint64 best = G_MAXINT64;

  for (int i = 0; i < TRIES; i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (!check (page))
        g_error ("the page is not JSON");
      best = MIN (best, MAX (g_get_monotonic_time () - start, 1));
    }
  return (double) g_bytes_get_size (page) / (double) best;
}

int
main (void)
{
  g_autoptr (GBytes) page = make_page ();
  double weir = measure (page, check_with_weir);
  double json_glib = measure (page, check_with_json_glib);

  g_print ("%.1f MB: weir-json %.0f MB/s, json-glib %.0f MB/s, ratio %.0f\n",
           (double) g_bytes_get_size (page) / 1e6, weir, json_glib, weir / json_glib);
  return 0;
}

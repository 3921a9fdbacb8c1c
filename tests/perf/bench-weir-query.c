/* bench-weir-query.c: how fast queries look at events, beside a plain look at each byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-bench"

#include "weir-query-match.h"
#include "weir-words.h"

#include <string.h>
#include <time.h>

#define EVENTS 60000
#define PAGE 1024
#define TRIES 5

typedef struct
{
  GString *text;
  GArray *views;    /* WeirJson */
  GArray *payloads; /* WeirJson, as the store knows them */
} Events;

/* As Sequin's: 854 bytes each. */
static Events
make_events (void)
{
  Events events = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (WeirJson)),
                    g_array_new (FALSE, FALSE, sizeof (WeirJson)) };
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (guint i = 0; i < EVENTS; i++)
    {
      g_autofree char *hash =
          g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) &i, sizeof i);
      gsize start = events.text->len;

      g_string_append_printf (
          events.text,
          "{\"event_id\":\"%.8s-%.4s-%.4s-%.4s-%.12s\",\"sync_id\":\"sync_3kTMd\",\"collection_id\":"
          "\"stripe:customer\",\"event\":\"%s\",\"upstream_id\":\"cus_%.10s\",\"upstream_updated_at\":"
          "\"2026-01-02T%02u:%02u:%02u.%03uZ\",\"data\":{\"name\":\"Zoë Miller\",\"email\":"
          "\"user%05u@example.com\",\"note\":\"Called about the \\\"spring\\\" offer; wants an answer by "
          "Friday.\\nPrefers to be written to, and asks for a copy of the invoice.\",\"address\":{\"city\":"
          "\"Berlin\",\"street\":\"Hauptstraße %u\",\"country\":\"DE\",\"postal_code\":\"%05u\"},\"balance\":"
          "%u.%02u,\"currency\":\"eur\",\"delinquent\":false,\"metadata\":{\"source\":\"import\",\"owner\":"
          "\"sales team %u\",\"segment\":\"small business\"},\"created\":17673%05u,\"description\":null,"
          "\"invoice_prefix\":\"%.8s\",\"items\":[{\"sku\":\"A-%u\",\"quantity\":%u},{\"sku\":\"B-%u\","
          "\"quantity\":%u}]}}",
          hash, hash + 8, hash + 12, hash + 16, hash + 20,
          i % 3 == 0   ? "created"
          : i % 3 == 1 ? "updated"
                       : "deleted",
          hash + 5, i / 3600 % 24, i / 60 % 60, i % 60, i % 1000, i, i % 97, i * 7 % 100000,
          i % 5000, i % 100, i % 12, i, hash + 3, i % 800, i % 9, i % 700, i % 11);
      g_array_append_val (starts, start);
    }
  for (guint i = 0; i < EVENTS; i++)
    {
      gsize start = g_array_index (starts, gsize, i);
      gsize end = i + 1 < EVENTS ? g_array_index (starts, gsize, i + 1) : events.text->len;
      WeirJson view = { events.text->str + start, end - start };
      WeirJson payload = weir_json_get (view, "data");

      g_array_append_val (events.views, view);
      g_array_append_val (events.payloads, payload);
    }
  return events;
}

/* µs that this thread has had: what else the machine does is not measured. */
static gint64
get_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * (gint64) G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static guint
count_matches (const Events *events, const WeirQueryMatch *match)
{
  guint n = 0;

  for (guint i = 0; i < events->views->len; i++)
    {
      WeirJson view = g_array_index (events->views, WeirJson, i);
      WeirJson payload = g_array_index (events->payloads, WeirJson, i);

      n += weir_query_match_raw (match, view.text, view.length, payload.text, payload.length);
    }
  return n;
}

static void
measure_query (const Events *events, const char *text)
{
  g_autoptr (WeirQuery) query = weir_query_new (text, NULL);
  g_autoptr (WeirQueryMatch) match = weir_query_match_new (query, 0);
  gint64 best = G_MAXINT64;
  guint n = 0;

  for (int i = 0; i < TRIES; i++)
    {
      gint64 start = get_time ();

      n = count_matches (events, match);
      best = MIN (best, MAX (get_time () - start, 1));
    }
  g_print ("%-34s %6.0f MB/s, %6u found\n", text, (double) events->text->len / (double) best, n);
}

/* The peer: each byte is looked at once by the C library. */
static void
measure_memchr (const Events *events)
{
  gint64 best = G_MAXINT64;

  for (int i = 0; i < TRIES; i++)
    {
      gint64 start = get_time ();

      for (guint j = 0; j < events->views->len; j++)
        {
          WeirJson view = g_array_index (events->views, WeirJson, j);

          if (memchr (view.text, '\x01', view.length) != NULL)
            g_error ("that is no JSON");
        }
      best = MIN (best, MAX (get_time () - start, 1));
    }
  g_print ("%-34s %6.0f MB/s\n", "(memchr alone)", (double) events->text->len / (double) best);
}

static guint
count_pages (GPtrArray *filters, const char *text)
{
  g_autoptr (WeirQuery) query = weir_query_new (text, NULL);
  g_autoptr (WeirQueryMatch) match = weir_query_match_new (query, 0);
  guint n = 0;

  for (guint i = 0; i < filters->len; i++)
    n += weir_query_match_page (match, g_bytes_get_data (filters->pdata[i], NULL),
                                g_bytes_get_size (filters->pdata[i]));
  return n;
}

static void
measure_filters (const Events *events)
{
  static const char *const QUERIES[] = { "user12345@example.com",
                                         "data.email:user12345@example.com", "zebra",
                                         "cus_f3ea80bc91", "miller" };
  g_autoptr (GPtrArray) filters = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const WeirJson *views = (const WeirJson *) (const void *) events->views->data;
  gint64 best = G_MAXINT64;
  gsize size = 0;

  for (int try = 0; try < TRIES; try++)
    {
      gint64 start = get_time ();

      g_ptr_array_set_size (filters, 0);
      size = 0;
      for (guint i = 0; i < EVENTS; i += PAGE)
        {
          GBytes *filter = weir_words_filter_new (views + i, MIN (PAGE, EVENTS - i));

          g_ptr_array_add (filters, filter);
          size += g_bytes_get_size (filter);
        }
      best = MIN (best, MAX (get_time () - start, 1));
    }
  g_print ("word filters: made at %.0f MB/s, %.2f %% of the bytes\n",
           (double) events->text->len / (double) best,
           100.0 * (double) size / (double) events->text->len);
  for (guint i = 0; i < G_N_ELEMENTS (QUERIES); i++)
    g_print ("  %-32s leaves %u of %u pages\n", QUERIES[i], count_pages (filters, QUERIES[i]),
             filters->len);
}

int
main (void)
{
  static const char *const QUERIES[] = {
    "zebra",
    "user12345@example.com",
    "miller",
    "updated",
    "error",
    "invoice -friday",
    "\"hauptstraße 12\"",
    "müller",
    "привет",
    "data.email:user12345@example.com",
    "data.name:\"zoë miller\"",
    "data.balance>4998",
    "data.items.*.sku:A-12",
    "data.missing:1",
  };
  Events events = make_events ();

  g_print ("%u events of %u bytes\n", EVENTS, (guint) (events.text->len / EVENTS));
  measure_memchr (&events);
  for (guint i = 0; i < G_N_ELEMENTS (QUERIES); i++)
    measure_query (&events, QUERIES[i]);
  measure_filters (&events);

  g_string_free (events.text, TRUE);
  g_array_unref (events.views);
  g_array_unref (events.payloads);
  return 0;
}

/* bench-weir-page.c: what a page of 500 events costs from the answer's bytes to records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-json.h"
#include "weir-load.h"
#include "weir-provider.h"
#include "weir-sequin-page.h"

#define EVENTS 500
#define TRIES 200

static GBytes *
make_page (void)
{
  GString *out = g_string_new ("{\"events\":[");

  for (guint i = 0; i < EVENTS; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      weir_load_append (out, 1, i, EVENTS);
    }
  g_string_append (out, "],\"cursor\":\"500\"}");
  return g_string_free_to_bytes (out);
}

static void
note (double *best, gint64 start)
{
  *best = MIN (*best, (double) (g_get_monotonic_time () - start) / 1000);
}

int
main (void)
{
  g_autoptr (GBytes) bytes = make_page ();
  g_autoptr (WeirAccount) account =
      weir_account_new ("uuid", "Perf", "sequin", "https://api.example.com", WEIR_AUTH_TOKEN, NULL,
                        NULL, NULL, FALSE);
  WeirHttpResponse response = { .status = 200, .body = bytes };
  WeirSequinQuestion *question = weir_sequin_question_new (NULL, 0);
  double checked = G_MAXDOUBLE, read = G_MAXDOUBLE; /* ms, of the best try */

  for (guint i = 0; i < TRIES; i++)
    {
      g_autoptr (GError) error = NULL;
      WeirEventPage *page;
      gint64 start = g_get_monotonic_time ();

      if (!weir_json_parse (bytes, NULL, NULL))
        g_error ("the page is not JSON");
      note (&checked, start);

      start = g_get_monotonic_time ();
      page = weir_sequin_page_read (account, &response, question, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (page->events->len, ==, EVENTS);
      g_object_unref (page);
      note (&read, start);
    }

  g_print ("a page of %.0f kB: checked in %.2f ms (%.0f MB/s), with its %u records made and freed "
           "in %.2f ms (%.0f MB/s)\n",
           (double) g_bytes_get_size (bytes) / 1e3, checked,
           (double) g_bytes_get_size (bytes) / checked / 1e3, EVENTS, read,
           (double) g_bytes_get_size (bytes) / read / 1e3);
  weir_sequin_question_free (question);
  return 0;
}

/* test-weir-coverage.c: which spans have been pulled, failed or were left out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-coverage.h"

#include "weir-time.h"

#include <string.h>

#define BEGIN G_GINT64_CONSTANT (1731263880000000)

static GPtrArray *
make_pulls (const char *text)
{
  g_autoptr (WeirAccount) account = weir_account_new ("uuid-1", "m", "membrane", "https://x",
                                                      WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  GPtrArray *pulls = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_autofree char *status = g_new0 (char, 32);
      g_autofree char *json = NULL;
      g_autofree char *start = NULL;
      g_autofree char *end = NULL;
      gint64 from, to;
      char *after;
      WeirJson root;
      WeirPullRun *pull;

      /* 10-20s: success, e: error, r: running, q: queued, f: a full scan, x: another word */
      from = g_ascii_strtoll (words[i], &after, 10);
      to = g_ascii_strtoll (after + 1, &after, 10);
      start = weir_time_to_iso (BEGIN + from * G_TIME_SPAN_SECOND);
      end = weir_time_to_iso (BEGIN + to * G_TIME_SPAN_SECOND);
      strcpy (status, *after == 'e'   ? "error"
                      : *after == 'r' ? "running"
                      : *after == 'q' ? "queued"
                      : *after == 'x' ? "paused"
                                      : "success");
      json = g_strdup_printf ("{\"id\":\"p%u\",\"externalEventSubscriptionId\":\"s\","
                              "\"startDatetime\":\"%s\",\"endDatetime\":\"%s\",\"status\":\"%s\","
                              "\"isFullScan\":%s,\"collectedEventIds\":[]}",
                              i, start, end, status, *after == 'f' ? "true" : "false");
      g_assert_true (weir_json_parse_text (json, -1, &root, NULL));
      pull = weir_pull_run_new (account, root, NULL);
      g_assert_nonnull (pull);
      g_ptr_array_add (pulls, pull);
    }

  return pulls;
}

static char *
describe (GPtrArray *pulls)
{
  g_autoptr (GArray) spans = weir_coverage_compute (pulls);
  GString *text = g_string_new (NULL);
  static const char *const WORDS[] = { "covered", "failed", "running", "hole" };

  for (guint i = 0; i < spans->len; i++)
    {
      const WeirCoverageSpan *span = &g_array_index (spans, WeirCoverageSpan, i);

      g_string_append_printf (text, "%s%d-%d %s", i > 0 ? ", " : "",
                              (int) ((span->from - BEGIN) / G_TIME_SPAN_SECOND),
                              (int) ((span->to - BEGIN) / G_TIME_SPAN_SECOND), WORDS[span->kind]);
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name;
  const char *pulls;
  const char *expected;
} cases[] = {
  { "none", "", "" },
  { "one", "10-70s", "10-70 covered" },
  { "one-failed", "10-70e", "10-70 failed" },
  { "chain", "10-70s 70-130s 130-190s", "10-190 covered" },
  { "any-order", "130-190s 10-70s 70-130s", "10-190 covered" },
  { "overlapping", "10-71s 70-131s 130-190s", "10-190 covered" },
  { "hole", "10-70s 70-130s 190-250s 250-310s", "10-130 covered, 130-190 hole, 190-310 covered" },
  { "failed-window", "10-70s 70-130e 130-190s", "10-70 covered, 70-130 failed, 130-190 covered" },
  /* tried again from where it was: the success has it all */
  { "tried-again", "10-70s 70-130e 70-190e 70-250s", "10-250 covered" },
  { "still-failing", "10-70s 70-130e 70-190e", "10-70 covered, 70-190 failed" },
  { "covered-in-part", "10-70s 70-130e 100-190s", "10-70 covered, 70-100 failed, 100-190 covered" },
  { "running", "10-70s 70-130r", "10-70 covered, 70-130 running" },
  { "running-again", "10-70s 70-130e 70-190r", "10-70 covered, 70-130 failed, 130-190 running" },
  { "queued", "10-70s 70-70q", "10-70 covered" },
  { "other-word", "10-70s 70-130x 130-190s", "10-190 covered" },
  { "full-scan", "10-70s 70-130e 130-190f", "10-190 covered" },
  /* times of runs, which leave out most of the time between them */
  { "run-times", "10-11s 70-71s 130-131s 190-192s", "10-192 covered" },
  { "run-times-failed", "10-11s 70-71s 130-131e 190-192s", "10-192 covered" },
  { "run-times-failing", "10-11s 70-71s 130-131e 190-192e", "10-71 covered, 71-192 failed" },
  { "run-times-one-late", "10-11s 70-71s 900-901s", "10-901 covered" },
  /* a moment is no hole */
  { "moment", "10-70s 71-130s", "10-130 covered" },
};

static void
test_case (gconstpointer data)
{
  gsize number = GPOINTER_TO_SIZE (data);
  g_autoptr (GPtrArray) pulls = make_pulls (cases[number].pulls);
  g_autofree char *text = describe (pulls);

  g_assert_cmpstr (text, ==, cases[number].expected);
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) pulls = NULL;
  g_autofree char *found = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "%s%u-%u%c", i > 0 ? " " : "", i * 60, i * 60 + 60,
                            i == 1000 ? 'e' : 's');
  pulls = make_pulls (text->str);
  found = describe (pulls);
  g_assert_cmpstr (found, ==, "0-60000 covered, 60000-60060 failed, 60060-120000 covered");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/coverage/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/coverage/many", test_many);

  return g_test_run ();
}

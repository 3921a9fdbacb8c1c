/* test-weir-coverage-text.c: coverage in words and in pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-coverage-text.h"

#include "weir-clock.h"
#include "weir-time.h"

/* Thu 12 Mar 2026, 14:00:00 UTC */
#define NOON G_GINT64_CONSTANT (1773324000000000)
#define MINUTE G_TIME_SPAN_MINUTE
#define NOW (NOON + 120 * MINUTE)

/* "c0-60 h60-78": covered in the first hour, then a hole of 18 minutes; f: failed, r: running */
static GArray *
make_spans (const char *text)
{
  static const char KINDS[] = { [WEIR_COVERAGE_COVERED] = 'c',
                                [WEIR_COVERAGE_FAILED] = 'f',
                                [WEIR_COVERAGE_RUNNING] = 'r',
                                [WEIR_COVERAGE_HOLE] = 'h' };
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (WeirCoverageSpan));
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      WeirCoverageSpan span = { WEIR_COVERAGE_COVERED, 0, 0 };
      char *end;

      while (KINDS[span.kind] != *words[i])
        span.kind++;
      span.from = NOON + g_ascii_strtoll (words[i] + 1, &end, 10) * MINUTE;
      span.to = NOON + g_ascii_strtoll (end + 1, NULL, 10) * MINUTE;
      g_array_append_val (spans, span);
    }

  return spans;
}

static GPtrArray *
make_pulls (void)
{
  static const struct
  {
    int from;
    int to;
    const char *rest;
  } PULLS[] = {
    { 0, 30, "\"status\":\"success\",\"collectedEventIds\":[\"a\"]" },
    { 30, 60, "\"status\":\"success\",\"collectedEventIds\":[\"b\",\"c\"]" },
    { 60, 78, "\"status\":\"error\",\"error\":{\"message\":\"Not valid JSON\"}" },
    { 78, 90, "\"status\":\"running\"" },
  };
  g_autoptr (WeirAccount) account = weir_account_new ("uuid-1", "m", "membrane", "https://x",
                                                      WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  GPtrArray *pulls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (PULLS); i++)
    {
      g_autofree char *start = weir_time_to_iso (NOON + PULLS[i].from * MINUTE);
      g_autofree char *end = weir_time_to_iso (NOON + PULLS[i].to * MINUTE);
      g_autofree char *json = g_strdup_printf ("{\"id\":\"p%u\",\"externalEventSubscriptionId\":"
                                               "\"s\",\"startDatetime\":\"%s\",\"endDatetime\":"
                                               "\"%s\",%s}",
                                               i, start, end, PULLS[i].rest);
      WeirJson root;

      g_assert_true (weir_json_parse_text (json, -1, &root, NULL));
      g_ptr_array_add (pulls, weir_pull_run_new (account, root, NULL));
      g_assert_nonnull (pulls->pdata[i]);
    }

  return pulls;
}

static const struct
{
  const char *spans;
  const char *expected;
} summaries[] = {
  { "", "No pull run is known yet" },
  { "c0-60", "Covered without a hole from 14:00:00 to 15:00:00" },
  { "c0-60 h60-78 c78-100", "Covered 82% from 14:00:00 to 15:40:00, 1 hole, longest 18 min" },
  { "c0-900 h900-912 c912-1400 h1400-1405",
    "Covered 98% from 14:00:00 to 13 Mar, 13:25, 2 holes, longest 12 min" },
  { "c0-60 f60-78", "Covered 76% from 14:00:00 to 15:18:00, 1 failed span, longest 18 min" },
  { "f0-5 h5-10 f10-12",
    "Covered 0% from 14:00:00 to 14:12:00, 1 hole, 2 failed spans, longest 5 min" },
  { "c0-60 r60-78", "Covered without a hole from 14:00:00 to 15:00:00, being pulled now" },
  { "r0-18", "Nothing is pulled yet since 14:00:00, being pulled now" },
  /* as good as all is not all */
  { "c0-100000 h100000-100001",
    "Covered 99% from 14:00:00 to 21 May, 00:41, 1 hole, longest 1 min" },
};

static void
test_summaries (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (summaries); i++)
    {
      g_autoptr (GArray) spans = make_spans (summaries[i].spans);
      g_autofree char *text = weir_coverage_dup_summary (spans);

      g_assert_cmpstr (text, ==, summaries[i].expected);
    }
}

static const struct
{
  const char *span;
  const char *line;
  const char *cause;
} lines[] = {
  { "h62-70", "Not pulled 15:02:00 – 15:10:00 (8 min)", "No known pull run was for it" },
  { "f60-78", "Not pulled 15:00 – 15:18 (18 min)",
    "The pull run 15:00:00 – 15:18:00 failed: Not valid JSON" },
  { "c0-20", "Pulled 14:00 – 14:20 (20 min)",
    "The pull run 14:00:00 – 14:30:00 collected 1 event" },
  { "c0-60", "Pulled 14:00 – 15:00 (1 h)",
    "2 pull runs\nThe pull run 14:30:00 – 15:00:00 collected 2 events" },
  { "r78-90", "Being pulled 15:18 – 15:30 (12 min)",
    "The pull run 15:18:00 – 15:30:00 has not ended" },
};

static void
test_lines (void)
{
  g_autoptr (GPtrArray) pulls = make_pulls ();

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GArray) spans = make_spans (lines[i].span);
      const WeirCoverageSpan *span = &g_array_index (spans, WeirCoverageSpan, 0);
      g_autoptr (GPtrArray) own = weir_coverage_find_pulls (pulls, span);
      g_autofree char *line = weir_coverage_dup_line (span);
      g_autofree char *cause = weir_coverage_dup_cause (span, own, 0);

      g_assert_cmpstr (line, ==, lines[i].line);
      g_assert_cmpstr (cause, ==, lines[i].cause);
    }
}

/* The run of the place that is pointed at is told. */
static void
test_pick (void)
{
  g_autoptr (GPtrArray) pulls = make_pulls ();

  g_assert_true (weir_coverage_pick_pull (pulls, 0) == pulls->pdata[3]);
  g_assert_true (weir_coverage_pick_pull (pulls, NOON + 45 * MINUTE) == pulls->pdata[1]);
  g_assert_true (weir_coverage_pick_pull (pulls, NOON - 45 * MINUTE) == pulls->pdata[0]);
  g_assert_true (weir_coverage_pick_pull (pulls, NOON + 900 * MINUTE) == pulls->pdata[3]);
}

static const struct
{
  const char *spans;
  int from;
  int to;
  guint width;
  const char *expected;
} bins[] = {
  { "", 0, 100, 100, "" },
  { "c0-100", 0, 100, 50, "c0+50" },
  { "c0-50 h50-100", 0, 100, 10, "c0+5 h5+5" },
  /* what begins later, or has ended, leaves room */
  { "c50-75", 0, 100, 100, "c50+25" },
  /* a hole is seen even if it is much shorter than a pixel, also at the end */
  { "c0-50000 h50000-50001 c50001-100000", 0, 100000, 100, "c0+50 h50+3 c53+47" },
  { "c0-99999 h99999-100000", 0, 100000, 100, "c0+97 h97+3" },
  { "c0-50000 f50000-50001 h50001-50002 c50002-100000", 0, 100000, 100, "c0+50 f50+3 c53+47" },
  { "c0-50000 r50000-50001 c50001-100000", 0, 100000, 100, "c0+50 r50+1 c51+49" },
  /* no room */
  { "c0-50 h50-100", 0, 100, 1, "h0+1" },
  { "c0-50 h50-100", 0, 100, 0, "" },
  { "c0-50", 0, 0, 10, "" },
};

static void
test_bins (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bins); i++)
    {
      g_autoptr (GArray) spans = make_spans (bins[i].spans);
      g_autoptr (GArray) pieces = weir_coverage_bin (spans, NOON + bins[i].from * MINUTE,
                                                     NOON + bins[i].to * MINUTE, bins[i].width);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < pieces->len; j++)
        {
          const WeirCoveragePiece *piece = &g_array_index (pieces, WeirCoveragePiece, j);

          g_string_append_printf (text, "%s%c%u+%u", j > 0 ? " " : "", "cfrh"[piece->kind],
                                  piece -> x, piece -> width);
        }
      g_assert_cmpstr (text->str, ==, bins[i].expected);
    }
}

/* However many runs there are, no more is drawn than there are pixels. */
static void
test_many (void)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (WeirCoverageSpan));
  g_autoptr (GArray) pieces = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      const WeirCoverageSpan span = { i % 2 == 0 ? WEIR_COVERAGE_COVERED : WEIR_COVERAGE_RUNNING,
                                      NOON + i * MINUTE, NOON + (i + 1) * MINUTE };

      g_array_append_val (spans, span);
    }
  pieces = weir_coverage_bin (spans, NOON, NOON + 20000 * MINUTE, 400);
  g_assert_cmpuint (pieces->len, <=, 400);
  g_assert_cmpuint (pieces->len, >, 0);
}

static void
test_ranges (void)
{
  g_autoptr (GArray) none = make_spans ("");
  g_autoptr (GArray) hours = make_spans ("c0-120");
  g_autoptr (GArray) days = make_spans ("c0-4000");
  g_autoptr (GArray) weeks = make_spans ("c0-40000");
  gint64 now = NOON + 40000 * MINUTE;
  gint64 from, to;

  g_assert_false (weir_coverage_get_range (none, WEIR_COVERAGE_ALL, now, &from, &to));
  g_assert_false (weir_coverage_get_range (hours, WEIR_COVERAGE_DAY, NOW, &from, &to));
  g_assert_true (weir_coverage_get_range (hours, WEIR_COVERAGE_ALL, NOW, &from, &to));
  g_assert_cmpint (from, ==, NOON);
  g_assert_cmpint (to, ==, NOON + 120 * MINUTE);
  /* over long since: the last day shows nothing */
  g_assert_false (weir_coverage_get_range (days, WEIR_COVERAGE_DAY, now, &from, &to));
  g_assert_true (
      weir_coverage_get_range (days, WEIR_COVERAGE_DAY, NOON + 4010 * MINUTE, &from, &to));
  g_assert_false (
      weir_coverage_get_range (days, WEIR_COVERAGE_WEEK, NOON + 4010 * MINUTE, &from, &to));
  g_assert_true (weir_coverage_get_range (weeks, WEIR_COVERAGE_WEEK, now, &from, &to));
  g_assert_cmpint (from, ==, now - 7 * G_TIME_SPAN_DAY);
  g_assert_cmpint (to, ==, now);
}

static void
test_clip (void)
{
  g_autoptr (GArray) spans = make_spans ("c0-60 h60-78 c78-100");
  g_autoptr (GArray) clipped = weir_coverage_clip (spans, NOON + 70 * MINUTE, NOON + 90 * MINUTE);
  g_autoptr (GArray) nothing = weir_coverage_clip (spans, NOON + 200 * MINUTE, NOON + 300 * MINUTE);

  g_assert_cmpuint (clipped->len, ==, 2);
  g_assert_cmpint (g_array_index (clipped, WeirCoverageSpan, 0).from, ==, NOON + 70 * MINUTE);
  g_assert_cmpint (g_array_index (clipped, WeirCoverageSpan, 0).to, ==, NOON + 78 * MINUTE);
  g_assert_cmpint (g_array_index (clipped, WeirCoverageSpan, 1).to, ==, NOON + 90 * MINUTE);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  weir_clock_set_fake (NOW);

  g_test_add_func ("/coverage-text/summaries", test_summaries);
  g_test_add_func ("/coverage-text/lines", test_lines);
  g_test_add_func ("/coverage-text/pick", test_pick);
  g_test_add_func ("/coverage-text/bins", test_bins);
  g_test_add_func ("/coverage-text/many", test_many);
  g_test_add_func ("/coverage-text/ranges", test_ranges);
  g_test_add_func ("/coverage-text/clip", test_clip);

  return g_test_run ();
}

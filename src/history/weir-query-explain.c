/* weir-query-explain.c: how a query was read, and what it scans
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-clock.h"
#include "weir-query-private.h"
#include "weir-words.h"
#include "weir-zone.h"

/* What must be looked at, the cheapest first. */
typedef enum
{
  SCAN_MEMORY,
  SCAN_PAGES,
  SCAN_EVENTS,
} Scan;

static const char *
get_field_name (WeirQueryField field)
{
  for (const WeirQueryFieldInfo *info = weir_query_list_fields (); info->name != NULL; info++)
    if (info->field == field)
      return info->name;
  return "";
}

static gboolean
has_filter_words (const WeirQueryTerm *term)
{
  g_autoptr (GArray) words = weir_words_collect (term->value);

  return words->len > 0;
}

static Scan
find_scan (const WeirQueryTerm *term)
{
  switch (term->field)
    {
    case WEIR_QUERY_WORD:
      return !term->negated && has_filter_words (term) ? SCAN_PAGES : SCAN_EVENTS;
    case WEIR_QUERY_DATA:
      return !term->negated && term->comparison == WEIR_QUERY_EQUAL
                     && g_ascii_isalpha (term->value[0]) && has_filter_words (term)
                 ? SCAN_PAGES
                 : SCAN_EVENTS;
    case WEIR_QUERY_RECORD:
    case WEIR_QUERY_ID:
      return SCAN_PAGES;
    default:
      return SCAN_MEMORY;
    }
}

static const char *
describe_scan (Scan scan, gboolean is_hashed)
{
  switch (scan)
    {
    case SCAN_MEMORY:
      return _ ("only columns in memory");
    case SCAN_PAGES:
      return is_hashed ? _ ("the hash of each event, then the event itself")
                       : _ ("the word filter of each page, then the bytes of its events");
    case SCAN_EVENTS:
    default:
      return _ ("the bytes of each event");
    }
}

static char *
dup_path (const WeirQueryTerm *term)
{
  GString *path = g_string_new ("data");

  for (guint i = 0; term->path[i] != NULL; i++)
    {
      const char *key = WEIR_QUERY_KEY (term->path[i]);
      g_autofree char *step = key != term->path[i] && g_str_equal (key, "*")
                                  ? g_strdup ("\"*\"")
                                  : weir_query_quote (key);

      g_string_append_printf (path, ".%s", step);
    }
  return g_string_free (path, FALSE);
}

static char *
dup_time (const WeirQueryTerm *term)
{
  g_autoptr (GDateTime) local = NULL;
  gint64 time = 0;

  if (weir_query_parse_time (term->value, weir_clock_now (), NULL, &time))
    local = weir_zone_to_date (time);
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S %Z")
                       : g_strdup (term->value);
}

/* Terms of the same field, or path, that one of is enough; the first of them is told with all values. */
static gboolean
is_joined (const WeirQueryTerm *a, const WeirQueryTerm *b)
{
  if (a->field != b->field || a->negated || b->negated || a->comparison != WEIR_QUERY_EQUAL
      || b->comparison != WEIR_QUERY_EQUAL)
    return FALSE;
  if (a->field == WEIR_QUERY_DATA)
    return g_strv_equal ((const char *const *) a->path, (const char *const *) b->path);
  return a->field < WEIR_QUERY_AFTER;
}

/* Without the colon. */
static char *
dup_field_name (WeirQueryField field)
{
  const char *name = get_field_name (field);

  return g_strndup (name, strcspn (name, ":"));
}

static char *
dup_values (const WeirQueryTerm *terms,
            guint n_terms,
            guint first,
            WeirQueryLabel label,
            gpointer user_data)
{
  g_autofree char *field = dup_field_name (terms[first].field);
  char *values = NULL;

  for (guint i = first; i < n_terms; i++)
    if (i == first || is_joined (&terms[first], &terms[i]))
      {
        g_autofree char *name = label != NULL ? label (field, terms[i].value, user_data) : NULL;
        /* Translators: a value in quotes */
        g_autofree char *value = g_strdup_printf (_ ("“%s”"), name != NULL ? name : terms[i].value);
        g_autofree char *before = values;

        values =
            before == NULL
                ? g_steal_pointer (&value)
                /* Translators: two values or more of which one is enough: what comes before, and the last */
                : g_strdup_printf (C_ ("query values", "%s or %s"), before, value);
      }
  return values;
}

static char *
dup_comparison (const WeirQueryTerm *term, const char *path)
{
  switch (term->comparison)
    {
    case WEIR_QUERY_GREATER:
      return g_strdup_printf (term->negated ? _ ("%s is not greater than %s")
                                            : _ ("%s is greater than %s"),
                              path, term->value);
    case WEIR_QUERY_GREATER_EQUAL:
      return g_strdup_printf (term->negated ? _ ("%s is not %s or greater")
                                            : _ ("%s is %s or greater"),
                              path, term->value);
    case WEIR_QUERY_LESS:
      return g_strdup_printf (term->negated ? _ ("%s is not less than %s")
                                            : _ ("%s is less than %s"),
                              path, term->value);
    case WEIR_QUERY_LESS_EQUAL:
      return g_strdup_printf (term->negated ? _ ("%s is not %s or less") : _ ("%s is %s or less"),
                              path, term->value);
    case WEIR_QUERY_EQUAL:
    default:
      return NULL;
    }
}

static char *
dup_reading (const WeirQueryTerm *terms,
             guint n_terms,
             guint at,
             WeirQueryLabel label,
             gpointer user_data)
{
  const WeirQueryTerm *term = &terms[at];
  g_autofree char *values = dup_values (terms, n_terms, at, label, user_data);
  g_autofree char *name = NULL;
  g_autofree char *time = NULL;

  switch (term->field)
    {
    case WEIR_QUERY_WORD:
      /* Translators: %s is a word in quotes */
      return g_strdup_printf (
          term->negated ? _ ("no word begins with %s") : _ ("a word begins with %s"), values);
    case WEIR_QUERY_AFTER:
    case WEIR_QUERY_BEFORE:
      time = dup_time (term);
      return g_strdup_printf ((term->field == WEIR_QUERY_AFTER) != term->negated
                                  /* Translators: %s is a date and time */
                                  ? _ ("occurred at %s or later")
                                  : _ ("occurred before %s"),
                              time);
    case WEIR_QUERY_IS:
      /* Translators: %s is a word in quotes: late, unreadable or error */
      return g_strdup_printf (term->negated ? _ ("is not %s") : _ ("is %s"), values);
    case WEIR_QUERY_DATA:
      name = dup_path (term);
      break;
    default:
      name = dup_field_name (term->field);
    }

  if (term->comparison != WEIR_QUERY_EQUAL)
    return dup_comparison (term, name);
  /* Translators: a field's name, and a value in quotes */
  return g_strdup_printf (term->negated ? _ ("%s is not %s") : _ ("%s is %s"), name, values);
}

static gboolean
is_told (const WeirQueryTerm *terms, guint at)
{
  for (guint i = 0; i < at; i++)
    if (is_joined (&terms[i], &terms[at]))
      return TRUE;
  return FALSE;
}

/**
 * weir_query_dup_explanation:
 * @self: a query
 * @label: (nullable): knows what a person calls a value, such as the name of what has that id
 * @user_data: for @label
 *
 * Says how it was read, a line a term (values of one field share a line), and what each line looks at: columns
 * that are in memory, the word filter of each page or the hashes of each event, or the bytes of each event that
 * the other lines leave. The last line says so of the whole.
 *
 * Returns: (transfer full): lines, translated
 */
char *
weir_query_dup_explanation (WeirQuery *self, WeirQueryLabel label, gpointer user_data)
{
  GString *lines = g_string_new (NULL);
  guint n_terms;
  const WeirQueryTerm *terms = weir_query_get_terms (self, &n_terms);
  Scan most = SCAN_MEMORY;
  gboolean has_pages = FALSE;

  for (guint i = 0; i < n_terms; i++)
    {
      Scan scan = find_scan (&terms[i]);
      gboolean is_hashed = terms[i].field == WEIR_QUERY_RECORD || terms[i].field == WEIR_QUERY_ID;
      g_autofree char *reading = NULL;

      if (is_told (terms, i))
        continue;
      most = MAX (most, scan);
      has_pages = has_pages || scan == SCAN_PAGES;
      reading = dup_reading (terms, n_terms, i, label, user_data);
      /* Translators: how a term was read — what is scanned for it */
      g_string_append_printf (lines, _ ("%s — %s"), reading, describe_scan (scan, is_hashed));
      g_string_append_c (lines, '\n');
    }

  if (n_terms == 0)
    g_string_append (lines, _ ("Everything matches; nothing is scanned."));
  else if (most == SCAN_MEMORY)
    g_string_append (lines, _ ("Scans only columns in memory."));
  else if (has_pages)
    g_string_append (lines, _ ("Scans the events of the pages that may match."));
  else
    g_string_append (lines, _ ("Scans the bytes of each event that the columns leave."));
  return g_string_free (lines, FALSE);
}

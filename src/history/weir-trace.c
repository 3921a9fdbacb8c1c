/* weir-trace.c: a quick "it is not in there"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-trace.h"

#include <string.h>

#include "weir-letter.h"
#include "weir-search.h"

/* Behind it no letter has two cases, and before it lie wide ranges that have none: neither is looked through for those
 * that fold to a letter. */
#define CASES_END 0x1f000

struct _WeirTrace
{
  WeirSearch *run;  /* (nullable) the longest run of letters that JSON writes as they are */
  gboolean is_text; /* that run is the whole text */
  GPtrArray
      *variants; /* (nullable) (element-type WeirSearch) without a run: one of these is there */
  WeirSearch *hiding; /* how an escape of an ASCII letter begins */
};

/* What a serializer writes as it is. All others may be escaped, but nothing keeps it from escaping these. */
static gboolean
is_plain (char c)
{
  return (guchar) c >= 0x20 && (guchar) c < 0x80 && c != '"' && c != '\\' && c != '/';
}

/* The longest, and its beginning. */
static gsize
measure_run (const char *text, const char **start)
{
  gsize longest = 0;

  for (const char *at = text; *at != '\0';)
    {
      gsize length = 0;

      while (is_plain (at[length]))
        length++;
      if (length > longest)
        {
          longest = length;
          *start = at;
        }
      at += MAX (length, 1);
    }
  return longest;
}

/* In UTF-8, and as an escape. */
static void
add_variant (GPtrArray *variants, gunichar c)
{
  char bytes[6];
  char escape[13];

  g_ptr_array_add (variants, weir_search_new (bytes, (gsize) g_unichar_to_utf8 (c, bytes)));
  if (c < 0x10000)
    g_snprintf (escape, sizeof escape, "\\u%04x", c);
  else
    g_snprintf (escape, sizeof escape, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                0xdc00 + ((c - 0x10000) & 0x3ff));
  g_ptr_array_add (variants, weir_search_new (escape, strlen (escape)));
}

static gboolean
has_cases (gunichar c)
{
  return (c < 0x3000 || c >= 0xa640) && (c < 0xac00 || c >= 0xfb00) && c < CASES_END;
}

/* All letters that fold to @letter. */
static GPtrArray *
list_variants (gunichar letter)
{
  GPtrArray *variants = g_ptr_array_new_with_free_func ((GDestroyNotify) weir_search_free);

  if (!has_cases (letter))
    {
      add_variant (variants, letter);
      return variants;
    }
  for (gunichar c = 0x80; c < CASES_END; c++)
    if (has_cases (c) && weir_letter_fold (c) == letter)
      add_variant (variants, c);
  return variants;
}

/**
 * weir_trace_new:
 * @text: UTF-8, not empty
 *
 * Returns: (transfer full): its trace
 */
WeirTrace *
weir_trace_new (const char *text)
{
  WeirTrace *self = g_new0 (WeirTrace, 1);
  const char *start = NULL;
  gsize length = measure_run (text, &start);

  if (length > 0)
    {
      self->run = weir_search_new (start, length);
      self->is_text = text[length] == '\0';
      self->hiding = weir_search_new ("\\u00", 4);
    }
  else
    {
      gunichar letter = 0;

      for (const char *at = text; *at != '\0' && letter < 0x80; at = g_utf8_next_char (at))
        letter = g_utf8_get_char (at);
      /* U+FFFD stands for what is no letter, and that is written in many ways. */
      if (letter >= 0x80 && letter != 0xfffd)
        self->variants = list_variants (weir_letter_fold (letter));
    }
  return self;
}

/**
 * weir_trace_free:
 * @self: (nullable): a trace
 */
void
weir_trace_free (WeirTrace *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->run, weir_search_free);
  g_clear_pointer (&self->variants, g_ptr_array_unref);
  g_clear_pointer (&self->hiding, weir_search_free);
  g_free (self);
}

/**
 * weir_trace_is_text:
 *
 * Returns: whether the whole text can be found by weir_trace_find()
 */
gboolean
weir_trace_is_text (const WeirTrace *self)
{
  return self->is_text;
}

/**
 * weir_trace_is_part:
 *
 * Returns: whether a part of the text can be found by weir_trace_find(), or the whole
 */
gboolean
weir_trace_is_part (const WeirTrace *self)
{
  return self->run != NULL;
}

/**
 * weir_trace_find:
 * @self: a trace that weir_trace_is_part()
 * @at: where to begin
 * @end: behind the last byte
 *
 * Returns: (nullable): where it begins, %NULL if nowhere
 */
const char *
weir_trace_find (const WeirTrace *self, const char *at, const char *end)
{
  return weir_search_find (self->run, at, end);
}

/**
 * weir_trace_is_hidden:
 * @self: a trace that weir_trace_is_part()
 * @raw: JSON
 * @length: its length in bytes
 *
 * Returns: whether there are escapes for letters that need none, so that it may be there unseen
 */
gboolean
weir_trace_is_hidden (const WeirTrace *self, const char *raw, gsize length)
{
  const char *end = raw + length;

  for (const char *at = weir_search_find (self->hiding, raw, end); at != NULL;
       at = weir_search_find (self->hiding, at + 4, end))
    if (end - at > 4 && at[4] >= '2' && at[4] <= '7')
      return TRUE;
  return FALSE;
}

/**
 * weir_trace_may_be_in:
 * @self: a trace
 * @raw: JSON
 * @length: its length in bytes
 *
 * Returns: %FALSE if the text is surely not in @raw
 */
gboolean
weir_trace_may_be_in (const WeirTrace *self, const char *raw, gsize length)
{
  const char *end = raw + length;

  if (self->run != NULL)
    return weir_search_find (self->run, raw, end) != NULL
           || weir_trace_is_hidden (self, raw, length);
  if (self->variants == NULL)
    return TRUE;
  for (guint i = 0; i < self->variants->len; i++)
    if (weir_search_find (self->variants->pdata[i], raw, end) != NULL)
      return TRUE;
  return FALSE;
}

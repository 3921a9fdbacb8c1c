/* weir-word.c: finds a word in an event as it was sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-word.h"

#include <string.h>

#include "weir-letter.h"
#include "weir-trace.h"

struct _WeirWord
{
  WeirTrace *trace;
  gunichar *letters; /* folded */
  glong n_letters;
  gboolean begins_word; /* may stand only where a word begins */
  gboolean crosses;     /* has what JSON writes between strings too */
};

/* One string, number, true, false or null. */
typedef struct
{
  const char *start; /* without quotes */
  const char *end;
  gboolean is_string;
  gboolean is_key;
} Token;

static inline gboolean
is_between_tokens (char c)
{
  switch (c)
    {
    case '{':
    case '}':
    case '[':
    case ']':
    case ':':
    case ',':
    case ' ':
    case '\n':
    case '\r':
    case '\t':
      return TRUE;
    default:
      return FALSE;
    }
}

/* From an opening quote to the closing one. */
static const char *
find_quote (const char *at, const char *end)
{
  for (at++; at < end; at++)
    {
      const char *quote = memchr (at, '"', (gsize) (end - at));
      const char *backslash;

      if (quote == NULL)
        return end;
      backslash = quote;
      while (backslash > at && backslash[-1] == '\\')
        backslash--;
      if ((quote - backslash) % 2 == 0)
        return quote;
      at = quote;
    }
  return end;
}

/* The next one from *@at on, which moves behind it. */
static gboolean
take_token (const char **at, const char *end, Token *token)
{
  const char *p = *at;
  const char *behind;

  while (p < end && is_between_tokens (*p))
    p++;
  if (p == end)
    return FALSE;

  token->is_string = *p == '"';
  token->is_key = FALSE;
  token->start = p;
  if (token->is_string)
    {
      token->start = p + 1;
      token->end = find_quote (p, end);
      behind = MIN (token->end + 1, end);
      *at = behind;
      while (behind < end
             && (*behind == ' ' || *behind == '\n' || *behind == '\r' || *behind == '\t'))
        behind++;
      token->is_key = behind < end && *behind == ':';
      return TRUE;
    }
  while (p < end && *p != '"' && !is_between_tokens (*p))
    p++;
  token->end = p;
  *at = p;
  return TRUE;
}

static gboolean
is_within (WeirJson payload, const char *at)
{
  return payload.text != NULL && at >= payload.text && at < payload.text + payload.length;
}

/* Keys count in the payload only. */
static gboolean
counts (const Token *token, WeirEventText *text)
{
  return !token->is_key || is_within (weir_event_text_get_payload (text), token->start);
}

static gboolean
is_at (const WeirWord *self, const char *at, const char *end)
{
  for (glong i = 0; i < self->n_letters; i++)
    {
      gunichar c;

      if (at >= end)
        return FALSE;
      at = weir_letter_read (at, end, &c);
      if (weir_letter_fold (c) != self->letters[i])
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_in_token (const WeirWord *self, const Token *token)
{
  gunichar before = 0;
  gunichar c;

  for (const char *at = token->start; at < token->end; before = c)
    {
      const char *next = weir_letter_read (at, token->end, &c);

      if (weir_letter_fold (c) == self->letters[0]
          && (!self->begins_word || weir_letter_begins (before, c)) && is_at (self, at, token->end))
        return TRUE;
      at = next;
    }
  return FALSE;
}

/* Letter by letter, with all escapes. */
static gboolean
read_through (const WeirWord *self, WeirEventText *text)
{
  const char *at = text->raw.text;
  const char *end = at + text->raw.length;
  Token token;

  while (take_token (&at, end, &token))
    if (counts (&token, text) && is_in_token (self, &token))
      return TRUE;
  return FALSE;
}

/* The same, but only where a part of the word is. */
static gboolean
read_parts (const WeirWord *self, WeirEventText *text)
{
  const char *at = text->raw.text;
  const char *end = at + text->raw.length;
  const char *hit = weir_trace_find (self->trace, at, end);
  Token token;

  while (hit != NULL && take_token (&at, end, &token))
    {
      if (hit < token.start)
        hit = weir_trace_find (self->trace, token.start, end);
      if (hit == NULL || hit >= token.end)
        continue;
      if (counts (&token, text) && is_in_token (self, &token))
        return TRUE;
      hit = weir_trace_find (self->trace, token.end, end);
    }
  return FALSE;
}

/* The bytes at @hit are those of the text: whether they are the text. */
static gboolean
accept (const WeirWord *self, WeirEventText *text, const char *hit)
{
  const char *at = text->raw.text;
  const char *end = at + text->raw.length;
  gunichar before;
  Token token;

  if (!weir_letter_read_before (at, hit, &before)
      || (self->begins_word && !weir_letter_begins (before, self->letters[0])))
    return FALSE;
  if (!self->crosses && is_within (text->payload, hit))
    return TRUE;

  while (take_token (&at, end, &token))
    if (hit < token.end)
      return hit >= token.start && (token.is_string || !self->crosses) && counts (&token, text);
  return FALSE;
}

/**
 * weir_event_text_get_payload:
 * @self: an event's bytes
 *
 * Of an event whose maker is not known the payload is what stands under the name that the providers give it:
 * `payload` of Membrane's events, `event` of its app events, `data` of Sequin's. What is no object is all payload.
 *
 * Returns: the payload, kept in @self; absent if there is none
 */
WeirJson
weir_event_text_get_payload (WeirEventText *self)
{
  if (self->payload.text != NULL)
    return self->payload;

  if (weir_json_get_type (self->raw) != WEIR_JSON_OBJECT)
    self->payload = self->raw;
  else if (weir_json_get_type (weir_json_get (self->raw, "event_id")) != WEIR_JSON_ABSENT)
    self->payload = weir_json_get (self->raw, "data");
  else
    {
      self->payload = weir_json_get (self->raw, "payload");
      if (self->payload.text == NULL)
        self->payload = weir_json_get (self->raw, "event");
    }
  return self->payload;
}

/**
 * weir_word_new:
 * @text: UTF-8, not empty
 *
 * Returns: (transfer full): a word to look for
 */
WeirWord *
weir_word_new (const char *text)
{
  WeirWord *self;

  g_return_val_if_fail (text != NULL && *text != '\0', NULL);

  self = g_new0 (WeirWord, 1);
  self->trace = weir_trace_new (text);
  self->letters = g_utf8_to_ucs4_fast (text, -1, &self->n_letters);
  self->begins_word = weir_letter_is_word (self->letters[0]);
  for (glong i = 0; i < self->n_letters; i++)
    {
      self->crosses =
          self->crosses || (self->letters[i] < 0x80 && is_between_tokens ((char) self->letters[i]));
      self->letters[i] = weir_letter_fold (self->letters[i]);
    }
  return self;
}

/**
 * weir_word_free:
 * @self: (nullable): a word
 */
void
weir_word_free (WeirWord *self)
{
  if (self == NULL)
    return;
  weir_trace_free (self->trace);
  g_free (self->letters);
  g_free (self);
}

/**
 * weir_word_is_in:
 * @self: a word
 * @text: an event's bytes
 *
 * Most events are decided by a search for bytes. Letters are looked at where the bytes are there and have
 * escapes or other letters than ASCII's among them.
 *
 * Returns: whether the word is in there
 */
gboolean
weir_word_is_in (const WeirWord *self, WeirEventText *text)
{
  const char *raw = text->raw.text;
  const char *end = raw + text->raw.length;

  if (weir_trace_is_part (self->trace) && !weir_trace_is_text (self->trace))
    return weir_trace_is_hidden (self->trace, raw, text->raw.length) ? read_through (self, text)
                                                                     : read_parts (self, text);
  if (!weir_trace_is_text (self->trace))
    return weir_trace_may_be_in (self->trace, raw, text->raw.length) && read_through (self, text);

  for (const char *hit = weir_trace_find (self->trace, raw, end); hit != NULL;
       hit = weir_trace_find (self->trace, hit + 1, end))
    if (accept (self, text, hit))
      return TRUE;
  return weir_trace_is_hidden (self->trace, raw, text->raw.length) && read_through (self, text);
}

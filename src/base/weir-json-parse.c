/* weir-json-parse.c: the strict validator of weir-json
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json.h"
#include "weir-json-private.h"

/* What the validator expects next. */
typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* just behind [ */
  EXPECT_NAME,
  EXPECT_NAME_OR_END, /* just behind { */
  EXPECT_MORE,        /* behind a value: a comma, the end of the container or of the text */
} Expectation;

/* Validation is one pass without recursion; `open` holds the closing bracket each open container
 * waits for, so no input can exhaust the stack. */
typedef struct
{
  const char *start;
  const char *end;
  const char *at;
  WeirJsonError code;
  const char *problem;
  guint depth;
  char open[WEIR_JSON_MAX_DEPTH];
} Reader;

static const char not_a_word[] = "only true, false and null are words in JSON";

G_DEFINE_QUARK (weir_json_error, weir_json_error)

static gboolean
fail (Reader *reader, const char *at, WeirJsonError code, const char *problem)
{
  reader->at = at;
  reader->code = code;
  reader->problem = problem;
  return FALSE;
}

static gboolean
fail_syntax (Reader *reader, const char *at, const char *problem)
{
  if (at >= reader->end)
    problem = "the text ends in the middle of a value";
  return fail (reader, at, WEIR_JSON_ERROR_SYNTAX, problem);
}

static gboolean
fail_expecting_more (Reader *reader, const char *at)
{
  if (reader->depth == 0)
    return fail_syntax (reader, at, "there is text after the end of the value");
  if (reader->open[reader->depth - 1] == '}')
    return fail_syntax (reader, at, "a comma or } is missing");
  return fail_syntax (reader, at, "a comma or ] is missing");
}

/* Lines and columns are counted only once something is wrong; a column is one character. */
static void
set_error (Reader *reader, GError **error)
{
  gsize line = 1;
  gsize column = 1;

  for (const char *p = reader->start; p < reader->at; p++)
    {
      if (*p == '\n')
        {
          line++;
          column = 1;
        }
      else if (((guchar) *p & 0xc0) != 0x80)
        column++;
    }
  g_set_error (error, WEIR_JSON_ERROR, reader->code,
               "Not valid JSON: %s (byte %" G_GSIZE_FORMAT ", line %" G_GSIZE_FORMAT
               ", column %" G_GSIZE_FORMAT ")",
               reader->problem, (gsize) (reader->at - reader->start), line, column);
}

static gboolean
is_digit (const char *p, const char *end)
{
  return p < end && *p >= '0' && *p <= '9';
}

static const char *
skip_digits (const char *p, const char *end)
{
  while (is_digit (p, end))
    p++;
  return p;
}

static gboolean
is_in (const guchar *p, guchar low, guchar high)
{
  return *p >= low && *p <= high;
}

/* The length of the UTF-8 sequence at @text as RFC 3629 §4 lists them: no overlong form, no
 * surrogate, nothing above U+10FFFF; 0 if there is none. */
static gsize
measure_sequence (const char *text, const char *end)
{
  const guchar *p = (const guchar *) text;
  gsize left = (gsize) (end - text);
  gsize length;

  if (is_in (p, 0xc2, 0xdf))
    length = 2;
  else if (is_in (p, 0xe0, 0xef))
    length = 3;
  else if (is_in (p, 0xf0, 0xf4))
    length = 4;
  else
    return 0;

  if (left < length)
    return 0;
  if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f)
      || (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
    return 0;
  for (gsize i = 1; i < length; i++)
    if (!is_in (p + i, 0x80, 0xbf))
      return 0;
  return length;
}

/* @p stands on a backslash. An escaped surrogate without its partner is within the grammar. */
static gboolean
read_escape (Reader *reader, const char **text)
{
  const char *p = *text + 1;

  if (p >= reader->end)
    return fail_syntax (reader, p, NULL);
  switch (*p)
    {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      break;
    case 'u':
      for (int i = 0; i < 4; i++)
        {
          p++;
          if (p >= reader->end || !g_ascii_isxdigit (*p))
            return fail_syntax (reader, p, "\\u needs four hexadecimal digits");
        }
      break;
    default:
      return fail_syntax (reader, *text, "there is no such escape in JSON");
    }
  *text = p + 1;
  return TRUE;
}

/* Moves over what needs no look: everything but quotes, backslashes, control characters and what
 * is not ASCII. */
static inline const char *
skip_plain (const char *p, const char *end)
{
  while (end - p >= 8)
    {
      guint64 word = weir_json_load_word (p);
      guint64 marks = weir_json_mark_byte (word, '"') | weir_json_mark_byte (word, '\\')
                      | (word - WEIR_JSON_ONES * 0x20) | word;

      if ((marks & WEIR_JSON_HIGH) != 0)
        return p + __builtin_ctzll (marks & WEIR_JSON_HIGH) / 8;
      p += 8;
    }
  return p;
}

/* @text stands on the opening quote and is left behind the closing one. */
static gboolean
read_string (Reader *reader, const char **text)
{
  const char *p = *text + 1;

  for (;;)
    {
      p = skip_plain (p, reader->end);
      if (p >= reader->end)
        return fail_syntax (reader, p, NULL);
      if (*p == '"')
        break;
      if (*p == '\\')
        {
          if (!read_escape (reader, &p))
            return FALSE;
        }
      else if ((guchar) *p >= 0x80)
        {
          do
            {
              gsize length = measure_sequence (p, reader->end);

              if (length == 0)
                return fail (reader, p, WEIR_JSON_ERROR_UTF8, "the text is not UTF-8");
              p += length;
            }
          while (p < reader->end && (guchar) *p >= 0x80);
        }
      else if ((guchar) *p < 0x20)
        return fail_syntax (reader, p, "a control character in a string must be escaped");
      else
        p++;
    }
  *text = p + 1;
  return TRUE;
}

static gboolean
read_number (Reader *reader, const char **text)
{
  const char *p = *text;
  const char *end = reader->end;

  if (*p == '-')
    p++;
  if (!is_digit (p, end))
    return fail_syntax (reader, p, "a digit is missing");
  if (*p == '0')
    {
      p++;
      if (is_digit (p, end))
        return fail_syntax (reader, p, "a number cannot begin with 0");
    }
  else
    p = skip_digits (p, end);

  if (p < end && *p == '.')
    {
      p++;
      if (!is_digit (p, end))
        return fail_syntax (reader, p, "a digit is missing");
      p = skip_digits (p, end);
    }
  if (p < end && (*p == 'e' || *p == 'E'))
    {
      p++;
      if (p < end && (*p == '+' || *p == '-'))
        p++;
      if (!is_digit (p, end))
        return fail_syntax (reader, p, "a digit is missing");
      p = skip_digits (p, end);
    }
  *text = p;
  return TRUE;
}

static gboolean
read_word (Reader *reader, const char **text, const char *word)
{
  const char *p = *text;

  for (; *word != '\0'; p++, word++)
    if (p >= reader->end || *p != *word)
      return fail_syntax (reader, p, not_a_word);
  *text = p;
  return TRUE;
}

static gboolean
open_container (Reader *reader, const char *at, char closing)
{
  if (reader->depth == WEIR_JSON_MAX_DEPTH)
    return fail (reader, at, WEIR_JSON_ERROR_DEPTH, "arrays and objects are nested too deeply");
  reader->open[reader->depth++] = closing;
  return TRUE;
}

static gboolean
read_value (Reader *reader, const char **text, Expectation *next)
{
  const char *p = *text;

  *next = EXPECT_MORE;
  switch (*p)
    {
    case '"':
      return read_string (reader, text);
    case '{':
      *next = EXPECT_NAME_OR_END;
      *text = p + 1;
      return open_container (reader, p, '}');
    case '[':
      *next = EXPECT_VALUE_OR_END;
      *text = p + 1;
      return open_container (reader, p, ']');
    case 't':
      return read_word (reader, text, "true");
    case 'f':
      return read_word (reader, text, "false");
    case 'n':
      return read_word (reader, text, "null");
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return read_number (reader, text);
    default:
      return fail_syntax (reader, p, g_ascii_isalpha (*p) ? not_a_word : "a value is missing");
    }
}

static gboolean
read_name (Reader *reader, const char **text)
{
  const char *p = *text;

  if (*p != '"')
    return fail_syntax (reader, p, "a name in quotes is missing");
  if (!read_string (reader, &p))
    return FALSE;
  p = weir_json_skip_space (p, reader->end);
  if (p >= reader->end || *p != ':')
    return fail_syntax (reader, p, "a colon is missing");
  *text = p + 1;
  return TRUE;
}

/* Reads the one value there may be, from its first byte, and leaves reader->at behind it. */
static gboolean
read_document (Reader *reader)
{
  const char *p = reader->at;
  const char *end = reader->end;
  const char *value_end = p;
  Expectation next = EXPECT_VALUE;

  for (;;)
    {
      p = weir_json_skip_space (p, end);
      if (p >= end)
        {
          if (next != EXPECT_MORE || reader->depth > 0)
            return fail_syntax (reader, p, NULL);
          reader->at = value_end;
          return TRUE;
        }
      if (reader->depth > 0 && *p == reader->open[reader->depth - 1] && next != EXPECT_VALUE
          && next != EXPECT_NAME)
        {
          reader->depth--;
          p++;
          next = EXPECT_MORE;
        }
      else if (next == EXPECT_MORE)
        {
          if (reader->depth == 0 || *p != ',')
            return fail_expecting_more (reader, p);
          p++;
          next = reader->open[reader->depth - 1] == '}' ? EXPECT_NAME : EXPECT_VALUE;
          continue;
        }
      else if (next == EXPECT_NAME || next == EXPECT_NAME_OR_END)
        {
          if (!read_name (reader, &p))
            return FALSE;
          next = EXPECT_VALUE;
          continue;
        }
      else if (!read_value (reader, &p, &next))
        return FALSE;
      value_end = p;
    }
}

/**
 * weir_json_parse_text:
 * @text: (nullable): bytes that should be JSON; they need not end with a nul
 * @length: how many, or -1 if a nul ends them
 * @root: (out) (optional): the value in them, without the white space around it
 * @error: a #WeirJsonError
 *
 * Checks that @text is one JSON value by RFC 8259 in valid UTF-8, no more than %WEIR_JSON_MAX_SIZE
 * long and %WEIR_JSON_MAX_DEPTH deep. A byte order mark is refused. What RFC 8259 leaves open is
 * taken as written: numbers of any size, an escaped surrogate without its partner, a name twice in
 * one object.
 *
 * @root points into @text, which has to stay as long as it, and any slice of it, is used.
 *
 * Returns: whether @text is JSON
 */
gboolean
weir_json_parse_text (const char *text, gssize length, WeirJson *root, GError **error)
{
  Reader reader;
  gboolean accepted;

  if (root != NULL)
    *root = (WeirJson){ NULL, 0 };
  if (text == NULL)
    text = "";
  else if (length < 0)
    length = (gssize) strlen (text);
  if (length < 0)
    length = 0;

  if (length > WEIR_JSON_MAX_SIZE)
    {
      g_set_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_SIZE,
                   "%" G_GSSIZE_FORMAT " bytes of JSON are more than the %u that are read", length,
                   WEIR_JSON_MAX_SIZE);
      return FALSE;
    }

  /* Not initialised as a whole: the stack of brackets need not be cleared for each small text. */
  reader.start = text;
  reader.end = text + length;
  reader.at = weir_json_skip_space (text, reader.end);
  reader.depth = 0;
  reader.code = WEIR_JSON_ERROR_SYNTAX;
  reader.problem = NULL;

  text = reader.at;
  if (text >= reader.end)
    accepted = fail (&reader, text, WEIR_JSON_ERROR_SYNTAX, "there is nothing in it");
  else if (reader.end - text >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    accepted = fail (&reader, text, WEIR_JSON_ERROR_SYNTAX, "it begins with a byte order mark");
  else
    accepted = read_document (&reader);
  if (!accepted)
    {
      set_error (&reader, error);
      return FALSE;
    }
  if (root != NULL)
    *root = (WeirJson){ text, (gsize) (reader.at - text) };
  return TRUE;
}

/**
 * weir_json_parse:
 * @bytes: (nullable): bytes that should be JSON
 * @root: (out) (optional): the value in them
 * @error: a #WeirJsonError
 *
 * As weir_json_parse_text(); @root points into @bytes.
 *
 * Returns: whether @bytes are JSON
 */
gboolean
weir_json_parse (GBytes *bytes, WeirJson *root, GError **error)
{
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  /* A length beyond gssize cannot be, as no object is that large. */
  return weir_json_parse_text (text, (gssize) length, root, error);
}

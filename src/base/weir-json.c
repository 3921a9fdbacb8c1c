/* weir-json.c: walks through JSON that the validator accepted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json.h"
#include "weir-json-private.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static const WeirJson absent = { NULL, 0 };

#ifdef __SSE2__
#define BLOCK 64

/* A bit for each of 64 bytes: those that are @byte once the bits of @fold are set. */
static inline guint64
mark (const char *p, char fold, char byte)
{
  const __m128i folds = _mm_set1_epi8 (fold), bytes = _mm_set1_epi8 (byte);
  guint64 marks = 0;

  for (guint i = 0; i < BLOCK / 16; i++)
    {
      __m128i part = _mm_or_si128 (_mm_loadu_si128 ((const __m128i *) (p + i * 16)), folds);

      marks |= (guint64) (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (part, bytes)) << (i * 16);
    }
  return marks;
}

/* Each bit becomes the parity of those up to it: what stands between an opening quote and its end. */
static inline guint64
fill_between (guint64 quotes)
{
  for (guint shift = 1; shift < 64; shift *= 2)
    quotes ^= quotes << shift;
  return quotes;
}

/* Goes on from @p, in a container, block by block as long as they have no backslash; @p and what is returned are outside
 * of strings. Where the container ends, @depth is 0 and what is returned is behind it. */
static const char *
skip_blocks (const char *p, const char *end, guint *depth)
{
  guint64 inside = 0;      /* all ones: the block begins within a string */
  const char *outside = p; /* the last place that was outside of a string */
  guint depth_outside = *depth;

  for (; end - p >= BLOCK; p += BLOCK)
    {
      guint64 strings, opening, brackets, quotes = mark (p, 0, '"');

      if (mark (p, 0, '\\') != 0)
        break;
      strings = fill_between (quotes) ^ inside;
      /* 0x20 makes a brace of a bracket */
      opening = mark (p, 0x20, '{') & ~strings;
      brackets = opening | (mark (p, 0x20, '}') & ~strings);
      for (; brackets != 0; brackets &= brackets - 1)
        {
          if ((opening & brackets & -brackets) != 0)
            ++*depth;
          else if (--*depth == 0)
            return p + __builtin_ctzll (brackets) + 1;
        }
      inside = (guint64) ((gint64) strings >> 63);
      if (inside == 0)
        {
          outside = p + BLOCK;
          depth_outside = *depth;
        }
    }
  *depth = depth_outside;
  return outside;
}
#endif

/* From the first byte of an array or object to behind its last one. */
static const char *
skip_container (const char *p, const char *end)
{
  const char *next_blocks = p;
  guint depth = 0;

  while (p < end)
    switch (*p)
      {
      case '"':
        p = weir_json_skip_string (p, end);
        break;
      case '{':
      case '[':
        depth++;
        p++;
#ifdef __SSE2__
        /* where blocks did not help they are not tried at once again */
        if (p >= next_blocks)
          {
            p = skip_blocks (p, end, &depth);
            if (depth == 0)
              return p;
            next_blocks = p + BLOCK;
          }
#endif
        break;
      case '}':
      case ']':
        p++;
        if (--depth == 0)
          return p;
        break;
      default:
        p++;
      }
  return end;
}

/* From the first byte of a value to behind its last one. */
static const char *
skip_value (const char *p, const char *end)
{
  if (p >= end)
    return end;
  if (*p == '"')
    return weir_json_skip_string (p, end);
  if (*p == '{' || *p == '[')
    return skip_container (p, end);
  while (p < end && *p != ',' && *p != ']' && *p != '}' && !weir_json_is_space (*p))
    p++;
  return p;
}

/* The value at @position, which moves behind it. */
WeirJson
weir_json_take_value (const char **position, const char *end)
{
  const char *start = *position;

  *position = skip_value (start, end);
  return (WeirJson){ start, (gsize) (*position - start) };
}

static gboolean
is_container (WeirJson value)
{
  WeirJsonType type = weir_json_get_type (value);

  return type == WEIR_JSON_ARRAY || type == WEIR_JSON_OBJECT;
}

/* An array index by RFC 6901 §4: digits without a leading zero. */
static gboolean
parse_index (const char *token, guint *index)
{
  guint64 number;

  if (*token == '\0' || (*token == '0' && token[1] != '\0'))
    return FALSE;
  for (const char *p = token; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p))
      return FALSE;
  number = g_ascii_strtoull (token, NULL, 10);
  if (number > WEIR_JSON_MAX_SIZE)
    return FALSE;
  *index = (guint) number;
  return TRUE;
}

static WeirJson
get_item (WeirJson array, guint index)
{
  WeirJsonIter iter;
  WeirJson value;

  weir_json_iter_init (&iter, array);
  for (guint i = 0; weir_json_iter_next (&iter, NULL, &value); i++)
    if (i == index)
      return value;
  return absent;
}

/* ~1 is a slash and ~0 a tilde within a pointer's token; any other ~ is a mistake. */
static gboolean
unescape_token (char *token)
{
  char *out = token;

  for (; *token != '\0'; token++, out++)
    {
      *out = *token;
      if (*token != '~')
        continue;
      token++;
      if (*token != '0' && *token != '1')
        return FALSE;
      *out = *token == '0' ? '~' : '/';
    }
  *out = '\0';
  return TRUE;
}

/**
 * weir_json_get_type:
 * @value: a value
 *
 * Returns: what it is; %WEIR_JSON_ABSENT if there is none
 */
WeirJsonType
weir_json_get_type (WeirJson value)
{
  if (value.text == NULL || value.length == 0)
    return WEIR_JSON_ABSENT;
  switch (*value.text)
    {
    case '{':
      return WEIR_JSON_OBJECT;
    case '[':
      return WEIR_JSON_ARRAY;
    case '"':
      return WEIR_JSON_STRING;
    case 't':
    case 'f':
      return WEIR_JSON_BOOLEAN;
    case 'n':
      return WEIR_JSON_NULL;
    default:
      return WEIR_JSON_NUMBER;
    }
}

/**
 * weir_json_is_set:
 * @value: a value
 *
 * Returns: whether it is there and not null
 */
gboolean
weir_json_is_set (WeirJson value)
{
  WeirJsonType type = weir_json_get_type (value);

  return type != WEIR_JSON_ABSENT && type != WEIR_JSON_NULL;
}

/**
 * weir_json_iter_init:
 * @iter: (out caller-allocates): an iterator
 * @container: an array or an object; anything else has no members
 *
 * Starts a walk over the members of @container, in the order they were written.
 */
void
weir_json_iter_init (WeirJsonIter *iter, WeirJson container)
{
  g_return_if_fail (iter != NULL);

  iter->container = container;
  iter->known = absent;
  iter->position = is_container (container) ? container.text + 1 : NULL;
}

/**
 * weir_json_iter_peek:
 * @iter: an iterator
 * @key: (out) (optional): the next member's name, in its quotes as written; absent in an array
 * @value: (out): its value, and all that follows in the container
 *
 * For who reads the value anyway and so finds its end: given as @iter's `known`, the next weir_json_iter_next() does not
 * look for it again.
 *
 * Returns: whether there is one more member
 */
gboolean
weir_json_iter_peek (WeirJsonIter *iter, WeirJson *key, WeirJson *value)
{
  WeirJson name = absent;
  const char *p, *end;

  g_return_val_if_fail (iter != NULL, FALSE);

  if (iter->position == NULL)
    return FALSE;

  end = iter->container.text + iter->container.length;
  p = weir_json_skip_space (iter->position, end);
  if (p < end && *p == ',')
    p = weir_json_skip_space (p + 1, end);
  if (p >= end || *p == ']' || *p == '}')
    {
      iter->container.length = (gsize) (MIN (p + 1, end) - iter->container.text);
      iter->position = NULL;
      return FALSE;
    }

  if (*iter->container.text == '{')
    {
      name = weir_json_take_value (&p, end);
      p = weir_json_skip_space (p, end);
      p = weir_json_skip_space (MIN (p + 1, end), end); /* the colon */
    }
  if (key != NULL)
    *key = name;
  *value = (WeirJson){ p, (gsize) (end - p) };
  return TRUE;
}

/**
 * weir_json_iter_next:
 * @iter: an iterator
 * @key: (out) (optional): the member's name, in its quotes as written; absent in an array
 * @value: (out) (optional): the member's value
 *
 * Returns: whether there was one more member
 */
gboolean
weir_json_iter_next (WeirJsonIter *iter, WeirJson *key, WeirJson *value)
{
  WeirJson member;
  const char *p;

  if (!weir_json_iter_peek (iter, key, &member))
    return FALSE;

  p = member.text;
  if (p == iter->known.text)
    {
      member = iter->known;
      p += member.length;
    }
  else
    {
      member = weir_json_take_value (&p, p + member.length);
    }
  iter->position = p;

  if (value != NULL)
    *value = member;
  return TRUE;
}

/**
 * weir_json_key_equal:
 * @key: a name from weir_json_iter_next(), or any string
 * @name: a name
 *
 * Returns: whether @key, its escapes decoded, is @name
 */
gboolean
weir_json_key_equal (WeirJson key, const char *name)
{
  g_autofree char *decoded = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  /* what is no JSON may end behind the quote */
  if (weir_json_get_type (key) != WEIR_JSON_STRING || key.length < 2)
    return FALSE;
  /* most names differ in their first letter already */
  if (key.text[1] != *name && key.text[1] != '\\' && *name != '\0')
    return FALSE;
  if (strlen (name) == key.length - 2 && memcmp (key.text + 1, name, key.length - 2) == 0)
    return TRUE;
  if (memchr (key.text, '\\', key.length) == NULL)
    return FALSE;
  decoded = weir_json_dup_string (key);
  return g_str_equal (decoded, name);
}

/**
 * weir_json_get:
 * @object: an object; anything else has no members
 * @name: a name
 *
 * Returns: the member of that name, the last if there are several, or absent
 */
WeirJson
weir_json_get (WeirJson object, const char *name)
{
  WeirJson found = absent;
  WeirJson key, value;
  WeirJsonIter iter;

  g_return_val_if_fail (name != NULL, absent);

  if (weir_json_get_type (object) != WEIR_JSON_OBJECT)
    return absent;
  weir_json_iter_init (&iter, object);
  while (weir_json_iter_next (&iter, &key, &value))
    if (weir_json_key_equal (key, name))
      found = value;
  return found;
}

/**
 * weir_json_pointer:
 * @root: a value
 * @pointer: a JSON pointer (RFC 6901), such as `/items/0/id`; "" is @root itself
 * @error: %WEIR_JSON_ERROR_POINTER if @pointer is not written as RFC 6901 says
 *
 * A well-written pointer to something that is not there is no error. An array has no `-` and no
 * index with a leading zero.
 *
 * Returns: the value pointed to, or absent
 */
WeirJson
weir_json_pointer (WeirJson root, const char *pointer, GError **error)
{
  g_auto (GStrv) tokens = NULL;

  g_return_val_if_fail (pointer != NULL, absent);

  if (*pointer == '\0')
    return root;
  if (*pointer != '/')
    {
      g_set_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_POINTER,
                   "“%s” is not a JSON pointer: it must be empty or begin with /", pointer);
      return absent;
    }

  tokens = g_strsplit (pointer + 1, "/", -1);
  /* g_strsplit() makes nothing of nothing, but "/" names the member "". */
  if (tokens[0] == NULL)
    return weir_json_get (root, "");
  for (gsize i = 0; tokens[i] != NULL; i++)
    if (!unescape_token (tokens[i]))
      {
        g_set_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_POINTER,
                     "“%s” is not a JSON pointer: after ~ there must be 0 or 1", pointer);
        return absent;
      }

  for (gsize i = 0; tokens[i] != NULL && root.text != NULL; i++)
    {
      guint index;

      if (weir_json_get_type (root) != WEIR_JSON_ARRAY)
        root = weir_json_get (root, tokens[i]);
      else if (parse_index (tokens[i], &index))
        root = get_item (root, index);
      else
        root = absent;
    }
  return root;
}

/**
 * weir_json_count:
 * @container: an array or an object; anything else has no members
 *
 * Returns: how many members were written in it
 */
guint
weir_json_count (WeirJson container)
{
  WeirJsonIter iter;
  guint count = 0;

  weir_json_iter_init (&iter, container);
  while (weir_json_iter_next (&iter, NULL, NULL))
    count++;
  return count;
}

/**
 * weir_json_is_empty:
 * @container: an array or an object; anything else has no members
 *
 * Returns: whether it has no members
 */
gboolean
weir_json_is_empty (WeirJson container)
{
  const char *end = container.text + container.length;
  const char *p;

  if (!is_container (container))
    return TRUE;
  p = weir_json_skip_space (container.text + 1, end);
  return p >= end || *p == ']' || *p == '}';
}

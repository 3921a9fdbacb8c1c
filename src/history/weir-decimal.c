/* weir-decimal.c: numbers compared as they are written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-decimal.h"

/* Beyond this an exponent only says that a number is huge or next to nothing. */
#define EXPONENT_MAX (G_MAXINT64 / 4)

/* 0.d₁d₂d₃… × 10^magnitude, d₁ not 0. */
typedef struct
{
  int sign; /* 0: the number is zero */
  gint64 magnitude;
  const char *digits; /* from d₁ on, with a point among them */
  const char *end;
} Decimal;

static gboolean
skip_digits (const char **at, const char *end)
{
  const char *start = *at;

  while (*at < end && g_ascii_isdigit (**at))
    (*at)++;
  return *at > start;
}

static gint64
read_exponent (const char *at, const char *end)
{
  gboolean negative = at < end && *at == '-';
  gint64 exponent = 0;

  if (at < end && (*at == '-' || *at == '+'))
    at++;
  for (; at < end && exponent < EXPONENT_MAX / 10; at++)
    exponent = exponent * 10 + (*at - '0');
  if (at < end)
    exponent = EXPONENT_MAX;
  return negative ? -exponent : exponent;
}

static Decimal
read_decimal (const char *at, gsize length)
{
  const char *end = at + length;
  Decimal decimal = { .sign = 1 };
  gboolean is_fraction = FALSE;

  if (at < end && *at == '-')
    {
      decimal.sign = -1;
      at++;
    }
  for (; at < end && *at != 'e' && *at != 'E'; at++)
    {
      if (*at == '.')
        is_fraction = TRUE;
      else if (decimal.digits == NULL && *at == '0')
        decimal.magnitude -= is_fraction;
      else
        {
          if (decimal.digits == NULL)
            decimal.digits = at;
          decimal.magnitude += !is_fraction;
        }
    }
  decimal.end = at;
  if (decimal.digits == NULL)
    decimal.sign = 0;
  else if (at < end)
    decimal.magnitude += read_exponent (at + 1, end);
  return decimal;
}

/* The next digit, 0 behind the last. */
static char
take_digit (Decimal *decimal)
{
  if (decimal->digits < decimal->end && *decimal->digits == '.')
    decimal->digits++;
  return decimal->digits < decimal->end ? *decimal->digits++ : '0';
}

/**
 * weir_decimal_is_valid:
 * @text: text, need not end with a nul
 * @length: its length in bytes
 *
 * Returns: whether @text is a number as JSON writes it (RFC 8259 §6); leading zeros do no harm
 */
gboolean
weir_decimal_is_valid (const char *text, gsize length)
{
  const char *at = text;
  const char *end = text + length;

  if (at < end && *at == '-')
    at++;
  if (!skip_digits (&at, end))
    return FALSE;
  if (at < end && *at == '.')
    {
      at++;
      if (!skip_digits (&at, end))
        return FALSE;
    }
  if (at < end && (*at == 'e' || *at == 'E'))
    {
      at++;
      if (at < end && (*at == '-' || *at == '+'))
        at++;
      if (!skip_digits (&at, end))
        return FALSE;
    }
  return at == end;
}

/**
 * weir_decimal_compare:
 * @a: a number that weir_decimal_is_valid()
 * @a_length: its length in bytes
 * @b: a number to compare with
 * @b_length: its length in bytes
 *
 * Compares by value and without rounding: 83.63 is 8363e-2, and 9007199254740993 is not 9007199254740992.
 *
 * Returns: negative, 0 or positive, as strcmp() does
 */
int
weir_decimal_compare (const char *a, gsize a_length, const char *b, gsize b_length)
{
  Decimal first = read_decimal (a, a_length);
  Decimal second = read_decimal (b, b_length);

  if (first.sign != second.sign || first.sign == 0)
    return (first.sign > second.sign) - (first.sign < second.sign);
  if (first.magnitude != second.magnitude)
    return first.magnitude > second.magnitude ? first.sign : -first.sign;

  while (first.digits < first.end || second.digits < second.end)
    {
      char digit = take_digit (&first);
      char other = take_digit (&second);

      if (digit != other)
        return digit > other ? first.sign : -first.sign;
    }
  return 0;
}

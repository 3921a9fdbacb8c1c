/* weir-quota.c: how much was asked of a server, and how much more it allows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-quota.h"

#include "weir-clock.h"

#include <string.h>

#define MINUTES 60
#define HOURS 24
/* After a server asked for fewer requests it gets fewer for so long. */
#define SCARCE_TIME (10 * G_TIME_SPAN_MINUTE)
#define SCARCE_SHARE 10 /* one part in so many is left */
/* A date has more seconds than any delay. */
#define FIRST_DATE G_GINT64_CONSTANT (1000000000)
#define FIRST_DATE_MS G_GINT64_CONSTANT (100000000000)

/* A count for each of the last minutes or hours; the slot of one that is over is used again. */
typedef struct
{
  gint64 number; /* which minute or hour since 1970 */
  guint count;
} Slot;

struct _WeirQuota
{
  GObject parent_instance;

  Slot requests[MINUTES];
  Slot limited[HOURS];
  gint64 limited_at;
  gint64 limited_until;
  gint64 left;
  gint64 limit;
  gint64 renews_at;
};

G_DEFINE_FINAL_TYPE (WeirQuota, weir_quota, G_TYPE_OBJECT)

static void
count (Slot *slots, guint n_slots, gint64 number)
{
  Slot *slot = &slots[number % n_slots];

  if (slot->number != number)
    *slot = (Slot){ number, 0 };
  slot->count++;
}

static guint
sum (const Slot *slots, guint n_slots, gint64 number)
{
  guint total = 0;

  for (guint i = 0; i < n_slots; i++)
    if (slots[i].number > number - n_slots && slots[i].number <= number)
      total += slots[i].count;

  return total;
}

/* A whole number that @text begins with. */
static gboolean
read_number (const char *text, gint64 *number)
{
  char *end;

  if (text == NULL)
    return FALSE;
  while (g_ascii_isspace (*text))
    text++;
  if (!g_ascii_isdigit (*text))
    return FALSE;
  *number = g_ascii_strtoll (text, &end, 10);

  return *end == '\0' || strchr (" \t,;", *end) != NULL;
}

static gboolean
read_header (SoupMessageHeaders *headers, const char *name, gint64 *number)
{
  return read_number (soup_message_headers_get_list (headers, name), number);
}

/* The members of a list (RFC 8941 §3.1), each with its parameters: a quoted name may hold any character. */
static char **
split_members (const char *text)
{
  g_autoptr (GStrvBuilder) members = g_strv_builder_new ();
  const char *start = text;
  gboolean quoted = FALSE;

  for (const char *p = text;; p++)
    {
      if (*p == '"' && (p == text || p[-1] != '\\'))
        quoted = !quoted;
      if (*p == '\0' || (*p == ',' && !quoted))
        {
          g_autofree char *member = g_strstrip (g_strndup (start, (gsize) (p - start)));

          g_strv_builder_add (members, member);
          start = p + 1;
        }
      if (*p == '\0')
        return g_strv_builder_end (members);
    }
}

static gboolean
read_parameter (const char *member, const char *name, gint64 *number)
{
  gsize length = strlen (name);
  gboolean quoted = FALSE;

  for (const char *p = member; *p != '\0'; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      if (*p != ';' || quoted)
        continue;
      p++;
      while (*p == ' ')
        p++;
      if (strncmp (p, name, length) == 0 && p[length] == '=')
        return read_number (p + length + 1, number);
      p--;
    }
  return FALSE;
}

static char *
dup_member_name (const char *member)
{
  return g_strstrip (g_strndup (member, strcspn (member, ";")));
}

/* How much the policy of that name allows: "default";q=100;w=10 (draft-ietf-httpapi-ratelimit-headers-10 §3). */
static gint64
find_limit (SoupMessageHeaders *headers, const char *name)
{
  const char *text = soup_message_headers_get_list (headers, "RateLimit-Policy");
  g_auto (GStrv) members = text != NULL ? split_members (text) : NULL;
  gint64 limit;

  for (guint i = 0; members != NULL && members[i] != NULL; i++)
    {
      g_autofree char *found = dup_member_name (members[i]);

      if (g_str_equal (found, name) && read_parameter (members[i], "q", &limit))
        return limit;
    }
  return -1;
}

/* Of several policies the one that is used up first. */
static gboolean
is_tighter (WeirQuota *self, gint64 left, gint64 limit)
{
  if (self->left < 0)
    return TRUE;
  if (limit > 0 && self->limit > 0)
    return (double) left / (double) limit < (double) self->left / (double) self->limit;
  return left < self->left;
}

static void
take (WeirQuota *self, gint64 left, gint64 limit, gint64 renews_at)
{
  self->left = left;
  self->limit = limit;
  self->renews_at = renews_at;
}

/* "default";r=50;t=30 (the same draft, §4), or limit=100, remaining=50, reset=30 as it was up to its seventh version. */
static gboolean
read_rate_limit (WeirQuota *self, SoupMessageHeaders *headers, gint64 now)
{
  const char *text = soup_message_headers_get_list (headers, "RateLimit");
  g_auto (GStrv) members = text != NULL ? split_members (text) : NULL;
  gint64 left, seconds;
  gint64 old_left = -1, old_limit = -1, old_seconds = -1;

  if (members == NULL)
    return FALSE;
  self->left = -1;
  for (guint i = 0; members[i] != NULL; i++)
    {
      g_autofree char *name = dup_member_name (members[i]);
      gint64 limit;

      if (g_str_has_prefix (name, "remaining="))
        read_number (name + strlen ("remaining="), &old_left);
      else if (g_str_has_prefix (name, "limit="))
        read_number (name + strlen ("limit="), &old_limit);
      else if (g_str_has_prefix (name, "reset="))
        read_number (name + strlen ("reset="), &old_seconds);
      if (!read_parameter (members[i], "r", &left))
        continue;
      limit = find_limit (headers, name);
      if (is_tighter (self, left, limit))
        take (self, left, limit,
              read_parameter (members[i], "t", &seconds)
                  ? now + MIN (seconds, G_MAXINT32) * G_USEC_PER_SEC
                  : 0);
    }
  if (self->left < 0 && old_left >= 0)
    take (self, old_left, old_limit,
          old_seconds >= 0 ? now + MIN (old_seconds, G_MAXINT32) * G_USEC_PER_SEC : 0);

  return self->left >= 0;
}

/* Seconds from now, or a date in seconds or milliseconds: both are in use for X-RateLimit-Reset, and neither can be
 * taken for the other. */
static gint64
read_reset (gint64 number, gint64 now)
{
  if (number >= FIRST_DATE_MS)
    return MIN (number, G_MAXINT64 / 1000) * 1000;
  if (number >= FIRST_DATE)
    return number * G_USEC_PER_SEC;
  return now + number * G_USEC_PER_SEC;
}

static gboolean
read_single (WeirQuota *self, SoupMessageHeaders *headers, const char *prefix, gint64 now)
{
  g_autofree char *remaining = g_strconcat (prefix, "RateLimit-Remaining", NULL);
  g_autofree char *limit = g_strconcat (prefix, "RateLimit-Limit", NULL);
  g_autofree char *reset = g_strconcat (prefix, "RateLimit-Reset", NULL);
  gint64 left, of, at;

  if (!read_header (headers, remaining, &left))
    return FALSE;
  take (self, left, read_header (headers, limit, &of) ? of : -1,
        read_header (headers, reset, &at) ? read_reset (at, now) : 0);

  return TRUE;
}

static void
weir_quota_class_init (WeirQuotaClass *klass)
{
}

static void
weir_quota_init (WeirQuota *self)
{
  self->left = -1;
  self->limit = -1;
}

/**
 * weir_quota_new:
 *
 * Returns: (transfer full): one that knows of nothing yet
 */
WeirQuota *
weir_quota_new (void)
{
  return g_object_new (WEIR_TYPE_QUOTA, NULL);
}

/**
 * weir_quota_get_shared:
 * @key: what is asked, such as the UUID of an account
 *
 * For the main thread. What was counted stays when a client is made anew, for another token for example.
 *
 * Returns: (transfer none): always the same one
 */
WeirQuota *
weir_quota_get_shared (const char *key)
{
  static GHashTable *quotas;
  WeirQuota *quota;

  g_return_val_if_fail (key != NULL, NULL);

  if (quotas == NULL)
    quotas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  quota = g_hash_table_lookup (quotas, key);
  if (quota == NULL)
    {
      quota = weir_quota_new ();
      g_hash_table_insert (quotas, g_strdup (key), quota);
    }

  return quota;
}

/**
 * weir_quota_note:
 * @status: of the answer; 0 if there is none
 * @headers: (nullable): of the answer
 * @retry_after: µs from now, as the server asked; 0 if it did not
 *
 * Counts a request. What the server allows is read from the headers RateLimit and RateLimit-Policy, from
 * RateLimit-Remaining, -Limit and -Reset, or from the same with X- before them; nothing else is guessed.
 */
void
weir_quota_note (WeirQuota *self, guint status, SoupMessageHeaders *headers, gint64 retry_after)
{
  gint64 now = weir_clock_now ();

  g_return_if_fail (WEIR_IS_QUOTA (self));

  count (self->requests, MINUTES, now / G_TIME_SPAN_MINUTE);
  if (status == 429 /* Too Many Requests */
      || (status == SOUP_STATUS_SERVICE_UNAVAILABLE && retry_after > 0))
    {
      count (self->limited, HOURS, now / G_TIME_SPAN_HOUR);
      self->limited_at = now;
      self->limited_until = MAX (self->limited_until, now + retry_after);
    }

  if (headers != NULL && !read_rate_limit (self, headers, now)
      && !read_single (self, headers, "", now))
    read_single (self, headers, "X-", now);
}

/**
 * weir_quota_get_state:
 * @state: (out): what is known now
 */
void
weir_quota_get_state (WeirQuota *self, WeirQuotaState *state)
{
  gint64 now = weir_clock_now ();

  g_return_if_fail (WEIR_IS_QUOTA (self));

  *state = (WeirQuotaState){ .left = -1, .limit = -1 };
  state->requests = sum (self->requests, MINUTES, now / G_TIME_SPAN_MINUTE);
  state->limited = sum (self->limited, HOURS, now / G_TIME_SPAN_HOUR);
  if (self->limited_until > now)
    state->limited_until = self->limited_until;
  /* once it is renewed nobody knows what is left until the next answer */
  if (self->left >= 0 && (self->renews_at == 0 || self->renews_at > now))
    {
      state->left = self->left;
      state->limit = self->limit;
      state->renews_at = self->renews_at;
    }
}

/**
 * weir_quota_is_scarce:
 *
 * Returns: whether what nobody waits for had better wait: the server asked for fewer requests a moment ago, or says
 *   that little is left
 */
gboolean
weir_quota_is_scarce (WeirQuota *self)
{
  WeirQuotaState state;

  g_return_val_if_fail (WEIR_IS_QUOTA (self), FALSE);

  weir_quota_get_state (self, &state);
  return state.limited_until > 0
         || (self->limited_at > 0 && weir_clock_now () - self->limited_at < SCARCE_TIME)
         || (state.left >= 0 && state.limit > 0 && state.left <= state.limit / SCARCE_SHARE);
}

/* weir-load.c: events as a Sequin server has them, as many as are wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-load.h"

#include <string.h>

#define N_SYNCS 24
#define N_RECORDS 150000 /* records that the events are about */
#define RARE 1000

static const char *const COLLECTIONS[] = {
  "stripe:customer", "stripe:invoice",  "stripe:subscription", "hubspot:contact",
  "hubspot:company", "salesforce:task", "shopify:order",       "github:issue",
};
static const char *const PREFIXES[] = { "cus_", "in_", "sub_", "", "", "00T", "", "I_" };
static const char *const FIRST_NAMES[] = {
  "Ada",   "Björn",  "Carmen", "Dmitri", "Esther", "Farid", "Grace", "Hana",  "Igor",  "Julia",
  "Kenji", "Laura",  "Mateus", "Nadia",  "Olivia", "Paul",  "Quinn", "Rosa",  "Samir", "Tove",
  "Uma",   "Viktor", "Wanda",  "Ximena", "Yusuf",  "Zoë",   "Aiko",  "Bruno", "Chloé", "Deniz",
};
static const char *const LAST_NAMES[] = {
  "Abbott",  "Bergström", "Castillo", "Dubois",    "Eriksen", "Fischer",  "García", "Haddad",
  "Ivanova", "Johansson", "Kowalski", "Lindqvist", "Moreau",  "Nakamura", "Okafor", "Petrov",
  "Quispe",  "Rossi",     "Schmidt",  "Tanaka",    "Ueda",    "Vargas",   "Wang",   "Yilmaz",
};
static const char *const CITIES[] = {
  "Lisbon",  "Oslo", "Kraków", "Lyon",   "Porto",   "Ghent", "Turin", "Leeds",
  "Tampere", "Graz", "Austin", "Denver", "Toronto", "Osaka", "Pune",  "Perth",
};
static const char *const COUNTRIES[] = { "PT", "NO", "PL", "FR", "PT", "BE", "IT", "GB",
                                         "FI", "AT", "US", "US", "CA", "JP", "IN", "AU" };
static const char *const STREETS[] = { "Mill Lane", "Station Road", "Rue des Lilas", "Hauptstraße",
                                       "Via Roma",  "Harbour View", "Elm Street",    "Storgata" };
static const char *const PLANS[] = { "free", "basic", "team", "business", "enterprise" };
static const char *const STATES[] = { "open", "draft", "paid", "past_due", "active", "closed" };
static const char *const CURRENCIES[] = { "eur", "usd", "gbp", "nok", "jpy" };
/* What people write into notes; a word further ahead comes more often. */
static const char *const WORDS[] = {
  "the",       "a",        "to",        "for",      "and",      "of",       "with",     "on",
  "customer",  "asked",    "call",      "about",    "order",    "next",     "week",     "price",
  "sent",      "payment",  "account",   "please",   "team",     "check",    "before",   "invoice",
  "late",      "contract", "waiting",   "reply",    "friday",   "address",  "changed",  "delivery",
  "contact",   "support",  "upgrade",   "discount", "manager",  "approved", "missing",  "quote",
  "licence",   "meeting",  "question",  "problem",  "refund",   "agreed",   "monday",   "second",
  "reminder",  "billing",  "export",    "import",   "german",   "office",   "shipping", "parcel",
  "returned",  "damaged",  "complete",  "partial",  "review",   "security", "training", "webinar",
  "budget",    "quarter",  "annual",    "monthly",  "seats",    "storage",  "trial",    "expired",
  "password",  "mobile",   "language",  "tax",      "number",   "exempt",   "bank",     "transfer",
  "warehouse", "supplier", "catalogue", "sample",   "colour",   "blue",     "medium",   "large",
  "escalate",  "urgent",   "priority",  "resolved", "reopened", "pending",  "document", "signed",
};

/* A number of its own for each event and place in it, whatever is made before it (splitmix64). */
typedef struct
{
  guint64 state;
} Dice;

static guint64
roll (Dice *dice)
{
  guint64 z = dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static guint
pick (Dice *dice, guint n)
{
  return (guint) (roll (dice) % n);
}

#define PICK(dice, list) ((list)[pick ((dice), G_N_ELEMENTS (list))])

static void
append_uuid (GString *out, Dice *dice)
{
  guint64 high = roll (dice), low = roll (dice);

  g_string_append_printf (out, "%08x-%04x-4%03x-%04x-%04x%08x", (guint) (high >> 32),
                          (guint) (high >> 16) & 0xffff, (guint) high & 0xfff,
                          0x8000 | ((guint) (low >> 48) & 0x3fff), (guint) (low >> 32) & 0xffff,
                          (guint) low);
}

static void
append_sync (GString *out, guint sync)
{
  Dice dice = { sync + 1 };

  append_uuid (out, &dice);
}

static void
append_record_id (GString *out, guint collection, guint record)
{
  static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  Dice dice = { ((guint64) collection << 32) + record };

  g_string_append (out, PREFIXES[collection]);
  if (*PREFIXES[collection] == '\0')
    g_string_append_printf (out, "%u", 100000000 + record * 7);
  else
    for (guint i = 0; i < 14; i++)
      g_string_append_c (out, LETTERS[pick (&dice, strlen (LETTERS))]);
}

static void
append_time (GString *out, const char *name, gint64 time)
{
  char text[WEIR_LOAD_TIME_LENGTH + 1] = { 0 };

  weir_load_write_time (text, time);
  g_string_append_printf (out, ",\"%s\":\"%s\"", name, text);
}

static void
append_note (GString *out, Dice *dice, const char *extra, guint n_words)
{
  guint place = pick (dice, n_words);

  for (guint i = 0; i < n_words; i++)
    {
      /* the smaller of two draws: the words ahead come more often */
      guint a = pick (dice, G_N_ELEMENTS (WORDS)), b = pick (dice, G_N_ELEMENTS (WORDS));

      if (i > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, i == place && extra != NULL ? extra : WORDS[MIN (a, b)]);
    }
}

static void
append_person (GString *out, Dice *record)
{
  const char *first = PICK (record, FIRST_NAMES), *last = PICK (record, LAST_NAMES);
  guint city = pick (record, G_N_ELEMENTS (CITIES));

  g_string_append_printf (
      out,
      "\"name\":\"%s %s\",\"email\":\"mail%u@%s.example\",\"phone\":\"+%u %u\","
      "\"address\":{\"line1\":\"%s %u\",\"city\":\"%s\",\"postal_code\":\"%05u\",\"country\":"
      "\"%s\"},",
      first, last, pick (record, 100000), PICK (record, WORDS), pick (record, 90) + 1,
      100000000 + pick (record, 899999999), PICK (record, STREETS), pick (record, 200) + 1,
      CITIES[city], pick (record, 100000), COUNTRIES[city]);
}

static void
append_amounts (GString *out, Dice *dice)
{
  guint n_lines = 1 + pick (dice, 2);

  g_string_append_printf (out, "\"currency\":\"%s\",\"amount\":%u.%02u,\"lines\":[",
                          PICK (dice, CURRENCIES), pick (dice, 5000), pick (dice, 100));
  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (out, "%s{\"sku\":\"%s-%04u\",\"quantity\":%u,\"unit_amount\":%u}",
                            i > 0 ? "," : "", PICK (dice, WORDS), pick (dice, 2000),
                            1 + pick (dice, 12), 100 * (1 + pick (dice, 400)));
  g_string_append (out, "],");
}

/**
 * weir_load_write_time:
 * @at: %WEIR_LOAD_TIME_LENGTH bytes, no nul is added
 * @time: µs since 1970
 */
void
weir_load_write_time (char *at, gint64 time)
{
  static _Thread_local gint64 last_second = -1;
  static _Thread_local char text[32];
  guint fraction = (guint) (time % G_USEC_PER_SEC);

  if (time / G_USEC_PER_SEC != last_second)
    {
      g_autoptr (GDateTime) date = NULL;

      last_second = time / G_USEC_PER_SEC;
      date = g_date_time_new_from_unix_utc (last_second);
      g_snprintf (text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.000000Z",
                  g_date_time_get_year (date), g_date_time_get_month (date),
                  g_date_time_get_day_of_month (date), g_date_time_get_hour (date),
                  g_date_time_get_minute (date), g_date_time_get_second (date));
    }
  memcpy (at, text, WEIR_LOAD_TIME_LENGTH);
  for (guint i = 0; i < 6; i++, fraction /= 10)
    at[WEIR_LOAD_TIME_LENGTH - 2 - i] = (char) ('0' + fraction % 10);
}

/**
 * weir_load_append:
 * @out: gets the event's JSON, without an end of line
 * @seed: of the whole load
 * @number: which event
 * @total: how many there are: the unique word is in the one in the middle
 */
void
weir_load_append (GString *out, guint64 seed, guint64 number, guint64 total)
{
  static const char *const KINDS[] = { "created", "updated", "updated", "updated", "deleted" };
  Dice dice = { (seed << 40) ^ (number * G_GUINT64_CONSTANT (0xd1342543de82ef95)) };
  guint collection = pick (&dice, G_N_ELEMENTS (COLLECTIONS));
  guint number_in_collection = MIN (pick (&dice, N_RECORDS), pick (&dice, N_RECORDS));
  Dice record = { ((guint64) number_in_collection << 8) + collection };
  gint64 updated = WEIR_LOAD_START + (gint64) number * WEIR_LOAD_STEP + pick (&dice, 2000000);
  gint64 inserted = updated + 40000 + pick (&dice, 900000);
  gboolean rare = pick (&dice, RARE) == 0;
  const char *extra = NULL;

  if (number == total / 2)
    extra = WEIR_LOAD_UNIQUE_WORD;
  else if (pick (&dice, RARE) == 0)
    extra = WEIR_LOAD_RARE_WORD;
  else if (pick (&dice, 5) == 0)
    extra = WEIR_LOAD_FREQUENT_WORD;

  g_string_append (out, "{\"event_id\":\"");
  append_uuid (out, &dice);
  g_string_append_c (out, '"');
  append_time (out, "upstream_updated_at", updated);
  append_time (out, "event_inserted_at", inserted);
  g_string_append_printf (out, ",\"event\":\"%s\",\"sync_id\":\"", PICK (&dice, KINDS));
  append_sync (out, collection * (N_SYNCS / G_N_ELEMENTS (COLLECTIONS)) + pick (&dice, 3));
  g_string_append_printf (out, "\",\"collection_id\":\"%s\",\"upstream_id\":\"",
                          COLLECTIONS[collection]);
  append_record_id (out, collection, number_in_collection);
  g_string_append (out, "\",\"data\":{\"id\":\"");
  append_record_id (out, collection, number_in_collection);
  g_string_append_printf (out, "\",\"revision\":%u,\"status\":\"%s\",\"plan\":\"%s\",",
                          pick (&dice, 400), PICK (&dice, STATES),
                          rare ? WEIR_LOAD_RARE_PLAN : PICK (&dice, PLANS));
  append_person (out, &record);
  append_amounts (out, &dice);
  g_string_append_printf (out, "\"active\":%s,\"owner\":null,\"note\":\"",
                          pick (&dice, 4) != 0 ? "true" : "false");
  append_note (out, &dice, extra, 4 + pick (&dice, 9));
  g_string_append_printf (out, "\",\"metadata\":{\"source\":\"%s\",\"campaign\":\"%s-%u\",",
                          PICK (&dice, WORDS), PICK (&dice, WORDS), 2020 + pick (&dice, 5));
  g_string_append_printf (out, "\"score\":%u.%u,\"request\":\"req_%08x%06x\"}}}", pick (&dice, 100),
                          pick (&dice, 1000), (guint) roll (&dice), pick (&dice, 1 << 24));
}

/**
 * weir_load_dup_syncs:
 *
 * Returns: (transfer full): what `GET /v1/syncs` answers
 */
char *
weir_load_dup_syncs (void)
{
  GString *out = g_string_new ("{\"data\":[");

  for (guint i = 0; i < N_SYNCS; i++)
    {
      const char *collection = COLLECTIONS[i / (N_SYNCS / G_N_ELEMENTS (COLLECTIONS))];
      g_autofree char *provider = g_strndup (collection, strcspn (collection, ":"));

      g_string_append_printf (out, "%s{\"id\":\"", i > 0 ? "," : "");
      append_sync (out, i);
      g_string_append_printf (out,
                              "\",\"provider\":\"%s\",\"name\":\"%s %u\",\"status\":\"active\","
                              "\"health\":{\"status\":\"healthy\"},\"collection_ids\":[\"%s\"]}",
                              provider, provider, i, collection);
    }
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

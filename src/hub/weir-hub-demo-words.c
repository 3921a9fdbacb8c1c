/* weir-hub-demo-words.c: what the records of the demo consist of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-demo-words.h"

#include <string.h>

/* All people, firms and products are invented. */
static const char *const first_names[] = { "Maya",  "Jonas",  "Priya", "Tomás",  "Ingrid", "Kwame",
                                           "Elena", "Haruto", "Sofia", "Liam",   "Amina",  "Lukas",
                                           "Noor",  "Felix",  "Chloé", "Mateo",  "Greta",  "Idris",
                                           "Yara",  "Oskar",  "Lucía", "Anders", "Zanele", "Pavel",
                                           "Ruth",  "Diego",  "Hana",  "Viktor" };
static const char *const last_names[] = { "Okafor",   "Lindqvist", "Raman",  "Herrera", "Bergström",
                                          "Mensah",   "Petrova",   "Tanaka", "Moretti", "Gallagher",
                                          "Diallo",   "Weber",     "Haddad", "Novak",   "Laurent",
                                          "Castillo", "Vogel",     "Abara",  "Nasser",  "Kowalski",
                                          "Fuentes",  "Dahl",      "Nkosi",  "Ivanov",  "Feldman",
                                          "Rojas",    "Sato",      "Larsen" };
static const char *const companies[] = {
  "Alder & Finch",        "Bluebell Grocers", "Copperline Hotels", "Driftwood Cafés",
  "Eastgate Catering",    "Foxglove Markets", "Granary Lane",      "Hollow Oak Inns",
  "Ivybridge Foods",      "Juniper Row",      "Kettle & Crane",    "Larkspur Deli",
  "Millstone Bakeries",   "Nettle Street",    "Oakhurst Dining",   "Pebble Quay",
  "Quarry Bank Kitchens", "Rosehip & Co.",    "Saltmarsh Bistro",  "Thornfield Estates",
  "Upland Outfitters",    "Velo Republic",    "Willowbank School", "Yarrow Leisure"
};
static const char *const cities[] = { "Bristol",   "Gothenburg", "Porto",   "Ghent", "Leipzig",
                                      "Rotterdam", "Lyon",       "Tallinn", "Malmö", "Bologna",
                                      "Cork",      "Graz",       "Aarhus",  "Bilbao" };

typedef enum
{
  END,
  COMPANY,
  PERSON,
  NAME_PARTS, /* a person, as an object */
  EMAIL,      /* of the person before it */
  CITY,
  PHONE,
  MONEY,  /* with two decimals */
  COUNT,  /* a whole number */
  CHOICE, /* one of `from`, separated by | */
  NUMBER, /* `from` and digits */
  DAY,    /* within the next weeks */
} Word;

typedef struct
{
  const char *key;
  Word word;
  const char *from;
  int low, high;
  gboolean changes;
} Field;

struct _WeirHubDemoKind
{
  const char *name;
  const char *prefix;           /* of its ids; NULL: ids are numbers */
  guint create, update, delete; /* of ten changes */
  Field fields[9];
};

#define STAGES                                                                                     \
  "Qualification|Discovery|Proposal sent|Negotiation|Contract review|Closed won|Closed lost"
#define OWNERS "Ingrid Bergström|Kwame Mensah|Elena Petrova|Liam Gallagher|Amina Diallo"
#define AGENTS "Greta Vogel|Idris Abara|Hana Sato|Oskar Kowalski|unassigned"

static const WeirHubDemoKind kinds[] = {
  { "contact",
    "con_",
    3,
    6,
    1,
    { { "name", PERSON, NULL, 0, 0, FALSE },
      { "email", EMAIL, NULL, 0, 0, FALSE },
      { "company", COMPANY, NULL, 0, 0, FALSE },
      { "title", CHOICE,
        "Head of Purchasing|Operations Manager|Owner|Finance Director|Office Manager|Head Chef", 0,
        0, TRUE },
      { "phone", PHONE, NULL, 0, 0, TRUE },
      { "city", CITY, NULL, 0, 0, TRUE },
      { "lifecycle", CHOICE, "Lead|Marketing qualified|Sales qualified|Customer|Evangelist", 0, 0,
        TRUE } } },
  { "company",
    "com_",
    2,
    7,
    1,
    { { "name", COMPANY, NULL, 0, 0, FALSE },
      { "city", CITY, NULL, 0, 0, FALSE },
      { "industry", CHOICE, "Hospitality|Retail|Catering|Education|Leisure", 0, 0, FALSE },
      { "employees", COUNT, NULL, 4, 900, TRUE },
      { "annual_revenue", MONEY, NULL, 120000, 9800000, TRUE },
      { "owner", CHOICE, OWNERS, 0, 0, TRUE } } },
  { "deal",
    "deal_",
    3,
    6,
    1,
    { { "title", CHOICE,
        "Espresso machines for three sites|Annual beans contract|Office coffee subscription|"
        "Barista training package|Grinder replacement|Cold brew pilot|Fleet of cargo bikes|"
        "Company bicycle scheme|Spring service contract|Rental bikes for the season",
        0, 0, FALSE },
      { "company", COMPANY, NULL, 0, 0, FALSE },
      { "amount", MONEY, NULL, 900, 64000, TRUE },
      { "currency", CHOICE, "EUR", 0, 0, FALSE },
      { "stage", CHOICE, STAGES, 0, 0, TRUE },
      { "probability", COUNT, NULL, 5, 95, TRUE },
      { "close_date", DAY, NULL, 0, 0, TRUE },
      { "owner", CHOICE, OWNERS, 0, 0, TRUE } } },
  { "invoice",
    "inv_",
    4,
    6,
    0,
    { { "number", NUMBER, "INV-2026-", 10000, 99999, FALSE },
      { "customer", COMPANY, NULL, 0, 0, FALSE },
      { "total", MONEY, NULL, 45, 8200, FALSE },
      { "currency", CHOICE, "EUR", 0, 0, FALSE },
      { "status", CHOICE, "draft|sent|viewed|partially paid|paid|overdue|void", 0, 0, TRUE },
      { "amount_due", MONEY, NULL, 0, 4000, TRUE },
      { "due_date", DAY, NULL, 0, 0, FALSE },
      { "reminders_sent", COUNT, NULL, 0, 4, TRUE } } },
  { "payment",
    "pay_",
    7,
    3,
    0,
    { { "reference", NUMBER, "PMT-", 100000, 999999, FALSE },
      { "customer", COMPANY, NULL, 0, 0, FALSE },
      { "amount", MONEY, NULL, 45, 8200, FALSE },
      { "currency", CHOICE, "EUR", 0, 0, FALSE },
      { "method", CHOICE, "SEPA transfer|Direct debit|Card ending 4417|Card ending 9026", 0, 0,
        FALSE },
      { "status", CHOICE, "pending|settled|settled|settled|failed|refunded", 0, 0, TRUE } } },
  { "ticket",
    "tkt_",
    4,
    5,
    1,
    { { "number", NUMBER, "#", 20000, 89999, FALSE },
      { "subject", CHOICE,
        "Parcel arrived with a dented box|Invoice shows the wrong VAT number|"
        "Brake lever loose after service|Cannot sign in to the portal|"
        "Please change our delivery address|Battery does not charge fully|"
        "Appointment reminder went to the old number|Two charges for one order|"
        "When will the blue frame be back?|Quote for twelve more licences",
        0, 0, FALSE },
      { "requester", PERSON, NULL, 0, 0, FALSE },
      { "email", EMAIL, NULL, 0, 0, FALSE },
      { "priority", CHOICE, "low|normal|normal|high|urgent", 0, 0, TRUE },
      { "status", CHOICE, "new|open|waiting for customer|waiting for parts|solved|closed", 0, 0,
        TRUE },
      { "assignee", CHOICE, AGENTS, 0, 0, TRUE },
      { "replies", COUNT, NULL, 0, 14, TRUE } } },
  { "rating",
    "csat_",
    9,
    1,
    0,
    { { "ticket", NUMBER, "#", 20000, 89999, FALSE },
      { "customer", PERSON, NULL, 0, 0, FALSE },
      { "score", COUNT, NULL, 2, 5, TRUE },
      { "comment", CHOICE,
        "Quick and friendly.|Solved on the first call.|Took three days, but all is well now.|"
        "Still waiting for the refund.|Great follow-up.|Had to explain twice.",
        0, 0, FALSE },
      { "channel", CHOICE, "email|chat|phone", 0, 0, FALSE } } },
  { "article",
    "art_",
    1,
    9,
    0,
    { { "title", CHOICE,
        "How to adjust disc brakes|Returning an order|Battery care in winter|"
        "Reading your invoice|Booking a service slot|Changing a delivery address",
        0, 0, FALSE },
      { "author", CHOICE, AGENTS, 0, 0, FALSE },
      { "views", COUNT, NULL, 40, 9000, TRUE },
      { "helpful_votes", COUNT, NULL, 0, 400, TRUE },
      { "state", CHOICE, "draft|in review|published", 0, 0, TRUE } } },
  { "stock-level",
    "sku_",
    1,
    8,
    1,
    { { "product", CHOICE,
        "Guji washed 1 kg|House blend 250 g|Decaf Huila 500 g|Filter papers, size 4|"
        "Ceramic dripper|City frame 54 cm|Cargo frame, long|Hub motor 250 W|Chain, 11-speed|"
        "Rear light, USB",
        0, 0, FALSE },
      { "bin", NUMBER, "A-", 100, 480, FALSE },
      { "warehouse", CHOICE, "Rotterdam North|Leipzig East", 0, 0, FALSE },
      { "on_hand", COUNT, NULL, 0, 640, TRUE },
      { "reserved", COUNT, NULL, 0, 80, TRUE },
      { "reorder_point", COUNT, NULL, 20, 60, FALSE } } },
  { "shipment",
    "shp_",
    4,
    5,
    1,
    { { "tracking", NUMBER, "PS", 10000000, 99999999, FALSE },
      { "recipient", COMPANY, NULL, 0, 0, FALSE },
      { "city", CITY, NULL, 0, 0, FALSE },
      { "carrier", CHOICE, "Northline Freight|Parcelwise|Velocourier", 0, 0, FALSE },
      { "status", CHOICE,
        "label printed|picked|handed to carrier|in transit|out for delivery|delivered|returned", 0,
        0, TRUE },
      { "weight_kg", MONEY, NULL, 1, 42, FALSE },
      { "expected_on", DAY, NULL, 0, 0, TRUE } } },
  { "purchase-order",
    "po_",
    3,
    7,
    0,
    { { "number", NUMBER, "PO-", 4000, 9999, FALSE },
      { "supplier", CHOICE,
        "Sidamo Growers Union|Huila Cooperative|Kiln & Clay|Rhine Metalworks|Paperfold", 0, 0,
        FALSE },
      { "lines", COUNT, NULL, 1, 18, TRUE },
      { "total", MONEY, NULL, 380, 21000, TRUE },
      { "status", CHOICE, "draft|approved|ordered|partly received|received", 0, 0, TRUE } } },
  { "subscription",
    "sub_",
    2,
    7,
    1,
    { { "object", CHOICE, "subscription", 0, 0, FALSE },
      { "customer_email", EMAIL, NULL, 0, 0, FALSE },
      { "billing", CHOICE, "charge_automatically|send_invoice", 0, 0, FALSE },
      { "plan", CHOICE, "Starter monthly|Team monthly|Team yearly|Studio yearly", 0, 0, TRUE },
      { "quantity", COUNT, NULL, 1, 40, TRUE },
      { "status", CHOICE, "trialing|active|active|past_due|canceled", 0, 0, TRUE } } },
  { "product",
    "prod_",
    1,
    8,
    1,
    { { "title", CHOICE,
        "Guji washed, whole bean|House blend, ground|Pour-over set|Travel mug, 340 ml|"
        "Gift box, three origins|Espresso cups, set of four",
        0, 0, FALSE },
      { "vendor", CHOICE, "Brightwater", 0, 0, FALSE },
      { "price", MONEY, NULL, 7, 120, TRUE },
      { "inventory_quantity", COUNT, NULL, 0, 300, TRUE },
      { "status", CHOICE, "active|active|draft|archived", 0, 0, TRUE } } },
  { "issue",
    NULL,
    3,
    7,
    0,
    { { "title", CHOICE,
        "Checkout total is off by one cent|Add a Danish translation|Slow search on long lists|"
        "Update the payment library|Print layout cuts the footer|Flaky test on the order page",
        0, 0, FALSE },
      { "author", PERSON, NULL, 0, 0, FALSE },
      { "state", CHOICE, "open|open|closed", 0, 0, TRUE },
      { "comments", COUNT, NULL, 0, 24, TRUE },
      { "label", CHOICE, "bug|enhancement|documentation|good first issue", 0, 0, TRUE } } },
  { "oracle-contact",
    NULL,
    3,
    6,
    1,
    { { "Name", NAME_PARTS, NULL, 0, 0, FALSE },
      { "LookupName", PERSON, NULL, 0, 0, FALSE },
      { "Title", CHOICE, "Patient|Guardian|Referring physician|Insurer", 0, 0, TRUE },
      { "Notes", CHOICE,
        "Prefers a call in the morning|Moved, address confirmed|Asked for a copy of the report|"
        "Speaks Portuguese",
        0, 0, TRUE } } },
  { "oracle-incident",
    NULL,
    5,
    4,
    1,
    { { "ReferenceNumber", NUMBER, "261122-", 100000, 999999, FALSE },
      { "Subject", CHOICE,
        "Appointment moved without notice|Cannot open the lab report|Insurance details changed|"
        "Prescription not at the pharmacy|Invoice for a cancelled visit",
        0, 0, FALSE },
      { "Queue", CHOICE, "Front desk|Billing|Medical records", 0, 0, TRUE },
      { "Severity", CHOICE, "Low|Medium|High", 0, 0, TRUE },
      { "StatusWithType", CHOICE, "Unresolved|Updated|Waiting|Solved", 0, 0, TRUE } } },
  { "oracle-organization",
    NULL,
    1,
    8,
    1,
    { { "Name", COMPANY, NULL, 0, 0, FALSE },
      { "Industry", CHOICE, "Insurance|Pharmacy|Employer|School", 0, 0, FALSE },
      { "NumberOfEmployees", COUNT, NULL, 8, 2400, TRUE },
      { "SalesSettings", CHOICE, "Standard|Priority|Framework contract", 0, 0, TRUE },
      { "Notes", CHOICE, "Renewal in spring|Contact has changed|Uses the portal", 0, 0, TRUE } } },
};

#define PICK(list, rand) (list)[g_rand_int_range ((rand), 0, G_N_ELEMENTS (list))]

static char *
draw_choice (const char *from, const char *last, GRand *rand)
{
  g_auto (GStrv) choices = g_strsplit (from, "|", -1);
  guint n = g_strv_length (choices);
  guint start = (guint) g_rand_int_range (rand, 0, (gint32) n);

  /* a change is one */
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (choices[(start + i) % n], last) != 0)
      return g_strdup (choices[(start + i) % n]);
  return g_strdup (choices[0]);
}

static char *
make_email (const char *person)
{
  g_autofree char *plain = g_str_to_ascii (person, "C");
  g_autofree char *lower = g_ascii_strdown (plain, -1);

  return g_strconcat (g_strdelimit (lower, " ", '.'), "@example.com", NULL);
}

static void
add_raw_text (WeirJsonWriter *writer, const char *key, char *json)
{
  weir_hub_json_add_text (writer, key, json);
  g_free (json);
}

/* `last` is the value so far, when one is to be changed. */
static void
write_field (WeirJsonWriter *writer,
             const Field *field,
             const char *last,
             const char *person,
             gint64 now,
             GRand *rand)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) day = NULL;

  switch (field->word)
    {
    case COMPANY:
      text = g_strdup (PICK (companies, rand));
      break;
    case PERSON:
      text = g_strdup (person);
      break;
    case NAME_PARTS:
      weir_json_writer_begin_object (writer, field->key);
      text = g_strndup (person, (gsize) (strchr (person, ' ') - person));
      weir_json_writer_add_string (writer, "First", text);
      weir_json_writer_add_string (writer, "Last", strchr (person, ' ') + 1);
      weir_json_writer_end_object (writer);
      return;
    case EMAIL:
      text = make_email (person);
      break;
    case CITY:
      text = g_strdup (PICK (cities, rand));
      break;
    case PHONE:
      text = g_strdup_printf ("+49 30 5550 %04d", g_rand_int_range (rand, 100, 9999));
      break;
    case MONEY:
      add_raw_text (writer, field->key,
                    g_strdup_printf ("%d.%02d", g_rand_int_range (rand, field->low, field->high),
                                     g_rand_int_range (rand, 0, 100)));
      return;
    case COUNT:
      weir_json_writer_add_int (writer, field->key,
                                g_rand_int_range (rand, field->low, field->high + 1));
      return;
    case NUMBER:
      text =
          g_strdup_printf ("%s%d", field->from, g_rand_int_range (rand, field->low, field->high));
      break;
    case DAY:
      time = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
      day = g_date_time_add_days (time, g_rand_int_range (rand, 2, 60));
      text = g_date_time_format (day, "%Y-%m-%d");
      break;
    case CHOICE:
      text = draw_choice (field->from, last, rand);
      break;
    case END:
    default:
      g_assert_not_reached ();
    }
  weir_json_writer_add_string (writer, field->key, text);
}

/**
 * weir_hub_demo_kind_find:
 * @name: name of a kind, such as "deal"
 *
 * Returns: (transfer none): the kind, which must be there
 */
const WeirHubDemoKind *
weir_hub_demo_kind_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      return &kinds[i];
  g_return_val_if_reached (NULL);
}

/**
 * weir_hub_demo_kind_draw_action:
 * @self: a kind
 * @rand: random numbers
 *
 * Returns: what happens to a record of the kind, as often as it does in life
 */
WeirHubDemoAction
weir_hub_demo_kind_draw_action (const WeirHubDemoKind *self, GRand *rand)
{
  guint draw =
      (guint) g_rand_int_range (rand, 0, (gint32) (self->create + self->update + self->delete));

  if (draw < self->create)
    return WEIR_HUB_DEMO_CREATE;
  return draw < self->create + self->update ? WEIR_HUB_DEMO_UPDATE : WEIR_HUB_DEMO_DELETE;
}

/**
 * weir_hub_demo_kind_draw_id:
 * @self: a kind
 * @rand: random numbers
 *
 * Returns: (transfer full): an id as systems of this kind write it
 */
char *
weir_hub_demo_kind_draw_id (const WeirHubDemoKind *self, GRand *rand)
{
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
  char tail[11] = "";

  if (self->prefix == NULL)
    return g_strdup_printf ("%d", g_rand_int_range (rand, 10000, 9999999));
  for (guint i = 0; i < sizeof tail - 1; i++)
    tail[i] = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
  return g_strconcat (self->prefix, tail, NULL);
}

/**
 * weir_hub_demo_kind_make:
 * @self: a kind
 * @id: the record's id
 * @created: µs
 * @updated: µs
 * @rand: random numbers
 *
 * Returns: (transfer full): a record's JSON
 */
char *
weir_hub_demo_kind_make (const WeirHubDemoKind *self,
                         const char *id,
                         gint64 created,
                         gint64 updated,
                         GRand *rand)
{
  g_autofree char *person = NULL;
  const char *first = PICK (first_names, rand);
  const char *last = PICK (last_names, rand);
  WeirJsonWriter *writer = weir_hub_json_begin ();

  person = g_strconcat (first, " ", last, NULL);
  if (self->prefix != NULL)
    weir_json_writer_add_string (writer, "id", id);
  else
    weir_hub_json_add_text (writer, "id", id);
  for (const Field *field = self->fields; field->key != NULL; field++)
    write_field (writer, field, NULL, person, updated, rand);
  weir_json_writer_add_time (writer, "created_at", created);
  weir_json_writer_add_time (writer, "updated_at", updated);
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

/**
 * weir_hub_demo_kind_change:
 * @self: a kind
 * @record: a record of the kind
 * @updated: µs
 * @rand: random numbers
 *
 * Returns: (transfer full): the record's JSON after somebody has worked on it
 */
char *
weir_hub_demo_kind_change (const WeirHubDemoKind *self,
                           WeirJson record,
                           gint64 updated,
                           GRand *rand)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();
  g_autofree char *patch = NULL;
  const Field *changing[G_N_ELEMENTS (self->fields)];
  guint n_changing = 0;
  guint first, n;

  for (const Field *field = self->fields; field->key != NULL; field++)
    if (field->changes)
      changing[n_changing++] = field;
  g_assert (n_changing > 0);
  first = (guint) g_rand_int_range (rand, 0, (gint32) n_changing);
  n = n_changing > 1 && g_rand_boolean (rand) ? 2 : 1;

  for (guint i = 0; i < n; i++)
    {
      const Field *field = changing[(first + i) % n_changing];
      g_autofree char *last = weir_json_dup_text (weir_json_get (record, field->key));

      write_field (writer, field, last, "Maya Okafor", updated, rand);
    }
  weir_json_writer_add_time (writer, "updated_at", updated);
  weir_json_writer_end_object (writer);
  patch = weir_json_writer_end (writer);
  return weir_hub_json_merge (record, weir_hub_json_view (patch));
}

/* weir-details-record.c: which of a record's fields are shown, and as what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table says which typed field is shown under which label and which attribute of the raw JSON it stands for; what no
 * line stands for is listed by its own name, so that nothing that was sent is out of reach.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-details-private.h"

#include "weir-connection.h"
#include "weir-event-life.h"
#include "weir-event-summary.h"
#include "weir-format.h"
#include "weir-pull-run.h"
#include "weir-registry.h"
#include "weir-status-look.h"
#include "weir-subscription-columns.h"
#include "weir-subscription.h"

#include <glib/gi18n-lib.h>

/* How a field becomes a detail. */
typedef enum
{
  FIELD_TEXT,
  FIELD_CODE,
  FIELD_KIND, /* an event’s */
  FIELD_STATUS,
  FIELD_HEALTH, /* a sync’s */
  FIELD_URI,
  FIELD_TIME,
  FIELD_DUE,
  FIELD_FLAG,
  FIELD_SECONDS,
  FIELD_NUMBER, /* gint64, -1 not known */
  FIELD_COUNT,  /* guint */
  FIELD_TEXTS,
  FIELD_RECORD, /* an id and, at the second offset, a name */
} FieldType;

typedef struct
{
  int group;
  const char *label;  /* N_("…") */
  const char *member; /* the raw JSON's attribute it is read from */
  FieldType type;
  gsize offset;
  gsize name_offset;
  WeirRecordKind kind;
} Field;

#define AT(Type, field) G_STRUCT_OFFSET (Type, field)
#define SUB(field) AT (WeirSubscription, field)
#define PULL(field) AT (WeirPullRun, field)
#define EVENT(field) AT (WeirEvent, field)
#define CONN(field) AT (WeirConnection, field)

static const Field subscription_fields[] = {
  { WEIR_GROUP_STATE, N_ ("Status"), "status", FIELD_STATUS, SUB (status) },
  { WEIR_GROUP_STATE, N_ ("Lifecycle"), "state", FIELD_TEXT, SUB (state) },
  { WEIR_GROUP_STATE, N_ ("Health"), "health", FIELD_HEALTH, SUB (health) },
  /* Translators: the name of a field whose value is Yes or No */
  { WEIR_GROUP_STATE, N_ ("Deactivated"), "isDeactivated", FIELD_FLAG, SUB (deactivated) },
  { WEIR_GROUP_DELIVERY, N_ ("Collections"), "collection_ids", FIELD_TEXTS, SUB (collection_ids) },
  { WEIR_GROUP_DELIVERY, N_ ("Real Time"), "isRealTime", FIELD_FLAG, SUB (real_time) },
  { WEIR_GROUP_DELIVERY, N_ ("Requires Pull"), "requiresPull", FIELD_FLAG, SUB (requires_pull) },
  { WEIR_GROUP_DELIVERY, N_ ("Requires Full Sync"), "requiresFullSync", FIELD_FLAG,
    SUB (requires_full_sync) },
  { WEIR_GROUP_SCHEDULE, N_ ("Next Pull"), "nextPullEventsTimestamp", FIELD_DUE,
    SUB (next_pull_at) },
  { WEIR_GROUP_SCHEDULE, N_ ("Pulls Every"), "pullUpdatesIntervalSeconds", FIELD_SECONDS,
    SUB (pull_interval) },
  { WEIR_GROUP_SCHEDULE, N_ ("Full Sync Every"), "fullSyncIntervalSeconds", FIELD_SECONDS,
    SUB (full_sync_interval) },
  { WEIR_GROUP_SCHEDULE, N_ ("Next Refresh"), "nextRefreshTimestamp", FIELD_DUE,
    SUB (next_refresh_at) },
  { WEIR_GROUP_RELATED, N_ ("Connection"), "connectionId", FIELD_RECORD, SUB (connection),
    SUB (connection_name), WEIR_RECORD_CONNECTION },
  { WEIR_GROUP_RELATED, N_ ("Integration"), "integrationId", FIELD_RECORD, SUB (integration),
    SUB (integration_name), WEIR_RECORD_INTEGRATION },
  { WEIR_GROUP_RELATED, N_ ("Tenant"), "userId", FIELD_RECORD, SUB (tenant), SUB (tenant_name),
    WEIR_RECORD_TENANT },
  { WEIR_GROUP_DATES, N_ ("Created"), "createdAt", FIELD_TIME, SUB (created_at) },
  { WEIR_GROUP_DATES, N_ ("Updated"), "updatedAt", FIELD_TIME, SUB (updated_at) },
  /* Translators: the name of a field whose value is when */
  { WEIR_GROUP_DATES, N_ ("Archived"), "archivedAt", FIELD_TIME, SUB (archived_at) },
};

static const Field pull_fields[] = {
  { WEIR_GROUP_STATE, N_ ("Status"), "status", FIELD_STATUS, PULL (status) },
  { WEIR_GROUP_STATE, N_ ("Events Collected"), "collectedEventIds", FIELD_COUNT, PULL (collected) },
  { WEIR_GROUP_STATE, N_ ("Full Scan"), "isFullScan", FIELD_FLAG, PULL (full_scan) },
  { WEIR_GROUP_SCHEDULE, N_ ("Window Start"), "startDatetime", FIELD_TIME, PULL (start_at) },
  { WEIR_GROUP_SCHEDULE, N_ ("Window End"), "endDatetime", FIELD_TIME, PULL (end_at) },
  { WEIR_GROUP_RELATED, N_ ("Subscription"), "externalEventSubscriptionId", FIELD_RECORD,
    PULL (subscription), PULL (subscription_name), WEIR_RECORD_SUBSCRIPTION },
  { WEIR_GROUP_RELATED, N_ ("Connection"), "connectionId", FIELD_RECORD, PULL (connection),
    PULL (connection_name), WEIR_RECORD_CONNECTION },
  { WEIR_GROUP_RELATED, N_ ("Integration"), "integrationId", FIELD_RECORD, PULL (integration),
    PULL (integration), WEIR_RECORD_INTEGRATION },
  { WEIR_GROUP_RELATED, N_ ("Tenant"), "userId", FIELD_RECORD, PULL (tenant), PULL (tenant_name),
    WEIR_RECORD_TENANT },
};

static const Field event_fields[] = {
  { WEIR_GROUP_STATE, N_ ("Status"), "status", FIELD_STATUS, EVENT (status) },
  { WEIR_GROUP_STATE, N_ ("Kind"), "event", FIELD_KIND, EVENT (kind) },
  { WEIR_GROUP_STATE, N_ ("Collection"), "collection_id", FIELD_TEXT, EVENT (collection) },
  { WEIR_GROUP_STATE, N_ ("Record"), "upstream_id", FIELD_CODE, EVENT (record) },
  { WEIR_GROUP_DATES, N_ ("Occurred"), NULL, FIELD_TIME, EVENT (occurred_at) },
  { WEIR_GROUP_DATES, N_ ("First Seen by Weir"), NULL, FIELD_TIME, EVENT (observed_at) },
  { WEIR_GROUP_RELATED, N_ ("Subscription"), NULL, FIELD_RECORD, EVENT (subscription),
    EVENT (subscription_name), WEIR_RECORD_SUBSCRIPTION },
  { WEIR_GROUP_RELATED, N_ ("Connection"), "connectionId", FIELD_RECORD, EVENT (connection),
    EVENT (connection_name), WEIR_RECORD_CONNECTION },
  { WEIR_GROUP_RELATED, N_ ("Tenant"), "userId", FIELD_RECORD, EVENT (tenant), EVENT (tenant),
    WEIR_RECORD_TENANT },
};

static const Field connection_fields[] = {
  { WEIR_GROUP_STATE, N_ ("State"), NULL, FIELD_STATUS, CONN (state) },
  { WEIR_GROUP_STATE, N_ ("State as Sent"), "state", FIELD_TEXT, CONN (state) },
  { WEIR_GROUP_STATE, N_ ("Connected"), "connected", FIELD_FLAG, CONN (connected) },
  { WEIR_GROUP_STATE, N_ ("Defunct"), "isDefunct", FIELD_FLAG, CONN (defunct) },
  { WEIR_GROUP_STATE, N_ ("Deactivated"), "isDeactivated", FIELD_FLAG, CONN (deactivated) },
  { WEIR_GROUP_STATE, N_ ("Needed Action"), NULL, FIELD_TEXT, CONN (action_type) },
  { WEIR_GROUP_STATE, N_ ("What to Do"), NULL, FIELD_TEXT, CONN (action_description) },
  { WEIR_GROUP_STATE, N_ ("Where to Do It"), NULL, FIELD_URI, CONN (action_uri) },
  { WEIR_GROUP_SCHEDULE, N_ ("Retry Attempts"), "retryAttempts", FIELD_NUMBER,
    CONN (retry_attempts) },
  { WEIR_GROUP_SCHEDULE, N_ ("Next Retry"), "nextRetryTimestamp", FIELD_DUE, CONN (next_retry_at) },
  { WEIR_GROUP_SCHEDULE, N_ ("Credentials Refresh"), "nextCredentialsRefreshAt", FIELD_DUE,
    CONN (next_refresh_at) },
  { WEIR_GROUP_SCHEDULE, N_ ("Can Be Tested"), "canTest", FIELD_FLAG, CONN (can_test) },
  { WEIR_GROUP_SCHEDULE, N_ ("Can Refresh Credentials"), "canRefreshCredentials", FIELD_FLAG,
    CONN (can_refresh) },
  { WEIR_GROUP_RELATED, N_ ("Integration"), "integrationId", FIELD_RECORD, CONN (integration),
    CONN (integration_name), WEIR_RECORD_INTEGRATION },
  { WEIR_GROUP_RELATED, N_ ("Tenant"), "userId", FIELD_RECORD, CONN (tenant), CONN (tenant_name),
    WEIR_RECORD_TENANT },
  { WEIR_GROUP_DATES, N_ ("Last Active"), "lastActiveAt", FIELD_TIME, CONN (last_active_at) },
  { WEIR_GROUP_DATES, N_ ("Created"), "createdAt", FIELD_TIME, CONN (created_at) },
  { WEIR_GROUP_DATES, N_ ("Archived"), "archivedAt", FIELD_TIME, CONN (archived_at) },
};

static void
add_status (WeirDetailGroup *group, const char *label, WeirRecord *record)
{
  WeirCellLook look;
  g_autofree char *text = weir_status_look_at_record (record, &look);

  if (text != NULL)
    weir_details_add (group, WEIR_DETAIL_STATUS, label, text)->look = look;
}

static void
add_health (WeirDetailGroup *group, const char *label, const char *health)
{
  g_autofree char *word = g_ascii_strdown (health, -1);
  g_autofree char *text = weir_status_dup_label (WEIR_RECORD_SUBSCRIPTION, word);

  weir_status_look (word, &weir_details_add (group, WEIR_DETAIL_STATUS, label, text)->look);
}

static void
add_field (WeirDetailGroup *group, const Field *field, gpointer record, WeirJson json)
{
  const char *label = _ (field->label);
  gpointer place = G_STRUCT_MEMBER_P (record, field->offset);
  g_autofree char *text = NULL;

  switch (field->type)
    {
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_URI:
      if (*(char **) place != NULL)
        weir_details_add (group,
                          field->type == FIELD_TEXT   ? WEIR_DETAIL_TEXT
                          : field->type == FIELD_CODE ? WEIR_DETAIL_CODE
                                                      : WEIR_DETAIL_URI,
                          label, *(char **) place);
      break;

    case FIELD_KIND:
      if (*(char **) place == NULL)
        break;
      text = weir_event_dup_kind_label (*(char **) place);
      weir_details_add (group, WEIR_DETAIL_TEXT, label, text)->id = g_strdup (*(char **) place);
      break;

    case FIELD_STATUS:
      add_status (group, label, record);
      break;

    case FIELD_HEALTH:
      if (*(char **) place != NULL)
        add_health (group, label, *(char **) place);
      break;

    case FIELD_TIME:
    case FIELD_DUE:
      weir_details_add_time (group, field->type == FIELD_TIME ? WEIR_DETAIL_TIME : WEIR_DETAIL_DUE,
                             label, *(gint64 *) place);
      break;

    case FIELD_FLAG:
      if (weir_json_is_set (weir_json_get (json, field->member)))
        weir_details_add (group, WEIR_DETAIL_TEXT, label,
                          *(gboolean *) place ? _ ("Yes") : _ ("No"));
      break;

    case FIELD_SECONDS:
      if (*(gint64 *) place < 0)
        break;
      text = weir_format_interval (*(gint64 *) place);
      weir_details_add (group, WEIR_DETAIL_TEXT, label, text);
      break;

    case FIELD_NUMBER:
      if (*(gint64 *) place < 0)
        break;
      text = weir_format_number ((guint64) * (gint64 *) place);
      weir_details_add (group, WEIR_DETAIL_TEXT, label, text);
      break;

    case FIELD_COUNT:
      text = weir_format_number (*(guint *) place);
      weir_details_add (group, WEIR_DETAIL_TEXT, label, text);
      break;

    case FIELD_TEXTS:
      if (*(char ***) place == NULL || **(char ***) place == NULL)
        break;
      text = g_strjoinv ("\n", *(char ***) place);
      weir_details_add (group, WEIR_DETAIL_CODE, label, text);
      break;

    case FIELD_RECORD:
      weir_details_add_record (group, label, field->kind, *(char **) place,
                               G_STRUCT_MEMBER (char *, record, field->name_offset));
      break;

    default:
      g_assert_not_reached ();
    }
}

/* {"id":1,"lookupName":"Active"}: shown by name and id (reference: oracle-event-subscription) */
static void
add_named_id (WeirDetailGroup *group, const char *label, WeirJson named)
{
  g_autofree char *id = weir_json_dup_text (weir_json_get (named, "id"));
  g_autofree char *name = weir_json_dup_text (weir_json_get (named, "lookupName"));
  g_autofree char *text = NULL;

  if (id == NULL && name == NULL)
    return;

  if (id != NULL && name != NULL)
    /* Translators: a name and the number it stands for */
    text = g_strdup_printf (_ ("%s (ID %s)"), name, id);
  weir_details_add (group, WEIR_DETAIL_TEXT, label, text != NULL ? text : id != NULL ? id : name);
}

static const char *
describe_delivery (WeirDelivery delivery)
{
  switch (delivery)
    {
    case WEIR_DELIVERY_REAL_TIME:
      return _ ("In real time");
    case WEIR_DELIVERY_PULL:
      return _ ("By pulling updates");
    case WEIR_DELIVERY_FULL_SCAN:
      return _ ("By full scans");
    case WEIR_DELIVERY_STREAM:
      return _ ("By an event stream");
    case WEIR_DELIVERY_PUSH:
      return _ ("Posted to its endpoint");
    case WEIR_DELIVERY_UNKNOWN:
    default:
      return NULL;
    }
}

static void
collect_subscription (WeirSubscription *self, WeirDetailGroup **groups, GPtrArray *shown)
{
  WeirJson json = weir_record_get_json (WEIR_RECORD (self));
  const char *id = weir_record_get_id (WEIR_RECORD (self));
  gboolean oracle = self->variant == WEIR_SUBSCRIPTION_NOTIFICATION;
  g_autofree char *search = g_strdup_printf ("sub:\"%s\"", id);
  g_autofree char *kind = weir_subscription_dup_kind (self);

  weir_details_add (groups[WEIR_GROUP_DELIVERY], WEIR_DETAIL_TEXT,
                    oracle ? _ ("Class") : _ ("Kind"), kind)
      ->id = g_strdup (self->kind);
  if (self->collection != NULL && self->collection_ids[0] == NULL
      && !g_str_equal (self->collection, self->kind))
    weir_details_add (groups[WEIR_GROUP_DELIVERY], WEIR_DETAIL_TEXT, _ ("Collection"),
                      self->collection);
  if (self->webhook_uri != NULL)
    weir_details_add (groups[WEIR_GROUP_DELIVERY], WEIR_DETAIL_CODE,
                      oracle ? _ ("Endpoint") : _ ("Webhook Address"), self->webhook_uri);
  g_ptr_array_add (shown, (gpointer) "webhookUri");
  if (describe_delivery (self->delivery) != NULL)
    weir_details_add (groups[WEIR_GROUP_DELIVERY], WEIR_DETAIL_TEXT, _ ("Delivery"),
                      describe_delivery (self->delivery));
  if (oracle)
    {
      add_named_id (groups[WEIR_GROUP_STATE], _ ("Status ID"), weir_json_get (json, "status"));
      add_named_id (groups[WEIR_GROUP_DELIVERY], _ ("Event Type"),
                    weir_json_get (json, "eventType"));
      add_named_id (groups[WEIR_GROUP_DELIVERY], _ ("Integration User"),
                    weir_json_get (json, "integrationUser"));
      add_named_id (groups[WEIR_GROUP_DELIVERY], _ ("Object Version"),
                    weir_json_get (json, "objectVersion"));
      g_ptr_array_add (shown, (gpointer) "eventType");
      g_ptr_array_add (shown, (gpointer) "integrationUser");
      g_ptr_array_add (shown, (gpointer) "objectVersion");
      g_ptr_array_add (shown, (gpointer) "objectShapeXml");
      g_ptr_array_add (shown, (gpointer) "class");
      g_ptr_array_add (shown, (gpointer) "endPoint");
      g_ptr_array_add (shown, (gpointer) "createdTime");
      g_ptr_array_add (shown, (gpointer) "updatedTime");
    }
  else
    {
      weir_details_add_search (groups[WEIR_GROUP_RELATED], _ ("Events"),
                               _ ("Events of This Subscription"), "timeline", search);
    }
}

static void
collect_event (WeirEvent *self, WeirDetailGroup **groups, GPtrArray *shown)
{
  weir_details_add (groups[WEIR_GROUP_DATES], WEIR_DETAIL_TEXT, _ ("Time Taken From"),
                    self->time_source == WEIR_TIME_FROM_PROVIDER ? _ ("The provider")
                    : self->time_source == WEIR_TIME_FROM_ID
                        ? _ ("The event’s ID: the provider gives no time")
                        : _ ("When Weir first saw it: the provider gives no time"));
  if (self->unreadable)
    weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("Unreadable"),
                      _ ("What came was no readable event; it is kept as it came"));
  for (guint i = 0; self->flow_runs[i] != NULL; i++)
    weir_details_add_record (groups[WEIR_GROUP_RELATED], _ ("Launched Flow Run"),
                             WEIR_RECORD_FLOW_RUN, self->flow_runs[i], NULL);
  if (self->record != NULL && self->record[0] != '\0')
    {
      g_autofree char *search = weir_event_life_dup_query (self);

      weir_details_add_search (groups[WEIR_GROUP_RELATED], _ ("Record"),
                               _ ("Events of This Record"), "timeline", search);
    }
  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_TEXT, _ ("Stream"), self->stream);
  g_ptr_array_add (shown, (gpointer) "payload");
  g_ptr_array_add (shown, (gpointer) "launchedFlowRunIds");
  if (weir_json_get_type (self->payload) != WEIR_JSON_ABSENT)
    {
      g_ptr_array_add (shown, (gpointer) "data");
      if (g_str_equal (self->stream, "app-events"))
        g_ptr_array_add (shown, (gpointer) "event");
    }
}

/**
 * weir_details_collect_record:
 * @record: any record
 * @groups: (array fixed-size=7): where its details go
 */
void
weir_details_collect_record (WeirRecord *record, WeirDetailGroup **groups)
{
  WeirAccount *account = weir_record_get_account (record);
  const WeirProviderInfo *info = weir_registry_find (account->provider);
  WeirJson json = weir_record_get_json (record);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  const Field *fields = NULL;
  gsize n_fields = 0;

  if (WEIR_IS_SUBSCRIPTION (record))
    {
      fields = subscription_fields;
      n_fields = G_N_ELEMENTS (subscription_fields);
    }
  else if (WEIR_IS_PULL_RUN (record))
    {
      fields = pull_fields;
      n_fields = G_N_ELEMENTS (pull_fields);
    }
  else if (WEIR_IS_EVENT (record))
    {
      fields = event_fields;
      n_fields = G_N_ELEMENTS (event_fields);
    }
  else if (WEIR_IS_CONNECTION (record))
    {
      fields = connection_fields;
      n_fields = G_N_ELEMENTS (connection_fields);
    }

  for (gsize i = 0; i < n_fields; i++)
    {
      add_field (groups[fields[i].group], &fields[i], record, json);
      if (fields[i].member != NULL)
        g_ptr_array_add (shown, (gpointer) fields[i].member);
    }
  if (WEIR_IS_SUBSCRIPTION (record))
    collect_subscription (WEIR_SUBSCRIPTION (record), groups, shown);
  else if (WEIR_IS_EVENT (record))
    collect_event (WEIR_EVENT (record), groups, shown);
  else if (WEIR_IS_CONNECTION (record))
    weir_details_add_search (groups[WEIR_GROUP_RELATED], _ ("Subscriptions"),
                             _ ("Subscriptions of This Connection"), "subscriptions",
                             weir_record_get_name (record));

  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_TEXT, _ ("Name"),
                    weir_record_get_name (record));
  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_CODE, _ ("ID"),
                    weir_record_get_id (record));
  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_TEXT, _ ("Account"), account->name);
  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_TEXT, _ ("Provider"),
                    info != NULL ? info->name : account->provider);

  g_ptr_array_add (shown, (gpointer) "id");
  g_ptr_array_add (shown, (gpointer) "name");
  g_ptr_array_add (shown, NULL);
  weir_details_add_others (groups[WEIR_GROUP_OTHERS], json, (const char *const *) shown->pdata,
                           WEIR_IS_EVENT (record) ? WEIR_EVENT (record)->payload
                                                  : (WeirJson){ NULL, 0 });
}

/* weir-hub-oracle-delivery.c: changed records posted to the end points of event subscriptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-oracle.h"

#include <string.h>

#include "weir-clock.h"

/* A simulation: what Oracle really posts, how often it tries again and after what time is not
 * documented (api/sequin-and-oracle.md §B8). What is here is the filled template as text/xml, 2xx
 * meaning delivered, and a few tries, each after twice the wait of the one before. */
#define DELIVERY_TYPE "oracle-delivery"
#define MAX_TRIES 5
#define DEFAULT_RETRY 2000 /* ms */
#define MAX_RUNNING 8
#define TICK_MS 100
#define MAX_QUEUED_AT_ONCE 500

typedef struct
{
  char *id;
  gint64 due; /* µs */
  gboolean running;
} Delivery;

struct _WeirHubDeliverer
{
  WeirHubOracle *oracle;
  GQueue waiting; /* of Delivery, in the order of the changes */
  guint n_running;
  gint64 retry; /* ms */
  GCancellable *cancellable;
  gulong change_handler;
  guint queue_source;
  guint tick_source;
};

typedef struct
{
  WeirHubDeliverer *deliverer;
  Delivery *delivery;
} Sending;

static const struct
{
  gint64 type;
  WeirHubChangeKind kind;
} event_types[] = { { 1, WEIR_HUB_CREATED }, { 2, WEIR_HUB_UPDATED }, { 3, WEIR_HUB_DELETED } };

static void
delivery_free (Delivery *delivery)
{
  g_free (delivery->id);
  g_free (delivery);
}

/* What a source's records are: its meta says it, or its name. */
static char *
dup_class (WeirHubStore *store, const char *name)
{
  static const char *const classes[] = { "Contact", "Organization", "Incident" };
  g_autoptr (WeirHubDocument) source = weir_hub_store_get (store, WEIR_HUB_SOURCE, name);
  char *class = source != NULL
                    ? weir_json_dup_string (weir_json_pointer (source->json, "/meta/class", NULL))
                    : NULL;

  for (guint i = 0; class == NULL && i < G_N_ELEMENTS (classes); i++)
    if (g_ascii_strncasecmp (name, classes[i], strlen (classes[i])) == 0)
      class = g_strdup (classes[i]);
  return class;
}

static gint64
get_named_id (WeirHubDocument *subscription, const char *member)
{
  gint64 id = 0;

  weir_json_get_int (weir_json_get (weir_json_get (subscription->json, member), "id"), &id);
  return id;
}

static gboolean
is_meant (WeirHubDocument *subscription, const char *class, WeirHubChangeKind kind)
{
  g_autofree char *own = weir_hub_document_dup_string (subscription, "class");
  gint64 type = get_named_id (subscription, "eventType");

  if (g_strcmp0 (own, class) != 0 || get_named_id (subscription, "status") == 3 /* Inactive */)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (event_types); i++)
    if (event_types[i].type == type)
      return event_types[i].kind == kind;
  return FALSE;
}

static void
enqueue (WeirHubDeliverer *self, WeirHubDocument *subscription, const WeirHubChange *change)
{
  WeirHubStore *store = self->oracle->store;
  Delivery *delivery = g_new0 (Delivery, 1);
  g_autofree char *text = NULL;
  WeirJsonWriter *writer = weir_hub_json_begin ();

  delivery->id = g_strdup_printf ("%" G_GINT64_FORMAT "-%s", change->sequence, subscription->id);
  delivery->due = weir_clock_now ();
  weir_json_writer_add_string (writer, "subscription", subscription->id);
  weir_json_writer_add_string (writer, "record", change->record);
  weir_hub_json_add_text (writer, "body", change->body);
  weir_json_writer_add_int (writer, "tries", 0);
  weir_json_writer_add_int (writer, "due", delivery->due);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  weir_hub_store_put (store, DELIVERY_TYPE, delivery->id, text, 0, NULL);
  g_queue_push_tail (&self->waiting, delivery);
}

static gint64
get_position (WeirHubDeliverer *self)
{
  g_autofree char *position =
      weir_hub_store_dup_setting (self->oracle->store, WEIR_HUB_ORACLE_POSITION);

  return position != NULL ? g_ascii_strtoll (position, NULL, 10) : -1;
}

static void
set_position (WeirHubDeliverer *self, gint64 position)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, position);

  weir_hub_store_set_setting (self->oracle->store, WEIR_HUB_ORACLE_POSITION, text);
}

/* Deliveries and the position come in one transaction: each change is queued once, also if the
 * hub is killed. */
/* Returns whether there may be more. */
static gboolean
queue_changes (WeirHubDeliverer *self)
{
  WeirHubStore *store = self->oracle->store;
  WeirHubChangeQuery query = {
    .face = "oracle", .kind = -1, .after = get_position (self), .limit = MAX_QUEUED_AT_ONCE
  };
  g_autoptr (GPtrArray) changes = weir_hub_store_list_changes (store, &query);
  g_autoptr (WeirHubQuery) all = weir_hub_query_new (WEIR_HUB_ORACLE_SUBSCRIPTION);
  g_autoptr (GPtrArray) subscriptions = NULL;

  if (changes->len == 0)
    return FALSE;
  weir_hub_query_set_ascending (all, TRUE);
  subscriptions = weir_hub_store_list (store, all);
  weir_hub_store_begin (store);
  for (guint i = 0; i < changes->len; i++)
    {
      const WeirHubChange *change = changes->pdata[i];
      g_autofree char *class = dup_class (store, change->source);

      for (guint j = 0; class != NULL && j < subscriptions->len; j++)
        if (is_meant (subscriptions->pdata[j], class, change->kind))
          enqueue (self, subscriptions->pdata[j], change);
      query.after = change->sequence;
    }
  set_position (self, query.after);
  weir_hub_store_commit (store, NULL);
  return changes->len >= MAX_QUEUED_AT_ONCE && get_position (self) == query.after;
}

static void
end_delivery (WeirHubDeliverer *self, Delivery *delivery)
{
  weir_hub_store_remove (self->oracle->store, DELIVERY_TYPE, delivery->id, NULL);
  g_queue_remove (&self->waiting, delivery);
  delivery_free (delivery);
}

static void
try_later (WeirHubDeliverer *self, Delivery *delivery, WeirHubDocument *document)
{
  gint64 tries = weir_hub_document_get_int (document, "tries") + 1;
  g_autofree char *patch = NULL;

  if (tries >= MAX_TRIES)
    {
      g_info ("Delivery %s is given up", delivery->id);
      end_delivery (self, delivery);
      return;
    }
  delivery->running = FALSE;
  delivery->due = weir_clock_now () + (self->retry << (tries - 1)) * 1000;
  patch = g_strdup_printf ("{\"tries\":%" G_GINT64_FORMAT ",\"due\":%" G_GINT64_FORMAT "}", tries,
                           delivery->due);
  weir_hub_store_merge (self->oracle->store, DELIVERY_TYPE, delivery->id, patch, NULL);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  WeirHubDeliverer *self = sending->deliverer;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHttpResponse) response =
      weir_http_client_send_finish (WEIR_HTTP_CLIENT (object), result, &error);
  g_autoptr (WeirHubDocument) document = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the deliverer is gone */
  self->n_running--;
  document = weir_hub_store_get (self->oracle->store, DELIVERY_TYPE, sending->delivery->id);
  if (document == NULL || (response != NULL && response->status >= 200 && response->status < 300))
    end_delivery (self, sending->delivery);
  else
    try_later (self, sending->delivery, document);
}

static void
send (WeirHubDeliverer *self, Delivery *delivery, const char *end_point, const char *xml)
{
  WeirHttpRequest *request = weir_http_request_new ("POST", end_point);
  Sending *sending = g_new0 (Sending, 1);

  request->once = TRUE;
  request->content_type = g_strdup ("text/xml; charset=utf-8");
  request->body = g_bytes_new (xml, strlen (xml));
  sending->deliverer = self;
  sending->delivery = delivery;
  delivery->running = TRUE;
  self->n_running++;
  weir_http_client_send_async (weir_hub_sources_get_client (self->oracle->sources), request,
                               self->cancellable, sent_cb, sending);
}

/* Paused: a try without a call (§B5). */
static void
deliver (WeirHubDeliverer *self, Delivery *delivery)
{
  WeirHubStore *store = self->oracle->store;
  g_autoptr (WeirHubDocument) document = weir_hub_store_get (store, DELIVERY_TYPE, delivery->id);
  g_autofree char *id =
      document != NULL ? weir_hub_document_dup_string (document, "subscription") : NULL;
  g_autoptr (WeirHubDocument) subscription =
      weir_hub_store_get (store, WEIR_HUB_ORACLE_SUBSCRIPTION, id);
  g_autofree char *end_point = NULL;
  g_autofree char *shape = NULL;
  g_autofree char *record = NULL;
  g_autofree char *xml = NULL;
  gint64 status;

  if (subscription == NULL)
    {
      end_delivery (self, delivery);
      return;
    }
  status = get_named_id (subscription, "status");
  if (status == 3)
    {
      end_delivery (self, delivery);
      return;
    }
  end_point = weir_hub_document_dup_string (subscription, "endPoint");
  shape = weir_hub_document_dup_string (subscription, "objectShapeXml");
  record = weir_hub_document_dup_string (document, "record");
  xml = weir_hub_oracle_fill_shape (shape, record, weir_json_get (document->json, "body"));
  if (status == 2 || xml == NULL)
    try_later (self, delivery, document);
  else
    send (self, delivery, end_point, xml);
}

static gboolean
tick_cb (gpointer user_data)
{
  WeirHubDeliverer *self = user_data;
  gint64 now = weir_clock_now ();
  GList *link = self->waiting.head;

  while (link != NULL && self->n_running < MAX_RUNNING)
    {
      Delivery *delivery = link->data;

      link = link->next;
      if (!delivery->running && delivery->due <= now)
        deliver (self, delivery);
    }
  if (!g_queue_is_empty (&self->waiting))
    return G_SOURCE_CONTINUE;
  self->tick_source = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
queue_cb (gpointer user_data)
{
  WeirHubDeliverer *self = user_data;
  gboolean more = queue_changes (self);

  if (!more)
    self->queue_source = 0;
  if (self->tick_source == 0 && !g_queue_is_empty (&self->waiting))
    self->tick_source = g_timeout_add (TICK_MS, tick_cb, self);
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
change_cb (WeirHubStore *store, WeirHubChange *change, WeirHubDeliverer *self)
{
  if (self->queue_source == 0 && strcmp (change->face, "oracle") == 0)
    self->queue_source = g_idle_add (queue_cb, self);
}

/* What an earlier run of the hub left undone. */
static void
take_up (WeirHubDeliverer *self)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (DELIVERY_TYPE);
  g_autoptr (GPtrArray) documents = NULL;

  weir_hub_query_set_ascending (query, TRUE);
  documents = weir_hub_store_list (self->oracle->store, query);
  for (guint i = 0; i < documents->len; i++)
    {
      WeirHubDocument *document = documents->pdata[i];
      Delivery *delivery = g_new0 (Delivery, 1);

      delivery->id = g_strdup (document->id);
      delivery->due = weir_hub_document_get_int (document, "due");
      g_queue_push_tail (&self->waiting, delivery);
    }
}

/**
 * weir_hub_deliverer_new:
 * @oracle: the face
 *
 * Returns: (transfer full): sends what changes in the face's sources to who subscribes to it
 */
WeirHubDeliverer *
weir_hub_deliverer_new (WeirHubOracle *oracle)
{
  WeirHubDeliverer *self = g_new0 (WeirHubDeliverer, 1);
  g_autofree char *retry = weir_hub_store_dup_setting (oracle->store, WEIR_HUB_ORACLE_RETRY);

  self->oracle = oracle;
  g_queue_init (&self->waiting);
  self->retry = retry != NULL ? g_ascii_strtoll (retry, NULL, 10) : DEFAULT_RETRY;
  self->cancellable = g_cancellable_new ();
  if (get_position (self) < 0)
    set_position (self, weir_hub_store_get_last_change (oracle->store, NULL));
  take_up (self);
  self->change_handler = g_signal_connect (oracle->store, "change", G_CALLBACK (change_cb), self);
  self->queue_source = g_idle_add (queue_cb, self);
  return self;
}

/**
 * weir_hub_deliverer_free:
 * @self: (transfer full): a deliverer
 */
void
weir_hub_deliverer_free (WeirHubDeliverer *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_signal_handler (&self->change_handler, self->oracle->store);
  g_clear_handle_id (&self->queue_source, g_source_remove);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) delivery_free);
  g_free (self);
}

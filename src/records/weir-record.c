/* weir-record.c: what all things a provider talks about have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-record.h"

typedef struct
{
  WeirRecordKind kind;
  WeirAccount *account;
  char *id;
  char *name; /* NULL: the id is the name */
  GBytes *raw;
} WeirRecordPrivate;

G_DEFINE_QUARK (weir_record_error, weir_record_error)

G_DEFINE_TYPE_WITH_PRIVATE (WeirRecord, weir_record, G_TYPE_OBJECT)

#define PRIVATE(self) ((WeirRecordPrivate *) weir_record_get_instance_private (self))

static void
weir_record_real_write (WeirRecord *self, WeirJsonWriter *writer)
{
  WeirAccount *account = weir_record_get_account (self);

  weir_json_writer_add_string (writer, "id", weir_record_get_id (self));
  weir_json_writer_add_string (writer, "account", account->name);
  weir_json_writer_add_string (writer, "provider", account->provider);
  weir_json_writer_add_string (writer, "name", weir_record_get_name (self));
}

static WeirErrorData *
weir_record_real_get_error (WeirRecord *self)
{
  return NULL;
}

static void
weir_record_finalize (GObject *object)
{
  WeirRecordPrivate *priv = PRIVATE (WEIR_RECORD (object));

  g_clear_object (&priv->account);
  g_free (priv->id);
  g_free (priv->name);
  g_clear_pointer (&priv->raw, g_bytes_unref);

  G_OBJECT_CLASS (weir_record_parent_class)->finalize (object);
}

static void
weir_record_class_init (WeirRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  /* Finalize and not dispose: fields are read by any thread and stay whole to the last reference. */
  object_class->finalize = weir_record_finalize;
  klass->write = weir_record_real_write;
  klass->get_error = weir_record_real_get_error;
}

static void
weir_record_init (WeirRecord *self)
{
}

/**
 * weir_record_new:
 * @kind: what it is
 * @account: whose it is
 * @id: the provider's id
 * @name: (nullable): a name for people; %NULL or empty: the id
 * @json: as sent; copied
 *
 * For kinds without a class of their own.
 *
 * Returns: (transfer full): a record
 */
WeirRecord *
weir_record_new (WeirRecordKind kind,
                 WeirAccount *account,
                 const char *id,
                 const char *name,
                 WeirJson json)
{
  WeirRecord *self = g_object_new (WEIR_TYPE_RECORD, NULL);

  weir_record_init_common (self, kind, account, id, name, json);
  return self;
}

/**
 * weir_record_init_common:
 * @self: a record that is being made
 * @kind: what it is
 * @account: whose it is
 * @id: the provider's id
 * @name: (nullable): a name for people; %NULL or empty: the id
 * @json: as sent; copied
 *
 * To be called once, by the constructor of a subclass.
 */
void
weir_record_init_common (WeirRecord *self,
                         WeirRecordKind kind,
                         WeirAccount *account,
                         const char *id,
                         const char *name,
                         WeirJson json)
{
  WeirRecordPrivate *priv;

  g_return_if_fail (WEIR_IS_RECORD (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));
  g_return_if_fail (id != NULL);

  priv = PRIVATE (self);
  g_return_if_fail (priv->account == NULL);
  priv->kind = kind;
  priv->account = g_object_ref (account);
  priv->id = g_strdup (id);
  if (name != NULL && *name != '\0')
    priv->name = g_strdup (name);
  if (json.text != NULL)
    priv->raw = g_bytes_new (json.text, json.length);
  else
    priv->raw = g_bytes_new_static ("null", strlen ("null"));
}

/**
 * weir_record_keep_view:
 * @self: a record
 * @json: what was given to weir_record_init_common()
 * @view: a view into @json
 *
 * Returns: the same part of the record's own copy, good as long as the record
 */
WeirJson
weir_record_keep_view (WeirRecord *self, WeirJson json, WeirJson view)
{
  WeirJson own;

  g_return_val_if_fail (WEIR_IS_RECORD (self), (WeirJson){ 0 });

  if (view.text == NULL)
    return view;
  g_return_val_if_fail (view.text >= json.text
                            && view.text + view.length <= json.text + json.length,
                        (WeirJson){ 0 });
  own = weir_record_get_json (self);
  return (WeirJson){ own.text + (view.text - json.text), view.length };
}

/**
 * weir_record_get_kind:
 * @self: a record
 *
 * Returns: what it is
 */
WeirRecordKind
weir_record_get_kind (WeirRecord *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD (self), WEIR_RECORD_SUBSCRIPTION);

  return PRIVATE (self)->kind;
}

/**
 * weir_record_get_account:
 * @self: a record
 *
 * Returns: (transfer none): whose it is
 */
WeirAccount *
weir_record_get_account (WeirRecord *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD (self), NULL);

  return PRIVATE (self)->account;
}

/**
 * weir_record_get_id:
 * @self: a record
 *
 * Returns: (transfer none): the provider's id; a number with all its digits
 */
const char *
weir_record_get_id (WeirRecord *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD (self), NULL);

  return PRIVATE (self)->id;
}

/**
 * weir_record_get_name:
 * @self: a record
 *
 * Returns: (transfer none): what a person knows it by, last the id; never %NULL
 */
const char *
weir_record_get_name (WeirRecord *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD (self), NULL);

  return PRIVATE (self)->name != NULL ? PRIVATE (self)->name : PRIVATE (self)->id;
}

/**
 * weir_record_get_raw:
 * @self: a record
 *
 * Returns: (transfer none): valid JSON, exactly as sent
 */
GBytes *
weir_record_get_raw (WeirRecord *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD (self), NULL);

  return PRIVATE (self)->raw;
}

/**
 * weir_record_get_json:
 * @self: a record
 *
 * Returns: a view of what was sent, good as long as the record
 */
WeirJson
weir_record_get_json (WeirRecord *self)
{
  WeirJson json = { 0 };

  g_return_val_if_fail (WEIR_IS_RECORD (self), json);

  json.text = g_bytes_get_data (PRIVATE (self)->raw, &json.length);
  return json;
}

/**
 * weir_record_get_error:
 * @self: a record
 *
 * Returns: (transfer none) (nullable): what the provider says is wrong with it
 */
WeirErrorData *
weir_record_get_error (WeirRecord *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD (self), NULL);

  return WEIR_RECORD_GET_CLASS (self)->get_error (self);
}

/**
 * weir_record_same:
 * @self: a record
 * @other: another
 *
 * Returns: whether both are the same thing: account, kind and id; the content may differ
 */
gboolean
weir_record_same (WeirRecord *self, WeirRecord *other)
{
  WeirRecordPrivate *a, *b;

  g_return_val_if_fail (WEIR_IS_RECORD (self), FALSE);
  g_return_val_if_fail (WEIR_IS_RECORD (other), FALSE);

  a = PRIVATE (self);
  b = PRIVATE (other);
  return a->kind == b->kind && g_str_equal (a->id, b->id)
         && g_str_equal (a->account->uuid, b->account->uuid);
}

/**
 * weir_record_changed:
 * @self: a record
 * @other: a later or earlier state of it
 *
 * Returns: whether the provider sent something else for the two
 */
gboolean
weir_record_changed (WeirRecord *self, WeirRecord *other)
{
  g_return_val_if_fail (WEIR_IS_RECORD (self), FALSE);
  g_return_val_if_fail (WEIR_IS_RECORD (other), FALSE);

  return !g_bytes_equal (PRIVATE (self)->raw, PRIVATE (other)->raw);
}

/**
 * weir_record_to_json:
 * @self: a record
 * @with_raw: whether to add what was sent, under "raw"
 *
 * Returns: (transfer full): the object that CLI.md names, in one line without its end
 */
char *
weir_record_to_json (WeirRecord *self, gboolean with_raw)
{
  WeirJsonWriter *writer;

  g_return_val_if_fail (WEIR_IS_RECORD (self), NULL);

  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  WEIR_RECORD_GET_CLASS (self)->write (self, writer);
  if (with_raw)
    weir_json_writer_add_raw (writer, "raw", weir_record_get_json (self));
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

/**
 * weir_record_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its word, for JSON and tables; not translated
 */
const char *
weir_record_kind_to_string (WeirRecordKind kind)
{
  static const char *const WORDS[] = {
    [WEIR_RECORD_SUBSCRIPTION] = "subscription",
    [WEIR_RECORD_PULL] = "pull",
    [WEIR_RECORD_EVENT] = "event",
    [WEIR_RECORD_CONNECTION] = "connection",
    [WEIR_RECORD_INTEGRATION] = "integration",
    [WEIR_RECORD_APP_EVENT_TYPE] = "app-event-type",
    [WEIR_RECORD_INCOMING_WEBHOOK] = "incoming-webhook",
    [WEIR_RECORD_FLOW_RUN] = "flow-run",
    [WEIR_RECORD_TENANT] = "tenant",
  };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (WORDS), NULL);

  return WORDS[kind];
}

/* weir-exchange-log.c: the last exchanges, oldest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-exchange.h"

struct _WeirExchangeLog
{
  GObject parent_instance;

  GQueue exchanges;
};

static guint
weir_exchange_log_get_n_items (GListModel *model)
{
  return WEIR_EXCHANGE_LOG (model)->exchanges.length;
}

static GType
weir_exchange_log_get_item_type (GListModel *model)
{
  return WEIR_TYPE_EXCHANGE;
}

static gpointer
weir_exchange_log_get_item (GListModel *model, guint position)
{
  WeirExchange *exchange = g_queue_peek_nth (&WEIR_EXCHANGE_LOG (model)->exchanges, position);

  return exchange ? g_object_ref (exchange) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_n_items = weir_exchange_log_get_n_items;
  iface->get_item_type = weir_exchange_log_get_item_type;
  iface->get_item = weir_exchange_log_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirExchangeLog,
                               weir_exchange_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
weir_exchange_log_finalize (GObject *object)
{
  g_queue_clear_full (&WEIR_EXCHANGE_LOG (object)->exchanges, g_object_unref);

  G_OBJECT_CLASS (weir_exchange_log_parent_class)->finalize (object);
}

static void
weir_exchange_log_class_init (WeirExchangeLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_exchange_log_finalize;
}

static void
weir_exchange_log_init (WeirExchangeLog *self)
{
  g_queue_init (&self->exchanges);
}

/**
 * weir_exchange_log_new:
 *
 * Returns: (transfer full): an empty log
 */
WeirExchangeLog *
weir_exchange_log_new (void)
{
  return g_object_new (WEIR_TYPE_EXCHANGE_LOG, NULL);
}

/**
 * weir_exchange_log_add:
 * @self: a log
 * @exchange: (transfer none): the newest exchange
 *
 * Adds @exchange at the end; of more than %WEIR_EXCHANGE_LOG_SIZE the oldest goes.
 */
void
weir_exchange_log_add (WeirExchangeLog *self, WeirExchange *exchange)
{
  g_return_if_fail (WEIR_IS_EXCHANGE_LOG (self));
  g_return_if_fail (WEIR_IS_EXCHANGE (exchange));

  if (self->exchanges.length >= WEIR_EXCHANGE_LOG_SIZE)
    {
      g_object_unref (g_queue_pop_head (&self->exchanges));
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 1, 0);
    }

  g_queue_push_tail (&self->exchanges, g_object_ref (exchange));
  g_list_model_items_changed (G_LIST_MODEL (self), self->exchanges.length - 1, 0, 1);
}
